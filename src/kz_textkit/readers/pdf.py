"""Reads PDF files by PDFium: its characters, and our own assembly of words, lines, columns and pages.

PDFium (pypdfium2, BSD and Apache licences) gives each character with its place; the order and the white space that it guesses are not
used. What is done with the characters: `pdf_characters` (arrays), `pdf_columns` (reading order), `pdf_lines` (rows and words).

`raw.text` has a line feed after each printed line and a form feed between pages; hyphens at line ends stay as they are printed. Where
PDFium writes U+0002 or U+FFFE for a hyphen that ends a line, `-` is written: whether it divides a word is for `layout` to say.
Characters that the font has no Unicode for become U+FFFD.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import ocr
from kz_textkit.readers.files import read_file
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.pdf_book import Book, Page
from kz_textkit.readers.pdf_characters import characters_of, sheet_of
from kz_textkit.readers.pdf_fonts import Fonts
from kz_textkit.readers.pdf_hidden import seen
from kz_textkit.readers.pdf_links import links_of
from kz_textkit.readers.pdf_outline import bookmarks_of
from kz_textkit.readers.pdf_pages import page_text
from kz_textkit.readers.pdf_rules import edges_of, grids_of
from kz_textkit.readers.pdf_scans import drawn, is_picture, is_unreadable, read_page
from kz_textkit.settings import Settings, or_raise

__all__ = ["read"]

OCR_SHARE = 0.8
"""Share of the time of a file after which OCR stops, so that what was read till then is not lost."""

_SAVE_ANEW = "open it in a PDF viewer and save it anew if that can show it"
_ERRORS = {
    pdfium.FPDF_ERR_FILE: ("it can't be opened", ""),
    pdfium.FPDF_ERR_FORMAT: (
        "this is no PDF, or it is damaged beyond repair",
        "open it in a PDF viewer and save it anew if that can show it",
    ),
    pdfium.FPDF_ERR_PASSWORD: ("it is locked with a password", "save a copy without password"),
    pdfium.FPDF_ERR_SECURITY: ("it is encrypted in a way that is not known here", "save a copy without password"),
    pdfium.FPDF_ERR_PAGE: ("its pages can't be found", _SAVE_ANEW),
}
_METADATA = {"title": "Title", "author": "Author", "subject": "Subject", "keywords": "Keywords", "date": "CreationDate"}

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"(?:Microsoft (?:Word|PowerPoint|Office).*|untitled|без имени.*|.*\.(?:docx?|rtf|odt|indd|qxd|p65|pdf|txt))", re.IGNORECASE
)
"""What programs write for a title: their name, or that of the file."""

_LOCK = threading.RLock()
# PDFium is not safe in threads: one file at a time is read in a process.


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a PDF file, with marks for its pages, lines, links, notes, tables and titles of its outline.

    Raises `InputError` where the file can't be opened, is locked with a password, is damaged beyond repair, has more pages than
    `settings.limits.pages`, or has no text.
    """
    data = read_file(path, settings.limits)
    until = monotonic() + OCR_SHARE * settings.limits.seconds
    with _LOCK, _opened(path, data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > settings.limits.pages:
            raise InputError(
                str(path),
                f"it has {count:,} pages, and {settings.limits.pages:,} are the limit",
                or_raise("pages"),
            )
        book = Book()
        for index in range(count):
            book.add(_page(document, index, settings, until))
        book.add_pages()
        book.add_headings(bookmarks_of(document))
        book.add_targets()
        metadata = _metadata(document)
    return extracted(
        path,
        data,
        book.text.text,
        book.text.marks,
        format="pdf",
        extractor="pypdfium2",
        version=f"{pypdfium2.version.PYPDFIUM_INFO} (PDFium {pypdfium2.version.PDFIUM_INFO})",
        metadata=metadata,
        settings={"ocr": f"tesseract {ocr.version()}"} if book.by_ocr else None,
        warnings=tuple(book.warnings()),
    )


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        problem, remedy = _ERRORS.get(pdfium.FPDF_GetLastError(), ("it can't be read", ""))
        raise InputError(str(path), problem, remedy)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, index: int, settings: Settings, until: float) -> Page:
    blank = Page(index + 1, _label(document, index))
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        return blank
    text_page = pdfium.FPDFText_LoadPage(handle)
    try:
        if not text_page:
            return blank
        sheet = sheet_of(handle)
        blank = blank._replace(sheet=sheet)
        characters, hidden = seen(characters_of(text_page, sheet, Fonts()), sheet, lambda: drawn(handle, sheet))
        unreadable = is_unreadable(characters)
        if unreadable or is_picture(handle, sheet, characters):
            read = _scanned(handle, blank, unreadable, settings, until)
            if read is not None:
                return read
        text = page_text(characters, grids_of(edges_of(handle, sheet)))
        links = tuple(links_of(document, handle, sheet, text))
        return blank._replace(text=text, links=links, hidden=hidden, unreadable=unreadable)
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(handle)


def _scanned(handle: Any, blank: Page, unreadable: bool, settings: Settings, until: float) -> Page | None:
    """The page as OCR reads it; None where it has to be taken as it is."""
    if not settings.ocr or not ocr.is_there():
        return None if unreadable else blank._replace(unread="not wanted" if not settings.ocr else "not there")
    assert blank.sheet is not None
    left = until - monotonic()
    if left <= 0:
        return None if unreadable else blank._replace(unread="no time")
    try:
        text, confidence = read_page(handle, blank.sheet, left)
    except ocr.OcrError as error:
        return None if unreadable else blank._replace(unread=str(error))
    return blank._replace(text=text, confidence=confidence, unreadable=unreadable)


def _metadata(document: Any) -> dict[str, str]:
    found = {key: " ".join(_wide(pdfium.FPDF_GetMetaText, document, name.encode()).split()) for key, name in _METADATA.items()}
    date = _DATE.match(found["date"])
    found["date"] = "-".join(part for part in date.groups() if part) if date else ""
    if _NO_TITLE.fullmatch(found["title"]):
        found["title"] = ""
    return {key: value for key, value in found.items() if value}


def _label(document: Any, index: int) -> str:
    return _wide(pdfium.FPDF_GetPageLabel, document, index).strip()


def _wide(function: Any, *arguments: Any) -> str:
    length = function(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(*arguments, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\x00", "")
