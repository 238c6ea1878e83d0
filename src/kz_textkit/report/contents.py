"""What the report says, gathered from a corpus: numbers and texts, nothing of how they look.

Everything is bounded, so that the report of a large corpus can still be opened: of what there is more of, the first or the commonest
are kept, with how many there are in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.reader import Corpus
from kz_textkit.report.charts import curve, marks, ticks, towers
from kz_textkit.report.lines import EditPlace, Line, lines_of_terms, places_of_edits
from kz_textkit.report.parts import Part, Parts, parts
from kz_textkit.report.words import Words
from kz_textkit.rules import RULES, names_of, rule_info
from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.dispersion import dispersion
from kz_textkit.stats.keyness import keywords
from kz_textkit.stats.sql import sql_list
from kz_textkit.stats.terms import NOT_COUNTED_SECTIONS, per_million
from kz_textkit.stats.vocabulary import MATTR_WINDOW, coverage_curve, growth_curve, mattr

__all__ = ["Contents", "Some", "gather"]

T = TypeVar("T")


MOST_DOCUMENTS = 100
MOST_FAILURES = 50
MOST_WARNINGS = 100
MOST_NODES = 500
MOST_TERMS = 300
MOST_LINKS = 400
MOST_EXAMPLES = 6
MOST_PAIRS = 8
MOST_PARTS = 60
MOST_BANDS = 200
MOST_TRACKS = 20
KEYWORDS_SHOWN = 10
FREQUENT_TRACKS = 5
"""Terms of the plot that are there for their frequency; the others are the first keywords of the parts."""

SHORT = 3
"""Edits whose sides are no longer than this are listed by what became what, with how often."""
BINS = 500
"""Stretches of the text that the plot of dispersion tells apart."""
TOWERS = 48
"""Stretches that the small plots of the table tell apart."""
KEYWORD_MIN_COUNT = 3
KEYWORD_MAX_P = 0.001
COVERAGES = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The items that are shown, and how many there are."""

    shown: list[T]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one rule did."""

    name: str
    labels: Mapping[str, str]
    """What it is called, by language."""
    about: Mapping[str, str]
    places: int
    share: float
    """Of the places of the commonest rule."""
    examples: list[tuple[str, str]]
    """Words around an edit, before and after."""
    pairs: Some[tuple[str, str, int]]
    """Short edits: before, after, how often."""


@dataclass(slots=True)
class Node:
    """A section in the outline, or a document above its sections."""

    kind: str
    number: str
    title: str
    words: int
    pages: str
    share: float = 0.0
    """Of the words of the largest node beside it."""
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table of terms."""

    rank: int
    order: int
    """Place in Kazakh alphabetical order, which browsers do not know."""
    term: str
    count: int
    per_million: float
    parts: int
    evenness: float
    """1 - DP normed; NaN in a text of one part."""
    is_stop: bool
    towers: str
    bins: str
    """Stretches of the text that have it, by number."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that a part has more often than the rest."""

    term: str
    count: int
    log_likelihood: float
    share: float
    """Of the log-likelihood of the first keyword."""
    ratio: float | None
    """How many times as often as elsewhere; None where it is nowhere else."""


@dataclass(frozen=True, slots=True)
class PartKeywords:
    """A part and its keywords."""

    part: Part
    words: int
    keywords: list[Keyword]


@dataclass(frozen=True, slots=True)
class Track:
    """A term in the plot of dispersion."""

    term: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class Band:
    """A part in the background of that plot, in per cent of the width."""

    label: str
    title: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Growth:
    """The curve of growth of the vocabulary, with its axes and measures."""

    types_path: str
    hapaxes_path: str
    x_ticks: list[tuple[int, float]]
    """Number and place in per cent of the width."""
    y_ticks: list[tuple[int, float]]
    tokens: int
    types: int
    hapaxes: int
    mattr: float
    window: int
    coverage: list[tuple[float, int]]
    """Share of the text, and how many terms make it up."""

    @property
    def ttr(self) -> float:
        """Types / tokens."""
        return self.types / self.tokens


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A page that the text leads to."""

    title: str
    url: str
    is_safe: bool
    """An address on the web, and no script in disguise."""
    times: int
    pages: str
    mentions: list[str]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the report says."""

    title: str
    version: str
    documents: Some[Any]
    """Rows of the documents table."""
    failures: Some[dict[str, str]]
    totals: dict[str, int]
    repaired: list[Rule]
    removed: list[Rule]
    suggested: list[Rule]
    warnings: Some[tuple[str, str]]
    """Source and warning."""
    outline: list[Node]
    outline_more: int
    by_lemma: bool
    terms: Some[Term]
    parts_kind: str
    parts: Some[PartKeywords]
    tracks: list[Track]
    bands: list[Band]
    growth: Growth | None
    links: list[tuple[str, Some[LinkRow]]]
    """By kind of link."""
    lines: Mapping[str, list[Line]]
    """Some lines of terms and keywords."""
    places: Mapping[str, list[EditPlace]]
    """Some edits by rule, with their places."""
    suggested_places: Mapping[str, list[EditPlace]]


