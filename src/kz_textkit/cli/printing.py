"""Tables for people and for programs, and the summary of a run."""

from __future__ import annotations

import json
import locale
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kz_textkit.cli.messages import counted, current_language, said, translated
from kz_textkit.errors import UsageError
from kz_textkit.tables import write_csv

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kz_textkit.corpus.changes import Changes
    from kz_textkit.pipeline.summary import RunState, Summary

__all__ = [
    "SECTION_KINDS",
    "changes_in_words",
    "check_format",
    "console",
    "decimal_point",
    "one_line",
    "print_excel",
    "print_note",
    "print_rows",
    "print_summary",
    "progress_bar",
    "run_bar",
]

FORMATS = ("table", "csv", "json")
PIPED_WIDTH = 100
"""Width of what is printed into a file or a pipe, but for tables, which take what they need, unless `COLUMNS` says otherwise."""
UNBOUNDED = 100_000
"""Width of a table that nobody looks at in a window."""
LEAST_WIDE, MOST_WORD = 16, 30
"""Characters that a wrapped column has at least, and those of a long word in it that still count."""

EXAMPLES = 8
"""Examples of a rule that are tried, the first that fit on the line being shown."""
EXAMPLES_AT = 53
"""Column that examples begin at."""
FOUND = {
    "sections": ("{0} section", "{0} sections"),
    "blocks": ("{0} block", "{0} blocks"),
    "sentences": ("{0} sentence", "{0} sentences"),
    "tokens": ("{0} token", "{0} tokens"),
    "links": ("{0} link", "{0} links"),
}
"""What is counted in a corpus: one of it, and many."""
SECTION_KINDS = {
    "front_matter": "front matter",
    "lecture": "lecture",
    "section": "section",
    "questions": "question list",
    "back_matter": "back matter",
    "contents": "table of contents",
}
"""Kinds of sections in words."""
SECTION_NAMES = {
    "front_matter": ("{0} front matter", "{0} front matter"),
    "lecture": ("{0} lecture", "{0} lectures"),
    "section": ("{0} section", "{0} sections"),
    "questions": ("{0} question list", "{0} question lists"),
    "back_matter": ("{0} back matter", "{0} back matter"),
    "contents": ("{0} table of contents", "{0} tables of contents"),
}
"""How many there are of a kind: one, and many."""


SIGNS = {
    "\n": "⏎",
    "\t": "⇥",
    "\f": "⟨FF⟩",
    "\u00a0": "⟨NBSP⟩",
    "\u00ad": "⟨SHY⟩",
    "\u200b": "⟨ZWSP⟩",
    "\u200c": "⟨ZWNJ⟩",
    "\u200d": "⟨ZWJ⟩",
    "\ufeff": "⟨BOM⟩",
}
"""Stand-ins for characters that can't be seen or move the cursor."""

_SPACES = re.compile("  +")


WITH_POINT = ("", "c", "c.", "po", "en", "zh", "ja", "ko", "he", "th")
"""How the names of locales begin whose decimal point is a point."""
DROPPED_SHOWN = 3
"""Documents that filters left out of which the summary shows how they begin."""


def console(*, tables: bool = False) -> Console:
    """Standard output for people; no colours and a fixed width where it is not a terminal, and for `tables` all that they need."""
    from rich.console import Console

    plain = Console(highlight=False, markup=False, emoji=False)
    if plain.is_terminal:
        return plain
    width = plain.width if "COLUMNS" in os.environ else UNBOUNDED if tables else PIPED_WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width, no_color=True)


def check_format(name: str) -> None:
    """Raise `UsageError` where there is no such format."""
    if name not in FORMATS:
        raise UsageError(f"there is no format {name}: choose one of {', '.join(FORMATS)}")


