"""The files that become documents: what lies under a folder, in the order of paths, each with an id of its own."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kz_textkit.errors import UsageError
from kz_textkit.pipeline.summary import Failure
from kz_textkit.printable import printable
from kz_textkit.readers import suffixes
from kz_textkit.readers.formats import long_suffix

__all__ = ["Discovery", "SourceFile", "discover", "kind_of", "numbered", "path_inside", "readable", "safe_id"]

LONGEST_ID = 200
"""Bytes of an id; a file name may have 255."""

_LIKE_A_PART = re.compile(r"-[0-9]{7}$")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_NUMBERED = {f"{name}{number}" for name in ("COM", "LPT") for number in "0123456789¹²³"}
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | _NUMBERED)
"""What Windows has for names of devices. Source: Microsoft, Naming Files, Paths, and Namespaces."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to become a document."""

    path: Path
    source: str
    """The path as people read it; always encodable."""
    doc_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found where the input is."""

    files: tuple[SourceFile, ...]
    other: Mapping[str, int] = field(default_factory=dict)
    """Number of files by suffix that no reader takes, and of things that are no files by what they are."""
    failures: tuple[Failure, ...] = ()
    """Folders that can't be looked into, and what has the name of a file that is read, and is none."""


def discover(source: Path, *, exclude: Path | None = None) -> Discovery:
    """The files under `source` that a reader takes, in the order of their paths, each with an id of its own.

    Hidden files and folders, links to folders, corpora and `exclude` are passed over. A file that is named itself is taken whatever
    its suffix. Of files with the same name in different folders the first has the name as id, the others the name with a number.
    What can't be looked at is a failure, and stops nothing.

    Raises `UsageError` where there is no such file or folder.
    """
    try:
        is_folder = stat.S_ISDIR(source.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{printable(readable(source))}: there is no such file or folder") from None
    except ValueError as error:
        raise UsageError(f"{printable(readable(source))}: no file can have this name ({error})") from None
    except OSError as error:
        raise UsageError(f"{printable(readable(source))}: {error.strerror or error}") from None
    if not is_folder:
        return Discovery(tuple(numbered([source])))
    found = _Found()
    _walk(source, exclude, found)
    return Discovery(tuple(numbered(found.files)), dict(sorted(found.other.items())), tuple(found.failures))


@dataclass
class _Found:
    files: list[Path] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def fail(self, path: Path, problem: OSError | str) -> None:
        if isinstance(problem, FileNotFoundError) and path.is_symlink():
            problem = "is a link that leads nowhere"
        reason = problem if isinstance(problem, str) else problem.strerror or str(problem)
        self.failures.append(Failure(readable(path), reason))


def _walk(folder: Path, exclude: Path | None, found: _Found) -> None:
    """Note the files under a folder in the order of their paths."""
    kinds = suffixes()
    excluded = _identity(exclude) if exclude is not None else None
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.stat().st_mode
            if stat.S_ISDIR(mode):
                waiting += _inside(path, folder, excluded, found)
                continue
        except OSError as error:
            # Gone, a link to nowhere or to itself, a folder that is locked: of no matter where no reader would have taken it.
            if not isinstance(error, FileNotFoundError | PermissionError) and not _is_taken(path, kinds):
                found.other["broken link"] += 1
            else:
                found.fail(path, error)
            continue
        if _is_taken(path, kinds) and stat.S_ISREG(mode):
            found.files.append(path)
        elif _is_taken(path, kinds):
            found.fail(path, f"is {kind_of(mode)}, not a file")
        else:
            found.other[(path.suffix.lower() or "without suffix") if stat.S_ISREG(mode) else kind_of(mode)] += 1


def _is_taken(path: Path, kinds: frozenset[str]) -> bool:
    """Whether a reader takes files with such a name."""
    return path.suffix.lower() in kinds or long_suffix(path) in kinds


def _inside(path: Path, top: Path, excluded: tuple[int, int] | None, found: _Found) -> list[Path]:
    """What is to be looked at in a folder, the last first."""
    if path != top:
        if path.is_symlink():
            found.other["link to a folder"] += 1
            return []
        if _is_corpus(path) or (excluded is not None and _identity(path) == excluded):
            return []
    inside = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
    return sorted(inside, key=lambda entry: os.fsencode(entry.name), reverse=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def kind_of(mode: int) -> str:
    """What a thing in a folder is that is no regular file, in words.

    >>> kind_of(stat.S_IFIFO)
    'a pipe'
    """
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFLNK: "a link"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _is_corpus(folder: Path) -> bool:
    return (folder / "manifest.json").exists() and (folder / "tokens").is_dir()


def numbered(paths: Iterable[Path]) -> Iterator[SourceFile]:
    """The files with ids of their own: the first of a name has it as its id, the others with a number."""
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    for path in paths:
        stem = safe_id(path.name[: len(path.name) - len(long_suffix(path))])
        doc_id = stem
        while doc_id.casefold() in taken:  # Some file systems do not tell upper from lower case.
            numbers[stem.casefold()] += 1
            doc_id = f"{stem}-{numbers[stem.casefold()] + 1}"
        taken.add(doc_id.casefold())
        yield SourceFile(path, readable(path), doc_id, _size(path))


def safe_id(stem: str) -> str:
    """The name of a file without suffix as an id, which is a good file name on every system, and can be printed.

    Names that Windows keeps for devices get a line below; what no name may have there, what can't be seen or turns the line around
    becomes one, and so does a point at the beginning, which would hide the file, or the end. A name like that of one of several
    documents in a file gets one as well.

    >>> [safe_id(name) for name in ("1-дәріс", "con", "не? қашан:", ".дала", "Абай.", "")]
    ['1-дәріс', 'con_', 'не_ қашан_', '_дала', 'Абай_', 'document']
    """
    name = "".join(c if c.isprintable() else "_" for c in unicodedata.normalize("NFC", _encodable(stem)))
    name = _FORBIDDEN.sub("_", name).encode()[:LONGEST_ID].decode(errors="ignore").strip()
    if name.startswith((".", "-")):
        name = "_" + name[1:]
    if _LIKE_A_PART.search(name):
        name += "_"
    if name.endswith("."):
        name = name[:-1] + "_"
    if name.split(".")[0].strip().upper() in _DEVICES:
        head, point, rest = name.partition(".")
        name = f"{head}_{point}{rest}"
    return name or "document"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # Gone already; reading it says so.


def path_inside(file: SourceFile, source: Path) -> Path:
    """The path of a file in the input: in the folder that was given, or its name, where it was given itself."""
    root = source if source.is_dir() else source.parent
    return file.path.relative_to(root) if file.path.is_relative_to(root) else Path(file.path.name)


def readable(path: Path) -> str:
    """A path as text that can be written anywhere: bytes that are no UTF-8 as `%XX`."""
    return _encodable(path.as_posix())


def _encodable(name: str) -> str:
    return _SURROGATE.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}" if "\udc80" <= found[0] <= "\udcff" else "\ufffd", name)
