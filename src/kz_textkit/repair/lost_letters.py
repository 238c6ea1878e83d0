"""Texts that lost letters for good: what no repair can bring back has to be said.

Three accidents are known. A font or a converter knows only the letters that Kazakh has beyond Russian, and everything else is dropped
(`ққң ғ ң қү`); the other way round, a converter knows only the Russian ones, and each Kazakh letter becomes a question mark
(`?аза?стан`) or U+FFFD (`�аза�стан`).
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["lost_letters"]

#: Share of the letters that are special to Kazakh in text that lost the others; running text has about a quarter.
MOST_SPECIAL = 0.6
#: Fewest letters of a line that is judged.
ENOUGH = 6
#: How much of a long line is looked at on either side.
WINDOW = 300
#: Places that are looked at for an example, and longest part of a word shown on either side of one.
MANY, LONG = 200, 20

_SPECIAL = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
# Four special letters with none of the other half between them: no line that lost that half is without it.
_SUSPECT = re.compile("(?:[әғқңөұүһіӘҒҚҢӨҰҮҺІ][^а-яА-ЯёЁәғқңөұүһіӘҒҚҢӨҰҮҺІ\\n]{0,6}){4}")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# A question mark before a small letter, after a letter or before a word; and any U+FFFD.
_GAP = re.compile("\\?(?=[а-яёәғқңөұүһі])(?:(?<=[\u0400-\u052f?]\\?)|(?<![\\w?=&/.]\\?)(?=[а-яёі]{2}))|\ufffd")


def lost_letters(text: str) -> list[str]:
    """Warnings, one sentence each, about letters of `text` that are lost; none for a sound text. Meant for text after its repair.

    >>> lost_letters("?аза?стан Республикасыны? ?кіметі ?з жоспарын бекітті")
    ['letters are lost beyond repair: 3 are "?" (such as "?аза?стан"); read the original file in another encoding']
    >>> lost_letters("Қазақстан Республикасының Үкіметі қайда?")
    []
    """
    return [*_gaps(text), *_without_russian_half(text)]


def _gaps(text: str) -> list[str]:
    if "?" not in text and "\ufffd" not in text:
        return []
    warnings = []
    for sign, name in (("?", '"?"'), ("\ufffd", "the replacement character U+FFFD")):
        places = [m.start() for m in _GAP.finditer(text) if m[0][0] == sign]
        if not places:
            continue
        words = {_around(text, at) for at in places[:MANY]}
        example = max(words, key=lambda word: (word.count(sign), -len(word), word))
        if sign == "?" and len(places) < 3:
            continue
        lines = sum("\n" in text[a:b] for a, b in pairwise(places)) + 1
        where = f" in {lines} lines" if lines > 1 else ""
        warnings.append(
            f'letters are lost beyond repair: {len(places)} are {name}{where} (such as "{example}"); '
            "read the original file in another encoding"
        )
    return warnings


def _around(text: str, at: int) -> str:
    start = end = at
    while start > 0 and at - start < LONG and (text[start - 1].isalpha() or text[start - 1] in "?\ufffd"):
        start -= 1
    while end < len(text) and end - at < LONG and (text[end].isalpha() or text[end] in "?\ufffd"):
        end += 1
    return text[start:end]


def _without_russian_half(text: str) -> list[str]:
    bad: list[str] = []
    end = -1
    for match in _SUSPECT.finditer(text):
        if match.start() < end:
            continue
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.start())
        end = len(text) if end < 0 else end
        start, end = max(start, match.start() - WINDOW), min(end, match.start() + WINDOW)
        line = text[start:end]
        letters = _CYRILLIC.findall(line)
        if len(letters) >= ENOUGH and _share(line) >= MOST_SPECIAL and not _is_alphabet(letters):
            bad.append(line.strip())
    if not bad:
        return []
    example = max(bad, key=len)[:40].rstrip()
    if _share(text) >= MOST_SPECIAL:
        return [
            f'letters are lost beyond repair: almost only the letters special to Kazakh are left (such as "{example}"); '
            "take the text from the original file in another way"
        ]
    lines = "1 line" if len(bad) == 1 else f"{len(bad)} lines"
    return [f'letters are lost beyond repair: {lines} with almost only the letters special to Kazakh (such as "{example}")']


def _share(text: str) -> float:
    # Share of the Cyrillic letters that are special to Kazakh.
    return len(_SPECIAL.findall(text)) / max(1, len(_CYRILLIC.findall(text)))


def _is_alphabet(letters: list[str]) -> bool:
    # A grammar lists the special letters, each once or in both cases.
    kinds = {letter.lower() for letter in letters}
    return len(letters) <= 2 * len(kinds) and len(kinds) >= 6
