"""Whether the files that a corpus was made of still give the same texts: the other half of the promise that nothing is lost.

`verify` rebuilds the raw texts from the corpus alone. Here the files are read again, each as it was read then, and the texts compared
by their hashes; where a text differs, the reason is sought first in the file and then in the program that extracts its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.manifest import Manifest
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import read_all
from kz_textkit.settings import Limits, Settings

__all__ = ["source_problems"]


def source_problems(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Where files under `folder` do not give the texts that a corpus was made of; one line each, by document.

    A file is sought by the end of the path that it was given by: `raw/дәріс.pdf` is found in the folder `raw` and in what holds it.
    """
    settings = _reading_settings(manifest.settings)
    for _, of_file in groupby(manifest.documents, key=lambda entry: entry.file):
        entries = list(of_file)
        path = _found(folder, entries[0].source)
        if path is None:
            yield f"{entries[0].doc_id}: its file {entries[0].source} is not in {folder}"
            continue
        yield from _differences(entries, path, settings)


def _differences(entries: Sequence[DocumentEntry], path: Path, settings: Settings) -> Iterator[str]:
    texts: dict[str, RawDocument] = {}
    wanted = {_hash_of(entry) for entry in entries}
    try:
        for raw in read_all(path, settings=settings):
            if (digest := _text_hash(raw)) in wanted:
                texts[digest] = raw
            elif len(entries) == 1:
                yield from _reason(entries[0], raw)
                return
    except InputError as error:
        yield f"{entries[0].doc_id}: {error}"
        return
    for entry in entries:
        if _hash_of(entry) not in texts:
            yield f"{entry.doc_id}: {path} gives no such text any more"


def _reason(entry: DocumentEntry, raw: RawDocument) -> Iterator[str]:
    if raw.sha256 != entry.sha256:
        yield f"{entry.doc_id}: {raw.source} was changed since"
        return
    how = f"{entry.extraction.get('extractor')} {entry.extraction.get('version')}"
    now = f"{raw.extraction.extractor} {raw.extraction.version}" if raw.extraction is not None else how
    other = "" if now == how else f", and was read by {how} then, by {now} now"
    yield f"{entry.doc_id}: {raw.source} gives another text{other}"


def _hash_of(entry: DocumentEntry) -> str:
    """What the text of a document is known by: its own hash, or that of the bytes of its file."""
    return str(entry.extraction.get("text_sha256") or entry.sha256)


def _text_hash(raw: RawDocument) -> str:
    if raw.extraction is None:
        return raw.sha256
    return sha256(raw.text.encode()).hexdigest()


def _found(folder: Path, source: str) -> Path | None:
    """The file in `folder` whose path ends most like `source`."""
    parts = [part for part in PurePosixPath(source).parts if part not in ("/", "..", ".")]
    candidates = (folder.joinpath(*parts[i:]) for i in range(len(parts)))
    return next((path for path in candidates if path.is_file()), None)


def _reading_settings(recorded: Mapping[str, Any]) -> Settings:
    """Of the settings that a corpus was made with those by which files are read."""
    limits = recorded.get("limits")
    return Settings(
        encoding=recorded.get("encoding"),
        whole_page=bool(recorded.get("whole_page")),
        text_column=recorded.get("text_column"),
        ocr=bool(recorded.get("ocr", True)),
        limits=Limits(**limits) if isinstance(limits, dict) else Limits(),
    )
