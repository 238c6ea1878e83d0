"""The files of a corpus as bytes: what is there, and whether it is what was written."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from kz_textkit.corpus.entries import ENTRIES
from kz_textkit.corpus.manifest import MANIFEST, FileRecord, Manifest
from kz_textkit.corpus.schema import TABLES
from kz_textkit.corpus.texts import TEXTS
from kz_textkit.writing import sync_file, sync_folder

__all__ = ["CORPUS_NAMES", "Damage", "changed_files", "digest_of", "files_below", "records_of", "sync_all", "sync_files"]

CORPUS_NAMES = frozenset({*TABLES, TEXTS, MANIFEST, "frequencies.csv", "frequencies.xlsx", "dropped.csv", "README.md", ENTRIES})
"""What a corpus has in its folder; anything else there is somebody else's."""

CHUNK = 1 << 20
SYNCED_TOGETHER = 16
"""Files that are brought to the disk at the same time: file systems do many in little more time than one."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a corpus that is not what was written."""

    name: str
    """Path in the corpus."""
    problem: str

    def __str__(self) -> str:
        return f"{self.name} {self.problem}"


def digest_of(path: Path) -> FileRecord:
    """Size and SHA-256 of a file."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileRecord(size, digest.hexdigest())


def files_below(folder: Path) -> list[str]:
    """The files under a folder, and what else is no folder there, by path with `/`, in order.

    Raises `OSError` where a folder can't be looked into.
    """
    return sorted((place.relative_to(folder) / name).as_posix() for place, names in _walk(folder) for name in names)


def records_of(folder: Path, known: Mapping[str, FileRecord] = MappingProxyType({})) -> dict[str, FileRecord]:
    """Size and hash of every file under a folder but its manifest; those of the files that are known are not looked at."""
    return {name: known.get(name) or digest_of(folder / name) for name in files_below(folder) if name != MANIFEST}


def changed_files(folder: Path, manifest: Manifest) -> Iterator[Damage]:
    """Files that are not what the manifest says, that are missing, or that stand among those of the corpus and are none of it."""
    for name, record in manifest.files.items():
        problem = _problem(folder / name, record)
        if problem:
            yield Damage(name, problem)
    try:
        names = files_below(folder)
    except OSError as error:
        yield Damage(_inside(folder, error), f"can't be looked into: {error.strerror or error}")
        return
    for name in names:
        if name.split("/")[0] in CORPUS_NAMES - {MANIFEST} and name not in manifest.files:
            yield Damage(name, "is no file of this corpus: it is not in its manifest")


def sync_all(folder: Path, besides: Container[str] = ()) -> None:
    """Bring all files and folders under a folder to the disk, but for the files `besides`, which are there."""
    sync_files(folder / name for name in files_below(folder) if name not in besides)
    for place, _ in _walk(folder):
        sync_folder(place)


def sync_files(paths: Iterable[Path]) -> None:
    """Bring files to the disk, many at a time."""
    with ThreadPoolExecutor(SYNCED_TOGETHER) as pool:
        for _ in pool.map(sync_file, list(paths)):
            pass


def _walk(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """The folders under a folder, itself among them, with the names of their files. Raises `OSError` where one can't be looked into."""

    def fail(error: OSError) -> None:
        raise error

    for place, _, names in os.walk(folder, onerror=fail):
        yield Path(place), names


def _inside(folder: Path, error: OSError) -> str:
    place = os.fsdecode(error.filename) if error.filename is not None else "."
    return os.path.relpath(place, folder)


def _problem(path: Path, record: FileRecord) -> str:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return "is no regular file"
        if found.st_size != record.size:
            return f"was changed: it has {found.st_size:,} bytes and should have {record.size:,}"
        return "" if digest_of(path).sha256 == record.sha256 else "was changed: its hash is not the one that was written"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"can't be read: {error.strerror or error}"
