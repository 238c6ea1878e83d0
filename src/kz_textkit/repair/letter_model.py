"""How Kazakh a string of letters is: a model of letter sequences.

Which of two readings of a damaged word is the Kazakh one (`єылым`: `ғылым` or `әылым`?) is told by what the result looks like. The
model gives each letter a probability after the three letters before it (Witten-Bell smoothing down to single letters), and compares it
with a background in which all letters of the alphabet are equally likely. Scores are natural logarithms per letter: above 0 a string is
more like Kazakh than like letters drawn at random; running Kazakh text has about 2, Russian text about 0, damaged text less.

The table of counts is built by `build_letter_model` from the UNILEX word list of Kazakh (Unicode licence). The alphabet is that of the
Kazakh language in Cyrillic, 42 letters.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["best_spellings", "kazakh_score", "looks_kazakh", "scores_after", "word_score", "word_total"]

ORDER = 4
TABLE = "letter_sequences.unicode-3.0.tsv"

#: Score of a letter that is not in the Kazakh alphabet.
FOREIGN = -5.0
#: Mean score from which a text of some length is Kazakh.
KAZAKH = 0.75

#: Windows of letters whose scores are kept.
MOST_KEPT = 1 << 17

_SPELLING = re.compile(f"[{KAZAKH_LOWER}]+(?:-[{KAZAKH_LOWER}]+)*")
_WORD = re.compile("[\u0400-\u052f\u0300-\u036f]+")

#: Key of the score that is added where a letter is looked up after a shorter context.
_BACK = ""

_Model = dict[str, dict[str, float]]


def is_kazakh_spelling(word: str) -> bool:
    """Whether a word in small letters has letters of the Kazakh alphabet only, perhaps with hyphens.

    >>> is_kazakh_spelling("қыр-сыр"), is_kazakh_spelling("ќыр")
    (True, False)
    """
    return _SPELLING.fullmatch(word) is not None


def ends_marked(word: str) -> str:
    """The word with the marks of its two ends.

    >>> ends_marked("үй")
    '^^^үй$'
    """
    return "^" * (ORDER - 1) + word + "$"


def word_score(word: str) -> float:
    """Mean log-probability of the letters of `word` (and of its end) against the background; 0 for an empty word.

    Letter case does not matter. A word whose letters are not Kazakh ones gets a low score, not an error.

    >>> word_score("ғылым") > 1 > word_score("әылым")
    True
    """
    if not word:
        return 0.0
    total, letters = word_total(word.lower())
    return total / letters


def kazakh_score(text: str) -> float:
    """Mean log-probability per letter, against the background, of the Cyrillic words of `text`; 0 where it has none.

    >>> kazakh_score("Қазақ тілі – біздің ана тіліміз.") > 1 > kazakh_score("Ќазаќ тілі")
    True
    """
    total, letters = 0.0, 0
    for word in _WORD.findall(text.lower()):
        score, length = word_total(word)
        total += score
        letters += length
    return total / letters if letters else 0.0


def looks_kazakh(text: str) -> bool:
    """Whether the letter sequences of `text` are those of Kazakh. A handful of words is needed for a sure answer.

    >>> looks_kazakh("Ол мектепте оқиды және домбыра тартады")
    True
    >>> looks_kazakh("Мы живём в большом городе на берегу реки")
    False
    """
    return kazakh_score(text) >= KAZAKH


@lru_cache(maxsize=1 << 16)
def word_total(word: str) -> tuple[float, int]:
    """Sum of the scores of the letters of a word in small letters and of its end, and how many they are.

    >>> word_total("әке")[1]
    4
    """
    return _sum_over(ends_marked(word)), len(word) + 1


def _sum_over(marked: str) -> float:
    """The sum of the scores of the letters of a string that have a full context in it."""
    scores = _of_windows
    return sum([scores[marked[i : i + ORDER]] for i in range(len(marked) - ORDER + 1)])


def best_spellings(word: str, replacements: Mapping[str, str], most: int) -> list[tuple[str, float]]:
    """The likeliest spellings of a word in small letters whose letters may each be replaced, with the sums of their scores; best first.

    A search from left to right that keeps `most` beginnings, so the time grows with the length of the word alone. The word itself is
    among them if it is likely enough.

    >>> [spelling for spelling, _ in best_spellings("казак", {"к": "қ"}, 3)][0]
    'қазақ'
    """
    # Sums are kept as what they lack, so that tuples sort by themselves.
    beginnings, scores = [(-0.0, "^" * (ORDER - 1))], _of_windows
    for letter in word:
        others = replacements.get(letter)
        options = letter + others if others else letter
        grown = [(lacks - scores[begun[1 - ORDER :] + other], begun + other) for lacks, begun in beginnings for other in options]
        beginnings = sorted(grown)[:most] if len(grown) > most else grown
    ended = sorted([(lacks - scores[begun[1 - ORDER :] + "$"], begun[ORDER - 1 :]) for lacks, begun in beginnings])
    return [(spelling, -lacks) for lacks, spelling in ended]


class _Windows(dict[str, float]):
    """What the last letter of a window of `ORDER` letters adds to the total of a word; kept of those that were met."""

    def __missing__(self, window: str) -> float:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[window] = _letter_score(window)
        return found


_of_windows = _Windows()


def _letter_score(window: str) -> float:
    model = _model()
    total = 0.0
    for start in range(ORDER):
        scores = model.get(window[start:-1])
        if scores is None:
            continue
        if (score := scores.get(window[-1])) is not None:
            return total + score
        total += scores[_BACK]
    return total + FOREIGN


def scores_after() -> dict[str, tuple[dict[str, float], float]]:
    """For each context, the shorter ones first, the scores of the letters that were seen after it, and what is added to that of any
    other letter after the context without its first letter. `^` stands before a word, `$` after it."""
    return {context: ({k: score for k, score in scores.items() if k}, scores[_BACK]) for context, scores in _model().items()}


@cache
def _model() -> _Model:
    # Score of each letter after each context. A letter that was not seen after a context is looked up after the next shorter one; as
    # only a share of the probability is left for such letters, the score of `_BACK` is added.
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (files(__package__) / "data" / TABLE).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        context, followers = line.split("\t")
        for follower in followers.split(" "):
            letter, count = follower[0], int(follower[1:])
            for start in range(ORDER):
                counts[context[start:]][letter] += count
    background = 1 / (len(KAZAKH_LOWER) + 1)
    model: _Model = {}
    probabilities: _Model = {}
    for context in sorted(counts, key=len):
        after = counts[context]
        total, kinds = sum(after.values()), len(after)
        # After no context every letter has a score, so that looking up ends there.
        letters = list(after) if context else list(KAZAKH_LOWER + "$")
        shorter = [probabilities[context[1:]][letter] if context else background for letter in letters]
        probabilities[context] = {k: (after.get(k, 0) + kinds * p) / (total + kinds) for k, p in zip(letters, shorter, strict=True)}
        model[context] = {k: math.log(p / background) for k, p in probabilities[context].items()}
        model[context][_BACK] = math.log(kinds / (total + kinds)) if context else 0.0
    return model
