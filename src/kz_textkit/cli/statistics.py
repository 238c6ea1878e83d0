"""Commands of term statistics: `freq`, `keywords`, `collocates`, `ngrams`, `terms`, `vocabulary`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kz_textkit.cli.application import app
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.options import (
    ContentWordOptions,
    PartOptions,
    PartsOption,
    PlottedOptions,
    TermOptions,
    TopOption,
    WordOptions,
    shares_options,
)
from kz_textkit.cli.printing import one_line
from kz_textkit.cli.showing import about_part, draw, first, show_table
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import Part

__all__ = ["collocates", "freq", "keywords", "ngrams", "terms", "vocabulary"]

KEYWORDS_SHOWN = (
    *("term", "count", "reference_count", "per_million", "log_ratio", "log_ratio_low", "log_ratio_high"),
    *("log_likelihood", "p_value", "bayes_factor", "diff_percent", "reference_per_million"),
)
"""Columns that a screen has room for; those at the end go first."""
DISPERSION_SHOWN = ("form", "lemma", "upos", "count", "per_million", "sections", "documents", "dp", "dp_norm", "juilland_d", "arf")
COLLOCATES_SHOWN = (
    *("collocate", "together", "left", "right", "frequency"),
    *("log_dice", "mi", "t_score", "log_likelihood", "mi3", "z_score", "dice"),
)
LECTURES_SHOWN = ("title", "term", "count", "reference_count", "log_ratio", "log_likelihood", "p_value")
EACH_SHOWN = ("title", "term", "count", "per_million", "parts")
TERMS_SHOWN = ("term", "count", "c_value", "nested", "documents", "pattern")
MEASURES = "log_dice, mi, mi3, t_score, z_score, log_likelihood or dice"


@app.command()
@shares_options
def freq(
    corpus: CorpusArgument,
    terms: TermOptions,
    part: PartOptions,
    words: WordOptions,
    table: PlottedOptions,
    dispersion: Annotated[
        bool, typer.Option("--dispersion", help="Add range in documents, Gries' DP, its normed form, Juilland's D, and ARF.")
    ] = False,
    parts: PartsOption = "lecture",
    each: Annotated[bool, typer.Option("--each", help="The commonest terms of each of the parts, `--top` of each.")] = False,
    alone: Annotated[bool, typer.Option("--alone", help="The same of those terms that one part alone has.")] = False,
    across: Annotated[
        bool, typer.Option("--across", help="How often the `--top` commonest terms occur in each of the parts: a column for each.")
    ] = False,
    tf_idf: Annotated[bool, typer.Option("--tf-idf", help="The terms that set each part apart, `--top` of each.")] = False,
    top: TopOption = 50,
) -> None:
    """The most frequent terms of a corpus: lemmas with their forms, or forms as long as there are no lemmas.

    Words of tables of contents and punctuation are not counted. Frequencies are per million of all words of the part looked at.

    **Examples**

    `kz-textkit freq corpus/clean --top 20`

    `kz-textkit freq corpus/clean --no-stop-words --upos NOUN --section 3`

    `kz-textkit freq corpus/clean --each --upos NOUN --top 10`

    `kz-textkit freq corpus/clean --alone --no-stop-words --top 5`

    `kz-textkit freq corpus/clean --dispersion --parts lecture`

    `kz-textkit freq corpus/clean --tf-idf --no-stop-words --top 5`

    `kz-textkit freq corpus/clean --across --upos NOUN --top 15 -o дәрістер.xlsx --plot дәрістер.svg`

    `kz-textkit freq corpus/clean --top 0 -o терминдер.xlsx`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import lectures_of, part_stream
    from kz_textkit.stats.frequency_list import frequency_list

    table.check()
    if sum((dispersion, each or alone, across, tf_idf)) > 1:
        raise UsageError("choose one of --dispersion, --each, --alone, --across and --tf-idf")
    opened, chosen = Corpus(corpus), part.of(corpus)
    if each or alone:
        _show_each(opened, chosen, terms, words, table, parts, top, alone)
    elif across:
        _show_across(opened, chosen, terms, words, table, parts, top)
    elif tf_idf:
        _show_tf_idf(opened, chosen, terms, words, table, parts, top)
    else:
        plain = terms.form or terms.by or dispersion or not opened.tables.has_lemmas
        spread: dict[str, Any] = {"parts": parts, "sections": lectures_of(opened)} if dispersion else {}
        way = terms.way(opened) if plain else "lemma_upos"
        counted = frequency_list(part_stream(opened, chosen), by=way, words=words.filter, shown=opened.spellings, **spread)
        listed = first(counted, top)
        draw(table, lambda: _bars(listed, "form" if way == "form" else "lemma", "count"))
        shown = DISPERSION_SHOWN if dispersion else ()
        show_table(listed, table, shown=shown, wide="" if dispersion else "forms", about=about_part(opened, chosen))


