"""What the names of paragraph styles say: Word and LibreOffice name their built-in styles in the language of the program.

The names, in English, Russian, Kazakh and other languages that Kazakh documents come from, stand in `data/style_names.tsv`, one pattern
a line with the kind of block it is for; a pattern is a regular expression for the whole name, in small letters without spaces.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["StyleRole", "role_of_style"]


class StyleRole(NamedTuple):
    """What paragraphs of a style are."""

    kind: str
    """A kind of block, `running_head` or `page_number`."""
    level: int | None = None
    """Of a heading or an entry of contents."""
    caption: bool = False


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, int | None], ...]:
    table = files("kz_textkit.readers").joinpath("data/style_names.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    return tuple((re.compile(pattern), kind, int(level) if level else None) for pattern, kind, level in lines)


@cache
def role_of_style(name: str) -> StyleRole | None:
    """What the name of a style says of its paragraphs, or None.

    >>> role_of_style("Заголовок 2"), role_of_style("Тақырып 1")
    (StyleRole(kind='heading', level=2, caption=False), StyleRole(kind='heading', level=1, caption=False))
    >>> role_of_style("Название объекта"), role_of_style("Normal")
    (StyleRole(kind='note', level=None, caption=True), None)
    """
    plain = re.sub(r"[\s_]+", "", name).lower()
    for pattern, kind, level in _patterns():
        if (m := pattern.fullmatch(plain)) is not None:
            digits = next((group for group in m.groups() if group), None)
            found = int(digits) if digits and level is None else level
            return StyleRole("note", None, True) if kind == "caption" else StyleRole(kind, found)
    return None
