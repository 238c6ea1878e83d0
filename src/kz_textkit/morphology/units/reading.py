"""What a unit finds: one reading of a token, and how it is made of a stem and its suffixes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from kz_textkit.morphology.lexicon import Entry, Lexicon
from kz_textkit.morphology.morphotactics import merge_feats, tails
from kz_textkit.morphology.phonology import attach

__all__ = ["Analyzer", "Ending", "Unit", "UnitReading", "Word", "endings", "inflected", "lemma_of", "whole"]


class Word(NamedTuple):
    """A syntactic word of a token that is more than one."""

    form: str
    lemma: str
    upos: str
    feats: str


class UnitReading(NamedTuple):
    """One reading, as a unit gives it."""

    lemma: str
    upos: str
    feats: str
    morphemes: tuple[tuple[str, str, str], ...]
    weight: float
    """Natural logarithm of a count, by and large: how much likelier than the other readings of the token."""
    known: bool
    """Whether the stem is in the dictionary."""
    unit: str
    words: tuple[Word, ...]


class Analyzer(Protocol):
    """What a unit may ask the analyser that it belongs to."""

    lexicon: Lexicon

    def dictionary_readings(self, word: str) -> list[UnitReading]:
        """Readings of a word as a stem of the dictionary with suffixes."""

    def guesses(self, word: str) -> list[UnitReading]:
        """Readings of a word whose stem nobody knows."""

    def readings(self, word: str) -> list[UnitReading]:
        """All readings of a token, in no order; never none."""


class Unit(Protocol):
    """A link of the chain."""

    score: str
    """What the weight of its readings is, in a line for people."""

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token, given what the units before have found."""


def whole(word: str, upos: str, feats: str, weight: float, known: bool, unit: str, *, tag: str = "", lemma: str = "") -> UnitReading:
    """A reading of a token that has no suffixes; `tag` names its one morpheme, where that is not its part of speech."""
    lemma = lemma or word
    return UnitReading(lemma, upos, feats, ((word, tag or upos, lemma),), weight, known, unit, ())


class Ending(NamedTuple):
    """One reading of a string of suffix letters after a stem of some part of speech."""

    upos: str
    """That of the whole word."""
    feats: str
    """UD features of the whole word."""
    derived: bool
    """Whether it makes a new lemma."""
    lemma: str
    """Suffix letters that belong to the lemma."""
    second: Word | None
    """The syntactic word that the last suffix is."""
    morphemes: tuple[tuple[str, str, str], ...]
    cost: float


@lru_cache(maxsize=1 << 15)
def endings(state: str, context: str, letters: str, upos: str, feats: str) -> tuple[Ending, ...]:
    """What `tails` reads, after stems of this part of speech with these features.

    >>> [(ending.upos, ending.feats) for ending in endings("CASE", "bR", "дан", "NOUN", "Number=Plur")]
    [('NOUN', 'Case=Abl|Number=Plur')]
    """
    return tuple(
        Ending(
            tail.upos or upos,
            merge_feats("" if tail.upos else feats, tail.feats),
            bool(tail.upos),
            tail.lemma,
            Word(*tail.word.split("/", 3)) if tail.word else None,
            tail.morphemes,
            tail.cost,
        )
        for tail in tails(state, context, letters)
    )


def lemma_of(entry: Entry, stem: str, head: str, letters: str) -> str:
    """The lemma that suffix letters make of an entry with a stem that is written `head`.

    >>> lemma_of(Entry("қорық", "VERB", "", "V", 5.0, "own"), "қорық", "қорқ", "ушы")
    'қорқушы'
    """
    if not letters:
        return entry.lemma
    # қорқушы, not қорығушы: the stem has lost its vowel in this word, so it has in the lemma
    reduced = head if len(head) + 1 == len(stem) and head[-1:] == stem[-1:] and stem[-2] in "ыі" else ""
    return attach(entry.lemma, letters, verb=entry.upos in ("VERB", "AUX"), reduced=reduced)


def inflected(word: str, entry: Entry, stem: str, head: str, ending: Ending, weight: float, known: bool, unit: str) -> UnitReading:
    """A reading of a word as a stem (written `head` in it) with suffixes; `weight` is lessened by the cost of the suffixes."""
    upos, feats, derived, letters, second, suffixes, cost = ending
    lemma = lemma_of(entry, stem, head, letters) if letters else entry.lemma
    if derived and entry.upos == "PROPN":
        lemma = lemma.lower()
    morphemes = ((word[: len(head)], entry.upos, entry.lemma), *suffixes)
    words: tuple[Word, ...] = ()
    if second is not None:
        words = (Word(word[: len(word) - len(second.form)], lemma, upos, feats), second)
    return UnitReading(lemma, upos, feats, morphemes, weight - cost, known, unit, words)
