"""The tree of sections of a text whose headings have levels, among them headings that only their words give away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kz_textkit.document import SectionKind
from kz_textkit.layout.contents import Contents
from kz_textkit.layout.labels import unspaced
from kz_textkit.layout.laid import LaidBlock, LaidSection
from kz_textkit.layout.pieces import Heading

__all__ = ["MarkedHeading", "build_marked", "title_of_heading"]

LABELLED = ("known", "capitals", "plain")
"""Ranks of headings without a label."""
DEEPEST = 10.0
"""Above every order of a label: what stands in `data/heading_labels.tsv` goes up to 9."""


@dataclass(frozen=True, slots=True)
class MarkedHeading:
    """A heading, of blocks by their indices, and its level, or None where the format gives none."""

    heading: Heading
    level: int | None


def build_marked(headings: Sequence[MarkedHeading], tables: Sequence[Contents], blocks: Sequence[LaidBlock]) -> tuple[LaidSection, ...]:
    """The sections that `headings` open among `blocks`, parents before children.

    >>> from kz_textkit.layout.pieces import Heading
    >>> heads = [MarkedHeading(Heading(i, i + 1, "plain", 9.0, "section", title=t), n) for i, (t, n) in enumerate([("А", 1), ("Б", 2)])]
    >>> [(s.title, s.level, s.parent) for s in build_marked(heads, (), [LaidBlock("heading", 0, 1), LaidBlock("heading", 2, 3)])]
    [('А', 1, None), ('Б', 2, 0)]
    """
    openings = _openings(headings, tables, len(blocks))
    sections: list[LaidSection] = []
    first = openings[0].heading.first if openings else len(blocks)
    if first or not openings:
        sections.append(LaidSection("front_matter" if openings else "section", "", "", 1, None, tuple(blocks[:first])))
    shift = len(sections)
    parents = list(_parents(openings))
    kinds: list[SectionKind] = []
    for i, (opening, parent) in enumerate(zip(openings, parents, strict=True)):
        heading = opening.heading
        end = openings[i + 1].heading.first if i + 1 < len(openings) else len(blocks)
        kinds.append(_kind(heading.kind, None if parent is None else kinds[parent]))
        above = None if parent is None else parent + shift
        level = 1 if above is None else sections[above].level + 1
        title, own = title_of_heading(heading), tuple(blocks[heading.first : end])
        sections.append(LaidSection(kinds[-1], heading.number, title, level, above, own))
    return tuple(sections)


def _openings(headings: Sequence[MarkedHeading], tables: Sequence[Contents], count: int) -> list[MarkedHeading]:
    """Where sections begin: headings, tables of contents without one, and what follows such a table without a heading."""
    openings = list(headings)
    firsts = {h.heading.first for h in headings}
    for table in tables:
        if table.first not in firsts:
            openings.append(MarkedHeading(Heading(table.first, table.title_last, "known", 1.0, "contents"), 1))
        if table.last < count and table.last not in firsts and all(table.last != other.first for other in tables):
            openings.append(MarkedHeading(Heading(table.last, table.last, "known", 1.0, "section"), 1))
    return sorted(openings, key=lambda opening: opening.heading.first)


def _parents(openings: Sequence[MarkedHeading]) -> Iterator[int | None]:
    """For each opening the index of the one around it.

    A heading without a level stands where others of its rank do, and else below the open heading that its label goes under. What ends
    the whole text (a conclusion, a list of sources, with nothing else after them) is of the highest level.
    """
    last = max((i for i, opening in enumerate(openings) if opening.heading.kind != "back_matter"), default=-1)
    highest = 1.0 if any(opening.level is not None for opening in openings) else 0.5
    ranks = {h.heading.rank: float(h.level) for h in reversed(openings) if h.level is not None and h.heading.rank not in LABELLED}
    opened: list[tuple[float, int, float]] = []
    for i, opening in enumerate(openings):
        heading = opening.heading
        order = heading.order if heading.rank not in LABELLED else DEEPEST - 0.5
        level = float(opening.level) if opening.level is not None else ranks.get(heading.rank)
        if level is None and i > last:
            level = highest
        if level is None:
            above = [at for at, _, other in opened if at == int(at) and other < order]
            level = (above[-1] if above else 0.0) + 0.5 + order / (2 * DEEPEST + 1)
        while opened and opened[-1][0] >= level:
            opened.pop()
        yield opened[-1][1] if opened else None
        opened.append((level, i, heading.order if heading.rank not in LABELLED else 0.0))


def _kind(kind: SectionKind, parent: SectionKind | None) -> SectionKind:
    """What is nested in questions, or in what stands before or after the text, is of that kind."""
    return parent if kind == "section" and parent in ("questions", "back_matter", "front_matter") else kind


def title_of_heading(heading: Heading) -> str:
    """The title without a lone point at its end.

    >>> title_of_heading(Heading(0, 1, "plain", 9.0, "section", title="Зат  есім."))
    'Зат есім'
    """
    title = " ".join(unspaced(heading.title.strip()).split())
    return title[:-1].rstrip() if title.endswith((".", ":")) and not title.endswith("..") and title.count(".") < 2 else title
