"""KZ-1048 or PT154 text that was once read as windows-1251: `Ќазаќстан`, `жўмыс`, `µз` for `Қазақстан`, `жұмыс`, `өз`.

The letters that betray it are letters of Macedonian, Serbian, Ukrainian and Belarusian, or signs. So the text is looked at in
pieces of a few lines: a piece is damaged where its words become Kazakh by the repair (`letter_model`) and it has none of the
letters that only Kazakh has. Elsewhere (a damaged word in a clean text, a piece that is too short to tell) each word needs
evidence of its own. The two code pages disagree on a few letters (`є` is `ғ` in one and `ә` in the other); the one whose result
is more Kazakh is taken, for each piece anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import LATIN_TO_CYRILLIC, LEGACY_LETTERS
from kz_textkit.repair.codepages import KZ1048_AS_CP1251, PT154_AS_CP1251
from kz_textkit.repair.letter_model import KAZAKH, word_total

__all__ = ["BETRAYING", "misread_codepage_edits"]

TABLES = {"kz1048": KZ1048_AS_CP1251, "ptcp154": PT154_AS_CP1251}
BETRAYING = frozenset("".join("".join(table) for table in TABLES.values()))
"""Characters that a Kazakh letter may have become."""

SIGNS = frozenset(c for c in BETRAYING if not c.isalpha()) | {"µ", "μ"}
#: Letters that no text read as windows-1251 has, so that a word with one of them was not damaged as a whole.
PROPER = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")

#: Longest piece, in characters: lines are joined up to this length, and longer ones are cut.
PIECE = 600
#: Fewest letters of a piece that decides for itself.
ENOUGH = 30
#: Least mean score of a word that is repaired on its own evidence, in clean surroundings and in a text that has damaged pieces.
SURE, LIKELY = 1.2, 0.5
#: Fewest letters of a word that is repaired on its own evidence in clean surroundings.
LONG = 4

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
    words: list[tuple[int, str]] = field(default_factory=list)
    # The words with a betraying letter: offsets and forms.
    rest: float = 0.0
    # Sum of the scores of the other words, and their letters.
    rest_letters: int = 0
    proper: int = 0
    table: str = ""
    verdict: str = "clean"


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
    total = {name: sum(_gain(piece, name) for piece in pieces if piece.verdict != "foreign") for name in TABLES}
    usual = max(TABLES, key=lambda name: total[name])
    damaged = any(piece.verdict == "damaged" for piece in pieces)
    edits: list[Edit] = []
    for piece in pieces:
        table = piece.table or usual
        for start, word in piece.words:
            if _is_damaged(word, piece, table, text_is_damaged=damaged):
                edits += _letter_edits(start, word, table, rule)
    return edits


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    # Stretches with a betraying letter in them, of whole lines where these are short.
    position = 0
    while (match := _BETRAYING.search(text, position)) is not None:
        start = max(position, text.rfind("\n", position, match.start()) + 1, match.start() - PIECE // 2)
        if start > position and start == match.start() - PIECE // 2:
            start = max(text.rfind(" ", position, match.start()) + 1, position)
        end = text.find("\n", match.start(), start + PIECE)
        while end >= 0 and (further := text.find("\n", end + 1, start + PIECE)) >= 0:
            # A blank line ends the piece: what follows may be another text.
            if not text[end:further].strip():
                break
            end = further
        if end < 0:
            end = len(text) if start + PIECE >= len(text) else max(text.rfind(" ", match.end(), start + PIECE), start + PIECE)
        end = max(end, match.end())
        while end < len(text) and text[end - 1].isalpha() and text[end].isalpha() and end - start < 2 * PIECE:
            end += 1
        yield start, end
        position = end


def _survey(text: str, start: int, end: int) -> _Piece:
    piece = _Piece()
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if not _CYRILLIC.search(word):
            continue
        if _BETRAYING.search(word):
            piece.words.append((match.start(), word))
        else:
            score, letters = word_total(word.lower().translate(_FOLD))
            piece.rest += score
            piece.rest_letters += letters
        piece.proper += len(_PROPER.findall(word))
    return piece


def _judge(piece: _Piece) -> None:
    # Verdict on a piece: damaged as a whole; clean (its other words are Kazakh as they are); foreign; or too short to tell.
    scores = {name: [_score(word, name) for _, word in piece.words] for name in TABLES}
    best = max(TABLES, key=lambda name: sum(score for score, _ in scores[name]))
    other = min(TABLES, key=lambda name: sum(score for score, _ in scores[name]))
    total, letters = (sum(column) for column in zip(*scores[best], strict=True))
    if total - sum(score for score, _ in scores[other]) > 3:
        piece.table = best
    mean = (piece.rest + total) / (piece.rest_letters + letters)
    betraying = sum(len(_BETRAYING.findall(word)) for _, word in piece.words)
    if piece.proper > 0.1 * betraying:
        piece.verdict = "clean" if piece.rest >= KAZAKH * piece.rest_letters else "foreign"
    elif piece.rest_letters + letters < ENOUGH:
        piece.verdict = "short" if mean >= KAZAKH else "foreign"
    elif mean >= KAZAKH and total >= KAZAKH * letters:
        piece.verdict = "damaged"
    else:
        piece.verdict = "foreign"


def _is_damaged(word: str, piece: _Piece, table: str, *, text_is_damaged: bool) -> bool:
    score, letters = _score(word, table)
    mean = score / letters
    if piece.verdict == "damaged":
        return True
    if text_is_damaged:
        return (mean >= LIKELY and piece.verdict != "foreign") or (mean >= SURE and len(word) >= LONG)
    if piece.verdict == "foreign":
        return False
    return mean >= SURE and len(word) >= LONG


def _gain(piece: _Piece, table: str) -> float:
    return sum(_score(word, table)[0] for _, word in piece.words)


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
