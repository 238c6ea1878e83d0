"""Commands of term statistics: `freq`, `keywords`, `collocates`, `ngrams`, `vocabulary`; `composition`, `subcorpus`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kz_textkit.cli.application import FormatOption, app, complain
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.parts import DocumentOption, KindOption, SectionOption, SubcorpusOption, WhereOption, part_of
from kz_textkit.cli.printing import check_format, one_line, print_note, print_rows
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import Part
    from kz_textkit.stats.counting import By, Filter

__all__ = ["collocates", "composition", "freq", "keywords", "ngrams", "subcorpus", "vocabulary"]

ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        "-b",
        metavar="form|lemma|lemma_upos",
        help="What a term is; lemma, or form as long as there are no lemmas.",
        show_default=False,
    ),
]
FormFlag = Annotated[bool, typer.Option("--form", help="The same as `--by form`.")]
UposOption = Annotated[list[str] | None, typer.Option("--upos", "-u", metavar="TAG", help="List one part of speech. Repeatable.")]
StopOption = Annotated[bool, typer.Option("--stop-words/--no-stop-words", help="List stop words too, or not.")]
MatchingOption = Annotated[
    str | None, typer.Option("--matching", "-m", metavar="REGEX", help="List terms that match as a whole, such as `.*лық`.")
]
TopOption = Annotated[int, typer.Option("--top", "-n", min=0, metavar="N", help="How many lines; 0 for all.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .csv, .json or .xlsx.")]

ColumnsOption = Annotated[
    str | None, typer.Option("--columns", metavar="A,B,C", help="Only these columns, in this order.", show_default=False)
]

DECIMALS = {
    "per_million": 0,
    "reference_per_million": 0,
    "dp": 3,
    "dp_norm": 3,
    "juilland_d": 3,
    "tf_idf": 5,
    "dice": 4,
    "coverage": 4,
    "value": 4,
    "diff_percent": 0,
}
"""Decimals of a column on the screen, where they are not two."""
SHORT = {
    "reference_count": "ref.",
    "reference_per_million": "ref. per m.",
    "log_likelihood": "LL",
    "diff_percent": "%diff",
    "bayes_factor": "Bayes",
    "p_value": "p",
}
"""Names of columns on the screen, where theirs are too long."""
TEXTS = (
    *("side", "form", "lemma", "upos", "forms", "term", "title", "ngram", "collocate", "measure"),
    *("section_id", "doc_id", "source", "target"),
)
"""Columns that are no numbers."""
KEYWORDS_SHOWN = (
    *("term", "count", "reference_count", "per_million", "reference_per_million"),
    *("log_ratio", "diff_percent", "log_likelihood", "p_value", "bayes_factor"),
)
"""Columns that a screen has room for."""
DISPERSION_SHOWN = ("form", "lemma", "upos", "count", "per_million", "sections", "documents", "dp", "dp_norm", "juilland_d", "arf")
COLLOCATES_SHOWN = (
    *("collocate", "together", "frequency"),
    *("log_dice", "mi", "mi3", "t_score", "z_score", "log_likelihood", "dice"),
)
TITLE_WIDTH = 36
"""Characters of the title of a part that are shown, beside its first term."""
LECTURES_SHOWN = ("title", "term", "count", "reference_count", "log_ratio", "log_likelihood", "p_value")


@app.command()
def freq(
    corpus: CorpusArgument,
    by: ByOption = None,
    form: FormFlag = False,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    upos: UposOption = None,
    stop_words: StopOption = True,
    matching: MatchingOption = None,
    dispersion: Annotated[
        bool, typer.Option("--dispersion", help="Add range in documents, Gries' DP, its normed form, Juilland's D, and ARF.")
    ] = False,
    parts: Annotated[
        str, typer.Option("--parts", metavar="lecture|section|document", help="Parts that these three look at.")
    ] = "lecture",
    across: Annotated[
        bool, typer.Option("--across", help="How often the `--top` commonest terms occur in each of the parts: a column for each.")
    ] = False,
    tf_idf: Annotated[bool, typer.Option("--tf-idf", help="The terms that set each part apart, `--top` of each.")] = False,
    top: TopOption = 50,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """The most frequent terms of a corpus: lemmas with their forms, or forms as long as there are no lemmas.

    Words of tables of contents and punctuation are not counted. Frequencies are per million of all words of the part looked at.

    **Examples**

    `kz-textkit freq corpus/clean --top 20`

    `kz-textkit freq corpus/clean --no-stop-words --upos NOUN --section 3`

    `kz-textkit freq corpus/clean --dispersion --parts lecture`

    `kz-textkit freq corpus/clean --tf-idf --no-stop-words --top 5`

    `kz-textkit freq corpus/clean --across --upos NOUN --top 15 -o дәрістер.xlsx`

    `kz-textkit freq corpus/clean --top 0 -o терминдер.xlsx`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import has_lemmas, lectures_of, part_tokens, titled_parts
    from kz_textkit.stats.frequency_list import frequency_list, terms_by_part
    from kz_textkit.stats.frequency_list import tf_idf as tf_idf_of
    from kz_textkit.stats.parts import part_names

    _check_output(format, output)
    opened = Corpus(corpus)
    part, words = part_of(corpus, section, document, kind, where, subcorpus), _filter(upos, stop_words, matching)
    tokens, shown = part_tokens(opened, part), opened.spellings
    way = _by(opened, by, form) if form or by or tf_idf or dispersion or across or not has_lemmas(opened) else "lemma_upos"
    if across:
        table, names = terms_by_part(tokens, by=way, words=words, shown=shown, parts=parts, sections=lectures_of(opened), top=top)
        titles = titled_parts(opened, names.reset_index())["title"].tolist()
        labels = dict(zip(names.index, (f"{number}. {title}" for number, title in zip(names.index, titles, strict=True)), strict=True))
        on_screen = format == "table" and output is None
        about = "; ".join(filter(None, (_about(opened, part), ", ".join(labels.values()) if on_screen else "")))
        _show(table if on_screen else table.rename(columns=labels), format, output, columns, about=about)
        return
    if tf_idf:
        table = tf_idf_of(tokens, by=way, words=words, shown=shown, parts=parts, sections=lectures_of(opened), top=top)
        if "section_id" in table and format == "table" and output is None:
            titles = opened.sections.assign(title=part_names(opened.sections))[["doc_id", "section_id", "title"]]
            table = titles.merge(table, on=["doc_id", "section_id"]).drop(columns=["doc_id", "section_id"])
        _show(table, format, output, columns, about=_about(opened, part))
        return
    table = frequency_list(
        tokens,
        by=way,
        words=words,
        shown=shown,
        parts=parts if dispersion else None,
        sections=lectures_of(opened) if dispersion else None,
    )
    _show(
        _first(table, top),
        format,
        output,
        columns,
        shown=DISPERSION_SHOWN if dispersion else (),
        wide="" if dispersion else "forms",
        about=_about(opened, part),
    )


