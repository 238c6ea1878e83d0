"""Tables for people and for programs, and the summary of a run."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kz_textkit.errors import UsageError
from kz_textkit.tables import write_csv

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kz_textkit.pipeline.summary import Summary

__all__ = ["check_format", "console", "one_line", "print_note", "print_rows", "print_summary", "progress_bar"]

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
FOUND = ("section", "block", "sentence", "token", "link")
SECTION_NAMES = {
    "front_matter": ("front matter", "front matter"),
    "lecture": ("lecture", "lectures"),
    "section": ("section", "sections"),
    "questions": ("question list", "question lists"),
    "back_matter": ("back matter", "back matter"),
    "contents": ("table of contents", "tables of contents"),
}
"""One of a kind, and many."""


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
        out.print(Text(f"no room for {', '.join(dropped)}: a wider window has it, or --columns, or --format csv", style="dim"))


def print_note(text: str) -> None:
    """Print a line that says something of what was printed."""
    from rich.text import Text

    console().print(Text(text, style="dim"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
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
        task = bar.add_task(what, total=None, name="")

        def advance(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, name=one_line(name)[-40:])

        yield advance


def print_summary(summary: Summary, source: str) -> None:
    """What a run read, repaired, removed and found, for people."""
    from rich.text import Text

    from kz_textkit.rules import names_of

    out = console()
    counts = summary.counts
    out.print(Text(f"{one_line(source)} → {one_line(str(summary.output))}", style="bold"))
    out.print()
    _print_head(out, "Read", _read(summary))
    _print_dropped(out, summary)
    if summary.documents:
        _print_rules(out, "Repaired", names_of("repair", summary.edits), summary)
        _print_rules(out, "Removed", names_of("removal", summary.edits), summary)
        _print_suggestions(out, summary)
        found = [_number(counts.get(f"{name}s", 0), name) for name in FOUND] + [_number(summary.terms, "term")]
        _print_head(out, "Found", ", ".join(found))
        kinds = [f"{count:,} {SECTION_NAMES[kind][count != 1]}" for kind, count in summary.section_kinds.items()]
        _print_head(out, "", ", ".join(kinds))
        out.print()
        if summary.is_as_before:
            out.print(Text(f"Nothing has changed since the last run: {one_line(str(summary.output))} is as it was."))
            return
        out.print(Text(f"Written to {one_line(str(summary.output))} in {summary.seconds:.1f} s."))


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _read(summary: Summary) -> str:
    new = len(summary.documents) - summary.kept
    files = sum(summary.formats.values())
    pieces = [_number(files, "file") if files == len(summary.documents) else f"{len(summary.documents):,} documents of {files:,} files"]
    if summary.kept:
        pieces[0] += f" ({new:,} new or changed, {summary.kept:,} as before)"
    pieces.append(f"{summary.counts.get('raw_chars', 0):,} characters")
    pieces += _formats(summary)
    if summary.failures:
        pieces.append(f"{len(summary.failures):,} failed")
    if summary.other:
        pieces.append("left alone: " + ", ".join(f"{count} {suffix}" for suffix, count in summary.other.items()))
    return "; ".join(pieces)


def _formats(summary: Summary) -> Iterator[str]:
    """How many files of which format, and the encodings of those that are plain text."""
    formats = summary.formats
    if set(formats) - {"text"}:
        yield ", ".join(f"{count:,} {name}" for name, count in formats.items())
    encodings = Counter(entry.encoding for entry in summary.documents if not entry.extraction)
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
    _print_head(out, "Left out", f"{_number(len(summary.dropped), 'document')} by the filters ({listed}); see dropped.csv")
    for document in summary.dropped[:DROPPED_SHOWN]:
        _print_head(out, "", one_line(f"{document.doc_id}: {document.reasons[0]}: {document.sample}"))


def _print_rules(out: Console, head: str, rules: Sequence[str], summary: Summary) -> None:
    from rich.table import Table

    from kz_textkit.rules import rule_info

    counts = {rule: summary.edits[rule] for rule in rules if summary.edits.get(rule)}
    _print_head(out, head, _number(sum(counts.values()), "place") if counts else "nothing")
    table = Table.grid(padding=(0, 2))
    table.add_column(width=10)
    table.add_column(width=27)
    table.add_column(justify="right", width=9)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for rule, count in counts.items():
        table.add_row("", rule_info(rule).phrase, f"{count:,}", _examples(summary.examples(rule, EXAMPLES), out.width - EXAMPLES_AT))
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
        listed = ", ".join(f"{count:,} {rule_info(rule).phrase}" for rule, count in summary.suggestions.items())
        _print_head(out, "Suggested", f"{listed} (not applied{_remedy(summary.suggestions)})")


def _remedy(suggestions: Mapping[str, int]) -> str:
    return "; --restore-letters applies missing letters" if "missing_letter" in suggestions else ""
