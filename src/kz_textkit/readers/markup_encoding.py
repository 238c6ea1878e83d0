"""Which encoding the bytes of a web page are in: its mark, what it declares, and what its words look like.

Old Kazakh pages declare windows-1251 and are in KZ-1048, or declare nothing; servers declare UTF-8 for anything. A declaration is
believed unless the text itself speaks clearly against it.
"""

from __future__ import annotations

import codecs
import re

from kz_textkit.errors import InputError
from kz_textkit.readers.detection import contradicted_by, detect_encoding
from kz_textkit.readers.plain_text import decode

__all__ = ["declared_encoding", "decode_markup"]

HEAD = 4096
"""Bytes in which a declaration is looked for."""

_DECLARED = re.compile(rb"""<(?:\?xml|meta)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>|&[a-zA-Z0-9#]+;", re.IGNORECASE | re.DOTALL)


def declared_encoding(data: bytes) -> str | None:
    """Python codec name of the encoding that a page declares in its head, or None.

    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
    'cp1251'
    """
    found = _DECLARED.search(data, 0, HEAD)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    # A page whose declaration can be read as ASCII is in no encoding of wider units, whatever it says.
    return None if name.startswith(("utf-16", "utf-32")) else name


def decode_markup(data: bytes, source: str, encoding: str | None = None, *, transport: str | None = None) -> tuple[str, str]:
    """The text of a page, markup and all, and the Python codec name of its encoding; bytes that are none become U+FFFD.

    `encoding` forces it; `transport` is what came with the page (a header). Raises `InputError` where the bytes are no text.

    >>> page = '<meta charset="windows-1251"><p>Қазақ тілі – түркі тілдерінің бірі, оған қоса ән мен күй.</p>'
    >>> decode_markup(page.encode("kz1048"), "бет.html")[1]
    'kz1048'
    """
    sound = None if encoding else _sound_utf8(data)
    if sound is not None:
        return sound.replace("\x00", "\ufffd"), "utf-8"
    codec = _codec(encoding) if encoding else _encoding_of(data, _codec(transport) if transport else None)
    if codec is None:
        raise InputError(source, "this is no text in a known encoding", "name its encoding with --encoding if it is text")
    try:
        text, _ = decode(data, codec)
    except (UnicodeError, LookupError, TypeError) as error:
        raise InputError(source, f"the file is not in {codec}", "leave out --encoding to have it detected") from error
    return text.replace("\x00", "\ufffd"), codec


def _sound_utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 from end to end, whatever they declare; None of others."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    # Without the mark that says so, UTF-16 of Latin text is sound UTF-8 too, and so is what is no text at all.
    found = detect_encoding(data[:HEAD])
    if found is None or found.startswith("utf-16"):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _encoding_of(data: bytes, transport: str | None) -> str | None:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return name
    words = _MARKUP.sub(b" ", data)
    declared = transport or declared_encoding(data)
    if declared and declared != "utf-8":
        return contradicted_by(words, declared) or declared
    return detect_encoding(words) or detect_encoding(data) or declared


def _codec(name: str | None) -> str | None:
    try:
        return codecs.lookup(name or "").name
    except LookupError:
        return None
