"""Which reader a file gets: by what its name says, and by what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import NamedTuple, cast

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.detection import detect_encoding
from kz_textkit.readers.files import read_head
from kz_textkit.readers.formats import FORMATS, NOT_READ, Format, format_of_suffix, long_suffix
from kz_textkit.readers.isolation import read_isolated
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.sniffing import HEAD, sniff, sniff_markup
from kz_textkit.settings import Settings

__all__ = ["GROUP", "Reader", "Recognised", "read_documents", "read_format", "recognise", "suffixes"]

GROUP = "kz_textkit.readers"
"""Entry points of readers of other packages; their names are suffixes with their points."""

Reader = Callable[[Path, Settings], RawDocument | Iterator[RawDocument]]
"""What every reader is."""

BINARY = frozenset(("pdf", "docx", "doc", "rtf", "odt", "epub", "pptx", "xlsx", "parquet", "image"))
"""Formats that no plain text is in, whatever it is called."""

MARKED_UP = frozenset(("html", "mhtml", "markdown", "wikitext", "srt"))
"""Formats of text that are sought in files that are called plain text."""


class Recognised(NamedTuple):
    """What a file is."""

    format: str
    """A name in `FORMATS`, or the suffix that a reader of another package has."""
    warning: str = ""
    """What is to be said of it: that it is called something else."""


def suffixes() -> frozenset[str]:
    """Suffixes, in small letters and with their point, of the files that can be read: those that a run over a folder takes.

    >>> ".txt" in suffixes(), ".exe" in suffixes()
    (True, False)
    """
    ours = {suffix for format in FORMATS.values() if format.is_there for suffix in format.suffixes}
    return frozenset(ours | {".xml"} | set(_others()))


def recognise(path: Path, settings: Settings) -> Recognised:
    """The format of a file. Raises `InputError` where it can't be opened, or is of no format that is read."""
    suffix = long_suffix(path)
    if suffix in _others():
        return Recognised(suffix)
    if suffix in NOT_READ:
        problem, remedy = NOT_READ[suffix]
        raise InputError(str(path), problem, remedy)
    named = format_of_suffix(suffix)
    head = read_head(path, settings.limits, HEAD)
    found = sniff(head, path)
    # A name such as `Дәріс 1. Кіріспе` has a point, but no suffix.
    if named is None and found is None and not (suffix[1:].isascii() and suffix[1:].isalnum()):
        named = FORMATS["text"]
    if found is None and named is not None and named.name == "text":
        found = sniff_markup(head)
    if found is None and named is not None and named.name in BINARY and detect_encoding(head) is not None:
        found = sniff_markup(head) or "text"
    if named is None:
        if found is None:
            raise InputError(str(path), f"files of type {suffix} can't be read", "save it as plain text (.txt)")
        return Recognised(found)
    if found is None or FORMATS[found].module == named.module or not _overrides(found, named):
        return Recognised(named.name if found is None or FORMATS[found].module != named.module else found)
    called = f"is called {suffix}, but it " if suffix else ""
    return Recognised(found, f"the file {called}is {FORMATS[found].what}, and was read as such")


def read_documents(path: Path, settings: Settings, rows: Rows | None = None) -> Iterator[RawDocument]:
    """The documents of a file, each with an id: the name of the file, with a number where the file may hold several. With `rows`,
    those of some rows of a file of records, as all of them would give them.

    Raises `InputError` with one line that says what is wrong.
    """
    if path.is_dir():
        raise InputError(str(path), "is a folder, not a file", "name a file in it")
    format, warning = recognise(path, settings)
    ours = FORMATS.get(format)
    suffix = long_suffix(path)
    stem = path.name[: -len(suffix)] if suffix and (ours is not None or suffix in _others()) else path.stem
    isolated = ours is None or ours.isolated
    before = number = 0 if rows is None else rows.before
    for number, raw in enumerate((read_isolated if isolated else read_format)(path, format, settings, rows), before + 1):
        doc_id = f"{stem}-{number:07}" if ours is not None and ours.many else stem
        yield replace(raw, doc_id=doc_id, warnings=((warning,) if warning else ()) + raw.warnings)
    if not number and rows is None:
        raise InputError(str(path), "there is no text in it")


def read_format(path: Path, format: str, settings: Settings, rows: Rows | None = None) -> Iterator[RawDocument]:
    """The documents of a file of a known format, or of some rows of it, read in this process."""
    documents = _reader(format, path)(path, settings) if rows is None else _reader_of_rows(format)(path, settings, rows)
    if isinstance(documents, RawDocument):
        yield documents
    else:
        yield from documents


def _overrides(found: str, named: Format) -> bool:
    """Whether what a file is counts for more than what it is called."""
    if named.name == "text":
        return True
    if found in MARKED_UP or FORMATS[found].module == "wiki":
        # Tags in Markdown, and in cells of tables, are part of them.
        return named.name in BINARY
    return not (found == "zip" and named.module in ("docx", "odf", "epub", "pptx", "fb2"))


def _reader(format: str, path: Path) -> Reader:
    other = _others().get(format)
    if other is not None:
        return cast("Reader", other.load())
    line = FORMATS[format]
    if not line.is_there:
        raise InputError(str(path), f"{line.what} can't be read by this version", "save it as plain text (.txt)")
    return cast("Reader", import_module(f"kz_textkit.readers.{line.module}").read)


def _reader_of_rows(format: str) -> Callable[[Path, Settings, Rows], Iterator[RawDocument]]:
    module = import_module(f"kz_textkit.readers.{FORMATS[format].module}")
    return cast("Callable[[Path, Settings, Rows], Iterator[RawDocument]]", module.read_rows)


@lru_cache(maxsize=1)
def _others() -> dict[str, EntryPoint]:
    """Readers of other packages by suffix."""
    return {point.name.lower(): point for point in entry_points(group=GROUP) if point.name.startswith(".")}
