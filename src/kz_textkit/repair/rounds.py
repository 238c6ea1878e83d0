"""The order of the rules, and the public functions of repair.

What a rule changes, the next one may need: first letters that were read in the wrong encoding (half of one can be a soft hyphen), then
what is invisible, so that words are whole; then symbols and letters; then spacing, which looks at the words.

A repaired text has nothing left to repair. Every edit but those of spacing takes a suspicious character away and puts none in its
place, and what is mended is evidence for what is left, so that repeating the round comes to rest: nearly always after the first,
which the next one confirms. A text that does not come to rest within `ROUNDS` (none is known that anyone wrote) is left as it is,
with a warning; so `fix(fix(text)) == fix(text)` for every text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from string import digits, punctuation

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import DIGIT_TO_CYRILLIC, KAZAKH_LETTERS, KAZAKH_SPECIAL, LEGACY_LETTERS, RUSSIAN_LETTERS
from kz_textkit.repair.apostrophes import APOSTROPHES, apostrophes_in_words
from kz_textkit.repair.capitals import CAPITALS, capitals_in_words
from kz_textkit.repair.characters import characters_of, has_row
from kz_textkit.repair.combining import combining_letters
from kz_textkit.repair.digits import digits_in_words
from kz_textkit.repair.encoding import encoding_edits, lost_letters
from kz_textkit.repair.engine import Rule, compose, lead_back, run_rules
from kz_textkit.repair.explanation import Explanation
from kz_textkit.repair.homoglyphs import homoglyphs
from kz_textkit.repair.invisible import has_invisible, invisible_characters
from kz_textkit.repair.legacy_letters import legacy_letters
from kz_textkit.repair.spacing import collapse_spaces, punctuation_spacing
from kz_textkit.repair.symbols import is_private, symbol_characters

__all__ = ["Repaired", "explain", "fix", "repair"]

ROUNDS = 6

#: Kazakh letters, digits and common punctuation. Most rules look for other characters.
_USUAL = KAZAKH_LETTERS | frozenset(digits + punctuation + "\n\t «»–—…№“”•")
_ENTITY = re.compile("&(?:#[0-9xX]|[A-Za-z]{2,8};|amp|nbsp|quot)")
# Question marks and replacement characters where letters should be; letters that Russian has not, and nothing but these.
_SIGN_OF_LOSS = re.compile(r"\?(?=[а-яёәғқңөұүһі])")
_SPECIAL, _RUSSIAN = "".join(sorted(KAZAKH_SPECIAL)), "".join(sorted(RUSSIAN_LETTERS))
_ROW = 6
_ROW_OF_SPECIAL = re.compile(f"[{_SPECIAL}](?:[^{_RUSSIAN}{_SPECIAL}]{{0,3}}[{_SPECIAL}]){{{_ROW - 1}}}")
_LEGACY = frozenset(LEGACY_LETTERS)
_COMBINING = frozenset("\u0306\u0308")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done to it."""

    text: str
    edits: tuple[Edit, ...]
    """In offsets of the text before repair, in order; the applied ones (`applied`) don't overlap and make `text`."""
    warnings: tuple[str, ...] = ()


def repair(
    text: str,
    *,
    apply_suggestions: frozenset[str] = frozenset(),
    further: tuple[Rule, ...] = (),
    off: frozenset[str] = frozenset(),
) -> Repaired:
    """The text with its damage mended, line structure and runs of spaces as they were.

    `apply_suggestions` names rules whose uncertain edits are to be applied too. `further` rules come after those of this package:
    what needs a dictionary (letters that are missing) comes in from outside. `off` names rules that are not to be used.

    >>> repair("Ҥкіметтің ӛз ҧстанымы").text
    'Үкіметтің өз ұстанымы'
    """
    return _repair(text, (punctuation_spacing, *further), apply_suggestions, off)


def fix(text: str) -> str:
    """The repaired text with runs of spaces inside its lines collapsed.

    >>> fix("ӛнер  мен   ғылым")
    'өнер мен ғылым'
    """
    return explain(text).text


