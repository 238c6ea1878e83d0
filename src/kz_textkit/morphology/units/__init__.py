"""The units of the analyser, one module each, and the order in which they are asked.

A unit reads a token, given what those before it have found; it says what the weight of its readings is (`score`). `MARKED` are asked
for tokens that are more than letters, and the first that finds something has the last word; then the `WORDS`, which add to one
another; the `LAST_RESORTS` only where the word is unread or nothing but an unknown name. The lists can be changed:
`MorphAnalyzer(units=...)` takes a `Chain` with others.

>>> [type(unit).__name__ for unit in DEFAULT_UNITS.words]
['Lookup', 'Hyphen', 'Name', 'Capitals']
"""

from __future__ import annotations

from typing import NamedTuple

from kz_textkit.morphology.units.abbreviation import Capitals, Initial, Quoted
from kz_textkit.morphology.units.foreign import OtherLetters, Russian
from kz_textkit.morphology.units.guess import Guess
from kz_textkit.morphology.units.hyphen import Hyphen
from kz_textkit.morphology.units.lookup import Lookup
from kz_textkit.morphology.units.marks import Marks
from kz_textkit.morphology.units.name import Name
from kz_textkit.morphology.units.number import Number
from kz_textkit.morphology.units.phrase import Phrase
from kz_textkit.morphology.units.reading import Unit
from kz_textkit.morphology.units.spelling import Spelling

__all__ = ["DEFAULT_UNITS", "LAST_RESORTS", "MARKED", "WORDS", "Chain"]

MARKED: tuple[Unit, ...] = (Marks(), Phrase(), Number(), Quoted(), Initial(), OtherLetters())
WORDS: tuple[Unit, ...] = (Lookup(), Hyphen(), Name(), Capitals())
LAST_RESORTS: tuple[Unit, ...] = (Spelling(), Guess(), Russian())


class Chain(NamedTuple):
    """The units of an analyser, in order."""

    marked: tuple[Unit, ...] = MARKED
    words: tuple[Unit, ...] = WORDS
    last_resorts: tuple[Unit, ...] = LAST_RESORTS


DEFAULT_UNITS = Chain()