def _show_each(
    corpus: Corpus, part: Part, terms: TermOptions, words: WordOptions, table: PlottedOptions, parts: str, top: int, alone: bool
) -> None:
    from kz_textkit.corpus.usage import corpus_each_part

    found = corpus_each_part(corpus, part, by=terms.way(corpus), words=words.filter, parts=parts, top=top, alone=alone)

    def plot() -> object:
        from kz_textkit.plots import parts_plot

        return parts_plot(found, "count", top=min(top or 10, 10))

    draw(table, plot)
    about = about_part(corpus, part) or (f"terms that one {parts} alone has" if alone else f"each {parts}")
    show_table(found, table, shown=EACH_SHOWN, wide="title", about=about)


def _show_across(
    corpus: Corpus, part: Part, terms: TermOptions, words: WordOptions, table: PlottedOptions, parts: str, top: int
) -> None:
    from kz_textkit.corpus.usage import corpus_across

    found, labels = corpus_across(corpus, part, by=terms.way(corpus), words=words.filter, parts=parts, top=top)

    def plot() -> object:
        from kz_textkit.plots import across_plot

        return across_plot(found, top=len(found))

    draw(table, plot)
    legend = ", ".join(labels.values()) if table.on_screen else ""
    about = "; ".join(filter(None, (about_part(corpus, part), legend)))
    show_table(found if table.on_screen else found.rename(columns=labels), table, about=about)


def _show_tf_idf(
    corpus: Corpus, part: Part, terms: TermOptions, words: WordOptions, table: PlottedOptions, parts: str, top: int
) -> None:
    from kz_textkit.corpus.statistics import lectures_of, part_stream
    from kz_textkit.stats.frequency_list import tf_idf
    from kz_textkit.stats.parts import part_names

    found = tf_idf(
        part_stream(corpus, part),
        by=terms.way(corpus),
        words=words.filter,
        shown=corpus.spellings,
        parts=parts,
        sections=lectures_of(corpus),
        top=top,
    )
    titles = corpus.sections.assign(title=part_names(corpus.sections))[["doc_id", "section_id", "title"]]
    titled = titles.merge(found, on=["doc_id", "section_id"]) if "section_id" in found else found.assign(title=found["doc_id"])

    def plot() -> object:
        from kz_textkit.plots import parts_plot

        return parts_plot(titled, "tf_idf", top=min(top or 10, 10))

    draw(table, plot)
    on_screen = titled.drop(columns=["doc_id", "section_id"], errors="ignore") if table.on_screen and "section_id" in found else found
    show_table(on_screen, table, about=about_part(corpus, part))


