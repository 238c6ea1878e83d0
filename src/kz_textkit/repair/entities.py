"""HTML entities (`&laquo;`, `&#1179;`) and control characters that web pages, PDF extraction and word processors leave in a text.

The names are those of the HTML standard (Python's `html.entities`). The control characters with a meaning in text (tab, line
ends, form feed, and the hyphens of word processors) are none of this module's business.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from kz_textkit.alignment import Edit

__all__ = ["CONTROLS", "control_edits", "entity_edits"]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>|\bx?html\b", re.IGNORECASE)
_KEPT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ud800-\udfff]")

CONTROLS = frozenset(map(chr, (*range(9), *range(0x0E, 0x1E), *range(0x7F, 0x85), *range(0x86, 0xA0))))
"""The control characters that `control_edits` takes out."""
# Escape sequences of terminals, control characters, and those that are punctuation of windows-125x misread as Latin-1.
_CONTROL = re.compile("\x1b\\[[0-9;]{0,12}[A-Za-z]|[\x00-\x08\x0e-\x1d\x7f-\x84\x86-\x9f]")
_SEPARATORS = "\x1c\x1d"
_WINDOWS_PUNCTUATION = {
    chr(byte): bytes([byte]).decode("cp1251") for byte in (0x82, 0x84, 0x86, 0x87, 0x89, 0x8B, *range(0x91, 0x98), 0x99, 0x9B)
}


def entity_edits(text: str, rule: str) -> list[Edit]:
    """HTML entities as the characters that they stand for.

    Left alone where the line is about markup: it has a tag, or names HTML.

    >>> [(e.before, e.after) for e in entity_edits("&laquo;&#1178;аза&#x49b;&raquo; AT&T", "encoding")]
    [('&laquo;', '«'), ('&#1178;', 'Қ'), ('&#x49b;', 'қ'), ('&raquo;', '»')]
    """
    edits: list[Edit] = []
    markup: tuple[int, int, bool] = (0, 0, False)
    for match in _ENTITY.finditer(text):
        start, end = match.span()
        if start >= markup[1]:
            line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            markup = (line_start, line_end, _MARKUP.search(text, line_start, line_end) is not None)
        if markup[2]:
            continue
        after = _character(match[0])
        if after:
            edits.append(Edit(start, end, match[0], after, rule))
    return edits


def _character(entity: str) -> str:
    if not entity.startswith("&#") and entity[1:] not in html5:
        return ""
    after = html.unescape(entity)
    return "" if after == entity or _KEPT.search(after) else after


def control_edits(text: str, rule: str) -> list[Edit]:
    """Control characters dropped; those of the second set that windows code pages use for punctuation become that punctuation.

    >>> [(e.before, e.after) for e in control_edits("қа\\x02ла \\x96 ауыл", "encoding")]
    [('\\x02', ''), ('\\x96', '–')]
    """
    return [Edit(m.start(), m.end(), m[0], _in_place_of(m[0], text, m.start()), rule) for m in _CONTROL.finditer(text)]


def _in_place_of(control: str, text: str, at: int) -> str:
    """What the control character at `at` stands for."""
    if control == "\x07":  # It ends the cells of a table in the files of an old word processor.
        return "\t"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if control in _SEPARATORS:
        return " " if before.isalnum() and after.isalnum() else ""
    if control == "\x02" and before.isalpha() and after in "\r\n" and after:  # pdfium's hyphen at the end of a line
        return "-"
    return _WINDOWS_PUNCTUATION.get(control, "")
