"""`manifest.json`: what a corpus was made of, by what, and how; what it says of each document."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from kz_textkit.corpus.schema import FORMAT, FORMAT_VERSION
from kz_textkit.errors import CorpusError

__all__ = ["CHECK_CHARS", "DocumentEntry", "Manifest", "checksums", "read_manifest"]

CHECK_CHARS = 4096
"""Raw characters under one checksum of the manifest; it tells where a damaged corpus is damaged."""


@dataclass
class DocumentEntry:
    """What the manifest says of one document."""

    doc_id: str
    source: str
    sha256: str
    encoding: str
    undecodable: list[tuple[int, str]] = field(default_factory=list)
    """Bytes without a character: offset in the raw text, the bytes in hexadecimal digits."""
    checksums: str = ""
    """CRC-32 of each 4,096 characters of the raw text (as UTF-8), eight hexadecimal digits each."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rows by table, and raw and clean characters."""
    sections: dict[str, int] = field(default_factory=dict)
    """Sections by kind."""
    edits: dict[str, int] = field(default_factory=dict)
    """Applied edits by rule."""
    suggestions: dict[str, int] = field(default_factory=dict)
    """Edits that were suggested and not applied, by rule."""
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """A few edits of each rule, in context: before and after."""
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step."""
    part: int = 0
    """Number of the part file that holds its rows."""

    def __post_init__(self) -> None:
        # JSON has no tuples.
        self.undecodable = [(offset, lost) for offset, lost in self.undecodable]
        self.examples = {rule: [(before, after) for before, after in pairs] for rule, pairs in self.examples.items()}


@dataclass
class Manifest:
    """`manifest.json`: what the corpus was made of, by what, and how."""

    tool_version: str
    settings: dict[str, Any]
    documents: list[DocumentEntry]
    failures: list[dict[str, str]] = field(default_factory=list)
    """Inputs that gave no document: source and reason."""
    format: str = FORMAT
    format_version: int = FORMAT_VERSION

    def to_json(self) -> str:
        fields = asdict(self)
        order = ("format", "format_version", "tool_version", "settings", "documents", "failures")
        return json.dumps({name: fields[name] for name in order}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the corpus in `folder`.

    Raises `CorpusError` where the folder is no corpus, or one of another format version.
    """
    path = folder / "manifest.json"
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        problem = "it has no manifest.json" if folder.is_dir() else "there is no such folder"
        raise CorpusError(f"{folder} is no corpus: {problem}") from None
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} can't be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise CorpusError(f"{folder} is no corpus: its manifest.json is not one of kz-textkit")
    if content.get("format_version") != FORMAT_VERSION:
        raise CorpusError(
            f"{folder} is a corpus of format {content.get('format_version')}, and this kz-textkit reads format {FORMAT_VERSION}; "
            "make it again with `kz-textkit run`"
        )
    try:
        documents = [DocumentEntry(**entry) for entry in content["documents"]]
        return Manifest(content["tool_version"], content["settings"], documents, content.get("failures", []))
    except (KeyError, TypeError) as error:
        raise CorpusError(f"{path} is damaged: {error}") from error


def checksums(raw_text: str) -> str:
    """CRC-32 of each `CHECK_CHARS` characters, eight hexadecimal digits each."""
    pieces = (raw_text[i : i + CHECK_CHARS] for i in range(0, len(raw_text), CHECK_CHARS))
    return "".join(f"{crc32(piece.encode('utf-8', 'surrogatepass')):08x}" for piece in pieces)
