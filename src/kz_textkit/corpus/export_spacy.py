"""A corpus as spaCy's own binary format (`DocBin`), which `spacy train` and `spacy.training.Corpus` read.

The Docs are those of `Corpus.docs`: words, spaces, sentences, lemmas, parts of speech, tags and features, trees and named entities
where there are any, with sections and blocks as groups of spans, and the name of the document in `doc.user_data["doc_id"]`. A DocBin is
in memory as a whole, so a folder of several is written where the output is a folder; spaCy takes a file or a folder alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import DocBin

from kz_textkit.corpus.reader import Corpus
from kz_textkit.lang.kk import Kazakh
from kz_textkit.writing import replacing_folder, write_whole

__all__ = ["SUFFIX", "write_spacy"]

SUFFIX = ".spacy"

PART_TOKENS = 1_000_000
"""A part of a folder is closed after the document with which it reaches so many tokens."""

_ATTRIBUTES = ("ORTH", "SPACY", "LEMMA", "POS", "TAG", "MORPH")
_SENTENCES = ("SENT_START",)
_TREES = ("HEAD", "DEP")
"""Of sentences with trees, spaCy takes their borders from these."""
_ENTITIES = ("ENT_IOB", "ENT_TYPE")


def write_spacy(corpus: Corpus, output: Path) -> int:
    """Write all documents of a corpus into the file `output`, or into parts in the folder `output`; the number of documents written."""
    if output.suffix == SUFFIX:
        return _write(next(_bins(corpus, None)), output)
    with replacing_folder(output, of="spacy") as folder:
        return sum(_write(part, folder / f"part-{number:05}{SUFFIX}") for number, part in enumerate(_bins(corpus, PART_TOKENS)))


def _write(part: DocBin, path: Path) -> int:
    write_whole(path, part.to_bytes())
    return len(part)


def _bins(corpus: Corpus, limit: int | None) -> Iterator[DocBin]:
    """The documents of a corpus in DocBins of about `limit` tokens; one at least."""
    attributes = _attributes(corpus)
    vocab = Kazakh().vocab
    part, tokens, is_first = DocBin(attributes, store_user_data=True), 0, True
    for doc in corpus.docs(vocab):
        part.add(doc)
        tokens += len(doc)
        if limit is not None and tokens >= limit:
            yield part
            part, tokens, is_first = DocBin(attributes, store_user_data=True), 0, False
            vocab = Kazakh().vocab
    if len(part) or is_first:
        yield part


def _attributes(corpus: Corpus) -> tuple[str, ...]:
    """What there is to store of each token: trees where all sentences have one, names where they were looked for."""
    trees = entities = False
    for entry in corpus.manifest.documents:
        tokens = corpus.rows("tokens", entry.doc_id)
        if tokens.num_rows:
            trees = tokens["head"].null_count == 0
            entities = entities or any(tokens["entity"].to_pylist())
            if not trees:
                break
    return (*_ATTRIBUTES, *(_TREES if trees else _SENTENCES), *(_ENTITIES if entities else ()))
