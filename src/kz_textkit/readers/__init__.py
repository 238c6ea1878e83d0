"""From files to `RawDocument`: one module a format (`formats`), chosen by name and content (`registry`), read apart (`isolation`).

kz.read("лекция.docx")                 the document of a file
kz.read_all("жинақ.jsonl.gz")          the documents of a file that holds several, one after the other
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.plain_text import encode, read_bytes
from kz_textkit.readers.registry import read_documents, suffixes
from kz_textkit.settings import Settings

__all__ = ["encode", "read", "read_all", "read_bytes", "suffixes"]


def read(path: str | Path, encoding: str | None = None, *, settings: Settings | None = None) -> RawDocument:
    """The text of a file, decoded or extracted and otherwise untouched, with `doc_id` the file name without suffix.

    `encoding` (a Python codec name) forces the encoding of plain text, which is detected otherwise; `settings` says the rest. A file
    without suffix is read as plain text, unless it shows another format. Raises `InputError` with one line that says what is wrong: no
    such file, a folder, no permission, an unknown format, an empty, damaged or binary file, an unknown or wrong forced encoding, or
    several documents in one file, which `read_all` gives.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp(), "дәріс.txt")
    >>> _ = file.write_bytes("Қазақстан – біздің Отанымыз, ал тіліміз – қазақ тілі.".encode("kz1048"))
    >>> raw = read(file)
    >>> raw.doc_id, raw.encoding, raw.text[:9]
    ('дәріс', 'kz1048', 'Қазақстан')
    """
    documents = list(islice(read_all(path, encoding, settings=settings), 2))
    if len(documents) > 1:
        raise InputError(str(path), "there are several documents in it", "read them with kz.read_all, or with `kz-textkit run`")
    return documents[0]


def read_all(path: str | Path, encoding: str | None = None, *, settings: Settings | None = None) -> Iterator[RawDocument]:
    """The documents of a file, one after the other: rows of a table, pages of a wiki or web archive, files of a ZIP archive.

    Of a file that holds one document, that one. Each has an id of its own. Raises as `read` does, while the documents are taken.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp(), "мақал.txt")
    >>> _ = file.write_text("Ел іші – алтын бесік.", "utf-8")
    >>> [raw.doc_id for raw in read_all(file)]
    ['мақал']
    """
    chosen = settings or Settings()
    return read_documents(Path(path), replace(chosen, encoding=encoding) if encoding else chosen)
