"""Paragraphs with line breaks in them (`<br>`, Shift+Enter in Word): are their lines verses, paragraphs of their own, or one text?

A line break is what writers use for all three. Decided by the form of the lines alone.
"""

from __future__ import annotations

import re

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["cut_lines"]

MOST_IN_VERSE = 60
"""Characters of the longest line that a verse has."""
LEAST_LINES = 3
"""Lines that a poem has."""

_SENTENCE_END = re.compile(r"[.!?…:;][»”\"')\]]*\Z")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_WHOLE = re.compile(r"[.!?…][»”\"')\]]*\Z")
_ITEM = re.compile(rf"(?:\d{{1,3}}(?:[-.]\d{{1,3}})*[.)]|[{KAZAKH_LOWER}a-z]\)|[-–—•·*▪])\s")
_BEGINNING = re.compile(r"[«“\"'(–—-]*\s*[^\W\d_]")


def cut_lines(text: str) -> tuple[str, list[tuple[int, int]]]:
    """What a paragraph with line breaks is (`verse`, or an empty string), and the stretches of its blocks; a stanza is one.

    Empty lines part stanzas and paragraphs; line breaks in a stretch that is no verse join a sentence.

    >>> cut_lines("Желсіз түнде жарық ай,\\nСәулесі суда дірілдеп,\\nАуылдың жаны терең сай,\\nТасыған өзен гүрілдеп.")[0]
    'verse'
    >>> cut_lines("Алматы қаласы,\\n Абай даңғылы"), cut_lines("1) қалам;\\n2) қағаз.")
    (('', [(0, 28)]), ('', [(0, 9), (10, 19)]))
    """
    parts = _parts(text)
    lines = [_lines(text[start:end]) for start, end in parts]
    words = [[text[start:end][a:b] for a, b in cut] for (start, end), cut in zip(parts, lines, strict=True)]
    if any(len(part) >= LEAST_LINES and _is_verse(part) for part in words) and all(map(_may_be_verse, words)):
        return "verse", [(start + cut[0][0], start + cut[-1][1]) for (start, _), cut in zip(parts, lines, strict=True)]
    stretches: list[tuple[int, int]] = []
    for (start, _), cut, part in zip(parts, lines, words, strict=True):
        apart = _listed(part) or all(_SENTENCE_END.search(line) for line in part[:-1])
        stretches += [(start + a, start + b) for a, b in (cut if apart else [(cut[0][0], cut[-1][1])])]
    return "", stretches


def _parts(text: str) -> list[tuple[int, int]]:
    """The stretches between empty lines."""
    parts, position = [], 0
    for gap in [*_EMPTY_LINES.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[position:end].strip():
            parts.append((position, end))
        position = gap.end() if gap else end
    return parts


def _lines(text: str) -> list[tuple[int, int]]:
    """The stretches of the lines that are not blank, without white space at their ends."""
    lines, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((position + len(line) - len(line.lstrip()), position + len(line.rstrip())))
        position += len(line) + 1
    return lines


def _is_verse(lines: list[str]) -> bool:
    return not all(_WHOLE.search(line) for line in lines) and _may_be_verse(lines)


def _may_be_verse(lines: list[str]) -> bool:
    """Whether lines are as short as those of a poem, and begin as they do: a couplet or a title may be part of one."""
    return all(len(line) <= MOST_IN_VERSE for line in lines) and _begins_anew(lines) and not _listed(lines)


def _begins_anew(lines: list[str]) -> bool:
    # Nearly every line of a poem begins with a capital, and hardly any ends a sentence alone, as short paragraphs do.
    letters = [m[0][-1] for line in lines if (m := _BEGINNING.match(line))]
    return len(letters) > 0.9 * len(lines) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _listed(lines: list[str]) -> bool:
    return sum(_ITEM.match(line) is not None for line in lines) >= max(2, len(lines) - 1)
