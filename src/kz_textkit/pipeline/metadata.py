"""What the user knows of the texts: a table beside them with a line for each file, and names of folders.

A file `metadata.csv`, `.tsv` or `.xlsx` beside the texts has in its first column what file a line is of (as TXM has it): its path
within the folder, its name with or without suffix, or the id of the document. The other columns are the metadata: author, year, genre,
licence and whatever else. A column `title` is the title of the document. They stand in the column `metadata` of the documents table,
and `--where "year >= 1991"` finds them by name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kz_textkit.corpus.files import digest_of
from kz_textkit.errors import InputError, UsageError
from kz_textkit.pipeline.discover import SourceFile, path_inside
from kz_textkit.readers.tables import rows_of
from kz_textkit.settings import Settings

__all__ = ["NO_METADATA", "Metadata", "find_metadata", "folder_columns", "metadata_of"]

NAMES = ("metadata.csv", "metadata.tsv", "metadata.xlsx")
FORMATS = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx"}
NAMED = 5
"""Lines without a text, and texts without a line, that are named."""


@dataclass(frozen=True)
class Metadata:
    """What is known of each file, by the id of its document."""

    of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Lines without a text and texts without a line."""
    record: Mapping[str, str] = field(default_factory=dict)
    """What it was made of: name and hash of the table, names of the folders."""


NO_METADATA = Metadata()
NOTHING: Mapping[str, str] = MappingProxyType({})


def find_metadata(source: Path) -> Path | None:
    """The table of metadata in a folder of texts, or beside a file; None where there is none."""
    folder = source if source.is_dir() else source.parent
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def metadata_of(files: Iterable[SourceFile], source: Path, table: Path | None, folders: str = "") -> Metadata:
    """The metadata of the files found under `source`: those of the table, and with `folders` (`genre/year`) the names of their folders.

    Raises `UsageError` where the table can't be read, or has two lines for one file.
    """
    found = list(files)
    of: dict[str, dict[str, str]] = {file.doc_id: folder_columns(path_inside(file, source), folders) for file in found}
    notes: list[str] = []
    record = {"folders": folders} if folders else {}
    if table is not None:
        lines = _lines(table)
        record |= {"name": table.name, "sha256": digest_of(table).sha256}
        used: set[str] = set()
        without = []
        for file in found:
            names = [name for name in _names(file, source) if name in lines]
            if names:
                used.update(names)
                of[file.doc_id].update(lines[names[0]])
            else:
                without.append(file.source)
        notes += _note(f"{table.name} has no line for", without)
        notes += _note(f"{table.name} has lines for which there is no text:", [name for name in lines if name not in used])
    return Metadata({doc_id: values for doc_id, values in of.items() if values}, tuple(notes), record)


def folder_columns(path: Path, folders: str) -> dict[str, str]:
    """The names of the folders of a path as values of the columns that `folders` names.

    >>> folder_columns(Path("роман/1948/абай жолы.txt"), "genre/year")
    {'genre': 'роман', 'year': '1948'}
    """
    names = [name.strip() for name in folders.split("/") if name.strip()]
    return dict(zip(names, (unicodedata.normalize("NFC", part) for part in path.parts[:-1]), strict=False))


def _lines(table: Path) -> dict[str, dict[str, str]]:
    """The lines of the table by the text in their first column."""
    if table.suffix.lower() not in FORMATS:
        raise UsageError(f"{table}: a table of metadata is a file that ends in {', '.join(FORMATS)}")
    lines: dict[str, dict[str, str]] = {}
    try:
        for number, row in rows_of(table, FORMATS[table.suffix.lower()], Settings()):
            cells = [(str(name), _text(value)) for name, value in row.items()]
            key = unicodedata.normalize("NFC", cells[0][1]) if cells else ""
            if not key:
                continue
            if key in lines:
                raise UsageError(f"{table}: line {number} is the second one for {key}")
            lines[key] = {name: value for name, value in cells[1:] if value}
    except InputError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{table} can't be read: {error.strerror or error}") from None
    return lines


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _names(file: SourceFile, source: Path) -> list[str]:
    """What a line for the file may have in its first column, the most exact first."""
    inside = path_inside(file, source).as_posix()
    names = (inside, inside.removesuffix(file.path.suffix), file.path.name, file.doc_id, file.path.stem)
    return [unicodedata.normalize("NFC", name) for name in names]


def _note(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return [f"{what} {', '.join(names[:NAMED])}{more}"]
