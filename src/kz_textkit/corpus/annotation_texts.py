"""A corpus in texts for programs of annotation: small enough to be opened, whole enough to be read, and with a way back.

A document becomes one text or several, cut between blocks, in the order of reading, each block on a line of its own. Every text knows
where its blocks begin, so that what people annotate can be led back to the corpus (`places.tsv`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, documents_of

__all__ = ["ENTITY_LABELS", "AnnotationText", "annotation_texts", "write_places"]

ENTITY_LABELS = (
    *("ADAGE", "ART", "CARDINAL", "CONTACT", "DATE", "DISEASE", "EVENT", "FACILITY", "GPE", "LANGUAGE", "LAW", "LOCATION"),
    *("MISCELLANEOUS", "MONEY", "NON_HUMAN", "NORP", "ORDINAL", "ORGANISATION", "PERCENTAGE", "PERSON", "POSITION", "PRODUCT"),
    *("PROJECT", "QUANTITY", "TIME"),
)
"""Classes of named entities, for the configuration of the programs. Source: Yeshpanov et al., *KazNERD*, LREC 2022."""

TEXT_CHARS = 20_000
"""A text is closed with the block with which it reaches so many characters: what the programs show in a second or two."""


@dataclass
class AnnotationText:
    """Blocks of a document that are annotated together."""

    name: str
    """Id of the document, with a number where it has several texts."""
    doc_id: str
    metadata: dict[str, str]
    blocks: list[tuple[int, BlockRows]] = field(default_factory=list)
    """Each with the offset of its text."""
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(block.text + "\n" for _, block in self.blocks)

    def add(self, block: BlockRows) -> None:
        self.blocks.append((self.length, block))
        self.length += len(block.text) + 1


def annotation_texts(corpus: Corpus) -> Iterator[AnnotationText]:
    """The texts of a corpus in its order."""
    for document in documents_of(corpus):
        texts = [AnnotationText("", document.doc_id, document.metadata)]
        for _, blocks in document.sections():
            for block in blocks:
                if texts[-1].length >= TEXT_CHARS:
                    texts.append(AnnotationText("", document.doc_id, document.metadata))
                texts[-1].add(block)
        width = len(str(len(texts)))
        for number, text in enumerate(texts, 1):
            text.name = document.doc_id if len(texts) == 1 else f"{document.doc_id}.{number:0{width}}"
            yield text


def write_places(path: Path, texts: Iterator[AnnotationText]) -> Iterator[AnnotationText]:
    """The texts as they pass, while a table of where their blocks begin is written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("text", "start", "doc_id", "block_id", "kind", "raw_start", "raw_end"))
        for text in texts:
            for start, block in text.blocks:
                table.writerow((text.name, start, text.doc_id, block.block_id, block.kind, block.raw_start, block.raw_end))
            yield text
