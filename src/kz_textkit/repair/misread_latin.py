"""Cyrillic in an 8-bit encoding that was once read as Latin-1 or windows-1252: `Ðåñïóáëèêà` for `Республика`, `Òàðèõ` for `Тарих`.

Rows of four letters with accents, which no language has, prove the damage. Which encoding it was is told by what all damaged words of
the text look like in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kz_textkit.alignment import Edit
from kz_textkit.repair.codepages import byte_table
from kz_textkit.repair.evidence import cyrillic_score

__all__ = ["ACCENTED", "misread_latin_edits"]

ENCODINGS = ("cp1251", "kz1048", "ptcp154", "koi8-r", "cp866")
ACCENTED = frozenset(map(chr, range(0xC0, 0x100)))
"""Characters of which many are in every text with this damage."""

#: Least score of the damaged words after the repair: Russian has about 0, anything wrong less than -2.
LEAST = -0.5
#: Fewest letters of the damaged words together.
ENOUGH = 5
#: Characters of the damaged words that are looked at.
SAMPLE = 20_000

_BYTES = byte_table("cp1252") | {chr(byte): byte for byte in range(0x80, 0xA0)}
_HIGH = "[" + re.escape("".join(sorted(_BYTES))) + "]"
_PROOF = re.compile("[\u00c0-\u00ff]{4}")
_ROW = re.compile(f"{_HIGH}+")
# What keeps a word without proof as it is: letters of other alphabets, and words in plain Latin letters.
_OTHER = re.compile("[A-Za-z]{2}|[\u0370-\u1fff]")
_LETTER = re.compile("[^\\W\\d_]")
_ACCENTED = re.compile("[\u00c0-\u00ff]")
_CONTROL = re.compile("[\u0080-\u009f]")
_LINE = re.compile("[^\n]+")
_TOKEN = re.compile(r"[^ \t\r\n\f]+")


def misread_latin_edits(text: str, rule: str) -> list[Edit]:
    """Edits that make Cyrillic of 8-bit Cyrillic read as Latin-1, one a row of letters.

    >>> [(e.before, e.after) for e in misread_latin_edits("Òàðèõ ïåí ìåìëåêåò", "encoding")]
    [('Òàðèõ', 'Тарих'), ('ïåí', 'пен'), ('ìåìëåêåò', 'мемлекет')]
    """
    rows = [match for start, end in _damaged_spans(text) for match in _ROW.finditer(text, start, end)]
    sample = "\n".join(match[0] for match in rows)[:SAMPLE]
    if sum(character in ACCENTED for character in sample) < ENOUGH:
        return []
    readings = {encoding: _decoded(sample, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: cyrillic_score(readings[encoding]))
    if cyrillic_score(readings[best]) < LEAST:
        return []
    found = [(match, _decoded(match[0], best)) for match in rows]
    return [Edit(m.start(), m.end(), m[0], after, rule) for m, after in found if after != m[0] and "\ufffd" not in after]


def _damaged_spans(text: str) -> Iterator[tuple[int, int]]:
    # In lines with proof, and in lines of a text with proof that are half of accented letters: all words that nothing speaks for.
    if _PROOF.search(text) is None:
        return
    for line in _LINE.finditer(text):
        if _ACCENTED.search(line[0]) is None and _CONTROL.search(line[0]) is None:
            continue
        if _PROOF.search(line[0]) is None and 2 * len(_ACCENTED.findall(line[0])) < len(_LETTER.findall(line[0])):
            continue
        for token in _TOKEN.finditer(text, line.start(), line.end()):
            if _PROOF.search(token[0]) or (_ROW.search(token[0]) and not _OTHER.search(token[0])):
                yield token.span()


def _decoded(row: str, encoding: str) -> str:
    return "".join(bytes([_BYTES[c]]).decode(encoding, "replace") if c in _BYTES else c for c in row)
