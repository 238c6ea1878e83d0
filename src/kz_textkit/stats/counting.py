"""The engine of all counts: tokens become terms, and terms become numbers.

`tokens` are those of DESIGN.md §4, in document order, as a DuckDB relation (`Corpus.relation`) or a DataFrame with the columns doc_id,
section_id, sentence_id, form, and where they are used lemma, upos and is_stop. DuckDB groups the columns as they are, and what costs
more (folding case, telling words from marks, filters) is done for each distinct spelling, not for each token. What a word and a term
are is said in `kz_textkit.stats.terms`.

Terms are listed by count, and those that are equally frequent in Kazakh alphabetical order.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from tempfile import gettempdir
from typing import TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import regex

from kz_textkit.errors import UsageError
from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.sql import sql_list
from kz_textkit.stats.terms import (
    COLUMNS,
    IS_WORD,
    NO_CAPITALS,
    TERM,
    By,
    Spellings,
    fold_case,
    make_terms,
    query_over,
    term_columns,
)

__all__ = [
    "COLUMNS",
    "By",
    "Coded",
    "Filter",
    "Tokens",
    "as_relation",
    "by_count",
    "code_tokens",
    "connect",
    "count_spellings",
    "count_terms",
    "fold_case",
]

Tokens: TypeAlias = "duckdb.DuckDBPyRelation | pd.DataFrame"
Numbers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "temp_directory": gettempdir(),
    "preserve_insertion_order": "true",
    # With several threads, windows over joined rows see them in any order.
    "threads": 1,
}
KEEPS_ORDER = "SET disabled_optimizers = 'build_side_probe_side,join_order'"
"""Tokens stay on the streaming side of a join, so that a filtered relation is in document order as its source is."""

PATTERN_SECONDS = 5.0
"""Time that a regular expression of a user has for all the terms of a corpus."""


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB connection that keeps the order of rows; what does not fit in memory goes into a temporary folder."""
    connection = duckdb.connect(config=SETTINGS)
    connection.execute(KEEPS_ORDER)
    # Jupyter without ipywidgets has no progress bar, and refuses even to switch it off.
    if connection.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
        connection.execute("SET enable_progress_bar = false")
    return connection


def as_relation(tokens: Tokens) -> duckdb.DuckDBPyRelation:
    """`tokens` as relation, on a connection of its own where they are a DataFrame."""
    return connect().from_df(tokens) if isinstance(tokens, pd.DataFrame) else tokens


@dataclass(frozen=True)
class Filter:
    """Which words are listed; the others still count as words of the text.

    Raises `UsageError` where `matching` is no regular expression.
    """

    upos: Collection[str] = ()
    """Parts of speech; all where none is named."""
    stop_words: bool = True
    """Whether stop words are listed."""
    matching: str | None = None
    """Regular expression that the whole term matches, whatever its case."""

    def __post_init__(self) -> None:
        if self.matching is not None:
            try:
                regex.compile(self.matching)
            except (regex.error, OverflowError, RecursionError) as error:
                raise UsageError(f"{self.matching} is no regular expression: {error}") from None

    def columns(self) -> list[str]:
        """The columns of the tokens that it looks at."""
        return ["upos"] * bool(self.upos) + ["is_stop"] * (not self.stop_words)

    def sql(self) -> str:
        """What it says of a token, but for the regular expression, as SQL."""
        listed = "true"
        if self.upos:
            listed = f"upos IN {sql_list([name.upper() for name in self.upos])}"
        return listed if self.stop_words else f"{listed} AND NOT is_stop"

    def matches(self, terms: Collection[str]) -> Mask:
        """Which of the terms the regular expression matches, whatever their case.

        Raises `UsageError` where it takes too long: it goes back and forth without end.
        """
        if self.matching is None:
            return np.ones(len(terms), dtype=bool)
        pattern = regex.compile(self.matching, regex.IGNORECASE)
        try:
            return np.fromiter((pattern.fullmatch(term, timeout=PATTERN_SECONDS) is not None for term in terms), bool, len(terms))
        except TimeoutError:
            raise UsageError(f"{self.matching} takes too long: write it without repetitions in repetitions") from None


ALL = Filter()


def by_count(table: pd.DataFrame, term: str, *columns: str, ascending: bool = False) -> pd.DataFrame:
    """The rows of `table` by the numbers in `columns`, the highest first, and where these are the same in alphabetical order of `term`.

    >>> by_count(pd.DataFrame({"term": ["іс", "ел", "әке"], "count": [1, 2, 1]}), "term", "count")["term"].tolist()
    ['ел', 'әке', 'іс']
    """
    ties = table.duplicated(list(columns), keep=False).to_numpy()
    rank = np.zeros(len(table), dtype=np.int64)
    if ties.any():
        tied = table.loc[ties, term].tolist()
        order = sorted(range(len(tied)), key=lambda i: alphabetical_key(tied[i]))
        places = np.empty(len(tied), dtype=np.int64)
        places[order] = np.arange(len(tied))
        rank[np.flatnonzero(ties)] = places
    ways = [*([ascending] * bool(columns)), *([False] * (len(columns) - 1)), True]
    return table.assign(kz_rank=rank).sort_values([*columns, "kz_rank"], ascending=ways, ignore_index=True).drop(columns="kz_rank")


