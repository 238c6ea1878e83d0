"""XML from strangers: parsed by lxml without entities, outside files or network, within its limits of depth and length."""

from __future__ import annotations

import re

from lxml import etree

from kz_textkit.errors import InputError

__all__ = ["parse_xml"]

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
    where = f"its part {part}" if part else "it"
    if _ENTITY.search(data, 0, HEAD) or (data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"E\x00N\x00T\x00I\x00T\x00Y" in data[:HEAD]):
        raise InputError(source, f"{where} declares entities, as files do that attack readers", "save it anew with an office program")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg or error).split())[:120]
        raise InputError(source, f"{where} is no sound XML: {said}", "save it anew with the program that made it") from error