@app.command()
@shares_options
def keywords(
    corpus: CorpusArgument,
    part: PartOptions,
    terms: TermOptions,
    words: WordOptions,
    table: PlottedOptions,
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
) -> None:
    """What a part of a corpus is about: the terms that it has more often than the rest, another part, or a reference list.

    Without a part, the keywords of every lecture against the others. Effect size (`log_ratio`: 1 is twice as frequent, with its
    interval of 95 % confidence; `diff_percent`) and significance (`log_likelihood` with its p-value; `bayes_factor`: above 10 is very
    strong evidence) are both shown.

    **Examples**

    `kz-textkit keywords corpus/clean --top 5`

    `kz-textkit keywords corpus/clean --section 3 --no-stop-words --plot кілт-сөздер.svg`

    `kz-textkit keywords corpus/clean --section 3 --against 4 --measure log_ratio`

    `kz-textkit keywords corpus/clean --document заң --against роман`

    `kz-textkit keywords corpus/clean --where "year >= 1991" --against "year < 1991"`

    `kz-textkit keywords corpus/clean --kind question`

    `kz-textkit keywords corpus/clean --reference жиілік.csv --form`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import corpus_keywords, keywords_by_lecture, read_reference

    table.check()
    if against and reference:
        raise UsageError("compare either with another part or with a reference list, not with both")
    opened, chosen = Corpus(corpus), part.of(corpus)
    options: dict[str, Any] = {"by": terms.way(opened), "words": words.filter, "min_count": min_count, "order": measure}
    if not chosen and reference is None:
        if against or negative:
            raise UsageError("choose the part that is compared, with --section, --document, --kind or --where")
        found = keywords_by_lecture(opened, **options, top=top, parts=parts)
        draw(table, lambda: _keywords_plot(found, measure, ""))
        show_table(found, table, shown=LECTURES_SHOWN, wide="title", about=f"each {parts} against the rest")
        return
    other = _against(opened, against, chosen) if against else None
    listed = read_reference(reference) if reference else None
    found = corpus_keywords(opened, chosen, against=other, reference=listed, **options, negative=negative)
    sides = (f"{found.attrs[side]} ({found.attrs[size]:,} words)" for side, size in (("part", "size"), ("against", "against_size")))
    compared = ", against ".join(sides)
    shown = first(found, top)
    draw(table, lambda: _keywords_plot(shown, "log_ratio" if measure == "log_likelihood" else measure, str(found.attrs["part"])))
    show_table(shown, table, shown=KEYWORDS_SHOWN, about=compared)


def _keywords_plot(table: pd.DataFrame, value: str, title: str) -> object:
    from kz_textkit.plots import keywords_plot

    return keywords_plot(table, value, title=title, top=len(table))


@app.command()
@shares_options
def collocates(
    corpus: CorpusArgument,
    node: Annotated[str, typer.Argument(metavar="WORD", help="The word whose company is looked at: a lemma, or a form with `--form`.")],
    terms: TermOptions,
    part: PartOptions,
    words: ContentWordOptions,
    table: PlottedOptions,
    left: Annotated[int, typer.Option("--left", "-l", min=0, metavar="N", help="Words on its left.")] = 5,
    right: Annotated[int, typer.Option("--right", "-r", min=0, metavar="N", help="Words on its right.")] = 5,
    sentence: Annotated[bool, typer.Option("--sentence", help="Look at the whole sentence; count sentences.")] = False,
    cross_sentences: Annotated[bool, typer.Option("--cross-sentences", help="Let windows run into other sentences.")] = False,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times together at least.")] = 3,
    measure: Annotated[str, typer.Option("--measure", metavar="NAME", help=f"Sort by {MEASURES}.")] = "log_dice",
    convention: Annotated[
        str,
        typer.Option(
            "--convention",
            metavar="evert|sketch_engine",
            help="What is expected by chance: from the places in the windows, or from the node's frequency, whatever the span.",
        ),
    ] = "evert",
    apart: Annotated[bool, typer.Option("--apart", help="What stands on the left and what on the right, each by itself.")] = False,
    network: Annotated[bool, typer.Option("--network", help="The edges of a network: the collocates of the collocates too.")] = False,
    top: TopOption = 20,
) -> None:
    """The company that a word keeps: what stands near it more often than chance would have it.

    **Examples**

    `kz-textkit collocates corpus/clean билік`

    `kz-textkit collocates corpus/clean билік --left 1 --right 0 --upos ADJ --measure log_likelihood`

    `kz-textkit collocates corpus/clean билік --sentence --top 0 -o билік.csv`

    `kz-textkit collocates corpus/clean билік --network --top 10 --plot желі.svg`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import part_stream
    from kz_textkit.stats.collocation import collocates as collocates_of
    from kz_textkit.stats.collocation import collocation_network

    table.check()
    if apart and sentence:
        raise UsageError("--sentence looks at whole sentences, and not at sides")
    opened, chosen = Corpus(corpus), part.of(corpus)
    tokens = part_stream(opened, chosen)
    way = terms.way(opened)
    options: dict[str, Any] = {"by": way, "words": words.filter, "shown": opened.shown(way), "min_count": min_count}
    options |= {"measure": measure, "sentence": sentence}
    nothing, about = f"no collocates of {one_line(node)}", about_part(opened, chosen)
    if network:
        edges = collocation_network(tokens, [node], window=(left, right), top=top or 10, **options)
        draw(table, lambda: _network_plot(edges))
        show_table(edges, table, nothing=nothing, about=about)
        return
    options |= {"cross_sentences": cross_sentences, "convention": convention}
    sides = {"left": (left, 0), "right": (0, right)} if apart else {"": (left, right)}
    found = {side: collocates_of(tokens, node, window=window, **options) for side, window in sides.items() if max(window) or not apart}
    notes = [_computed(side, part_of_it, sides[side], sentence) for side, part_of_it in found.items() if len(part_of_it)]
    if apart:
        together = _together([first(part_of_it, top).assign(side=side) for side, part_of_it in found.items()])
        shown = ("side", *(name for name in COLLOCATES_SHOWN if name not in ("left", "right")))
        show_table(together, table, shown=shown, wide="collocate", nothing=nothing, about=about, notes=notes)
        return
    listed = first(found[""], top)
    draw(table, lambda: _network_plot(listed.rename(columns={"collocate": "target"}).assign(source=node)))
    show_table(listed, table, shown=COLLOCATES_SHOWN, wide="collocate", nothing=nothing, about=about, notes=notes)


