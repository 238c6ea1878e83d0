r"""What a term is: the one place that says which tokens are words, which words are counted, and how a term is written.

Words
    Tokens with a letter or a digit in them. Not counted are words of tables of contents, which repeat the titles of the text, of
    program code, the numbers and letters that list items begin with (`3.`, `а)`), and words of other languages: of blocks in them, and
    single ones, where the tokens have a column `language` (`counted_tokens`).

Terms
    `form`: the form of a word in lower case (`fold_case`); `lemma`: its lemma, or where it was not analysed its form in lower case;
    `lemma_upos`: that with its part of speech, so that homographs are apart: `ал/VERB` and `ал/CCONJ`.

Spelling
    `Билік` at the beginning of a sentence, `БИЛІК` in a title and `билік` are one term. A form is shown in lower case, unless the text
    only ever capitalises it where it need not: in the middle of a sentence that is not all in capitals, and not after a point, a colon
    or an opening quotation mark. So `Қазақстан` and `БҰҰ`
    keep their capitals, and `сондықтан` loses the one it has at the beginning of its sentences (`shown_spellings`). What a term is
    called is decided by the whole corpus, so that it is called the same in each part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import regex

from kz_textkit.errors import UsageError
from kz_textkit.stats.sql import sql_list, sql_string
from kz_textkit.stats.streaming import Stretch, Tally, TokenStream, stretches

__all__ = [
    "COLUMNS",
    "FOLDED",
    "IS_WORD",
    "PER_MILLION",
    "TERM",
    "By",
    "Spellings",
    "chosen_spellings",
    "counted_tokens",
    "fold_case",
    "fold_cases",
    "make_terms",
    "per_million",
    "query_over",
    "shown_spellings",
    "term_columns",
    "uncounted_blocks",
    "uncounted_in_files",
    "which_are_words",
    "with_capitals_of_their_own",
    "words_and_small",
]

By = Literal["form", "lemma", "lemma_upos"]
Spellings: TypeAlias = Mapping[str, str]
"""How forms are shown, by the form in lower case; those that are not named are shown as they are."""
NO_CAPITALS: Spellings = MappingProxyType({})

COLUMNS = {"form": ["form"], "lemma": ["form", "lemma"], "lemma_upos": ["form", "lemma", "upos"]}
"""Columns that make a term."""

_WORD, _LETTER = regex.compile(r"[\p{L}\p{N}]"), regex.compile(r"\p{L}")
IS_WORD = r"regexp_matches(form, '[\p{L}\p{N}]')"
FOLDED = "replace(lower(form), 'i\u0307', 'i')"
TERM = {
    "form": FOLDED,
    "lemma": f"CASE WHEN lemma = '' THEN {FOLDED} ELSE lemma END",
    "lemma_upos": f"CASE WHEN lemma = '' THEN {FOLDED} ELSE lemma END || '/' || upos",
}
"""What makes a word and a term of it, as SQL on the columns of tokens."""

NOT_COUNTED_SECTIONS = ("contents",)
NOT_COUNTED_BLOCKS = ("toc_entry", "code")
LABELLED_BLOCKS = ("list_item", "question", "outline_item", "source", "note")
"""Kinds of blocks that begin with a number or letter of their own."""
LABEL = r"^[(\[]?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*[.)\]]|[IVXivxІХіх]{2,5}[.)\]]|\p{L}[)\]])"
"""That number or letter. A single letter with a point is an initial: `А. Байтұрсынұлы`."""
UNKNOWN_LANGUAGES = ("", "und")

PER_MILLION = 1e6
DECIMALS = 2
"""Decimals of a frequency per million words, everywhere."""


OPENING = (".", "!", "?", "…", ":", "(", "«", "“", "„", '"', "•")
"""Marks after which a word may have a capital that is not its own."""


def fold_case(word: str) -> str:
    """`word` in lower case; the Latin `İ` of Kazakh and Turkish becomes a plain `i`.

    >>> fold_case("ҮКІМЕТІНІҢ"), fold_case("İntellekt")
    ('үкіметінің', 'intellekt')
    """
    return word.lower().replace("i\u0307", "i")


def fold_cases(words: Sequence[str]) -> list[str]:
    """`fold_case` of many words at once: each of them would cost more than all of it.

    >>> fold_cases(["ҮКІМЕТІНІҢ", "İntellekt"])
    ['үкіметінің', 'intellekt']
    """
    folded = fold_case("\n".join(words)).split("\n") if words else []
    return folded if len(folded) == len(words) else [fold_case(word) for word in words]


def per_million(count: float, size: int) -> float:
    """How often something is in a million words, where it is `count` times in `size`.

    >>> per_million(1, 3)
    333333.33
    """
    return round(count * PER_MILLION / max(size, 1), DECIMALS)


def term_columns(by: str) -> list[str]:
    """The columns of tokens that make a term.

    Raises `UsageError` where there is no such way of counting.
    """
    if by not in COLUMNS:
        raise UsageError(f"there are no terms by {by}: choose one of {', '.join(COLUMNS)}")
    return COLUMNS[by]


def make_terms(forms: list[str], lemmas: list[str] | None = None, upos: list[str] | None = None) -> list[str]:
    """The terms of words: by form, or where they are given by lemma, and by lemma and part of speech. `TERM` says the same in SQL.

    >>> make_terms(["Ел", "Елге"]), make_terms(["Ел", "Елге"], ["", "ел"], ["X", "NOUN"])
    (['ел', 'елге'], ['ел/X', 'ел/NOUN'])
    """
    terms = fold_cases(forms) if lemmas is None else [lemma or fold_case(form) for lemma, form in zip(lemmas, forms, strict=True)]
    return terms if upos is None else [f"{term}/{tag}" for term, tag in zip(terms, upos, strict=True)]


def query_over(tokens: duckdb.DuckDBPyRelation, query: str) -> duckdb.DuckDBPyRelation:
    """The result of `query` over the relation, which it calls `kz_tokens`."""
    result = tokens.query("kz_tokens", query)
    assert result is not None, "a SELECT has a result"
    return result


def which_are_words(forms: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which tokens are words: they have a letter or a digit. `IS_WORD` says the same in SQL.

    >>> which_are_words(["ел", "2-ші", "–", ""]).tolist()
    [True, True, False, False]
    """
    search = _WORD.search
    return np.array([form.isalpha() or search(form) is not None for form in forms], dtype=bool)


