"""Invisible characters, and spaces and line ends other than the plain ones.

Word processors, web pages and PDF extraction leave soft hyphens, zero-width spaces, direction marks and byte order marks inside words,
where no reader sees them and every search stumbles over them. Names and properties are from the Unicode Character Database
(categories Cf and Zs; Scripts.txt for the scripts in which joiners and direction marks are part of the spelling).
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit

__all__ = ["CHARACTERS", "has_invisible", "invisible_characters"]

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
LINE_ENDS = "\u000b\u0085\u2028\u2029"
SOFT_HYPHENS = "\u00ad\u001f"
DIVISIONS = "\u0002\ufffe\u00ac"
"""What programs leave of the hyphen at the end of a line, in place of it: pdfium's U+0002 and U+FFFE, the not sign of text
recognition."""
_JOINED_DIVISION = "\ufffe"
"""That after which pdfium goes on in the same line with what stood in the next."""
HYPHENS = "\u001e"
"""Record separator: what some word processors store for a no-break hyphen (and U+001F for a soft one)."""
JOINERS = "\u200c\u200d"
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
IGNORABLE = "\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"

CHARACTERS = SPACES + LINE_ENDS + DIVISIONS + SOFT_HYPHENS + HYPHENS + JOINERS + DIRECTIONS + IGNORABLE
"""All that this rule looks for, as the inside of a character class."""

#: How far around a direction mark letters are looked for that run from right to left.
REACH = 300

_FIND = re.compile(f"[{CHARACTERS}]|\\r(?!\\n)")
_SPACE = re.compile(f"[{SPACES}]")
_LINE_END = re.compile(f"[{LINE_ENDS}\\r]")
_LINE_END_ANY = re.compile(f"[{LINE_ENDS}\\r\\n]")
_SOFT_HYPHEN = re.compile(f"[{SOFT_HYPHENS}]")
_DIVISION = re.compile(f"[{DIVISIONS}]")
_DIRECTION = re.compile(f"[{DIRECTIONS}]")
# Scripts that spell with joiners: Hebrew to Thaana and N'Ko, the Indic ones, Myanmar, Khmer, Mongolian; and emoji sequences.
_JOINED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LINE_REST = re.compile(r"[ \t]*(?:\n|$)")


def has_invisible(text: str) -> bool:
    """Whether there is a character in the text that `invisible_characters` looks at.

    >>> has_invisible("қала"), has_invisible("қа\\u00adла")
    (False, True)
    """
    return _FIND.search(text) is not None


def invisible_characters(text: str) -> list[Edit]:
    """Drops invisible characters, makes exotic spaces plain ones and exotic line ends newlines.

    A joiner stays where it is part of the spelling (emoji, Arabic, Persian, Indic scripts), a direction mark where its line has letters
    that run from right to left; tabs, newlines, carriage returns before newlines, and form feeds stay. A soft hyphen at the end of a
    line was printed, so it becomes a hyphen; so does what some programs write for one there. Where pdfium put two printed lines to one,
    the line ends again, so that what becomes of the hyphen is decided as for any other.

    >>> from kz_textkit.alignment import apply_edits
    >>> text = "Қазақ\\u00adстан\\u00a0– \\u200bбай ел"
    >>> apply_edits(text, invisible_characters(text))
    'Қазақстан – бай ел'
    """
    edits: list[Edit] = []
    for match in _FIND.finditer(text):
        start, before = match.start(), match[0]
        after = _replacement(text, start, before)
        if after != before:
            edits.append(Edit(start, start + 1, before, after, "invisible"))
    return edits


def _replacement(text: str, at: int, character: str) -> str:
    if _SPACE.match(character):
        return " "
    if _LINE_END.match(character):
        return "\n"
    if character in HYPHENS:
        return "-"
    if _SOFT_HYPHEN.match(character):
        return "-" if at and text[at - 1].isalpha() and _ends_line(text, at + 1) else ""
    if _DIVISION.match(character):
        if not (at and text[at - 1].isalpha()):
            return character
        if character == _JOINED_DIVISION and text[at + 1 : at + 2].isalpha():
            return "-\n"
        return "-" if _ends_line(text, at + 1) else character
    if character in JOINERS and _JOINED.search(text, max(0, at - 2), at + 3):
        return character
    if _DIRECTION.match(character) and _RIGHT_TO_LEFT.search(text, *_line(text, at)):
        return character
    return ""


def _ends_line(text: str, at: int) -> bool:
    rest = _LINE_REST.match(text, at)
    return rest is not None and rest.end() > at and rest.end() < len(text)


def _line(text: str, at: int) -> tuple[int, int]:
    # The line around a place, as far as it need be looked at; other line ends than newlines end it too.
    low, high = max(0, at - REACH), min(len(text), at + REACH)
    before = list(_LINE_END_ANY.finditer(text, low, at))
    after = _LINE_END_ANY.search(text, at, high)
    return before[-1].end() if before else low, after.start() if after else high
