"""Words that the analyser does not know, with the words that they may have been meant to be.

A word is unknown when neither the dictionary with its suffixes nor any other unit but the guess reads it. Suggestions are the known
words that one slip of the pen leads to (a letter left out, put in, changed, or two swapped: Damerau, *A technique for computer
detection and correction of spelling errors*, 1964), or a few letters that writers of Kazakh take for one another
(`data/confusions.tsv`), ranked by how common the word is and how likely the slip.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from kz_textkit.alphabet import KAZAKH_LOWER
from kz_textkit.morphology.commonness import commonness, shared_analyzer
from kz_textkit.morphology.morphotactics import read_table
from kz_textkit.morphology.user_words import UserWord

__all__ = ["Suggestion", "is_known", "suggestions", "unknown_words"]

SLIP = 3.2
"""Cost of a slip that no table knows (natural logarithm)."""
SWAP = 2.2
"""Cost of two letters swapped."""
DOUBLED = 1.5
"""Cost of a letter written once for twice, or twice for once."""
FIRST = 1.0
"""What a slip in the first letter costs more."""
MOST_CONFUSED = 3
"""Letters of one word that are taken for others at most."""
MOST_SPELLINGS = 600
"""Spellings with confused letters that are looked up."""
LONGEST = 30
"""Letters of the longest word that suggestions are made for; what is longer has lost its spaces."""
KNOWN = 0.06
"""How common a suggestion is at least."""


_word = re.compile(rf"(?<![\w-])[{KAZAKH_LOWER}{KAZAKH_LOWER.upper()}]{{2,}}(?:-[{KAZAKH_LOWER}{KAZAKH_LOWER.upper()}]+)*(?![\w-])")


class Suggestion(NamedTuple):
    """A word that may have been meant."""

    form: str
    score: float
    """Natural logarithm; only good for comparing suggestions of one word."""


@lru_cache(maxsize=1)
def _confusions() -> dict[str, list[tuple[str, float]]]:
    table: dict[str, list[tuple[str, float]]] = {}
    for written, meant, cost in read_table("confusions.tsv"):
        table.setdefault(written, []).append((meant, float(cost)))
    return table


def is_known(word: str, words: tuple[UserWord, ...] = ()) -> bool:
    """Whether the analyser, with `words` of the user, reads a word without guessing.

    >>> is_known("балаларымызға"), is_known("балалармызға")
    (True, False)
    """
    return any(reading.known and reading.unit != "spelling" for reading in shared_analyzer(words).parse(word))


def unknown_words(text: str, words: tuple[UserWord, ...] = ()) -> list[str]:
    """The words of a text that are unknown, also with `words` of the user, as often as they stand there; those with figures or foreign
    letters are left out.

    >>> unknown_words("Біздің мектебке жаңа оқушы келді.")
    ['мектебке']
    """
    known: dict[str, bool] = {}
    found = []
    for word in _word.findall(text):
        if word not in known:
            known[word] = is_known(word, words)
        if not known[word]:
            found.append(word)
    return found


def suggestions(word: str, most: int = 5, *, known: Callable[[str], float] = commonness) -> list[Suggestion]:
    """Known words that a word may have been meant to be, the likeliest first, in small letters but for a first capital.

    >>> [s.form for s in suggestions("жуйе", 2)][0]
    'жүйе'
    """
    low = word.lower()
    if len(low) > LONGEST:
        return []
    found: dict[str, float] = {}
    for spelling, cost in (*_confused(low), *_slips(low)):
        weight = known(spelling)
        if weight >= KNOWN and spelling != low:
            found[spelling] = max(found.get(spelling, -math.inf), math.log(weight) - cost)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
    capital = word[:1].isupper()
    return [Suggestion(form[:1].upper() + form[1:] if capital else form, round(score, 3)) for form, score in ranked]


def _confused(word: str) -> Iterable[tuple[str, float]]:
    """Spellings with up to `MOST_CONFUSED` letters taken for others, those with the fewest first."""
    table = _confusions()
    places = [i for i, letter in enumerate(word) if letter in table]
    made = 0
    for count in range(1, MOST_CONFUSED + 1):
        for chosen in combinations(places, count):
            for letters in product(*(table[word[i]] for i in chosen)):
                made += 1
                if made > MOST_SPELLINGS:
                    return
                spelling = list(word)
                for i, (letter, _) in zip(chosen, letters, strict=True):
                    spelling[i] = letter
                yield "".join(spelling), sum(cost for _, cost in letters)


def _slips(word: str) -> Iterator[tuple[str, float]]:
    """Spellings one slip away."""
    for i in range(len(word) + 1):
        first = FIRST if i == 0 else 0.0
        head, rest = word[:i], word[i:]
        if rest:
            doubled = rest[0] == head[-1:] or rest[0] == rest[1:2]
            yield head + rest[1:], (DOUBLED if doubled else SLIP) + first
        if len(rest) > 1:
            yield head + rest[1] + rest[0] + rest[2:], SWAP + first
        for letter in KAZAKH_LOWER:
            if rest and letter != rest[0]:
                yield head + letter + rest[1:], SLIP + first
            yield head + letter + rest, (DOUBLED if letter == head[-1:] or letter == rest[:1] else SLIP) + first
