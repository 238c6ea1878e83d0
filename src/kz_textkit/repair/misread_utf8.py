"""UTF-8 that was once read as an 8-bit encoding: `ТљР°Р·Р°Т›` or `Ò\\x9aÐ°Ð·Ð°Ò\\x9b` for `Қазақ`.

ftfy tries a whole line at a time and gives up where the line also has letters that the 8-bit encoding has not. Here the smallest
units are looked at: sequences of characters whose bytes are one UTF-8 sequence. A row of them that no clean text has proves the damage;
doubtful ones (`Рё` may be a word of an abbreviation and a letter) are taken with it where they stand beside such a row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_LETTERS, RUSSIAN_LETTERS
from kz_textkit.repair.codepages import byte_table
from kz_textkit.repair.letter_model import kazakh_score

__all__ = ["CODECS", "TRACES", "likeliest_codec", "misread_utf8_edits", "traces"]

CODECS = ("cp1251", "cp1252", "kz1048", "ptcp154", "koi8-r", "cp866", "mac-cyrillic")
"""Encodings that UTF-8 is misread as; `cp1252` stands for Latin-1 too."""

#: Characters that clean Kazakh and Russian text is full of: they prove nothing.
ORDINARY = RUSSIAN_LETTERS | KAZAKH_LETTERS | frozenset("«»…–—“”„‘’№·©§\u00a0\u00ad")
#: First bytes of the UTF-8 sequences that are looked for, by length: Latin with accents, Greek, Cyrillic; punctuation; emoji.
LEADS = {2: (0xC2, 0xC3, 0xC4, 0xC5, 0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD3), 3: (0xE2, 0xEF), 4: (0xF0,)}
#: What else the signs of windows-1252 begin with, when they are misread a second time.
LEADS_OF_CP1252 = (0xC6, 0xCB)
CYRILLIC_LEADS = (0xD0, 0xD1, 0xD2, 0xD3)
#: Bytes that cp1252 leaves open: one U+FFFD may stand for any of them.
OPEN_BYTES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
#: Most of them in one row of letters.
MOST_GAPS = 4
#: Characters of the longest proof.
PROOF = 4
#: One such character in so many characters of a text is more than sound text has.
MANY = 100
#: Characters from the first proof on by which it is told which encoding explains most.
SAMPLE = 20_000

_SENSIBLE = re.compile(
    "[\u0080-\u024f\u02c6\u02dc\u0300-\u052f\u2010-\u2044\u20a0-\u22ff\u2500-\u26ff\ufb00-\ufb06\ufeff\U0001f000-\U0001faff]+"
)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_TOKEN = re.compile(r"[^ \t\r\n\f]+")


@dataclass(frozen=True)
class _Misreading:
    # Of one codec: byte by character; a pattern for proof; one for rows of units; characters without which there is no proof.
    codec: str
    bytes_of: dict[str, int]
    proof: re.Pattern[str]
    row: re.Pattern[str]
    traces: frozenset[str]
    marks: frozenset[str]
    # One of which every proof has.
    dropped: re.Pattern[str] | None
    # First bytes whose second was the one that the code page leaves open and was dropped.


def traces(characters: Set[str]) -> list[str]:
    """The codecs that UTF-8 may have been misread as in a text with this set of characters.

    >>> traces(set("Қазақ тілі – «ана тілі»")), "cp1251" in traces(set("ТљР°Р·Р°Т›"))
    ([], True)
    """
    return [codec for codec in CODECS if not _misreading(codec).traces.isdisjoint(characters)]


def likeliest_codec(text: str, codecs: list[str]) -> str | None:
    """The encoding that explains most of the misread characters in the first stretch of `text` that has any, or None.

    >>> likeliest_codec("ТљР°Р·Р°Т›", ["cp1251", "kz1048"])
    'cp1251'
    """
    starts = _first_proofs(text, tuple(codecs))
    if len(starts) < 2:
        return next(iter(starts), None)
    first = text.rfind("\n", 0, min(starts.values())) + 1
    sample = text[first : first + SAMPLE]
    covered = {codec: sum(e.end - e.start for e in misread_utf8_edits(sample, codec, "")) for codec in starts}
    return max(covered, key=lambda codec: (covered[codec] > 0, covered[codec] - starts[codec] // SAMPLE))


def _first_proofs(text: str, codecs: tuple[str, ...]) -> dict[str, int]:
    # Where proof stands first, of each codec that has any. The text is read once, for the characters that no proof is without: few
    # in a sound text; where they are many, what is left is searched as a whole.
    starts: dict[str, int] = {}
    patience = len(text) // MANY
    for seen, mark in enumerate(_marks(codecs).finditer(text)):
        at = mark.start()
        if seen > patience:
            rest = {codec: _misreading(codec).proof.search(text, max(0, at - PROOF + 1)) for codec in codecs if codec not in starts}
            return starts | {codec: match.start() for codec, match in rest.items() if match is not None}
        for codec in codecs:
            if codec not in starts:
                match = _misreading(codec).proof.search(text, max(0, at - PROOF + 1), at + PROOF)
                if match is not None:
                    starts[codec] = match.start()
        if len(starts) == len(codecs):
            break
    return starts


@lru_cache(maxsize=16)
def _marks(codecs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(sorted(frozenset().union(*(_misreading(codec).marks for codec in codecs))))) + "]")


def misread_utf8_edits(text: str, codec: str, rule: str) -> list[Edit]:
    """Edits that decode the stretches of `text` that are UTF-8 read as `codec`, one a row of units.

    >>> [(e.before, e.after) for e in misread_utf8_edits("ТљР°Р·Р°Т› С‚С–Р»С–", "cp1251", "encoding")]
    [('ТљР°Р·Р°Т›', 'Қазақ'), ('С‚С–Р»С–', 'тілі')]
    """
    misreading = _misreading(codec)
    edits: list[Edit] = []
    for line_start, line_end, proofs in _lines_with_proof(text, misreading.proof):
        for start, end in _damaged_spans(text, line_start, line_end, proofs, misreading):
            for match in misreading.row.finditer(text, start, end):
                after = _decoded(match[0], codec)
                if after and after != match[0]:
                    edits.append(Edit(match.start(), match.end(), match[0], after, rule))
    return edits


def _lines_with_proof(text: str, proof: re.Pattern[str]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    spans: list[tuple[int, int]] = []
    end = -1
    for match in proof.finditer(text):
        if match.start() >= end and spans:
            yield text.rfind("\n", 0, spans[0][0]) + 1, end, spans
            spans = []
        if not spans:
            end = text.find("\n", match.start())
            end = len(text) if end < 0 else end
        spans.append(match.span())
    if spans:
        yield text.rfind("\n", 0, spans[0][0]) + 1, end, spans


def _damaged_spans(
    text: str, line_start: int, line_end: int, proofs: list[tuple[int, int]], misreading: _Misreading
) -> Iterator[tuple[int, int]]:
    # Tokens with proof, joined with the doubtful ones beside them.
    starts = [start for start, _ in proofs]
    tokens = list(_TOKEN.finditer(text, line_start, line_end))
    kinds: list[str] = []
    i = 0
    for token in tokens:
        while i < len(starts) and starts[i] < token.start():
            i += 1
        if i < len(starts) and starts[i] < token.end():
            kinds.append("damaged")
        elif not _CYRILLIC.search(token[0]) and not misreading.row.search(token[0]):
            kinds.append("neutral")
        else:
            kinds.append("doubtful" if not _CYRILLIC.search(misreading.row.sub("", token[0])) else "clean")
    for order in (range(len(tokens)), range(len(tokens) - 1, -1, -1)):
        beside = False
        for k in order:
            if kinds[k] == "doubtful" and beside:
                kinds[k] = "damaged"
            elif kinds[k] in ("doubtful", "clean"):
                beside = False
            if kinds[k] == "damaged":
                beside = True
    for token, kind in zip(tokens, kinds, strict=True):
        if kind == "damaged":
            yield token.span()


@lru_cache(maxsize=1 << 14)
def _decoded(row: str, codec: str) -> str:
    # The row as UTF-8; an open byte shown as U+FFFD is chosen by what the result looks like. Empty where it is no sensible text.
    misreading = _misreading(codec)
    if misreading.dropped:
        row = misreading.dropped.sub("\\g<0>\x98", row)
    bytes_of = misreading.bytes_of
    if "\ufffd" not in row or "\ufffd" in bytes_of:
        return _as_utf8(bytes(map(bytes_of.__getitem__, row)))
    if row.count("\ufffd") > MOST_GAPS:
        return ""
    readings = []
    for filling in itertools.product(OPEN_BYTES, repeat=row.count("\ufffd")):
        fill = iter(filling)
        readings.append(_as_utf8(bytes(next(fill) if c == "\ufffd" else bytes_of[c] for c in row)))
    return max(filter(None, readings), key=kazakh_score, default="")


def _as_utf8(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if _SENSIBLE.fullmatch(text) else ""


@cache
def _misreading(codec: str) -> _Misreading:
    bytes_of = byte_table(codec)
    if codec == "cp1252":
        bytes_of |= {chr(byte): byte for byte in range(0x80, 0xA0)}
    shown: dict[int, str] = {}
    for character, byte in bytes_of.items():
        shown[byte] = shown.get(byte, "") + character

    def of(*numbers: int) -> str:
        return "[" + re.escape("".join(shown[n] for n in numbers)) + "]"

    rest = of(*range(0x80, 0xC0))
    any_rest = rest[:-1] + "\ufffd]" if codec == "cp1252" else rest
    leads = frozenset(c for c, byte in bytes_of.items() if byte in CYRILLIC_LEADS)
    trace = frozenset(c for c, byte in bytes_of.items() if byte < 0xC0 and c not in ORDINARY)
    telling = "[" + re.escape("".join(sorted(trace))) + "]"
    marks = trace
    if leads.isdisjoint(ORDINARY):
        # The first bytes of Cyrillic letters show as signs that tell enough.
        telling = rest
        marks = frozenset(c for c, byte in bytes_of.items() if byte < 0xC0)
        trace = frozenset(c for c, byte in bytes_of.items() if byte in itertools.chain(*LEADS.values()) and c not in ORDINARY)
    # Two Cyrillic letters, one of them with a character that proves something; two signs misread a second time; a dash, a quotation
    # mark, a number sign, a byte order mark.
    lead = of(*CYRILLIC_LEADS)
    proof = (
        f"{lead}(?:{telling}{lead}{any_rest}|{any_rest}{lead}{telling})|{of(0xC2, 0xC3)}{telling}{of(0xC2, 0xC3)}{telling}"
        f"|{of(0xE2)}(?:{of(0x80)}{rest}|{of(0x84)}{of(0x96)})|{of(0xEF)}{of(0xBB)}{of(0xBF)}"
    )
    marks |= set(shown[0x80] + shown[0x84] + shown[0xBF])
    pairs = LEADS[2] + LEADS_OF_CP1252 if codec == "cp1252" else LEADS[2]
    unit = f"{of(*pairs)}{any_rest}|{of(*LEADS[3])}{rest}{rest}|{of(0xF0)}{of(0x9F)}{rest}{rest}"
    dropped = None
    if "\x98" in bytes_of and bytes_of["\x98"] == 0x98 and codec != "cp1252":
        lone = f"{of(0xD0, 0xD3)}(?={of(*CYRILLIC_LEADS)}{rest})"
        unit = f"{unit}|{lone}"
        dropped = re.compile(lone)
    return _Misreading(codec, bytes_of, re.compile(proof), re.compile(f"(?:{unit})+"), trace, marks, dropped)


TRACES = frozenset().union(*(_misreading(codec).traces for codec in CODECS))
"""Characters of which one is in every text that has UTF-8 misread as one of `CODECS`."""
