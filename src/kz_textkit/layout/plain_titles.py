"""Titles without a label, told from text by how they stand: alone, short, no sentence, with more room around them than paragraphs have.

No sign is enough by itself, so signs are weighed (`WEIGHTS`) and a title is what reaches `THRESHOLD`. `signs` names them, so that each
decision can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kz_textkit.layout.labels import caption, is_no_title, is_source, is_table_like, list_label, numbered_title, title_kind, unspaced
from kz_textkit.layout.title_words import MAX_PLAIN, has_word, is_capitals, is_open, is_signature, signs_of_words
from kz_textkit.layout.view import Heading, View

__all__ = ["THRESHOLD", "WEIGHTS", "add_plain_titles", "add_repeated_titles", "signs"]

WEIGHTS = {
    "room before": 2.0,
    "room below a title": 1.0,
    "room after": 1.5,
    "page start": 0.5,
    "no final point": 1.5,
    "own paragraph": 1.0,
    "question": 1.0,
    "question in a dialogue": -1.0,
    "final point": -0.5,
    "long, with final point": -1.0,
    "final colon": -1.0,
    "capitals": 2.5,
    "announced": 3.0,  # in the table of contents or the plan
    "named again": 3.0,  # the text under it begins with its words
    "other font": 1.0,
    "centred": 1.5,
    "text follows": 1.0,
    "short": 0.5,
    "verb": -1.0,
    "tight before": -2.0,
    "tight after": -1.5,
    "short neighbour": -2.0,
    "several lines": -1.5,
    "open before": -1.0,
    "two sentences": -1.0,
    "numbered": -1.0,
    "many words": -1.0,
    "explains after a colon": -3.0,
    "line of a form": -3.0,  # `Пәннің атауы: ...`, `Кредит саны: ...` one under the other
    "name": -3.0,
    "name without text": -5.0,
    "place and date": -8.0,
    "date": -3.0,
}
"""What a line gains or loses as a title. Set by hand on documents of many kinds, then checked on the gold texts in `tests/`."""

THRESHOLD = 3.0
CROWDED = 4.5
"""Threshold for a document in which more than a third of the lines look like titles."""


RARE_DAMAGE = 0.3
"""Share of damaged lines above which damage says nothing of the font of a line."""
CENTRED = 8
"""Spaces of indent beyond the usual from which a line counts as centred."""
_FIELD = re.compile(r"[^\W\d_][^:.!?]{1,40}: +\S")
"""A name, a colon, and what is filled in after it."""


class _Candidate(NamedTuple):
    """Lines (indices, the end not included) that may be a title, and the sum of their signs."""

    first: int
    last: int
    title: str
    score: float


def add_plain_titles(view: View) -> None:
    """Finds the titles of this kind and adds them to `view`."""
    candidates = [found for i in view.starts if (found := _candidate(view, i)) is not None]
    weak = sum(found.score < CROWDED and not is_capitals(found.title) for found in candidates)
    threshold = CROWDED if weak * 3 > len(view.lines) else THRESHOLD
    for candidate in candidates:
        following: _Candidate | None = candidate
        while following is not None and following.score >= threshold and following.first not in view.covered:
            _add(view, following)
            # A title right under a title is seen only now that the line above it is known to be one.
            following = _candidate(view, following.last)


def add_repeated_titles(view: View) -> None:
    """Titles that a plan announced, where they stand later without other signs."""
    for i in view.starts:
        text = view.lines[i].text
        if not (text[0].isalpha() or text[0] in '«"“„') or i in view.covered or i in view.taken or not view.may_be_announced(i):
            continue
        if any(view.is_announced(i, last) for last in range(i + 1, min(i + 4, len(view.lines)))):
            found = _candidate(view, i)
            if found is not None:
                _add(view, found)


def _candidate(view: View, i: int) -> _Candidate | None:
    """Line `i` as the beginning of a title without label; None where it can't be, or is no better than text."""
    if i >= len(view.lines) or i in view.taken or i in view.covered or not _may_be_plain(view, i):
        return None
    last = view.extent(i)
    title = view.text(i, last)
    if (last in view.covered and last not in view.found) or len(title) > MAX_PLAIN or title[-1] in ",;" or not view.ends(last):
        return None
    score = sum(WEIGHTS[sign] for sign in signs(view, i, last, title))
    return _Candidate(i, last, title, score) if score >= THRESHOLD else None