def gather(corpus: Corpus, *, chosen: Sequence[str] = (), title: str = "") -> Contents:
    """What there is to say about `corpus`; the plot of dispersion shows the terms `chosen`, or else frequent ones and keywords.

    The report has the `title`, or else that of the document, or the name of the folder.
    """
    entries = corpus.manifest.documents
    titles = _titles(corpus)
    divided = parts(titles, corpus.sections)
    words = Words(corpus, divided.of_section)
    terms = words.terms()
    by_part = words.by_part()
    compared = _keywords(terms, by_part, divided)
    outline, outline_more = _outline(corpus, words, titles)
    used = sum((Counter({**entry.edits, **entry.suggestions}) for entry in entries), Counter[str]())
    pairs = _replacements(corpus, used)
    tracks, listed = _tracks(words, terms, compared.shown, chosen), _terms(words, terms, by_part, divided)
    return Contents(
        title=title or (next(iter(titles.values())) if len(titles) == 1 else corpus.path.resolve().name),
        version=corpus.manifest.tool_version,
        documents=Some(list(corpus.documents.head(MOST_DOCUMENTS).itertuples(index=False)), len(entries)),
        failures=Some(corpus.manifest.failures[:MOST_FAILURES], len(corpus.manifest.failures)),
        totals=_totals(entries, words),
        repaired=_rules(names_of("repair", used), entries, pairs[pairs["applied"]], applied=True),
        removed=_rules(names_of("removal", used), entries, pairs[pairs["applied"]], applied=True),
        suggested=_rules((*names_of("repair", used), *names_of("removal", used)), entries, pairs[~pairs["applied"]], applied=False),
        warnings=_some(((e.source, w) for e in entries for w in e.warnings), MOST_WARNINGS, sum(len(e.warnings) for e in entries)),
        outline=outline,
        outline_more=outline_more,
        by_lemma=words.by_lemma,
        terms=listed,
        parts_kind=divided.kind,
        parts=compared,
        tracks=tracks,
        bands=_bands(words, divided.parts, titles),
        growth=_growth(words, terms),
        links=_links(corpus),
        lines=lines_of_terms(corpus, _with_lines(tracks, compared.shown, listed.shown)),
        places=places_of_edits(corpus, applied=True),
        suggested_places=places_of_edits(corpus, applied=False),
    )


def _with_lines(tracks: Sequence[Track], compared: Sequence[PartKeywords], listed: Sequence[Term]) -> list[str]:
    """The terms whose lines are kept, the more important ones first: those of the plot, keywords, and the frequent ones."""
    typical = [keyword.term for part in compared for keyword in part.keywords]
    frequent = [term.term for term in listed if not term.is_stop]
    return list(dict.fromkeys([*(track.term for track in tracks), *typical, *frequent]))


def _titles(corpus: Corpus) -> dict[str, str]:
    """What each document is called: its title, or its name where that is the heading of a preface."""
    firsts = corpus.sections.drop_duplicates("doc_id")
    prefaces = set(firsts.loc[firsts["kind"] == "front_matter", ["doc_id", "title"]].itertuples(index=False, name=None))
    found = corpus.documents[["doc_id", "title"]].itertuples(index=False, name=None)
    return {doc_id: doc_id if (doc_id, title) in prefaces else title or doc_id for doc_id, title in found}


