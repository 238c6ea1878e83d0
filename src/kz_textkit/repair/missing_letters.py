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
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from functools import lru_cache

import numpy as np

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_SPECIAL
from kz_textkit.repair.language import KazakhContext
from kz_textkit.repair.languages import CYRILLIC_LANGUAGES
from kz_textkit.repair.letter_arrays import Gains
from kz_textkit.repair.letter_model import best_spellings, word_score, word_total
from kz_textkit.repair.places import LONGEST_WORD, in_address

__all__ = ["RESTORATIONS", "Commonness", "missing_letters", "restore_all_letters"]

Commonness = Callable[[str], float]
"""How common a word is: 0 for a word that is unknown, otherwise anything that grows with its frequency."""

Verdict = tuple[str, float]
"""What a word is to become, in small letters, and how sure that is."""

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

FEW = 30
"""Words that are sought one by one."""

SHORTEST = 4
"""Letters of the shortest word that is looked at."""

KNOWN = 0.06
"""How common a word is at least that counts as known; what is rarer is a name written small, or a guess."""

DOUBTFUL = 1.2
"""The same for words with `к` or `г` beside a back vowel (`акыры`), which no native word has: dictionaries hold misprints."""

COMMONER = 5
"""How many times as common such a word must become."""

CLEARER = 0.6
"""By how much the best spelling must be likelier than the next (natural logarithm)."""

SURE, SURE_OF_NAME = 0.5, 0.9
"""Least score of a suggestion; words with a capital may be names of any language."""

LEAST_SCORE = -0.3
"""Mean score of the letters (`letter_model`) of a spelling that is suggested."""

UNLIKELY = 1.65
"""Mean score of the letters of a word below which it is looked up at any rate; three of four words of the news are above it."""

LETTERS_WEIGHT = 0.5
"""What the sequences of letters weigh beside the frequency of the word."""

UNUSUAL = {"е": 1.6, "ы": 0.7, "х": 1.0, "о": 0.2}
"""How much less likely it is that a letter stands for another than for itself (natural logarithm)."""

WHOLLY = {letter: others for letter, others in RESTORATIONS.items() if letter not in "еы"}
"""The same in texts typed without any letter of Kazakh's own, where `е` and `ы` are what they are."""

MOST_READINGS = 24
"""Spellings of a word that are looked up."""

MOST_KEPT = 1 << 17
"""Chunks of text whose verdicts are kept."""