def _add(view: View, candidate: _Candidate) -> None:
    i, last, title, _ = candidate
    rank, order = ("capitals", 8.0) if is_capitals(title) else ("plain", 9.0)
    label = numbered_title(title)
    if label is None or label.rest_at >= len(title):
        view.add(Heading(i, last, rank, order, "section", title=unspaced(title)))
    else:
        printed, rest = title[: label.rest_at].strip(), title[label.rest_at :]
        view.add(Heading(i, last, rank, order, "section", label.number, None, rest, printed))


def _may_be_plain(view: View, i: int) -> bool:
    line = view.lines[i]
    text = line.text
    first = text[0]
    if len(text) > MAX_PLAIN or len(text) < 3 or not (first.isupper() or first in '«"“„' or first.isdigit()):
        return False
    if not _has_a_sign(view, i):
        return False
    if text[-1] in ".:,;!" or line.ends_full:
        # Without room before it, in the convention of the document, such a line is text.
        room = line.blank_before > view.habits.gap_in or line.page_start or i == 0 or i - 1 in view.covered
        if (
            not room
            and not text[:2].isupper()
            and not (view.may_be_announced(i) and any(view.is_announced(i, last) for last in (i + 1, min(i + 2, len(view.lines)))))
        ):
            return False
        if text[-1] == ";" or (text[-1] == "," and not line.ends_full):
            return False
    if not has_word(text) or title_kind(text) or is_table_like(text) or is_source(text) or "://" in text:
        return False
    if caption(text) or is_no_title(text):
        return False
    label = list_label(text)
    return label is None or (label.style == "1." and not _is_listed(view, i, label.value or 0))


def _has_a_sign(view: View, i: int) -> bool:
    """What is cheapest to see: in a wrapped text a title has room, capitals or an announcement, or is a short line above a full one."""
    habits, lines = view.habits, view.lines
    line = lines[i]
    text = line.text
    if not habits.wrapped or habits.gap_between > habits.gap_in or line.blank_before > habits.gap_between or line.page_start or not i:
        return True
    if text[:2].isupper() or i + 1 == len(lines) or lines[i + 1].blank_before > habits.gap_between or i - 1 in view.covered:
        return True
    if (line.damaged and habits.damage < RARE_DAMAGE) or line.indent > habits.indent + CENTRED:
        return True
    if text[0].isdigit():
        return False
    plain = text[-1] not in ".:,;!…" and not line.ends_full
    return (plain and len(text) < habits.long * 0.75 and _is_body(view, i + 1)) or view.may_be_announced(i)


def _is_listed(view: View, i: int, value: int) -> bool:
    """Near line `i`, which is numbered `value`, stands its neighbour in a list."""
    for k in (*range(max(0, i - 4), i), *range(i + 1, min(len(view.lines), i + 5))):
        label = list_label(view.lines[k].text)
        if label is not None and label.value == (value - 1 if k < i else value + 1):
            return True
    return False


