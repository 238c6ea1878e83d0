"""A corpus as CoNLL-U, the format of Universal Dependencies (https://universaldependencies.org/format.html).

Documents, blocks and sentences become `# newdoc`, `# newpar` and `# sent_id`; the ids of block and section and the offsets in the raw
text stand in MISC. The corpus has no syntax, but the format asks for a tree: each sentence gets the flattest one, a root at its first
word (or mark, where it has no word) with all other words below it as `dep` and all marks as `punct`. That passes the official validator
at level 3, the universal contents; levels 4 and 5 ask, feature by feature, whether a language has declared it for a part of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from kz_textkit.corpus.reader import Corpus

__all__ = ["sentences_as_conllu", "write_conllu"]

_COLUMNS = ["section_id", "block_id", "sentence_id", "form", "space_after", "lemma", "upos", "feats", "raw_start", "raw_end"]
_Row = tuple[str, str, str, str, bool, str, str, str, int, int]
_unsafe = re.compile(r"[\s/]+")


def write_conllu(corpus: Corpus, stream: TextIO) -> int:
    """Write all documents of a corpus; the number of sentences written."""
    written = 0
    for sentence in sentences_as_conllu(corpus):
        stream.write(sentence)
        written += 1
    return written


def sentences_as_conllu(corpus: Corpus) -> Iterator[str]:
    """The sentences of a corpus in document order, each as the lines of CoNLL-U with the empty line after it."""
    for entry in corpus.manifest.documents:
        doc_id = _unsafe.sub("_", entry.doc_id)
        opening = f"# newdoc id = {doc_id}\n"
        for (_, block_id), rows in groupby(_rows(corpus, entry.doc_id), itemgetter(0, 1)):
            opening += f"# newpar id = {doc_id}-{block_id}\n"
            sentences = [list(sentence) for _, sentence in groupby(rows, itemgetter(2))]
            for i, sentence in enumerate(sentences, 1):
                yield opening + _sentence(doc_id, sentence, ends_block=i == len(sentences))
                opening = ""


def _rows(corpus: Corpus, doc_id: str) -> Iterator[_Row]:
    for batch in corpus.rows("tokens", doc_id).to_batches(max_chunksize=50_000):
        yield from zip(*(batch.column(name).to_pylist() for name in _COLUMNS), strict=True)


def _sentence(doc_id: str, rows: list[_Row], *, ends_block: bool) -> str:
    text = "".join(form + " " * space for _, _, _, form, space, *_ in rows).rstrip()
    lines = [f"# sent_id = {doc_id}-{rows[0][2]}", f"# text = {text}"]
    root = next((i for i, row in enumerate(rows, 1) if not _is_mark(row)), 1)
    for i, row in enumerate(rows, 1):
        section_id, block_id, _, form, space, lemma, upos, feats, start, end = row
        head, relation = (0, "root") if i == root else (root, "punct" if _is_mark(row) else "dep")
        misc = f"Block={block_id}|RawEnd={end}|RawStart={start}|Section={section_id}"
        # The last token of a paragraph is followed by its end, which counts as space.
        if not space and not (ends_block and i == len(rows)):
            misc += "|SpaceAfter=No"
        tag = upos or ("PUNCT" if _is_mark(row) else "X")
        lines.append(f"{i}\t{form}\t{lemma or form}\t{tag}\t_\t{_sorted(feats)}\t{head}\t{relation}\t_\t{misc}")
    return "\n".join(lines) + "\n\n"


def _sorted(feats: str) -> str:
    """Features in the order that the format asks for, which takes capitals and small letters as the same."""
    return "|".join(sorted(feats.split("|"), key=str.lower)) or "_"


def _is_mark(row: _Row) -> bool:
    return row[6] == "PUNCT" if row[6] else not any(c.isalnum() for c in row[3])
