"""N-grams: sequences of words that recur. They cross neither sentences nor marks of punctuation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kz_textkit.errors import UsageError
from kz_textkit.stats.counting import ALL, Coded, Filter, Mask, Numbers, Tokens, by_count, code_tokens, count_pairs
from kz_textkit.stats.terms import DECIMALS, NO_CAPITALS, PER_MILLION, By, Spellings

__all__ = ["ngrams"]

LONGEST = 10


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
    of_words = Filter(upos=words.upos, stop_words=words.stop_words)
    coded = code_tokens(tokens, by=by, words=of_words, shown=shown)
    chain = _Chain(coded, _passed_over(coded) if gaps else np.zeros(len(coded.code), dtype=bool))
    size = max(int((coded.code >= 0).sum()), 1)
    found = [table for n in range(1, longest + 1) if (table := chain.table(n, min_count)) is not None and n >= shortest]
    table = pd.concat(found, ignore_index=True) if found else _EMPTY.copy()
    if words.matching is not None:
        table = table[words.matches(table["ngram"].tolist())]
    table.insert(3, "per_million", (table["count"] * PER_MILLION / size).round(DECIMALS))
    return by_count(table, "ngram", "count")


_EMPTY = pd.DataFrame(
    {"ngram": pd.Series(dtype=object), **{name: pd.Series(dtype="int64") for name in ("n", "count", "sections", "documents")}}
)


def _passed_over(coded: Coded) -> Mask:
    """Of each token, whether it is a stop word."""
    return np.append(coded.spellings["is_stop"].to_numpy(dtype=bool), False)[coded.spelling]


class _Chain:
    """The words that n-grams are made of, and the n-grams that begin at each of them, one word longer each time.

    An n-gram that is frequent enough begins with one that is, so the others are dropped at each length.
    """

    def __init__(self, coded: Coded, passed_over: Mask) -> None:
        kept = ~passed_over
        self.coded = coded
        self.word = np.where(coded.listed, coded.code, -1)[kept]
        self.sentence = coded.sentence[kept]
        self.section, self.document = coded.section[kept], coded.document[kept]
        self.n = 0
        self.start: Numbers = np.flatnonzero(self.word >= 0)
        self.gram: Numbers = np.zeros(len(self.start), dtype=np.int64)
        self.members: Numbers = np.zeros((1, 0), dtype=np.int64)
        """Codes of the words of each n-gram, a row each."""

    def table(self, n: int, min_count: int) -> pd.DataFrame | None:
        """The n-grams of the next length, which is `n`."""
        end = self.start + n - 1
        inside = end < len(self.word)
        start, gram, end = self.start[inside], self.gram[inside], end[inside]
        going_on = (self.word[end] >= 0) & (self.sentence[end] == self.sentence[start])
        start, gram, end = start[going_on], gram[going_on], end[going_on]
        before, last, counts = count_pairs(gram, self.word[end])
        often = counts >= min_count
        width = int(self.word.max(initial=0)) + 1
        keys = before[often] * width + last[often]
        wanted = gram * width + self.word[end]
        place = np.searchsorted(keys, wanted)
        known = place < len(keys)
        known[known] = keys[place[known]] == wanted[known]
        self.start, self.gram = start[known], place[known]
        self.members = np.column_stack([self.members[before[often]], last[often]])
        if not len(keys):
            return None
        terms = self.coded.terms[self.members]
        return pd.DataFrame(
            {
                "ngram": [" ".join(row) for row in terms],
                "n": n,
                "count": counts[often],
                "sections": self._range(self.section, len(keys)),
                "documents": self._range(self.document, len(keys)),
            }
        )

    def _range(self, part: np.ndarray, grams: int) -> Numbers:
        gram, _, _ = count_pairs(self.gram, part[self.start])
        return np.bincount(gram, minlength=grams)
