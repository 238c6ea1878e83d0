"""The parts of a text that are compared with each other: its lectures where it has any, or its sections, or the documents.

A document with two lectures or more is divided into them; what stands before and after is in no part. Others are one part each, unless
there is only one document: then its sections at the top of the tree are the parts.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["NO_PART", "Part", "Parts", "parts"]

NO_PART = -1
"""Part of a section that is in no part."""
MOST_PARTS = 60
"""With more parts than that, whole documents are compared, where there are several."""


@dataclass(frozen=True, slots=True)
class Part:
    """A lecture, a section or a document."""

    kind: str
    """lecture, section or document."""
    number: str
    title: str
    doc_id: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts, and for each row of the sections table the number of the part that it is in."""

    parts: list[Part]
    of_section: list[int]

    @property
    def kind(self) -> str:
        """The kind of all the parts; `part` where they are of several kinds."""
        kinds = {part.kind for part in self.parts}
        return kinds.pop() if len(kinds) == 1 else "part"


def parts(titles: dict[str, str], sections: pd.DataFrame) -> Parts:
    """The parts of a corpus with these titles by document and these sections.

    >>> sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2", "s3"], "parent_id": [None, "s1", None],
    ...     "kind": ["lecture", "questions", "lecture"], "number": ["1", "", "2"], "title": ["Билік", "Сұрақтар", "Саясат"]})
    >>> found = parts({"d": "Саясаттану"}, sections)
    >>> [part.title for part in found.parts], found.of_section
    (['Билік', 'Саясат'], [0, 0, 1])
    """
    finest = _divided(titles, sections, kinds=("lecture",))
    if len(finest.parts) == 1:
        finest = _divided(titles, sections, kinds=("lecture", "section", "front_matter", "back_matter"), top_only=True)
    return finest if len(finest.parts) <= MOST_PARTS or len(titles) == 1 else _divided(titles, sections, kinds=())


def _divided(titles: dict[str, str], sections: pd.DataFrame, *, kinds: tuple[str, ...], top_only: bool = False) -> Parts:
    """Documents with several sections of these kinds are divided into those, others are one part."""
    found: list[Part] = []
    of_section = [NO_PART] * len(sections)
    first = 0
    for doc_id, rows in sections.groupby("doc_id", sort=False):
        divides = rows["kind"].isin(kinds) & (rows["parent_id"].isna() if top_only else True)
        if divides.sum() < 2:
            of_section[first : first + len(rows)] = [len(found)] * len(rows)
            found.append(Part("document", "", titles[str(doc_id)], str(doc_id)))
        else:
            part_of: dict[str | None, int] = {}
            columns = (rows[name] for name in ("section_id", "parent_id", "kind", "number", "title"))
            for i, (row, is_part) in enumerate(zip(zip(*columns, strict=True), divides, strict=True)):
                section_id, parent_id, kind, number, title = row
                above = part_of.get(parent_id if isinstance(parent_id, str) else None, NO_PART)
                if is_part and above == NO_PART:
                    above = len(found)
                    found.append(Part("lecture" if kind == "lecture" else "section", number, title, str(doc_id)))
                part_of[section_id] = of_section[first + i] = above
        first += len(rows)
    return Parts(found, of_section)
