"""Which lines are headings, and which are the plan under a lecture's title.

A heading betrays itself by what it says (a label or a known title: `labels`; here), by a number in a series (`numbering`), or by
how it stands among other lines (`plain_titles`). A label at the beginning of a line is not enough: prose wraps before "2-тарау"
too. Hence a heading begins only where the line before it ended its paragraph (`view`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from kz_textkit.document import SectionKind
from kz_textkit.layout.convention import Convention
from kz_textkit.layout.labels import (
    MAX_KNOWN,
    HeadingLabel,
    heading_label,
    list_label,
    normal_title,
    numbered_title,
    title_kind,
    unspaced,
)
from kz_textkit.layout.lines import Line
from kz_textkit.layout.numbering import add_numbered_titles
from kz_textkit.layout.plain_titles import add_plain_titles, add_repeated_titles
from kz_textkit.layout.plans import take_plans
from kz_textkit.layout.title_words import CLOSING, MAX_PLAIN, is_capitals, is_sentence, is_title_like
from kz_textkit.layout.view import Heading, View, habits_of

__all__ = ["Found", "Heading", "find_headings"]


@dataclass(frozen=True, slots=True)
class Found:
    """What `find_headings` finds. All positions are indices into its `lines`, the end not included; both in order."""

    headings: tuple[Heading, ...]
    outline: tuple[tuple[int, int], ...]
    """Items of the plans under titles."""


def find_headings(
    lines: Sequence[Line],
    taken: Collection[int] = (),
    announced: Collection[str] = (),
    convention: Convention | None = None,
) -> Found:
    """Headings and plans among `lines`.

    `taken` are the indices of lines that are something else for certain (tables of contents); `announced` the titles
    (`normal_title`) that a table of contents lists; `convention` is learnt from the lines where it is not given. Lines have their
    ends (`convention.with_ends`).

    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді.\\n\\n2-тарау. Сын есім\\n\\nСын есім заттың сынын білдіреді."
    >>> [(h.number, h.title) for h in find_headings(read_lines(text)).headings]
    [('1', 'Зат есім'), ('2', 'Сын есім')]
    """
    if not lines:
        return Found((), ())
    view = View(lines, habits_of(lines, convention), taken, announced)
    _add_labelled_titles(view)
    add_numbered_titles(view)
    add_plain_titles(view)
    plan = take_plans(view)
    planned = {normal_title(text) for first, last in plan for text in _with_and_without_label(view.text(first, last))} - {""}
    if planned:
        view.announce({*announced, *planned})
        view.taken = {*taken, *(k for first, last in plan for k in range(first, last))}
        add_repeated_titles(view)
    headings = (view.found[i] for i in sorted(view.found))
    return Found(tuple(heading._replace(title=" ".join(heading.title.split())) for heading in headings), tuple(plan))


def _with_and_without_label(item: str) -> tuple[str, ...]:
    label = list_label(item)
    return (item,) if label is None else (item, item[label.rest_at :])


def _add_labelled_titles(view: View) -> None:
    lines, habits = view.lines, view.habits
    for i in view.starts:
        if i in view.covered:
            continue
        line = lines[i]
        text = line.text
        label = heading_label(text)
        if label is not None and _runs_on(view, i):
            continue
        if label is not None:
            _add_labelled(view, i, label)
        elif (
            len(text) <= MAX_KNOWN
            and (text[-1] not in ".,;" or len(text) < 40)
            and (not line.ends_full or line.blank_before > habits.gap_in or line.page_start or not i)
        ):
            _add_known(view, i)


def _runs_on(view: View, i: int) -> bool:
    """The line above is long and open at its end: the label stands in the middle of a sentence."""
    line = view.lines[i]
    if not i or not view.habits.wrapped or line.blank_before > view.habits.gap_in or line.page_start or i - 1 in view.covered:
        return False
    above = view.lines[i - 1].text
    return (above[-1].islower() or above[-1] == ",") and len(above) > view.habits.long * 0.7 and i - 1 not in view.taken


def _add_labelled(view: View, i: int, label: HeadingLabel) -> None:
    text = view.lines[i].text
    if label.rest_at >= len(text):
        last = _title_below(view, i)
        title = view.text(i + 1, last)
    else:
        last = view.extent(i)
        title = view.text(i, last)[label.rest_at :]
        if not is_title_like(title, labelled=True) or (not label.closed and is_sentence(title)):
            return
    view.add(Heading(i, last, label.rank, label.order, label.kind, label.number, label.value, title, text[: label.rest_at].strip()))


def _title_below(view: View, i: int) -> int:
    """Index after the title that stands under a label alone on its line; `i + 1` where none does."""
    j = i + 1
    if j >= len(view.lines) or j in view.taken:
        return j
    line = view.lines[j]
    text = line.text
    if (
        line.blank_before > view.lines[i].blank_before + 2
        or len(text) > MAX_PLAIN
        or text[:1].islower()
        or text[:1] in "-–—"
        or list_label(text) is not None
        or heading_label(text) is not None
        or numbered_title(text) is not None
        or title_kind(text) is not None
    ):
        return j
    last = view.extent(j)
    title = view.text(j, last)
    if title[-1:] in ":;" or (title[-1:] == "." and not view.room_after(last)):
        return j
    if not is_title_like(title) or is_sentence(title) or (view.lines[last - 1].ends_full and not is_capitals(title)):
        return j
    follows = view.lines[last] if last < len(view.lines) else None
    if follows is not None and not is_capitals(title) and len(follows.text) < len(title) * 0.6 and follows.text[:1].islower():
        return j
    return last


def _add_known(view: View, i: int) -> None:
    text = view.lines[i].text
    kind = title_kind(text)
    last = i + 1
    if kind is None and not view.lines[i].ends_full and text[-1:] in CLOSING + ",":
        return
    if kind is None and last < len(view.lines) and last not in view.taken and view.lines[last].text[:1].islower():
        joined = view.extent(i)
        if 1 < joined - i <= 3:
            kind = title_kind(view.text(i, joined))
            last = joined
    if kind is None or kind == "outline":
        return
    if view.habits.gap_in < view.habits.gap_between and last < len(view.lines) and view.lines[last].text[:1].islower():
        return
    title = unspaced(view.text(i, last))
    view.add(Heading(i, last, "known", 1.0, cast(SectionKind, kind), title=title))
