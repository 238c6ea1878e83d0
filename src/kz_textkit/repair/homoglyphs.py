"""Words that mix alphabets: Latin (or Greek) letters in Cyrillic words, Cyrillic letters in Latin ones.

Keyboards without `і` and `һ`, fonts without them, optical character recognition and hurried typists put letters of one alphabet into
words of another, where they look the same and no search finds them: `iшкi`, `cабақ`, `hіerarhіa`, `XІX`. A word that mixes alphabets
becomes one alphabet where its letters allow that; where they allow both, Roman numerals, the letter model and the words around decide.
A Latin word with a Kazakh suffix (`URL-ды`, `YouTubeтен`) is no damage, and addresses are never touched. A word wholly in look-alikes
of the other alphabet (`cap`, `apa`) is judged by its neighbours and by the damage found elsewhere in the text, and is a suggestion
when in doubt. The tables of look-alikes are in `kz_textkit.alphabet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, islice, product
from operator import attrgetter
from typing import NamedTuple

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import (
    CYRILLIC_TO_LATIN,
    GREEK_TO_CYRILLIC,
    GREEK_TO_LATIN,
    KAZAKH_LETTERS,
    KAZAKH_LOWER,
    KAZAKH_SPECIAL,
    KAZAKH_UPPER,
    LATIN_TO_CYRILLIC,
    LATIN_TO_CYRILLIC_LOOSE,
    LEGACY_LETTERS,
)
from kz_textkit.repair.letter_model import looks_kazakh, word_score
from kz_textkit.repair.places import LONGEST_WORD, address_end, word_span
from kz_textkit.repair.tables import word_list

__all__ = ["homoglyphs"]

LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u0275\u1e00-\u1eff"
GREEK = "\u0370-\u03ff"
CYRILLIC = "\u0400-\u052f"

#: Mean letter score from which a reading passes for a Kazakh word; from which it is one without help.
PLAUSIBLE, SURE = 0.3, 1.2
#: What `ү` is less likely than `у` where a `y` stands, and `Ұ` than `Ү` for `Y`, in units of the score: one has the very shape.
LESS_ALIKE = 0.2
#: Letters from which a word in Latin capitals may be a Kazakh one; shorter ones are acronyms.
ENOUGH = 4
#: Endings of numerals after a hyphen that consist of look-alikes.
NUMERAL_SUFFIXES = frozenset({"і", "еуі", "еу", "сі", "ері", "ісі"})
#: Characters of a text without any letter special to Kazakh that are looked at to tell its language.
SAMPLE = 2000

_FOREIGN_RUN = re.compile(f"[{LATIN}{GREEK}¥]+")
_FOREIGN_STRETCH = re.compile(f"[{LATIN}{GREEK}¥][!-~{LATIN}{GREEK}¥]*")
_ADDRESS_SIGN = re.compile("[./%@]")
_NUMBER = re.compile(r"[\d%]")
_CYRILLIC_BEFORE, _CYRILLIC_AFTER = re.compile(f"[{CYRILLIC}]-"), re.compile(f"-[{CYRILLIC}]")
_LOOK_ALIKE = re.compile(f"[{''.join(LATIN_TO_CYRILLIC)}]+")
_CYRILLIC = re.compile(f"[{CYRILLIC}]")
_ROMAN = re.compile("(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD: re.Pattern[str] = re.compile(r"[^\W\d_]+")
_GLOSSED = re.compile(r"(?:ағыл|лат|грек|англ|нем|фр|итал|исп)[^\W\d_]*[\sA-Za-z,;(«\"“'‘–-]*$", re.IGNORECASE)
_CAPITAL = KAZAKH_UPPER
_NAME = f"[{_CAPITAL}][{KAZAKH_LOWER}]"
_INITIAL_BEFORE = re.compile(rf"(?<!\w)[A-Z{_CAPITAL}]\.\s?$")
_NAME_AFTER_TWO = re.compile(rf"\.[ \xa0]?{_NAME}")
_SURNAME = rf"[{KAZAKH_LOWER}]*(?:[оеё]ва?|ұлы|қызы)(?:[нтд][ыі]ң|[нтд][ыі]|[ғқ]?а|[гк]?е|[мпб]ен)?"
_NAME_AFTER_ONE = re.compile(rf"\.(?:[{CYRILLIC}][{KAZAKH_LOWER}]|[A-Z{_CAPITAL}]\.[ \xa0]?{_NAME}|[ \xa0][{_CAPITAL}]{_SURNAME}\b)")
_OPENING = tuple("«\"“„'‘’([/")
_CLOSING = tuple("»\"”“'’)]/")
_LEGACY = str.maketrans(LEGACY_LETTERS)
_Changes = tuple[tuple[int, str, str], ...]
_TO_CYRILLIC = {**GREEK_TO_CYRILLIC, **LATIN_TO_CYRILLIC}
_TO_LATIN = {**GREEK_TO_LATIN, **CYRILLIC_TO_LATIN}
_GREEK_IN_FORMULAS = frozenset("αγθικρχ")


class _Reading(NamedTuple):
    """A word in one alphabet, and whether that is sure enough to apply."""

    word: str
    applied: bool
    score: float


class _Place(NamedTuple):
    """A word of the text that has Latin or Greek letters."""

    start: int
    end: int
    word: str
    mixed: bool


def homoglyphs(text: str) -> list[Edit]:
    """Words of one alphabet for words of two; suggestions for words that may be in the wrong alphabet as a whole.

    >>> from kz_textkit.alignment import apply_edits
    >>> text = "Yкiметiнiң iшкi cаясаты XІX ғасырда, IT-технология, URL-ды"
    >>> apply_edits(text, homoglyphs(text))
    'Үкіметінің ішкі саясаты XIX ғасырда, IT-технология, URL-ды'
    """
    places = list(_places(text))
    if not places:
        return []
    kazakh = not KAZAKH_SPECIAL.isdisjoint(text) or looks_kazakh(text[:SAMPLE])
    edits: list[Edit] = []
    damaged: set[_Changes] = set()
    whole: list[_Place] = []
    for place in places:
        if not place.mixed:
            whole.append(place)
        elif (reading := _read_mixed(place.word, kazakh)) is not None:
            changes = _changes(place.word, reading.word)
            edits += _edits(place.start, changes, reading)
            if reading.applied:
                damaged.add(changes)
    attested = {before for changes in damaged for _, before, _ in changes}
    for place in whole:
        found = _read_whole(text, place, attested, kazakh)
        if found is not None:
            edits += _edits(place.start, _changes(place.word, found.word), found)
    edits.sort(key=attrgetter("start"))
    return edits


def _places(text: str) -> Iterator[_Place]:
    # The words with Latin or Greek letters that may need repair: the mixed ones, and those wholly in look-alikes.
    last = 0
    for stretch in _FOREIGN_STRETCH.finditer(text):
        low, high = stretch.span()
        if low < last:
            continue
        run = stretch[0]
        if not run.isalpha() and _ADDRESS_SIGN.search(run) and (address := address_end(text, low, high)) is not None:
            last = address
            continue
        for match in _FOREIGN_RUN.finditer(text, low, high):
            start, end = match.span()
            if start < last:
                continue
            place = _place(text, start, end, last)
            last = end
            if place is not None:
                last = place.end
                if (address := address_end(text, place.start, place.end)) is None:
                    yield place
                else:
                    last = address


def _place(text: str, start: int, end: int, last: int) -> _Place | None:
    # The word around a run of Latin or Greek letters, if it may need repair; it does not reach back beyond `last`.
    if end - start > LONGEST_WORD:
        return None
    if text[start - 1 : start].isalpha() or text[end : end + 1].isalpha():
        start, end = word_span(text, start, end)
        start = max(start, last)
        if _CYRILLIC.search(text, start, end) is not None:
            return _Place(start, end, text[start:end], True)
    word = text[start:end]
    if _LOOK_ALIKE.fullmatch(word) and (len(word) > 1 or text[end : end + 1] == "." or text[start - 1 : start] == "-"):
        return _Place(start, end, word, False)
    return None


def _edits(start: int, changes: _Changes, reading: _Reading) -> list[Edit]:
    _, applied, score = reading
    return [Edit(start + i, start + i + 1, before, after, "homoglyph", applied, score) for i, before, after in changes]


@lru_cache(maxsize=1 << 14)
def _changes(word: str, reading: str) -> _Changes:
    return tuple((i, before, after) for i, (before, after) in enumerate(zip(word, reading, strict=True)) if before != after)


@lru_cache(maxsize=1 << 14)
def _read_mixed(word: str, kazakh: bool) -> _Reading | None:
    cyrillic, latin = _as_cyrillic(word, kazakh), _as_latin(word)
    if cyrillic is not None and latin is not None:
        if _ROMAN.fullmatch(latin):
            return _Reading(latin, True, 1.0)
        mostly_latin = 2 * sum(map(_is_cyrillic, word)) < len(word)
        # `ɵ` and the like are letters of no language that stands in Kazakh text.
        if mostly_latin and _score(cyrillic) < PLAUSIBLE and (latin.isascii() or not kazakh):
            return _Reading(latin, True, 0.7)
        return _Reading(cyrillic, True, 0.9)
    if cyrillic is not None:
        sure = not _is_suffixed(word) or (_score(cyrillic) >= PLAUSIBLE and not _is_acronym_with_suffix(word))
        return _Reading(cyrillic, sure, 1.0 if sure else 0.4)
    if latin is not None:
        return _Reading(latin, True, 0.9)
    return _read_loosely(word) if kazakh else None


def _as_cyrillic(word: str, kazakh: bool) -> str | None:
    # The word in Cyrillic letters where each of its letters has one of the same shape; the likeliest reading of `y` and `h`.
    choices: list[str] = []
    last = len(word) - 1
    for i, letter in enumerate(word):
        if _is_cyrillic(letter):
            choices.append(letter)
        elif letter in _GREEK_IN_FORMULAS and not 0 < i < last:
            return None
        elif kazakh and letter in LATIN_TO_CYRILLIC_LOOSE and (letter in _TO_CYRILLIC or ord(letter) > 0x7F):
            choices.append(LATIN_TO_CYRILLIC_LOOSE[letter])
        elif letter in _TO_CYRILLIC:
            choices.append(_TO_CYRILLIC[letter])
        else:
            return None
    return _likeliest(choices)


def _likeliest(choices: list[str]) -> str:
    candidates = ["".join(c) for c in islice(product(*choices), 64)]
    if len(candidates) == 1:
        return candidates[0]
    return max(candidates, key=lambda c: _score(c) - LESS_ALIKE * (c.count("ү") + c.count("Ұ")))


def _as_latin(word: str) -> str | None:
    letters = [_TO_LATIN.get(c, c) for c in word]
    return None if any(map(_is_cyrillic, letters)) else "".join(letters)


def _read_loosely(word: str) -> _Reading | None:
    # A Kazakh word with a letter that is only like the right one (`kітап`): by the letter model, and not where a suffix may begin.
    runs = _runs(word)
    if len(runs) == 2 and len(runs[0]) > 1:
        return None
    if not all(_is_cyrillic(c) or c in LATIN_TO_CYRILLIC_LOOSE or c in _TO_CYRILLIC for c in word):
        return None
    reading = _likeliest([LATIN_TO_CYRILLIC_LOOSE.get(c) or _TO_CYRILLIC.get(c, c) for c in word])
    if _score(reading) < SURE and reading not in word_list("units"):
        return None
    return _Reading(reading, True, 0.8)


def _is_suffixed(word: str) -> bool:
    # `appты`, `CEOның`: one change of alphabet, after two Latin letters or more, and then an ending.
    runs = _runs(word)
    return len(runs) == 2 and len(runs[0]) > 1 and not _is_cyrillic(word[0]) and runs[1] in word_list("glued_suffixes")


def _is_acronym_with_suffix(word: str) -> bool:
    runs = _runs(word)
    return len(runs) == 2 and runs[0].isupper() and runs[1].islower()


def _runs(word: str) -> list[str]:
    return ["".join(run) for _, run in groupby(word, key=_is_cyrillic)]


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


@lru_cache(maxsize=1 << 14)
def _score(word: str) -> float:
    return word_score(word.translate(_LEGACY))


def _read_whole(text: str, place: _Place, attested: set[str], kazakh: bool) -> _Reading | None:
    # A Latin word all of look-alikes (`apa`) in a line of Kazakh words.
    word = place.word
    if kazakh and (suffix := _read_numeral_suffix(text, place)) is not None:
        return suffix
    if len(word) == 1:
        return _read_initial(text, place)
    after_digit = text[max(0, place.start - 1) : place.start].isdigit() or text[place.end : place.end + 1].isdigit()
    if not kazakh or _ROMAN.fullmatch(word) or after_digit:
        return None
    if not (_is_kazakh(_neighbour(text, place, -1)) and _is_kazakh(_neighbour(text, place, 1))):
        return None
    reading = _as_cyrillic(word, kazakh)
    if reading is None:
        return None
    score = SURE if reading.lower() in word_list("look_alike_words") else _score(reading)
    if score < PLAUSIBLE:
        return None
    known = all(c in attested for c in word)
    if not word.islower() and not word.istitle():
        return _Reading(reading, known, 0.5) if score >= SURE and (known or len(word) >= ENOUGH) else None
    if _is_mentioned(text, place):
        return _Reading(reading, False, 0.3)
    return _Reading(reading, known or score >= SURE or _is_in_compound(text, place), 0.8)


def _is_in_compound(text: str, place: _Place) -> bool:
    # Whether a hyphen ties the word to Cyrillic letters, as in `ac-ауқат`.
    before, after = text[max(0, place.start - 2) : place.start], text[place.end : place.end + 2]
    return _CYRILLIC_BEFORE.fullmatch(before) is not None or _CYRILLIC_AFTER.fullmatch(after) is not None


def _read_numeral_suffix(text: str, place: _Place) -> _Reading | None:
    # `25-i`, `4-eyi`: the ending of a Kazakh numeral.
    if text[place.start - 1 : place.start] != "-" or not (_NUMBER.fullmatch(text[max(0, place.start - 2) : place.start - 1])):
        return None
    reading = _as_cyrillic(place.word, True)
    return _Reading(reading, True, 0.9) if reading in NUMERAL_SUFFIXES else None


def _read_initial(text: str, place: _Place) -> _Reading | None:
    # `A.Құнанбаев`, `C.T. Қалиева`, `E. Омаров`: an initial before a Cyrillic name. Before a space, one letter alone may end a sentence
    # (`C. Бұл дәрумен`), so it must be one of two, or the name have the ending of a surname.
    if not place.word.isupper() or _touches_digit(text, place) or text[place.start - 1 : place.start] in ("-", "/", "'", "’"):
        return None
    second = _INITIAL_BEFORE.search(text[max(0, place.start - 4) : place.start]) is not None
    if (_NAME_AFTER_TWO if second else _NAME_AFTER_ONE).match(text, place.end) is None:
        return None
    return _Reading(LATIN_TO_CYRILLIC[place.word], True, 0.9)


def _touches_digit(text: str, place: _Place) -> bool:
    return text[place.start - 1 : place.start].isdigit() or text[place.end : place.end + 1].isdigit()


def _is_mentioned(text: str, place: _Place) -> bool:
    # In quotes or brackets, or after the name of a language: a word that is spoken about.
    before, after = text[max(0, place.start - 1) : place.start], text[place.end : place.end + 1]
    if before in _OPENING or after in _CLOSING:
        return True
    return _GLOSSED.search(text[max(0, place.start - 40) : place.start]) is not None


def _neighbour(text: str, place: _Place, step: int) -> str | None:
    # The nearest word of the line in one direction that is not itself all look-alikes; an empty string at the end of the line.
    if step > 0:
        end = text.find("\n", place.end)
        words = _WORD.findall(text[place.end : min(place.end + 120, len(text) if end < 0 else end)])
    else:
        low = max(text.rfind("\n", 0, place.start) + 1, place.start - 120)
        words = _WORD.findall(text[low : place.start])[::-1]
    word: str
    for word in words:
        if not all(c in LATIN_TO_CYRILLIC for c in word):
            return word
    return "" if not words else None


def _is_kazakh(word: str | None) -> bool:
    # Whether a neighbour speaks for Kazakh; the end of the line speaks neither way.
    if word is None:
        return False
    return not word or any(c in KAZAKH_LETTERS for c in word)
