"""Letters of misbuilt Kazakh fonts: `ӛ ҧ ҥ` where the page shows `ө ұ ү`.

Fonts made before Unicode fonts had the Kazakh letters put them at the places of others, and text that was typed with them or extracted
from a PDF that embeds them has those others. But `ҧ` is a letter of Abkhaz, `ҥ` of Sakha, Mari and Altai, `ӛ` of Khanty; and such a
word may be quoted in a Kazakh text. So a word is mended where the result looks Kazakh, or where the words around it do.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_LETTERS, LEGACY_LETTERS
from kz_textkit.repair.language import KazakhContext
from kz_textkit.repair.letter_model import kazakh_score, word_score
from kz_textkit.repair.places import line_span, occurrences, word_span

__all__ = ["legacy_letters"]

#: Score from which a mended word is Kazakh by itself.
SURE = 0.9
#: Score of the rest of the line from which a word that is Kazakh by itself stays so beside letters that are not.
COMPANY = 0.6
#: Score of a mended word under which Kazakh words around it don't help.
HOPELESS = -0.5
#: The same where the text has the letter in `ATTESTED` words that are Kazakh by themselves.
HOPELESS_ATTESTED = -2.0
ATTESTED = 3

_TABLE = str.maketrans(LEGACY_LETTERS)
_CYRILLIC = frozenset(map(chr, range(0x400, 0x530)))
_ALIEN = re.compile(f"[{''.join(sorted(_CYRILLIC - KAZAKH_LETTERS - LEGACY_LETTERS.keys()))}]")

_Word = tuple[int, int, str]


def legacy_letters(text: str) -> list[Edit]:
    """Mends the letters `ӛ ҧ ҥ Ӛ Ҧ Ҥ` in Kazakh words; in words that may be of another language, suggests it or lets them be.

    >>> [(e.before, e.after) for e in legacy_letters("Ҥкімет ӛз жҧмысында")]
    [('Ҥ', 'Ү'), ('ӛ', 'ө'), ('ҧ', 'ұ')]
    >>> legacy_letters("Кини таҥара дьиэтигэр сылдьыбыта")
    []
    """
    words = _words(text)
    if not words:
        return []
    counted = Counter(word for _, _, word in words)
    sure = {word for word in counted if _mended_score(word) >= SURE}
    attested: Counter[str] = Counter()
    for word in sure:
        attested.update(dict.fromkeys(_legacy_set(word), counted[word]))
    mixed = _ALIEN.search(text) is not None
    context = KazakhContext(text)
    edits: list[Edit] = []
    for start, end, word in words:
        applied: bool | None = True
        if mixed or word not in sure:
            applied = _decide(text, start, end, word, attested, context)
        if applied is not None:
            score = 1.0 if applied else 0.5
            edits += [
                Edit(start + i, start + i + 1, before, after, "legacy_letter", applied, score) for i, before, after in _changes(word)
            ]
    return edits


def _decide(text: str, start: int, end: int, word: str, attested: Counter[str], context: KazakhContext) -> bool | None:
    # True for a repair, False for a suggestion, None for neither.
    score = _mended_score(word)
    alien = _in_alien_company(text, start, end)
    if score >= SURE:
        return not alien
    if alien or not context.at(start, end):
        return None
    known = all(attested[letter] >= ATTESTED for letter in _legacy_set(word))
    return len(word) < 3 or word.isupper() or score >= (HOPELESS_ATTESTED if known else HOPELESS)


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    last = 0
    for at in occurrences(text, LEGACY_LETTERS):
        if at >= last:
            start, end = word_span(text, at, at + 1)
            start, last = max(start, last), end
            words.append((start, end, text[start:end]))
    return words


@lru_cache(maxsize=1 << 14)
def _legacy_set(word: str) -> frozenset[str]:
    return frozenset(word.lower()) & LEGACY_LETTERS.keys()


@lru_cache(maxsize=1 << 14)
def _changes(word: str) -> tuple[tuple[int, str, str], ...]:
    return tuple((i, letter, LEGACY_LETTERS[letter]) for i, letter in enumerate(word) if letter in LEGACY_LETTERS)


@lru_cache(maxsize=1 << 14)
def _mended_score(word: str) -> float:
    return word_score(word.translate(_TABLE))


def _in_alien_company(text: str, start: int, end: int) -> bool:
    # Whether the line has letters that are not Kazakh, and little that is.
    low, high = line_span(text, start, end, 80)
    if _ALIEN.search(text, start, end):
        return True
    return bool(_ALIEN.search(text, low, high)) and kazakh_score(f"{text[low:start]} {text[end:high]}".translate(_TABLE)) < COMPANY
