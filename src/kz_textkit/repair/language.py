"""Which language a stretch of text is in: the evidence that a repair needs before it touches a letter.

`ҧ` is Abkhaz, `ҥ` Sakha and Mari, `ӛ` Khanty, `ќ` Macedonian; in a Kazakh text each is damage. Whether the text around a place is
Kazakh is told by its letter sequences (`letter_model`), after letters of misbuilt fonts and look-alikes have been read as the Kazakh
letters that they stand for. Other languages are told apart by their alphabets and commonest words (`languages`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock

import numpy as np

from kz_textkit.alphabet import KAZAKH_LOWER, LATIN_TO_CYRILLIC, LEGACY_LETTERS, RUSSIAN_LETTERS
from kz_textkit.repair.languages import CYRILLIC_LANGUAGES, ENGLISH_WORDS
from kz_textkit.repair.letter_arrays import EDGE, STRANGE, SYMBOLS, Doubles, points_of, scores_of, symbols_of
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
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")


def language_of(text: str) -> str:
    """ISO 639 code of the language that most of `text` is in, `und` where there is too little to tell.

    Meant for anything from a sentence up. English is the only language in Latin letters that is known.

    >>> language_of("Ҥкімет ӛз ҧстанымын білдірді")
    'kk'
    >>> language_of("Бул мыйзам жарандардын укуктары жөнүндө")
    'ky'
    """
    *scores, total, letters, cyrillic, words, english = _kept.sum_of(text.split())
    if cyrillic * 2 < words:
        return "en" if english >= max(1, 0.1 * words) else "und"
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
    return word_total(word.translate(_FOLD) if _FOLDED.search(word) else word)


_CODES = tuple(CYRILLIC_LANGUAGES)
_KAZAKH = _CODES.index("kk")
_ROW = len(_CODES) + 5
MOST_KEPT = 1 << 16
"""Chunks of text whose evidence is kept."""
# A known word counts as three letters of a language's own; a letter that a language hasn't counts against it like one of those.
KNOWN_WORD, NOT_ITS_LETTER = 3.0, -2.0


class _Evidence:
    """Evidence of the chunks of text between spaces that were met, a row of numbers each, so that a text is judged in one sweep: it has
    far fewer kinds of chunks than chunks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._rows = np.zeros((MOST_KEPT >> 6, _ROW))

    def sum_of(self, chunks: Sequence[str]) -> list[float]:
        """The sums of the rows of these chunks."""
        place_of = self._places.__getitem__
        with self._lock:
            try:
                places = np.fromiter(map(place_of, chunks), np.intp, len(chunks))
            except KeyError:
                self._keep(chunks)
                places = np.fromiter(map(place_of, chunks), np.intp, len(chunks))
            sums: list[float] = np.add.reduce(self._rows[places], 0).tolist()
        return sums

    def _keep(self, chunks: Sequence[str]) -> None:
        if len(self._places) > MOST_KEPT:
            self._places.clear()
        new = list(set(chunks).difference(self._places))
        first = len(self._places)
        if first + len(new) > len(self._rows):
            self._rows = np.concatenate((self._rows[:first], np.zeros((first + 2 * len(new), _ROW))))
        self._rows[first : first + len(new)] = _evidence_of_all(new)
        self._places.update(zip(new, range(first, first + len(new)), strict=True))


