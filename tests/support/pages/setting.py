"""How a document is set on pages and how an extractor gave it back: one value of `Setting` each."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from kz_textkit.layout.widths import AVERAGE
from labelled import Split
from pages.material import entries, share

__all__ = ["Setting", "choose"]


@dataclass(frozen=True)
class Setting:
    """Widths are in thousandths of an em, gaps in blank lines."""

    name: str = "paragraphs"
    wrapped: bool = True
    width: int = 34_000
    by_characters: bool = False
    ragged: int = 0
    indent: int = 0
    """Printed width of the indent of first lines."""
    indent_text: str = ""
    """What of the indent is left in the text."""
    headings_indented: bool = False
    margin: tuple[str, str] = ("", "")
    """White space before the lines of odd and of even pages."""
    centred: bool = False
    """Titles are centred with spaces, as `pdftotext -layout` does."""
    between: int = 0
    inside: int = 0
    """Blank lines after every line, as texts of double spacing have."""
    before_heading: int = 1
    after_heading: int = 1
    in_lists: int = 0
    blank: str = ""
    """What stands on blank lines."""
    trail: str = ""
    """What stands at the ends of lines."""
    hyphens: float = 0.0
    """Share of the possible divisions of words that are made."""
    hyphen: str = "-"
    """What is left of the hyphen: a character; `join`: the next line is put to this one; `word`: the rest of the word is; `alone`:
    the hyphen has a line of its own."""
    height: int = 0
    """Lines on a page; 0: no pages."""
    head: str = ""
    foot: str = ""
    """Patterns of `furniture.py`, with `{n}` and others."""
    first_page: int = 1
    furniture_gap: int = 1
    page_end: str = "\n"
    """Between pages: `\\n` or `\\n\\f` or blank lines."""
    chapters_on_new_pages: bool = False
    note_mark: str = "1"
    """`1`, `[1]`, `*`, `¹`, ` 1 `, `1)`."""
    note_rule: str = ""
    note_numbers_apart: bool = False
    """The numbers of the notes come in lines of their own above the notes."""
    notes_by_page: bool = True
    links: float = 0.0
    """Share of pages at whose foot addresses of links are printed."""
    stretched: float = 0.0
    """Share of justified lines that come out a word a line."""
    wide_spaces: float = 0.0
    """Share of lines with runs of spaces between the words."""
    noise: float = 0.0
    """Share of lines with a fault of OCR."""
    tables: str = "rows"
    """`rows` (spaces), `tabs`, `bars`, `cells` (a line each)."""
    dots: str = "dots"
    """Of contents: `dots`, `spaces`, `tab`, `first` (number first), `above`, `below`, `none`."""
    verse_indent: str = ""
    stanza_gap: int = 1
    marks: bool = False


HYPHENS = ("-", "¬", "\x02", "-", "join", "\xad", "-", "\u2010", "\ufffe", "-", "word", "-", "-", "alone", "join")
INDENTS = ("    ", "   ", "      ", "\t", "  ", "\u2003", "     ", "\xa0\xa0\xa0\xa0", "        ", "\xa0\xa0\xa0\xa0\xa0 ")
NOTE_MARKS = ("1", "[1]", "*", "¹", " 1 ", "1)", "1", " [1]", "1", "(1)")
RULES = ("", "________________", "", "_____", "------------", "——————", "", "* * *", "", "________________________________")


def choose(split: Split, rng: random.Random, *, marks: bool = False) -> Setting:
    """A setting at random out of those of a split."""
    setting = _page(_lines(split, rng), split, rng, always=marks)
    setting = replace(
        setting,
        tables=rng.choice(("rows", "rows", "tabs", "cells", "cells", "bars")),
        dots=rng.choice(("dots", "dots", "dots", "spaces", "tab", "first", "above", "below", "spaced dots")),
        verse_indent=rng.choice(("", "", "", "    ", "        ")) if setting.indent_text or setting.centred else "",
        note_mark=rng.choice(share(NOTE_MARKS, split)),
        note_rule=rng.choice(share(RULES, split)),
        note_numbers_apart=rng.random() < 0.12,
        notes_by_page=rng.random() < 0.7,
    )
    return replace(setting, **_AS_READ, name=f"{setting.name}, with marks", marks=True) if marks else setting


_AS_READ: dict[str, Any] = {
    "wrapped": True,
    "indent_text": "",
    "margin": ("", ""),
    "centred": False,
    "blank": "",
    "trail": "",
    "page_end": "\n\f",
    "stretched": 0.0,
    "wide_spaces": 0.0,
    "verse_indent": "",
    "inside": 0,
}
"""A reader that gives marks leaves geometry out of the text."""


def _lines(split: Split, rng: random.Random) -> Setting:
    """How lines and paragraphs are told apart."""
    narrow = {"training": (15_000, 42_000), "development": (20_000, 38_000), "held_out": (18_000, 40_000)}[split]
    typed = {"training": (52, 90), "development": (60, 78), "held_out": (56, 84)}[split]
    way = rng.choices(
        ("unwrapped", "apart", "indented", "indents lost", "double", "layout", "typed", "columns", "airy"),
        (14, 16, 16, 12, 8, 12, 8, 8, 6),
    )[0]
    width = rng.randint(*narrow)
    hyphenated = rng.random() < 0.45
    base = Setting(
        name=way,
        width=width,
        ragged=rng.choice((0, 0, 0, 1500, 3000)),
        hyphens=rng.choice((1.0, 0.8, 0.5)) if hyphenated else 0.0,
        hyphen=rng.choice(share(HYPHENS, split)),
        stretched=0.02 if rng.random() < 0.05 else 0.0,
        noise=0.02 if rng.random() < 0.08 else 0.0,
    )
    around = rng.choice(((1, 1), (1, 0), (2, 1), (0, 0), (1, 1), (2, 2), (0, 1)))
    if way == "unwrapped":
        gap = rng.choice((0, 0, 1, 1, 2))
        head = gap if rng.random() < 0.6 else gap + 1
        base = Setting(
            name="a line a paragraph",
            wrapped=False,
            between=gap,
            before_heading=head,
            after_heading=rng.choice((gap, head, 0)),
            in_lists=rng.choice((0, gap)),
            indent_text=rng.choice(("", "", "", rng.choice(share(INDENTS, split)))),
            noise=base.noise,
        )
    elif way == "apart":
        indent = rng.choice((0, 0, 1500))
        base = replace(
            base,
            between=1,
            before_heading=max(1, around[0]),
            after_heading=max(around[1], 0),
            in_lists=rng.choice((0, 1)),
            indent=indent,
        )
    elif way == "indented":
        own = rng.choice(share(INDENTS, split))
        base = replace(
            base,
            indent=rng.choice((1500, 2000, 2500)),
            indent_text=own,
            between=rng.choice((0, 0, 0, 1)),
            before_heading=around[0],
            after_heading=around[1],
            headings_indented=rng.random() < 0.3,
        )
    elif way == "indents lost":
        base = replace(base, indent=rng.choice((0, 1500, 2500)), before_heading=around[0] % 2, after_heading=around[1] % 2)
    elif way == "double":
        base = replace(
            base,
            inside=1,
            between=rng.choice((1, 1, 2)),
            before_heading=rng.choice((1, 2, 3)),
            after_heading=rng.choice((1, 2, 3)),
            in_lists=1,
            indent=2000,
            blank=rng.choice(("", " ")),
            trail=rng.choice(("", " ")),
            stanza_gap=rng.choice((2, 3)),
        )
    elif way == "layout":
        margin = rng.choice((0, 0, 3, 6, 10))
        base = replace(
            base,
            indent=2000,
            indent_text=rng.choice(("    ", "     ", "      ")),
            centred=True,
            between=rng.choice((0, 0, 1)),
            before_heading=around[0],
            after_heading=around[1],
            margin=(" " * margin, " " * rng.choice((margin, margin + 2))),
            wide_spaces=rng.choice((0.0, 0.0, 0.1)),
        )
    elif way == "typed":
        base = replace(
            base,
            by_characters=True,
            width=AVERAGE * rng.randint(*typed),
            between=rng.choice((0, 1)),
            indent_text=rng.choice(("", "   ", "     ")),
            hyphens=0.0,
            before_heading=1,
            after_heading=1,
            ragged=rng.choice((0, 4000)),
        )
    elif way == "columns":
        base = replace(
            base,
            width=rng.randint(12_000, 19_000),
            hyphens=rng.choice((1.0, 1.0, 0.6)),
            indent=1000,
            indent_text=rng.choice(("", "", "  ")),
            before_heading=around[0] % 2,
            after_heading=around[1] % 2,
            noise=rng.choice((0.0, 0.03)),
        )
    else:
        base = replace(base, between=rng.choice((2, 3)), before_heading=rng.choice((2, 3)), after_heading=2, in_lists=1, ragged=0)
    return base


def _page(setting: Setting, split: Split, rng: random.Random, *, always: bool) -> Setting:
    """Pages, and what stands at their heads and feet."""
    if not always and rng.random() < (0.25 if setting.wrapped else 0.75):
        return setting
    head, foot = (rng.choice(share(entries(f"furniture/{place}"), split)).replace("\\n", "\n") for place in ("head", "foot"))
    if "{n}" in head and rng.random() < 0.8:
        foot = ""
    height = rng.randint(26, 58) * (1 + setting.inside)
    return replace(
        setting,
        name=f"{setting.name}, pages",
        height=height if setting.wrapped or always else rng.randint(8, 16),
        head=head,
        foot=foot,
        first_page=rng.choice((1, 1, 2, 3, 5, 7, 34, 98, 121, 245)),
        furniture_gap=rng.choice((0, 0, 1, 1, 2)),
        page_end=rng.choice(("\n", "\n", "\n\f", "\n\f", "\n\n", "\n\n\n", "\n\n\f")),
        chapters_on_new_pages=rng.random() < 0.4,
        links=rng.choice((0.0, 0.0, 0.0, 0.0, 0.6)),
    )
