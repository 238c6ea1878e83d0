"""Parts of a corpus: sections by what people call them, what is nested in them, and the lecture that a section belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kz_textkit.errors import UsageError

__all__ = ["chosen_sections", "lectures", "part_names", "with_nested"]

KEY = ["doc_id", "section_id"]
NAMED = 3
"""Sections that an error names."""


def lectures(sections: pd.DataFrame) -> pd.DataFrame:
    """For each section the top-level section that it belongs to: the columns doc_id, section_id and lecture_id.

    `sections` has the columns doc_id, section_id and parent_id; a parent stands before what is nested in it.

    >>> sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2", "s3"], "parent_id": [None, "s1", "s2"]})
    >>> lectures(sections)["lecture_id"].tolist()
    ['s1', 's1', 's1']
    """
    top: dict[tuple[str, str], str] = {}
    for doc_id, section_id, parent_id in sections[[*KEY, "parent_id"]].itertuples(index=False):
        top[doc_id, section_id] = section_id if pd.isna(parent_id) else top[doc_id, parent_id]
    return sections[KEY].assign(lecture_id=pd.Series(list(top.values()), index=sections.index, dtype=object))


def with_nested(sections: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sections` that are `chosen` (doc_id, section_id), and those nested in them at any depth."""
    inside = set(chosen[KEY].itertuples(index=False, name=None))
    for doc_id, section_id, parent_id in sections[[*KEY, "parent_id"]].itertuples(index=False):
        if not pd.isna(parent_id) and (doc_id, parent_id) in inside:
            inside.add((doc_id, section_id))
    keep = [key in inside for key in sections[KEY].itertuples(index=False, name=None)]
    return sections[keep]


def chosen_sections(sections: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The rows of `sections` that `names` name, with those nested in them.

    A name is the id of a section (`s0012`), one of a document (`кітап/s0012`), the number of a lecture (`3`), or of any other top-level
    section if there is no such lecture, or the title of a section, or how it begins, whatever its case.

    Raises `UsageError` where a name names nothing.

    >>> sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2"], "parent_id": [None, "s1"], "kind": ["lecture", "questions"],
    ...     "number": ["1", ""], "title": ["Билік", "Сұрақтар"], "level": [1, 2]})
    >>> chosen_sections(sections, ["1"])["section_id"].tolist(), chosen_sections(sections, ["сұрақ"])["section_id"].tolist()
    (['s1', 's2'], ['s2'])
    """
    return with_nested(sections, pd.concat([_named(sections, name) for name in names]).drop_duplicates(KEY))


def _named(sections: pd.DataFrame, name: str) -> pd.DataFrame:
    wanted = name.strip().lower()
    titles, is_top = sections["title"].str.lower(), sections["level"] == 1
    ways = (
        sections["section_id"] == wanted,
        (sections["doc_id"] + "/" + sections["section_id"]) == name.strip(),
        (sections["kind"] == "lecture") & (sections["number"] == wanted),
        is_top & (sections["number"] == wanted),
        titles == wanted,
        titles.str.startswith(wanted),
    )
    for way in ways if wanted else ():
        if way.any():
            return sections[way]
    known = ", ".join(f"{row.section_id} «{row.title}»" for row in sections[is_top].head(NAMED).itertuples())
    raise UsageError(f"there is no section {name}; sections are named by id, number of the lecture, or title, such as {known}")


def part_names(sections: pd.DataFrame) -> pd.Series[str]:
    """What to call each row of `sections` in a table: its number and title, or its id where it has neither."""
    number, title = sections["number"].fillna(""), sections["title"].fillna("")
    names = (number + ". " + title).where(number != "", title)
    return names.where(names != "", sections["section_id"])