def _some(items: Iterable[T], most: int, total: int) -> Some[T]:
    return Some(list(islice(items, most)), total)


def _totals(entries: Sequence[DocumentEntry], words: Words) -> dict[str, int]:
    def count(name: str) -> int:
        return sum(entry.counts.get(name, 0) for entry in entries)

    edits = sum((Counter(entry.edits) for entry in entries), Counter[str]())
    return {
        "documents": len(entries),
        "sections": count("sections"),
        "sentences": count("sentences"),
        "words": words.size,
        "repairs": sum(edits[rule] for rule in names_of("repair", edits)),
        "removals": sum(edits[rule] for rule in names_of("removal", edits)),
    }


def _replacements(corpus: Corpus, used: Mapping[str, int]) -> pd.DataFrame:
    """What became what, by which rule and how often: short edits of the rules that are listed, and all suggestions."""
    listed = (*(rule.name for rule in RULES.values() if rule.listed), *(name for name in used if name not in RULES))
    is_listed = f"rule IN {sql_list(listed)} AND length(before) <= {SHORT} AND length(after) <= {SHORT} OR NOT applied"
    counted = corpus.relation("edits").filter(is_listed).aggregate("rule, applied, before, after, count(*)::BIGINT AS times")
    return counted.order("times DESC, before, after").df()


def _rules(names: Sequence[str], entries: Sequence[DocumentEntry], pairs: pd.DataFrame, *, applied: bool) -> list[Rule]:
    places: Counter[str] = Counter()
    for entry in entries:
        places.update(entry.edits if applied else entry.suggestions)
    highest = max((places[name] for name in names), default=0)
    return [
        Rule(
            name,
            rule_info(name).labels,
            rule_info(name).about,
            places[name],
            places[name] / highest,
            _examples(name, entries) if applied else [],
            _pairs(pairs[pairs["rule"] == name]),
        )
        for name in names
        if places[name]
    ]


def _examples(rule: str, entries: Sequence[DocumentEntry]) -> list[tuple[str, str]]:
    """Examples of a rule, from as many documents as there are: the first of each, then the second."""
    lists = [entry.examples.get(rule, []) for entry in entries]
    longest = max(map(len, lists), default=0)
    in_turn = (examples[i] for i in range(longest) for examples in lists if i < len(examples))
    return list(islice(dict.fromkeys(in_turn), MOST_EXAMPLES))


def _pairs(pairs: pd.DataFrame) -> Some[tuple[str, str, int]]:
    shown = pairs[["before", "after", "times"]].head(MOST_PAIRS).itertuples(index=False, name=None)
    return Some([(str(before), str(after), int(times)) for before, after, times in shown], len(pairs))


def _outline(corpus: Corpus, words: Words, titles: dict[str, str]) -> tuple[list[Node], int]:
    """The sections as a tree, under their documents where there are several, and how many are left out."""
    sizes = words.by_section()
    sections = corpus.sections
    roots: dict[str, list[Node]] = {}
    nodes: dict[tuple[str, str], Node] = {}
    above: dict[tuple[str, str], str | None] = {}
    shown = sections.head(MOST_NODES)
    for i, row in enumerate(shown.itertuples(index=False)):
        size = 0 if row.kind in NOT_COUNTED_SECTIONS else int(sizes.get(i, 0))
        node = Node(row.kind, row.number, row.title, size, _pages([row.page_start, row.page_end]))
        # One that does not come before is none.
        parent = row.parent_id if (row.doc_id, row.parent_id) in nodes else None
        nodes[row.doc_id, row.section_id] = node
        above[row.doc_id, row.section_id] = parent
        (nodes[row.doc_id, parent].children if parent else roots.setdefault(row.doc_id, [])).append(node)
    for key in reversed(nodes):
        if parent := above[key]:
            nodes[key[0], parent].words += nodes[key].words
    if len(titles) == 1:
        tree = next(iter(roots.values()), [])
    else:
        tree = [Node("document", "", titles[d], sum(n.words for n in found), "", children=found) for d, found in roots.items()]
    _share(tree)
    return tree, len(sections) - len(shown)


def _share(nodes: list[Node]) -> None:
    highest = max((node.words for node in nodes), default=0)
    for node in nodes:
        node.share = node.words / highest if highest else 0.0
        _share(node.children)


