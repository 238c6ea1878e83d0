"""Heads and feet of pages out of patterns such as `{title}   {n}|{n}   {title}` (odd pages before the bar, even ones after it)."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

__all__ = ["Furniture", "printed", "roman"]

_WORDS = re.compile(r"\{(?:title|TITLE|author|AUTHOR|section|journal|spaced|long|site|year|address|date)\}")


@dataclass(frozen=True)
class Furniture:
    """What the patterns name."""

    title: str
    author: str
    journal: str
    issue: int
    year: int
    site: str
    pages: int
    last: int


def roman(number: int) -> str:
    """Roman numeral in capitals.

    >>> roman(14)
    'XIV'
    """
    parts = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    numeral = ""
    for value, letters in parts:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def printed(pattern: str, number: int, section: str, of: Furniture, rng: random.Random, *, width: int = 0) -> list[tuple[str, str]]:
    """Lines of a head or foot with their labels; `width` in characters where runs of spaces push apart what stands left and right."""
    if not pattern:
        return []
    sides = re.split(r"\|(?=\{)", pattern)
    chosen = sides[(number + 1) % 2 if len(sides) == 2 else 0]
    values = {
        "n": str(number),
        "N": str(of.last),
        "roman": roman(number).lower(),
        "ROMAN": roman(number),
        "title": _short(of.title),
        "TITLE": _short(of.title).upper(),
        "author": of.author or _short(of.title),
        "AUTHOR": (of.author or _short(of.title)).upper(),
        "section": _short(section or of.title),
        "journal": of.journal,
        "issue": str(of.issue),
        "year": str(of.year),
        "site": of.site,
        "spaced": " ".join(_short(of.title, 24).upper().replace(" ", "  ")),
        "long": f"{of.author}. {of.title}. – {of.journal}: оқу-әдістемелік құрал, {of.year} ж. – {number}",
        "date": f"{of.issue % 12 + 1}/{of.issue % 28 + 1}/{of.year}",
        "address": f"{of.site if of.site.startswith('http') else 'https://' + of.site.removeprefix('© ')}/oqu/{of.issue * 37}",
        "ocr": _misread(str(number), rng),
        "glued": "",
    }
    lines = []
    for part in chosen.split("\n"):
        label = "running_head" if _WORDS.search(part) else "page_number"
        text = re.sub(r"\{(\w+)\}", lambda match: values[match[1]], part)
        if "   " in text:
            left, _, right = text.partition("   ")
            text = f"{left}{' ' * max(1, width - len(left) - len(right.strip()))}{right.strip()}"
        if text.strip():
            lines.append((text, label))
    return lines


def _short(title: str, most: int = 60) -> str:
    title = title.replace("\n", " ")
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0]


def _misread(number: str, rng: random.Random) -> str:
    if rng.random() < 0.5:
        number = number.translate(str.maketrans({rng.choice("0123456789"): rng.choice("ОlЗ|S'")}))
    return rng.choice(("", "", "- ", ". ", "•", "' ")) + number + rng.choice(("", "", " .", "'", " -"))
