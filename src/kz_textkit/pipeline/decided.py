"""The corrections of a run: which file each is for, and those that are for none."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kz_textkit.cleaning.corrections import Correction, is_for, read_corrections
from kz_textkit.corpus.totals import Totals
from kz_textkit.pipeline.discover import SourceFile, path_inside

__all__ = ["Decided", "decided", "unfit"]


@dataclass(frozen=True)
class Decided:
    """What people decided about the files of a run."""

    of: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    """By the id of the file."""
    elsewhere: tuple[Correction, ...] = ()
    """Those of files that are not in the input under that name; a file with the same bytes may be."""
    problems: tuple[str, ...] = ()
    """Lines of the file that are no corrections."""
    is_of_a_folder: bool = True
    """The input is a folder; of a single file, others may stand beside it that have corrections too."""


def decided(path: Path | None, files: Sequence[SourceFile], source: Path) -> Decided:
    """The corrections in a file, by the files under `source` that they were made of.

    Raises `UsageError` where it can't be read.
    """
    if path is None:
        return Decided()
    found = read_corrections(path)
    paths = {file.doc_id: _normal(path_inside(file, source).as_posix()) for file in files}
    by_name: dict[str, list[str]] = {}
    for doc_id, inside in paths.items():
        by_name.setdefault(inside.rpartition("/")[2], []).append(doc_id)
    of: dict[str, list[Correction]] = {}
    elsewhere: list[Correction] = []
    for one in found.corrections:
        wanted = _normal(one.source)
        near = by_name.get(wanted.rpartition("/")[2], [])
        named = [doc_id for doc_id in near if paths[doc_id] == wanted] or [doc_id for doc_id in near if is_for(one, paths[doc_id], "")]
        for doc_id in named:
            of.setdefault(doc_id, []).append(one)
        if not named:
            elsewhere.append(one)
    return Decided({doc_id: tuple(own) for doc_id, own in of.items()}, tuple(elsewhere), found.problems, source.is_dir())


def _normal(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def unfit(decisions: Decided, totals: Totals) -> list[str]:
    """A line for each correction that was not applied, and why."""
    lines = [*decisions.problems, *(f"{source}: {line}" for source, line in totals.unfit)]
    met = set(totals.met)
    elsewhere = decisions.elsewhere if decisions.is_of_a_folder else ()
    for one in (*elsewhere, *(one for own in decisions.of.values() for one in own)):
        if one.id not in met:
            lines.append(f"{one.source}: the correction {one.id} ({one.place}) was left out: the input has no such text")
    return lines
