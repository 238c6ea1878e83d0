"""Words of the dictionary, bare and with suffixes: the unit that reads most of running text."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from kz_textkit.morphology.lexicon import Entry, Lexicon
from kz_textkit.morphology.morphotactics import tails
from kz_textkit.morphology.phonology import UNVOICING_ENDS, VOICING, contexts, detach
from kz_textkit.morphology.suffix_automaton import parted, states_that_read
from kz_textkit.morphology.units.letters import CHANGING, VOWEL_LETTERS
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected

__all__ = ["CAPITAL", "NEXT_CONTEXT", "WITH_VOWEL", "Lookup", "dictionary_readings", "surely_counts", "unchanged"]

CAPITAL = 6.0
"""What a name without its capital costs."""
UNCHANGED = 2.0
"""What it costs that a stem has not changed its last sound before a vowel."""
WITH_VOWEL = 1.5
"""What it costs that a stem has not lost its narrow vowel."""
NEXT_CONTEXT = 0.5
"""What each further context of a stem costs that is less likely than the one before."""


class Lookup:
    """Reads a word as a stem of the dictionary with suffixes."""

    score = "logarithm of the stem's count, less the cost of the suffixes; 2 less where the stem should change, 6 for a name in small"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a word as a stem of the dictionary with suffixes; none if it has none."""
        return analyzer.dictionary_readings(word)


def dictionary_readings(word: str, lexicon: Lexicon) -> list[UnitReading]:
    """Readings of a word as a stem of the dictionary with suffixes; none if it has none."""
    low = word.lower()
    title = word[:1].isupper()
    stems, reduced_of = lexicon.stems, lexicon.reduced.get
    of_found, is_packed = stems.of_found, stems.is_packed
    found: list[UnitReading] = []
    for cut, states in parted(low):
        head, rest = low[:cut], low[cut:]
        first = rest[:1]
        entries = of_found(head)
        if entries is None and is_packed(head):
            entries = stems.get(head)
        if entries is not None:
            vowel = first in VOWEL_LETTERS
            _inflect(found, word, head, head, entries, rest, states, lexicon, fused=False, vowel=vowel, title=title)
        if first not in CHANGING:
            continue
        for stem, letters in detach(head, rest)[1:]:
            entries = stems.get(stem)
            if entries is not None:
                read_from = states if letters == rest else states_that_read(letters)
                _inflect(found, word, stem, head, entries, letters, read_from, lexicon, fused=True, vowel=True, title=title)
        for stem in reduced_of(head, ()):
            entries = stems.get(stem)
            if entries is not None:
                _inflect(found, word, stem, head, entries, rest, states, lexicon, fused=True, vowel=True, title=title)
    return found


def surely_counts(word: str, least: float, lexicon: Lexicon) -> bool:
    """Whether the counts that the weights of the readings of a word in small letters stand for come to `least` at any rate.

    Only the plainest readings are looked at, the longest stem first, and no more of them than it takes: most words of a text are told
    so in a fraction of the time that all their readings take. Where the answer is no, all readings may still come to it.
    """
    stems = lexicon.stems
    of_found, is_packed = stems.of_found, stems.is_packed
    total = 0.0
    for cut in range(len(word), max(1, len(word) - _LONGEST_SUFFIXES), -1):
        head = word[:cut]
        entries = of_found(head)
        if entries is None:
            if not is_packed(head):
                continue
            entries = stems[head]
        rest = word[cut:]
        if rest and rest[0] in _CHANGES and (head[-1] in _CHANGED or head in lexicon.reductions):
            continue
        for lemma, upos, _, state, weight, _ in entries:
            if upos == "PROPN" or lemma.isupper():
                continue
            if state == "WORD":
                total += 0.0 if rest else math.exp(weight)
            else:
                total += math.exp(weight) * _share(state, contexts(head)[0], rest)
            if total >= least:
                return True
    return False


def unchanged(stem: str) -> float:
    """What it costs a stem to stand before a vowel as it is.

    >>> unchanged("құлақ"), unchanged("банк"), unchanged("бала")
    (2.0, 0.0, 0.0)
    """
    return UNCHANGED if stem[-1:] in VOICING and not stem.endswith(UNVOICING_ENDS) else 0.0


_LONGEST_SUFFIXES = 16
"""Letters of suffixes that are looked at."""
_CHANGES, _CHANGED = VOWEL_LETTERS | frozenset("уй"), frozenset(VOICING) | frozenset("ыі")
"""First letters of suffixes before which a stem that ends in one of the others is not what it seems, or is less likely."""


@lru_cache(maxsize=1 << 15)
def _share(state: str, context: str, letters: str) -> float:
    """What suffixes leave of the count of a stem."""
    return sum([math.exp(-tail.cost) for tail in tails(state, context, letters)])


def _inflect(
    found: list[UnitReading],
    word: str,
    stem: str,
    head: str,
    entries: Iterable[Entry],
    letters: str,
    states: Collection[str],
    lexicon: Lexicon,
    *,
    fused: bool,
    vowel: bool,
    title: bool,
) -> None:
    """Adds the readings of a stem with these suffix letters, which can be read from `states`, to `found`."""
    penalty = 0.0
    first = letters[:1]
    if not fused and letters:
        last = stem[-1]
        if vowel and last in VOICING:
            penalty = unchanged(stem)
        elif last in "ыі" and first in "уй":
            return
    around: tuple[str, ...] = ()
    for entry in entries:
        lemma, upos, feats, state, weight, _ = entry
        if state == "WORD":
            if not letters:
                found.append(UnitReading(lemma, upos, feats, ((word, upos, lemma),), weight, True, "dictionary", ()))
            continue
        if state not in states:
            continue
        weight -= penalty
        if upos == "PROPN" and not title:
            weight -= CAPITAL
        if len(head) > 1 and lemma.isupper() and not word[: len(head)].isupper():
            # АҚ is not in Ақтар
            continue
        if vowel and not fused and stem in lexicon.reductions:
            weight -= WITH_VOWEL
        around = around or contexts(stem)
        for context in around:
            for ending in endings(state, context, letters, upos, feats):
                found.append(inflected(word, entry, stem, head, ending, weight, True, "dictionary"))
            weight -= NEXT_CONTEXT
