"""Word files of documents whose blocks are known: what a reader of DOCX gives of them carries their labels."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from kz_textkit.readers.docx import read as read_docx
from kz_textkit.settings import Settings
from labelled import LabelledText, Split
from pages import compose, drawn, set_source
from pages.carrying import labelled_by
from pages.model import HYPHEN, NOTE, Block, Source
from pages.setting import Setting

__all__ = ["docx_of", "word_texts"]

_PLACES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def docx_of(source: Source, rng: random.Random) -> bytes:
    """The document as a Word file: titles in Word's styles or, as people do it, only in bold letters; real tables; lines of verse with
    line breaks. Footnotes are left out.
    """
    document = docx.Document()
    styled = rng.random() < 0.6
    pending: list[Block] = []
    for block in source.blocks:
        if block.kind == "table":
            pending.append(block)
            continue
        _table(document, pending)
        pending = []
        _paragraph(document, block, styled=styled)
    _table(document, pending)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_texts(seed: int, count: int, *, kinds: Sequence[str] | None = None, split: Split | None = None) -> Iterator[LabelledText]:
    """So many documents as the reader of DOCX gives them back, with its marks."""
    for number in range(count):
        rng = random.Random(crc32(f"docx {seed}/{number}".encode()))
        kind, of_split = drawn(rng, kinds, split)
        source = compose(kind, of_split, rng, lines=rng.randint(70, 200))
        printed = set_source(source, Setting(name="Word", wrapped=False, tables="tabs", dots="tab"), rng)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "written.docx"
            path.write_bytes(docx_of(source, rng))
            raw = read_docx(path, Settings())
        yield labelled_by(printed, raw.text, raw.marks, name="docx")


def _paragraph(document: Document, block: Block, *, styled: bool) -> None:
    text = block.text.replace(NOTE, "").replace(HYPHEN, "").translate(dict.fromkeys((0x00, 0x02, 0x0C)))
    style = f"Heading {min(block.level, 6)}" if styled and block.kind == "heading" else None
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = _PLACES[block.place]
    run = paragraph.add_run(text)
    if block.kind == "heading" and not styled:
        run.bold = True
        run.font.size = Pt(14 if block.level == 1 else 12)


def _table(document: Document, rows: Sequence[Block]) -> None:
    if not rows:
        return
    cells = [row.text.split("\t") for row in rows]
    table = document.add_table(len(cells), max(map(len, cells)))
    for at, row in enumerate(cells):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
