"""Classes of letters and of tokens that units ask for."""

from __future__ import annotations

import re

__all__ = [
    "CASE_CONTEXTS",
    "CHANGING",
    "CYRILLIC",
    "DIGITS",
    "FIRST_CYRILLIC",
    "HYPHENS",
    "KAZAKH_LETTERS",
    "LETTERS",
    "NUMBER",
    "NUMBER_HEAD",
    "RUSSIAN_ENDS",
    "VOWEL_LETTERS",
    "is_plain",
]

CHANGING = frozenset("аеыіуияю")
"""First letters of suffixes that may change the stem before them."""
VOWEL_LETTERS = frozenset("аеыіу")
LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)
DIGITS = re.compile(r"\d")
FIRST_CYRILLIC = "\u0400"
HYPHENS = {0x2010: "-", 0x2011: "-"}
"""Hyphens of typesetters: a word is the same with them (`бау‐бақша`)."""
CYRILLIC = re.compile(r"[\u0400-\u04FF]")
NUMBER = re.compile(r"[+-]?\d[\d\s.,:/%–-]*$|[IVXLCDM]+$")
NUMBER_HEAD = re.compile(r"(\d[\d.,/:]*(?:[%‰]|°[CСFК]?)?|[IVXLCDM]+)([-'’]?)(?=[^\d])")
CASE_CONTEXTS = ("bT", "fT", "bV", "fV", "bM", "fM", "bR", "fR", "bL", "fL", "bZ", "fZ")
"""Ends of stems whose sound is not written: abbreviations, figures, names of other languages."""
KAZAKH_LETTERS = frozenset("әіңғүұқөһ")
RUSSIAN_ENDS = (
    *("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ыми", "ими", "ых", "их", "ую", "юю"),
    *("ть", "ться", "лся", "лась", "лись", "ется", "ются", "ние", "ния", "нии", "нием", "ости", "ость", "остью", "щих", "щий", "вший"),
    *("ами", "ями", "ах", "ях", "ов", "ого"),
)
"""Ends that unknown words without a Kazakh letter have in Russian: `приготовления`, `является`."""


def is_plain(word: str) -> bool:
    """Whether a token is nothing but letters, the first of them Cyrillic or of a later script."""
    return word.isalpha() and word[0] >= FIRST_CYRILLIC
