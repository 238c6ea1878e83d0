"""The proof that nothing was lost: every file is what was written, and the raw text of every document comes out of the tables.

First the bytes: the manifest has a checksum of its own and the SHA-256 of every file. Then the content: blocks, edits and gaps give the
raw text; its encoding and the bytes without a character, which the manifest keeps, give the bytes. Sentences, tokens, sections, links
and text files repeat what is in the blocks, so they are compared with them. A corpus whose hashes somebody has made to fit after a
change has still to say the same thing everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import repeat
from os import PathLike
from pathlib import Path
from typing import Any

from kz_textkit.alignment import Edit
from kz_textkit.corpus.changes import Changes
from kz_textkit.corpus.entries import ENTRIES, DocumentEntry, stream_entries, stream_names
from kz_textkit.corpus.files import changed_files
from kz_textkit.corpus.manifest import CHECK_CHARS, MANIFEST, checksums, manifest_is_as_written
from kz_textkit.corpus.parts import part_name
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.rebuild import Gap, PlacedBlock, rebuild
from kz_textkit.corpus.schema import TABLES
from kz_textkit.corpus.sources import source_problems
from kz_textkit.corpus.texts import text_lines, text_name
from kz_textkit.document import RawDocument
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable
from kz_textkit.readers import encode

__all__ = ["Verification", "verify"]


@dataclass
class Verification:
    """What `verify` found."""

    documents: int = 0
    characters: int = 0
    """Raw characters put together again."""
    files: int = 0
    """Files whose hash was compared, the manifest among them."""
    version: int = 1
    """Version of the corpus."""
    changes: Changes = field(default_factory=Changes)
    """What is different from the version before."""
    problems: list[str] = field(default_factory=list)
    """One line each: the document or file, the place, and what does not fit."""

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(
    path: str | PathLike[str],
    *,
    quick: bool = False,
    sources: str | PathLike[str] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    workers: int = 1,
) -> Verification:
    """Compare every file of the corpus at `path` with what was written, and rebuild the raw text of every document.

    With `quick`, only the hashes of the files are compared. With `sources`, a folder, the files that the corpus was made of are read
    again from there, and must give the same texts. `progress` is called with documents done, documents in all, and the id of the last.
    `workers` is the number of processes; the corpus is proved part by part. Raises `CorpusError` where `path` is no corpus.
    """
    corpus = Corpus(path)
    manifest = corpus.manifest
    result = Verification(files=len(manifest.files) + 1, version=manifest.version, changes=manifest.changes)
    if not manifest_is_as_written(corpus.path):
        result.problems.append(f"{MANIFEST} was changed: its checksum is not the one that was written")
    result.problems += [printable(str(damage)) for damage in changed_files(corpus.path, corpus.manifest)]
    parts = dict.fromkeys(part for _, part in stream_names(corpus.path))
    documents = sum(1 for _ in stream_names(corpus.path))
    result.problems += _unnamed(corpus, documents, parts)
    if quick:
        result.documents = documents
        return result
    for found in _of_parts(corpus, list(parts), documents, progress, workers):
        result.problems += found.problems
        result.documents += found.documents
        result.characters += found.characters
        if progress is not None and workers > 1:
            progress(result.documents, documents, f"part {found.part}")
    if sources is not None:
        result.problems += map(printable, source_problems(corpus.manifest, Path(sources)))
    return result


@dataclass
class _OfPart:
    """What was found in a part."""

    part: int
    documents: int = 0
    characters: int = 0
    problems: list[str] = field(default_factory=list)


def _of_parts(
    corpus: Corpus, parts: list[int], documents: int, progress: Callable[[int, int, str], None] | None, workers: int
) -> Iterator[_OfPart]:
    if workers < 2 or len(parts) < 2:
        done = 0
        for part in parts:

            def tell(number: int, doc_id: str, before: int = done) -> None:
                if progress is not None:
                    progress(before + number, documents, doc_id)

            found = _prove(corpus, part, documents, tell)
            done += found.documents
            yield found
        return
    with ProcessPoolExecutor(min(workers, len(parts))) as pool:
        yield from pool.map(_prove_apart, repeat(corpus.path), parts, repeat(documents))


def _prove_apart(path: Path, part: int, documents: int) -> _OfPart:
    return _prove(Corpus(path), part, documents, lambda number, doc_id: None)


def _prove(corpus: Corpus, part: int, documents: int, tell: Callable[[int, str], None]) -> _OfPart:
    """Prove a part of a corpus of so many documents."""
    result = _OfPart(part)
    rows: Counter[str] = Counter()
    listed: list[tuple[str, str]] = []
    for entry in stream_entries(corpus.path, part):
        try:
            problems = list(_problems(corpus, entry, documents, result))
        except CorpusError as error:
            problems = [str(error)]
        except (TypeError, AttributeError) as error:
            problems = [f"a table has no value where there must be one ({error})"]
        result.problems += [printable(f"{entry.doc_id}: {problem}") for problem in problems]
        result.documents += 1
        rows.update({table: entry.counts.get(table, 0) for table in TABLES})
        listed.append((entry.doc_id, entry.sha256))
        tell(result.documents, entry.doc_id)
    result.problems += _listing(corpus, part, listed, rows)
    return result


def _unnamed(corpus: Corpus, documents: int, parts: Collection[int]) -> Iterator[str]:
    """Files that there should be, and that the manifest does not name, and parts of tables that no document is in."""
    for table in TABLES:
        files = corpus.manifest.files_of(table)
        if not files:
            yield f"{MANIFEST} names no files of {table}"
        for name in set(files) - {part_name(table, part) for part in parts}:
            yield f"{name} is a part that has no documents"
    for doc_id, part in stream_names(corpus.path):
        if text_name(doc_id, part, documents) not in corpus.manifest.files:
            yield f"{MANIFEST} does not name the text file of {doc_id}"


def _listing(corpus: Corpus, part: int, listed: list[tuple[str, str]], counted: Mapping[str, int]) -> Iterator[str]:
    """Where a part of the tables and the list of documents do not have the same documents, and the same number of rows."""
    try:
        found = corpus.columns_of_part("documents", part, ["doc_id", "sha256"]).to_pylist()
        if [(row["doc_id"], row["sha256"]) for row in found] != listed:
            yield f"the table of documents and {ENTRIES} do not list the same documents and hashes"
        for table in TABLES:
            rows = corpus.columns_of_part(table, part, ["doc_id"]).num_rows
            if rows != counted[table]:
                yield f"{ENTRIES} counts {counted[table]:,} rows of {table} in part {part}, the table has {rows:,}"
    except CorpusError as error:
        yield str(error)


def _problems(corpus: Corpus, entry: DocumentEntry, documents: int, result: _OfPart) -> Iterator[str]:
    blocks = [PlacedBlock(*row) for row in _rows(corpus, entry, "blocks", *PlacedBlock._fields)]
    edits = [Edit(*row) for row in _rows(corpus, entry, "edits", "start", "end", "before", "after", "rule", "applied", "score")]
    gaps = [Gap(*row) for row in _rows(corpus, entry, "gaps", *Gap._fields)]
    for table in TABLES:
        found = corpus.rows_in_part(table, entry.doc_id, entry.part).num_rows
        if found != entry.counts.get(table):
            yield f"{ENTRIES} counts {entry.counts.get(table)} {table}, the table has {found}"
    yield from _copies(corpus, entry, blocks, documents)
    yield from _sections(corpus, entry)
    try:
        text = rebuild(blocks, [e for e in edits if e.applied], gaps)
    except CorpusError as error:
        yield str(error)
        return
    except TypeError:
        yield "blocks, edits or gaps have places without a value"
        return
    result.characters += len(text)
    yield from _differences(text, entry)
    for e in edits:
        if not e.applied and text[e.start : e.end] != e.before:
            yield f"suggestion at {e.start}: the raw text has {text[e.start : e.end]!r}, not {e.before!r}"


def _differences(text: str, entry: DocumentEntry) -> Iterator[str]:
    """Where the rebuilt text is not what was read."""
    found = checksums(text)
    if found != entry.checksums:
        at = next(
            (i for i in range(0, len(entry.checksums), 8) if found[i : i + 8] != entry.checksums[i : i + 8]), len(entry.checksums)
        )
        start = at // 8 * CHECK_CHARS
        yield f"the rebuilt text is not what was read; the first difference is between offsets {start} and {start + CHECK_CHARS}"
        return
    if entry.extraction:
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != entry.extraction.get("text_sha256"):
            yield "the rebuilt text does not have the hash of the text that was extracted"
        return
    try:
        undecodable = tuple((offset, bytes.fromhex(lost)) for offset, lost in entry.undecodable)
        content = encode(RawDocument(entry.doc_id, entry.source, entry.sha256, entry.encoding, text, undecodable))
    except (UnicodeError, LookupError, ValueError, TypeError) as error:
        yield f"the rebuilt text can't be encoded: {error}"
        return
    if sha256(content).hexdigest() != entry.sha256:
        yield "the rebuilt bytes do not have the hash of the file"


def _copies(corpus: Corpus, entry: DocumentEntry, blocks: list[PlacedBlock], documents: int) -> Iterator[str]:
    """Where sentences, tokens and the text file do not say what the blocks say."""
    texts = {block.block_id: block.text for block in blocks}
    for table, column, key in (("sentences", "text", "sentence_id"), ("tokens", "form", "token_id")):
        for block_id, start, end, text, row_id in _rows(corpus, entry, table, "block_id", "start", "end", column, key):
            if texts.get(block_id, "")[start:end] != text:
                yield f"{table} and blocks differ in block {block_id} at {start} ({row_id}): {str(text)[:40]!r}"
                break
    for block_id, start, end in _rows(corpus, entry, "links", "block_id", "start", "end"):
        if block_id is not None and not 0 <= (start or 0) <= (end or 0) <= len(texts.get(block_id, "")):
            yield f"a link is said to be at {start} in block {block_id}, where there is no such place"
    try:
        name = text_name(entry.doc_id, entry.part, documents)
        lines = text_lines(corpus.path, name, entry.doc_id)
    except (OSError, ValueError) as error:
        yield f"the text file can't be read: {error}"
        return
    for line, block in zip(lines, blocks, strict=False):
        if line != block.text:
            yield f"the text file and block {block.block_id} differ: {line[:40]!r}"
            return
    if len(lines) != len(blocks):
        yield f"the text file has {len(lines)} blocks, the table {len(blocks)}"


def _sections(corpus: Corpus, entry: DocumentEntry) -> Iterator[str]:
    """Where sections are nested in none, or blocks, sentences and tokens stand in none."""
    parents = dict(_rows(corpus, entry, "sections", "section_id", "parent_id"))
    for parent in parents.values():
        if parent is not None and parent not in parents:
            yield f"a section is said to be in section {parent}, which there is not"
    for table in ("blocks", "sentences", "tokens"):
        for section_id in {section_id for (section_id,) in _rows(corpus, entry, table, "section_id")} - set(parents):
            yield f"{table} are said to be in section {section_id}, which there is not"


def _rows(corpus: Corpus, entry: DocumentEntry, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    for batch in corpus.rows_in_part(table, entry.doc_id, entry.part).select(columns).to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
