"""Commands for collections of web text: `signals`, `dedup`, `lines`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import (
    FAILED,
    FiltersOption,
    FormatOption,
    QuietOption,
    SettingsOption,
    app,
    chosen_settings,
    complain,
)
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.printing import check_format, print_note, print_rows, progress_bar

__all__ = ["dedup", "lines", "signals"]

TableOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the table to a file: .csv, .xlsx or .json.")
]


@app.command()
def signals(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of any format that is read.")],
    filters: FiltersOption = None,
    settings: SettingsOption = None,
    format: FormatOption = "table",
) -> None:
    """Measure the quality of texts: the signals that the filters of `run` look at, and the bounds that each text breaks.

    **Examples**

    `kz-textkit signals мәтін.txt`

    `kz-textkit signals сайттар.warc.gz --filters web --format csv > белгілер.csv`
    """
    from kz_textkit.cleaning.clean import clean
    from kz_textkit.errors import KzTextkitError
    from kz_textkit.filters.bounds import bounds_named, broken_bounds
    from kz_textkit.filters.signals import SIGNALS
    from kz_textkit.pipeline.filtering import document_signals
    from kz_textkit.readers import read_all

    check_format(format)
    rows = []
    failed = False
    for file in files:
        chosen = chosen_settings(file, file=settings, filters=filters)
        bounds = bounds_named(chosen.filters or ("web",))
        try:
            for raw in read_all(file, settings=chosen):
                found = document_signals(clean(raw, chosen), chosen)
                broken = ", ".join(bound.signal for bound, _ in broken_bounds(found, bounds))
                rows.append({"doc_id": raw.doc_id, "broken": broken, **{name: round(value, 3) for name, value in found.items()}})
        except (KzTextkitError, OSError) as error:
            complain(str(error))
            failed = True
    if format == "table":
        # A text has too many signals for a line: a line a signal.
        lines = [{"doc_id": row["doc_id"], "signal": name, "value": row[name]} for row in rows for name in ("broken", *SIGNALS)]
        print_rows(lines, ("doc_id", "signal", "value"), format, numbers=("value",), wide="doc_id")
    else:
        print_rows(rows, ("doc_id", "broken", *SIGNALS), format)
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def dedup(
    corpus: CorpusArgument,
    near: Annotated[
        float,
        typer.Option(
            "--near",
            min=0.5,
            max=1.0,
            metavar="SHARE",
            help="How alike two texts are to be duplicates: share of their runs of words.",
        ),
    ] = 0.8,
    exact: Annotated[bool, typer.Option("--exact", help="Texts with the same words alone.")] = False,
    save: Annotated[
        str | None,
        typer.Option("--save", metavar="NAME", help="Save what is left as a subcorpus, to be named with `--in` in other commands."),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against", metavar="FILE", help="Fingerprints of another corpus: what is in that one is a duplicate here. Repeatable."
        ),
    ] = None,
    fingerprints: Annotated[
        Path | None,
        typer.Option("--fingerprints", metavar="FILE", help="Write the fingerprints of this corpus (Parquet), for `--against`."),
    ] = None,
    format: FormatOption = "table",
    output: TableOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find documents that are in a corpus twice, word for word or nearly; the first of each group stays.

    Nothing is removed: the table names each duplicate with what it is a duplicate of, and `--save` makes a subcorpus of the rest.

    **Examples**

    `kz-textkit dedup corpus/clean --save бірегей` and then `kz-textkit freq corpus/clean --in бірегей`

    `kz-textkit dedup жаңалықтар --near 0.7 -o қайталама.xlsx`

    `kz-textkit dedup шілде --against маусым.parquet --fingerprints шілде.parquet`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.duplicates import duplicates_in, fingerprints_of, read_fingerprints, save_fingerprints, save_unique
    from kz_textkit.filters.duplicates import check_installed

    check_format(format)
    check_installed()
    opened = Corpus(corpus)
    others = {path.stem: read_fingerprints(path) for path in against or ()}
    with progress_bar("comparing", quiet=quiet) as progress:
        own = list(fingerprints_of(opened, progress))
    if fingerprints is not None:
        save_fingerprints(fingerprints, own)
    found = duplicates_in(own, None if exact else near, against=others)
    rows = [{"doc_id": one.doc_id, "of": one.of, "similarity": one.similarity, "exact": one.is_exact} for one in found]
    _show(rows, ("doc_id", "of", "similarity", "exact"), format, output, ("similarity",), "doc_id", f"duplicates in {corpus}")
    rest = ""
    if save is not None:
        rest = f"; the other {save_unique(opened, save, found):,} are the subcorpus {save}"
    if not quiet and (format == "table" or output is not None):
        print_note(f"{len(found):,} of {len(own):,} documents are duplicates{rest}.")


@app.command()
def lines(
    corpus: CorpusArgument,
    least: Annotated[
        int, typer.Option("--least", "-n", min=2, metavar="N", help="Documents of one host that a line is in, at the least.")
    ] = 3,
    format: FormatOption = "table",
    output: TableOption = None,
) -> None:
    """Lines that many documents of one host share: menus, notices and whatever else is no text of its own.

    The host is that of the address in the metadata (`url`); documents without one are taken together.

    **Examples**

    `kz-textkit lines жаңалықтар --least 20`

    `kz-textkit lines жаңалықтар -o жолдар.csv`, and when the list was looked through, `kz-textkit run … --drop-lines жолдар.csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.duplicates import shared_lines

    check_format(format)
    rows = [
        {"host": host, "documents": count, "of": total, "line": line}
        for host, line, count, total in shared_lines(Corpus(corpus), least)
    ]
    _show(rows, ("documents", "of", "host", "line"), format, output, ("documents", "of"), "line", f"shared lines of {corpus}")


def _show(
    rows: list[dict[str, object]],
    columns: tuple[str, ...],
    form: str,
    output: Path | None,
    numbers: tuple[str, ...],
    wide: str,
    about: str,
) -> None:
    from kz_textkit.tables import check_table_path, save_table

    if output is None:
        print_rows(rows, columns, form, numbers=numbers, wide=wide)
        return
    check_table_path(output)
    save_table(output, columns, ([row[name] for name in columns] for row in rows), about=[("table", about)])
