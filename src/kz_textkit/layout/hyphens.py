"""A hyphen at the end of a line: of the word, or of the line?

`қыр-`/`сырымен` keeps it, `иерар-`/`хия` does not. What speaks for either is added up (`WEIGHTS`): the word elsewhere in the document
with the hyphen or without; the table of pairs (`data/compounds.tsv`); repetition and rhyme, the shape of Kazakh pairs; the rule that a
word is divided before a consonant, at the border of a syllable; and what this document does with its other words. Next to digits and
capitals a hyphen stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import product

from kz_textkit.alphabet import VOWELS

__all__ = ["Evidence", "keeps_hyphen"]

WEIGHTS = {
    "with hyphen elsewhere": 4.0,
    "first part with hyphen elsewhere": 1.5,
    "joined elsewhere": -4.0,
    "joined beginning elsewhere": -2.5,
    "known pair": 5.0,
    "same again": 6.0,
    "repeated": 3.0,
    "intensified": 5.0,
    "converbs": 4.0,
    "echo": 5.0,
    "particle": 5.0,
    "rhyme": 1.5,
    "relation": 3.0,
    "both are words": 2.0,
    "first is a word": 0.5,
    "first is no word": -1.0,
    "second is no word": -1.0,
    "second is a suffix": -2.0,
    "no word begins so": -4.0,
    "first is short": -1.5,
    "no syllable": 6.0,
    "breaks a syllable": 1.0,
    "document divides words": -1.5,
    "document keeps hyphens": 1.0,
}
"""What speaks for keeping the hyphen (above 0) and for dropping it. Set by hand."""

BEGINNING, SHORT = 3, 2
"""Letters that a word must share with a part of a divided word to be evidence for it, also with a part of two letters: all that is
asked of words begins so."""

ECHOED = 2
"""Consonants that an echo has more of."""
_MARKS = ".,;:!?…«»()[]\"“”„'’–—"
_RELATIONS = ("лық", "лік", "дық", "дік", "тық", "тік", "ды", "ді", "ты", "ті", "лы", "лі", "и", "шы", "ші")
"""Endings of adjectives and agent nouns that make compounds of two full words: `әлеуметтік-мәдени`."""

_PARTICLES = frozenset(("ақ", "ау", "ай", "мыс", "міс"))
"""Particles that are written with a hyphen: `сондай-ақ`."""
_BETWEEN = ("ма", "ме", "ба", "бе", "па", "пе")
"""What stands between a word and itself: `бетпе-бет`, `қолма-қол`."""
_CONVERBS = ("ып", "іп", "ап", "еп")
"""Endings of converbs, which come in pairs: `үзіп-жұлып`."""
_NEVER_FIRST = "ңьъ"
"""Letters that no Kazakh word begins with."""


def _beginnings(parts: Iterable[str]) -> frozenset[str]:
    """The first `BEGINNING` letters of the parts, in small letters, capitals and mixtures of them."""
    letters = {part[:BEGINNING].lower() for part in parts}
    return frozenset("".join(mixed) for some in letters for mixed in product(*({letter, letter.upper()} for letter in some)))


def _consonants(word: str) -> str:
    """The consonants of a word, which words that echo one another have in common: `тарс-тұрс`."""
    return "".join(letter for letter in word if letter not in VOWELS)


def _rows(name: str) -> list[str]:
    rows = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def _read_pairs() -> dict[str, tuple[str, ...]]:
    cells = (row.split("\t") for row in _rows("compounds.tsv"))
    return {first: tuple(seconds.split(" ")) for first, seconds in cells}


_PAIRS = _read_pairs()
_SUFFIXES = frozenset(_rows("suffixes.txt"))


@dataclass(slots=True)
class Evidence:
    """Words of a document that begin like the parts of divided ones."""

    words: frozenset[str] = frozenset()
    """Words without a hyphen, in small letters."""
    sorted_words: tuple[str, ...] = ()
    hyphenated: tuple[str, ...] = ()
    """Words with a hyphen, in small letters, sorted."""
    leaning: float = 0.0
    """What the document does in general: one of the weights, or 0."""

    @classmethod
    def of(cls, text: str, divided: Collection[tuple[str, str]] = ()) -> Evidence:
        """Gathers evidence from a text; `divided` are the pairs of parts found at its line ends.

        Only words that begin like one of the parts are looked at.

        >>> Evidence.of("Ата-ана бала тәрбиелейді.", [("ата", "анасы")]).hyphenated
        ('ата-ана',)
        """
        beginnings = _beginnings(part for parts in divided for part in parts)
        counted = Counter(text.split())
        # A second part at the beginning of a line looks like a word: it counts as one only if it comes oftener.
        for second, count in Counter(second for _, second in divided).items():
            if counted[second] <= count:
                del counted[second]
        alike = [word for word in counted if word[:BEGINNING] in beginnings or word[:SHORT] in beginnings]
        tokens = {word.lower().strip(_MARKS) for word in alike if word[-1] != "-"}
        words = sorted(word for word in tokens if "-" not in word)
        evidence = cls(frozenset(words), tuple(words), tuple(sorted(word for word in tokens if "-" in word)))
        scores = [evidence.score(first, second) for first, second in divided if first.islower() and second.islower()]
        keep, drop = sum(score > 1 for score in scores), sum(score < -1 for score in scores)
        if drop >= 3 and drop > 2 * keep:
            evidence.leaning = WEIGHTS["document divides words"]
        elif keep >= 3 and keep > 2 * drop:
            evidence.leaning = WEIGHTS["document keeps hyphens"]
        return evidence

    def has_beginning(self, beginning: str, *, hyphenated: bool = False) -> bool:
        """Whether a word of the document begins so."""
        words = self.hyphenated if hyphenated else self.sorted_words
        at = bisect_left(words, beginning)
        return at < len(words) and words[at].startswith(beginning)

    def score(self, first: str, second: str) -> float:
        """Sum of the weights for two parts in small letters."""
        return self.leaning + sum(WEIGHTS[sign] for sign in self.signs(first, second))

    def signs(self, first: str, second: str) -> Iterable[str]:
        """Names of what speaks for or against the hyphen between two parts in small letters."""
        head = first.rsplit("-", 1)[-1]
        stem = second[: max(3, len(second) - 4)]
        if self.has_beginning(f"{first}-{stem}", hyphenated=True):
            yield "with hyphen elsewhere"
        elif self.has_beginning(f"{first}-", hyphenated=True):
            yield "first part with hyphen elsewhere"
        if head + second in self.words:
            yield "joined elsewhere"
        elif len(head) > 2 and self.has_beginning(head + stem):
            yield "joined beginning elsewhere"
        if any(second.startswith(known) for known in _PAIRS.get(head, ())):
            yield "known pair"
        yield from self._signs_of_form(head, second)
        yield from self._signs_of_words(head, second)

    def _signs_of_form(self, first: str, second: str) -> Iterable[str]:
        size = min(len(first), 4)
        if second in _PARTICLES:
            yield "particle"
        if second == first:
            yield "same again"
        elif (1 < len(first) < 5 and first[-1] == "п" and second.startswith(first[:-1])) or (
            first.endswith(_BETWEEN) and len(first) > 3 and second.startswith(first[:-2])
        ):
            yield "intensified"
        elif len(consonants := _consonants(first)) > ECHOED and consonants == _consonants(second):
            yield "echo"
        elif first.endswith(_CONVERBS) and second.endswith(_CONVERBS) and len(first) > 3 < len(second):
            yield "converbs"
        elif size > 1 and second.startswith(first[:size]) and (len(first) < 6 or second.startswith(first[: len(first) - 2])):
            yield "repeated"
        elif len(first) > 2 and (
            second.startswith("м" + first[1:]) or (first[-2:] == second[len(first) - 2 : len(first)] and first[0] != second[0])
        ):
            yield "rhyme"
        if second in _SUFFIXES:
            yield "second is a suffix"
        if second[0] in _NEVER_FIRST:
            yield "no word begins so"
        if len(first) < 3:
            yield "first is short"
        if VOWELS.isdisjoint(first) or VOWELS.isdisjoint(second):
            yield "no syllable"
        elif second[0] in VOWELS and first[-1] not in VOWELS:
            yield "breaks a syllable"

    def _signs_of_words(self, first: str, second: str) -> Iterable[str]:
        is_word = first in self.words
        begins_words = second in self.words or (len(second) > 4 and self.has_beginning(second[: len(second) - len(second) // 3]))
        if is_word and begins_words:
            yield "both are words"
        elif is_word:
            yield "first is a word"
        else:
            yield "first is no word"
        if not begins_words:
            yield "second is no word"
        if len(first) > 5 and len(second) > 6 and first.endswith(_RELATIONS):
            yield "relation"


def keeps_hyphen(first: str, second: str, evidence: Evidence) -> bool:
    """Whether the hyphen after `first` at the end of a line stays before `second`, the first word of the next.

    >>> nothing = Evidence()
    >>> [keeps_hyphen(*parts, nothing) for parts in [("қыр", "сырымен"), ("1848", "1923"), ("КСР", "інің"), ("субъект", "субъектілік")]]
    [True, True, True, True]
    >>> keeps_hyphen("иерар", "хия", nothing)
    False
    """
    if not first or not second:
        return True
    head = first.rsplit("-", 1)[-1]
    if not (head.isalpha() and second[0].isalpha()):
        return True
    if second[0].isupper() and not (head.isupper() and second.isupper()):
        return True
    if head.isupper() and len(head) > 1 and second.islower():
        return True
    return evidence.score(first.lower(), second.lower()) > 0
