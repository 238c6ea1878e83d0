"""Titles that only a number labels: `1.`, `II`, `1.2`, or a number alone on its line.

So are list items and the points of a decree. Numbers are titles as a series: they rise by one, what they number looks like titles,
and there is text between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kz_textkit.layout.labels import HeadingLabel, is_source, list_label, numbered_title, toc_entry
from kz_textkit.layout.title_words import is_sentence, is_title_like
from kz_textkit.layout.view import Heading, View

__all__ = ["add_numbered_titles"]

_Member = tuple[int, HeadingLabel]
"""A line (its index) and its label."""


def add_numbered_titles(view: View) -> None:
    """Finds the titles of this kind and adds them to `view`."""
    members: dict[str, list[_Member]] = {}
    for i in view.starts:
        text = view.lines[i].text
        if not (text[0].isdigit() or text[0] in "IІVXХL") or i in view.covered:
            continue
        label = numbered_title(text)
        if label is None:
            continue
        form = label.rank + text[len(label.number) : len(label.number) + 1].strip() * (label.rank != "decimal")
        form += " alone" if label.rest_at >= len(text) else ""
        members.setdefault(form, []).append((i, label))
    decimals = _decimal_titles(view, members.pop("decimal", []))
    chapters: dict[str, int] = {}
    for i, label in decimals:
        chapters.setdefault(label.number.split(".")[0], i)
    for i, label in decimals:
        _add_numbered(view, i, label)
    for series in members.values():
        # Titles may be numbered in the same way as the points under them; hence lines without final point once more by themselves.
        bare = [(i, label) for i, label in series if view.lines[i].text[-1] not in ".;:,"]
        for chain in (*_chains(series), *(_chains(bare) if len(bare) < len(series) else ())):
            if _is_series_of_titles(view, chain):
                for i, label in chain:
                    if i not in view.covered:
                        _add_numbered(view, i, label)
        for i, label in _last_before(series, chapters):
            if _stands_out(view, i) and i not in view.found:
                _add_numbered(view, i, label)


def _decimal_titles(view: View, members: list[_Member]) -> list[_Member]:
    titles = [(i, label) for i, label in members if label.rest_at < len(view.lines[i].text) and _is_title_at(view, i, label)]
    if len(titles) * 2 < len(members):
        return []
    return titles if _spaced(view, [i for i, _ in titles]) else []


def _is_title_at(view: View, i: int, label: HeadingLabel) -> bool:
    text = view.lines[i].text
    if text[-1] in ".;:," and (text[-1] != "." or len(text) > 60 or text.count(" ") > 6):
        return False
    last = view.extent(i)
    title = view.text(i, last)[label.rest_at :]
    if title[-1:] in ".:" and title.count(" ") > 5:
        return False
    return is_title_like(title) and not is_sentence(title) and view.ends(last) and toc_entry(title) is None and not is_source(title)


def _spaced(view: View, positions: Sequence[int]) -> bool:
    """Most of the lines at `positions` have text between them."""
    if len(positions) < 2:
        return bool(positions) and view.room_before(positions[0])
    apart = sum(any(_is_text(view, k) for k in range(a + 1, min(b, a + 12))) for a, b in pairwise(positions))
    return apart * 3 >= (len(positions) - 1) * 2


def _is_text(view: View, i: int) -> bool:
    """Line `i` is running text, not a title or an entry of a list."""
    line = view.lines[i]
    text = line.text
    if line.ends_full or len(text) > 100:
        return True
    return text[-1] in ".!?…»" and len(text) > (20 if list_label(text) is None else 50)


def _is_series_of_titles(view: View, chain: list[_Member]) -> bool:
    """The members of a chain are titles with text between them, or bare numbers that stand well apart."""
    if len(chain) < 2 or not _spaced(view, [i for i, _ in chain]):
        return False
    alone = sum(label.rest_at >= len(view.lines[i].text) for i, label in chain)
    if alone:
        gaps = [b[0] - a[0] for a, b in pairwise(chain)]
        return alone == len(chain) and sorted(gaps)[len(gaps) // 2] >= 3
    return sum(_is_title_at(view, i, label) for i, label in chain) * 10 >= len(chain) * 8


def _stands_out(view: View, i: int) -> bool:
    text = view.lines[i].text
    return is_title_like(text) and not is_sentence(text) and not is_source(text)


def _add_numbered(view: View, i: int, label: HeadingLabel) -> None:
    alone = label.rest_at >= len(view.lines[i].text)
    last = i + 1 if alone else view.extent(i)
    text = view.text(i, last)
    title = "" if alone else text[label.rest_at :]
    printed = text[: label.rest_at].strip()
    view.add(Heading(i, last, label.rank, label.order, "section", label.number, label.value, title, printed))


def _chains(members: list[_Member]) -> list[list[_Member]]:
    """Series of numbers that rise by one, each new `1` beginning another."""
    chains: list[list[_Member]] = []
    for member in members:
        value = member[1].value
        if chains and value is not None and chains[-1][-1][1].value == value - 1:
            chains[-1].append(member)
        elif value == 1:
            chains.append([member])
        else:
            # A number out of its series goes back to an open one that waits for it, else it stands for itself.
            for chain in chains[-4:]:
                if value is not None and chain[-1][1].value == value - 1:
                    chain.append(member)
                    break
            else:
                chains.append([member])
    return chains


def _last_before(series: list[_Member], chapters: dict[str, int]) -> list[_Member]:
    """Of each number that sections of chapters begin with (`2` of `2.1`), the last line before the first of those sections."""
    last: dict[str, _Member] = {}
    for i, label in series:
        if i < chapters.get(label.number, -1):
            last[label.number] = (i, label)
    return list(last.values())
