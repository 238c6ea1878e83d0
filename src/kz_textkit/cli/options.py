"""Options that several commands have, each with one home: which part of the corpus, which terms, and what becomes of the table.

A command takes a group of them as one argument (`part: PartOptions`), and `shares_options` spreads it out for Typer:

    @app.command()
    @shares_options
    def freq(corpus: CorpusArgument, part: PartOptions, terms: TermOptions, table: TableOptions) -> None: ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_type_hints

import typer

from kz_textkit.cli.application import FormatOption
from kz_textkit.cli.parts import DocumentOption, KindOption, LongSectionOption, SectionOption, SubcorpusOption, WhereOption, part_of
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import Part
    from kz_textkit.stats.counting import By, Filter

__all__ = [
    "ColumnsOption",
    "ContentWordOptions",
    "ExcelOption",
    "LongPartOptions",
    "OutputOption",
    "PartOptions",
    "PartsOption",
    "PlotOption",
    "PlottedOptions",
    "TableOptions",
    "TermOptions",
    "TopOption",
    "WordOptions",
    "shares_options",
]

TopOption = Annotated[int, typer.Option("--top", "-n", min=0, metavar="N", help="How many lines; 0 for all.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .csv, .json or .xlsx.")]
ColumnsOption = Annotated[
    str | None, typer.Option("--columns", metavar="A,B,C", help="Only these columns, in this order.", show_default=False)
]
ExcelOption = Annotated[
    bool,
    typer.Option("--excel", help="CSV as spreadsheets here open it: separator of the locale, nothing taken for a formula."),
]
PlotOption = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw it too: .svg, .png or .pdf (`pip install 'kz-textkit[plots]'`).")
]
PartsOption = Annotated[str, typer.Option("--parts", metavar="lecture|section|document", help="What the parts are.")]


@dataclass(frozen=True)
class PartOptions:
    """Which part of the corpus."""

    section: SectionOption = None
    document: DocumentOption = None
    kind: KindOption = None
    where: WhereOption = None
    subcorpus: SubcorpusOption = None

    def of(self, corpus: Path) -> Part:
        """The part of the corpus in a folder."""
        return part_of(corpus, self.section, self.document, self.kind, self.where, self.subcorpus)


@dataclass(frozen=True)
class LongPartOptions(PartOptions):
    """The same, where `-s` is something else."""

    section: LongSectionOption = None


@dataclass(frozen=True)
class TermOptions:
    """What a term is."""

    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            "-b",
            metavar="form|lemma|lemma_upos",
            help="What a term is; lemma, or form as long as there are no lemmas.",
            show_default=False,
        ),
    ] = None
    form: Annotated[bool, typer.Option("--form", help="The same as `--by form`.")] = False

    def way(self, corpus: Corpus) -> By:
        """What a term is in this corpus.

        Raises `UsageError` where there is no such way of counting.
        """
        from kz_textkit.stats.counting import COLUMNS

        if self.form or self.by is None:
            return "form" if self.form else corpus.default_terms
        if self.by not in COLUMNS:
            raise UsageError(f"there are no terms by {self.by}: choose one of {', '.join(COLUMNS)}")
        return cast("By", self.by)


@dataclass(frozen=True)
class WordOptions:
    """Which words are listed."""

    upos: Annotated[list[str] | None, typer.Option("--upos", "-u", metavar="TAG", help="List one part of speech. Repeatable.")] = None
    stop_words: Annotated[bool, typer.Option("--stop-words/--no-stop-words", help="List stop words too, or not.")] = True
    matching: Annotated[
        str | None, typer.Option("--matching", "-m", metavar="REGEX", help="List terms that match as a whole, such as `.*лық`.")
    ] = None

    @property
    def filter(self) -> Filter:
        """The filter of words that they say."""
        from kz_textkit.stats.counting import Filter

        return Filter(upos=tuple(self.upos or ()), stop_words=self.stop_words, matching=self.matching)


@dataclass(frozen=True)
class ContentWordOptions(WordOptions):
    """The same, stop words only where they are asked for."""

    stop_words: Annotated[bool, typer.Option("--stop-words/--no-stop-words", help="List stop words too, or not.")] = False


@dataclass(frozen=True)
class TableOptions:
    """What becomes of a table."""

    columns: ColumnsOption = None
    format: FormatOption = "table"
    excel: ExcelOption = False
    output: OutputOption = None

    @property
    def on_screen(self) -> bool:
        """Whether it is printed for people."""
        return self.format == "table" and self.output is None and not self.excel

    def check(self) -> None:
        """Raise `UsageError` where there is no such format, or the file can't be written under its name."""
        from kz_textkit.cli.printing import check_format
        from kz_textkit.tables import check_table_path

        check_format(self.format)
        if self.excel and (self.format == "json" or (self.output is not None and self.output.suffix.lower() != ".csv")):
            raise UsageError("--excel writes CSV: without --format json, to a file that ends in .csv")
        if self.output is not None:
            check_table_path(self.output)


@dataclass(frozen=True)
class PlottedOptions(TableOptions):
    """The same for a table that can be drawn."""

    plot: PlotOption = None

    def check(self) -> None:
        super().check()
        if self.plot is not None:
            from kz_textkit.plots import check_plot_path

            check_plot_path(self.plot)


def shares_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose arguments of the classes above are spread out into an option for each of their fields.

    >>> @shares_options
    ... def freq(corpus: Path, terms: TermOptions, top: int = 50) -> None: ...
    >>> list(inspect.signature(freq).parameters)
    ['corpus', 'by', 'form', 'top']
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        kind = hints[name]
        if not (isinstance(kind, type) and is_dataclass(kind)):
            parameters.append(parameter.replace(annotation=kind))
            continue
        groups[name] = kind
        options = get_type_hints(kind, include_extras=True)
        for field in fields(kind):
            assert field.default is not MISSING, "an option has a default"
            parameters.append(
                inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=options[field.name])
            )

    @wraps(command)
    def spread_out(**values: Any) -> None:
        for name, kind in groups.items():
            values[name] = kind(**{field.name: values.pop(field.name) for field in fields(kind)})
        command(**values)

    ordered = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    spread_out.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    spread_out.__annotations__ = {parameter.name: parameter.annotation for parameter in ordered}
    del spread_out.__wrapped__
    return spread_out
