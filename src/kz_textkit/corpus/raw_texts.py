"""The raw documents of a corpus, as its tables give them back, and where their files are in the input that it was made of."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from kz_textkit.alignment import Edit
from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.rebuild import Gap, PlacedBlock, rebuild
from kz_textkit.document import RawDocument

__all__ = ["edits_of", "input_of", "raw_text_of", "source_inside"]


def edits_of(corpus: Corpus, doc_id: str) -> list[Edit]:
    """The record of a document, suggestions too, in order."""
    names = ("start", "end", "before", "after", "rule", "applied", "score")
    table = corpus.rows("edits", doc_id)
    return [Edit(*row) for row in zip(*(table[name].to_pylist() for name in names), strict=True)]


def raw_text_of(corpus: Corpus, entry: DocumentEntry) -> RawDocument:
    """The raw document of an entry, its text put together from the tables; marks and metadata are not in it.

    Raises `CorpusError` where the tables don't fit together.
    """
    blocks = corpus.rows("blocks", entry.doc_id)
    gaps = corpus.rows("gaps", entry.doc_id)
    placed = [PlacedBlock(*row) for row in zip(*(blocks[name].to_pylist() for name in PlacedBlock._fields), strict=True)]
    between = [Gap(*row) for row in zip(*(gaps[name].to_pylist() for name in Gap._fields), strict=True)]
    text = rebuild(placed, [e for e in edits_of(corpus, entry.doc_id) if e.applied], between)
    return RawDocument(entry.doc_id, entry.source, entry.sha256, entry.encoding, text)


def input_of(corpus: Corpus) -> Path | None:
    """The file or folder that the corpus was made of, as it was given then; None where the manifest does not say."""
    given = corpus.manifest.settings.get("input")
    return Path(given) if isinstance(given, str) and given else None


def source_inside(corpus: Corpus, entry: DocumentEntry) -> str:
    """The path of the file of a document in the input, as corrections name it."""
    source = PurePosixPath(entry.source)
    given = input_of(corpus)
    if given is not None and source.is_relative_to(given.as_posix()) and source != PurePosixPath(given.as_posix()):
        return source.relative_to(given.as_posix()).as_posix()
    return source.name
