"""The plan under the title of a lecture: short lines that name what comes, before the text begins.

Its lines look like titles, and often come again as titles further on. They are told apart by their place: several of them right
under the title of a lecture, or under `Жоспар:`, with text after them.
"""

from __future__ import annotations

from kz_textkit.layout.labels import ListLabel, list_label, normal_title, title_kind
from kz_textkit.layout.title_words import has_two_sentences, is_sentence
from kz_textkit.layout.view import View

__all__ = ["take_plans"]

MAX_PLAN = 14
"""Items of the longest plan."""
MAX_ITEM = 250
"""Characters of the longest item."""
NEAR = 400
"""Lines within which an item comes again as a title."""
WITH_PLANS = ("lecture", "topic", "lesson")
"""Ranks of titles that plans stand under."""

_Item = tuple[int, int]
"""First line of an item and the line after its last (indices)."""


def take_plans(view: View) -> list[_Item]:
    """The plans under titles of lectures and the like, and after a line that says `Жоспар:`; headings found inside them are taken
    back.
    """
    items: list[_Item] = []
    end = len(view.lines)
    for i in sorted(view.found, reverse=True):
        heading = view.found[i]
        if heading.rank in WITH_PLANS:
            items += _plan(view, heading.last, min(end, heading.last + 3 * MAX_PLAN))
        if heading.rank not in ("plain", "number"):
            end = i
    for i in view.starts:
        text = view.lines[i].text
        if len(text) < 60 and text[0].isupper() and title_kind(text) == "outline":
            items += _announced_plan(view, i)
    items = sorted(set(items))
    for first, last in items:
        for i in range(first, last):
            view.found.pop(i, None)
    return _without_overlaps(items)


def _plan(view: View, start: int, end: int) -> list[_Item]:
    """The items of a plan that begins at `start`, under a title; none where text begins there."""
    items: list[_Item] = []
    i = start
    while i < end and len(items) < MAX_PLAN and i not in view.taken:
        if items and view.lines[i].blank_before > max(view.habits.gap_between, view.habits.gap_in):
            return items if _is_followed(view, items, i) and _is_plan(view, items, closed=True) else []
        last = view.extent(i)
        text = view.text(i, last)
        if len(text) > MAX_ITEM or not view.ends(last) or text[:1].islower() or title_kind(text) not in (None, "outline"):
            break
        if _is_text_start(text):
            break
        items.append((i, last))
        i = last
    return items if items and i < len(view.lines) and _is_followed(view, items, i) and _is_plan(view, items, closed=False) else []


def _is_followed(view: View, items: list[_Item], i: int) -> bool:
    """What comes after the items is text, or a title that repeats one of them, so that they are a plan and not the text itself."""
    heading = view.found.get(i)
    if heading is None or (heading.rank in ("plain", "capitals") and len(items) > 1):
        return i not in view.taken
    return normal_title(heading.title) in {normal_title(view.text(*item)) for item in items}


def _is_text_start(text: str) -> bool:
    """What stands at `i` is text of the lecture rather than an item of its plan."""
    return is_sentence(text) or text[-1:] in ":;!" or (has_two_sentences(text) and text[-1:] == ".")


def _is_plan(view: View, items: list[_Item], *, closed: bool) -> bool:
    """Two items or more; or one that has room after it and does not stand alone between room, as a title does."""
    if len(items) >= 2:
        # Two lines, the second of which is a title with text under it: a subtitle and a title.
        return closed or len(items) > 2 or items[-1][0] not in view.found or _repeated(view, items[-1])
    first, last = items[0]
    return (closed and not view.room_before(first)) or normal_title(view.text(first, last)) in _again(view, last)


def _repeated(view: View, item: _Item) -> bool:
    return normal_title(view.text(*item)) in _again(view, item[1])


def _again(view: View, start: int) -> set[str]:
    """Titles found in the next few hundred lines."""
    return {normal_title(h.title) for k in range(start, min(start + NEAR, len(view.lines))) if (h := view.found.get(k)) is not None}


def _announced_plan(view: View, i: int) -> list[_Item]:
    """The line `Жоспар:` and the items after it."""
    items = [(i, i + 1)]
    k = i + 1
    first = list_label(view.lines[k].text) if k < len(view.lines) else None
    numbered = first is not None
    while k < len(view.lines) and k not in view.taken and len(items) <= MAX_PLAN:
        line = view.lines[k]
        label = list_label(line.text)
        if len(items) > 1 and numbered and (label is None or _starts_again(label, first)):
            break
        if not numbered and (line.blank_before > max(view.habits.gap_between, view.habits.gap_in) and len(items) > 1):
            break
        found = view.found.get(k)
        if found is not None and found.rank not in ("plain", "number"):
            break
        last = _item_extent(view, k)
        text = view.text(k, last)
        if not numbered and (_is_text_start(text) or view.lines[last - 1].ends_full or len(text) > 200):
            break
        items.append((k, last))
        k = last
    return items


def _starts_again(label: ListLabel, first: ListLabel | None) -> bool:
    """The numbering begins anew, so that the title of the first part stands here."""
    return first is not None and first.value is not None and label.value == first.value


def _item_extent(view: View, i: int) -> int:
    last = i + 1
    while last < len(view.lines) and last - i < 4 and view.lines[last].text[:1].islower() and list_label(view.lines[last].text) is None:
        last += 1
    return last


def _without_overlaps(items: list[_Item]) -> list[_Item]:
    kept: list[_Item] = []
    for first, last in items:
        if not kept or first >= kept[-1][1]:
            kept.append((first, last))
    return kept
