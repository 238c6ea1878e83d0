"""A corpus as JSON Lines, one block a line: what annotation tools and loaders of data sets take as they are.

A block is small enough to label or to stream and whole enough to read. Each line says which document and section it stands in and
where it came from in the raw text, so documents can be put together again by `doc_id`, in the order of the lines. Keys: doc_id, source,
title, metadata (what the file and the user say of the work, by name), section_id, section_kind, section_number, section_title,
block_id, kind, text, raw_start, raw_end, page, language, sentences, entities. A sentence has sentence_id, start, end and tokens; a
token form, lemma, upos, xpos, feats, start, end, raw_start and raw_end; an entity start, end, text, label and lemma. `start` and `end`
are offsets in `text`, `raw_start` and `raw_end` in the raw text; all count code points.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, SentenceRows, documents_of

__all__ = ["write_jsonl"]

TOKEN_KEYS = ("form", "lemma", "upos", "xpos", "feats", "start", "end", "raw_start", "raw_end")


def write_jsonl(corpus: Corpus, stream: TextIO) -> int:
    """Write all blocks of a corpus; the number of lines written."""
    written = 0
    for document in documents_of(corpus):
        outer = {**{name: document.row[name] for name in ("doc_id", "source", "title")}, "metadata": document.metadata}
        for section, blocks in document.sections():
            place = {
                "section_id": section.section_id,
                "section_kind": section.kind,
                "section_number": section.number,
                "section_title": section.title,
            }
            for block in blocks:
                stream.write(json.dumps({**outer, **place, **_block(block)}, ensure_ascii=False) + "\n")
                written += 1
    return written


def _block(block: BlockRows) -> dict[str, Any]:
    entities = [{name: getattr(entity, name) for name in ("start", "end", "text", "label", "lemma")} for entity in block.entities]
    return {**block._asdict(), "sentences": [_sentence(sentence) for sentence in block.sentences], "entities": entities}


def _sentence(sentence: SentenceRows) -> dict[str, Any]:
    tokens = sentence.tokens
    return {
        "sentence_id": sentence.sentence_id,
        "start": tokens[0].start,
        "end": tokens[-1].end,
        "tokens": [{key: getattr(token, key) for key in TOKEN_KEYS} for token in tokens],
    }