def _pages(pages: Iterable[Any]) -> str:
    """Pages as a range, empty where there are none.

    >>> _pages([5, 7]), _pages([5, 5]), _pages([None])
    ('5–7', '5', '')
    """
    known = sorted({int(page) for page in pages if not pd.isna(page)})
    return "–".join(map(str, dict.fromkeys((known[0], known[-1])))) if known else ""


def _terms(words: Words, terms: pd.DataFrame, by_part: pd.DataFrame, divided: Parts) -> Some[Term]:
    shown = terms.head(MOST_TERMS)
    counts = by_part[by_part["code"] < MOST_TERMS].rename(columns={"code": "term"})
    sizes = by_part.groupby("part")["count"].sum().reindex(range(len(divided.parts)), fill_value=0)
    spread = dispersion(counts, sizes).reindex(shown.index)
    small, fine = words.spread(list(shown.index), TOWERS), words.spread(list(shown.index), BINS)
    order = {term: place for place, term in enumerate(sorted(shown["spelling"], key=alphabetical_key))}
    rows = [
        Term(
            rank=code + 1,
            order=order[row.spelling],
            term=row.spelling,
            count=int(row.count),
            per_million=per_million(int(row.count), words.size),
            parts=0 if np.isnan(d.parts) else int(d.parts),
            evenness=1 - d.dp_norm,
            is_stop=bool(row.is_stop),
            towers=towers(small[code]),
            bins=" ".join(map(str, np.flatnonzero(fine[code]))),
        )
        for code, (row, d) in enumerate(
            zip(
                shown[["spelling", "count", "is_stop"]].itertuples(index=False, name="Row"), spread.itertuples(index=False), strict=True
            )
        )
    ]
    return Some(rows, len(terms))


def _is_subject(terms: pd.DataFrame) -> pd.Series[bool]:
    """Whether a term can say what a text is about: no function word, no number, no single letter or abbreviation of one."""
    return ~terms["is_stop"].astype(bool) & (terms["term"].str.count(r"[^\W\d_]") > 1)


def _keywords(terms: pd.DataFrame, by_part: pd.DataFrame, divided: Parts) -> Some[PartKeywords]:
    sizes = by_part.groupby("part")["count"].sum()
    if len(sizes) < 2:
        return Some([], 0)
    subject = terms.index[_is_subject(terms)]
    totals = by_part.groupby("code")["count"].sum()
    spelling = terms["spelling"].to_list()
    found = []
    in_first = by_part["part"].isin(sizes.index[:MOST_PARTS])
    for number, rows in by_part[by_part["code"].isin(subject) & in_first].groupby("part"):
        counts = rows.set_index("code")["count"]
        counts = counts[counts >= KEYWORD_MIN_COUNT]
        size = int(sizes[number])
        table = keywords(counts, totals[counts.index] - counts, size=size, reference_size=int(sizes.sum()) - size)
        table = table[(table["log_ratio"] > 0) & (table["p_value"] < KEYWORD_MAX_P)].head(KEYWORDS_SHOWN)
        highest = table["log_likelihood"].max()
        shown = [
            Keyword(
                spelling[code],
                int(row.count),
                row.log_likelihood,
                row.log_likelihood / highest,
                row.per_million / row.reference_per_million if row.reference_count else None,
            )
            for code, row in zip(table.index, table[_KEYWORD_FIELDS].itertuples(index=False, name="Row"), strict=True)
        ]
        found.append(PartKeywords(divided.parts[int(number)], size, shown))
    return Some(found, len(sizes))


_KEYWORD_FIELDS = ["count", "log_likelihood", "per_million", "reference_per_million", "reference_count"]


def _tracks(words: Words, terms: pd.DataFrame, compared: list[PartKeywords], chosen: Sequence[str]) -> list[Track]:
    code_of = {**dict(zip(terms["term"], terms.index, strict=True)), **dict(zip(terms["spelling"], terms.index, strict=True))}
    if chosen:
        wanted = list(dict.fromkeys(term if term in code_of else term.lower() for term in chosen))
    else:
        frequent = terms.loc[_is_subject(terms), "spelling"].head(FREQUENT_TRACKS if compared else MOST_TRACKS)
        typical = (part.keywords[0].term for part in compared if part.keywords)
        wanted = list(dict.fromkeys([*frequent, *typical]))[:MOST_TRACKS]
    counts: list[int] = terms["count"].to_list()
    spread = words.spread([code_of[term] for term in wanted if term in code_of], BINS)
    return [
        Track(term, counts[code_of[term]], marks(spread[code_of[term]])) if term in code_of else Track(term, 0, "") for term in wanted
    ]