_opening = re.compile(r"(?:^|[.!?…\n])[\s«\"(–—-]*\Z")
_UNNATIVE = re.compile("[кг]у?[аоұы]|[аоұы][кг](?![еиіөүә])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What ends in a letter, or in a hyphen after one.
_INSIDE = re.compile(r".?[^\W\d_]\Z|[^\W\d_]-\Z", re.DOTALL)
_RESTORABLE = re.compile(f"[{''.join(RESTORATIONS)}]")
_RUSSIAN = frozenset(CYRILLIC_LANGUAGES["ru"].words.split())
_KAZAKH_SHORT = frozenset(CYRILLIC_LANGUAGES["kk"].words.split())


def never(word: str, least: float) -> bool:
    """Of no word it can be said at a glance."""
    return False


def missing_letters(text: str, known: Commonness, surely: Callable[[str, float], bool] = never) -> list[Edit]:
    """Suggestions for words that the dictionary doesn't know and that become one known word with Kazakh letters put back.

    Words that the dictionary knows are left alone, and so are those that become two words which are about as likely. Edits are in
    offsets of `text`, one a word, with a score that grows with the letters and the frequency that speak for it. `surely` may say of
    words in small letters that they are as common at least as this: it is asked first.

    >>> words = {"қалалық": 20.0, "кеңес": 50.0}
    >>> [(e.before, e.after, e.applied) for e in missing_letters("Біздің калалық кеңес жиналды", lambda w: words.get(w, 0.0))]
    [('калалық', 'қалалық', False)]
    """
    suggested = _verdicts(known, surely).of(set(text.split()))
    if not suggested:
        return []
    context = KazakhContext(text)
    edits = []
    for word, start, end in _places(text, suggested):
        spelling, score = suggested[word]
        if _may_be_no_name(text, word, start) and not in_address(text, start, end) and context.at(start, end):
            edits.append(Edit(start, end, word, _cased(spelling, word), "missing_letter", applied=False, score=score))
    return edits


def _places(text: str, words: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Where some words stand in a text, in order. A few are found one by one, in less time than all words are gone through."""
    if len(words) > FEW:
        for match in _WORD.finditer(text):
            word = match.group()
            if word in words:
                yield word, *match.span()
        return
    found: list[tuple[int, str]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            here = None if _INSIDE.match(text, max(0, at - 2), at) else _WORD.match(text, at)
            if here is not None and here.end() == at + len(word):
                found.append((at, word))
            at = text.find(word, at + 1)
    for at, word in sorted(found):
        yield word, at, at + len(word)


class _Verdicts:
    """What words are to become, as one dictionary has it. What was found of the chunks between spaces that were met is kept: nearly all
    have sound words alone. Words that were not met are judged all at once."""

    def __init__(self, known: Commonness, surely: Callable[[str, float], bool]) -> None:
        self.known, self.surely = known, surely
        self.sound: set[str] = set()
        self.mended: dict[str, dict[str, Verdict]] = {}
        self.words: dict[str, Verdict | None] = {}

    def of(self, chunks: Set[str]) -> dict[str, Verdict]:
        """The verdicts on those words in the chunks that have one."""
        if max(len(self.sound) + len(self.mended), len(self.words)) > MOST_KEPT:
            self.sound, self.mended, self.words = set(), {}, {}
        suggested: dict[str, Verdict] = {}
        new: list[str] = []
        for chunk in chunks - self.sound:
            found = self.mended.get(chunk)
            if found is None:
                new.append(chunk)
            else:
                suggested |= found
        return suggested | self._judged(new) if new else suggested

    def _judged(self, chunks: Sequence[str]) -> dict[str, Verdict]:
        """The verdicts on words in chunks that were not met before, which are kept."""
        words = set(_WORD.findall("\n".join(chunks)))
        # The same all the while, though another thread may begin anew.
        judged = self.words
        judged |= _verdicts_on(list(words.difference(judged)), self.known, self.surely)
        found = {word: verdict for word in words if (verdict := judged[word]) is not None}
        for chunk in chunks:
            here = {word: found[word] for word in _WORD.findall(chunk) if word in found} if any(map(chunk.__contains__, found)) else {}
            if here:
                self.mended[chunk] = here
            else:
                self.sound.add(chunk)
        return found


_verdicts = lru_cache(maxsize=2)(_Verdicts)


def _verdicts_on(words: Sequence[str], known: Commonness, surely: Callable[[str, float], bool]) -> dict[str, Verdict | None]:
    """What each word is to become, where that is sure enough to be suggested somewhere."""
    verdicts: dict[str, Verdict | None] = dict.fromkeys(words)
    looked_at = [word for word in words if SHORTEST <= len(word) <= LONGEST_WORD and word[1:].islower() and "-" not in word]
    lower = [word.lower() for word in looked_at]
    # Several letters together may mend a word that no single one does: what is unlikely is looked at even if it can't gain.
    for k in np.flatnonzero(_gains.of(lower, UNLIKELY)).tolist():
        word, low = looked_at[k], lower[k]
        if low in _RUSSIAN or _RESTORABLE.search(low) is None or surely(low, _least(low)):
            continue
        if word[0].isupper() and known(word) >= KNOWN:
            continue
        found = _restored(low, known)
        if found is not None and found[1] >= (SURE_OF_NAME if word[0].isupper() else SURE):
            verdicts[word] = found
    return verdicts


_gains = Gains(RESTORATIONS)


def _may_be_no_name(text: str, word: str, start: int) -> bool:
    """Whether a word that begins at `start` is written small, has a Kazakh letter, or has a capital because it opens a sentence."""
    if word[0].islower() or not KAZAKH_SPECIAL.isdisjoint(word):
        return True
    return _opening.search(text[max(0, start - 8) : start]) is not None


def _cased(spelling: str, word: str) -> str:
    """A spelling in small letters with the capitals of the word, which is as long."""
    return "".join(new.upper() if old.isupper() else new for new, old in zip(spelling, word, strict=True))


def _restored(word: str, known: Commonness) -> tuple[str, float] | None:
    """The known word that a word becomes which can gain, and how sure that is; None where it is known itself or becomes several that
    are as likely."""
    now = known(word)
    if now >= _least(word):
        return None
    ranked = _ranked(word, known, RESTORATIONS)
    if not ranked or ranked[0][1] == word or word_score(ranked[0][1]) < LEAST_SCORE:
        return None
    score, spelling = ranked[0]
    margin = score - ranked[1][0] if len(ranked) > 1 else 4.0
    if margin < CLEARER or known(spelling) < now * COMMONER:
        return None
    gain = word_score(spelling) - word_score(word) + 0.3 * any(letter in KAZAKH_SPECIAL for letter in word)
    count = sum(a != b for a, b in zip(word, spelling, strict=True))
    return spelling, round(1 / (1 + math.exp(-2 * gain - 0.1 * len(word) + 0.7 * min(count, 3) - 0.2 * margin)), 3)


def _least(word: str) -> float:
    """How common a word in small letters is at least that is left alone."""
    return DOUBTFUL if _UNNATIVE.search(word) else KNOWN


def _ranked(word: str, known: Commonness, replacements: dict[str, str]) -> list[tuple[float, str]]:
    """The known words that a word becomes, the likeliest first, each with its score (a natural logarithm)."""
    found = []
    for spelling, total in best_spellings(word, replacements, MOST_READINGS):
        weight = known(spelling)
        if weight >= KNOWN:
            unusual = sum(UNUSUAL.get(a, 0.0) for a, b in zip(word, spelling, strict=True) if a != b)
            found.append((math.log(weight) + LETTERS_WEIGHT * total - unusual, spelling))
    return sorted(found, key=lambda item: (-item[0], item[1]))


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
    weight = known(word)
    own = [(math.log(weight) + LETTERS_WEIGHT * word_total(word)[0], word)] if weight > 0 else []
    ranked = sorted([*own, *_ranked(word, known, WHOLLY)], key=lambda item: (-item[0], item[1]))
    if ranked:
        return ranked[0][1], True
    best = best_spellings(word, WHOLLY, MOST_READINGS)[0][0]
    return (best if word_score(best) > word_score(word) + 0.4 else word), False
