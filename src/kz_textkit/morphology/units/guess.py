"""The guess: unknown words read from their suffixes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kz_textkit.morphology.lexicon import RELATIONAL, Entry, name_lemma, surname_gender
from kz_textkit.morphology.phonology import VOICING, VOWELS, contexts, detach
from kz_textkit.morphology.suffix_automaton import parted, states_that_read
from kz_textkit.morphology.units.letters import VOWEL_LETTERS
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected, whole

__all__ = ["Guess", "guessed_stems", "guesses"]

STEM_VOWELS = frozenset("аәеёиоөуұүыіэюя")
SOFT_STEM = re.compile(r"[^әғқңөұүһі]*[аеёиоуыэюя][лнр]ь")
"""Unknown stems that may end in a soft sign: Russian ones (`Суздаль`, `Тверь`)."""
LEARNED_LENGTH = 8
"""Letters that an unknown relational adjective (`психотроптық`) has, and more: a form of an unknown verb is shorter."""
MOST = 12
"""Readings of one part of speech."""


class Guess:
    """Reads an unknown word as noun, verb, adjective with whatever its end may be as suffixes."""

    score = "-1 bare noun, -2 adjective (-лық 1.5); .35 a letter of the suffixes, less .3 a suffix; verbs .5 less; 3 less: capital"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a word whose stem nobody knows."""
        return analyzer.guesses(word)


def guesses(word: str) -> list[UnitReading]:
    """Readings of a word whose stem nobody knows; never none."""
    low = word.lower()
    # an unknown word with a capital is a name unless it begins a sentence
    base = -3.0 if word[:1].isupper() and not word.isupper() else 0.0
    relational = low.endswith(RELATIONAL) and len(low) > LEARNED_LENGTH
    return [
        whole(word, "NOUN", "Case=Nom", base - 1.0, False, "guess", lemma=low),
        *guessed_stems(low, "NOUN", "NOUN", base),
        *guessed_stems(low, "VERB", "V", base - 0.5),
        whole(word, "ADJ", "", base + 1.5 if relational else base - 2.0, False, "guess", lemma=low),
    ]


def guessed_stems(word: str, upos: str, state: str, weight: float) -> list[UnitReading]:
    """The likeliest stems of a part of speech that a word may have, with their suffixes."""
    found: list[UnitReading] = []
    low = word.lower()
    upper = word.isupper()
    for head, stem, letters, changed in _splits(low, state):
        shown = stem if upos != "PROPN" else (stem.upper() if upper else word[:1] + stem[1:])
        inherent = surname_gender(shown) if upos == "PROPN" else ""
        read = [e for e in endings(state, contexts(stem)[0], letters, upos, inherent) if not (e.derived or e.second)]
        if not read:
            continue
        entry = Entry(name_lemma(shown) if inherent else shown, upos, inherent, state, 0.0, "guess")
        short = 1.5 if len(stem) < 3 else 0.0
        added = _oddity(stem, letters, changed)
        for ending in read:
            gain = 0.35 * len(letters) - 0.3 * len(ending.morphemes) - short - added
            found.append(inflected(word, entry, stem, head, ending, weight + gain, False, "guess"))
    found.sort(key=lambda reading: -reading.weight)
    return found[:MOST]


def _splits(low: str, state: str) -> Iterator[tuple[str, str, str, bool]]:
    """How a word may be parted where suffixes begin in a state: what is written of the stem, the stem, the suffixes, and whether the
    stem was changed.
    """
    vowel = next((i for i, letter in enumerate(low) if letter in STEM_VOWELS), len(low))
    shortest = max(2, vowel + 1)
    for cut, states in parted(low):
        head, rest = low[:cut], low[cut:]
        if cut < shortest or not rest:
            continue
        for i, (stem, letters) in enumerate(detach(head, rest)):
            first, last = letters[0], stem[-1]
            if state not in (states if letters == rest else states_that_read(letters)):
                continue
            if last == "ь" and not SOFT_STEM.fullmatch(stem):
                continue
            if i == 0 and ((first in VOWEL_LETTERS and last in VOICING) or (last in "ыі" and first in "уй")):
                continue
            yield head, stem, letters, i > 0


def _oddity(stem: str, letters: str, changed: bool) -> float:
    """How unlike a stem of Kazakh it is."""
    odd = 0.7 if changed and stem[-1] in "ыі" else 0.0
    if letters[0] in VOWEL_LETTERS:
        # native stems end in voiceless stops, and few in two consonants
        odd += 1.5 if stem[-1] in "ғг" else 0.7 if stem[-1] in "лдт" and stem[-2] not in VOWELS else 0.0
    return odd
