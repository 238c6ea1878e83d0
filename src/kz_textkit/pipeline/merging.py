"""Several corpora as one: their documents one after the other, with ids of their own, counted anew.

No text is cleaned or annotated again, so the corpora should have been made with the same settings; where they were not, that is said,
and stands in the manifest of the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa

from kz_textkit.corpus.card import save_card
from kz_textkit.corpus.entries import entries_of, entry_rows
from kz_textkit.corpus.files import changed_files
from kz_textkit.corpus.manifest import Dropped, manifest_is_as_written
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.schema import TABLES
from kz_textkit.corpus.shard import PieceRecord, Place, ShardRecord, ShardWriter, shard_key
from kz_textkit.corpus.staging import ENTRIES_TABLE
from kz_textkit.corpus.totals import sum_of
from kz_textkit.corpus.writer import CorpusWriter
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.pipeline.counting import count_terms, save_frequencies
from kz_textkit.pipeline.filtering import save_dropped
from kz_textkit.pipeline.process import unwritable

__all__ = ["Merged", "merge"]

PLACES = frozenset({"input", "metadata", "corrections", "limits"})
"""Settings that say where things were, or how long they might take, and not what is done."""


@dataclass
class Merged:
    """What `merge` did."""

    output: Path
    documents: int = 0
    tokens: int = 0
    terms: int = 0
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    """Corpus, id there, and id in the new one, of documents whose ids another corpus has too."""
    same_files: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of sources with the same bytes, of which both are in."""
    differing: list[str] = field(default_factory=list)
    """Settings in which the corpora differ, one line each."""


def merge(corpora: Sequence[str | PathLike[str]], output: str | PathLike[str]) -> Merged:
    """Make the corpus `output` of the documents of several others, which stay as they are.

    Ids that are there twice get a number. Raises `UsageError` where fewer than two corpora are given, or the output is one of them or
    can't be written; `CorpusError` where one is no corpus, or is not what was written.
    """
    target = Path(output)
    found = [_sound(Path(path)) for path in corpora]
    if len(found) < 2:
        raise UsageError("give two corpora at least")
    if target.exists() and any(target.resolve() == corpus.path.resolve() for corpus in found):
        raise UsageError(f"{target} is one of the corpora: give another place with -o")
    result = Merged(target, differing=list(_differing(found)))
    try:
        with CorpusWriter(target, tool_version=version("kz-textkit"), settings=_settings(found)) as writer:
            languages = sorted({language for corpus in found for language in corpus.tables.languages})
            shards = [_shard(writer, part, languages) for part in _parts(found, result)]
            totals = sum_of(shard.totals for shard in shards)
            writer.put_together(shards)
            frequencies = count_terms(writer.counts())
            save_frequencies(frequencies, writer.new)
            failures = [failure for corpus in found for failure in corpus.manifest.failures]
            dropped: list[Dropped] = [one for corpus in found for one in corpus.manifest.dropped]
            save_dropped(dropped, writer.new)
            save_card(writer.new, totals, writer.tool_version)
            writer.finish(failures, dropped)
    except OSError as error:
        raise UsageError(unwritable(error, target)) from error
    result.documents, result.terms, result.tokens = totals.documents, len(frequencies), totals.counts.get("tokens", 0)
    return result


def _sound(path: Path) -> Corpus:
    """A corpus of which every file is what was written."""
    corpus = Corpus(path)
    damage = next(changed_files(corpus.path, corpus.manifest), None)
    if damage is not None or not manifest_is_as_written(corpus.path):
        raise CorpusError(f"{path} is not what was written ({damage or 'its manifest was changed'}): `kz-textkit run` makes it anew")
    return corpus


@dataclass(frozen=True)
class _Part:
    """A part of one of the corpora, and how its documents are called in the new one."""

    place: Place
    entries: pa.Table
    """Its entries, under the new ids."""
    doc_ids: Mapping[str, str]
    """New ids by those there."""


