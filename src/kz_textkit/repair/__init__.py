"""Repair: damaged letters, look-alikes, symbols, invisible characters and spacing put right, with a record of every edit.

One module a kind of damage; each rule is a function from a text to the edits that it asks for (`engine` runs them). Nothing here joins
lines or touches indentation: layout needs them as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from kz_textkit.alignment import Edit
from kz_textkit.repair.engine import Rule, run_rules
from kz_textkit.repair.invisible import invisible_characters
from kz_textkit.repair.legacy_letters import legacy_letters
from kz_textkit.repair.symbols import symbol_characters

__all__ = ["Repaired", "fix", "repair"]

RULES: tuple[Rule, ...] = (invisible_characters, symbol_characters, legacy_letters)


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
    repaired, applied, suggestions = run_rules(text, RULES, apply_suggestions)
    edits = sorted([*applied, *suggestions], key=lambda e: (e.start, e.end, not e.applied)) if suggestions else applied
    return Repaired(repaired, tuple(edits))


def fix(text: str) -> str:
    """The repaired text with runs of spaces inside its lines collapsed.

    >>> fix("ӛнер  мен   ғылым")
    'өнер мен ғылым'
    """
    return repair(text).text
