"""The concordance: every match of a query in its context, with the place it can be cited by (KWIC, *key word in context*).

What a query can say is in `kz_textkit.stats.cql.query`. Context may cross the borders of sentences and blocks (marked ¶), not those of
documents. Words are sorted in Kazakh alphabetical order, by positions as concordancers name them: `1R` is the first word to the right
of the match, `2L` the second to the left; punctuation is no word. `node` is the match itself, `ending` the same from its end (so that
forms with the same suffixes stand together), `document` the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from kz_textkit.errors import UsageError
from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.cql.query import Query, parse_query
from kz_textkit.stats.cql.search import Hits, SearchTables, Shard, arrow_table, count_hits, find_hits, near_rows, rows_near
from kz_textkit.stats.terms import NO_CAPITALS, Spellings, make_terms

__all__ = ["BREAKDOWNS", "KWIC_COLUMNS", "concordance", "count_matches", "hit_frequencies"]

KWIC_COLUMNS = (
    *("left", "node", "right", "document", "lecture", "section", "page"),
    *("section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end"),
)
"""Columns of a concordance."""

BREAKDOWNS = ("form", "lemma", "upos", "feats", "document", "lecture", "section")
"""What hits can be counted by."""

BLOCK_SIGN = "¶"
"""Stands in context where a block ends."""

UNIT_REACH = {"sentence": 250, "paragraph": 1_500}
"""Tokens on either side of a match that its sentence, or its paragraph, is shown of at most."""

SORT_REACH = 12
"""Tokens on either side that the words of sort positions are looked for in, besides the position itself."""

ROWS_AT_ONCE = 200_000
"""Tokens around hits that are held at once."""

_POSITION = re.compile(r"([1-9])([LR])", re.IGNORECASE)
NAMED_POSITIONS = ("node", "ending", "document")
_SHORT = {"left": "1L,2L,3L", "right": "1R,2R,3R"}

_Key = tuple[Any, ...]


def concordance(
    tables: SearchTables,
    query: str,
    *,
    context: int = 10,
    unit: Literal["tokens", "characters", "sentence", "paragraph"] = "tokens",
    sort: str = "",
    thin: int = 1,
    sample: int | None = None,
    seed: int = 0,
    limit: int | None = None,
    offset: int = 0,
    count: bool = True,
) -> pd.DataFrame:
    """The matches of `query`, one a row, with the columns `KWIC_COLUMNS`; `result.attrs["hits"]` is how many there are in all.

    `context` counts tokens or characters on each side; with `unit` sentence or paragraph it is all of that, whatever `context` says.
    `sort` is empty for text order, or positions such as `1R,2R`, `1L`, `node`, `ending`, `document`, or `left` or `right` for the
    three nearest words there. `thin` takes every so many-th match, and `sample` so many at random, the same ones for the same
    `seed`. Then `limit` rows from `offset` on are given. Without `count`, `hits` is -1 where the rows could be found before all
    parts were searched: a first page of a large corpus need not wait for it (`count_matches`). `raw_start` and `raw_end` are offsets of
    the match in the raw text of the document; `lecture` is the title of the section at the top of the tree.

    Raises `QueryError` where the query is wrong, `UsageError` where another argument is.

    >>> from kz_textkit.stats.tables import search_tables
    >>> tokens = pd.DataFrame({"form": ["Билік", "–", "халықтың", "таңдауы", "."], "lemma": ["билік", "–", "халық", "таңдау", "."]})
    >>> concordance(search_tables(tokens), '[lemma="халық"]')[["left", "node", "right"]].values.tolist()
    [['Билік –', 'халықтың', 'таңдауы .']]
    """
    if thin < 1:
        raise UsageError(f"thin is {thin}: 2 takes every second hit")
    for name, value in (("context", context), ("sample", sample), ("limit", limit), ("offset", offset)):
        if value is not None and value < 0:
            raise UsageError(f"{name} is {value}, and cannot be less than 0")
    if unit not in ("tokens", "characters", *UNIT_REACH):
        raise UsageError(f"context counts tokens or characters, or is the sentence or paragraph, not {unit}")
    context = UNIT_REACH.get(unit, context)
    positions = _positions(sort)
    parsed = parse_query(query)
    end = None if limit is None else offset + limit
    if sample is None and thin == 1 and not positions:
        chosen, total = _first(tables, parsed, end, count)
    else:
        counter = _Counted(find_hits(tables, parsed))
        thinned = counter if thin == 1 else _thinned(counter, thin)
        hits: Iterable[Hits] = thinned if sample is None else _sampled(thinned, sample, seed)
        chosen = _sorted(tables, hits, positions, end) if positions else [hit for some in hits for hit in _of(some)][:end]
        total = counter.hits
    table = _with_titles(tables, chosen[offset:], _lines(tables, chosen[offset:], context, unit))
    table.attrs["hits"] = total
    return table


def hit_frequencies(tables: SearchTables, query: str, *, by: str = "form", shown: Spellings = NO_CAPITALS) -> pd.DataFrame:
    """How the matches of `query` are spread: by form, lemma, upos or feats of the match, or by document, lecture or section.

    The columns are what it is counted by (a section with its document and section_id), count, and percent of the matches; the
    commonest first, sections and documents in text order; forms are written as `shown` says. Raises `QueryError` where the query is
    wrong, `UsageError` where `by` is unknown.
    """
    if by not in BREAKDOWNS:
        raise UsageError(f"hits can't be counted by {by}: choose one of {', '.join(BREAKDOWNS)}")
    found = find_hits(tables, parse_query(query))
    if by in ("document", "lecture", "section"):
        return _by_place(tables, found, by)
    counts: Counter[str] = Counter()
    for hits in found:
        for around in _around(tables, hits, 0, ("form", "lemma") if by in ("form", "lemma") else (by,)):
            counts.update(_node_counts(around, by, shown))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], alphabetical_key(item[0])))
    return _with_percent(pd.DataFrame(ordered, columns=[by, "count"]).astype({by: "object", "count": "int64"}))


class _Counted:
    """Passes hits on, and counts them."""

    def __init__(self, found: Iterable[Hits]) -> None:
        self._found = found
        self.hits = 0

    def __iter__(self) -> Iterator[Hits]:
        for hits in self._found:
            self.hits += len(hits)
            yield hits


@dataclass(frozen=True)
class _Hit:
    part: int
    start: int
    end: int


@dataclass(frozen=True)
class _Surroundings:
    """Hits with a table of the tokens around them; `spans` has for each hit the places in the table of the first token around it, its
    own first, the one after its last, and the one after the last around it."""

    hits: Hits
    table: pa.Table
    spans: np.ndarray

    def forms(self, begin: int, end: int) -> list[str]:
        return self.table["form"].slice(begin, end - begin).to_pylist()


def _of(hits: Hits) -> list[_Hit]:
    return [_Hit(hits.part, start, end) for start, end in zip(hits.starts.tolist(), hits.ends.tolist(), strict=True)]


def count_matches(tables: SearchTables, query: str) -> int:
    """How many matches of `query` there are. Raises `QueryError` where the query is wrong."""
    return count_hits(tables, parse_query(query), 0)


def _first(tables: SearchTables, query: Query, end: int | None, count: bool) -> tuple[list[_Hit], int]:
    """The first hits, and how many there are; -1 where nobody asked, and not all were found by then."""
    chosen: list[_Hit] = []
    total = 0
    for hits in find_hits(tables, query):
        if end is not None and len(chosen) >= end and (not chosen or hits.part > chosen[-1].part):
            return chosen, total + count_hits(tables, query, hits.part) if count else -1
        chosen += _of(hits.take(slice(None if end is None else end - len(chosen))))
        total += len(hits)
    return chosen, total


def _thinned(found: Iterable[Hits], every: int) -> Iterator[Hits]:
    """Every so many-th hit, the first of all among them."""
    seen = 0
    for hits in found:
        yield hits.take(slice(-seen % every, None, every))
        seen += len(hits)


def _sampled(found: Iterable[Hits], size: int, seed: int) -> list[Hits]:
    """So many hits at random: each draws a lot, and the lowest stay, so that nothing but these is ever held."""
    random = np.random.default_rng(seed)
    kept: list[tuple[np.ndarray, Hits]] = []
    for hits in found:
        kept.append((random.random(len(hits)), hits))
        lots = np.concatenate([lot for lot, _ in kept])
        if len(lots) > size:
            limit = np.partition(lots, size)[size]
            kept = [(lot[lot < limit], hits.take(lot < limit)) for lot, hits in kept]
    return [hits for _, hits in kept if len(hits)]


def _positions(sort: str) -> list[tuple[str, int]]:
    """(L, R or node, how far) for each position of a sort order."""
    positions = []
    for name in filter(None, (name.strip() for name in ",".join(_SHORT.get(s.strip(), s) for s in sort.split(",")).split(","))):
        position = _POSITION.fullmatch(name)
        if position:
            positions.append((position[2].upper(), int(position[1])))
        elif name in NAMED_POSITIONS:
            positions.append((name, 0))
        else:
            named = ", ".join(NAMED_POSITIONS)
            raise UsageError(f"cannot sort by {name}: give positions such as 1L, 2R, {named}, with commas between, or left or right")
    return positions


def _sorted(tables: SearchTables, found: Iterable[Hits], positions: list[tuple[str, int]], end: int | None) -> list[_Hit]:
    """The hits that come first in a sort order; hits with the same words stay in text order."""
    best: list[tuple[_Key, _Hit]] = []
    for hits in found:
        for around in _around(tables, hits, SORT_REACH, ("doc_id", "form")):
            best += _keyed(around, positions, end)
        if end is not None:
            best = nsmallest(end, best, key=lambda item: item[0])
    return [hit for _, hit in (best if end is not None else sorted(best, key=lambda item: item[0]))]


def _keyed(around: _Surroundings, positions: list[tuple[str, int]], end: int | None) -> list[tuple[_Key, _Hit]]:
    """The first hits of these in their order, with their keys."""
    forms = around.table["form"].combine_chunks().dictionary_encode()
    keys = [*map(_word_key, forms.dictionary.to_pylist()), ("", "")]
    codes = forms.indices.to_numpy()
    words = np.flatnonzero(np.array([any(map(str.isalnum, form)) for form in forms.dictionary.to_pylist()], dtype=bool)[codes])
    documents = around.table["doc_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    columns: list[list[tuple[str, str]]] = []
    for side, far in positions:
        if side == "document":
            columns.append([_word_key(around.table["doc_id"][i].as_py()) for i in around.spans[:, 1].tolist()])
        elif side in NAMED_POSITIONS:
            nodes = [" ".join(around.forms(i, j)) for _, i, j, _ in around.spans.tolist()]
            columns.append([_word_key(node if side == "node" else node[::-1]) for node in nodes])
        else:
            columns.append([keys[code] for code in _codes_at(around, codes, words, documents, side, far).tolist()])
    ranks = [_ranks(column) for column in reversed(columns)]
    order = np.lexsort(ranks)[:end].tolist()
    hits = _of(around.hits)
    return [(tuple(column[i] for column in columns), hits[i]) for i in order]


def _codes_at(around: _Surroundings, codes: np.ndarray, words: np.ndarray, documents: np.ndarray, side: str, far: int) -> np.ndarray:
    """The code of the word at a position of each hit, -1 where its document ends before."""
    begins, firsts, lasts, ends = around.spans.T
    nth = np.searchsorted(words, firsts) - far if side == "L" else np.searchsorted(words, lasts) + far - 1
    inside = (nth >= 0) & (nth < len(words))
    places = np.append(words, 0)[np.where(inside, nth, 0)]
    inside &= (places >= begins) & (places < ends)
    inside &= documents[np.where(inside, places, 0)] == documents[firsts]
    return np.where(inside, codes[np.where(inside, places, 0)], -1)


def _ranks(keys: list[tuple[str, str]]) -> np.ndarray:
    rank = {key: number for number, key in enumerate(sorted(set(keys)))}
    return np.array([rank[key] for key in keys], dtype=np.int64)


@lru_cache(maxsize=100_000)
def _word_key(word: str) -> tuple[str, str]:
    return alphabetical_key(word)


def _around(tables: SearchTables, hits: Hits, reach: int, columns: Sequence[str]) -> Iterator[_Surroundings]:
    """Hits, some at a time, with the tokens around them."""
    part = tables.parts[hits.part]
    longest = int((hits.ends - hits.starts).max(initial=1))
    step = max(1, ROWS_AT_ONCE // (2 * reach + longest))
    for at in range(0, len(hits), step):
        some = hits.take(slice(at, at + step))
        first, last = max(0, int(some.starts[0]) - reach), min(part.rows, int(some.ends.max()) + reach)
        rows = rows_near(tables.connection, part, near_rows(some.starts, some.ends, reach, first, last), columns, context=True)
        borders = (some.starts - reach, some.starts, some.ends, some.ends + reach)
        numbers = rows["row"].to_numpy()
        yield _Surroundings(some, rows, np.stack([np.searchsorted(numbers, border) for border in borders], axis=1))


def _lines(tables: SearchTables, chosen: list[_Hit], context: int, unit: str) -> pd.DataFrame:
    """The lines of a concordance without titles and pages, in the order of the hits."""
    lines: list[tuple[Any, ...]] = [()] * len(chosen)
    order = sorted(range(len(chosen)), key=lambda i: (chosen[i].part, chosen[i].start))
    names = ("form", "space_after", "doc_id", "section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end")
    for number in sorted({hit.part for hit in chosen}):
        mine = [i for i in order if chosen[i].part == number]
        hits = Hits(number, np.array([chosen[i].start for i in mine]), np.array([chosen[i].end for i in mine]))
        places = iter(mine)
        for around in _around(tables, hits, context, names):
            columns = {name: around.table[name].to_pylist() for name in names}
            for span in around.spans.tolist():
                lines[next(places)] = _line(columns, span, context, unit)
    head = ["left", "node", "right", "document", "section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end"]
    return pd.DataFrame(lines, columns=head).astype({"raw_start": "int64", "raw_end": "int64"})


def _line(rows: dict[str, list[Any]], span: list[int], context: int, unit: str) -> tuple[Any, ...]:
    begin, first, last, end = span
    document = rows["doc_id"][first]
    while rows["doc_id"][begin] != document:
        begin += 1
    while rows["doc_id"][end - 1] != document:
        end -= 1
    for name in {"sentence": ("block_id", "sentence_id"), "paragraph": ("block_id",)}.get(unit, ()):
        while rows[name][begin] != rows[name][first]:
            begin += 1
        while rows[name][end - 1] != rows[name][last - 1]:
            end -= 1
    left, node, right = (_text(rows, *span) for span in ((begin, first), (first, last), (last, end)))
    if begin < first and _block_ends(rows, first):
        left = f"{left.rstrip()} {BLOCK_SIGN}"
    if last < end and _block_ends(rows, last):
        right = f"{BLOCK_SIGN} {right}"
    left, right = left.strip(), right.strip()
    if unit == "characters":
        left, right = left[max(0, len(left) - context) :].lstrip(), right[:context].rstrip()
    ids = (rows[name][first] for name in ("section_id", "block_id", "sentence_id", "token_id", "raw_start"))
    return left, node.strip(), right, document, *ids, rows["raw_end"][last - 1]


def _text(rows: dict[str, list[Any]], begin: int, end: int) -> str:
    """Tokens as they stand in the text, with a sign between blocks."""
    pieces = []
    for i in range(begin, end):
        if i > begin and _block_ends(rows, i):
            pieces.append(f"{BLOCK_SIGN} " if rows["space_after"][i - 1] else f" {BLOCK_SIGN} ")
        pieces.append(rows["form"][i] or "")
        if rows["space_after"][i]:
            pieces.append(" ")
    return "".join(pieces)


def _block_ends(rows: dict[str, list[Any]], i: int) -> bool:
    """Whether a block ends before token `i`."""
    return rows["block_id"][i - 1] != rows["block_id"][i]


def _with_titles(tables: SearchTables, chosen: list[_Hit], lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with the titles of their lecture and section, and their page."""
    pages: dict[tuple[str, str], int | None] = {}
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    part_of = np.array([hit.part for hit in chosen], dtype=np.int64)
    for number in np.unique(part_of).tolist():
        part, mine = tables.parts[number], lines[part_of == number]
        found = _selected(tables, f"SELECT doc_id, block_id, page FROM {part.blocks}", mine[["document", "block_id"]])
        pages.update(zip(zip(found["doc_id"], found["block_id"], strict=True), found["page"], strict=True))
        titles.update(_titles(tables, part, mine[["document"]]))
    keys = list(zip(lines["document"], lines["section_id"], strict=True))
    lines["lecture"] = pd.Series([titles.get(key, ("", ""))[0] for key in keys], dtype="object")
    lines["section"] = pd.Series([titles.get(key, ("", ""))[1] for key in keys], dtype="object")
    lines["page"] = pd.array([pages.get(key) for key in zip(lines["document"], lines["block_id"], strict=True)], dtype="Int32")
    return lines[list(KWIC_COLUMNS)]