def _evidence_of_all(chunks: Sequence[str]) -> Doubles:
    """The evidence of each of these chunks. Those with nothing but letters of the alphabet and usual signs go together."""
    points = points_of(chunks := [chunk.lower() for chunk in chunks])
    symbols = _SYMBOLS.take(np.minimum(points, len(_SYMBOLS) - 1))
    letters, before = symbols[3:] != EDGE, symbols[2:-1] != EDGE
    ends = np.flatnonzero(points[3:] == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    rows = np.zeros((len(chunks), _ROW))
    places = np.repeat(np.arange(0, len(chunks) * SYMBOLS, SYMBOLS), np.diff(ends, prepend=-1)) + symbols[3:]
    counts = np.bincount(places, minlength=len(chunks) * SYMBOLS).reshape(-1, SYMBOLS)
    rows[:, : len(_CODES)] = counts.astype(np.float64) @ _weights_of_letters()
    rows[:, -5] = np.add.reduceat(scores_of(symbols), starts)
    rows[:, -4] = np.add.reduceat(letters | before, starts, dtype=np.intp)
    rows[:, -3] = rows[:, -2] = np.add.reduceat(before & ~letters, starts, dtype=np.intp)
    of_words = _languages()[1]
    for k, chunk in enumerate(chunks):
        for word in _WORD.findall(chunk):
            if word in of_words:
                rows[k, of_words[word]] += KNOWN_WORD
    for k in np.unique(ends.searchsorted(np.flatnonzero(symbols[3:] == STRANGE))).tolist():
        rows[k] = _evidence(chunks[k])
    return rows


def _evidence(chunk: str) -> tuple[float, ...]:
    """What the words of a chunk of text speak for each language of `_CODES`; then their score as letters of Kazakh with the number of
    these, and how many words are Cyrillic, are words at all, are words of English."""
    found = _WORD.findall(chunk.lower())
    cyrillic = [word for word in found if _CYRILLIC.search(word)]
    scores = _of_letters(_SILENT.sub("", "".join(cyrillic)))
    of_words = _languages()[1]
    for word in cyrillic:
        if word in of_words:
            scores = tuple([score + KNOWN_WORD * (column in of_words[word]) for column, score in enumerate(scores)])
    english = 0 if len(cyrillic) == len(found) else sum([word in ENGLISH_WORDS for word in found])
    return (*scores, *_total(cyrillic), len(cyrillic), len(found), english)


@lru_cache(maxsize=1 << 15)
def _of_letters(letters: str) -> tuple[float, ...]:
    """What letters that tell languages apart speak for each of them."""
    of_letters = _languages()[0]
    scores = [0.0] * len(_CODES)
    for letter in letters:
        for column, weight in of_letters.get(letter, _STRANGE):
            scores[column] += weight
    return tuple(scores)


_STRANGE = [(column, NOT_ITS_LETTER) for column in range(len(_CODES))]
"""What a letter of no known language speaks against all."""
_TELLING = frozenset("".join(language.added + language.missing for language in CYRILLIC_LANGUAGES.values()))
_SILENT = re.compile(f"[{''.join(sorted(set(filter(str.islower, RUSSIAN_LETTERS)) - _TELLING))}]+")
"""Letters that all languages have."""


@cache
def _languages() -> tuple[dict[str, list[tuple[int, float]]], dict[str, list[int]]]:
    """For each letter what it speaks for each language, where it does; for each known word the languages that know it. Languages are
    places in `_CODES`."""
    russian = frozenset(letter for letter in RUSSIAN_LETTERS if letter.islower())
    languages = list(enumerate(CYRILLIC_LANGUAGES.values()))
    of_letters: dict[str, list[tuple[int, float]]] = {}
    for letter in sorted(russian.union(*(language.added for _, language in languages))):
        weights = [
            (
                column,
                0.5 * language.added.count(letter)
                + NOT_ITS_LETTER * (letter in language.missing or letter not in russian | set(language.added)),
            )
            for column, language in languages
        ]
        of_letters[letter] = [(column, weight) for column, weight in weights if weight]
    of_words: dict[str, list[int]] = {}
    for column, language in languages:
        for word in dict.fromkeys(language.words.split()):
            of_words.setdefault(word, []).append(column)
    return of_letters, of_words


@cache
def _weights_of_letters() -> Doubles:
    """What each symbol of the letter model speaks for each language."""
    weights = np.zeros((SYMBOLS, len(_CODES)))
    of_letters = _languages()[0]
    for letter in KAZAKH_LOWER:
        for column, weight in of_letters.get(letter, _STRANGE):
            weights[_SYMBOLS[ord(letter)], column] = weight
    return weights


_USUAL_SIGNS = "\n!\"#%&'()*+,-./0123456789:;<=>?@[\\]_{}«»–—…№“”„•"
_SYMBOLS = symbols_of(np.arange(max(map(ord, _USUAL_SIGNS)) + 2, dtype=np.uint32))
"""Characters as symbols of the letter model, with signs as edges of words."""
_SYMBOLS[[ord(sign) for sign in _USUAL_SIGNS]] = EDGE
_SYMBOLS[[point for point in _FOLD if point < len(_SYMBOLS)]] = STRANGE

_kept = _Evidence()