def signs(view: View, i: int, last: int, title: str) -> Iterator[str]:
    """The names of the signs, for and against, that the lines from `i` to `last` are a title."""
    yield from _signs_of_place(view, i, last)
    for sign in signs_of_words(title):
        yield sign
        # The name of a writer may head a chapter on him; above a title, or under the text, it signs.
        if sign == "name" and (last >= len(view.lines) or last in view.taken or not _is_body(view, last)):
            yield "name without text"
    if view.is_announced(i, last):
        yield "announced"
    if (
        last < len(view.lines)
        and view.lines[last].text[: len(title)].casefold() == title.casefold()
        and len(view.lines[last].text) > len(title) + 20
    ):
        yield "named again"
    if title[-1] == "?" and view.habits.dialogue:
        yield "question in a dialogue"
    if any(line.damaged for line in view.lines[i:last]) and view.habits.damage < RARE_DAMAGE:
        yield "other font"
    if _FIELD.match(title) and any(_is_field(view, k) for k in (i - 1, last)):
        yield "line of a form"
    if len(title) < view.habits.long * 0.75:
        yield "short"
    if title[-1] not in ".:" and _is_own_paragraph(view, i, last):
        yield "own paragraph"


def _is_field(view: View, i: int) -> bool:
    """Line `i` is a name and what is filled in after it, and no title."""
    return 0 <= i < len(view.lines) and i not in view.covered and _FIELD.match(view.lines[i].text) is not None


def _is_own_paragraph(view: View, i: int, last: int) -> bool:
    """The lines are set as a paragraph: one line each, or between blank lines."""
    habits, lines = view.habits, view.lines
    if not habits.wrapped:
        return True
    after = lines[last].blank_before if last < len(lines) else habits.gap_between
    return habits.gap_between > habits.gap_in and (not i or lines[i].blank_before >= habits.gap_between) and after >= habits.gap_between


def _signs_of_place(view: View, i: int, last: int) -> Iterator[str]:
    habits, lines = view.habits, view.lines
    line = lines[i]
    if view.room_before(i):
        yield "room before" if i - 1 not in view.covered else "room below a title"
    elif habits.gap_between > habits.gap_in and line.blank_before <= habits.gap_in and i - 1 not in view.covered:
        yield "tight before"
    if line.page_start and i:
        yield "page start"
    if line.indent > habits.indent + CENTRED:
        yield "centred"
    if i and i - 1 not in view.covered and i - 1 not in view.taken:
        before = lines[i - 1]
        if is_open(before.text) and not view.room_before(i) and not is_signature(before.text):
            yield "open before"
        if _is_short_entry(view, i - 1) and not view.room_before(i) and not is_signature(before.text):
            yield "short neighbour"
    if view.room_after(last):
        yield "room after"
    elif last - i > 1 and not is_capitals(line.text):
        yield "several lines"
    elif i and habits.gap_between > habits.gap_in and lines[last].blank_before <= habits.gap_in and not lines[last].ends_full:
        yield "tight after"
    if last < len(lines) and last not in view.taken:
        if _is_body(view, last):
            yield "text follows"
        elif (
            not view.room_before(i)
            and not view.room_after(last)
            and last not in view.covered
            and _is_short_entry(view, last)
            and not list_label(lines[last].text)
        ):
            yield "short neighbour"


def _is_body(view: View, i: int) -> bool:
    """Line `i` begins running text."""
    line = view.lines[i]
    if line.text[0] in "–—-" and line.text[-1] in ".!?…":
        return True
    long = view.habits.long * 2 // 3
    if line.ends_full or len(line.text) > max(50, long if view.habits.wrapped else min(80, long)):
        return not line.text[:1].islower()
    return (not view.habits.wrapped and line.text[-1] in ".!?…»" and len(line.text) > 40) or _begins_stanza(view, i)


def _begins_stanza(view: View, i: int) -> bool:
    """Three lines or more stand close together from line `i` on, with room after the line before."""
    lines, habits = view.lines, view.habits
    if habits.gap_in == habits.gap_between == 0 or i + 2 >= len(lines):
        return False
    return lines[i].blank_before > lines[i + 1].blank_before == lines[i + 2].blank_before


def _is_short_entry(view: View, i: int) -> bool:
    """Line `i` is short and no sentence: among such lines a short line is an entry of a list, not a title."""
    line = view.lines[i]
    return not line.ends_full and len(line.text) < view.habits.long * 0.8 and line.text[-1:] not in ".!?…:" and not _is_body(view, i)