def shown_spellings(tokens: duckdb.DuckDBPyRelation | TokenStream) -> Spellings:
    """The forms that are shown with capitals, by the form in lower case, from the tokens of a whole corpus in text order.

    `tokens` have the columns doc_id, sentence_id and form.

    >>> form = "Біз Қазақстан туралы айттық . Қазақстан БҰҰ мүшесі . Сондықтан ол келді .".split()
    >>> sentence = [*"11111", *"2222", *"3333"]
    >>> rows = duckdb.values(*[("d", n, word) for n, word in zip(sentence, form)])
    >>> dict(shown_spellings(rows.project("col0 AS doc_id, col1 AS sentence_id, col2 AS form")))
    {'бұұ': 'БҰҰ', 'қазақстан': 'Қазақстан'}
    """
    small, evidence = Tally(["term"], ["n"]), Tally(["form"], ["n"])
    for stretch in stretches(tokens, ["form"], ["doc_id", "sentence_id"]):
        forms = stretch.types["form"]
        words, is_small = words_and_small(forms)
        here = np.flatnonzero(is_small).tolist()
        small.add({"term": [forms[i] for i in here], "n": np.ones(len(here), dtype=np.int64)})
        counts = np.bincount(with_capitals_of_their_own(stretch, words, is_small), minlength=len(forms))
        here = np.flatnonzero(counts).tolist()
        evidence.add({"form": [forms[i] for i in here], "n": counts[here]})
    return chosen_spellings(small.table()["term"], evidence.table())


