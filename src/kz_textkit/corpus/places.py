"""Where text stands in its file: on which page and where on it, or in which part and paragraph. Rows of the table `places`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kz_textkit.document import Mark, RawDocument

__all__ = ["Place", "Places", "cited", "places_of"]


class Place(NamedTuple):
    """A stretch of the raw text with its place; lengths are points from the upper left corner of the page."""

    raw_start: int
    raw_end: int
    page: int | None = None
    label: str | None = None
    """Number of the page as printed."""
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None
    part: str | None = None
    paragraph: int | None = None


def places_of(raw: RawDocument) -> list[Place]:
    """The places that the marks of a document show, in order, longer ones first: its pages or parts, and their lines or paragraphs.

    >>> marks = (Mark(0, 5, "page", {"number": 2, "label": "ii"}), Mark(0, 2, "line", {"x0": 70, "y0": 90, "x1": 85, "y1": 102}))
    >>> [(p.page, p.label, p.x0) for p in places_of(RawDocument("а", "а.pdf", "", "utf-8", "Үй\\nІн", marks=marks))]
    [(2, 'ii', None), (2, 'ii', 70.0)]
    """
    places: list[Place] = []
    around: Mark | None = None
    for mark in raw.marks:
        value = mark.value
        if mark.kind == "page":
            around = mark
            places.append(Place(mark.start, mark.end, *_page(value), part=_text(value.get("part"))))
        elif (mark.kind == "line" and "x0" in value) or (mark.kind == "block" and "paragraph" in value):
            inside = around.value if around is not None and around.end >= mark.end else {}
            box: dict[str, Any] = {side: float(value[side]) for side in ("x0", "y0", "x1", "y1") if side in value}
            part = _text(value.get("part", inside.get("part")))
            places.append(Place(mark.start, mark.end, *_page(inside), **box, part=part, paragraph=value.get("paragraph")))
    return places


class Places:
    """The places of a document, for questions about offsets of its raw text.

    >>> places = Places([Place(0, 90, 1, "i"), Place(0, 40, 1, "i", 70.0, 90.0, 400.0, 102.0), Place(90, 120, 2)])
    >>> places.cited(10), places.cited(95), places.cited(500)
    ('p. i', 'p. 2', '')
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = list(places)
        self._starts = [place.raw_start for place in self._places]

    def at(self, offset: int) -> Place | None:
        """The shortest place that holds an offset, or None. Places are nested or apart, and in order: it is the last that begins
        before the offset and ends after it.
        """
        for i in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if offset < self._places[i].raw_end:
                return self._places[i]
        return None

    def cited(self, offset: int) -> str:
        """The place of an offset as people cite it; empty where none is known."""
        place = self.at(offset)
        return "" if place is None else cited(place.page, place.label, place.paragraph)


def cited(page: int | None, label: str | None, paragraph: int | None) -> str:
    """A place as people cite it: the printed number of the page, else its number in the file, else the number of the paragraph.

    >>> cited(14, "xii", None), cited(14, None, None), cited(None, None, 7)
    ('p. xii', 'p. 14', '¶ 7')
    """
    if label or page is not None:
        return f"p. {label or page}"
    return f"¶ {paragraph}" if paragraph is not None else ""


def _page(value: Mapping[str, Any]) -> tuple[int | None, str | None]:
    number = value.get("number")
    return (None if number is None else int(number)), _text(value.get("label"))


def _text(value: object) -> str | None:
    return None if value in (None, "") else str(value)
