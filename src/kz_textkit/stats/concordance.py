"""The concordance: every match of a query in its context, with the place it can be cited by (KWIC, *key word in context*).

What a query can say is in `kz_textkit.stats.query`. Context may cross the borders of sentences and blocks (marked ¶), not those of
documents. Words are sorted in Kazakh alphabetical order, by positions as concordancers name them: `1R` is the first word to the right
of the match, `2L` the second to the left; punctuation is no word. `node` is the match itself.
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
from kz_textkit.stats.frequency import fold_case
from kz_textkit.stats.query import parse_query
from kz_textkit.stats.search import Hits, SearchTables, arrow_table, find_hits, near_rows, rows_near

__all__ = ["BREAKDOWNS", "KWIC_COLUMNS", "concordance", "hit_frequencies"]

KWIC_COLUMNS = (
    *("left", "node", "right", "document", "lecture", "section", "page"),
    *("section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end"),
)
"""Columns of a concordance."""

BREAKDOWNS = ("form", "lemma", "upos", "feats", "document", "lecture", "section")
"""What hits can be counted by."""

BLOCK_SIGN = "¶"
"""Stands in context where a block ends."""

SORT_REACH = 12
"""Tokens on either side that the words of sort positions are looked for in, besides the position itself."""

ROWS_AT_ONCE = 200_000
"""Tokens around hits that are held at once."""

_POSITION = re.compile(r"([1-9])([LR])", re.IGNORECASE)
_SHORT = {"left": "1L,2L,3L", "right": "1R,2R,3R"}

_Key = tuple[Any, ...]


def concordance(
    tables: SearchTables,
    query: str,
    *,
    context: int = 10,
    unit: Literal["tokens", "characters"] = "tokens",
    sort: str = "",
    sample: int | None = None,
    seed: int = 0,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """The matches of `query`, one a row, with the columns `KWIC_COLUMNS`; `result.attrs["hits"]` is how many there are in all.

    `context` counts tokens or characters on each side. `sort` is empty for text order, or positions such as `1R,2R`, `1L`, `node`, or
    `left` or `right` for the three nearest words there. `sample` takes so many matches at random, the same ones for the same `seed`.
    Then `limit` rows from `offset` on are given. `raw_start` and `raw_end` are offsets of the match in the raw text of the document;
    `lecture` is the title of the section at the top of the tree.

    Raises `QueryError` where the query is wrong, `UsageError` where another argument is.

    >>> from kz_textkit.stats.tables import search_tables
    >>> tokens = pd.DataFrame({"form": ["Билік", "–", "халықтың", "таңдауы", "."], "lemma": ["билік", "–", "халық", "таңдау", "."]})
    >>> concordance(search_tables(tokens), '[lemma="халық"]')[["left", "node", "right"]].values.tolist()
    [['Билік –', 'халықтың', 'таңдауы .']]
    """
    for name, value in (("context", context), ("sample", sample), ("limit", limit), ("offset", offset)):
        if value is not None and value < 0:
            raise UsageError(f"{name} is {value}, and cannot be less than 0")
    if unit not in ("tokens", "characters"):
        raise UsageError(f"context counts tokens or characters, not {unit}")
    positions = _positions(sort)
    counter = _Counted(find_hits(tables, parse_query(query)))
    hits: Iterable[Hits] = counter if sample is None else _sampled(counter, sample, seed)
    end = None if limit is None else offset + limit
    chosen = _sorted(tables, hits, positions, end) if positions else _first(hits, end)
    page = chosen[offset:]
    table = _with_titles(tables, _lines(tables, page, context, unit))
    table.attrs["hits"] = counter.hits
    return table


def hit_frequencies(tables: SearchTables, query: str, *, by: str = "form") -> pd.DataFrame:
    """How the matches of `query` are spread: by form, lemma, upos or feats of the match, or by document, lecture or section.

    The columns are what it is counted by (a section with its document and section_id), count, and percent of the matches; the
    commonest first, sections and documents in text order. Raises `QueryError` where the query is wrong, `UsageError` where `by` is
    unknown.
    """
    if by not in BREAKDOWNS:
        raise UsageError(f"hits can't be counted by {by}: choose one of {', '.join(BREAKDOWNS)}")
    found = find_hits(tables, parse_query(query))
    if by in ("document", "lecture", "section"):
        return _by_place(tables, found, by)
    counts: Counter[str] = Counter()
    for hits in found:
        for found_here in _around(tables, hits, 0, ("form", "lemma") if by in ("form", "lemma") else (by,)):
            values = _node_values(found_here.columns, by)
            counts.update(" ".join(values[i:j]) for _, i, j, _ in found_here.spans)
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
    """Hits with the tokens around them: a list for each column, and for each hit the indices in these lists of the first token
    around it, its own first, the one after its last, and the one after the last around it."""

    hits: Hits
    columns: dict[str, list[Any]]
    spans: list[tuple[int, int, int, int]]


def _of(hits: Hits) -> list[_Hit]:
    return [_Hit(hits.part, start, end) for start, end in zip(hits.starts.tolist(), hits.ends.tolist(), strict=True)]


def _first(found: Iterable[Hits], end: int | None) -> list[_Hit]:
    """The first hits; the others are counted all the same."""
    chosen: list[_Hit] = []
    for hits in found:
        room = len(hits) if end is None else max(0, end - len(chosen))
        chosen += _of(hits.take(slice(room)))
    return chosen


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
        elif name == "node":
            positions.append(("node", 0))
        else:
            raise UsageError(f"cannot sort by {name}: give positions such as 1L, 2R or node, with commas between, or left or right")
    return positions


def _sorted(tables: SearchTables, found: Iterable[Hits], positions: list[tuple[str, int]], end: int | None) -> list[_Hit]:
    """The hits that come first in a sort order; hits with the same words stay in text order."""
    best: list[tuple[_Key, _Hit]] = []
    for hits in found:
        for surroundings in _around(tables, hits, SORT_REACH, ("doc_id", "form")):
            best += zip(_sort_keys(surroundings, positions), _of(surroundings.hits), strict=True)
        if end is not None:
            best = nsmallest(end, best, key=lambda item: item[0])
    return [hit for _, hit in (best if end is not None else sorted(best, key=lambda item: item[0]))]


def _sort_keys(around: _Surroundings, positions: list[tuple[str, int]]) -> Iterator[_Key]:
    furthest = {side: max((far for s, far in positions if s == side), default=0) for side in "LR"}
    for begin, first, last, end in around.spans:
        document = around.columns["doc_id"][first]
        words = {
            "L": _words(around.columns, document, range(first - 1, begin - 1, -1), furthest["L"]),
            "R": _words(around.columns, document, range(last, end), furthest["R"]),
        }
        node = _word_key(" ".join(around.columns["form"][first:last]))
        yield tuple(node if side == "node" else _nth(words[side], far) for side, far in positions)


def _words(columns: dict[str, list[Any]], document: str, places: range, count: int) -> list[tuple[str, str]]:
    """Keys of the first words at these places in the document."""
    keys: list[tuple[str, str]] = []
    for place in places:
        if len(keys) == count or columns["doc_id"][place] != document:
            break
        if any(map(str.isalnum, columns["form"][place])):
            keys.append(_word_key(columns["form"][place]))
    return keys


def _nth(keys: list[tuple[str, str]], far: int) -> tuple[str, str]:
    return keys[far - 1] if far <= len(keys) else ("", "")


@lru_cache(maxsize=100_000)
def _word_key(word: str) -> tuple[str, str]:
    return alphabetical_key(word)


def _around(tables: SearchTables, hits: Hits, reach: int, columns: Sequence[str]) -> Iterator[_Surroundings]:
    """Hits, some at a time, with the tokens around them."""
    part = tables.tokens[hits.part]
    longest = int((hits.ends - hits.starts).max(initial=1))
    step = max(1, ROWS_AT_ONCE // (2 * reach + longest))
    for at in range(0, len(hits), step):
        some = hits.take(slice(at, at + step))
        first, last = max(0, int(some.starts[0]) - reach), min(part.rows, int(some.ends.max()) + reach)
        rows = rows_near(tables.connection, part, near_rows(some.starts, some.ends, reach, first, last), columns)
        borders = (some.starts - reach, some.starts, some.ends, some.ends + reach)
        places = [np.searchsorted(rows["row"].to_numpy(), border).tolist() for border in borders]
        yield _Surroundings(some, {name: rows[name].to_pylist() for name in columns}, list(zip(*places, strict=True)))


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
            for span in around.spans:
                lines[next(places)] = _line(around.columns, span, context, unit)
    columns = ["left", "node", "right", "document", "section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end"]
    return pd.DataFrame(lines, columns=columns).astype({"raw_start": "int64", "raw_end": "int64"})


def _line(rows: dict[str, list[Any]], span: tuple[int, int, int, int], context: int, unit: str) -> tuple[Any, ...]:
    begin, first, last, end = span
    document = rows["doc_id"][first]
    while rows["doc_id"][begin] != document:
        begin += 1
    while rows["doc_id"][end - 1] != document:
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
        pieces.append(rows["form"][i])
        if rows["space_after"][i]:
            pieces.append(" ")
    return "".join(pieces)


def _block_ends(rows: dict[str, list[Any]], i: int) -> bool:
    """Whether a block ends before token `i`."""
    return rows["block_id"][i - 1] != rows["block_id"][i]


def _with_titles(tables: SearchTables, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with the titles of their lecture and section, and their page."""
    pages = _selected(tables, f"SELECT doc_id, block_id, page FROM {tables.blocks}", lines[["document", "block_id"]])
    page_of = {(d, b): p for d, b, p in zip(pages["doc_id"], pages["block_id"], pages["page"], strict=True)}
    titles = _titles(tables, lines[["document"]])
    keys = list(zip(lines["document"], lines["section_id"], strict=True))
    lines["lecture"] = pd.Series([titles.get(key, ("", ""))[0] for key in keys], dtype="object")
    lines["section"] = pd.Series([titles.get(key, ("", ""))[1] for key in keys], dtype="object")
    lines["page"] = pd.array([page_of.get(key) for key in zip(lines["document"], lines["block_id"], strict=True)], dtype="Int32")
    return lines[list(KWIC_COLUMNS)]