@app.command()
def keywords(
    corpus: CorpusArgument,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against",
            "-a",
            metavar="PART",
            help="Compare with another part, not with all the rest: a document, section, kind or condition. Repeatable.",
        ),
    ] = None,
    reference: Annotated[
        Path | None, typer.Option("--reference", "-r", metavar="FILE", help="Compare with a list: CSV with the columns term,count.")
    ] = None,
    by: ByOption = None,
    form: FormFlag = False,
    upos: UposOption = None,
    stop_words: StopOption = True,
    matching: MatchingOption = None,
    min_count: Annotated[int, typer.Option("--min-count", min=0, metavar="N", help="Times that a keyword occurs at least.")] = 3,
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="Sort by log_likelihood, bayes_factor, chi_square (how sure), log_ratio, diff_percent (how much).",
        ),
    ] = "log_likelihood",
    parts: Annotated[
        str, typer.Option("--parts", metavar="lecture|section|document", help="Without a part: what is compared with the rest.")
    ] = "lecture",
    negative: Annotated[bool, typer.Option("--negative", help="The terms that the part has less often.")] = False,
    top: TopOption = 20,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """What a part of a corpus is about: the terms that it has more often than the rest, another part, or a reference list.

    Without a part, the keywords of every lecture against the others. Effect size (`log_ratio`: 1 is twice as frequent; `diff_percent`)
    and significance (`log_likelihood` with its p-value; `bayes_factor`: above 10 is very strong evidence) are both shown.

    **Examples**

    `kz-textkit keywords corpus/clean --top 5`

    `kz-textkit keywords corpus/clean --section 3 --no-stop-words`

    `kz-textkit keywords corpus/clean --section 3 --against 4 --measure log_ratio`

    `kz-textkit keywords corpus/clean --document заң --against роман`

    `kz-textkit keywords corpus/clean --where "year >= 1991" --against "year < 1991"`

    `kz-textkit keywords corpus/clean --kind question`

    `kz-textkit keywords corpus/clean --reference жиілік.csv --form`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import corpus_keywords, keywords_by_lecture, read_reference

    _check_output(format, output)
    if against and reference:
        raise UsageError("compare either with another part or with a reference list, not with both")
    opened = Corpus(corpus)
    part, words, way = (
        part_of(corpus, section, document, kind, where, subcorpus),
        _filter(upos, stop_words, matching),
        _by(opened, by, form),
    )
    if not part and reference is None:
        if against or negative:
            raise UsageError("choose the part that is compared, with --section, --document, --kind or --where")
        table = keywords_by_lecture(opened, by=way, words=words, min_count=min_count, order=measure, top=top, parts=parts)
        _show(table, format, output, columns, shown=LECTURES_SHOWN, wide="title", about=f"each {parts} against the rest")
        return
    table = corpus_keywords(
        opened,
        part,
        against=_against(opened, against, part) if against else None,
        reference=read_reference(reference) if reference else None,
        by=way,
        words=words,
        min_count=min_count,
        order=measure,
        negative=negative,
    )
    sides = (f"{table.attrs[side]} ({table.attrs[size]:,} words)" for side, size in (("part", "size"), ("against", "against_size")))
    compared = ", against ".join(sides)
    _show(_first(table, top), format, output, columns, shown=KEYWORDS_SHOWN, about=compared)


@app.command()
def collocates(
    corpus: CorpusArgument,
    node: Annotated[str, typer.Argument(metavar="WORD", help="The word whose company is looked at: a lemma, or a form with `--form`.")],
    left: Annotated[int, typer.Option("--left", "-l", min=0, metavar="N", help="Words on its left.")] = 5,
    right: Annotated[int, typer.Option("--right", "-r", min=0, metavar="N", help="Words on its right.")] = 5,
    sentence: Annotated[bool, typer.Option("--sentence", help="Look at the whole sentence; count sentences.")] = False,
    cross_sentences: Annotated[bool, typer.Option("--cross-sentences", help="Let windows run into other sentences.")] = False,
    by: ByOption = None,
    form: FormFlag = False,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    upos: UposOption = None,
    stop_words: StopOption = False,
    matching: MatchingOption = None,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times together at least.")] = 3,
    measure: Annotated[
        str,
        typer.Option("--measure", metavar="NAME", help="Sort by log_dice, mi, mi3, t_score, z_score, log_likelihood or dice."),
    ] = "log_dice",
    apart: Annotated[bool, typer.Option("--apart", help="What stands on the left and what on the right, each by itself.")] = False,
    network: Annotated[bool, typer.Option("--network", help="The edges of a network: the collocates of the collocates too.")] = False,
    top: TopOption = 20,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """The company that a word keeps: what stands near it more often than chance would have it.

    **Examples**

    `kz-textkit collocates corpus/clean билік`

    `kz-textkit collocates corpus/clean билік --left 1 --right 0 --upos ADJ --measure log_likelihood`

    `kz-textkit collocates corpus/clean билік --sentence --top 0 -o билік.csv`

    `kz-textkit collocates corpus/clean билік --network --top 10 --format csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import part_tokens
    from kz_textkit.stats.collocation import collocates as collocates_of
    from kz_textkit.stats.collocation import collocation_network

    _check_output(format, output)
    opened = Corpus(corpus)
    part, words, way = (
        part_of(corpus, section, document, kind, where, subcorpus),
        _filter(upos, stop_words, matching),
        _by(opened, by, form),
    )
    tokens, shown, window = part_tokens(opened, part), opened.spellings, (left, right)
    nothing, about = f"no collocates of {one_line(node)}", _about(opened, part)
    if network:
        table = collocation_network(
            tokens,
            [node],
            by=way,
            window=window,
            sentence=sentence,
            words=words,
            shown=shown,
            min_count=min_count,
            measure=measure,
            top=top or 10,
        )
        _show(table, format, output, columns, nothing=nothing, about=about)
        return
    sides = {"left": (left, 0), "right": (0, right)} if apart else {"": window}
    tables = [
        collocates_of(
            tokens,
            node,
            by=way,
            window=reach,
            sentence=sentence,
            cross_sentences=cross_sentences,
            words=words,
            shown=shown,
            min_count=min_count,
            measure=measure,
        )
        for reach in sides.values()
        if max(reach) or not apart
    ]
    if apart:
        if sentence:
            raise UsageError("--sentence looks at whole sentences, and not at sides")
        named = zip((side for side, reach in sides.items() if max(reach)), tables, strict=True)
        both = [_first(table, top).assign(side=side) for side, table in named]
        _show(
            _together(both), format, output, columns, shown=("side", *COLLOCATES_SHOWN), wide="collocate", nothing=nothing, about=about
        )
        return
    (table,) = tables
    _show(_first(table, top), format, output, columns, shown=COLLOCATES_SHOWN, wide="collocate", nothing=nothing, about=about)


@app.command()
def ngrams(
    corpus: CorpusArgument,
    shortest: Annotated[int, typer.Option("--min", min=1, max=10, metavar="N", help="Words of the shortest ones.")] = 2,
    longest: Annotated[int, typer.Option("--max", min=1, max=10, metavar="N", help="Words of the longest ones.")] = 3,
    gaps: Annotated[bool, typer.Option("--gaps", help="Let stop words stand between the words, and leave them out.")] = False,
    by: ByOption = None,
    form: FormFlag = False,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    upos: UposOption = None,
    stop_words: StopOption = False,
    matching: MatchingOption = None,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times that they occur at least.")] = 3,
    top: TopOption = 50,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """Sequences of words that recur: set phrases, terms of several words.

    They run across neither sentences nor marks of punctuation, and have no stop words unless these are asked for.

    **Examples**

    `kz-textkit ngrams corpus/clean --form`

    `kz-textkit ngrams corpus/clean --min 3 --max 5 --stop-words`

    `kz-textkit ngrams corpus/clean --gaps --matching 'билік .*'`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import part_tokens
    from kz_textkit.stats.ngrams import ngrams as ngrams_of

    _check_output(format, output)
    opened = Corpus(corpus)
    part = part_of(corpus, section, document, kind, where, subcorpus)
    table = ngrams_of(
        part_tokens(opened, part),
        sizes=(shortest, longest),
        by=_by(opened, by, form),
        words=_filter(upos, stop_words, matching),
        shown=opened.spellings,
        gaps=gaps,
        min_count=min_count,
    )
    _show(_first(table, top), format, output, columns, wide="ngram", about=_about(opened, part))


@app.command()
def vocabulary(
    corpus: CorpusArgument,
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="summary|growth|coverage|unknown",
            help="Measures, one of the curves, or the words that the lexicon lacks.",
        ),
    ] = "summary",
    by: ByOption = None,
    form: FormFlag = False,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    top: TopOption = 50,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """How rich the vocabulary is: types, tokens, hapaxes, TTR, MATTR, how it grows, what it covers, which words are unknown.

    Unknown are words whose stem is not in the lexicon of the morphology: their analysis is a guess.

    **Examples**

    `kz-textkit vocabulary corpus/clean`

    `kz-textkit vocabulary corpus/clean --show unknown --top 100`

    `kz-textkit vocabulary corpus/clean --show growth --format csv > өсім.csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import corpus_vocabulary
    from kz_textkit.morphology.commonness import shared_analyzer

    _check_output(format, output)
    opened = Corpus(corpus)
    analyzer = shared_analyzer()

    def known(word: str) -> bool:
        return any(analysis.known for analysis in analyzer.parse(word))

    part = part_of(corpus, section, document, kind, where, subcorpus)
    table = corpus_vocabulary(opened, part, by=_by(opened, by, form), view=show, known=known)
    _show(table if show == "summary" else _first(table, top), format, output, columns, about=_about(opened, part))


