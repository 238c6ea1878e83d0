"""The engine of all counts: tokens become terms, and terms become numbers.

`tokens` are those of DESIGN.md §4, in document order, as a DuckDB relation (`Corpus.relation`) or a DataFrame with the columns doc_id,
section_id, sentence_id, form, and where they are used lemma, upos and is_stop. DuckDB groups the columns as they are, and what costs
more (folding case, telling words from marks, filters) is done for each distinct spelling, not for each token.

What is counted is *words*: tokens with a letter or a digit in them. The term of a word is

`form`
    its form in lower case (`fold_case`);
`lemma`
    its lemma, or where it was not analysed its form in lower case;
`lemma_upos`
    that with its part of speech, as in `ал/VERB` and `ал/CCONJ`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from tempfile import gettempdir
from typing import Literal, TypeAlias, get_args

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.errors import UsageError

__all__ = ["By", "Coded", "Filter", "Tokens", "as_relation", "code_tokens", "connect", "count_spellings", "count_terms", "fold_case"]

Tokens: TypeAlias = "duckdb.DuckDBPyRelation | pd.DataFrame"
By = Literal["form", "lemma", "lemma_upos"]
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

COLUMNS = {"form": ["form"], "lemma": ["form", "lemma"], "lemma_upos": ["form", "lemma", "upos"]}
"""Columns that make a term."""

IS_WORD = r"regexp_matches(form, '[\p{L}\p{N}]')"
FOLDED = "replace(lower(form), 'i\u0307', 'i')"
TERM = {
    "form": FOLDED,
    "lemma": f"CASE WHEN lemma = '' THEN {FOLDED} ELSE lemma END",
    "lemma_upos": f"CASE WHEN lemma = '' THEN {FOLDED} ELSE lemma END || '/' || upos",
}
"""What makes a word and a term of it, as SQL; `_word`, `fold_case` and `_with_terms` say the same in Python."""

_word = re.compile(r"[^\W_]")


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


def fold_case(word: str) -> str:
    """`word` in lower case; the Latin `İ` of Kazakh and Turkish becomes a plain `i`.

    >>> fold_case("ҮКІМЕТІНІҢ"), fold_case("İntellekt")
    ('үкіметінің', 'intellekt')
    """
    return word.lower().replace("i\u0307", "i")


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
                re.compile(self.matching)
            except re.error as error:
                raise UsageError(f"{self.matching} is no regular expression: {error}") from None

    def columns(self) -> list[str]:
        """The columns of the tokens that it looks at."""
        return ["upos"] * bool(self.upos) + ["is_stop"] * (not self.stop_words)

    def mask(self, spellings: pd.DataFrame) -> Mask:
        """Which of the `spellings` (with the column term) are listed."""
        keep = np.ones(len(spellings), dtype=bool)
        if self.upos:
            keep &= spellings["upos"].isin([name.upper() for name in self.upos]).to_numpy()
        if not self.stop_words:
            keep &= ~spellings["is_stop"].to_numpy(dtype=bool)
        if self.matching is not None:
            pattern = re.compile(self.matching, re.IGNORECASE)
            keep &= np.fromiter((pattern.fullmatch(term) is not None for term in spellings["term"]), bool, len(spellings))
        return keep


ALL = Filter()


def count_spellings(tokens: Tokens, *, by: By = "form", words: Filter = ALL) -> pd.DataFrame:
    """The distinct words of `tokens` as they are spelled, with their term and count.

    The columns are those that make the term, those that the filter needs, term, count and listed (whether the filter lets it pass).

    Raises `UsageError` where there is no such way of counting.

    >>> tokens = pd.DataFrame({"form": ["Ел", "ел", "!"]})
    >>> count_spellings(tokens).sort_values("form")[["form", "term", "count"]].values.tolist()
    [['Ел', 'ел', 1], ['ел', 'ел', 1]]
    """
    columns = _columns(by, words)
    names = ", ".join(columns)
    spellings = as_relation(tokens).aggregate(f"{names}, count(*)::BIGINT AS count", names).df()
    return _with_terms(spellings, by, words)


def _columns(by: str, words: Filter) -> list[str]:
    if by not in COLUMNS:
        raise UsageError(f"there are no terms by {by}: choose one of {', '.join(get_args(By))}")
    return list(dict.fromkeys([*COLUMNS[by], *words.columns()]))


def _with_terms(spellings: pd.DataFrame, by: str, words: Filter) -> pd.DataFrame:
    """The spellings that are words, with their term and whether they are listed."""
    forms = spellings["form"].tolist()
    spellings = spellings[np.fromiter((_word.search(form) is not None for form in forms), bool, len(forms))].reset_index(drop=True)
    term = spellings["form"].map(fold_case).astype(object)
    if by != "form":
        term = spellings["lemma"].astype(object).where(spellings["lemma"] != "", term)
    spellings["term"] = term
    spellings["listed"] = words.mask(spellings)
    if by == "lemma_upos":
        spellings["term"] = term + "/" + spellings["upos"].astype(object)
    return spellings


def count_terms(tokens: Tokens, *, by: By = "form", words: Filter = ALL) -> pd.Series[int]:
    """How often each term that passes the filter occurs, indexed by term, the commonest first, then by code points.

    >>> count_terms(pd.DataFrame({"form": ["Ел", "мен", "ел", "!"]})).to_dict()
    {'ел': 2, 'мен': 1}
    """
    return count_terms_and_words(tokens, by=by, words=words)[0]


def count_terms_and_words(tokens: Tokens, *, by: By = "form", words: Filter = ALL) -> tuple[pd.Series[int], int]:
    """The same, and how many words there are in all, listed or not. All is done in DuckDB, but for a regular expression."""
    columns = _columns(by, words)
    names = ", ".join(columns)
    listed = "true"
    if words.upos:
        listed = f"upos IN ({', '.join(_quoted(name.upper()) for name in words.upos)})"
    if not words.stop_words:
        listed += " AND NOT is_stop"
    spelled = as_relation(tokens).aggregate(f"{names}, count(*)::BIGINT AS n", names).filter(IS_WORD)
    grouped = spelled.project(f"{TERM[by]} AS term, {listed} AS listed, n").aggregate(
        "term, listed, sum(n)::BIGINT AS n", "term, listed"
    )
    rows = grouped.order("n DESC, term").fetchnumpy()
    terms, n, keep = (np.asarray(rows[name]) for name in ("term", "n", "listed"))
    keep = keep.astype(bool)
    if words.matching is not None:
        bare = [term.rpartition("/")[0] for term in terms] if by == "lemma_upos" else terms
        keep &= Filter(matching=words.matching).mask(pd.DataFrame({"term": bare}, dtype=object))
    counts = pd.Series(n[keep], index=pd.Index(terms[keep], dtype=object, name="term"), name="count", dtype="int64")
    return counts, int(n.sum())


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def terms_counted(spellings: pd.DataFrame) -> pd.Series[int]:
    """The counts of `spellings` (as `count_spellings` gives them) by term."""
    listed = spellings[spellings["listed"]]
    codes, terms = pd.factorize(listed["term"])
    weights = np.bincount(codes, weights=listed["count"].to_numpy(dtype=float), minlength=len(terms)).astype(np.int64)
    counts = pd.Series(weights, index=pd.Index(terms, dtype=object, name="term"), name="count")
    return counts.sort_index().sort_values(ascending=False, kind="stable")


@dataclass(frozen=True)
class Coded:
    """Tokens as numbers, in document order: about 16 bytes each."""

    spellings: pd.DataFrame
    """The distinct words; their columns as in `count_spellings`, without count, and code, the number of their term."""
    terms: npt.NDArray[np.object_]
    """The term of each code."""
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


def code_tokens(tokens: Tokens, *, by: By = "form", words: Filter = ALL) -> Coded:
    """Number terms, sentences and sections of `tokens`.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": ["1", "1", "2"], "form": ["Ел", "!", "ел"]})
    >>> coded = code_tokens(tokens)
    >>> coded.code.tolist(), coded.sentence.tolist()
    ([0, -1, 0], [0, 0, 1])
    """
    relation = as_relation(tokens)
    spellings = count_spellings(relation, by=by, words=words).drop(columns="count")
    codes, terms = pd.factorize(spellings["term"])
    spellings["code"] = codes
    columns = _columns(by, words)
    numbered = spellings[columns].assign(spelling=np.arange(len(spellings), dtype=np.int32))
    begins = "(lag({0}) OVER () IS DISTINCT FROM {0} OR lag(doc_id) OVER () IS DISTINCT FROM doc_id)"
    sentence, section = begins.format("sentence_id"), begins.format("section_id")
    same = " AND ".join(f"t.{name} = s.{name}" for name in columns)
    rows = _query(
        relation,
        f"SELECT coalesce(s.spelling, -1)::INT AS spelling, t.begins, t.enters FROM "
        f"(SELECT {', '.join(columns)}, {sentence} AS begins, {section} AS enters FROM coded_tokens) t LEFT JOIN numbered s ON {same}",
        numbered=numbered,
    ).fetchnumpy()
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
