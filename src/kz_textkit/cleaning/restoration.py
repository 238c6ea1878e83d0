"""Repair with the dictionary: letters that Kazakh has and Russian has not, where they were typed or scanned as Russian ones.

`repair` knows no dictionary and `morphology` no damage; here the one is evidence for the other. What the dictionary suggests is on
record in every cleaned document, and is applied where it is asked for. What the suggestions are made of: `repair.missing_letters`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_SPECIAL
from kz_textkit.cleaning.scripts import script_edits
from kz_textkit.morphology.commonness import commonness_with, surely_common_with
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.repair.divided_words import divided_words
from kz_textkit.repair.engine import Rule
from kz_textkit.repair.missing_letters import Commonness, missing_letters, restore_all_letters

__all__ = ["BY_DICTIONARY", "RESTORED", "dictionary_rules"]

RESTORED = frozenset({"missing_letter"})
"""Rules whose suggestions are applied where letters are to be restored."""
BY_DICTIONARY = RESTORED | {"hyphen_join"}
"""Rules whose suggestions the dictionary makes."""


FEW = 1 / 200
"""Share of the letters that Kazakh alone has, up to which a text was typed without them; sound Kazakh has a quarter."""

_cyrillic_letters = re.compile("[а-яёА-ЯЁ]")
_special_letters = re.compile(f"[{''.join(sorted(KAZAKH_SPECIAL))}]")


def dictionary_rules(*, restore_letters: bool, suggest: bool = True, words: tuple[UserWord, ...] = ()) -> tuple[Rule, ...]:
    """The rules that need the dictionary, for one text; with `restore_letters`, also that for texts without any Kazakh letter, and
    without `suggest` not the one that suggests letters for words.

    The first writes texts in Latin or Arabic letters in Cyrillic ones. `words` are the user's own, which are known too.
    """
    if not suggest:
        return (script_edits,)
    known, surely_common = commonness_with(words), surely_common_with(words)
    # Repair confirms what it did by doing it again: the same text needs no second look.
    suggested = lru_cache(maxsize=1)(lambda text: missing_letters(text, known, surely_common))
    divided = lru_cache(maxsize=1)(lambda text: divided_words(text, known) if "- " in text else [])
    if not restore_letters:
        return script_edits, suggested, divided
    return script_edits, lambda text: _restore_wholly(text, known), suggested, divided


def _restore_wholly(text: str, known: Commonness) -> list[Edit]:
    """Letters for a text that lacks them all. Where some are written, the words without are for the other rule."""
    special = len(_special_letters.findall(text))
    if special > FEW * (special + len(_cyrillic_letters.findall(text))):
        return []
    return restore_all_letters(text, known)
