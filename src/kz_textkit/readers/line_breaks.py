"""Paragraphs with line breaks in them (`<br>`, Shift+Enter in Word): are their lines verses, paragraphs of their own, or one text?

A line break is what writers use for all three. Decided by the form of the lines alone.
"""

from __future__ import annotations

import re

__all__ = ["cut_lines"]

MOST_IN_VERSE = 60
"""Characters of the longest line that a verse has."""
LEAST_LINES = 3
"""Lines that a poem has."""

_SENTENCE_END = re.compile(r"[.!?…:;][»”\"')\]]*\Z")
_WHOLE = re.compile(r"[.!?…][»”\"')\]]*\Z")
_ITEM = re.compile(r"(?:\d{1,3}(?:[-.]\d{1,3})*[.)]|[а-яәіa-z]\)|[-–—•·*▪])\s")
_BEGINNING = re.compile(r"[«“\"'(–—-]*\s*[^\W\d_]")


def cut_lines(text: str) -> tuple[str, list[tuple[int, int]]]:
    """What a paragraph with line breaks is (`verse`, or an empty string), and the stretches of its blocks; a poem is one.

    >>> cut_lines("Желсіз түнде жарық ай,\\nСәулесі суда дірілдеп,\\nАуылдың жаны терең сай,\\nТасыған өзен гүрілдеп.")[0]
    'verse'
    >>> cut_lines("Алматы қаласы,\\n Абай даңғылы"), cut_lines("1) қалам;\\n2) қағаз.")
    (('', [(0, 28)]), ('', [(0, 9), (10, 19)]))
    """
    lines = _lines(text)
    if len(lines) < 2:
        return "", [(0, len(text))]
    words = [text[start:end] for start, end in lines]
    if all(_WHOLE.search(line) for line in words):
        return "", lines
    if len(lines) >= LEAST_LINES and all(len(line) <= MOST_IN_VERSE for line in words) and _begins_anew(words) and not _listed(words):
        return "verse", [(0, len(text))]
    if _listed(words) or all(_SENTENCE_END.search(line) for line in words[:-1]):
        return "", lines
    return "", [(0, len(text))]


def _lines(text: str) -> list[tuple[int, int]]:
    """The stretches of the lines that are not blank, without white space at their ends."""
    lines, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((position + len(line) - len(line.lstrip()), position + len(line.rstrip())))
        position += len(line) + 1
    return lines


def _begins_anew(lines: list[str]) -> bool:
    # Nearly every line of a poem begins with a capital, and hardly any ends a sentence alone, as short paragraphs do.
    letters = [m[0][-1] for line in lines if (m := _BEGINNING.match(line))]
    return len(letters) > 0.9 * len(lines) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _listed(lines: list[str]) -> bool:
    return sum(_ITEM.match(line) is not None for line in lines) >= max(2, len(lines) - 1)
