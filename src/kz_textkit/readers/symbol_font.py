"""Letters of the fonts Symbol and Wingdings, which Word writes as private characters, as the characters that they are drawn as.

From the encodings of the two fonts (Adobe's mapping of Symbol, Microsoft's of Wingdings), in `data/symbol_font.tsv`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["symbol"]

BULLET = "•"


@cache
def _tables() -> dict[str, dict[int, str]]:
    tables: dict[str, dict[int, str]] = {}
    table = files("kz_textkit.readers").joinpath("data/symbol_font.tsv").read_text("utf-8")
    for line in table.splitlines()[1:]:
        if line and not line.startswith("#"):
            font, code, character = line.split("\t")
            tables.setdefault(font, {})[int(code, 16)] = character
    return tables


def symbol(text: str, font: str = "") -> str:
    """A text with private characters of symbol fonts as what they show; what is unknown is a bullet.

    >>> symbol("\\uf061\\uf0b7", "Symbol"), symbol("\\uf0fc", "Wingdings"), symbol("–")
    ('α•', '✓', '–')
    """
    if not any("\uf000" <= c <= "\uf0ff" for c in text):
        return text
    table = _tables().get("Wingdings" if font.startswith("Wingdings") else "Symbol", {})
    return "".join(table.get(ord(c) - 0xF000, BULLET) if "\uf000" <= c <= "\uf0ff" else c for c in text)
