"""What a file is by its first bytes, whatever it is called: by the signatures that formats define, by the parts of an archive, and, of
text, by its mark-up.

Signatures are those of the formats' specifications (PDF 32000, ECMA-376, OpenDocument part 2, EPUB OCF, WARC 1.1, RFC 8878, RFC 1952).
Mark-up in text has to be plentiful before it is believed: an angle bracket or a hash sign makes no web page.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from kz_textkit.readers.detection import detect_encoding

__all__ = ["HEAD", "sniff", "sniff_markup"]

HEAD = 64 << 10
"""Bytes that are looked at."""

_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"PAR1", "parquet"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"WARC/", "warc"),
    (b"WEBVTT", "vtt"),
)
_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odt"),
)
"""Parts of an archive that tell what it is."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")

_ROOT = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>|\s|\ufeff)*<([\w.:-]+)", re.DOTALL | re.IGNORECASE
)
_ROOTS = {"mediawiki": "wiki", "fictionbook": "fb2", "html": "html", "office:document": "odt"}
_TAGS = re.compile(
    r"</?(?:p|div|span|br|h[1-6]|table|tr|td|th|ul|ol|li|a|body|head|html|b|i|em|strong|font|img)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:p|div|body|html|table|ul|ol|h[1-6]|span|a)\s*>", re.IGNORECASE)
_MHTML = re.compile(r"^(?:MIME-Version:|Content-Type:\s*multipart/related|From: <Saved by)", re.IGNORECASE | re.MULTILINE)
_CUE = re.compile(r"^\d+\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3} --> \d{1,2}:\d\d:\d\d[,.]\d{1,3}", re.MULTILINE)

_WIKI_HEADING = re.compile(r"^(={2,5})[^=\n].*[^=\n]\1\s*$", re.MULTILINE)
_WIKI_SIGN = re.compile(r"\[\[[^\[\]\n]+\]\]|\{\{[^{}\n]+|'''[^'\n]+'''|\{\|")
_HASH_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_INLINE = re.compile(r"\[[^\[\]\n]+\]\([^()\s]+\)|\*\*[^*\n]+\*\*|`[^`\n]+`")

MANY = 5
"""Signs of mark-up that a text has to show before it is taken for more than text."""


def sniff(head: bytes, path: Path) -> str | None:
    """The name of the format that the file at `path`, which begins with `head`, is in without doubt, or None.

    >>> sniff(b"%PDF-1.7 ...", Path("а.txt")), sniff("Қазақ тілі".encode(), Path("а.pdf"))
    ('pdf', None)
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for signature, name in _SIGNATURES:
        if head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").startswith(signature) or head.startswith(signature):
            return name
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image"
    if head.startswith(b"PK\x03\x04"):
        return _archive(path)
    if head.startswith(_OLE):
        return "doc" if _WORD_STREAM in _whole(path) else None
    if head.startswith(b"\x1f\x8b\x08"):
        return "warc" if _unpacked(head).startswith(b"WARC/") else None
    return _root(head)


def sniff_markup(head: bytes) -> str | None:
    """The name of the mark-up that a text is written in, or None for plain text.

    >>> sniff_markup("<html><body><p>Үй</p><p>Тау</p></body></html>".encode()), sniff_markup("a < b, сонда <p> деп".encode())
    ('html', None)
    """
    codec = detect_encoding(head)
    if codec is None:
        return None
    text = head.decode(codec, "replace")
    lines = text.count("\n") + 1
    if _MHTML.match(text) and "multipart/related" in text.lower():
        return "mhtml"
    if len(_CUE.findall(text)) > 1 and _CUE.match(text.lstrip("\ufeff \r\n")):
        return "srt"
    if len(_CLOSED.findall(text)) >= 2 and (
        _TAGS.match(text.lstrip("\ufeff \r\n")) or len(_TAGS.findall(text)) >= max(MANY, lines / 4)
    ):
        return "html"
    if len(_WIKI_HEADING.findall(text)) + len(_WIKI_SIGN.findall(text)) >= MANY and _WIKI_SIGN.search(text):
        return "wikitext"
    headings, fences = len(_HASH_HEADING.findall(text)), len(_FENCE.findall(text))
    if (headings and (fences >= 2 or headings + len(_INLINE.findall(text)) >= MANY)) or headings >= MANY:
        return "markdown"
    return None


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        return "zip"
    return next((name for member, name in _MEMBERS if member in names), "zip")


def _whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 1024)
    except zlib.error:
        return b""


def _root(head: bytes) -> str | None:
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return None
    text = head.decode(detect_encoding(head) or "latin-1", "replace")
    if re.match(r"[\s\ufeff]*<!DOCTYPE\s+html", text, re.IGNORECASE):
        return "html"
    found = _ROOT.match(text)
    return _ROOTS.get(found[1].lower()) if found else None