def _computed(side: str, table: pd.DataFrame, window: tuple[int, int], sentence: bool) -> str:
    """What the measures of a table of collocates were computed with."""
    facts = table.attrs
    times = f"{facts['node']} {facts['node_frequency']:,} times"
    if sentence:
        return f"{times}, in {facts['places']:,} of {facts['size']:,} sentences"
    span = f"{window[0]} left, {window[1]} right" if not side else f"{max(window)} on the {side}"
    if facts["convention"] == "sketch_engine":
        return f"{times}; span {span}; expected by the node's frequency among {facts['size']:,} words, as in Sketch Engine"
    return f"{times}; span {span}; expected in {facts['places']:,} places around it among {facts['size']:,} words (Evert)"


def _network_plot(edges: pd.DataFrame) -> object:
    from kz_textkit.plots import network_plot

    return network_plot(edges)


@app.command()
@shares_options
def ngrams(
    corpus: CorpusArgument,
    terms: TermOptions,
    part: PartOptions,
    words: ContentWordOptions,
    table: PlottedOptions,
    shortest: Annotated[int, typer.Option("--min", min=1, max=10, metavar="N", help="Words of the shortest ones.")] = 2,
    longest: Annotated[int, typer.Option("--max", min=1, max=10, metavar="N", help="Words of the longest ones.")] = 3,
    gaps: Annotated[bool, typer.Option("--gaps", help="Let stop words stand between the words, and leave them out.")] = False,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times that they occur at least.")] = 3,
    top: TopOption = 50,
) -> None:
    """Sequences of words that recur: set phrases, terms of several words.

    They run across neither sentences nor marks of punctuation, and have no stop words unless these are asked for.

    **Examples**

    `kz-textkit ngrams corpus/clean --form`

    `kz-textkit ngrams corpus/clean --min 3 --max 5 --stop-words`

    `kz-textkit ngrams corpus/clean --gaps --matching 'билік .*'`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import part_stream
    from kz_textkit.stats.ngrams import ngrams as ngrams_of

    table.check()
    opened, chosen = Corpus(corpus), part.of(corpus)
    found = ngrams_of(
        part_stream(opened, chosen),
        sizes=(shortest, longest),
        by=terms.way(opened),
        words=words.filter,
        shown=opened.shown(terms.way(opened)),
        gaps=gaps,
        min_count=min_count,
    )
    listed = first(found, top)
    draw(table, lambda: _bars(listed, "ngram", "count"))
    show_table(listed, table, wide="ngram", about=about_part(opened, chosen))


@app.command()
@shares_options
def terms(
    corpus: CorpusArgument,
    part: PartOptions,
    table: PlottedOptions,
    pattern: Annotated[
        str,
        typer.Option("--pattern", metavar="TAGS", help="Parts of speech of a term, as a regular expression: `(ADJ|NOUN)+ NOUN`."),
    ] = "",
    longest: Annotated[int, typer.Option("--max", min=2, max=10, metavar="N", help="Words of the longest ones.")] = 6,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times that they occur at least.")] = 2,
    top: TopOption = 50,
) -> None:
    """Terms of several words, such as `саяси билік` or `құқық қорғау органы`: rows of adjectives and nouns that end in a noun.

    They are ranked by C-value, which is high for long and frequent terms, and low for those that only stand inside longer ones.

    **Examples**

    `kz-textkit terms corpus/clean`

    `kz-textkit terms corpus/clean --section 3 --min-count 3 -o терминдер.xlsx`

    `kz-textkit terms corpus/clean --pattern 'ADJ NOUN'`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.usage import corpus_multiword
    from kz_textkit.stats.multiword import PATTERN

    table.check()
    opened, chosen = Corpus(corpus), part.of(corpus)
    found = first(corpus_multiword(opened, chosen, pattern=pattern or PATTERN, longest=longest, min_count=min_count), top)
    draw(table, lambda: _bars(found, "term", "c_value"))
    show_table(found, table, shown=TERMS_SHOWN, wide="term", about=about_part(opened, chosen))