def _against(corpus: Corpus, names: list[str], part: Part) -> Part:
    """The part that another is compared with."""
    from kz_textkit.corpus.part import parts_named
    from kz_textkit.corpus.subcorpora import saved_subcorpora

    saved = saved_subcorpora(corpus.path).get(names[0]) if len(names) == 1 else None
    return saved or parts_named(corpus.tables, names, beside=part)


def _filter(upos: list[str] | None, stop_words: bool, matching: str | None) -> Filter:
    from kz_textkit.stats.counting import Filter

    return Filter(upos=tuple(upos or ()), stop_words=stop_words, matching=matching)


def _by(corpus: Corpus, by: str | None, form: bool) -> By:
    from kz_textkit.corpus.statistics import has_lemmas
    from kz_textkit.stats.counting import COLUMNS

    if form or by is None:
        return "form" if form or not has_lemmas(corpus) else "lemma"
    if by not in COLUMNS:
        raise UsageError(f"there are no terms by {by}: choose one of {', '.join(COLUMNS)}")
    return cast("By", by)


@app.command()
def composition(
    corpus: CorpusArgument,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", "-b", metavar="COLUMN", help="Column of the metadata, such as `genre`; document otherwise. Repeatable."),
    ] = None,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    columns: ColumnsOption = None,
    format: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """What a corpus is made of: documents, words and different terms, by what the metadata say.

    **Examples**

    `kz-textkit composition corpus/clean --by genre`

    `kz-textkit composition corpus/clean --by genre --by year --format csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import composition as composition_of

    _check_output(format, output)
    opened = Corpus(corpus)
    part = part_of(corpus, section, document, kind, where, subcorpus)
    table = composition_of(opened, by or ["doc_id"], part, by=opened.default_terms)
    _show(table, format, output, columns, wide=(by or ["doc_id"])[0], texts=tuple(by or ()), about=_about(opened, part))


@app.command()
def subcorpus(
    corpus: CorpusArgument,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Name of the part; without one, all are listed.")] = None,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the name.")] = False,
    format: FormatOption = "table",
) -> None:
    """Give a part of a corpus a name, for `--in NAME` and `--against NAME` of the other commands.

    **Examples**

    `kz-textkit subcorpus corpus/clean заңдар --where "genre = 'заң' and year >= 1991"`

    `kz-textkit keywords corpus/clean --in заңдар --against романдар`

    `kz-textkit subcorpus corpus/clean`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import tokens_of_part
    from kz_textkit.corpus.subcorpora import save_subcorpus, saved_subcorpora

    check_format(format)
    opened = Corpus(corpus)
    if name is None:
        rows = [{"name": name, "part": opened.name_of(part)} for name, part in saved_subcorpora(opened.path).items()]
        if format == "table" and not rows:
            print("no subcorpus is saved")
        else:
            print_rows(rows, ("name", "part"), format, wide="part")
    elif remove:
        save_subcorpus(opened.path, name, None)
    else:
        part = part_of(corpus, section, document, kind, where, None)
        tokens_of_part(opened.tables, part)
        save_subcorpus(opened.path, name, part)
        print(f"{one_line(name)}: {one_line(opened.name_of(part))}")


