"""Letters that Kazakh has and Russian has not, typed or scanned as the Russian ones that look or sound like them.

`қалалық` becomes `калалық` on a Russian keyboard, `бөлуге` becomes `белуге` in a scan; some texts have no Kazakh letter at all
(`казак тили`). No letter is wrong by itself, so the evidence is a dictionary: a word that it does not know, and that becomes exactly
one known word when letters are put back, is a *suggestion*. Repair knows no dictionary: the caller gives a function that says how
common a word is.

Left alone: words of a stretch that is not Kazakh, the commonest words of Russian, words with a capital (they may be names) unless one
of their letters is Kazakh, short words, addresses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, product

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_SPECIAL
from kz_textkit.repair.language import KazakhContext
from kz_textkit.repair.languages import CYRILLIC_LANGUAGES
from kz_textkit.repair.letter_model import can_gain, word_score
from kz_textkit.repair.places import LONGEST_WORD, in_address

__all__ = ["RESTORATIONS", "Commonness", "count_of_restorations", "missing_letters", "restorations", "restore_all_letters"]

Commonness = Callable[[str], float]
"""How common a word is: 0 for a word that is unknown, otherwise anything that grows with its frequency."""

RESTORATIONS: dict[str, str] = {
    "а": "ә",
    "г": "ғ",
    "е": "ө",
    "и": "і",
    "к": "қ",
    "н": "ң",
    "о": "ө",
    "у": "үұ",
    "х": "һ",
    "ы": "і",
}
"""Letters that are typed or scanned for letters of Kazakh, the likelier first."""

MOST_RESTORED = 3
"""Letters that a suggestion puts back at most in one word."""

SHORTEST = 5
"""Letters of the shortest word that is looked at."""

RARER = 1 / 15
"""A word this much rarer than what it becomes counts as unknown."""

MOST_READINGS = 20
"""Spellings of a word that are looked up where all its letters are in doubt."""

MOST_SPELLINGS = 3_000
"""Spellings of a word that are made. They are counted first: a word of 40 letters has 10,000 of three letters put back."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RESTORABLE = re.compile(f"[{''.join(RESTORATIONS)}]")
_RUSSIAN = frozenset(CYRILLIC_LANGUAGES["ru"].words.split())
_KAZAKH_SHORT = frozenset(CYRILLIC_LANGUAGES["kk"].words.split())


def restorations(word: str, count: int) -> Iterator[str]:
    """Spellings of a word in small letters with exactly `count` letters put back.

    >>> sorted(restorations("зандар", 1))
    ['зандәр', 'заңдар', 'зәндар']
    """
    places = [i for i, letter in enumerate(word) if letter in RESTORATIONS]
    for chosen in combinations(places, count):
        for letters in product(*(RESTORATIONS[word[i]] for i in chosen)):
            spelling = list(word)
            for i, letter in zip(chosen, letters, strict=True):
                spelling[i] = letter
            yield "".join(spelling)


def count_of_restorations(word: str, count: int) -> int:
    """How many `restorations` there are, without making them.

    >>> count_of_restorations("зандар", 1), count_of_restorations("зандар", 2), count_of_restorations("к" * 80, 3)
    (3, 3, 82160)
    """
    # Ways to choose 0, 1, … letters among those seen so far.
    ways = [1] + [0] * count
    for letter in word:
        options = len(RESTORATIONS.get(letter, ""))
        if options:
            for chosen in range(count, 0, -1):
                ways[chosen] += ways[chosen - 1] * options
    return ways[count]


def missing_letters(text: str, known: Commonness) -> list[Edit]:
    """Suggestions for words that the dictionary doesn't know and that become one known word with Kazakh letters put back.

    The fewest letters that make a known word count; two known words of one number of letters make no suggestion. Edits are in
    offsets of `text`, one a word, with a score that grows with the number of letters that speak for it.

    >>> words = {"қалалық": 20.0, "кеңес": 50.0}
    >>> [(e.before, e.after, e.applied) for e in missing_letters("Біздің калалық кеңес жиналды", lambda w: words.get(w, 0.0))]
    [('калалық', 'қалалық', False)]
    """
    suggested = {
        word: found for word in set(_WORD.findall(text)) if _may_lack_letters(word) and (found := _restored(word.lower(), known))
    }
    if not suggested:
        return []
    context = KazakhContext(text)
    edits = []
    for match in _WORD.finditer(text):
        found = suggested.get(match.group())
        start, end = match.span()
        if found and not in_address(text, start, end) and context.at(start, end):
            word = match.group()
            edits.append(Edit(start, end, word, _cased(found[0], word), "missing_letter", applied=False, score=found[1]))
    return edits