def one_line(text: str) -> str:
    """`text` in print: on one line, what is invisible made visible, and nothing in it that a terminal would obey.

    >>> one_line("Билік  бүкіл\\nқо\\u00adғам")
    'Билік␣␣бүкіл⏎қо⟨SHY⟩ғам'
    """
    text = _SPACES.sub(lambda run: "␣" * len(run[0]), text.replace("\r\n", "\n"))
    return "".join(c if c.isprintable() and c not in SIGNS else SIGNS.get(c, f"⟨{ord(c):04X}⟩") for c in text)


def decimal_point() -> str:
    """The decimal point of the user's country, as spreadsheets there have it: that of the locale; where the system does not have the
    locale that is asked for, a point for languages that have one (English, Chinese, Japanese, …), else a comma."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        return str(locale.localeconv()["decimal_point"])
    except locale.Error:
        name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_NUMERIC", "LANG"))), "")
        return "." if name[:2].lower() in WITH_POINT else ","
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)


def print_excel(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table as CSV for the spreadsheets of the user's country."""
    write_csv(sys.stdout, columns, rows, decimal=decimal_point())


def print_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: str, *, numbers: Sequence[str] = (), wide: str = ""
) -> None:
    """Print rows as a table, CSV or JSON. `numbers` are set to the right; the column `wide` takes what room is left."""
    if form == "csv":
        write_csv(sys.stdout, columns, ([row[name] for name in columns] for row in rows))
    elif form == "json":
        json.dump([{name: row[name] for name in columns} for row in rows], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print_table([[_cell(row[name]) for name in columns] for row in rows], columns, numbers=numbers, wide=wide)


def _print_table(rows: Sequence[Sequence[str]], columns: Sequence[str], *, numbers: Sequence[str], wide: str) -> None:
    """Print a table in the width there is: `wide` is wrapped between words, and where that does not do, columns are dropped from the
    last on. Nothing is broken inside a word or number, and nothing is dropped or wrapped where the output is no terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    out = console(tables=True)
    heads = [name.replace("_", " ") for name in columns]
    widths = {name: max(map(cell_len, [heads[j], *(row[j] for row in rows)])) for j, name in enumerate(columns)}
    shown, dropped = list(columns), list[str]()
    if out.width < UNBOUNDED:
        words = [word for j, name in enumerate(columns) if name == wide for row in rows for word in row[j].split()]
        least = min(max([LEAST_WIDE, *map(cell_len, words)]), MOST_WORD)

        def room(names: Sequence[str]) -> int:
            """What the table takes at least."""
            return sum(min(widths[name], least) if name == wide else widths[name] for name in names) + 3 * len(names) - 1

        while len(shown) > 1 and room(shown) > out.width:
            dropped.insert(0, shown.pop(max(j for j, name in enumerate(shown) if j and (name != wide or len(shown) == 2))))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        fixed = name != wide
        table.add_column(
            name.replace("_", " "),
            justify="right" if name in numbers else "left",
            overflow="fold",
            no_wrap=fixed and widths[name] <= out.width,
            ratio=None if fixed or out.width >= UNBOUNDED else 1,
        )
    places = [list(columns).index(name) for name in shown]
    for row in rows:
        table.add_row(*(Text(row[j]) for j in places))
    out.print(table)
    if dropped:
        note = said("no room for {0}: a wider window has it, or --columns, or --format csv", ", ".join(dropped))
        out.print(Text(note, style="dim"))


def print_note(text: str) -> None:
    """Print a line that says something of what was printed, in the language in use."""
    from rich.text import Text

    console().print(Text(translated(text), style="dim"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return said("yes") if value else said("no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return one_line(str(value))


@contextmanager
def progress_bar(what: str, *, quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A bar on standard error, which goes when the work is done; None where nobody would see it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    errors = Console(stderr=True, highlight=False, markup=False)
    if quiet or not errors.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(said(what), total=None, name="")

        def advance(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=one_line(name)[-40:])

        yield advance


@contextmanager
def run_bar(*, quiet: bool) -> Iterator[Callable[[RunState], None] | None]:
    """How a run stands, on a line of standard error that goes when it is done: files, documents and characters a second, failures, and
    the file that was finished last; None where nobody would see it.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    errors = Console(stderr=True, highlight=False, markup=False)
    if quiet or not errors.is_terminal:
        yield None
        return
    texts = [TextColumn(f"{{task.fields[{name}]}}", markup=False) for name in ("speed", "name")]
    columns = (TextColumn("{task.description}", markup=False), BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(), *texts)
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(said("cleaning"), total=None, name="", speed="")

        def show(state: RunState) -> None:
            pieces = [counted(state.documents, "{0} document", "{0} documents")]
            if state.documents:
                pieces.append(said("{0} characters/s", f"{state.characters / max(state.seconds, 0.001):,.0f}"))
            if state.failed:
                pieces.append(said("{0} failed", f"{state.failed:,}"))
            name = one_line(state.name)[-30:]
            bar.update(task, completed=state.done, total=state.total, name=name, speed=", ".join(pieces))

        yield show


def print_summary(summary: Summary, source: str) -> None:
    """What a run read, repaired, removed and found, for people."""
    from rich.text import Text

    from kz_textkit.rules import names_of

    out = console()
    counts = summary.counts
    out.print(Text(f"{one_line(source)} → {one_line(str(summary.output))}", style="bold"))
    out.print()
    _print_head(out, said("Read"), _read(summary))
    _print_dropped(out, summary)
    if summary.totals.documents:
        _print_rules(out, said("Repaired"), names_of("repair", summary.edits), summary)
        _print_rules(out, said("Removed"), names_of("removal", summary.edits), summary)
        _print_suggestions(out, summary)
        found = [counted(counts.get(name, 0), *names) for name, names in FOUND.items()]
        _print_head(out, said("Found"), ", ".join([*found, counted(summary.terms, "{0} term", "{0} terms")]))
        kinds = [counted(count, *SECTION_NAMES[kind]) for kind, count in summary.section_kinds.items()]
        _print_head(out, "", ", ".join(kinds))
        if summary.changes:
            _print_changes(out, summary.changes)
        out.print()
        if summary.is_as_before:
            out.print(Text(said("Nothing has changed since the last run: {0} is as it was.", one_line(str(summary.output)))))
            return
        out.print(Text(said("Written to {0} in {1} s.", one_line(str(summary.output)), f"{summary.seconds:.1f}")))


def changes_in_words(changes: Changes) -> str:
    """How many documents came, went and changed since the version before, on one line."""
    counts = changes.counts
    pieces = [
        counted(counts.get("added", 0), "{0} document added", "{0} documents added") if counts.get("added") else "",
        counted(counts.get("removed", 0), "{0} document removed", "{0} documents removed") if counts.get("removed") else "",
        counted(counts.get("changed", 0), "{0} document changed", "{0} documents changed") if counts.get("changed") else "",
    ]
    listed = ", ".join(filter(None, pieces)) or said("no document added, removed or changed")
    return said("{0} since version {1}", listed, changes.since)


CHANGES_SHOWN = 5
"""Documents of each kind of change that are named."""


def _print_changes(out: Console, changes: Changes) -> None:
    """What is different from the version before: documents by name, and the edits by rule."""
    _print_head(out, said("Changed"), changes_in_words(changes))
    changed = [f"{one.doc_id} ({', '.join(one.reasons)})" for one in changes.changed]
    for what, documents in (("added: {0}", changes.added), ("removed: {0}", changes.removed), ("changed: {0}", changed)):
        if documents:
            more = [f"+ {len(documents) - CHANGES_SHOWN:,}"] if len(documents) > CHANGES_SHOWN else []
            _print_head(out, "", said(what, one_line(", ".join([*documents[:CHANGES_SHOWN], *more]))))
    if changes.edits:
        listed = (f"{rule} {then:,} → {now:,}" for rule, (then, now) in changes.edits.items())
        _print_head(out, "", said("edits: {0}", ", ".join(listed)))


def _read(summary: Summary) -> str:
    new = summary.totals.documents - summary.kept
    files = sum(summary.formats.values())
    pieces = [counted(files, "{0} file", "{0} files")]
    if files != summary.totals.documents:
        pieces = [counted(summary.totals.documents, "{0} document", "{0} documents") + f" ({pieces[0]})"]
    if summary.kept:
        pieces[0] += " " + said("({0} new or changed, {1} as before)", f"{new:,}", f"{summary.kept:,}")
    pieces.append(counted(summary.counts.get("raw_chars", 0), "{0} character", "{0} characters"))
    pieces += _formats(summary)
    if summary.failures:
        pieces.append(said("{0} failed", f"{len(summary.failures):,}"))
    if summary.other:
        pieces.append(said("left alone: {0}", ", ".join(f"{count} {suffix}" for suffix, count in summary.other.items())))
    return "; ".join(pieces)


def _formats(summary: Summary) -> Iterator[str]:
    """How many files of which format, and the encodings of those that are plain text."""
    formats = summary.formats
    if set(formats) - {"text"}:
        yield ", ".join(f"{count:,} {name}" for name, count in formats.items())
    encodings = summary.totals.encodings
    if encodings:
        yield ", ".join(f"{name} ({count})" if len(encodings) > 1 else name for name, count in sorted(encodings.items()))


def _print_head(out: Console, head: str, text: str) -> None:
    from rich.table import Table
    from rich.text import Text

    if text:
        line = Table.grid(padding=(0, 2))
        line.add_column(width=10)
        line.add_column()
        line.add_row(Text(head, style="bold"), Text(text))
        out.print(line)


def _print_dropped(out: Console, summary: Summary) -> None:
    """How many documents the filters left out, by signal, and how a few of them begin."""
    if not summary.dropped:
        return
    counts = Counter(signal for document in summary.dropped for signal in document.signals)
    listed = ", ".join(f"{signal} {count:,}" for signal, count in counts.most_common())
    left_out = counted(len(summary.dropped), "{0} document", "{0} documents")
    _print_head(out, said("Left out"), said("{0} by the filters ({1}); see dropped.csv", left_out, listed))
    for document in summary.dropped[:DROPPED_SHOWN]:
        _print_head(out, "", one_line(f"{document.doc_id}: {document.reasons[0]}: {document.sample}"))


def _print_rules(out: Console, head: str, rules: Sequence[str], summary: Summary) -> None:
    from rich.table import Table

    from kz_textkit.rules import rule_info

    counts = {rule: summary.edits[rule] for rule in rules if summary.edits.get(rule)}
    _print_head(out, head, counted(sum(counts.values()), "{0} place", "{0} places") if counts else said("nothing"))
    table = Table.grid(padding=(0, 2))
    table.add_column(width=10)
    table.add_column(width=27)
    table.add_column(justify="right", width=9)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for rule, count in counts.items():
        table.add_row(
            "",
            rule_info(rule).phrase_in(current_language()),
            f"{count:,}",
            _examples(summary.examples(rule, EXAMPLES), out.width - EXAMPLES_AT),
        )
    if counts:
        out.print(table)


def _examples(examples: Iterable[tuple[str, str]], width: int) -> Text:
    """As many examples as there is room for, one at least."""
    from rich.text import Text

    text = Text()
    for before, after in examples:
        example = Text.assemble((one_line(before), "red"), (" → ", "dim"), (one_line(after) or "∅", "green"))
        if text and text.cell_len + 3 + example.cell_len > width:
            continue
        text.append(" · " if text else "", style="dim")
        text.append_text(example)
    return text


def _print_suggestions(out: Console, summary: Summary) -> None:
    from kz_textkit.rules import rule_info

    if summary.suggestions:
        language = current_language()
        listed = ", ".join(f"{count:,} {rule_info(rule).phrase_in(language)}" for rule, count in summary.suggestions.items())
        applied = (
            said("(not applied; --restore-letters applies missing letters)")
            if "missing_letter" in summary.suggestions
            else said("(not applied)")
        )
        _print_head(out, said("Suggested"), f"{listed} {applied}")