@app.command()
@shares_options
def vocabulary(
    corpus: CorpusArgument,
    terms: TermOptions,
    part: PartOptions,
    table: PlottedOptions,
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="summary|growth|coverage|unknown",
            help="Measures, one of the curves, or the words that the lexicon lacks.",
        ),
    ] = "summary",
    top: TopOption = 50,
) -> None:
    """How rich the vocabulary is: types, tokens, hapaxes, TTR, MATTR, how it grows, what it covers, which words are unknown.

    Unknown are words whose stem is not in the lexicon of the morphology: their analysis is a guess.

    **Examples**

    `kz-textkit vocabulary corpus/clean`

    `kz-textkit vocabulary corpus/clean --show unknown --top 100`

    `kz-textkit vocabulary corpus/clean --show growth --format csv > өсім.csv`

    `kz-textkit vocabulary corpus/clean --show growth --plot өсім.svg`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import corpus_vocabulary
    from kz_textkit.morphology.commonness import shared_analyzer

    table.check()
    if table.plot is not None and show == "summary":
        raise UsageError("there is no plot of the measures: draw --show growth, coverage or unknown")
    opened, chosen = Corpus(corpus), part.of(corpus)

    def known(word: str) -> bool:
        return any(analysis.known for analysis in shared_analyzer().parse(word))

    found = corpus_vocabulary(opened, chosen, by=terms.way(opened), view=show, known=known)
    draw(table, lambda: _vocabulary_plot(found, show))
    show_table(found if show == "summary" else first(found, top), table, about=about_part(opened, chosen))


def _vocabulary_plot(table: pd.DataFrame, view: str) -> object:
    from kz_textkit.plots import coverage_plot, growth_plot

    return growth_plot(table) if view == "growth" else coverage_plot(table) if view == "coverage" else _bars(table, "form", "count")


def _bars(table: pd.DataFrame, term: str, value: str) -> object:
    from kz_textkit.plots import bars_plot

    return bars_plot(table, term, value, top=len(table))


def _against(corpus: Corpus, names: list[str], part: Part) -> Part:
    """The part that another is compared with."""
    from kz_textkit.corpus.part import parts_named
    from kz_textkit.corpus.subcorpora import saved_subcorpora

    saved = saved_subcorpora(corpus.path).get(names[0]) if len(names) == 1 else None
    return saved or parts_named(corpus.tables, names, beside=part)


def _together(tables: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas

    return pandas.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