def _about(corpus: Corpus, part: Part) -> str:
    """What a table is of, where it is not of the whole corpus."""
    return corpus.name_of(part) if part else ""


def _together(tables: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas

    return pandas.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)


def _first(table: pd.DataFrame, top: int) -> pd.DataFrame:
    return table.head(top) if top else table


def _check_output(format: str, output: Path | None) -> None:
    from kz_textkit.tables import check_table_path

    check_format(format)
    if output is not None:
        check_table_path(output)


def _show(
    table: pd.DataFrame,
    format: str,
    output: Path | None,
    chosen: str | None = None,
    *,
    shown: tuple[str, ...] = (),
    wide: str = "",
    nothing: str = "no words were found",
    about: str = "",
    texts: tuple[str, ...] = (),
) -> None:
    """Print a table, or write it to a file: the columns `chosen`, or all, of which a screen has `shown`; `about` says what it is of."""
    from kz_textkit.tables import save_table

    on_screen = format == "table" and output is None
    if table.empty:
        (print if on_screen else complain)(nothing)
    columns = _columns(table, chosen) or (
        [name for name in shown or table.columns if name in table] if on_screen else list(table.columns)
    )
    rows = table[columns].astype(object).where(table[columns].notna(), None).values.tolist()
    if output is not None:
        save_table(output, columns, rows, about=[("command", " ".join(sys.argv[1:])), ("part", about or "the whole corpus")])
    elif not on_screen or rows:
        shapes = [[_cell(name, value) for name, value in zip(columns, row, strict=True)] for row in rows] if on_screen else rows
        if on_screen and columns[0] == "title":
            titles = [row[0] for row in rows]
            for row, title, before in zip(shapes, titles, [None, *titles], strict=False):
                row[0] = "" if title == before else title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1] + "…"
        names = [SHORT.get(name, name) for name in columns] if on_screen else columns
        numbers = tuple(short for short, name in zip(names, columns, strict=True) if name not in (*TEXTS, *texts))
        print_rows([dict(zip(names, row, strict=True)) for row in shapes], names, format, numbers=numbers, wide=wide)
    if on_screen and about:
        print_note(one_line(about))


def _columns(table: pd.DataFrame, chosen: str | None) -> list[str]:
    names = [name.strip() for name in (chosen or "").split(",") if name.strip()]
    for name in names:
        if name not in table:
            raise UsageError(f"there is no column {name}: choose from {', '.join(map(str, table.columns))}")
    return names


def _cell(name: str, value: Any) -> Any:
    """A number as it is shown on the screen."""
    if not isinstance(value, float):
        return value
    if name == "p_value":
        return f"{value:.3f}" if value >= 0.001 else "<0.001"
    if name == "value" and value.is_integer():
        return int(value)
    if abs(value) >= 1e12:
        return ">10¹²" if value > 0 else "<-10¹²"
    return f"{value:,.{DECIMALS.get(name, 2)}f}"
