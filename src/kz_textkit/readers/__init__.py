"""From files to `RawDocument`: one module a format, and a registry by file name suffix.

A reader is a function `read(path, encoding=None) -> RawDocument` that raises `InputError` where the file can't be turned into text. A
format more is a module more and a line in `READERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import plain_text
from kz_textkit.readers.plain_text import encode, read_bytes

__all__ = ["READERS", "Reader", "encode", "read", "read_bytes", "suffixes"]

Reader = Callable[[Path, str | None], RawDocument]

READERS: dict[str, Reader] = {
    ".txt": plain_text.read,
    ".text": plain_text.read,
}
"""Readers by suffix in small letters."""


def suffixes() -> frozenset[str]:
    """Suffixes, in small letters and with their point, of the files that can be read: those that a run over a folder takes.

    >>> ".txt" in suffixes(), ".pdf" in suffixes()
    (True, False)
    """
    return frozenset(READERS)


def read(path: str | Path, encoding: str | None = None) -> RawDocument:
    """The text of a file, decoded and otherwise untouched, with `doc_id` the file name without suffix.

    `encoding` (a Python codec name) forces the encoding, which is detected otherwise. A file without suffix is read as plain text.
    Raises `InputError` with one line that says what is wrong: no such file, a folder, no permission, an unknown format, an empty or
    binary file, an unknown or wrong forced encoding.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp(), "дәріс.txt")
    >>> _ = file.write_bytes("Қазақстан – біздің Отанымыз, ал тіліміз – қазақ тілі.".encode("kz1048"))
    >>> raw = read(file)
    >>> raw.doc_id, raw.encoding, raw.text[:9]
    ('дәріс', 'kz1048', 'Қазақстан')
    """
    path = Path(path)
    if path.is_dir():
        raise InputError(str(path), "is a folder, not a file", "name a file in it")
    suffix = path.suffix.lower()
    # A name such as `Дәріс 1. Кіріспе` has a point, but no suffix.
    reader = READERS.get(suffix) or (None if suffix[1:].isascii() and suffix[1:].isalnum() else plain_text.read)
    if reader is None:
        raise InputError(str(path), f"files of type {suffix} can't be read", "save it as plain text (.txt)")
    return reader(path, encoding)