def explain(
    text: str,
    *,
    apply_suggestions: frozenset[str] = frozenset(),
    further: tuple[Rule, ...] = (),
    off: frozenset[str] = frozenset(),
) -> Explanation:
    """What `fix` does to a text: its result with every edit, and the suggestions that it did not follow.

    The options are those of `repair`.

    >>> print(explain("ӛнер, cабақ"))
    0  legacy_letter   ӛ → ө  [ӛ]нер, cабақ
    6  homoglyph       c → с  ӛнер, [c]абақ
    """
    repaired = _repair(text, (collapse_spaces, punctuation_spacing, *further), apply_suggestions, off)
    return Explanation(repaired.text, repaired.edits, repaired.warnings, text)


def _repair(text: str, rules_for_all: tuple[Rule, ...], apply_suggestions: frozenset[str], off: frozenset[str]) -> Repaired:
    current, applied = text, list[Edit]()
    for _ in range(ROUNDS):
        further, made, suggestions = run_rules(current, (*_rules_for(current), *rules_for_all), apply_suggestions, off)
        if not made:
            warnings = (*_unknown_symbols(suggestions), *_losses(current))
            edits = [*applied, *lead_back(text, suggestions, applied)]
            if suggestions:
                edits.sort(key=attrgetter("start", "end"))
            return Repaired(current, tuple(edits), warnings)
        applied, current = compose(text, applied, made), further
    return Repaired(text, (), (*_losses(text), "repair does not come to rest; the text was left as it is"))


def _rules_for(text: str) -> Iterator[Rule]:
    # The rules that can find something, in their order, by the characters that the text has.
    characters = characters_of(text)
    unusual = characters - _USUAL
    if "&" in characters and _ENTITY.search(text):
        unusual |= {"&"}
    yield from (rule for applies, rule in _RULES if applies(unusual))
    yield from (rule for sought, rule in _RULES_FOR_WORDS if not characters.isdisjoint(sought))


def _is_suspicious(character: str) -> bool:
    return not (character.isascii() and character.isalpha()) and character not in _LEGACY and not is_private(character)


_RULES: tuple[tuple[Callable[[frozenset[str]], bool], Rule], ...] = (
    (lambda characters: any(map(_is_suspicious, characters)), encoding_edits),
    (lambda characters: has_invisible("".join(characters)), invisible_characters),
    (lambda characters: not characters.isdisjoint(_COMBINING), combining_letters),
    (lambda characters: any(map(is_private, characters)), symbol_characters),
    (lambda characters: any(c.isalpha() or c == "¥" for c in characters), homoglyphs),
    (lambda characters: not characters.isdisjoint(_COMBINING), combining_letters),
    (lambda characters: not characters.isdisjoint(_LEGACY), legacy_letters),
)
#: Rules that look at usual characters in the midst of words, after all others but those of spacing.
_RULES_FOR_WORDS: tuple[tuple[Iterable[str], Rule], ...] = (
    (APOSTROPHES, apostrophes_in_words),
    (DIGIT_TO_CYRILLIC, digits_in_words),
    (CAPITALS, capitals_in_words),
)


def _losses(text: str) -> list[str]:
    # Most texts show at once that they lost nothing.
    suspicious = "\ufffd" in text or _SIGN_OF_LOSS.search(text) or _has_row_of_special(text)
    return lost_letters(text) if suspicious else []


def _has_row_of_special(text: str) -> bool:
    return has_row(text, _SPECIAL, _RUSSIAN, _ROW) and _ROW_OF_SPECIAL.search(text) is not None


def _unknown_symbols(suggestions: list[Edit]) -> Iterator[str]:
    places = [e for e in suggestions if e.rule == "symbol"]
    if places:
        kinds = sorted({e.before for e in places})
        names = ", ".join(f"U+{ord(c):04X}" for c in kinds[:8]) + (" ..." if len(kinds) > 8 else "")
        yield f"private-use characters that no known font explains: {len(places)} ({names}), the first at character {places[0].start}"
