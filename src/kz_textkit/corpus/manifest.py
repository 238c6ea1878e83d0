"""`manifest.json`: what a corpus was made of, by what, and how, and which files it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from kz_textkit.corpus.changes import Changes
from kz_textkit.corpus.entries import DocumentEntry, is_safe_name, read_entries
from kz_textkit.corpus.plain import from_plain
from kz_textkit.corpus.schema import FORMAT, FORMAT_VERSION, READ_VERSIONS
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = [
    "CHECK_CHARS",
    "MANIFEST",
    "Dropped",
    "FileRecord",
    "Manifest",
    "PartRecord",
    "checksums",
    "manifest_is_as_written",
    "read_manifest",
]

MANIFEST = "manifest.json"

CHECKSUM = "checksum"
"""Entry of the manifest with the SHA-256 of all others."""

_ORDER = (
    *("format", "format_version", "version", "tool_version", "changes", "settings", "timings", "failures", "dropped", "parts"),
    "files",
)


CHECK_CHARS = 4096
"""Raw characters under one checksum of the manifest; it tells where a damaged corpus is damaged."""


@dataclass
class Dropped:
    """A document that the filters that were asked for left out."""

    doc_id: str
    source: str
    file: str
    """Id of the file that it came from."""
    sha256: str
    """Hash of that file."""
    reasons: list[str]
    """What it was left out for, the signal and its value named."""
    signals: dict[str, float]
    """The signals that are out of bounds."""
    sample: str
    """How its clean text begins."""
    given: str = ""
    """Hash of what the user said of that file (`DocumentEntry.given`)."""


@dataclass
class FileRecord:
    """What the manifest says of a file of the corpus."""

    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal digits."""


@dataclass
class PartRecord:
    """What the manifest says of a part of the corpus: a file of each table, with the same number."""

    key: str
    """Hash of what it was made of: pieces of the input, by id, hash and what the user said of them (`kz_textkit.corpus.shard`)."""
    documents: int


@dataclass
class Manifest:
    """`manifest.json`: what the corpus was made of, by what, and how, and which files it has."""

    tool_version: str
    settings: dict[str, Any]
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step that the documents took which this run made."""
    failures: list[dict[str, str]] = field(default_factory=list)
    """What gave no document: source and reason, and `file`, the id of a file that gave others."""
    dropped: list[Dropped] = field(default_factory=list)
    """What filters left out."""
    parts: list[PartRecord] = field(default_factory=list)
    """The parts of the corpus, in their order; none in a corpus of format 3."""
    files: dict[str, FileRecord] = field(default_factory=dict)
    """Every file but the manifest, by its path in the corpus with `/`; a file that is not named here is no part of the corpus."""
    version: int = 1
    """One more each time that a run writes the corpus."""
    changes: Changes = field(default_factory=Changes)
    """What is different from the version before."""
    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    folder = Path()
    """Folder of the corpus that it was read from."""

    @cached_property
    def documents(self) -> list[DocumentEntry]:
        """What there is to say of each document, in the order of the corpus; read from `documents.parquet` when it is first asked for.

        Raises `CorpusError` where that file is missing or damaged.
        """
        return read_entries(self.folder)

    def to_json(self) -> str:
        """The text of `manifest.json`; its last entry is the SHA-256 of the others."""
        fields = asdict(self)
        content = {name: fields[name] for name in _ORDER}
        return json.dumps({**content, CHECKSUM: _digest(content)}, ensure_ascii=False, indent=1) + "\n"

    def files_of(self, table: str) -> list[str]:
        """The paths in the corpus of the files of a table, in their order."""
        return sorted(name for name in self.files if name.startswith(f"{table}/"))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the corpus in `folder`, with every value of the type that it should have, and no name that leads elsewhere.

    Raises `CorpusError` where the folder is no corpus, or one of another format version, or its manifest is damaged.
    """
    manifest = _manifest(folder, _content(folder))
    manifest.folder = folder
    return manifest


def manifest_is_as_written(folder: Path) -> bool:
    """Whether the manifest in `folder`, which can be read, has the checksum that it was written with.

    Raises `CorpusError` where it can't be read.
    """
    content = _content(folder)
    found = content.pop(CHECKSUM, None)
    return bool(found == _digest(content))


def _content(folder: Path) -> dict[str, Any]:
    path, shown = folder / MANIFEST, printable(str(folder))
    try:
        content = json.loads(path.read_bytes().decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        problem = f"it has no {MANIFEST}" if folder.is_dir() else "there is no such folder"
        raise CorpusError(f"{shown} is no corpus: {problem}") from None
    except (OSError, ValueError, RecursionError) as error:
        reason = printable((error.strerror if isinstance(error, OSError) else None) or str(error))
        raise CorpusError(f"{shown}/{MANIFEST} can't be read: {reason}; `kz-textkit run` makes it anew") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CorpusError(f"{shown} is no corpus: its {MANIFEST} is not one of kz-textkit")
    return content


def _manifest(folder: Path, content: dict[str, Any]) -> Manifest:
    shown = printable(str(folder))
    if content.get("format_version") not in READ_VERSIONS:
        raise CorpusError(
            f"{shown} is a corpus of format {printable(str(content.get('format_version')))[:20]}, and this kz-textkit reads format "
            f"{FORMAT_VERSION}; make it again with `kz-textkit run`"
        )
    try:
        manifest = from_plain(Manifest, {name: value for name, value in content.items() if name != CHECKSUM}, MANIFEST)
    except ValueError as error:
        raise CorpusError(f"{shown}/{MANIFEST} is damaged: {printable(str(error))}") from None
    problem = next(_foreign_names(manifest), None)
    if problem is not None:
        raise CorpusError(f"{shown}/{MANIFEST} is damaged: {printable(problem)}")
    return manifest


def _foreign_names(manifest: Manifest) -> Iterator[str]:
    """What in a manifest would lead out of its corpus."""
    for name, record in manifest.files.items():
        if not all(map(is_safe_name, name.split("/"))) or record.size < 0:
            yield f"{name[:80]!r} can be no file of a corpus"


def checksums(raw_text: str) -> str:
    """CRC-32 of each `CHECK_CHARS` characters, eight hexadecimal digits each."""
    pieces = (raw_text[i : i + CHECK_CHARS] for i in range(0, len(raw_text), CHECK_CHARS))
    return "".join(f"{crc32(piece.encode('utf-8', 'surrogatepass')):08x}" for piece in pieces)


def _digest(content: dict[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
