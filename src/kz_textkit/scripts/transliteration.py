"""A text in another script: Cyrillic to Latin or Arabic letters, and back.

Words are written anew letter by letter, by tables (`alphabets`); all else stays. From Latin letters, `i` is й beside a vowel and и
elsewhere, and `h` is һ in the words of a list and х elsewhere. From Arabic letters, vowels are front in a word with a hamza, and after
ە گ ك; they are back after ق ع and after ا that is not in the first syllable, for ә and ө are in the first syllable only, but in the
words of a list.

What does not come back: ь and ъ are not written; ё, щ, ч, ц, э of loans become letters of other sounds in Latin of 2021; ә beside
back vowels in the Arabic script; capital letters in the Arabic script, which has none.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from kz_textkit.errors import UsageError
from kz_textkit.scripts.alphabets import ALPHABETS, LetterRule, load_rules, word_list
from kz_textkit.scripts.detection import alphabet_of

__all__ = ["HAMZA", "transliterate", "words_of"]

HAMZA = "ٴ"
"""U+0674, before a word with front vowels that its letters do not show."""

VOWELS = frozenset("аәеёиоөуұүыіэюяaäáeiıoöóuūüúýyاەوۇىيۋ")
SHOWS_FRONT = frozenset("ەگكک")
SHOWS_BACK = frozenset("قع")
_FRONT_OF = {"ا": "ә", "و": "ө", "ۇ": "ү", "ى": "і"}
_FIRST_ONLY = frozenset("او")
_NOT_IN_HARMONY = regex.compile("(?<=..)[مبپ]ەن$")

_WORDS = {
    "cyrillic": regex.compile(r"\p{Script=Cyrillic}+"),
    "latin": regex.compile(r"[\p{Script=Latin}\p{M}]+(?:['’ʼ](?=\p{Script=Latin})[\p{Script=Latin}\p{M}]+)*['’ʼ]?"),
    "arabic": regex.compile(rf"[{HAMZA}ء]?\p{{Script=Arabic}}+"),
}
_APOSTROPHES = str.maketrans("’ʼ", "''")


def transliterate(text: str, to: str, *, source: str | None = None) -> str:
    """`text` in the alphabet `to` (`cyrillic`, `latin-2021`, `latin-2018`, `latin-2017`, `arabic`).

    `source` is the alphabet that it is in, found from the text where it is None. Words in other scripts stay.
    Raises `UsageError` for an alphabet that is not one of these.

    >>> transliterate("Қазақ тілі – біздің тіліміз", "latin-2021")
    'Qazaq tılı – bızdıñ tılımız'
    >>> transliterate("Qazaq tılı – bızdıñ tılımız", "cyrillic")
    'Қазақ тілі – біздің тіліміз'
    >>> transliterate("қазақ тілі", "arabic")
    'قازاق ٴتىلى'
    """
    source = source or alphabet_of(text) or "cyrillic"
    for name in (source, to):
        if name not in ALPHABETS:
            raise UsageError(f"there is no alphabet {name!r}; the alphabets are {', '.join(ALPHABETS)}")
    if source == to:
        return text
    if "cyrillic" not in (source, to):
        return transliterate(transliterate(text, "cyrillic", source=source), to, source="cyrillic")
    return words_of(source).sub(lambda found: _word(found[0], source, to), text)


def words_of(alphabet: str) -> regex.Pattern[str]:
    """What a word is in an alphabet."""
    return _WORDS[alphabet.partition("-")[0]]


@lru_cache(maxsize=100_000)
def _word(word: str, source: str, to: str) -> str:
    if to == "arabic":
        return _to_arabic(word)
    if source == "arabic":
        return _from_arabic(word)
    name = f"to_{to}" if source == "cyrillic" else f"from_{source}"
    lower = _lowered(word.translate(_APOSTROPHES), source)
    written = _letters(lower, load_rules(name))
    if to == "cyrillic":
        written = _with_h(written)
    return _cased(word, written, to)


def _lowered(word: str, alphabet: str) -> str:
    """Small letters; Latin of Kazakh has I for ı and İ for i."""
    if alphabet in ("latin-2021", "latin-2018"):
        word = word.replace("İ", "i")
        if alphabet == "latin-2021":
            word = word.replace("I", "ı")
    return word.lower()


def _letters(word: str, rules: dict[str, tuple[LetterRule, ...]]) -> str:
    pieces: list[str] = []
    at = 0
    while at < len(word):
        rule = next((rule for rule in rules.get(word[at], ()) if _fits(rule, word, at)), None)
        pieces.append(word[at] if rule is None else rule.becomes)
        at += 1 if rule is None else len(rule.letters)
    return "".join(pieces)


def _fits(rule: LetterRule, word: str, at: int) -> bool:
    end = at + len(rule.letters)
    return word.startswith(rule.letters, at) and _beside(rule.left, word, at - 1, "^") and _beside(rule.right, word, end, "$")


def _beside(wanted: str, word: str, at: int, border: str) -> bool:
    if not wanted:
        return True
    if not 0 <= at < len(word):
        return wanted == border
    # An apostrophe belongs to the letter before it.
    letter = word[at - 1] if word[at] == "'" and at else word[at]
    return wanted == ("V" if letter in VOWELS else "C")


def _with_h(word: str) -> str:
    """A Cyrillic word with һ for х where the list of such words has it."""
    if "х" in word:
        for start in word_list("words_with_h"):
            if word.startswith(start.replace("һ", "х")):
                return start + word[len(start) :]
    return word


def _cased(model: str, word: str, to: str) -> str:
    """`word` with capitals where `model` has them: everywhere, or at its beginning."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "".join(_capital(c, to) for c in word)
    return _capital(word[:1], to) + word[1:] if model[:1].isupper() else word


def _capital(letter: str, to: str) -> str:
    if to == "latin-2021" and letter in "iı":
        return {"i": "İ", "ı": "I"}[letter]
    return letter.upper()


def _to_arabic(word: str) -> str:
    lower = word.lower()
    written = _letters(lower, load_rules("to_arabic"))
    front = any(c in "әөүі" for c in lower) and not any(c in SHOWS_FRONT for c in written)
    return HAMZA + written if front else written


def _from_arabic(word: str) -> str:
    marked = word[0] in (HAMZA, "ء")
    letters = word[1:] if marked else word
    ending = _NOT_IN_HARMONY.search(letters)
    stem = letters[: ending.start()] if ending else letters
    front = marked or _begins_front(stem)
    is_first = True
    written = list(letters)
    for i, letter in enumerate(stem):
        front = letter in SHOWS_FRONT or (front and letter not in SHOWS_BACK)
        if letter in _FRONT_OF:
            front = front and (is_first or letter not in _FIRST_ONLY)
            if front:
                written[i] = _FRONT_OF[letter]
        is_first = is_first and letter not in VOWELS
    return _with_late_front_a(_letters("".join(written), load_rules("from_arabic")))


def _begins_front(stem: str) -> bool:
    """Whether the first vowel of a word without hamza is front: the first letter that shows it says so, and no later one denies it."""
    shown = next((c for c in stem if c in SHOWS_FRONT or c in SHOWS_BACK), "")
    return shown in SHOWS_FRONT and bool(shown) and stem.count("ا") < 2 and not any(c in SHOWS_BACK for c in stem)


def _with_late_front_a(word: str) -> str:
    plain = word.replace("ә", "а")
    for start in word_list("late_front_a"):
        if plain.startswith(start.replace("ә", "а")):
            return start + word[len(start) :]
    return word
