"""Tables of letters: what a letter or a group of letters becomes in another alphabet, and where.

Each line of `data/to_ALPHABET.tsv` and `data/from_ALPHABET.tsv`: from, to, what must stand to the left and to the right (V a vowel, C a
consonant, ^ the beginning of the word, $ its end; nothing for anything). The sources of the alphabets stand at the head of each file.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["ALPHABETS", "LetterRule", "load_rules", "word_list"]

ALPHABETS = ("cyrillic", "latin-2021", "latin-2018", "latin-2017", "arabic")
"""Names of the alphabets, as `transliterate` takes them."""


class LetterRule(NamedTuple):
    """What some letters become at some places."""

    letters: str
    becomes: str
    left: str
    right: str


@lru_cache
def load_rules(name: str) -> dict[str, tuple[LetterRule, ...]]:
    """The rules of a table (`to_arabic`, …) by the first letter of what they are for, the longest first.

    >>> [rule.becomes for rule in load_rules("to_latin-2021")["ң"]]
    ['ñ']
    """
    rules: dict[str, list[LetterRule]] = {}
    for line in files("kz_textkit.scripts").joinpath("data").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            rule = LetterRule(*[*line.split("\t"), "", "", ""][:4])
            rules.setdefault(rule.letters[0], []).append(rule)
    return {first: tuple(sorted(own, key=lambda rule: -len(rule.letters))) for first, own in rules.items()}


@lru_cache
def word_list(name: str) -> tuple[str, ...]:
    """The words of a list in `data/`, longest first."""
    lines = files("kz_textkit.scripts").joinpath("data").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))