def _may_lack_letters(word: str) -> bool:
    if not SHORTEST <= len(word) <= LONGEST_WORD or not word[1:].islower() or "-" in word:
        return False
    if word[0].isupper() and KAZAKH_SPECIAL.isdisjoint(word):
        return False
    lower = word.lower()
    return lower not in _RUSSIAN and _RESTORABLE.search(lower) is not None


def _cased(spelling: str, word: str) -> str:
    """A spelling in small letters with the capitals of the word, which is as long."""
    return "".join(new.upper() if old.isupper() else new for new, old in zip(spelling, word, strict=True))


def _restored(word: str, known: Commonness) -> tuple[str, float] | None:
    """The one known word that a word becomes, and how sure that is."""
    if not _can_gain(word):
        return None
    own, now = word_score(word), known(word)
    for count in range(1, MOST_RESTORED + 1):
        if count_of_restorations(word, count) > MOST_SPELLINGS:
            return None
        spellings = [s for s in restorations(word, count) if word_score(s) > own + 0.1]
        found = [(s, weight) for s in spellings if (weight := known(s)) > 0 and weight * RARER >= now]
        if found:
            if len(found) > 1:
                return None
            spelling = found[0][0]
            gain = word_score(spelling) - own + 0.3 * any(letter in KAZAKH_SPECIAL for letter in word)
            return spelling, round(1 / (1 + math.exp(-2 * gain - 0.1 * len(word) + 0.7 * count)), 3)
        if now or len(spellings) > MOST_READINGS:
            return None
    return None


@lru_cache(maxsize=1 << 17)
def _can_gain(word: str) -> bool:
    return can_gain(word, RESTORATIONS)


def restore_all_letters(text: str, known: Commonness) -> list[Edit]:
    """Edits that put the letters back in text typed without any letter that Russian has not.

    Works line by line: a line without Kazakh letters is read as Kazakh where most of its words are known with some letters put
    back, and few are function words of Russian. Each word becomes its likeliest spelling, by frequency and by letter sequences.

    >>> words = {"қазақ": 90.0, "тілі": 60.0, "казак": 1.0}
    >>> [(e.before, e.after) for e in restore_all_letters("Казак тили", lambda w: words.get(w, 0.0))]
    [('Казак', 'Қазақ'), ('тили', 'тілі')]
    """

    @lru_cache(maxsize=100_000)
    def likeliest(word: str) -> tuple[str, bool]:
        return _likeliest(word, known)

    edits: list[Edit] = []
    for line in re.finditer(r"[^\n]+", text):
        words = [m for m in _WORD.finditer(text, line.start(), line.end()) if re.search("[а-яё]", m.group(), re.IGNORECASE)]
        if not words or any(letter in KAZAKH_SPECIAL for letter in line.group()):
            continue
        if sum(m.group().lower() in _RUSSIAN - _KAZAKH_SHORT for m in words) * 8 > len(words):
            continue
        found = [(m, *likeliest(m.group().lower())) for m in words]
        if sum(is_known for _, _, is_known in found) * 2 < len(words):
            continue
        for match, spelling, _ in found:
            word = match.group()
            if spelling != word.lower() and not in_address(text, match.start(), match.end()):
                edits.append(Edit(match.start(), match.end(), word, _cased(spelling, word), "missing_letter", applied=True, score=0.7))
    return edits


def _likeliest(word: str, known: Commonness) -> tuple[str, bool]:
    """The likeliest spelling of a word whose letters are all in doubt, and whether it is a known word."""
    if "-" in word:
        parts = [_likeliest(part, known) for part in word.split("-")]
        return "-".join(spelling for spelling, _ in parts), all(is_known for _, is_known in parts)
    if len(word) > LONGEST_WORD:
        return word, False
    spellings = sorted(set(_spellings(word)), key=lambda s: (-word_score(s), s))[:MOST_READINGS]
    if word not in spellings:
        spellings.append(word)
    scored = [(math.log(weight) + 0.5 * len(s) * word_score(s), s) for s in spellings if (weight := known(s)) > 0]
    if scored:
        return max(scored)[1], True
    best = spellings[0]
    return (best if word_score(best) > word_score(word) + 0.4 else word), False


def _spellings(word: str) -> Iterator[str]:
    """Spellings of a word with letters put back anywhere; of a word with many letters in doubt, those at its end stay."""
    choices, total = [], 1
    for letter in word:
        options = letter + ("" if letter in "еы" else RESTORATIONS.get(letter, ""))
        total *= len(options)
        choices.append(options if total <= MOST_SPELLINGS else letter)
    return map("".join, product(*choices))
