"""Letters of misbuilt Kazakh fonts: `ӛ ҧ ҥ` where the page shows `ө ұ ү`.

Fonts made before Unicode fonts had the Kazakh letters put them at the places of others, and text that was typed with them or extracted from
a PDF that embeds them has those others. But `ҧ` is a letter of Abkhaz, `ҥ` of Sakha, Mari and Altai, `ӛ` of Khanty; and such a word may be
quoted in a Kazakh text. So a word is mended where the result looks Kazakh, or where the words around it do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_LETTERS, LEGACY_LETTERS
from kz_textkit.repair.letter_model import kazakh_score, word_score

__all__ = ["legacy_letters"]

_TABLE = str.maketrans(LEGACY_LETTERS)
_LEGACY = "".join(LEGACY_LETTERS)
_WORD = re.compile(rf"[^\W\d_]*[{_LEGACY}][^\W\d_]*")
_ALIEN = re.compile(f"[\u0370-\u03ff\u0400-\u052f](?<![{''.join(sorted(KAZAKH_LETTERS))}{_LEGACY}])")

#: Score from which a mended word is Kazakh by itself.
SURE = 0.9
#: Score of the rest of the line from which a mended word is Kazakh by its company.
COMPANY = 0.6
#: Score under which no company helps.
HOPELESS = -0.5


def legacy_letters(text: str) -> list[Edit]:
    """Mends the letters `ӛ ҧ ҥ Ӛ Ҧ Ҥ` in Kazakh words; in words that may be of another language, suggests it or lets them be.

    >>> [(e.before, e.after) for e in legacy_letters("Ҥкімет ӛз жҧмысында")]
    [('Ҥ', 'Ү'), ('ӛ', 'ө'), ('ҧ', 'ұ')]
    >>> legacy_letters("Кини таҥара дьиэтигэр сылдьыбыта")
    []
    """
    edits: list[Edit] = []
    for match in _WORD.finditer(text):
        word = match[0]
        score = _mended_score(word)
        if score < SURE or _ALIEN.search(word):
            applied = _in_kazakh_company(text, match.start(), match.end(), score)
            if applied is None:
                continue
        else:
            applied = not _in_alien_company(text, match.start(), match.end())
        edits += letter_edits(match.start(), word, applied)
    return edits


def letter_edits(start: int, word: str, applied: bool) -> list[Edit]:
    """One edit for each legacy letter of the word that begins at `start`."""
    return [
        Edit(start + i, start + i + 1, letter, LEGACY_LETTERS[letter], "legacy_letter", applied, 1.0 if applied else 0.5)
        for i, letter in enumerate(word)
        if letter in LEGACY_LETTERS
    ]


@lru_cache(maxsize=1 << 14)
def _mended_score(word: str) -> float:
    return word_score(word.translate(_TABLE))


def _line_around(text: str, start: int, end: int) -> str:
    # The words before and after in the same line, up to 80 characters each way.
    low = max(text.rfind("\n", 0, start) + 1, start - 80)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + 80)
    return (text[low:start] + " " + text[end:high]).translate(_TABLE)


def _in_alien_company(text: str, start: int, end: int) -> bool:
    around = _line_around(text, start, end)
    return bool(_ALIEN.search(around)) and kazakh_score(around) < COMPANY


def _in_kazakh_company(text: str, start: int, end: int, score: float) -> bool | None:
    # True for a repair, False for a suggestion, None for neither.
    around = _line_around(text, start, end)
    if _ALIEN.search(around) or score < HOPELESS:
        return None
    return kazakh_score(around) >= COMPANY
