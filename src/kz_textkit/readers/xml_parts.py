"""XML from strangers: parsed by lxml without entities, outside files or network, within its limits of depth and length."""

from __future__ import annotations

import re

from lxml import etree

from kz_textkit.errors import InputError

__all__ = ["HEAD", "parse_xml", "refuse_entities"]

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
HEAD = 1 << 16
"""Bytes that a document type may be declared in."""


def parse_xml(data: bytes, source: str, part: str = "") -> etree._Element:
    """The root element of an XML document; comments and processing instructions are left out.

    Documents that declare entities are refused: no office program writes them, and they are how such files attack readers. `source` and
    `part` are what messages name. Raises `InputError`.

    >>> parse_xml("<т>үй</т>".encode(), "а.xml").text
    'үй'
    """
    refuse_entities(data, source, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg or error).split())[:120]
        if "Excessive depth" in said:
            raise InputError(source, f"{_where(part)} is nested too deeply", "save it anew with an office program") from error
        raise InputError(source, f"{_where(part)} is no sound XML: {said}", "save it anew with the program that made it") from error


def refuse_entities(data: bytes, source: str, part: str = "") -> None:
    """Raise `InputError` where the XML that begins with `data` declares entities."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"E\x00N\x00T\x00I\x00T\x00Y" in data[:HEAD]
    if wide or _ENTITY.search(data, 0, HEAD):
        raise InputError(
            source, f"{_where(part)} declares entities, as files do that attack readers", "save it anew with an office program"
        )


def _where(part: str) -> str:
    return f"its part {part}" if part else "it"
