"""The engine of all counts: tokens become terms, and terms become numbers.

`tokens` are those of DESIGN.md §4, in document order, as a DuckDB relation (`Corpus.relation`) or a DataFrame with the columns doc_id,
section_id, sentence_id, form, and where they are used lemma, upos and is_stop. DuckDB groups the columns as they are, and what costs
more (folding case, telling words from marks, filters) is done for each distinct spelling, not for each token. What a word and a term
are is said in `kz_textkit.stats.terms`.

Terms are listed by count, and those that are equally frequent in Kazakh alphabetical order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from tempfile import gettempdir
from typing import Any, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import regex

from kz_textkit.errors import UsageError
from kz_textkit.stats.collation import alphabetical_order
from kz_textkit.stats.streaming import FLAGS, Tally, TokenStream, stretches
from kz_textkit.stats.terms import COLUMNS, NO_CAPITALS, By, Spellings, fold_case, make_terms, term_columns, which_are_words

__all__ = [
    "COLUMNS",
    "By",
    "Coded",
    "Filter",
    "Tokens",
    "as_relation",
    "as_stream",
    "by_count",
    "code_tokens",
    "columns_of",
    "connect",
    "count_spellings",
    "count_terms",
    "fold_case",
    "named_terms",
    "spelled",
    "terms_counted",
]

Tokens: TypeAlias = "duckdb.DuckDBPyRelation | pd.DataFrame | TokenStream"
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
    if isinstance(tokens, pd.DataFrame):
        return connect().from_df(tokens)
    return tokens if isinstance(tokens, duckdb.DuckDBPyRelation) else tokens.relation


def as_stream(tokens: Tokens) -> duckdb.DuckDBPyRelation | TokenStream:
    """`tokens` as what `kz_textkit.stats.streaming.stretches` takes."""
    return as_relation(tokens) if isinstance(tokens, pd.DataFrame) else tokens


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

    def lists(self, types: Mapping[str, Sequence[Any]]) -> Mask:
        """What it says, but for the regular expression, of words whose values are given by column."""
        listed = np.ones(len(types["form"]), dtype=bool)
        if self.upos:
            wanted = {name.upper() for name in self.upos}
            listed &= np.array([tag in wanted for tag in types["upos"]], dtype=bool)
        return listed if self.stop_words else listed & ~np.array(types["is_stop"], dtype=bool)

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
        places = np.empty(int(ties.sum()), dtype=np.int64)
        places[alphabetical_order(table.loc[ties, term].tolist())] = np.arange(len(places))
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
    names = columns_of(by, words)
    tally = Tally(names, ["count"])
    for stretch in stretches(as_stream(tokens), names):
        here = np.flatnonzero(which_are_words(stretch.types["form"])).tolist()
        tally.add({**{name: [stretch.types[name][i] for i in here] for name in names}, "count": stretch.counts[here]})
    return spelled(tally.frame(), names, by, words, shown)


def spelled(spellings: pd.DataFrame, names: Sequence[str], by: By, words: Filter, shown: Spellings) -> pd.DataFrame:
    """Distinct words with their term, and whether the filter lets them pass."""
    values = {name: spellings[name].tolist() for name in names}
    bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
    spellings["term"] = pd.Series(named_terms(bare, values, by, shown), dtype=object)
    listed = words.lists(values)
    spellings["listed"] = listed & words.matches(bare) if words.matching is not None else listed
    return spellings


def named_terms(bare: list[str], values: Mapping[str, Sequence[str]], by: By, shown: Spellings) -> list[str]:
    """Terms as they are called: with their part of speech, or forms with their capitals."""
    if by == "lemma_upos":
        return [f"{term}/{tag}" for term, tag in zip(bare, values["upos"], strict=True)]
    return [shown.get(term, term) for term in bare] if by == "form" else bare


def columns_of(by: By, words: Filter) -> list[str]:
    """The columns that terms and a filter need.

    Raises `UsageError` where there is no such way of counting.
    """
    return list(dict.fromkeys([*term_columns(by), *words.columns()]))


def count_terms(tokens: Tokens, *, by: By = "form", words: Filter = ALL, shown: Spellings = NO_CAPITALS) -> pd.Series[int]:
    """How often each term that passes the filter occurs, indexed by term, the commonest first.

    >>> count_terms(pd.DataFrame({"form": ["Ел", "мен", "ел", "!"]})).to_dict()
    {'ел': 2, 'мен': 1}
    """
    counts = terms_counted(count_spellings(tokens, by=by, words=words, shown=shown))
    table = by_count(counts.reset_index(), "term", "count")
    return pd.Series(table["count"].to_numpy(dtype=np.int64), index=pd.Index(table["term"], dtype=object, name="term"), name="count")


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
    names = columns_of(by, words)
    number: dict[tuple[Any, ...], int] = {}
    spelling, sentence, section, sections = [], [], [], [pd.DataFrame({"doc_id": [], "section_id": []}, dtype=object)]
    sentences = entered = 0
    for stretch in stretches(as_stream(tokens), names, ["doc_id", "section_id", "sentence_id"]):
        rows = zip(*(stretch.types[name] for name in names), strict=True)
        words_here = which_are_words(stretch.types["form"]).tolist()
        numbers = [number.setdefault(row, len(number)) if is_one else -1 for row, is_one in zip(rows, words_here, strict=True)]
        spelling.append(np.array(numbers, dtype=np.int32)[stretch.type_of])
        sentence.append((stretch.sentence + sentences).astype(np.int32))
        section.append((stretch.section + entered).astype(np.int32))
        sections.append(stretch.sections)
        sentences, entered = int(sentence[-1][-1]) + 1, entered + len(stretch.sections)
    values = {name: [row[i] for row in number] for i, name in enumerate(names)}
    bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
    codes, terms = pd.factorize(pd.Series(named_terms(bare, values, by, shown), dtype=object))
    listed = words.lists(values) & words.matches(bare)
    kinds = {name: bool if name in FLAGS else object for name in names}
    spellings = pd.DataFrame({name: pd.Series(values[name], dtype=kinds[name]) for name in names})
    none: Any = np.empty(0, dtype=np.int32)
    return Coded(
        spellings=spellings.assign(term=np.asarray(terms, dtype=object)[codes], listed=listed, code=codes),
        terms=np.asarray(terms, dtype=object),
        spelling=np.concatenate([none, *spelling]),
        sentence=np.concatenate([none, *sentence]),
        section=np.concatenate([none, *section]),
        sections=pd.concat(sections, ignore_index=True),
    )


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
