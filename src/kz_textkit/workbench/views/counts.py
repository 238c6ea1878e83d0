"""Pages of counts: frequencies, keywords, collocations, word sketches, n-grams, vocabulary, dispersion, trends. Each is a question, a
table and its plot.

A table is counted once and kept, so that sorting it, turning its pages and drawing it does not count anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pandas as pd
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kz_textkit.corpus.citations import YEARS
from kz_textkit.corpus.part import documents_with_metadata
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.statistics import (
    KEYWORD_ORDERS,
    corpus_keywords,
    corpus_vocabulary,
    keywords_by_lecture,
    lectures_of,
    part_stream,
    titled_parts,
)
from kz_textkit.corpus.usage import corpus_trend
from kz_textkit.errors import UsageError
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.stats.association import MEASURES
from kz_textkit.stats.collocation import collocates, collocation_network
from kz_textkit.stats.cql.query import UPOS
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.ngrams import ngrams
from kz_textkit.stats.occurrences import spread
from kz_textkit.stats.trend import TREND_COLUMNS
from kz_textkit.user_words import read_user_words
from kz_textkit.workbench.asking import asked_part, part_choices, way_of_counting, whole_number, words_filter
from kz_textkit.workbench.downloads import FORMATS, table_download
from kz_textkit.workbench.messages import Messages, workbench_messages
from kz_textkit.workbench.rendering import COUNT_PAGES, address, language_of, page, workspace_of
from kz_textkit.workbench.tables import table_view
from kz_textkit.workbench.workspace import Workspace

if TYPE_CHECKING:
    from kz_textkit.plots import Plot

__all__ = ["both_sides", "counts", "one_term", "plot", "relation_name"]

TOP = 20
"""Rows that a plot shows."""
MOST_NODES = 9
"""Collocates of each word of a network."""
MOST_EDGES = 90
"""Lines of a network."""
MOST_TRENDS = 8
"""Terms of a plot of trends."""
MOST_PARTS = 12
"""Parts that keywords are drawn of."""
MOST_TERMS = 20
"""Terms of a plot of dispersion."""
PARTS = ("lecture", "section", "document")
VIEWS = ("summary", "growth", "coverage")
WAYS = ("lemma", "form", "lemma_upos")
RELATIONS = (
    *("nsubj", "obj", "obl", "amod", "nmod", "nmod:poss", "acl:relcl", "advmod", "advcl", "conj", "compound", "aux", "case", "det"),
    "nummod",
)
"""Relations that a sketch can be restricted to."""
UNSENT = ("sort", "down", "find", "page", "format")
"""Parameters that say how a table is looked at, not what it is."""


@dataclass(frozen=True)
class Counted:
    """A page of counts: how its table is made, what of it is shown, how it is drawn."""

    table: Callable[[Workspace, Corpus, QueryParams], pd.DataFrame]
    columns: Callable[[QueryParams], Sequence[str]]
    term: str
    """The column that names a row, and leads to its lines."""
    draw: Callable[[pd.DataFrame, QueryParams, str], Plot] | None
    """None where there is nothing to draw."""
    needs: str = ""
    """The parameter without which there is no table yet."""


def counts(request: Request) -> Response:
    """One of the pages, as its address says."""
    name = request.url.path.strip("/")
    about = _page_named(name)
    workspace, query = workspace_of(request), request.query_params
    with workspace.counting() as corpus:
        choices = part_choices(corpus)
    table, error = None, ""
    if not about.needs or query.get(about.needs, "").strip(" ,;"):
        try:
            table = _table(workspace, name, query)
        except UsageError as problem:
            error = str(problem)
    asked: dict[str, Any] = defaultdict(str, {key: query.getlist(key) if key == "upos" else query[key] for key in query})
    if table is not None and query.get("format") in FORMATS:
        said = [(key, str(value)) for key, value in asked.items() if key not in UNSENT and value]
        return table_download(table, f"{name}.{query['format']}", about=[*said, ("corpus", workspace.folders.name)])
    has_plots = find_spec("matplotlib") is not None
    return page(
        request,
        "counts.html",
        name=name,
        asked=asked,
        sent="sent" in query,
        view=None if table is None else table_view(table, query, columns=about.columns(query)),
        term=about.term,
        sides=_sides(table),
        error=error,
        lacks=_lacks(workspace, name, table is None),
        network=_network(name, table, query) if has_plots else None,
        relations=RELATIONS,
        sketch=_by_relation(table) if name == "sketches" and table is not None else [],
        has_plot=has_plots and about.draw is not None and table is not None and len(table) > 0,
        lacks_plots=not has_plots,
        measures=MEASURES,
        orders=KEYWORD_ORDERS,
        parts=PARTS,
        views=VIEWS,
        ways=WAYS,
        upos_tags=UPOS,
        relation_name=relation_name,
        both_sides=both_sides,
        one_term=one_term,
        to=lambda **changed: address(f"/{name}", **{**asked, **changed}),
        pages_to=lambda number: address(f"/{name}", **{**asked, "page": number}),
        plot_at=address("/plots", f"{name}.svg", **{key: value for key, value in asked.items() if key not in UNSENT}),
        **choices,
    )


def _lacks(workspace: Workspace, name: str, is_unanswered: bool) -> str:
    """What a page can't do without, where the corpus has it not: `syntax`, or `years`."""
    if name not in ("sketches", "trends"):
        return ""

    def make() -> str:
        with workspace.counting() as corpus:
            if name == "sketches":
                return "" if corpus.tables.table("tokens").filter("head IS NOT NULL").limit(1).fetchall() else "syntax"
            documents = documents_with_metadata(corpus.tables)
            said = [f"left(CAST({name} AS VARCHAR), 4)" for name in YEARS if name in documents.columns]
            years = documents.project(f"coalesce({', '.join([*said, 'NULL'])}) AS year").filter("year <> ''").distinct().fetchall()
            return "" if len(years) > 1 else "years"

    found = workspace.kept.get(("lacks", name, workspace.stamp), make)
    return found if found == "syntax" or is_unanswered else ""


