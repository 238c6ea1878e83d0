"""Term frequencies: how often each word occurs, per million words, and in how many sections.

What is counted is *words*: tokens with a letter or a digit in them. A table of contents repeats the titles of the text, so whoever
calls leaves it out (`Corpus.words` does).

Upper and lower case
    `Билік` at the beginning of a sentence, `БИЛІК` in a title and `билік` are one term. It is shown in lower case, unless the text
    only ever capitalises it where it need not: in the middle of a sentence that is not all in capitals. So `Қазақстан` and `БҰҰ`
    keep their capitals, and `сондықтан` loses the one it has at the beginning of its sentences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Literal

import numpy as np
import pandas as pd

from kz_textkit.stats.counting import fold_case

__all__ = ["FREQUENCY_COLUMNS", "TermCounter", "fold_case", "term_frequencies"]

FREQUENCY_COLUMNS = {
    "form": ["form", "count", "per_million", "sections"],
    "lemma": ["lemma", "count", "per_million", "sections", "forms"],
}
"""Columns of a frequency list of forms and of one of lemmas."""

FORMS_SHOWN = 12
"""Forms that are listed with a lemma, the commonest first."""


def term_frequencies(tokens: pd.DataFrame, *, by: Literal["form", "lemma"] = "form") -> pd.DataFrame:
    """The terms of `tokens`, the commonest first.

    `tokens` has the columns doc_id, section_id, sentence_id and form, and for lemmas lemma, in text order. The result has the columns
    form, count, per_million (of the words counted) and sections (in how many of them the term occurs); a list of lemmas has lemma in
    the place of form, and the forms of each with their counts. Words that were not analysed stand under their own form.

    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s1", "sentence_id": "n1", "form": ["Бала", "бала", "мен", "Асан", "."]})
    >>> print(term_frequencies(tokens).to_string(index=False))
    form  count  per_million  sections
    бала      2     500000.0         1
    Асан      1     250000.0         1
     мен      1     250000.0         1
    """
    counter = TermCounter(by=by)
    counter.add(tokens)
    return counter.table()


class TermCounter:
    """Counts terms over any number of documents, in memory that grows with the vocabulary alone."""

    def __init__(self, *, by: Literal["form", "lemma"] = "form") -> None:
        self.by = by
        self._counts: Counter[str] = Counter()
        self._sections: Counter[str] = Counter()
        self._lower: set[str] = set()
        self._capitalised: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, tokens: pd.DataFrame) -> None:
        """Count whole sections: a section that comes in two turns is counted twice."""
        spellings, spelling = _codes(tokens["form"])
        is_word = np.array([any(map(str.isalnum, s)) for s in spellings], dtype=bool)[spelling]
        tokens, spelling = tokens[is_word], spelling[is_word]
        if tokens.empty:
            return
        forms = np.array([fold_case(s) for s in spellings], dtype=object)
        keys, key = np.unique(forms, return_inverse=True)
        key = key[spelling]
        self._note_case(tokens, spellings, spelling, forms)
        if self.by == "lemma":
            folded = keys[key]
            lemmas = tokens["lemma"].to_numpy(dtype=object)
            terms = np.where(lemmas == "", folded, lemmas)
            for (term, form), count in Counter(zip(terms.tolist(), folded.tolist(), strict=True)).items():
                self._forms[term][form] += count
            keys, key = _codes(pd.Series(terms))
        self._add(self._counts, keys, key)
        sections = tokens.groupby(["doc_id", "section_id"], sort=False, observed=True).ngroup().to_numpy()
        self._add(self._sections, keys, np.unique(np.stack([sections, key]), axis=1)[1])

    def table(self) -> pd.DataFrame:
        """The terms counted so far, the commonest first, then in the order of the alphabet's code points."""
        total = sum(self._counts.values())
        rows = [(self._shown(term), count, round(count * 1e6 / total, 2), self._sections[term]) for term, count in self._counts.items()]
        table = pd.DataFrame(rows, columns=[self.by, "count", "per_million", "sections"])
        table = table.astype({"count": "int64", "per_million": "float64", "sections": "int64"})
        if self.by == "lemma":
            table["forms"] = [self._forms_of(term) for term in self._counts]
        return table.sort_values(["count", self.by], ascending=[False, True], ignore_index=True)[FREQUENCY_COLUMNS[self.by]]

    def _note_case(self, tokens: pd.DataFrame, spellings: np.ndarray, spelling: np.ndarray, forms: np.ndarray) -> None:
        """Note which words occur in lower case, and how the others are capitalised in mid-sentence."""
        is_lower = np.array([s == f for s, f in zip(spellings, forms, strict=True)], dtype=bool)
        used = np.zeros(len(spellings), dtype=bool)
        used[spelling] = True
        self._lower.update(forms[used & is_lower])
        sentence = tokens.groupby(["doc_id", "sentence_id"], sort=False, observed=True).ngroup().to_numpy()
        has_letters = np.array([any(map(str.isalpha, s)) for s in spellings], dtype=bool)
        in_prose = np.bincount(sentence, weights=(is_lower & has_letters)[spelling])[sentence] > 0
        is_first = np.diff(sentence, prepend=-1) != 0
        evidence = in_prose & ~is_first & ~is_lower[spelling]
        codes, counts = np.unique(spelling[evidence], return_counts=True)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
            self._capitalised[forms[code]][spellings[code]] += count

    def _shown(self, term: str) -> str:
        if self.by == "lemma" or term in self._lower or term not in self._capitalised:
            return term
        spellings = self._capitalised[term]
        return min(spellings, key=lambda s: (-spellings[s], s))

    def _forms_of(self, term: str) -> str:
        forms = sorted(self._forms[term].items(), key=lambda item: (-item[1], item[0]))
        more = f"; +{len(forms) - FORMS_SHOWN}" if len(forms) > FORMS_SHOWN else ""
        return "; ".join(f"{form} {count}" for form, count in forms[:FORMS_SHOWN]) + more

    @staticmethod
    def _add(counter: Counter[str], keys: np.ndarray, codes: np.ndarray) -> None:
        counts = np.bincount(codes, minlength=len(keys))
        counter.update({key: count for key, count in zip(keys.tolist(), counts.tolist(), strict=True) if count})


def _codes(values: pd.Series[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Distinct values, and for each value the number of it."""
    codes, distinct = pd.factorize(values)
    return np.asarray(distinct, dtype=object), codes
