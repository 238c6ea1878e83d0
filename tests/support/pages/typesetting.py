"""Filling lines: by printed width or by characters, broken at spaces, after hyphens of compounds and, if wanted, within words."""

from __future__ import annotations

import random
import re
from functools import lru_cache

from damage import syllables
from kz_textkit.layout.widths import AVERAGE, printed_width
from pages.model import HYPHEN

__all__ = ["fill", "width_of"]

_word_width = lru_cache(maxsize=200_000)(printed_width)
_SPACE = printed_width(" ")
_DIVIDED = re.compile(r"^(\W*)(\w{5,})(.*)$", re.DOTALL)


def width_of(text: str, *, by_characters: bool) -> int:
    """Width in thousandths of an em."""
    if by_characters:
        return AVERAGE * len(text)
    words = text.split(" ")
    return sum(map(_word_width, words)) + _SPACE * (len(words) - 1)


def fill(
    text: str, full: int, rng: random.Random, *, indent: int = 0, by_characters: bool = False, hyphens: float = 0.0, ragged: int = 0
) -> list[str]:
    """`text` in lines no wider than `full`; the first is `indent` narrower. Lines that a divided word runs over end in `HYPHEN`.

    `hyphens` is the share of possible divisions that are made; `ragged`, how much the measure differs from line to line.
    """
    lines: list[str] = []
    space = AVERAGE if by_characters else _SPACE
    measure = (lambda word: AVERAGE * len(word)) if by_characters else _word_width
    line: list[str] = []
    used, room = 0, full - indent
    for word in text.split(" "):
        own = measure(word)
        rest = word
        while used + (space if line else 0) + own > room and (line or own > room):
            head = _head(rest, room - used - (space if line else 0), measure, hyphens, rng)
            if head:
                line.append(head)
                rest = rest[len(head.rstrip(HYPHEN)) :]
                own = measure(rest)
            elif not line:
                break
            lines.append(" ".join(line))
            line, used, room = [], 0, full - (rng.randint(0, ragged) if ragged else 0)
        if rest:
            used += own + (space if line else 0)
            line.append(rest)
    if line:
        lines.append(" ".join(line))
    return lines or [""]


def _head(word, room, measure, hyphens, rng) -> str:  # type: ignore[no-untyped-def]
    """The longest beginning of `word` that fits: up to a hyphen of its own, or a syllable's end."""
    for match in reversed(list(re.finditer(r"(?<=\w)[-–](?=\w)", word if "//" not in word else ""))):
        if measure(word[: match.end()]) <= room:
            return word[: match.end()]
    if "//" in word:
        cuts = (match.end() for match in re.finditer(r"(?<=\w)[/_=-]", word))
        return word[: max((cut for cut in cuts if cut < len(word) and measure(word[:cut]) <= room), default=0)]
    if hyphens and rng.random() < hyphens:
        divided = _DIVIDED.match(word)
        if divided:
            before, inner, _ = divided.groups()
            for head in reversed(list(syllables(inner))):
                if 2 <= len(head) <= len(inner) - 2 and measure(before + head + "-") <= room:
                    return before + head + HYPHEN
    return ""
