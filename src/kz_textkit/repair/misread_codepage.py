"""KZ-1048 or PT154 text that was once read as windows-1251: `Ќазаќстан`, `жўмыс`, `µз` for `Қазақстан`, `жұмыс`, `өз`.

The letters that betray it are letters of Macedonian, Serbian, Ukrainian and Belarusian, or signs. So the text is looked at
line by line: a line is damaged where its words become Kazakh by the repair (`letter_model`) and it has none of the letters that
only Kazakh has. Elsewhere (a damaged word in a clean text, a line that is too short to tell) each word needs
evidence of its own. The two code pages disagree on a few letters (`є` is `ғ` in one and `ә` in the other); the one whose result
is more Kazakh is taken, for each line anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import LATIN_TO_CYRILLIC, LEGACY_LETTERS
from kz_textkit.repair.codepages import KZ1048_AS_CP1251, PT154_AS_CP1251
from kz_textkit.repair.language import language_of
from kz_textkit.repair.letter_model import KAZAKH, word_total

__all__ = ["BETRAYING", "misread_codepage_edits"]

TABLES = {"kz1048": KZ1048_AS_CP1251, "ptcp154": PT154_AS_CP1251}
BETRAYING = frozenset("".join("".join(table) for table in TABLES.values()))
"""Characters that a Kazakh letter may have become."""

SIGNS = frozenset(c for c in BETRAYING if not c.isalpha()) | {"µ", "μ"}
#: Letters that no text read as windows-1251 has, so that a word with one of them was not damaged as a whole.
PROPER = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")

#: Longest piece, in characters: a line, or a stretch of a long one.
PIECE = 400
#: Fewest letters of a piece that decides for itself.
ENOUGH = 30
#: Least mean score of a word that is repaired on its own evidence, in clean surroundings and in a text that has damaged lines.
#: Words of Macedonian, Serbian, Ukrainian and Belarusian that are "repaired" stay below 1; nearly all Kazakh words are above.
SURE, LIKELY = 1.05, 0.3
#: Lead in the sum of scores from which a piece chooses between the code pages for itself.
LEAD = 3.0
#: The languages that have the betraying letters in their alphabets.
OWNERS = frozenset(("be", "mk", "sr", "uk"))

_SIGNS = "".join(map(re.escape, sorted(SIGNS)))
_CYR = "\u0400-\u052f"
# A sign is part of a word where a Cyrillic letter stands beside it.
_WORD = re.compile(f"(?:[{_SIGNS}](?=[{_CYR}])|[^\\W\\d_{_SIGNS}]|(?<=[{_CYR}])[{_SIGNS}])+")
_CYRILLIC = re.compile(f"[{_CYR}]")
_BETRAYING = re.compile("[" + "".join(map(re.escape, sorted(BETRAYING))) + "]")
_PROPER = re.compile("[" + "".join(PROPER) + "]")
_FOLD = str.maketrans({**LATIN_TO_CYRILLIC, **LEGACY_LETTERS})
_TABLES = {name: str.maketrans(table) for name, table in TABLES.items()}


@dataclass
class _Piece:
    start: int
    end: int
    words: list[tuple[int, str]]
    """The words with a betraying letter: offsets and forms."""
    rest: tuple[float, int]
    """Sum of the scores of the other words, and how many letters they have."""
    proper: int
    """How many letters it has that no text read as windows-1251 has."""
    table: str = ""
    """Code page, where the piece itself can tell."""
    verdict: str = ""
    """`damaged` as a whole; `clean`: its other words are Kazakh as they are; `foreign`; or too `short` to tell."""


def misread_codepage_edits(text: str, rule: str) -> list[Edit]:
    """Edits that make `text` what it was before it was read as windows-1251, one a row of damaged letters.

    >>> from kz_textkit.alignment import apply_edits
    >>> text = "Ќазаќстан Республикасыныѕ Їкіметі"
    >>> apply_edits(text, misread_codepage_edits(text, "encoding"))
    'Қазақстан Республикасының Үкіметі'
    >>> misread_codepage_edits("Ќерката на учителот живее во Скопје", "encoding")
    []
    """
    pieces = [piece for start, end in _pieces(text) if (piece := _survey(text, start, end)).words]
    for piece in pieces:
        _judge(piece)
    gains = {name: sum(_gain(piece, name) for piece in pieces if piece.verdict != "foreign") for name in TABLES}
    usual = max(TABLES, key=lambda name: gains[name])
    damaged = any(piece.verdict == "damaged" for piece in pieces)
    if damaged:
        _judge_by_neighbours(text, pieces)
    edits: list[Edit] = []
    for piece in pieces:
        for start, word in piece.words:
            if _is_damaged(word, piece, piece.table or usual, text_is_damaged=damaged):
                edits += _letter_edits(start, word, piece.table or usual, rule)
    return edits


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    # Lines with a betraying letter in them, long ones in stretches that end between words.
    position = 0
    while (match := _BETRAYING.search(text, position)) is not None:
        at = match.start()
        start = max(position, text.rfind("\n", position, at) + 1)
        if at - start > PIECE // 2:
            start = max(start, text.rfind(" ", start, at - PIECE // 4) + 1, at - PIECE // 2)
        end = text.find("\n", at, start + PIECE)
        if end < 0:
            end = min(len(text), start + PIECE)
            if end < len(text):
                end = text.rfind(" ", at + 1, end) if " " in text[at + 1 : end] else end
        yield start, end
        position = end


def _survey(text: str, start: int, end: int) -> _Piece:
    words: list[tuple[int, str]] = []
    rest, rest_letters, proper = 0.0, 0, 0
    for match in _WORD.finditer(text, start, end):
        betraying, score, letters, own = _facts(match[0])
        proper += own
        if betraying:
            words.append((match.start(), match[0]))
        else:
            rest += score
            rest_letters += letters
    return _Piece(start, end, words, (rest, rest_letters), proper)


@lru_cache(maxsize=1 << 15)
def _facts(word: str) -> tuple[bool, float, int, int]:
    # Whether a word has betraying letters; its score as it is and the letters that count for it; its letters that only Kazakh has.
    if not _CYRILLIC.search(word):
        return False, 0.0, 0, 0
    return (_BETRAYING.search(word) is not None, *word_total(word.lower().translate(_FOLD)), len(_PROPER.findall(word)))


def _judge(piece: _Piece) -> None:
    scores = {name: _gain(piece, name) for name in TABLES}
    best = max(TABLES, key=lambda name: scores[name])
    if scores[best] - min(scores.values()) > LEAD:
        piece.table = best
    total, letters = scores[best], sum(len(word) + 1 for _, word in piece.words)
    rest, rest_letters = piece.rest
    mean = (rest + total) / (rest_letters + letters)
    if piece.proper > 0.1 * sum(len(_BETRAYING.findall(word)) for _, word in piece.words):
        piece.verdict = "clean" if rest >= KAZAKH * rest_letters else "foreign"
    elif rest_letters + letters < ENOUGH:
        piece.verdict = "short"
    else:
        piece.verdict = "damaged" if mean >= KAZAKH and total >= KAZAKH * letters else "foreign"


def _judge_by_neighbours(text: str, pieces: list[_Piece]) -> None:
    # A piece that can't tell is damaged where the one before or after it, close by, is.
    damaged = [piece.verdict == "damaged" for piece in pieces]
    for i, piece in enumerate(pieces):
        if piece.verdict not in ("short", "foreign") or piece.proper:
            continue
        before = i > 0 and damaged[i - 1] and piece.start - pieces[i - 1].end < PIECE
        after = i + 1 < len(pieces) and damaged[i + 1] and pieces[i + 1].start - piece.end < PIECE
        if (before or after) and language_of(text[piece.start : piece.end]) not in OWNERS:
            piece.verdict = "damaged"


def _is_damaged(word: str, piece: _Piece, table: str, *, text_is_damaged: bool) -> bool:
    if piece.verdict == "damaged":
        return True
    if piece.verdict == "foreign" and not text_is_damaged:
        return False
    score, letters = _score(word, table)
    return len(word) > 1 and score >= (LIKELY if text_is_damaged and piece.verdict != "foreign" else SURE) * letters


def _gain(piece: _Piece, table: str) -> float:
    return sum(_score(word, table)[0] for _, word in piece.words)


@lru_cache(maxsize=1 << 15)
def _score(word: str, table: str) -> tuple[float, int]:
    return word_total(word.translate(_TABLES[table]).lower().translate(_FOLD))


def _letter_edits(start: int, word: str, table: str, rule: str) -> Iterator[Edit]:
    letters = TABLES[table]
    at = 0
    while at < len(word):
        end = at
        while end < len(word) and word[end] in letters:
            end += 1
        if end > at:
            before = word[at:end]
            yield Edit(start + at, start + end, before, "".join(letters[c] for c in before), rule)
        at = end + 1
