"""Parts of a corpus: sections by what people call them, what is nested in them, and the lecture that a section belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kz_textkit.errors import UsageError

__all__ = ["chosen_sections", "lectures", "named_sections", "part_names", "with_nested"]

KEY = ["doc_id", "section_id"]
NAMED = 12
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

    A name is the id of a section (`s0012`), the number of a lecture (`3`), or of another section if there is no such lecture, or the
    title of a section, or how it begins, whatever its case. The document may stand before it (`кітап:3`), and has to where the name
    fits sections of several documents.

    Raises `UsageError` where a name names nothing, or things in several documents.

    >>> sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2"], "parent_id": [None, "s1"], "kind": ["lecture", "questions"],
    ...     "number": ["1", ""], "title": ["Билік", "Сұрақтар"], "level": [1, 2]})
    >>> chosen_sections(sections, ["1"])["section_id"].tolist(), chosen_sections(sections, ["сұрақ"])["section_id"].tolist()
    (['s1', 's2'], ['s2'])
    """
    return with_nested(sections, pd.concat([named_sections(sections, name) for name in names]).drop_duplicates(KEY))


def named_sections(sections: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of `sections` that one name fits, all of one document, without what is nested in them.

    Raises `UsageError` where it fits nothing, or sections of several documents.
    """
    candidates, wanted = sections, name.strip()
    for doc_id in sorted(set(sections["doc_id"]), key=len, reverse=True):
        if wanted.startswith((f"{doc_id}:", f"{doc_id}/")):
            candidates, wanted = sections[sections["doc_id"] == doc_id], wanted[len(doc_id) + 1 :].strip()
            break
    found = _fitting(candidates, wanted)
    if found is None:
        tops = candidates[candidates["level"] == 1].head(NAMED)
        known = ", ".join(_called(tops))
        raise UsageError(f"there is no section {name}; sections are named by number, id or title, such as {known}")
    documents = found["doc_id"].unique()
    if len(documents) > 1:
        choices = _called(found)
        more = f" and {len(choices) - NAMED} more" if len(choices) > NAMED else ""
        raise UsageError(f"section {name} is in {len(documents)} documents; choose from {', '.join(choices[:NAMED])}{more}")
    return found


def _fitting(sections: pd.DataFrame, wanted: str) -> pd.DataFrame | None:
    """The sections that a name fits in the first way in which it fits any."""
    wanted = wanted.lower()
    titles, names = sections["title"].str.lower(), part_names(sections).str.lower()
    is_numbered, is_top = sections["number"].str.lower() == wanted, sections["level"] == 1
    ways = (
        sections["section_id"] == wanted,
        is_numbered & (sections["kind"] == "lecture"),
        is_numbered & is_top,
        is_numbered,
        titles == wanted,
        names == wanted,
        titles.str.startswith(wanted),
        names.str.startswith(wanted),
    )
    return next((sections[way] for way in ways if way.any()), None) if wanted else None


def _called(sections: pd.DataFrame) -> list[str]:
    """What sections are called on the command line, and their titles: `дәріс:3 «Билік»`."""
    columns = [sections[name].astype(str).tolist() for name in ("doc_id", "number", "section_id", "title")]
    return [f"{doc_id}:{number or section_id} «{title}»" for doc_id, number, section_id, title in zip(*columns, strict=True)]


def part_names(sections: pd.DataFrame) -> pd.Series[str]:
    """What to call each row of `sections` in a table: its number and title, or its id where it has neither."""
    number, title = sections["number"].fillna(""), sections["title"].fillna("")
    names = (number + ". " + title).where(number != "", title)
    return names.where(names != "", sections["section_id"])