def _bands(words: Words, found: Sequence[Part], titles: Mapping[str, str]) -> list[Band]:
    """The parts in the background of the plot: lectures and sections by their number, documents by their title."""
    borders = words.part_borders()
    if len(borders) > MOST_BANDS:
        return []
    size = max(words.size, 1)
    return [
        Band(
            found[int(number)].number or found[int(number)].title,
            _named(found[int(number)], titles),
            round(first * 100 / size, 3),
            round((last + 1 - first) * 100 / size, 3),
        )
        for number, first, last in borders.itertuples(name=None)
    ]


def _named(part: Part, titles: Mapping[str, str]) -> str:
    """What a part is called, with its document where there are several."""
    name = f"{part.number} {part.title}".strip()
    return name if len(titles) == 1 or part.kind == "document" else f"{titles[part.doc_id]}: {name}"


def _growth(words: Words, terms: pd.DataFrame) -> Growth | None:
    codes = words.codes()
    if not len(codes):
        return None
    table = growth_curve(_sequence(codes))
    last = table.iloc[-1]
    x_max, y_max = int(last["tokens"]), int(last["types"])
    covered = coverage_curve(terms["count"])["coverage"].to_numpy()
    return Growth(
        types_path=curve(table["tokens"], table["types"], x_max, y_max),
        hapaxes_path=curve(table["tokens"], table["hapaxes"], x_max, y_max),
        x_ticks=[(tick, round(tick * 100 / x_max, 2)) for tick in ticks(x_max)],
        y_ticks=[(tick, round(tick * 100 / y_max, 2)) for tick in ticks(y_max)],
        tokens=x_max,
        types=y_max,
        hapaxes=int(last["hapaxes"]),
        mattr=mattr(_sequence(codes)),
        window=min(MATTR_WINDOW, x_max),
        coverage=[(share, int(np.searchsorted(covered, share)) + 1) for share in COVERAGES],
    )


def _sequence(codes: npt.NDArray[np.int64]) -> Sequence[str]:
    # Numbers do where terms are asked for: all that counts is which are the same.
    return codes  # type: ignore[return-value]


def _links(corpus: Corpus) -> list[tuple[str, Some[LinkRow]]]:
    links = corpus.links
    if links.empty:
        return []
    # Only blocks with a mention are read.
    mentioned = corpus.connection.from_df(links.loc[links["block_id"].notna(), ["doc_id", "block_id"]].drop_duplicates())
    blocks = corpus.relation("blocks").project("doc_id, block_id, text")
    texts = blocks.join(mentioned, "doc_id, block_id", how="semi").df().set_index(["doc_id", "block_id"])["text"]
    found = []
    for kind in ("article", "redlink", "external"):
        of_kind = links[links["kind"] == kind]
        pages = of_kind.groupby("url", sort=False)
        rows = [_link(str(url), rows, texts) for url, rows in islice(pages, MOST_LINKS)]
        if rows:
            found.append((kind, Some(sorted(rows, key=lambda row: alphabetical_key(row.title or row.url)), pages.ngroups)))
    return found


def _link(url: str, rows: pd.DataFrame, texts: pd.Series[str]) -> LinkRow:
    mentions: dict[str, None] = {}
    for row in rows[rows["block_id"].notna()].itertuples(index=False):
        mentions[texts[row.doc_id, row.block_id][int(row.start) : int(row.end)]] = None
    return LinkRow(rows["title"].iloc[0], url, _is_safe(url), len(rows), _pages(rows["page"]), list(mentions)[:3])


def _is_safe(url: str) -> bool:
    """Whether a browser may follow an address that stood in a text.

    >>> _is_safe("http://kk.wikipedia.org/wiki/%D2%9A"), _is_safe("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
