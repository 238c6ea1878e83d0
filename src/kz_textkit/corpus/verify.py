"""The proof that nothing was lost: the raw text of every document, put together from the tables, has the hash of the file.

Blocks, edits and gaps give the raw text; its encoding and the bytes without a character, which the manifest keeps, give the bytes.
Sentences, tokens and text files repeat what is in the blocks, so they are compared with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from os import PathLike
from typing import Any

from kz_textkit.alignment import Edit
from kz_textkit.corpus.manifest import CHECK_CHARS, DocumentEntry, checksums
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.rebuild import Gap, PlacedBlock, rebuild
from kz_textkit.document import RawDocument
from kz_textkit.errors import CorpusError
from kz_textkit.readers import encode

__all__ = ["Verification", "verify"]


@dataclass
class Verification:
    """What `verify` found."""

    documents: int = 0
    characters: int = 0
    """Raw characters put together again."""
    problems: list[str] = field(default_factory=list)
    """One line each: the document, the place, and what does not fit."""

    @property
    def ok(self) -> bool:
        return not self.problems


def verify(path: str | PathLike[str], *, progress: Callable[[int, int, str], None] | None = None) -> Verification:
    """Rebuild the raw text of every document of the corpus at `path` and compare the SHA-256 of its bytes.

    `progress` is called with documents done, documents in all, and the id of the last. Raises `CorpusError` where `path` is no corpus.
    """
    corpus = Corpus(path)
    result = Verification()
    listed = corpus.table("documents", columns=["doc_id", "sha256"]).to_pylist()
    if [(row["doc_id"], row["sha256"]) for row in listed] != [(entry.doc_id, entry.sha256) for entry in corpus.manifest.documents]:
        result.problems.append("the table of documents and manifest.json do not list the same documents and hashes")
    for done, entry in enumerate(corpus.manifest.documents, 1):
        problems = list(_problems(corpus, entry, result))
        result.problems += [f"{entry.doc_id}: {problem}" for problem in problems]
        result.documents += 1
        if progress is not None:
            progress(done, len(corpus.manifest.documents), entry.doc_id)
    return result


def _problems(corpus: Corpus, entry: DocumentEntry, result: Verification) -> Iterator[str]:
    blocks = [PlacedBlock(*row) for row in _rows(corpus, entry, "blocks", *PlacedBlock._fields)]
    edits = [Edit(*row) for row in _rows(corpus, entry, "edits", "start", "end", "before", "after", "rule", "applied", "score")]
    gaps = [Gap(*row) for row in _rows(corpus, entry, "gaps", *Gap._fields)]
    for table, rows in (("blocks", blocks), ("edits", edits), ("gaps", gaps)):
        if len(rows) != entry.counts.get(table):
            yield f"manifest.json counts {entry.counts.get(table)} {table}, the table has {len(rows)}"
    yield from _copies(corpus, entry, blocks)
    try:
        text = rebuild(blocks, [e for e in edits if e.applied], gaps)
    except CorpusError as error:
        yield str(error)
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
    try:
        undecodable = tuple((offset, bytes.fromhex(lost)) for offset, lost in entry.undecodable)
        content = encode(RawDocument(entry.doc_id, entry.source, entry.sha256, entry.encoding, text, undecodable))
    except (UnicodeError, LookupError, ValueError) as error:
        yield f"the rebuilt text can't be encoded: {error}"
        return
    if sha256(content).hexdigest() != entry.sha256:
        yield "the rebuilt bytes do not have the hash of the file"


def _copies(corpus: Corpus, entry: DocumentEntry, blocks: list[PlacedBlock]) -> Iterator[str]:
    """Where sentences, tokens and the text file do not say what the blocks say."""
    texts = {block.block_id: block.text for block in blocks}
    for table, column, key in (("sentences", "text", "sentence_id"), ("tokens", "form", "token_id")):
        for block_id, start, end, text, row_id in _rows(corpus, entry, table, "block_id", "start", "end", column, key):
            if texts.get(block_id, "")[start:end] != text:
                yield f"{table} and blocks differ in block {block_id} at {start} ({row_id}): {text[:40]!r}"
                break
    try:
        lines = (corpus.path / "text" / f"{entry.doc_id}.txt").read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeError) as error:
        yield f"the text file can't be read: {error}"
        return
    lines = [line for line in lines if line]
    for line, block in zip(lines, blocks, strict=False):
        if line != block.text:
            yield f"the text file and block {block.block_id} differ: {line[:40]!r}"
            return
    if len(lines) != len(blocks):
        yield f"the text file has {len(lines)} blocks, the table {len(blocks)}"


def _rows(corpus: Corpus, entry: DocumentEntry, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    for batch in corpus.rows(table, entry.doc_id).select(columns).to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
