"""Reads plain text files, whatever their encoding, and gives their bytes back exactly.

Line ends stay as they are. Bytes that the encoding has no character for become U+FFFD each and are kept beside the text
(`RawDocument.undecodable`), so a few of them don't stop a file and nothing is lost.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.detection import binary_format, contradicted_by, detect_encoding
from kz_textkit.readers.files import read_file
from kz_textkit.settings import Settings

__all__ = ["decode", "encode", "read", "read_bytes"]

#: Largest share of characters that a forced encoding may fail to decode.
MOST_UNDECODABLE = 0.02
#: Most bad units of UTF-16 that a file may have: a text that is torn more often is in another encoding.
MOST_UNITS = 1000

_ESCAPED = re.compile("[\udc80-\udcff]")


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a plain text file; `settings.encoding` (a Python codec name) forces the encoding, which is detected otherwise.

    Raises `InputError` where the file can't be opened, is empty or blank, is not text, or is not in the encoding that was forced.
    """
    return read_bytes(read_file(path, settings.limits), str(path), settings.encoding, doc_id=path.stem)


def read_bytes(data: bytes, source: str, encoding: str | None = None, *, doc_id: str = "") -> RawDocument:
    """The text of bytes that came from elsewhere than a file, such as standard input; `source` names them.

    Raises `InputError` as `read` does.

    >>> read_bytes("үй".encode(), "standard input").text
    'үй'
    """
    if not data:
        raise InputError(source, "the file is empty")
    if (kind := binary_format(data)) is not None:
        raise InputError(source, f"this is {kind}, not plain text", "save it as plain text (.txt)")
    codec = _codec(source, encoding, data) if encoding else detect_encoding(data)
    if codec is None:
        raise InputError(
            source, "this is no text in a known encoding, or a binary file", "name its encoding with --encoding if it is text"
        )
    if encoding and (other := contradicted_by(data, codec)) is not None:
        raise InputError(source, f"the file is not in {encoding} but in {other}", "leave out --encoding to have it detected")
    try:
        text, undecodable = decode(data, codec)
    except (UnicodeError, LookupError, TypeError) as error:
        raise InputError(source, f"the file is not in {encoding or codec}", "leave out --encoding to have it detected") from error
    if len(undecodable) > max(1, MOST_UNDECODABLE * len(text)) and encoding:
        raise InputError(source, f"the file is not in {encoding}", "leave out --encoding to have it detected")
    if not text.strip("\ufeff \t\r\n\f\v\x00") or text.isspace():
        raise InputError(source, "the file has nothing but white space")
    document = RawDocument(doc_id, source, hashlib.sha256(data).hexdigest(), codec, text, undecodable)
    if encode(document) != data:
        raise InputError(source, f"decoding as {codec} would lose bytes", "name another encoding with --encoding")
    return document


def decode(data: bytes, codec: str) -> tuple[str, tuple[tuple[int, bytes], ...]]:
    """The text of `data`, with U+FFFD for bytes that `codec` can't decode, and those bytes with their offsets in the text.

    >>> decode("үй".encode() + b"\\xff", "utf-8")
    ('үй�', ((2, b'\\xff'),))
    """
    body = data[len(_bom(codec)) :] if data.startswith(_bom(codec)) else data
    name = _body_codec(codec)
    if name.startswith(("utf-16", "utf-32")):
        return _decode_units(body, name)
    # Bytes that can't be decoded become lone surrogates first, which no decoder gives otherwise.
    text = body.decode(name, "surrogateescape")
    undecodable = tuple((m.start(), bytes([ord(m[0]) - 0xDC00])) for m in _ESCAPED.finditer(text))
    return (_ESCAPED.sub("\ufffd", text) if undecodable else text), undecodable


def _decode_units(data: bytes, codec: str) -> tuple[str, tuple[tuple[int, bytes], ...]]:
    pieces: list[str] = []
    undecodable: list[tuple[int, bytes]] = []
    position = length = 0
    while position < len(data):
        try:
            pieces.append(data[position:].decode(codec))
            break
        except UnicodeDecodeError as error:
            piece = data[position : position + error.start].decode(codec)
            pieces += (piece, "\ufffd")
            undecodable.append((length + len(piece), data[position + error.start : position + error.end]))
            length += len(piece) + 1
            position += error.end
            if len(undecodable) > MOST_UNITS:
                raise
    return "".join(pieces), tuple(undecodable)


def encode(document: RawDocument) -> bytes:
    """The bytes of the file that a document was read from.

    >>> encode(RawDocument("a", "a.txt", "", "kz1048", "үй\\ufffd", ((2, b"\\x98"),)))
    b'\\xbf\\xe9\\x98'
    """
    codec = _body_codec(document.encoding)
    pieces = [_bom(document.encoding)]
    position = 0
    for offset, original in document.undecodable:
        pieces += (document.text[position:offset].encode(codec), original)
        position = offset + 1
    pieces.append(document.text[position:].encode(codec))
    return b"".join(pieces)


def _bom(codec: str) -> bytes:
    # Codecs that write a byte order mark; the one of `utf-16` is that of the machine, which is little-endian wherever this runs.
    return {"utf-8-sig": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE}.get(codec, b"")


def _body_codec(codec: str) -> str:
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(codec, codec)


def _codec(source: str, encoding: str, data: bytes) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # refuses codecs that are no encodings of text
        if not name.startswith(("utf-16", "utf-32")):
            b"a".decode(name, "replace"), b"a".decode(name, "surrogateescape")  # refuses those that give up at the first bad byte
    except (LookupError, ValueError) as error:
        raise InputError(
            source, f"unknown encoding {encoding!r}", "use a name such as utf-8, cp1251, kz1048, ptcp154, koi8-r"
        ) from error
    if name == "utf-16" and not data.startswith(codecs.BOM_UTF16_LE):
        # Python's codec would write another mark than the file has.
        return "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    return "utf-8-sig" if name == "utf-8" and data.startswith(codecs.BOM_UTF8) else name
