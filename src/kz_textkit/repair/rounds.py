"""The order of the rules, and the public functions of repair.

What a rule changes, the next one may need: first what is invisible, so that words are whole; then symbols and letters; then spacing,
which looks at the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kz_textkit.alignment import Edit
from kz_textkit.repair.combining import combining_letters
from kz_textkit.repair.digits import digits_in_words
from kz_textkit.repair.engine import Rule, run_rules
from kz_textkit.repair.explanation import Explanation
from kz_textkit.repair.homoglyphs import homoglyphs
from kz_textkit.repair.invisible import invisible_characters
from kz_textkit.repair.legacy_letters import legacy_letters
from kz_textkit.repair.spacing import collapse_spaces, punctuation_spacing
from kz_textkit.repair.symbols import symbol_characters

__all__ = ["Repaired", "explain", "fix", "repair"]

RULES: tuple[Rule, ...] = (
    invisible_characters,
    combining_letters,
    symbol_characters,
    homoglyphs,
    legacy_letters,
    digits_in_words,
    punctuation_spacing,
)
RULES_OF_FIX: tuple[Rule, ...] = (*RULES[:-1], collapse_spaces, RULES[-1])


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and what was done to it."""

    text: str
    edits: tuple[Edit, ...]
    """In offsets of the text before repair, in order; the applied ones (`applied`) don't overlap and make `text`."""
    warnings: tuple[str, ...] = ()


def repair(text: str, *, apply_suggestions: frozenset[str] = frozenset()) -> Repaired:
    """The text with its damage mended, line structure and runs of spaces as they were.

    `apply_suggestions` names rules whose uncertain edits are to be applied too.

    >>> repair("Ҥкіметтің ӛз ҧстанымы").text
    'Үкіметтің өз ұстанымы'
    """
    return _repair(text, RULES, apply_suggestions)


def fix(text: str) -> str:
    """The repaired text with runs of spaces inside its lines collapsed.

    >>> fix("ӛнер  мен   ғылым")
    'өнер мен ғылым'
    """
    return _repair(text, RULES_OF_FIX, frozenset()).text


def explain(text: str) -> Explanation:
    """What `fix` does to a text: its result with every edit, and the suggestions that it did not follow.

    >>> print(explain("ӛнер, cабақ"))
    0  legacy_letter   ӛ → ө  [ӛ]нер, cабақ
    6  homoglyph       c → с  ӛнер, [c]абақ
    """
    repaired = _repair(text, RULES_OF_FIX, frozenset())
    return Explanation(repaired.text, repaired.edits, repaired.warnings, text)


def _repair(text: str, rules: Sequence[Rule], apply_suggestions: frozenset[str]) -> Repaired:
    repaired, applied, suggestions = run_rules(text, rules, apply_suggestions)
    edits = sorted([*applied, *suggestions], key=lambda e: (e.start, e.end, not e.applied)) if suggestions else applied
    return Repaired(repaired, tuple(edits))