@dataclass(frozen=True)
class Edge:
    """A line of a network, in the units of its picture."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


@dataclass(frozen=True)
class Word:
    """A word of a network, with the address of the lines that have it together with what it hangs on."""

    text: str
    x: float
    y: float
    ring: int
    to: str
    together: int


@dataclass(frozen=True)
class Network:
    """The collocates of a word as a picture of links."""

    edges: Sequence[Edge]
    words: Sequence[Word]
    reach: float


def _network(name: str, table: pd.DataFrame | None, query: QueryParams) -> Network | None:
    """The network of collocations, a click on a word of which leads to its lines."""
    if name != "collocations" or table is None or table.empty:
        return None
    if "target" in table:
        pairs = list(table[["source", "target", "together"]].head(MOST_EDGES).itertuples(index=False, name=None))
    else:
        node = str(table.attrs.get("node", query.get("node", "")))
        pairs = [(node, word, together) for word, together in table[["collocate", "together"]].head(TOP).itertuples(index=False)]
    from kz_textkit.plots import network_places  # Matplotlib takes a while to load, and most pages don't need it.

    places = network_places(pairs)
    strongest = max(together for _, _, together in pairs)
    at = {word: (round(150 * x, 1), round(-100 * y, 1)) for word, (x, y, _) in places.items()}
    edges = [Edge(*at[a], *at[b], round(0.6 + 3.4 * n / strongest, 1)) for a, b, n in pairs]
    leads: dict[str, tuple[str, int]] = {}
    for a, b, n in pairs:
        leads.setdefault(b, (a, n))
    way = query.get("by") or "lemma"
    words = []
    for word, (_, _, ring) in places.items():
        source, together = leads.get(word, ("", 0))
        query_of = both_sides(source, word, way) if source and ring else one_term(word, way)
        words.append(Word(word, *at[word], ring, address("/concordance", q=query_of), together))
    reach = 100 * (1.25 + max(max(ring for *_, ring in places.values()) - 1, 0))
    return Network(edges, words, reach)


def one_term(term: str, by: str) -> str:
    """A term as query.

    >>> one_term("ал/VERB", "lemma_upos"), one_term("т.б.", "form")
    ('[lemma="ал" & upos="VERB"]', '[form="т\\\\.б\\\\." %c]')
    """
    name, slash, upos = term.rpartition("/") if by == "lemma_upos" else (term, "", "")
    quoted = "".join(f"\\{c}" if not c.isalnum() and not c.isspace() and c not in "-–" else c for c in name)
    return f'[lemma="{quoted}" & upos="{upos}"]' if slash else f'[{"form" if by == "form" else "lemma"}="{quoted}" %c]'


def both_sides(one: str, other: str, by: str, *, between: int = 4) -> str:
    """Two terms near each other, in one order or the other, as query."""
    a, b = one_term(one, by), one_term(other, by)
    return f"({a} []{{0,{between}}} {b} | {b} []{{0,{between}}} {a}) within s"


def _by_relation(table: pd.DataFrame) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The relations of a sketch in their order, with the side of the collocates, and these."""
    return [
        (str(relation), str(side), [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")])
        for (relation, side), rows in table.groupby(["relation", "collocate_is"], sort=False)
    ]


def plot(request: Request) -> Response:
    """The plot of a page of counts, as SVG."""
    name = request.path_params["name"]
    about = _page_named(name)
    query = request.query_params
    if about.draw is None or find_spec("matplotlib") is None or (about.needs and not query.get(about.needs, "").strip(" ,;")):
        raise HTTPException(404)
    table = _table(workspace_of(request), name, query)
    picture = about.draw(table, query, language_of(request)).svg()
    headers = {"content-disposition": f'attachment; filename="{name}.svg"'} if query.get("download") == "1" else {}
    return Response(picture.encode("utf-8", "replace"), media_type="image/svg+xml", headers=headers)


def _page_named(name: str) -> Counted:
    if name not in _PAGES:
        raise HTTPException(404)
    return _PAGES[name]


def _table(workspace: Workspace, name: str, query: QueryParams) -> pd.DataFrame:
    asked = tuple(sorted((key, value) for key, value in query.multi_items() if key not in (*UNSENT, "download")))

    def make() -> pd.DataFrame:
        with workspace.counting() as corpus:
            return _PAGES[name].table(workspace, corpus, query)

    return workspace.kept.get((name, workspace.stamp, asked), make)


def _sides(table: pd.DataFrame | None) -> list[tuple[str, int]]:
    """What keywords compare, and how many words each has."""
    if table is None or "against" not in table.attrs:
        return []
    return [(str(table.attrs["part"]), int(table.attrs["size"])), (str(table.attrs["against"]), int(table.attrs["against_size"]))]


def _frequency(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    way = way_of_counting(corpus, query, default="lemma_upos" if corpus.tables.has_lemmas else "form")
    has_parts = query.get("parts", "") in PARTS
    return frequency_list(
        part_stream(corpus, asked_part(corpus, query)),
        by=way,
        words=words_filter(query, stop_words=False),
        shown=corpus.spellings,
        parts=query["parts"] if has_parts else None,
        sections=lectures_of(corpus) if has_parts else None,
    )


def _keywords(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    part, against = asked_part(corpus, query), asked_part(corpus, query, "b_")
    options: dict[str, Any] = {
        "by": way_of_counting(corpus, query),
        "words": words_filter(query, stop_words=False),
        "min_count": whole_number(query, "min_count", 3),
        "order": query.get("measure") or "log_likelihood",
    }
    if not part and not against:
        return keywords_by_lecture(corpus, top=10, parts=query.get("parts") or "lecture", **options)
    if not part:
        raise UsageError("choose the part that is compared, on the left")
    return corpus_keywords(corpus, part, against=against or None, negative=query.get("negative") == "on", **options)


def _collocations(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    window = whole_number(query, "left", 5, most=20), whole_number(query, "right", 5, most=20)
    options: dict[str, Any] = {
        "by": way_of_counting(corpus, query),
        "window": window,
        "sentence": query.get("sentence") == "on",
        "words": words_filter(query, stop_words=False),
        "shown": corpus.shown(way_of_counting(corpus, query)),
        "min_count": whole_number(query, "min_count", 3, least=1),
        "measure": query.get("measure") or "log_dice",
    }
    tokens = part_stream(corpus, asked_part(corpus, query))
    node = query.get("node", "").strip()
    if query.get("network") == "on":
        return collocation_network(tokens, [node], top=MOST_NODES, **options)
    return collocates(tokens, node, **options)


def _ngrams(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    shortest = whole_number(query, "shortest", 2, least=1, most=10)
    longest = max(whole_number(query, "longest", 3, least=1, most=10), shortest)
    return ngrams(
        part_stream(corpus, asked_part(corpus, query)),
        sizes=(shortest, longest),
        by=way_of_counting(corpus, query),
        words=words_filter(query, stop_words=False),
        shown=corpus.shown(way_of_counting(corpus, query)),
        gaps=query.get("gaps") == "on",
        min_count=whole_number(query, "min_count", 3, least=1),
    )


def _vocabulary(workspace: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    analyzer = shared_analyzer(read_user_words(workspace.settings.words))
    return corpus_vocabulary(
        corpus,
        asked_part(corpus, query),
        by=way_of_counting(corpus, query),
        view=query.get("view") or "summary",
        known=lambda form: any(analysis.known for analysis in analyzer.parse(form)),
    )


def _dispersion(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    terms = _terms(query)[:MOST_TERMS]
    parts = query.get("parts") or "lecture"
    table = spread(
        part_stream(corpus, asked_part(corpus, query)),
        terms,
        by=way_of_counting(corpus, query),
        shown=corpus.spellings,
        parts=parts,
        sections=lectures_of(corpus),
    )
    return titled_parts(corpus, table) if len(table) else table


def _sketches(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    return pd.DataFrame(
        corpus.sketch(
            " ".join(query.get("word", "").split()),
            asked_part(corpus, query),
            upos=query.get("upos", ""),
            relation=query.get("relation", ""),
            min_count=whole_number(query, "min_count", 2, least=1),
            top=whole_number(query, "top", 10, most=200),
        )
    )


def _trends(_: Workspace, corpus: Corpus, query: QueryParams) -> pd.DataFrame:
    over = query.get("over", "").strip() or "year"
    return corpus_trend(corpus, _terms(query)[:MOST_TRENDS], asked_part(corpus, query), over=over, by=way_of_counting(corpus, query))


def _terms(query: QueryParams) -> list[str]:
    return [term.strip() for term in query.get("terms", "").replace(";", ",").split(",") if term.strip()]


def _draw_sketches(table: pd.DataFrame, query: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import parts_plot

    named = workbench_messages(language)
    titles = [relation_name(named, relation, side) for relation, side in zip(table["relation"], table["collocate_is"], strict=True)]
    shown = pd.DataFrame({"title": titles, "term": table["collocate"], "log_dice": table["log_dice"]})
    first = shown["title"].drop_duplicates().head(MOST_PARTS)
    return parts_plot(shown[shown["title"].isin(first)], "log_dice", top=8, language=language)


def relation_name(t: Messages, relation: str, side: str) -> str:
    """What a relation is called, with its case: `objects`, `in this case beside it (Dat)`."""
    name, _, case = relation.partition(" ")
    key = f"rel_{name.replace(':', '_')}_{side}"
    said = t(key) if key in t.table else relation
    return f"{said} ({case})" if case else said


def _draw_trends(table: pd.DataFrame, _: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import trend_plot

    return trend_plot(table, language=language)


def _draw_bars(term: str, value: str) -> Callable[[pd.DataFrame, QueryParams, str], Plot]:
    def draw(table: pd.DataFrame, _: QueryParams, language: str) -> Plot:
        from kz_textkit.plots import bars_plot

        return bars_plot(table, term if term in table else str(table.columns[0]), value, top=TOP, language=language)

    return draw


def _draw_keywords(table: pd.DataFrame, query: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import keywords_plot

    if "title" in table:
        parts = table[["doc_id", "section_id"]].drop_duplicates().head(MOST_PARTS)
        table = table.merge(parts, on=["doc_id", "section_id"])
    return keywords_plot(table, query.get("measure") or "log_likelihood", top=TOP, language=language)


def _draw_collocations(table: pd.DataFrame, query: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import collocates_plot, network_plot

    if query.get("network") == "on":
        return network_plot(table, language=language)
    return collocates_plot(table, query.get("node", ""), top=TOP, language=language)


def _draw_vocabulary(table: pd.DataFrame, query: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import coverage_plot, growth_plot

    if query.get("view") == "coverage":
        return coverage_plot(table, language=language)
    if query.get("view") == "growth":
        return growth_plot(table, language=language)
    raise HTTPException(404)


def _draw_dispersion(table: pd.DataFrame, _: QueryParams, language: str) -> Plot:
    from kz_textkit.plots import dispersion_plot

    return dispersion_plot(table, language=language)


def _always(*names: str) -> Callable[[Mapping[str, str]], Sequence[str]]:
    return lambda query: names


_PAGES: Mapping[str, Counted] = {
    "frequency": Counted(
        _frequency,
        _always(
            "lemma", "form", "upos", "count", "per_million", "sections", "documents", "dp", "dp_norm", "juilland_d", "arf", "forms"
        ),
        "lemma",
        _draw_bars("lemma", "count"),
    ),
    "keywords": Counted(
        _keywords,
        _always(
            "title",
            "term",
            "count",
            "reference_count",
            "per_million",
            "reference_per_million",
            "log_ratio",
            "log_likelihood",
            "p_value",
        ),
        "term",
        _draw_keywords,
    ),
    "collocations": Counted(
        _collocations,
        _always("source", "target", "collocate", "together", "left", "right", "frequency", *MEASURES),
        "collocate",
        _draw_collocations,
        needs="node",
    ),
    "sketches": Counted(
        _sketches,
        _always("relation", "collocate_is", "collocate", "upos", "together", "collocate_count", "log_dice"),
        "collocate",
        _draw_sketches,
        needs="word",
    ),
    "ngrams": Counted(
        _ngrams, _always("ngram", "n", "count", "per_million", "sections", "documents"), "ngram", _draw_bars("ngram", "count")
    ),
    "vocabulary": Counted(_vocabulary, _always(), "", _draw_vocabulary),
    "dispersion": Counted(
        _dispersion, _always("term", "doc_id", "title", "words", "count", "per_million"), "term", _draw_dispersion, needs="terms"
    ),
    "trends": Counted(
        _trends,
        lambda query: ("term", query.get("over", "").strip() or "year", *TREND_COLUMNS),
        "term",
        _draw_trends,
        needs="terms",
    ),
}
assert tuple(_PAGES) == COUNT_PAGES