def _parts(corpora: Sequence[Corpus], result: Merged) -> Iterator[_Part]:
    """The parts of all corpora, their documents under ids of their own."""
    taken: set[str] = set()
    sources: dict[str, str] = {}
    for corpus in corpora:
        files: dict[str, str] = {}
        for number in range(len(corpus.manifest.files_of("documents"))):
            place = Place(corpus.path, number)
            entries, doc_ids = [], {}
            for entry in entries_of(place.entries()):
                if entry.file not in files:
                    files[entry.file] = _free(entry.file, taken)
                    if entry.sha256 in sources:
                        result.same_files.append((sources[entry.sha256], entry.source))
                    sources.setdefault(entry.sha256, entry.source)
                file_id = files[entry.file]
                doc_ids[entry.doc_id] = doc_id = file_id + entry.doc_id[len(entry.file) :]
                if doc_id != entry.doc_id:
                    result.renamed.append((str(corpus.path), entry.doc_id, doc_id))
                entries.append(replace(entry, doc_id=doc_id, file_id=file_id if entry.file_id else ""))
            if entries:
                yield _Part(place, entry_rows(entries), doc_ids)


def _shard(writer: CorpusWriter, part: _Part, languages: Sequence[str]) -> ShardRecord:
    """Write a part under its new ids as a shard."""
    pieces: dict[str, PieceRecord] = {}
    for entry in entries_of(part.entries):
        pieces.setdefault(entry.file, PieceRecord(entry.file, entry.source, entry.sha256, entry.given)).documents += 1
    # A stretch of rows of a file is told from the others by its first document.
    key = shard_key([(f"{one.piece_id}/{part.entries['doc_id'][0]}", one.sha256, one.given) for one in pieces.values()])
    rows = part.place.rows()
    with ShardWriter(writer.folder_of(key)) as shard:
        for table in TABLES:
            for found in rows.groups(table, part.place.part or 0):
                shard.add_rows(table, _with_ids(found, part.doc_ids))
        shard.add_rows(ENTRIES_TABLE, part.entries)
        shard.add_texts(part.entries["doc_id"].to_pylist())
        return shard.finish(key, list(pieces.values()), {}, languages)


def _free(name: str, taken: set[str]) -> str:
    """The id itself, or with the first number with which no other is like it; some file systems do not tell upper from lower case."""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found.casefold())
    return found


def _with_ids(rows: pa.Table, doc_ids: Mapping[str, str]) -> pa.Table:
    position = rows.schema.get_field_index("doc_id")
    named = rows["doc_id"].combine_chunks().dictionary_encode()
    new = pa.array([doc_ids[old] for old in named.dictionary.to_pylist()], pa.string())
    return rows.set_column(position, rows.schema.field(position), new.take(named.indices))


def _settings(corpora: Sequence[Corpus]) -> dict[str, Any]:
    """The settings that all have, and in `merged` what each has of its own."""
    first = corpora[0].manifest.settings
    common = {
        name: value
        for name, value in first.items()
        if name not in PLACES - {"limits"} and all(corpus.manifest.settings.get(name) == value for corpus in corpora)
    }
    own = [
        {
            "corpus": corpus.path.name,
            "version": corpus.manifest.version,
            "tool_version": corpus.manifest.tool_version,
            "documents": len(corpus.manifest.documents),
            "settings": {name: value for name, value in corpus.manifest.settings.items() if name not in common},
        }
        for corpus in corpora
    ]
    return {**common, "merged": own}


def _differing(corpora: Sequence[Corpus]) -> Iterator[str]:
    """A line for each setting that is not the same in all corpora."""
    plain: list[Mapping[str, Any]] = [{**corpus.manifest.settings, "kz-textkit": corpus.manifest.tool_version} for corpus in corpora]
    for name in sorted({name for settings in plain for name in settings} - PLACES - {"merged"}):
        values = [settings.get(name) for settings in plain]
        if any(value != values[0] for value in values):
            said = "; ".join(f"{corpus.path.name}: {_plainly(value)}" for corpus, value in zip(corpora, values, strict=True))
            yield f"the corpora were made with different settings: {name} ({said})"


def _plainly(value: Any) -> str:
    """A setting in words."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(str(one.get("name", one)) if isinstance(one, dict) else str(one) for one in value) or "none"
    return "none" if value is None else str(value)
