"""N-grams: sequences of words that recur. They cross neither sentences nor marks of punctuation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from kz_textkit.errors import UsageError
from kz_textkit.stats.counting import ALL, Filter, Numbers, Tokens, as_stream, by_count, columns_of, named_terms
from kz_textkit.stats.streaming import Stretch, Tally, stretches
from kz_textkit.stats.terms import DECIMALS, NO_CAPITALS, PER_MILLION, By, Spellings, make_terms, which_are_words

__all__ = ["ngrams"]

LONGEST = 10
AT_ONCE = 30_000_000
"""Words of a corpus whose pairs are all held at once."""
PENDING = 4_000_000
"""Pairs that wait to be added up."""


def ngrams(
    tokens: Tokens,
    *,
    sizes: tuple[int, int] = (2, 3),
    by: By = "form",
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    gaps: bool = False,
    min_count: int = 2,
) -> pd.DataFrame:
    """The n-grams of `sizes` (shortest, longest) that occur `min_count` times or more, the commonest first.

    All their words pass the filter `words`, but its regular expression is for the n-gram. With `gaps`, stop words may stand between
    them and are left out of the n-gram: `билік және саясат` is an occurrence of `билік саясат`. The columns are ngram (terms with a
    space between them), n, count, per_million (of the words of `tokens`), sections and documents.

    Raises `UsageError` for sizes that make no sense.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": list("11122"), "is_stop": [0, 1, 0, 0, 0],
    ...     "form": ["Билік", "пен", "саясат", "билік", "саясат"]}).astype({"is_stop": bool})
    >>> ngrams(tokens, sizes=(2, 2), gaps=True)[["ngram", "count"]].values.tolist()
    [['билік саясат', 2]]
    """
    shortest, longest = sizes
    if not 1 <= shortest <= longest <= LONGEST:
        raise UsageError(f"n-grams have from 1 to {LONGEST} words, the first number being the smaller one")
    if gaps:
        words = Filter(upos=words.upos, stop_words=False, matching=words.matching)
    with TemporaryFile() as file:
        words_of = _Words(file, tokens, by, Filter(upos=words.upos, stop_words=words.stop_words), shown, gaps, min_count)
        tables = [table for table in _levels(words_of, longest, min_count) if len(table)]
    found = [table for table in tables if table["n"].iloc[0] >= shortest]
    table = pd.concat(found, ignore_index=True) if found else _EMPTY.copy()
    if words.matching is not None:
        table = table[words.matches(table["ngram"].tolist())]
    table.insert(3, "per_million", (table["count"] * PER_MILLION / max(words_of.size, 1)).round(DECIMALS))
    return by_count(table, "ngram", "count")


_EMPTY = pd.DataFrame(
    {"ngram": pd.Series(dtype=object), **{name: pd.Series(dtype="int64") for name in ("n", "count", "sections", "documents")}}
)


class _Piece(NamedTuple):
    """The words of some documents, without those that are passed over."""

    word: Numbers
    """Number of the term of each; -1 for marks, and for words that no n-gram has."""
    sentence: Numbers
    section: Numbers
    document_of_section: Numbers


class _Words:
    """The words of the tokens as numbers, in a file, so that each length of n-grams can pass over them again.

    Terms that are rarer than an n-gram has to be are in none, and have no number.
    """

    def __init__(self, file: IO[bytes], tokens: Tokens, by: By, words: Filter, shown: Spellings, gaps: bool, min_count: int) -> None:
        self._file, self._shapes = file, list[tuple[int, int]]()
        self.size = 0
        """Words in all."""
        number: dict[str, int] = {}
        counts = Tally(["term"], ["n"])
        names = list(dict.fromkeys([*columns_of(by, words), *(["is_stop"] if gaps else [])]))
        for stretch in stretches(as_stream(tokens), names, ["doc_id", "section_id", "sentence_id"]):
            self._keep(stretch, by, words, shown, gaps, number, counts)
        table = counts.table()
        often = table.filter(pc.field("n") >= min_count)["term"].to_pylist()
        self.terms = np.array(often, dtype=object)
        self._renumbered = np.full(len(number) + 1, -1, dtype=np.int64)
        self._renumbered[[number[term] for term in often]] = np.arange(len(often))

    def __iter__(self) -> Iterator[_Piece]:
        self._file.seek(0)
        for length, sections in self._shapes:
            word, sentence, section = (self._read(length) for _ in range(3))
            yield _Piece(self._renumbered[word], sentence, section, self._read(sections))

    def _keep(
        self, stretch: Stretch, by: By, words: Filter, shown: Spellings, gaps: bool, number: dict[str, int], counts: Tally
    ) -> None:
        types = stretch.types
        is_one = which_are_words(types["form"])
        self.size += int(stretch.counts[is_one].sum())
        listed = is_one & words.lists(types)
        here = np.flatnonzero(listed).tolist()
        values = {name: [column[i] for i in here] for name, column in types.items()}
        bare = make_terms(values["form"], values["lemma"] if by != "form" else None)
        code, terms = pd.factorize(pd.Series(named_terms(bare, values, by, shown), dtype=object))
        known = np.array([number.setdefault(term, len(number)) for term in terms.tolist()], dtype=np.int64)
        counts.add({"term": terms, "n": np.bincount(code, weights=stretch.counts[here], minlength=len(terms)).astype(np.int64)})
        number_of = np.full(stretch.size, -1, dtype=np.int64)
        number_of[listed] = known[code]
        kept = ~(is_one & np.array(types["is_stop"], dtype=bool))[stretch.type_of] if gaps else slice(None)
        columns = (number_of[stretch.type_of][kept], stretch.sentence[kept], stretch.section[kept])
        self._shapes.append((len(columns[0]), len(stretch.document_of_section)))
        for column in (*columns, stretch.document_of_section):
            self._file.write(np.ascontiguousarray(column, dtype=np.int32).tobytes())

    def _read(self, length: int) -> Numbers:
        return np.frombuffer(self._file.read(4 * length), dtype=np.int32).astype(np.int64)


def _levels(words: _Words, longest: int, min_count: int) -> Iterator[pd.DataFrame]:
    """The n-grams of each length that are frequent enough. One that is begins with one that is, so the others are dropped."""
    lengths: list[pd.Index[int]] = []
    members = np.arange(len(words.terms), dtype=np.int64)[:, np.newaxis]
    for n in range(1, longest + 1):
        if n > 1:
            keys = _frequent_pairs(words, lengths, min_count)
            lengths.append(pd.Index(keys))
            width = max(len(words.terms), 1)
            members = np.column_stack([members[keys // width], keys % width])
        counts, sections, documents = _ranges(words, lengths, len(members))
        texts = [" ".join(row) for row in words.terms[members]]
        yield pd.DataFrame(
            {"ngram": pd.Series(texts, dtype=object), "n": n, "count": counts, "sections": sections, "documents": documents}
        )
        if not len(members):
            return


def _followed(piece: _Piece, lengths: Sequence[pd.Index[int]], width: int) -> tuple[Numbers, Numbers]:
    """Where the n-grams of the last of the lengths begin, and which they are."""
    start = np.flatnonzero(piece.word >= 0)
    gram = piece.word[start]
    for n, keys in enumerate(lengths, 2):
        start, key = _prolonged(piece, start, gram, n, width)
        gram = keys.get_indexer(pd.Index(key))
        start, gram = start[gram >= 0], gram[gram >= 0]
    return start, gram


def _prolonged(piece: _Piece, start: Numbers, gram: Numbers, n: int, width: int) -> tuple[Numbers, Numbers]:
    """Where n-grams can be prolonged to `n` words, and what they become: number of the shorter one and of the word."""
    end = start + n - 1
    inside = end < len(piece.word)
    start, gram, end = start[inside], gram[inside], end[inside]
    going_on = (piece.word[end] >= 0) & (piece.sentence[end] == piece.sentence[start])
    return start[going_on], gram[going_on] * width + piece.word[end[going_on]]


def _frequent_pairs(words: _Words, lengths: Sequence[pd.Index[int]], min_count: int) -> Numbers:
    """The n-grams, one word longer than the last of the lengths, that are frequent enough; in the order of their numbers."""
    width, n = max(len(words.terms), 1), len(lengths) + 2
    passes = max(-(-words.size // AT_ONCE), 1)
    found = []
    for turn in range(passes):
        # Of a large corpus, some words at a time: what stands once only is the most, and has to be held until the end.
        sums = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        waiting: list[tuple[Numbers, Numbers]] = []
        for piece in words:
            _, keys = _prolonged(piece, *_followed(piece, lengths, width), n, width)
            if passes > 1:
                keys = keys[keys % passes == turn]
            waiting.append(np.unique(keys, return_counts=True))
            if sum(len(one) for one, _ in waiting) > PENDING + len(sums[0]):
                sums, waiting = _added_up([sums, *waiting]), []
        keys, counts = _added_up([sums, *waiting])
        found.append(keys[counts >= min_count])
    return np.sort(np.concatenate(found))


def _added_up(pieces: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    keys, counts = (np.concatenate(columns) for columns in zip(*pieces, strict=True))
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return keys[begins], np.add.reduceat(counts, begins) if len(begins) else counts


def _ranges(words: _Words, lengths: Sequence[pd.Index[int]], grams: int) -> tuple[Numbers, Numbers, Numbers]:
    """How often each n-gram occurs, in how many sections, and in how many documents."""
    counts = np.zeros((3, grams), dtype=np.int64)
    for piece in words:
        start, gram = _followed(piece, lengths, max(len(words.terms), 1))
        in_sections = pd.unique(piece.section[start] * grams + gram)
        in_documents = pd.unique(piece.document_of_section[in_sections // max(grams, 1)] * grams + in_sections % max(grams, 1))
        for row, which in enumerate((gram, in_sections % max(grams, 1), in_documents % max(grams, 1))):
            counts[row] += np.bincount(which, minlength=grams)
    return counts[0], counts[1], counts[2]
