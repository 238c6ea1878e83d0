"""Which encoding the bytes of a Kazakh file are in.

Unicode encodings give themselves away by their form. Between 8-bit encodings (windows-1251, KZ-1048, PT154, KOI8-R), in which any bytes
are a text, the text itself decides: each is tried, and the one whose words look most like Kazakh or Russian is taken (`evidence`). What
looks like neither is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kz_textkit.repair.evidence import cyrillic_score
from kz_textkit.repair.language import language_of
from kz_textkit.repair.letter_model import KAZAKH

__all__ = ["CANDIDATES", "binary_format", "contradicted_by", "detect_encoding"]

CANDIDATES = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866")
"""The 8-bit encodings that are tried; the first of those that give the same text is taken."""

SIGNATURES = {
    b"PK\x03\x04": "a ZIP archive (or a Word, Excel or e-book file)",
    b"%PDF-": "a PDF file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Word or Excel file",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"{\\rtf": "an RTF file",
    b"Rar!\x1a\x07": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"\x1f\x8b\x08": "a gzip archive",
    b"AT&TFORM": "a DjVu file",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"RIFF": "a sound or picture file",
}
"""First bytes of files that are not text, with what they are (after the signatures that the formats define)."""

SAMPLE = 24_000
"""Bytes looked at to choose between 8-bit encodings."""
LEAST_SCORE = -0.5
"""Score below which a reading is neither Kazakh nor Russian."""
OF_CP1251 = frozenset(("be", "bg", "mk", "ru", "sr", "uk"))
"""Languages that windows-1251 was made for."""
OF_ONE_LAYOUT = frozenset(("cp1251", "kz1048", "ptcp154"))
"""Encodings that have the Russian letters in the same places."""
CERTAIN = 1.0
"""Score, and lead in score, of a reading that is right without doubt."""
EVIDENCE_OF_UTF8 = 0.9
"""Least share of the bytes above 127 that must be whole UTF-8 sequences in a damaged UTF-8 file."""

_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Control characters that no text has; tab, line and form feeds, the substitute that DOS ended files with, and escape are let through.
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x19\x1c\x1d\x7f]")


def binary_format(data: bytes) -> str | None:
    """What a file is that begins with these bytes and is not text, or None.

    >>> binary_format(b"%PDF-1.4 ...")
    'a PDF file'
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n") if data[:4] not in SIGNATURES else data
    return next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature) or head.startswith(signature)), None)


def detect_encoding(data: bytes) -> str | None:
    """Python codec name of the encoding of a text file, or None where the bytes are no text that is known here.

    >>> detect_encoding("Қазақ тілі – түркі тілдерінің бірі".encode("ptcp154"))
    'ptcp154'
    """
    return _by_mark(data) or _wide(data) or _utf8(data) or _eight_bit(data)


def contradicted_by(data: bytes, codec: str) -> str | None:
    """The encoding that `data` is in without doubt, where that is not the one that was named, or None.

    >>> contradicted_by("Қазақ тілі".encode(), "kz1048"), contradicted_by(b"A4", "kz1048")
    ('utf-8', None)
    """
    detected = detect_encoding(data)
    if detected is None or detected == codec:
        return None
    sample = _sample(data)
    if detected.startswith("utf"):
        text = data[: len(sample) & ~3].decode(detected, "replace")
        # Of another spelling of the same encoding, or text that both have the same bytes for.
        return None if data[: len(sample) & ~3].decode(codec, "replace").lstrip("\ufeff") == text.lstrip("\ufeff") else detected
    if codec.startswith("utf"):
        return None
    score = cyrillic_score(sample.decode(detected, "replace"))
    return detected if score > CERTAIN and score - cyrillic_score(sample.decode(codec, "replace")) > CERTAIN else None


def _by_mark(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(data) % 4 == 0:
        return "utf-32-le" if data.startswith(codecs.BOM_UTF32_LE) else "utf-32-be"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16"
    # Python has no codec that writes a big-endian mark, so it stays in the text.
    return "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else None


def _wide(data: bytes) -> str | None:
    # UTF-16 without mark: nearly all characters of a Kazakh text have 00 (ASCII), 04 (Cyrillic) or 20 (punctuation) as high byte.
    sample = data[: SAMPLE & ~1]
    if len(sample) < 2:
        return None
    units = len(sample) // 2
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        known = high.count(0) + high.count(4) + high.count(0x20) + high.count(0x21)
        if high.count(0) + high.count(4) > 0.8 * units and known > 0.95 * units and high.count(0x20) < 0.3 * units:
            return codec
    return None


def _utf8(data: bytes) -> str | None:
    if _is_binary(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        high = len(_HIGH.findall(data))
        whole = sum(len(sequence) for sequence in _UTF8_SEQUENCE.findall(data))
        return "utf-8" if whole >= EVIDENCE_OF_UTF8 * high else None
    return "utf-8"


def _is_binary(data: bytes) -> bool:
    sample = data if len(data) <= 2 * SAMPLE else data[:SAMPLE] + data[-SAMPLE:]
    return len(_CONTROLS.findall(sample)) > max(1, 0.005 * len(sample))


def _eight_bit(data: bytes) -> str | None:
    if _is_binary(data):
        return None
    sample = _sample(data)
    scores = {codec: cyrillic_score(sample.decode(codec, "replace")) for codec in CANDIDATES}
    best = max(CANDIDATES, key=lambda codec: scores[codec])
    if scores[best] >= KAZAKH:
        return best
    if best in OF_ONE_LAYOUT and language_of(sample.decode("cp1251", "replace")) in OF_CP1251:
        return "cp1251"
    if scores[best] >= LEAST_SCORE and len(_CYRILLIC.findall(sample.decode(best, "replace"))) > 0.2 * len(sample):
        return best
    found = from_bytes(sample).best()
    if found is None:
        return None
    # Its Cyrillic guesses (Macintosh among them) have to look better than ours.
    return best if cyrillic_score(str(found)) < scores[best] else codecs.lookup(found.encoding).name


def _sample(data: bytes) -> bytes:
    # Lines with bytes above 127 tell more than tables of figures: the beginning, the middle and the end of a long file.
    if len(data) <= SAMPLE:
        return data
    third, middle = SAMPLE // 3, len(data) // 2
    return b"\n".join((data[:third], data[middle - third // 2 : middle + third // 2], data[-third:]))
