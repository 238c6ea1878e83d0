"""Damage to the letters and spaces of clean Kazakh text, as it happens in the world: what repair has to undo.

Every function takes a text, a random generator and the share of places to damage, and returns the damaged text.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

__all__ = ["DAMAGES"]

LOOK_ALIKES = dict(zip("аеосрхуіһАВЕКМНОРСТХІҮ", "aeocpxyihABEKMHOPCTXIY", strict=True))
LEGACY = dict(zip("өұүӨҰҮ", "ӛҧҥӚҦҤ", strict=True))


def _replace(text: str, table: dict[str, str], rng: random.Random, rate: float) -> str:
    return "".join(table[c] if c in table and rng.random() < rate else c for c in text)


def look_alikes(text: str, rng: random.Random, rate: float) -> str:
    """Latin letters for a share of the Cyrillic ones that look like them."""
    return _replace(text, LOOK_ALIKES, rng, rate)


def damage_words(text: str, rng: random.Random, rate: float) -> str:
    """Latin letters for all that look like them, in a share of the words."""
    return re.sub(r"\w+", lambda m: look_alikes(m[0], rng, 1.0) if rng.random() < rate else m[0], text)


def typed_i(text: str, rng: random.Random, rate: float) -> str:
    """`i` and `h` typed for `і` and `һ`, as on keyboards that lack them."""
    return _replace(text, {"і": "i", "І": "I", "һ": "h"}, rng, rate)


def legacy_font(text: str, rng: random.Random, rate: float) -> str:
    """The letters of a misbuilt font for `ө ұ ү`."""
    return _replace(text, LEGACY, rng, rate)


def decompose(text: str, rng: random.Random, rate: float) -> str:
    """`й` and `ё` in two code points."""
    return "".join(unicodedata.normalize("NFD", c) if c in "йёЙЁ" and rng.random() < rate else c for c in text)


def insert_invisible(text: str, rng: random.Random, rate: float) -> str:
    """Soft hyphens and zero-width spaces inside words."""
    return re.sub(r"(?<=\w)(?=\w)", lambda _: rng.choice("\u00ad\u200b") if rng.random() < rate else "", text)


def no_break_spaces(text: str, rng: random.Random, rate: float) -> str:
    """No-break and thin spaces for plain ones."""
    return re.sub(" ", lambda _: rng.choice("\u00a0\u2009\u202f") if rng.random() < rate else " ", text)


def join_sentences(text: str, rng: random.Random, rate: float) -> str:
    """No space after the end of a sentence, or after a comma."""
    gap = r"(?<=[а-яәғқңөұүһі]{3}[.,!?;]) (?=[А-ЯӘҒҚҢӨҰҮҺІа-яәғқңөұүһі]{2})"
    return re.sub(gap, lambda _: "" if rng.random() < rate else " ", text)


DAMAGES: dict[str, Callable[[str, random.Random, float], str]] = {
    f.__name__: f
    for f in (look_alikes, damage_words, typed_i, legacy_font, decompose, insert_invisible, no_break_spaces, join_sentences)
}