def count_spellings(tokens: Tokens, *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS) -> pd.DataFrame:
    """The distinct words of `tokens` as they are spelled, with their term and count.

    The columns are those that make the term, those that the filter needs, term (written as `shown` says), count and listed (whether the
    filter lets it pass).

    Raises `UsageError` where there is no such way of counting.

    >>> tokens = pd.DataFrame({"form": ["Ел", "ел", "!"]})
    >>> count_spellings(tokens).sort_values("form")[["form", "term", "count"]].values.tolist()
    [['Ел', 'ел', 1], ['ел', 'ел', 1]]
    """
    names = ", ".join(_columns(by, words))
    found = query_over(
        as_relation(tokens),
        f"SELECT *, {words.sql()} AS listed "
        f"FROM (SELECT {names}, count(*)::BIGINT AS count FROM kz_tokens GROUP BY ALL) WHERE {IS_WORD}",
    )
    spellings = found.df()
    columns = {name: spellings[name].tolist() for name in COLUMNS[by]}
    lemmas, upos = columns.get("lemma"), columns.get("upos")
    bare = make_terms(columns["form"], lemmas)
    terms = [f"{term}/{tag}" for term, tag in zip(bare, upos, strict=True)] if upos is not None else bare
    if by == "form":
        terms = [shown.get(term, term) for term in terms]
    listed = spellings.pop("listed").to_numpy(dtype=bool)
    spellings["term"] = pd.Series(terms, dtype=object)
    spellings["listed"] = listed & words.matches(bare) if words.matching is not None else listed
    return spellings


def _columns(by: str, words: Filter) -> list[str]:
    return list(dict.fromkeys([*term_columns(by), *words.columns()]))


def count_terms(tokens: Tokens, *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS) -> pd.Series[int]:
    """How often each term that passes the filter occurs, indexed by term, the commonest first.

    >>> count_terms(pd.DataFrame({"form": ["Ел", "мен", "ел", "!"]})).to_dict()
    {'ел': 2, 'мен': 1}
    """
    return count_terms_and_words(tokens, by=by, words=words, shown=shown)[0]


def count_terms_and_words(
    tokens: Tokens, *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS
) -> tuple[pd.Series[int], int]:
    """The same, and how many words there are in all, listed or not."""
    names = ", ".join(_columns(by, words))
    grouped = query_over(
        as_relation(tokens),
        f"""
        SELECT {TERM[by]} AS term, {words.sql()} AS listed, sum(n)::BIGINT AS n
        FROM (SELECT {names}, count(*) AS n FROM kz_tokens GROUP BY ALL) WHERE {IS_WORD} GROUP BY ALL
        """,
    ).fetchnumpy()
    terms, n, keep = (np.asarray(grouped[name]) for name in ("term", "n", "listed"))
    bare = [term.rpartition("/")[0] for term in terms] if by == "lemma_upos" else terms.tolist()
    keep = keep.astype(bool) & words.matches(bare)
    names_of = [shown.get(term, term) for term in terms[keep].tolist()] if by == "form" else terms[keep].tolist()
    table = by_count(pd.DataFrame({"term": pd.Series(names_of, dtype=object), "count": n[keep]}), "term", "count")
    counts = pd.Series(table["count"].to_numpy(dtype=np.int64), index=pd.Index(table["term"], dtype=object, name="term"), name="count")
    return counts, int(n.sum())


def terms_counted(spellings: pd.DataFrame) -> pd.Series[int]:
    """The counts of `spellings` (as `count_spellings` gives them) by term."""
    listed = spellings[spellings["listed"]]
    codes, terms = pd.factorize(listed["term"])
    weights = np.bincount(codes, weights=listed["count"].to_numpy(dtype=float), minlength=len(terms)).astype(np.int64)
    return pd.Series(weights, index=pd.Index(terms, dtype=object, name="term"), name="count")


@dataclass(frozen=True)
class Coded:
    """Tokens as numbers, in document order: about 16 bytes each."""

    spellings: pd.DataFrame
    """The distinct words; their columns as in `count_spellings`, without count, and code, the number of their term."""
    terms: npt.NDArray[np.object_]
    """The term of each code, as it is shown."""
    spelling: npt.NDArray[np.int32]
    """Of each token, the row of `spellings`; -1 for marks."""
    sentence: npt.NDArray[np.int32]
    """Of each token, the number of its sentence."""
    section: npt.NDArray[np.int32]
    """Of each token, the row of `sections`."""
    sections: pd.DataFrame
    """The sections that have tokens: doc_id and section_id."""

    @cached_property
    def code(self) -> Numbers:
        """Of each token, the number of its term; -1 for marks."""
        return np.append(self.spellings["code"].to_numpy(dtype=np.int64), -1)[self.spelling]

    @cached_property
    def listed(self) -> Mask:
        """Of each token, whether it is a word that the filter lets pass."""
        return np.append(self.spellings["listed"].to_numpy(dtype=bool), False)[self.spelling]

    @cached_property
    def document(self) -> Numbers:
        """Of each token, the number of its document."""
        return np.asarray(pd.factorize(self.sections["doc_id"])[0], dtype=np.int64)[self.section]


