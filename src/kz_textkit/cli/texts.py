"""Commands on single texts: `fix`, `explain`, `outline`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kz_textkit.cli.application import (
    CorrectionsOption,
    EncodingOption,
    FormatOption,
    OcrOption,
    RestoreOption,
    RulesOffOption,
    SetOption,
    SettingsOption,
    TitlesOption,
    WordsOption,
    app,
    chosen_settings,
    complain,
)
from kz_textkit.cli.messages import counted, said
from kz_textkit.cli.printing import SECTION_KINDS, check_format, console, one_line, print_rows

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from kz_textkit.cleaning.outline import OutlineRow
    from kz_textkit.corpus.places import Places
    from kz_textkit.document import Document, RawDocument
    from kz_textkit.settings import Settings

__all__ = ["explain", "fix", "outline"]

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A text file.")]


@app.command()
def fix(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file, or `-` for standard input.")] = "-",
    encoding: EncodingOption = None,
    restore_letters: RestoreOption = False,
    rules_off: RulesOffOption = None,
    words: WordsOption = None,
    settings: SettingsOption = None,
    choices: SetOption = None,
) -> None:
    """Print a text with its damage repaired; lines stay as they are.

    **Examples**

    `kz-textkit fix дәріс.txt > таза.txt`

    `echo "Ҥкіметтің ӛз ҧстанымы" | kz-textkit fix`

    `echo "Біздің калалық кеңес" | kz-textkit fix --restore-letters`
    """
    from kz_textkit.cleaning.fixing import fix as fix_text
    from kz_textkit.readers import read, read_bytes

    if file == "-" and not (data := sys.stdin.buffer.read()):
        return
    chosen = chosen_settings(
        None if file == "-" else Path(file),
        file=settings,
        further=choices,
        encoding=encoding,
        restore_letters=restore_letters,
        rules_off=rules_off,
        words=words,
    )
    raw = read_bytes(data, "standard input", chosen.encoding) if file == "-" else read(file, settings=chosen)
    sys.stdout.flush()
    sys.stdout.buffer.write(fix_text(raw.text, chosen).encode())
    sys.stdout.buffer.flush()


@app.command()
def explain(
    file: FileArgument,
    encoding: EncodingOption = None,
    restore_letters: RestoreOption = False,
    rules_off: RulesOffOption = None,
    words: WordsOption = None,
    titles: TitlesOption = None,
    ocr: OcrOption = None,
    settings: SettingsOption = None,
    choices: SetOption = None,
    corrections: CorrectionsOption = None,
    rule: Annotated[
        str | None,
        typer.Option("--rule", "-r", metavar="RULE", help="Only the edits of this rule, such as `homoglyph` or `page_number`."),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", "-n", min=0, metavar="N", help="How many edits a table shows; 0 for all. CSV and JSON have all.")
    ] = 200,
    format: FormatOption = "table",
) -> None:
    """Show what cleaning would change: where, by which rule, before and after.

    Places are lines and columns of plain text, and pages or paragraphs (¶) of other files. A rule with a question mark is a suggestion,
    which is not applied. What people decided in `corrections.jsonl`, beside the file or in a folder above it, has the rule
    `correction`.

    **Examples**

    `kz-textkit explain дәріс.txt --rule homoglyph`

    `kz-textkit explain дәріс.txt --format csv > түзетулер.csv`
    """
    from kz_textkit.cleaning.clean import clean
    from kz_textkit.cleaning.corrections import corrections_above
    from kz_textkit.cleaning.excerpts import edits_in_context
    from kz_textkit.corpus.places import Places, places_of
    from kz_textkit.readers import read

    check_format(format)
    chosen = chosen_settings(
        file,
        file=settings,
        further=choices,
        encoding=encoding,
        restore_letters=restore_letters,
        rules_off=rules_off,
        words=words,
        titles=titles,
        ocr=ocr,
    )
    document = clean(read(file, settings=chosen), chosen, corrections=corrections or corrections_above(file) or ())
    found = [excerpt for excerpt in edits_in_context(document) if rule in (None, excerpt.edit.rule)]
    places = Places(places_of(document.raw))
    if format == "table":
        shown = found[:top] if top else found
        rows: list[dict[str, object]] = [
            {
                "place": places.cited(x.edit.start) or f"{x.line}:{x.column}",
                "rule": x.edit.rule + ("" if x.edit.applied else "?"),
                "before": f"{x.left}[{x.edit.before}]{x.right}",
                "after": {"": "∅", " ": "␣"}.get(x.edit.after, x.edit.after),
            }
            for x in shown
        ]
        rows += _decided(document, places) if rule in (None, "correction") else []
        print_rows(rows, ("place", "rule", "before", "after"), format, wide="before")
        console().print(said("{0} of {1} edits", f"{len(shown):,}", f"{len(found):,}"))
    else:
        names = ("start", "end", "before", "after", "rule", "applied", "score")
        rows = [
            {
                **{n: getattr(x.edit, n) for n in names},
                "line": x.line,
                "column": x.column,
                "place": places.cited(x.edit.start),
                "left": x.left,
                "right": x.right,
            }
            for x in found
        ]
        print_rows(rows, ("line", "column", "place", *names, "left", "right"), format)
    _complain_of(document)


@app.command()
def outline(
    file: FileArgument,
    encoding: EncodingOption = None,
    titles: TitlesOption = None,
    ocr: OcrOption = None,
    settings: SettingsOption = None,
    choices: SetOption = None,
    format: FormatOption = "table",
    why: Annotated[
        int | None, typer.Option("--why", metavar="LINE", help="Show instead what decided on this line of the file, counted from 1.")
    ] = None,
) -> None:
    """Show the tree of lectures and sections, with their sizes and pages.

    **Examples**

    `kz-textkit outline дәріс.txt`

    `kz-textkit outline дәріс.txt --format csv > мазмұны.csv`

    `kz-textkit outline дәріс.txt --why 12`
    """
    from kz_textkit.cleaning.clean import clean
    from kz_textkit.cleaning.corrections import corrections_above
    from kz_textkit.cleaning.outline import OutlineRow
    from kz_textkit.cleaning.outline import outline as outline_of
    from kz_textkit.readers import read

    check_format(format)
    chosen = chosen_settings(file, file=settings, further=choices, encoding=encoding, titles=titles, ocr=ocr)
    if why is not None:
        _explain_line(read(file, settings=chosen), why, chosen, format)
        return
    document = clean(read(file, settings=chosen), chosen, corrections=corrections_above(file) or ())
    rows = outline_of(document)
    if format == "table":
        console().print(_tree(one_line(document.title), rows))
    else:
        print_rows([asdict(row) for row in rows], [field.name for field in fields(OutlineRow)], format)
    _complain_of(document)


def _decided(document: Document, places: Places) -> list[dict[str, object]]:
    """Corrections that put no text anywhere else: kinds, titles, levels, lemmas, joins, cuts, refusals."""
    from kz_textkit.cleaning.excerpts import line_and_column

    return [
        {
            "place": places.cited(one.start) or "{}:{}".format(*line_and_column(document.raw.text, one.start)),
            "rule": "correction",
            "before": one_line(one.before) or "…",
            "after": f"{one.action} {one.value}".strip(),
        }
        for one in document.decisions
        if not one.problem and one.action not in ("text", "accept")
    ]


MOST_SIGNS = 25
"""Signs of a line that are shown; other formats have all."""


def _explain_line(raw: RawDocument, line: int, settings: Settings, format: str) -> None:
    """Print what decided on a line."""
    from rich.text import Text

    from kz_textkit.cleaning.why import why as why_of

    found = why_of(raw, line, settings)
    rows = [asdict(row) for row in found.rows[: MOST_SIGNS if format == "table" else None]]
    if format == "table":
        console().print(Text(f"«{one_line(found.text)[:80]}»: {found.label}" + (f", next {found.other}" if found.other else "")))
    print_rows(rows, ("sign", "line", "value", "weight", "against"), format, wide="value")


def _tree(title: str, rows: Sequence[OutlineRow]) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    root = Tree(Text(title, style="bold"))
    branches: dict[str | None, Tree] = {None: root}
    for row in rows:
        branches[row.section_id] = branches[row.parent_id].add(_label(row))
    return root


def _label(row: OutlineRow) -> Text:
    from rich.text import Text

    kind = said(SECTION_KINDS[row.kind])
    label = Text(one_line(row.heading) or f"({kind})")
    details = [kind] if row.kind != "section" and row.heading else []
    details.append(counted(row.words, "{0} word", "{0} words"))
    if row.page_start is not None:
        pages = str(row.page_start) + (f"–{row.page_end}" if row.page_end != row.page_start else "")
        details.append(said("p. {0}", pages))
    label.append("  " + ", ".join(details), style="dim")
    return label


def _complain_of(document: Document) -> None:
    for one in document.decisions:
        if one.problem:
            complain(f"warning: {document.raw.source}: the correction {one.correction_id} ({one.place}) was left out: {one.problem}")
    for warning in document.warnings:
        complain(f"warning: {document.raw.source}: {warning}")
