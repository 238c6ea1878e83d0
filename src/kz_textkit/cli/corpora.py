"""Commands on corpora: `run`, `verify`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kz_textkit.cli.application import (
    FAILED,
    AbbreviationsOption,
    CorrectionsOption,
    DropLinesOption,
    EncodingOption,
    FiltersOption,
    MaskOption,
    OcrOption,
    QuietOption,
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
from kz_textkit.cli.printing import changes_in_words, one_line, print_summary, progress_bar, run_bar
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    from kz_textkit.pipeline.summary import Summary

__all__ = ["CorpusArgument", "merge", "run", "verify"]

WARNINGS_SHOWN = 10
"""Warnings of one document that are printed; all of them are in the corpus."""
WARNED_SHOWN = 1_000
"""Documents whose warnings are printed."""

CorpusArgument = Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of a corpus, made by `kz-textkit run`.")]


@app.command()
def run(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="A file, or a folder, which is searched with all its folders.")
    ] = Path("corpus/raw"),
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="The corpus: a new folder, or one that an earlier run made.")
    ] = Path("corpus/clean"),
    encoding: EncodingOption = None,
    restore_letters: RestoreOption = False,
    rules_off: RulesOffOption = None,
    settings: SettingsOption = None,
    choices: SetOption = None,
    metadata: Annotated[
        Path | None,
        typer.Option(
            "--metadata",
            metavar="FILE",
            help="A table of the texts: .csv, .tsv or .xlsx, file or id in its first column; `metadata.csv` beside them otherwise.",
        ),
    ] = None,
    folders: Annotated[
        str, typer.Option("--folders", metavar="A/B", help="What the folders of the texts say, such as `genre/year`, as metadata.")
    ] = "",
    text_column: Annotated[
        str | None,
        typer.Option("--text-column", metavar="NAME", help="Column of tables and records that holds the text; found where it can be."),
    ] = None,
    whole_page: Annotated[bool, typer.Option("--whole-page", help="Keep menus and footers of web pages as text.")] = False,
    entities: Annotated[
        bool, typer.Option("--entities", help="Find named entities too: persons, places, organisations, dates, amounts.")
    ] = False,
    syntax: Annotated[
        bool, typer.Option("--syntax", help="Parse sentences too: the head of every word and its relation (subject, object, …).")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="All annotation there is: `--entities` and `--syntax`.")] = False,
    ocr: OcrOption = None,
    words: WordsOption = None,
    titles: TitlesOption = None,
    abbreviations: AbbreviationsOption = None,
    filters: FiltersOption = None,
    mask: MaskOption = None,
    drop_lines: DropLinesOption = None,
    corrections: CorrectionsOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", "-w", min=1, metavar="N", help="Processes to work with; as many as there are processors, one for little input."
        ),
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler: tcp://HOST:8786.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ADDRESS", help="Work on a Ray cluster: auto, ray://HOST:10001, or local.")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Make a corpus of raw files: repair, structure, annotate, count.

    Files that have not changed since the last run are not read again, and an interrupted run is taken up where it stopped.
    Files that fail are named, and do not stop the others.

    **Examples**

    `kz-textkit run` makes `corpus/clean` of `corpus/raw`.

    `kz-textkit run дәрістер/ -o дәрістер-корпус`

    `kz-textkit run ескі.txt -o корпус --encoding kz1048`

    `kz-textkit run мәтіндер/ -o корпус --metadata мәтіндер.xlsx --folders жанр/жыл`

    `kz-textkit run дәрістер/ -o корпус --settings менің.toml --rules-off spacing`

    `kz-textkit run жаңалықтар.jsonl.gz -o корпус --text-column мәтін`

    `kz-textkit run сайттар.warc.gz -o корпус --filters web --mask email --mask phone --mask iin --mask card`
    """
    from kz_textkit.pipeline.batch import run as run_pipeline
    from kz_textkit.pipeline.executors import dask_cluster, ray_cluster

    if dask and ray:
        raise UsageError("give --dask or --ray, not both")

    chosen = chosen_settings(
        source,
        file=settings,
        further=choices,
        encoding=encoding,
        restore_letters=restore_letters,
        rules_off=rules_off,
        text_column=text_column,
        whole_page=whole_page,
        entities=entities or full,
        syntax=syntax or full,
        words=words,
        titles=titles,
        abbreviations=abbreviations,
        ocr=ocr,
        filters=filters,
        mask=mask,
        drop_lines=drop_lines,
    )
    with ExitStack() as stack:
        cluster = stack.enter_context(dask_cluster(dask)) if dask else stack.enter_context(ray_cluster(ray)) if ray else None
        summary = run_pipeline(
            *(source, output),
            settings=chosen,
            metadata=metadata,
            folders=folders,
            corrections=corrections,
            workers=workers if cluster is None else workers or cluster.workers,
            executor=None if cluster is None else cluster.executor,
            watch=stack.enter_context(run_bar(quiet=quiet)),
        )
    if not quiet:
        print_summary(summary, str(source))
    _warn(summary)
    for first, second in summary.same_files:
        complain(f"warning: {second}: the same file as {first}; both are in the corpus, and counted twice")
    for line in summary.notes:
        complain(f"warning: {line}")
    for line in summary.unfit:
        complain(f"warning: {line}")
    for line in summary.mended:
        complain(f"mended: {line}")
    for failure in summary.failures:
        complain(str(failure))
    if summary.dropped and not summary.totals.documents:
        complain(f"{one_line(str(source))}: the filters left out all {len(summary.dropped):,} documents, so no corpus was written")
        raise typer.Exit(FAILED)
    if not summary.totals.documents:
        kinds = f" (files of kinds that are not read: {', '.join(summary.other)})" if summary.other else ""
        complain(f"{one_line(str(source))}: no file gave a text, so no corpus was written{kinds}")
    if summary.failures or not summary.totals.documents:
        raise typer.Exit(FAILED)