def code_tokens(tokens: Tokens, *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS) -> Coded:
    """Number terms, sentences and sections of `tokens`; forms are written as `shown` says.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": ["1", "1", "2"], "form": ["Ел", "!", "ел"]})
    >>> coded = code_tokens(tokens)
    >>> coded.code.tolist(), coded.sentence.tolist()
    ([0, -1, 0], [0, 0, 1])
    """
    relation = as_relation(tokens)
    spellings = count_spellings(relation, by=by, words=words, shown=shown).drop(columns="count")
    codes, terms = pd.factorize(spellings["term"])
    spellings["code"] = codes
    columns = _columns(by, words)
    numbered = spellings[columns].assign(spelling=np.arange(len(spellings), dtype=np.int32))
    begins = "(lag({0}) OVER () IS DISTINCT FROM {0} OR lag(doc_id) OVER () IS DISTINCT FROM doc_id)"
    sentence, section = begins.format("sentence_id"), begins.format("section_id")
    same = " AND ".join(f"t.{name} = s.{name}" for name in columns)
    rows = _query(
        relation,
        f"SELECT coalesce(s.spelling, -1)::INT AS spelling, t.begins, t.enters, t.place FROM "
        f"(SELECT {', '.join(columns)}, {sentence} AS begins, {section} AS enters, row_number() OVER () AS place FROM coded_tokens) t "
        f"LEFT JOIN numbered s ON {same}",
        numbered=numbered,
    ).fetchnumpy()
    # Some versions of DuckDB give the rows without a partner last.
    rows = {name: np.asarray(rows[name])[np.argsort(rows["place"], kind="stable")] for name in ("spelling", "begins", "enters")}
    runs = _query(
        relation, f"SELECT doc_id, section_id FROM (SELECT doc_id, section_id, {section} AS enters FROM coded_tokens) WHERE enters"
    ).df()
    run = runs.groupby(["doc_id", "section_id"], sort=False).ngroup().to_numpy()
    return Coded(
        spellings=spellings,
        terms=np.asarray(terms, dtype=object),
        spelling=np.asarray(rows["spelling"], dtype=np.int32),
        sentence=_numbers(rows["begins"]),
        section=np.asarray(run, dtype=np.int32)[_numbers(rows["enters"])],
        sections=runs.drop_duplicates(ignore_index=True),
    )


def _query(relation: duckdb.DuckDBPyRelation, query: str, numbered: pd.DataFrame | None = None) -> duckdb.DuckDBPyRelation:
    """`query` over the relation as coded_tokens; DuckDB finds the DataFrame by the name of the argument."""
    result = relation.query("coded_tokens", query)
    assert result is not None, "a query has a result"
    return result


def _numbers(begins: npt.ArrayLike) -> npt.NDArray[np.int32]:
    return np.cumsum(np.asarray(begins, dtype=bool), dtype=np.int32) - np.int32(1)


def part_of_tokens(coded: Coded, sections: pd.DataFrame | None, parts: str) -> tuple[npt.NDArray[np.int64], pd.DataFrame]:
    """The part that each token belongs to, and the parts in document order.

    `parts` is `section`, `document` or `lecture`, the top-level section, for which `sections` has the column lecture_id beside doc_id
    and section_id (`kz_textkit.stats.parts.lectures`). Raises `UsageError` where it is none of them.
    """
    if parts == "section":
        return coded.section.astype(np.int64), coded.sections
    if parts == "document":
        return coded.document, coded.sections[["doc_id"]].drop_duplicates(ignore_index=True)
    if parts != "lecture":
        raise UsageError(f"there are no parts called {parts}: choose one of section, lecture, document")
    if sections is None:
        raise UsageError("to count by lecture, the lecture of each section must be given")
    known = coded.sections.merge(sections[["doc_id", "section_id", "lecture_id"]], on=["doc_id", "section_id"], how="left")
    number = known.groupby(["doc_id", "lecture_id"], sort=False, dropna=False).ngroup().to_numpy(dtype=np.int64)
    rows = known[["doc_id", "lecture_id"]].drop_duplicates(ignore_index=True).rename(columns={"lecture_id": "section_id"})
    return number[coded.section], rows


def count_pairs(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    """The distinct pairs of two arrays of numbers, and how often each occurs."""
    a, b = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    width = int(b.max()) + 1 if len(b) else 1
    keys, counts = np.unique(a * width + b, return_counts=True)
    return keys // width, keys % width, counts.astype(np.int64)
