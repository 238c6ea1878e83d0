"""Spaces that are missing after punctuation, or stand before it.

Typists leave out the space after a full stop, and pieces of text that were put together lose it: `ұйымдастырады.Ол`. The same signs
stand inside abbreviations (`т.б.`, `б.з.д.`), before names (`Н.Ә.Назарбаев`), in numbers, dates, addresses and file names, where no
space is missing; so each place is looked at with the words on its two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import VOWELS
from kz_textkit.repair.places import in_address
from kz_textkit.repair.tables import word_list

__all__ = ["collapse_spaces", "punctuation_spacing"]

CLOSING = ("»", ")")
CYRILLIC = "\u0400-\u052f"

_AFTER = re.compile(f"[.,;:!?)»](?=[{CYRILLIC}])")
_BEFORE = re.compile(r" (?:[,;](?=\s|$)|\.(?=$|\s(?!\.)))")
_LEFT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_RIGHT = re.compile(r"[^\W\d_]+")
_ITEM = {".": re.compile(r"[ \t]*\d{1,3}"), ")": re.compile(r"[ \t]*(?:\d{1,3}|[^\W\d_])")}
_RUN = re.compile(r"  +")


def punctuation_spacing(text: str) -> list[Edit]:
    """Puts a space after punctuation that ends a sentence or clause, and takes one away before it, where that is evident.

    >>> from kz_textkit.alignment import apply_edits
    >>> text = "Жиын ұйымдастырады.Ол Н.Ә.Назарбаев , т.б.туралы 3.14"
    >>> apply_edits(text, punctuation_spacing(text))
    'Жиын ұйымдастырады. Ол Н.Ә.Назарбаев, т.б.туралы 3.14'
    """
    edits = [
        Edit(m.end(), m.end(), "", " ", "spacing", True, 0.9) for m in _AFTER.finditer(text) if _lacks_space(text, m.start(), m[0])
    ]
    before = list(_spaces_before(text))
    return sorted(edits + before, key=attrgetter("start")) if before else edits


def _spaces_before(text: str) -> Iterator[Edit]:
    # Single spaces between a word and a comma, semicolon or full stop that white space follows.
    for pair in (" ,", " ;", " ."):
        at = text.find(pair)
        while at > 0:
            if (_is_cyrillic(text[at - 1]) or text[at - 1] in CLOSING) and _BEFORE.match(text, at):
                yield Edit(at, at + 1, " ", "", "spacing", True, 0.8)
            at = text.find(pair, at + 1)


def collapse_spaces(text: str) -> list[Edit]:
    """Single spaces for runs of them inside a line; indentation stays.

    >>> [(e.before, e.after) for e in collapse_spaces("  тіл   мен  ойлау")]
    [('   ', ' '), ('  ', ' ')]
    """
    edits: list[Edit] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start and end < len(text) and not text[start - 1].isspace() and not text[end].isspace():
            edits.append(Edit(start, end, run[0], " ", "spacing"))
    return edits


def _lacks_space(text: str, at: int, sign: str) -> bool:
    # An address is looked for last: most places are told by the words beside them.
    return _parts_words(text, at, sign) and not in_address(text, at, at + 1)


def _parts_words(text: str, at: int, sign: str) -> bool:
    line_start = text.rfind("\n", max(0, at - 60), at) + 1 or max(0, at - 60)
    left_side = text[line_start:at]
    right_match = _RIGHT.match(text, at + 1)
    if right_match is None:
        return False
    right = right_match[0]
    if sign in _ITEM and _ITEM[sign].fullmatch(left_side) and _starts_sentence(right):
        return True
    left_match = _LEFT.search(left_side)
    left = left_match[0] if left_match else ""
    if sign == ".":
        return _ends_sentence(left, left_side) and _starts_sentence(right)
    if sign in "!?":
        return len(left) > 1 and _starts_sentence(right)
    if sign in ",;":
        return (len(left) > 1 or left_side[-1:] in ")»") and len(right) > 1 and _is_cyrillic(left or right)
    if sign == ":":
        return len(left) > 2 and len(right) > 2 and _is_cyrillic(left)
    return _starts_sentence(right) and (left_side[-1:].isalnum() or left_side[-1:] in tuple(".!?…»"))


def _ends_sentence(left: str, left_side: str) -> bool:
    if left_side[-1:] in ")»" and len(left_side) > 1:
        return True
    if not left or not _is_cyrillic(left) or VOWELS.isdisjoint(left) or left.lower() in word_list("abbreviations"):
        return False
    if left_side[: -len(left)].endswith("."):
        return len(left) > 4
    return len(left) > 2 if left.islower() else len(left) > 3


def _starts_sentence(right: str) -> bool:
    return len(right) > 1 and right[0].isupper() and (right[1:].islower() or right.isupper())


def _is_cyrillic(word: str) -> bool:
    return "\u0400" <= word[-1] <= "\u052f"