def _warn(summary: Summary) -> None:
    """Print the warnings of documents, some of each and of so many documents at most."""
    place = summary.output / "documents.parquet"
    for number, (source, warnings) in enumerate(summary.warned(), 1):
        if number > WARNED_SHOWN:
            complain(f"warning: {summary.totals.warned - WARNED_SHOWN:,} documents more have warnings, in {place}")
            return
        for warning in warnings[:WARNINGS_SHOWN]:
            complain(f"warning: {source}: {warning}")
        if len(warnings) > WARNINGS_SHOWN:
            complain(f"warning: {source}: {len(warnings) - WARNINGS_SHOWN} warnings more, in {place}")


@app.command()
def verify(
    corpus: CorpusArgument,
    quick: Annotated[bool, typer.Option("--quick", help="Only compare the hashes of the files.")] = False,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FOLDER", help="Read the files that it was made of again, from here, and compare."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="Processes to work with.")] = 1,
    quiet: QuietOption = False,
) -> None:
    """Prove that nothing was lost: every file is what was written, and every raw text can be rebuilt from the corpus.

    **Examples**

    `kz-textkit verify corpus/clean`

    `kz-textkit verify corpus/clean --quick`

    `kz-textkit verify corpus/clean --sources corpus/raw`
    """
    from kz_textkit.corpus.verification import verify as verify_corpus

    with progress_bar("verifying", quiet=quiet) as progress:
        result = verify_corpus(corpus, quick=quick, sources=sources, progress=progress, workers=workers)
    for problem in result.problems:
        complain(problem)
    if not result.ok:
        complain(f"{corpus} is not what was written: {len(result.problems):,} found; `kz-textkit run` makes anew what is damaged")
        raise typer.Exit(FAILED)
    if not quiet:
        documents = counted(result.documents, "{0} document", "{0} documents")
        since = f": {changes_in_words(result.changes)}" if result.changes else ""
        print(said("Version {0}", result.version) + since + ".")
        if quick:
            print(said("{0}, {1}: all of them are what was written.", documents, counted(result.files, "{0} file", "{0} files")))
            return
        characters = counted(result.characters, "{0} character", "{0} characters")
        print(said("{0}, {1}: every raw text was rebuilt exactly.", documents, characters))
        if sources is not None:
            print(said("The files in {0} give the same texts again.", one_line(str(sources))))


@app.command()
def merge(
    corpora: Annotated[list[Path], typer.Argument(metavar="CORPUS CORPUS...", help="Two corpora or more, made by `kz-textkit run`.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The new corpus, of the documents of all.")],
    quiet: QuietOption = False,
) -> None:
    """Make one corpus of several: their documents one after the other, with ids of their own, counted anew.

    Nothing is cleaned or annotated again. Settings in which the corpora differ are said, and documents that are in twice.

    **Examples**

    `kz-textkit merge дәрістер-корпус заңдар-корпус -o бәрі`
    """
    from kz_textkit.pipeline.merging import merge as merge_corpora

    result = merge_corpora(corpora, output)
    for line in result.differing:
        complain(f"warning: {line}")
    for first, second in result.same_files:
        complain(f"warning: {second}: the same file as {first}; both are in the corpus, and counted twice")
    if quiet:
        return
    print(f"{result.documents:,} documents, {result.tokens:,} tokens, {result.terms:,} terms: written to {one_line(str(output))}.")
    for corpus, before, now in result.renamed:
        print(f"{one_line(before)} of {one_line(corpus)} is {one_line(now)} here.")