def _titles(tables: SearchTables, documents: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Title of the lecture and of the section by document and section."""
    columns = "doc_id, section_id, parent_id, kind, number, title"
    rows = _selected(tables, f"SELECT {columns} FROM {tables.sections}", documents)
    names = [rows[name] for name in columns.split(", ")]
    sections = {(d, s): (p, title or f"{k.replace('_', ' ')} {n}".strip()) for d, s, p, k, n, title in zip(*names, strict=True)}
    found = {}
    for document, section in sections:
        top = section
        while (parent := sections[document, top][0]) and (document, parent) in sections:
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


def _node_values(rows: dict[str, list[Any]], by: str) -> list[str]:
    if by == "form":
        return [fold_case(form) for form in rows["form"]]
    if by == "lemma":
        return [lemma or fold_case(form) for lemma, form in zip(rows["lemma"], rows["form"], strict=True)]
    return [value or "_" for value in rows[by]]


def _by_place(tables: SearchTables, found: Iterable[Hits], by: str) -> pd.DataFrame:
    counts: Counter[tuple[str, str]] = Counter()
    for hits in found:
        for around in _around(tables, hits, 0, ("doc_id", "section_id")):
            documents, sections = around.columns["doc_id"], around.columns["section_id"]
            counts.update((documents[i], sections[i]) for _, i, _, _ in around.spans)
    if by == "document":
        totals: Counter[str] = Counter()
        for (document, _), count in counts.items():
            totals[document] += count
        return _with_percent(pd.DataFrame(list(totals.items()), columns=["document", "count"]).astype({"count": "int64"}))
    titles = _titles(tables, pd.DataFrame({"document": [document for document, _ in counts]}, dtype="object"))
    merged: dict[tuple[str, str, str], int] = {}
    for (document, section), count in counts.items():
        lecture, title = titles.get((document, section), ("", ""))
        key = (document, "", lecture) if by == "lecture" else (document, section, title)
        merged[key] = merged.get(key, 0) + count
    listed = [(*key, count) for key, count in merged.items()]
    table = pd.DataFrame(listed, columns=["document", "section_id", by, "count"]).astype({"count": "int64"})
    return _with_percent(table.drop(columns="section_id") if by == "lecture" else table)


def _with_percent(table: pd.DataFrame) -> pd.DataFrame:
    total = int(table["count"].sum())
    table["percent"] = (table["count"] * 100 / total).round(2) if total else pd.Series(dtype="float64")
    return table