def _titles(tables: SearchTables, part: Shard, documents: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Title of the lecture and of the section by document and section."""
    columns = "doc_id, section_id, parent_id, kind, number, title"
    rows = _selected(tables, f"SELECT {columns} FROM {part.sections}", documents)
    names = [rows[name] for name in columns.split(", ")]
    sections = {(d, s): (p, title or f"{k.replace('_', ' ')} {n}".strip()) for d, s, p, k, n, title in zip(*names, strict=True)}
    found = {}
    for document, section in sections:
        top = section
        # Parents come before their children: a stranger's table in which they don't is no way round in circles.
        while (parent := sections[document, top][0]) and parent < top and (document, parent) in sections:
            top = parent
        found[document, section] = sections[document, top][1], sections[document, section][1]
    return found


def _selected(tables: SearchTables, sql: str, keys: pd.DataFrame) -> dict[str, list[Any]]:
    """The rows of a table with these documents, or documents and blocks."""
    wanted = keys.drop_duplicates().rename(columns={"document": "doc_id"})
    arrays = {name: pa.array(wanted[name].tolist(), pa.string()) for name in wanted.columns}
    tables.connection.register("kz_wanted_keys", pa.table(arrays))
    try:
        found = arrow_table(tables.connection, f"{sql} SEMI JOIN kz_wanted_keys USING ({', '.join(wanted.columns)})")
        return {name: found[name].to_pylist() for name in found.column_names}
    finally:
        tables.connection.unregister("kz_wanted_keys")


def _node_counts(around: _Surroundings, by: str, shown: Spellings) -> Counter[str]:
    """How often each value, or row of values, is that of a match."""
    names = ["form", "lemma"] if by in ("form", "lemma") else [by]
    if (around.hits.ends - around.hits.starts == 1).all():
        groups = around.table.take(pa.array(around.spans[:, 1])).group_by(names).aggregate([([], "count_all")])
        counts: Counter[str] = Counter()
        for value, count in zip(_values(groups, by, shown), groups["count_all"].to_pylist(), strict=True):
            counts[value] += count
        return counts
    values = _values(around.table, by, shown)
    return Counter(" ".join(values[i:j]) for _, i, j, _ in around.spans.tolist())


def _values(rows: pa.Table, by: str, shown: Spellings) -> list[str]:
    if by == "form":
        return [shown.get(term, term) for term in make_terms(rows["form"].to_pylist())]
    if by == "lemma":
        return make_terms(rows["form"].to_pylist(), rows["lemma"].to_pylist())
    return [value or "_" for value in rows[by].to_pylist()]


def _by_place(tables: SearchTables, found: Iterable[Hits], by: str) -> pd.DataFrame:
    counts: Counter[tuple[str, ...]] = Counter()
    for hits in found:
        here: Counter[tuple[str, str]] = Counter()
        for around in _around(tables, hits, 0, ("doc_id", "section_id")):
            groups = around.table.take(pa.array(around.spans[:, 1])).group_by(["doc_id", "section_id"], use_threads=False)
            for group in groups.aggregate([([], "count_all")]).to_pylist():
                here[group["doc_id"], group["section_id"]] += group["count_all"]
        documents = pd.DataFrame({"document": [document for document, _ in here]}, dtype="object")
        titles = {} if by == "document" else _titles(tables, tables.parts[hits.part], documents)
        for (document, section), count in here.items():
            lecture, title = titles.get((document, section), ("", ""))
            counts[{"document": (document,), "lecture": (document, lecture), "section": (document, section, title)}[by]] += count
    columns = {"document": ["document"], "lecture": ["document", "lecture"], "section": ["document", "section_id", "section"]}[by]
    table = pd.DataFrame([(*key, count) for key, count in counts.items()], columns=[*columns, "count"])
    return _with_percent(table.astype({"count": "int64"}))


def _with_percent(table: pd.DataFrame) -> pd.DataFrame:
    total = int(table["count"].sum())
    table["percent"] = (table["count"] * 100 / total).round(2) if total else pd.Series(dtype="float64")
    return table
