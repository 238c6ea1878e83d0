"""What words of a line show: whether its last word leaves a phrase open, and words that stand on lines that are seldom text.

The tables can be corrected without knowing Python: `data/last_words.tsv` has words and endings of Kazakh grammar (cases, possessives,
participles, postpositions), `data/line_words.tsv` words of menus, imprints, signatures and of what introduces a decision or a list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

__all__ = ["LAST_WORDS", "LINE_WORDS", "last_word", "line_words"]

LONGEST = 90
"""Characters of the longest line whose words are looked for."""
_AROUND_WORDS = " \t.,:;!?…«»\"“”„'’()[]*–—-"


def _rows(name: str) -> list[list[str]]:
    rows = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


_ENDS: dict[str, str] = dict(_rows("last_words.tsv"))
_LONGEST_ENDING = max(len(ending) - 1 for ending in _ENDS if ending.startswith("-"))
_WORDS = _rows("line_words.tsv")
_WHOLE = {words: found for words, match, found in _WORDS if match == "whole"}

LAST_WORDS = ("none", "figure", "other", *dict.fromkeys(_ENDS.values()))
"""Classes of last words; `none`: a line without letters at its end."""
LINE_WORDS = ("none", *dict.fromkeys(found for _, _, found in _WORDS))
"""Classes of the words that lines stand for."""


def _pattern(match: str, found: str) -> str:
    words = sorted((re.escape(words) for words, own, kind in _WORDS if own == match and kind == found), key=len, reverse=True)
    return rf"(?P<{match}_{found}>{'^' if match == 'start' else ''}(?<!\w)(?:{'|'.join(words)})(?!\w))" if words else ""


_PATTERN = re.compile("|".join(one for match in ("start", "inside") for found in LINE_WORDS[1:] if (one := _pattern(match, found))))


def _sought_in(text: str) -> re.Match[str] | None:
    """The first place of the pattern in a text in small letters; most texts have no word that it begins with."""
    if any(map(text.__contains__, _AFTER_SIGNS)):
        return _PATTERN.search(text)
    if _FIRST_WORDS.isdisjoint(_WORD.findall(text)):
        return None
    begun = (_PATTERN.match(text, word.start()) for word in _WORD.finditer(text) if word.group() in _FIRST_WORDS)
    return next(filter(None, begun), None)


_WORD = re.compile(r"\w+")
_SOUGHT = [words for words, match, _ in _WORDS if match != "whole"]
_FIRST_WORDS = frozenset(first[0] for words in _SOUGHT if (first := _WORD.match(words)))
"""What the words that are sought within lines begin with, and below those that begin with a sign."""
_AFTER_SIGNS = tuple(words for words in _SOUGHT if not _WORD.match(words))


def last_word(text: str) -> str:
    """The class of the last word of a line.

    >>> [last_word(line) for line in ("Қазақ тілінің", "Сөз таптары", "Тіл туралы", "ауылға келді.", "1998")]
    ['genitive', 'possessive', 'about', 'past', 'figure']
    """
    words = text[-40:].rstrip(_AROUND_WORDS).split()
    if not words:
        return "none"
    return _of_word(words[-1].lstrip(_AROUND_WORDS).lower())


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> str:
    if not word[-1:].isalpha():
        return "figure" if word[-1:].isdigit() else "none"
    whole = _ENDS.get(word)
    if whole is not None:
        return whole
    for size in range(min(_LONGEST_ENDING, len(word) - 1), 0, -1):
        found = _ENDS.get("-" + word[-size:])
        if found is not None:
            return found
    return "other"


def line_words(text: str) -> str:
    """The class of what a short line says, `none` for most lines.

    >>> [line_words(line) for line in ("Басты бет", "ҚАУЛЫ ЕТТІ:", "Мектеп директоры Н. Оразов", "Сөз таптары")]
    ['site', 'introduces', 'post', 'none']
    """
    if len(text) > LONGEST:
        return "none"
    lower = text.lower()
    whole = _WHOLE.get(lower.strip(_AROUND_WORDS))
    if whole is not None:
        return whole
    found = _sought_in(lower)
    return found.lastgroup.partition("_")[2] if found is not None and found.lastgroup else "none"
