"""A corpus for Label Studio and Prodigy: a task a block, with tokens and the names that were found as suggestions.

Label Studio: https://labelstud.io/guide/tasks (tasks with predictions) and https://labelstud.io/tags/labels (its configuration).
Prodigy: https://prodi.gy/docs/api-interfaces#ner_manual (JSON Lines with `text`, `tokens`, `spans`). Offsets count code points.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

from kz_textkit.corpus.annotation_texts import ENTITY_LABELS
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, DocumentRows, documents_of
from kz_textkit.writing import replacing_folder

__all__ = ["write_label_studio", "write_prodigy"]


def write_prodigy(corpus: Corpus, stream: TextIO) -> int:
    """Write all blocks of a corpus as tasks of Prodigy; the number of lines written."""
    written = 0
    for document, block in _blocks(corpus):
        tokens = [token for sentence in block.sentences for token in sentence.tokens]
        starts = {token.start: i for i, token in enumerate(tokens)}
        ends = {token.end: i for i, token in enumerate(tokens)}
        spans = [
            {
                **{"start": e.start, "end": e.end, "token_start": starts[e.start], "token_end": ends[e.end]},
                "label": e.label,
            }
            for e in block.entities
            if e.start in starts and e.end in ends
        ]
        task = {
            "text": block.text,
            "tokens": [
                {"text": t.form, "start": t.start, "end": t.end, "id": i, "ws": t.space_after, "lemma": t.lemma, "pos": t.upos}
                for i, t in enumerate(tokens)
            ],
            "spans": spans,
            "meta": _meta(document, block),
        }
        stream.write(json.dumps(task, ensure_ascii=False) + "\n")
        written += 1
    return written


def write_label_studio(corpus: Corpus, output: Path) -> int:
    """Write all blocks of a corpus as tasks of Label Studio, with its configuration, into the folder `output`; the number of tasks."""
    version = f"kz-textkit {corpus.manifest.tool_version}"
    written = 0
    labels = dict.fromkeys(ENTITY_LABELS)
    with replacing_folder(output, of="label-studio") as folder:
        with (folder / "tasks.json").open("w", encoding="utf-8", newline="\n") as stream:
            stream.write("[")
            for document, block in _blocks(corpus):
                stream.write(",\n" if written else "\n")
                stream.write(json.dumps(_task(document, block, version), ensure_ascii=False))
                labels.update((entity.label, None) for entity in block.entities)
                written += 1
            stream.write("\n]\n")
        (folder / "label-config.xml").write_text(_configuration(list(labels)), "utf-8")
    return written


def _blocks(corpus: Corpus) -> Iterator[tuple[DocumentRows, BlockRows]]:
    return ((document, block) for document in documents_of(corpus) for _, blocks in document.sections() for block in blocks)


def _meta(document: DocumentRows, block: BlockRows) -> dict[str, Any]:
    place = {"doc_id": document.doc_id, "title": document.row["title"], "block_id": block.block_id, "kind": block.kind}
    return {**place, "raw_start": block.raw_start, "raw_end": block.raw_end, "page": block.page, **document.metadata}


def _task(document: DocumentRows, block: BlockRows, version: str) -> dict[str, Any]:
    tokens = [
        {"text": token.form, "start": token.start, "end": token.end, "lemma": token.lemma, "upos": token.upos}
        for sentence in block.sentences
        for token in sentence.tokens
    ]
    task: dict[str, Any] = {"data": {"text": block.text, "tokens": tokens, **_meta(document, block)}}
    if block.entities:
        result = [
            {
                "id": f"{block.block_id}-{number}",
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {"start": entity.start, "end": entity.end, "text": entity.text, "labels": [entity.label]},
            }
            for number, entity in enumerate(block.entities, 1)
        ]
        task["predictions"] = [{"model_version": version, "result": result}]
    return task


def _configuration(labels: list[str]) -> str:
    lines = [f"    <Label value={quoteattr(label)}/>" for label in labels]
    head = ["<View>", '  <Header value="$title"/>', '  <Labels name="label" toName="text">']
    return "\n".join([*head, *lines, "  </Labels>", '  <Text name="text" value="$text" granularity="word"/>', "</View>", ""])
