"""The analyser: from a word to its ranked readings, and from a lemma and features to the word.

A chain of units, as in pymorphy: dictionary words with their suffixes, words with a hyphen, numbers, abbreviations, punctuation,
words of other alphabets, names, and last the guess from suffixes alone (`units`). Each reading says which unit found it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kz_textkit.morphology.generation import forms_of, usual
from kz_textkit.morphology.lexicon import START_STATES, Entry, Lexicon, load, surname_gender
from kz_textkit.morphology.units import DEFAULT_UNITS, Chain
from kz_textkit.morphology.units.guess import guesses
from kz_textkit.morphology.units.letters import HYPHENS, is_plain
from kz_textkit.morphology.units.lookup import dictionary_readings, surely_counts
from kz_textkit.morphology.units.reading import UnitReading, Word
from kz_textkit.morphology.user_words import UserWord, entry_of

__all__ = ["Analysis", "MorphAnalyzer", "Word"]


class Analysis(NamedTuple):
    """One reading of a token."""

    form: str
    lemma: str
    upos: str
    feats: str
    """UD features, `Case=Nom|Number=Plur`; empty for none."""
    morphemes: tuple[tuple[str, str, str], ...]
    """(surface, tag, underlying form) of the stem and each suffix."""
    score: float
    """Share among the readings of the same token, 0 to 1."""
    known: bool
    """Whether the stem is in the dictionary."""
    unit: str
    """What found it: `dictionary`, `hyphen`, `number`, `abbreviation`, `name`, `foreign`, `punctuation`, `phrase`,
    `spelling` (a known stem with a suffix of the wrong row or shape), `guess`."""
    words: tuple[Word, ...] = ()
    """The syntactic words, where the token is more than one; lemma, upos and feats above are those of the first."""


class MorphAnalyzer:
    """Kazakh morphological analyser.

    `without` names sources of the dictionary to leave out (`kz_textkit.morphology.lexicon.SOURCES`); `words` are the user's own;
    `units` is the chain of units that are asked (`kz_textkit.morphology.units`).

    >>> morph = MorphAnalyzer()
    >>> best = morph.parse("балаларымызға")[0]
    >>> best.lemma, best.upos, best.feats
    ('бала', 'NOUN', 'Case=Dat|Number=Plur|Number[psor]=Plur|Person[psor]=1')
    """

    def __init__(self, *, without: Collection[str] = (), words: Iterable[UserWord] = (), units: Chain = DEFAULT_UNITS) -> None:
        self.lexicon: Lexicon = load(without)
        self.units = units
        for word in words:
            self.lexicon.add(word.lemma, entry_of(word))

    def parse(self, word: str) -> list[Analysis]:
        """Readings of a token, the likeliest first; never none.

        >>> [m[1] for m in MorphAnalyzer().parse("оқиды")[0].morphemes]
        ['VERB', 'PRES', '3']
        """
        return [
            Analysis(word, r.lemma, r.upos, r.feats, r.morphemes, share, r.known, r.unit, r.words) for r, share in self.ranked(word)
        ]

    def ranked(self, word: str) -> list[tuple[UnitReading, float]]:
        """Readings of a token, each once, with their shares, the likeliest first; never none."""
        found = self.readings(word)
        if len(found) == 1:
            return [(found[0], 1.0)]
        best: dict[tuple[str, str, str, tuple[Word, ...]], UnitReading] = {}
        for reading in found:
            lemma, upos, feats, _, weight, _, _, words = reading
            key = (lemma, upos, feats, words)
            other = best.get(key)
            if other is None or weight > other[4]:
                best[key] = reading
        found = sorted(best.values(), key=_rank)
        top = found[0].weight
        shares = [math.exp(max(reading[4] - top, -20.0)) for reading in found]
        total = sum(shares)
        return [(reading, round(share / total, 6)) for reading, share in zip(found, shares, strict=True)]

    def readings(self, word: str) -> list[UnitReading]:
        """All readings of a token, in no order; never none."""
        if not is_plain(word):
            word = word.translate(HYPHENS)
            for unit in self.units.marked:
                if own := unit.read(word, (), self):
                    return own
        found: list[UnitReading] = []
        for unit in self.units.words:
            found += unit.read(word, found, self)
        if not found or all(reading.upos == "PROPN" and not reading.known for reading in found):
            for unit in self.units.last_resorts:
                found += unit.read(word, found, self)
        return found

    def dictionary_readings(self, word: str) -> list[UnitReading]:
        """Readings of a word as a stem of the dictionary with suffixes; none if it has none."""
        return dictionary_readings(word, self.lexicon)

    def surely_counts(self, word: str, least: float) -> bool:
        """Whether the counts that the weights of `dictionary_readings` stand for come to `least` at any rate; False may mean no more
        than that it can't be seen at a glance. The word is in small letters."""
        return surely_counts(word, least, self.lexicon)

    def guesses(self, word: str) -> list[UnitReading]:
        """Readings of a word whose stem nobody knows."""
        return guesses(word)

    def generate(self, lemma: str, upos: str, feats: str) -> list[str]:
        """Forms of a lemma with these features, the usual one first; empty where the paradigm has none.

        >>> MorphAnalyzer().generate("кітап", "NOUN", "Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3")
        ['кітабы']
        """
        stems = [(stem, entry) for stem, entry in self.lexicon.of_lemma(lemma) if entry.upos == upos]
        if not stems:
            state = START_STATES.get(upos)
            if state is None:
                return []
            stems = [(lemma, Entry(lemma, upos, surname_gender(lemma) if upos == "PROPN" else "", state, 0.0, "guess"))]
        forms: dict[str, float] = {}
        for stem, entry in stems:
            for form, found, cost in forms_of(stem, entry, self.lexicon):
                if found == feats and cost < forms.get(form, math.inf):
                    forms[form] = cost
        return usual(forms)

    def paradigm(self, lemma: str, upos: str | None = None) -> list[tuple[str, str, str]]:
        """All forms of a lemma, as (form, UPOS, features); of each part of speech that the dictionary knows it as.

        >>> ("балаға", "NOUN", "Case=Dat") in MorphAnalyzer().paradigm("бала")
        True
        """
        cells: dict[tuple[str, str], dict[str, float]] = {}
        for stem, entry in self.lexicon.of_lemma(lemma):
            if upos in (None, entry.upos) and entry.upos != "X":
                for form, feats, cost in forms_of(stem, entry, self.lexicon):
                    forms = cells.setdefault((entry.upos, feats), {})
                    forms[form] = min(cost, forms.get(form, math.inf))
        return [(form, found, feats) for (found, feats), forms in cells.items() for form in usual(forms)]


def _rank(reading: UnitReading) -> tuple[float, str, str, str]:
    return -reading.weight, reading.upos, reading.lemma, reading.feats
