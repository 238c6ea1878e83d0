"""Subcorpora: parts of a corpus with a name, saved in `subcorpora.json` in its folder, so that a later question can name them."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

from kz_textkit.corpus.part import Part
from kz_textkit.corpus.place import place_of
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.writing import write_whole

__all__ = ["SUBCORPORA", "joined", "save_subcorpus", "saved_subcorpora", "subcorpus"]

SUBCORPORA = "subcorpora.json"
LARGEST_FILE = 10_000_000
"""Bytes of the largest file of subcorpora."""


def saved_subcorpora(folder: Path) -> dict[str, Part]:
    """The parts of the corpus in a folder that have a name.

    Raises `CorpusError` where the file of them is damaged.
    """
    path = place_of(folder) / SUBCORPORA
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("it is too large")
        content = json.loads(path.read_text("utf-8"))
        return {str(name): _part(value) for name, value in content.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{path} is damaged: {' '.join(str(error).split())[:120]}; remove it, and save the subcorpora anew") from None


def subcorpus(folder: Path, name: str) -> Part:
    """The saved part with this name.

    Raises `UsageError` where there is none.
    """
    saved = saved_subcorpora(folder)
    if name not in saved:
        raise UsageError(f"there is no subcorpus {name}: " + (f"choose from {', '.join(saved)}" if saved else "none is saved"))
    return saved[name]


def save_subcorpus(folder: Path, name: str, part: Part | None) -> None:
    """Save a part under a name, in place of what has it; None removes the name.

    Raises `UsageError` where the name or the part is none, or the file can't be written.
    """
    saved = saved_subcorpora(folder)
    if not name.strip() or not name.isprintable():
        raise UsageError("a subcorpus has a name that can be read")
    if part is None:
        subcorpus(folder, name)
        del saved[name]
    elif not part:
        raise UsageError("a subcorpus is a part: name it with --document, --section, --kind or --where")
    else:
        saved[name] = part
    path = place_of(folder) / SUBCORPORA
    content = json.dumps({name: asdict(part) for name, part in sorted(saved.items())}, ensure_ascii=False, indent=1)
    try:
        write_whole(path, (content + "\n").encode())
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from None


def joined(one: Part, other: Part) -> Part:
    """The part in which the conditions of both hold.

    Raises `UsageError` where both are of named sections, documents or kinds.

    >>> joined(Part(documents=("заң",)), Part(where="year > 1991"))
    Part(sections=(), documents=('заң',), block_kinds=(), section_kinds=(), where='year > 1991')
    """
    named = ("sections", "documents", "block_kinds", "section_kinds")
    if any(getattr(one, name) and getattr(other, name) for name in named):
        raise UsageError("a subcorpus that names documents, sections or kinds can't be narrowed by others of them: use --where")
    conditions = [f"({part.where})" if one.where and other.where else part.where for part in (one, other) if part.where]
    filled = {name: getattr(one, name) or getattr(other, name) for name in named}
    return replace(Part(**filled), where=" and ".join(conditions))


def _part(value: object) -> Part:
    names = {field.name for field in fields(Part)}
    if not isinstance(value, dict) or not set(value) <= names:
        raise ValueError("it has something else than parts")
    where = value.get("where", "")
    lists = {name: value.get(name, []) for name in names - {"where"}}
    if not isinstance(where, str) or not all(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in lists.values()):
        raise ValueError("it has something else than parts")
    return Part(where=where, **{name: tuple(v) for name, v in lists.items()})
