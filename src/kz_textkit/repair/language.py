"""Which language a stretch of text is in: the evidence that a repair needs before it touches a letter.

`ҧ` is Abkhaz, `ҥ` Sakha and Mari, `ӛ` Khanty, `ќ` Macedonian; in a Kazakh text each is damage. Whether the text around a place is
Kazakh is told by its letter sequences (`letter_model`), after letters of misbuilt fonts and look-alikes have been read as the Kazakh
letters that they stand for. Other languages are told apart by their alphabets and commonest words (`languages`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from kz_textkit.alphabet import LATIN_TO_CYRILLIC, LEGACY_LETTERS, RUSSIAN_LETTERS
from kz_textkit.repair.languages import CYRILLIC_LANGUAGES, ENGLISH_WORDS
from kz_textkit.repair.letter_model import KAZAKH, word_total

__all__ = ["KazakhContext", "is_kazakh_context", "language_of"]

#: Length of the pieces whose scores are kept, in characters.
PIECE = 64
#: How many pieces on either side are a place's wider surroundings.
WIDE = 5
#: Fewest letters of a piece that can speak against its surroundings.
ENOUGH = 24

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_FOLD = str.maketrans({**LEGACY_LETTERS, **LATIN_TO_CYRILLIC})


def language_of(text: str) -> str:
    """ISO 639 code of the language that most of `text` is in, `und` where there is too little to tell.

    Meant for anything from a sentence up. English is the only language in Latin letters that is known.

    >>> language_of("Ҥкімет ӛз ҧстанымын білдірді")
    'kk'
    >>> language_of("Бул мыйзам жарандардын укуктары жөнүндө")
    'ky'
    """
    words = _WORD.findall(text.lower())
    if not words:
        return "und"
    # One row of numbers a word, their sums in one sweep; a text has far fewer kinds of words than words.
    rows = np.frombuffer(b"".join(map(_evidence, words))).reshape(len(words), _ROW)
    *of_words, total, letters, cyrillic, english = np.add.reduce(rows, 0).tolist()
    if cyrillic * 2 < len(words):
        return "en" if english >= max(1, 0.1 * len(words)) else "und"
    written = words if cyrillic == len(words) else filter(_CYRILLIC.search, words)
    scores = [a + b for a, b in zip(of_words, _of_letters("".join(written)), strict=True)]
    scores[_KAZAKH] += total - KAZAKH * letters
    best = scores.index(max(scores))
    return _CODES[best] if scores[best] > 0 else "und"


def is_kazakh_context(text: str, start: int, end: int) -> bool:
    """Whether the text in and around `text[start:end]` is Kazakh. For many places of one text use one `KazakhContext`.

    >>> is_kazakh_context("Біздің ҥй биік таудың бауырында орналасқан", 7, 9)
    True
    >>> is_kazakh_context("Саха сирин үҥкүүтэ уонна ырыата", 11, 18)
    False
    """
    return KazakhContext(text).at(start, end)


class KazakhContext:
    """Tells for any place of one text whether the text around it is Kazakh; scores are computed once a piece, where asked for.

    >>> context = KazakhContext("Біздің ҥй биік таудың бауырында орналасқан")
    >>> context.at(7, 9)
    True
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._totals: dict[int, tuple[float, int]] = {}

    def at(self, start: int, end: int) -> bool:
        """Whether the surroundings of `text[start:end]` are Kazakh: its own piece, and where that is undecided what is around it."""
        first, last = start // PIECE, max(start, end - 1) // PIECE
        total, letters = self._sum(first, last)
        if letters >= ENOUGH and not 0.2 <= total / letters < KAZAKH + 0.25:
            return total > 0
        total, letters = self._sum(first - WIDE, last + WIDE)
        return letters > 0 and total / letters >= KAZAKH

    def _sum(self, first: int, last: int) -> tuple[float, int]:
        pieces = [self._piece(i) for i in range(max(0, first), min(last, len(self.text) // PIECE) + 1)]
        return sum(total for total, _ in pieces), sum(letters for _, letters in pieces)

    def _piece(self, i: int) -> tuple[float, int]:
        found = self._totals.get(i)
        if found is None:
            words = _WORD.findall(self.text, self._border(i), self._border(i + 1))
            found = self._totals[i] = _total([word.lower() for word in words if _CYRILLIC.search(word)])
        return found

    def _border(self, i: int) -> int:
        # The first offset from i * PIECE on at which no word is cut.
        at = i * PIECE
        stop = min(len(self.text), at + PIECE)
        while 0 < at < stop and self.text[at - 1].isalpha():
            at += 1
        return min(at, len(self.text))


def _total(words: list[str]) -> tuple[float, int]:
    total, letters = 0.0, 0
    for score, length in map(_folded_total, words):
        total += score
        letters += length
    return total, letters


@lru_cache(maxsize=1 << 15)
def _folded_total(word: str) -> tuple[float, int]:
    return word_total(word.translate(_FOLD))


_CODES = tuple(CYRILLIC_LANGUAGES)
_KAZAKH = _CODES.index("kk")
_ROW = len(_CODES) + 4
_pack = Struct(f"{_ROW}d").pack
_NO_LANGUAGE = (0.0,) * len(_CODES)
# A known word counts as three letters of a language's own; a letter that a language hasn't counts against it like one of those.
KNOWN_WORD, STRANGE = 3.0, -2.0


@lru_cache(maxsize=1 << 16)
def _evidence(word: str) -> bytes:
    """What a known word in small letters speaks for each language of `_CODES`; then its score as letters of Kazakh with their number,
    whether it is Cyrillic, whether it is a word of English. As doubles."""
    if _CYRILLIC.search(word):
        return _pack(*_words().get(word, _NO_LANGUAGE), *_folded_total(word), 1.0, 0.0)
    return _pack(*_NO_LANGUAGE, 0.0, 0.0, 0.0, word in ENGLISH_WORDS)


@cache
def _words() -> dict[str, tuple[float, ...]]:
    """What each known word speaks for each language."""
    words = [frozenset(language.words.split()) for language in CYRILLIC_LANGUAGES.values()]
    return {word: tuple(KNOWN_WORD * (word in own) for own in words) for word in frozenset().union(*words)}


def _of_letters(text: str) -> list[float]:
    """What the letters of words in small letters speak for each language of `_CODES`."""
    table = _letters()
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    counts = np.bincount(np.minimum(points, len(table) - 1), minlength=len(table))
    return (counts @ table).tolist()


@cache
def _letters() -> NDArray[np.float64]:
    """What each letter (row: its code point; the last one is for all beyond) speaks for each language (column)."""
    russian = frozenset(letter for letter in RUSSIAN_LETTERS if letter.islower())
    known = russian.union(*(language.added for language in CYRILLIC_LANGUAGES.values()))
    table = np.full((max(map(ord, known)) + 2, len(_CODES)), STRANGE)
    for column, language in enumerate(CYRILLIC_LANGUAGES.values()):
        alphabet = (russian | set(language.added)) - set(language.missing)
        for letter in known:
            table[ord(letter), column] = 0.5 * language.added.count(letter) + STRANGE * (letter not in alphabet)
    return table