def words_and_small(forms: Sequence[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which forms are words, and which of these are in lower case.

    >>> [one.tolist() for one in words_and_small(["Ел", "ел", "–"])]
    [[True, True, False], [False, True, False]]
    """
    words = which_are_words(forms)
    return words, words & (np.array(forms, dtype=object) == np.array(fold_cases(forms), dtype=object)).astype(bool)


def chosen_spellings(small: pa.ChunkedArray, evidence: pa.Table) -> Spellings:
    """How forms are shown, of the words that the text has in lower case, and of how often each other `form` stands (`n`) where it need
    not have a capital.
    """
    terms = fold_cases(evidence["form"].to_pylist())
    is_name = ~pc.is_in(pa.array(terms, pa.string()), small.combine_chunks()).to_numpy(zero_copy_only=False)
    best: dict[str, tuple[int, str]] = {}
    for term, form, n, named in zip(terms, evidence["form"].to_pylist(), evidence["n"].to_pylist(), is_name.tolist(), strict=True):
        if named:
            best[term] = min(best.get(term, (-n, form)), (-n, form))
    return {term: form for term, (_, form) in sorted(best.items())}


def with_capitals_of_their_own(stretch: Stretch, words: np.ndarray, is_small: np.ndarray) -> np.ndarray:
    """The types of the words with capitals in the middle of a sentence that has words without."""
    forms = stretch.types["form"]
    opening = np.array([form in OPENING for form in forms], dtype=bool)
    letters = is_small & np.array([_LETTER.search(form) is not None for form in forms], dtype=bool)
    sentence = stretch.sentence
    is_prose = np.zeros(int(sentence[-1]) + 1, dtype=bool)
    is_prose[sentence[letters[stretch.type_of]]] = True
    at = np.flatnonzero(words[stretch.type_of])
    after_opening = np.append(False, opening[stretch.type_of][:-1])[at]
    first = after_opening | np.append(True, sentence[at][1:] != sentence[at][:-1])[: len(at)]
    kind = stretch.type_of[at]
    found: np.ndarray = kind[~first & ~is_small[kind] & is_prose[sentence[at]]]
    return found


def counted_tokens(
    tokens: duckdb.DuckDBPyRelation,
    blocks: duckdb.DuckDBPyRelation,
    sections: duckdb.DuckDBPyRelation,
    *,
    languages: Collection[str] = ("kk",),
    asked: Collection[str] = (),
) -> duckdb.DuckDBPyRelation:
    """The `tokens` whose words are counted, with the marks between them, in their order; words of other languages have no form.

    `blocks` and `sections` are those of the same corpus; `languages` are those whose words are counted, beside words of unknown
    language; `asked` are kinds of blocks and sections that are counted because someone asked for them.
    """
    out = uncounted_blocks(blocks, sections, languages=languages, asked=asked)
    known = sql_list([*UNKNOWN_LANGUAGES, *languages])
    if "language" in tokens.columns:
        # They stay as marks, so that what stands on either side of them is not taken for neighbours.
        is_ours = f"language IS NULL OR language IN {known}"
        tokens = tokens.project(f"* REPLACE (CASE WHEN {is_ours} THEN form ELSE '' END AS form)")
    here = "t.doc_id = u.doc_id AND t.block_id = u.block_id AND t.start < u.counted_from"
    return tokens.set_alias("t").join(out.set_alias("u"), here, how="anti")


def uncounted_blocks(
    blocks: duckdb.DuckDBPyRelation,
    sections: duckdb.DuckDBPyRelation,
    *,
    languages: Collection[str] = ("kk",),
    asked: Collection[str] = (),
) -> duckdb.DuckDBPyRelation:
    """The blocks whose words are not counted, or not all: doc_id, block_id, and counted_from, the place in their text from which
    on they are counted. A block may be named twice; the later place holds. The arguments are those of `counted_tokens`."""
    in_sections, begins = _left_out(languages, asked, has_language="language" in blocks.columns)
    out = blocks.project(f"doc_id, block_id, {begins} AS counted_from").filter("counted_from > 0")
    if in_sections:
        contents = sections.filter(f"kind IN {sql_list(in_sections)}").project("doc_id, section_id").set_alias("c")
        inside = blocks.set_alias("b").join(contents, "b.doc_id = c.doc_id AND b.section_id = c.section_id", how="semi")
        out = out.union(inside.project(f"doc_id, block_id, {EVERYTHING} AS counted_from"))
    return out


def uncounted_in_files(
    connection: duckdb.DuckDBPyConnection,
    blocks: str,
    sections: str,
    *,
    languages: Collection[str] = ("kk",),
    asked: Collection[str] = (),
) -> pa.Table:
    """The same of the blocks and sections in two Parquet files, in one query: of many small files, making it costs most."""
    in_sections, begins = _left_out(languages, asked)
    rows, tree = (f"read_parquet({sql_string(path)})" for path in (blocks, sections))
    query = f"SELECT doc_id, block_id, {begins} AS counted_from FROM {rows} WHERE counted_from > 0"
    if in_sections:
        contents = f"SELECT doc_id, section_id FROM {tree} WHERE kind IN {sql_list(in_sections)}"
        query += f" UNION ALL SELECT doc_id, block_id, {EVERYTHING} FROM {rows} SEMI JOIN ({contents}) USING (doc_id, section_id)"
    return connection.sql(query).to_arrow_table()


def _left_out(languages: Collection[str], asked: Collection[str], *, has_language: bool = True) -> tuple[list[str], str]:
    """The kinds of sections that are not counted, and where in the text of a block counting begins, as SQL."""
    in_sections = [kind for kind in NOT_COUNTED_SECTIONS if kind not in asked]
    whole = [kind for kind in NOT_COUNTED_BLOCKS if kind not in asked]
    known = sql_list([*UNKNOWN_LANGUAGES, *languages])
    foreign = f"WHEN language NOT IN {known} THEN {EVERYTHING}" if has_language else ""
    return in_sections, f"CASE {_when(whole)} {foreign} {_when_labelled()} ELSE 0 END"


EVERYTHING = 1 << 40


def _when(kinds: Collection[str]) -> str:
    return f"WHEN kind IN {sql_list(kinds)} THEN {EVERYTHING}" if kinds else ""


def _when_labelled() -> str:
    return f"WHEN kind IN {sql_list(LABELLED_BLOCKS)} THEN length(regexp_extract(text, '{LABEL}'))"
