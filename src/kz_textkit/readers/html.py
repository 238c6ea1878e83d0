"""Web pages (HTML, XHTML, MHTML): blocks, lists, tables, notes and links of the main part; menus and footers are furniture."""

from __future__ import annotations

import email
import email.policy
import html.entities
import re
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import BlockWriter, Piece, refuse_cells
from kz_textkit.readers.css import StyleSheet
from kz_textkit.readers.files import read_file
from kz_textkit.readers.html_blocks import html_blocks
from kz_textkit.readers.html_main import furniture_of
from kz_textkit.readers.html_notes import local_name
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.markup_encoding import decode_markup
from kz_textkit.settings import Settings

__all__ = ["page_document", "parse_page", "parse_xhtml", "read"]

_DOCTYPE = re.compile(r"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)?", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:font|b|i|u|s|em|strong|small|big|tt|span|nobr|strike)(?:\s[^<>]*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&([a-zA-Z][a-zA-Z0-9]*);")
_KEPT_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_MHTML = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
HEAD = 8192
"""Bytes that the head of a saved page is looked for in."""
_META = {
    "author": "author",
    "dc.creator": "author",
    "article:author": "author",
    "date": "date",
    "dc.date": "date",
    "article:published_time": "date",
    "datepublished": "date",
    "og:site_name": "publisher",
    "dc.publisher": "publisher",
    "description": "description",
    "keywords": "keywords",
}


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a web page with its marks.

    Raises `InputError` where the file is no text, has none, or is no page that was saved whole (MHTML).
    """
    data = read_file(path, settings.limits)
    if _MHTML.search(data, 0, HEAD) and not data.lstrip().startswith(b"<"):
        part = _saved_page(data, str(path))
        return page_document(part.data, path, settings, whole=data, transport=part.charset, address=part.address, format="mhtml")
    return page_document(data, path, settings)


def page_document(
    data: bytes,
    path: Path,
    settings: Settings,
    *,
    whole: bytes | None = None,
    transport: str | None = None,
    address: str = "",
    format: str = "html",
) -> RawDocument:
    """The document of a page.

    `whole` are the bytes of the file where the page is a part of it; `transport` is the encoding, and `address` the URL, that came with
    the page. Raises `InputError` as `read` does.
    """
    page, codec = decode_markup(data, str(path), settings.encoding, transport=transport)
    root = parse_page(page, str(path))
    sheet = StyleSheet()
    for element in root.iter("style"):
        sheet.add(element.text or "")
    items = html_blocks(root, sheet)
    furniture = set() if settings.whole_page else furniture_of(page, root, items)
    writer = BlockWriter()
    for i, item in enumerate(items):
        writer.write(Piece(item.piece.content, {"kind": "furniture"}) if i in furniture else item.piece)
    text, marks = writer.finish()
    return extracted(
        path,
        data if whole is None else whole,
        text,
        marks,
        format=format,
        extractor="lxml, resiliparse",
        version=f"{etree.__version__}, {version('resiliparse')}",
        settings={"whole_page": settings.whole_page},
        encoding=codec,
        metadata=_metadata(root) | ({"url": address} if address else {}),
    )


def parse_page(page: str, source: str) -> etree._Element:
    """The root element of a page, however badly it is written. Raises `InputError` where there is none.

    >>> parse_page("<p>Бір<p>Екі", "бет.html").tag
    'html'
    """
    start = page[:300].lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml") or "XHTML" in start[:200]:
        root = parse_xhtml(page)
        if root is not None:
            return root
    refuse_cells(len(_CELL.findall(page)), source)
    root, is_whole = _parse_html(page.lstrip("\ufeff"))
    if not is_whole:
        # Marks of fonts that are never closed stand in each other.
        root, is_whole = _parse_html(_INLINE.sub("", page.lstrip("\ufeff")))
    if not is_whole:
        raise InputError(source, "it is nested too deeply", "open it in a browser and save it anew")
    if root is None:
        raise InputError(source, "there is no text in it")
    return root


def _parse_html(page: str) -> tuple[etree._Element | None, bool]:
    """The root of a page, if there is one, and whether all of it was read."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def parse_xhtml(page: str) -> etree._Element | None:
    """The root of a page that is sound XML, its entities of HTML as characters; None where it is not.

    >>> parse_xhtml('<html xmlns="http://www.w3.org/1999/xhtml"><title/><body>Ән&nbsp;мен күй</body></html>')[1].text
    'Ән\\xa0мен күй'
    """
    body = page.lstrip("\ufeff")[_DOCTYPE.match(page.lstrip("\ufeff")).end() :]  # type: ignore[union-attr]
    body = _ENTITY.sub(lambda m: m[0] if m[1] in _KEPT_ENTITIES else html.entities.html5.get(f"{m[1]};", m[0]), body)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        tag = local_name(element)
        if tag == "body":
            break
        if tag == "title" and element.text:
            found.setdefault("title", " ".join("".join(element.itertext()).split()))
        elif tag == "html" and (element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")):
            found["language"] = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        elif tag == "meta":
            key = _META.get((element.get("name") or element.get("property") or element.get("itemprop") or "").lower())
            if key and element.get("content", "").strip():
                found.setdefault(key, " ".join(element.get("content").split()))
    return found


class _SavedPage(NamedTuple):
    data: bytes
    charset: str | None
    address: str


def _saved_page(data: bytes, source: str) -> _SavedPage:
    """The page in an MHTML file: the first part that is one."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
                return _SavedPage(body, part.get_content_charset(), " ".join(str(address).split()))
    raise InputError(source, "there is no web page in it", "save the page anew as HTML")
