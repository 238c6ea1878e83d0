"""The two documents of `corpus/raw/` that are no plain text, made of originals of the project: a Word file and a PDF.

`python tests/support/made_documents.py` writes them anew from `tests/originals/`. The Word file has styles, an automatic list, a
table, a link, and soft hyphens in long words; the PDF, set by reportlab in large type on small pages, has justified lines, a running
head and page numbers. Fonts are those that matplotlib brings.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import matplotlib
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus.doctemplate import BaseDocTemplate

from damage import Original, read_original
from repository import RAW

__all__ = ["MADE", "pdf_file", "word_file", "write"]

MADE = {"auyl_murazhaiy": ".docx", "alma_bagy": ".pdf"}
"""The documents and their formats."""
LINKED = "энциклопедиядан"
ADDRESS = "https://kk.wikipedia.org/wiki/%D0%9A%D0%B5%D1%81%D1%82%D0%B5"
RUNNING_HEAD = "Алма бағы туралы баяндама"

_VOWELS = "аәеёиоөуұүыіэюя"
_LONG_WORD = re.compile(r"[^\W\d_]{9,}")


def word_file(blocks: list[Original]) -> bytes:
    """A Word file of these blocks."""
    document = Document()
    document.styles["Normal"].font.size = Pt(12)
    row: list[list[str]] = []
    for block in blocks:
        if block.kind == "table_row":
            row.append(_cells(block.text))
            continue
        if row:
            _add_table(document, row)
            row = []
        if block.kind == "heading":
            document.add_heading(block.text, block.level)
        elif block.kind == "list_item":
            document.add_paragraph(re.sub(r"^\d+\) ", "", block.text), style="List Number")
        elif block.kind == "note":
            document.add_paragraph(block.text, style="Caption")
        else:
            _add_text(document.add_paragraph(style="Body Text"), _LONG_WORD.sub(lambda word: _softened(word[0]), block.text))
    _number_with_brackets(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = blocks[0].text, "kz-textkit", "kk"
    properties.created = properties.modified = datetime(2026, 1, 1)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file(blocks: list[Original]) -> bytes:
    """A PDF of these blocks, on small pages."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in ("DejaVuSerif", "DejaVuSerif-Bold"):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    body = ParagraphStyle("body", fontName="DejaVuSerif", fontSize=14, leading=21, firstLineIndent=16, alignment=TA_JUSTIFY)
    styles = {
        "paragraph": body,
        "list_item": ParagraphStyle("item", body, firstLineIndent=0, leftIndent=20, alignment=0),
        "heading": ParagraphStyle(
            "heading", body, fontName="DejaVuSerif-Bold", fontSize=13, spaceBefore=10, spaceAfter=6, alignment=TA_CENTER
        ),
    }
    file = BytesIO()
    pages = SimpleDocTemplate(file, pagesize=A5, topMargin=70, bottomMargin=70, leftMargin=50, rightMargin=50, invariant=1)
    pages.title, pages.author = RUNNING_HEAD, "kz-textkit"
    flow = [Flow(_LONG_WORD.sub(lambda word: _softened(word[0]), block.text), styles[block.kind]) for block in blocks]
    pages.build(flow, onFirstPage=_number, onLaterPages=_number_and_head)
    return file.getvalue()


def write() -> None:
    """Write the documents into `corpus/raw/`."""
    for name, suffix in MADE.items():
        make = word_file if suffix == ".docx" else pdf_file
        (RAW / f"{name}{suffix}").write_bytes(make(read_original(name)))


def _cells(row: str) -> list[str]:
    """Three cells of a row; the first word, the second, and the rest."""
    return row.split(" ", 2)


def _add_table(document: Document, rows: list[list[str]]) -> None:  # type: ignore[valid-type]
    table = document.add_table(len(rows), len(rows[0]))  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for i, cells in enumerate(rows):
        for j, cell in enumerate(cells):
            table.cell(i, j).text = cell


def _add_text(paragraph: Paragraph, text: str) -> None:
    """Text in a paragraph, with the word that is a link."""
    soft = _softened(LINKED)
    before, word, after = text.partition(soft)
    paragraph.add_run(before)
    if not word:
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(paragraph.add_run(word)._r)
    paragraph._p.append(link)
    paragraph.add_run(after)


def _number_with_brackets(document: Document) -> None:  # type: ignore[valid-type]
    """Numbers of lists as Kazakh texts have them: `1)`."""
    for text in document.part.numbering_part.element.iter(qn("w:lvlText")):  # type: ignore[attr-defined]
        if text.get(qn("w:val")) == "%1.":
            text.set(qn("w:val"), "%1)")


def _softened(word: str) -> str:
    """A long word with soft hyphens between its syllables, never a letter alone."""
    places = [
        i
        for i in range(3, len(word) - 2)
        if word[i - 1].lower() in _VOWELS and word[i].lower() not in _VOWELS and word[i + 1].lower() in _VOWELS
    ]
    for i in reversed(places):
        word = f"{word[:i]}\u00ad{word[i:]}"
    return word


def _number(canvas: Canvas, pages: BaseDocTemplate) -> None:
    """The number of a page at its foot."""
    canvas.saveState()
    canvas.setFont("DejaVuSerif", 8)
    canvas.drawCentredString(A5[0] / 2, 30, str(pages.page))
    canvas.restoreState()


def _number_and_head(canvas: Canvas, pages: BaseDocTemplate) -> None:
    """The number of a page, and the running head that all pages but the first have."""
    _number(canvas, pages)
    canvas.saveState()
    canvas.setFont("DejaVuSerif", 8)
    canvas.drawCentredString(A5[0] / 2, A5[1] - 36, RUNNING_HEAD)
    canvas.restoreState()


if __name__ == "__main__":
    write()
