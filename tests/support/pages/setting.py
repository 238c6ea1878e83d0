"""How a document is set on pages and how an extractor gave it back: one value of `Setting` each."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
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
    columns: int = 1
    """Columns of a page, of so many lines each, one after the other in the text."""
    head: str = ""
    foot: str = ""
    """Patterns of `furniture.py`, with `{n}` and others."""
    first_page: int = 1
    missing: float = 0.0
    """Share of the pages that are not there, as in a scan of a worn book."""
    begins_again: int = 0
    """After so many pages the numbers begin again with 1, as in the second part of a book."""
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
    stray: float = 0.0
    """Share of lines followed by a blank one that means nothing."""
    tables: str = "rows"
    """`rows` (spaces), `tabs`, `bars`, `cells` (a line each), `cells apart` (a blank line after each)."""
    dots: str = "dots"
    """Of contents: `dots`, `spaces`, `tab`, `first` (number first), `above`, `below`, `apart` (the label of a
    title in a line of its own)."""
    hanging: str = ""
    """White space before the further lines of items, notes and sources."""
    drop_capital: bool = False
    """The first letter of a chapter comes in a line of its own."""
    spaced_notes: bool = False
    """The first word of a footnote is letter-spaced."""
    verse_indent: str = ""
    stanza_gap: int = 1
    marks: bool = False


HYPHENS: Mapping[Split, tuple[str, ...]] = {
    "training": ("-", "-", "-", "-", "¬", "\x02", "join", "join", "\xad", "word"),
    "development": ("-", "-", "join", "\ufffe", "alone"),
    "held_out": ("-", "-", "join", "\u2010", "\ufffe", "alone"),
}
INDENTS = ("    ", "   ", "      ", "\t", "  ", "\u2003", "     ", "\xa0\xa0\xa0\xa0", "        ", "\xa0\xa0\xa0\xa0\xa0 ")
NOTE_MARKS = ("1", "[1]", "*", "¹", " 1 ", "1)", "1", " [1]", "1", "(1)")
RULES = ("", "________________", "", "_____", "------------", "——————", "", "* * *", "", "________________________________")


def choose(split: Split, rng: random.Random, kind: str = "", *, marks: bool = False) -> Setting:
    """A setting at random out of those of a split; kinds that the world sets in some ways more often are so here."""
    favoured = _FAVOURED.get(kind, ())
    weights = [weight * (4 if way in favoured else 0 if kind in _NEVER_OTHERWISE else 1) for way, (weight, _) in _WAYS.items()]
    way = rng.choices(tuple(_WAYS), weights)[0]
    setting = _WAYS[way][1](_line(way, split, rng), split, rng)
    if marks or kind not in _NEVER_OTHERWISE:
        setting = _paged(setting, split, rng, always=marks or (kind == "slides" and rng.random() < 0.8))
    else:
        setting = replace(setting, hyphens=0.0, stretched=0.0, stray=0.0, noise=0.0)
    roomy = bool(setting.indent_text) or setting.centred
    setting = replace(
        setting,
        tables=rng.choice(("rows", "rows", "rows", "tabs", "cells", "cells", "cells apart", "bars")),
        dots=rng.choice(("dots", "dots", "dots", "spaces", "tab", "first", "above", "below", "spaced dots", "apart")),
        verse_indent=rng.choice(("", "", "", "    ", "        ")) if roomy else "",
        hanging=rng.choice(("", "", "  ", "       ")) if roomy else "",
        drop_capital=rng.random() < 0.04,
        note_mark=rng.choice(share(NOTE_MARKS, split)),
        note_rule=rng.choice(share(RULES, split)),
        note_numbers_apart=rng.random() < 0.12,
        notes_by_page=rng.random() < 0.7,
        spaced_notes=rng.random() < 0.1,
    )
    return replace(setting, **_AS_READ, name=f"{setting.name}, with marks", marks=True) if marks else setting


_FAVOURED: Mapping[str, tuple[str, ...]] = {
    "newspaper": ("columns",),
    "encyclopedia": ("columns",),
    "dictionary": ("columns", "unwrapped"),
    "web_news": ("unwrapped", "airy"),
    "web_encyclopedia": ("unwrapped", "apart"),
    "reviews": ("unwrapped",),
    "forum": ("unwrapped",),
    "site": ("unwrapped", "apart", "airy"),
    "chat": ("unwrapped",),
    "subtitles": ("unwrapped",),
    "markdown": ("typed", "apart", "unwrapped"),
    "slides": ("unwrapped", "apart"),
    "law": ("indented", "layout"),
    "novel": ("indented", "indents lost"),
}
_NEVER_OTHERWISE = ("markdown",)
_AS_READ: Mapping[str, Any] = {
    "wrapped": True,
    "indent_text": "",
    "margin": ("", ""),
    "centred": False,
    "blank": "",
    "trail": "",
    "page_end": "\n\f",
    "stretched": 0.0,
    "stray": 0.0,
    "wide_spaces": 0.0,
    "verse_indent": "",
    "hanging": "",
    "inside": 0,
}
"""A reader that gives marks leaves geometry out of the text."""


def _line(way: str, split: Split, rng: random.Random) -> Setting:
    """What all ways share: measure, hyphens, accidents."""
    narrowest, widest = {"training": (15_000, 42_000), "development": (20_000, 38_000), "held_out": (18_000, 40_000)}[split]
    before, after = rng.choice(((1, 1), (1, 0), (2, 1), (0, 0), (1, 1), (2, 2), (0, 1)))
    return Setting(
        name=way,
        width=rng.randint(narrowest, widest),
        ragged=rng.choice((0, 0, 0, 1500, 3000)),
        hyphens=rng.choice((1.0, 0.8, 0.5)) if rng.random() < 0.45 else 0.0,
        hyphen=rng.choice(HYPHENS[split]),
        before_heading=before,
        after_heading=after,
        stretched=rng.choice((0.02, 0.05, 0.1)) if rng.random() < 0.1 else 0.0,
        noise=0.02 if rng.random() < 0.08 else 0.0,
        stray=0.03 if rng.random() < 0.05 else 0.0,
    )


def _unwrapped(setting: Setting, split: Split, rng: random.Random) -> Setting:
    gap = rng.choice((0, 0, 1, 1, 2))
    before = gap if rng.random() < 0.6 else gap + 1
    return replace(
        setting,
        name="a line a paragraph",
        wrapped=False,
        hyphens=0.0,
        stretched=0.0,
        stray=0.0,
        between=gap,
        before_heading=before,
        after_heading=rng.choice((gap, before, 0)),
        in_lists=rng.choice((0, gap)),
        indent_text=rng.choice(("", "", "", rng.choice(share(INDENTS, split)))),
    )


def _apart(setting: Setting, split: Split, rng: random.Random) -> Setting:
    before = max(1, setting.before_heading)
    return replace(setting, between=1, before_heading=before, in_lists=rng.choice((0, 1)), indent=rng.choice((0, 0, 1500)))


def _indented(setting: Setting, split: Split, rng: random.Random) -> Setting:
    return replace(
        setting,
        indent=rng.choice((1500, 2000, 2500)),
        indent_text=rng.choice(share(INDENTS, split)),
        between=rng.choice((0, 0, 0, 1)),
        headings_indented=rng.random() < 0.3,
    )


def _indents_lost(setting: Setting, split: Split, rng: random.Random) -> Setting:
    before, after = setting.before_heading % 2, setting.after_heading % 2
    return replace(setting, indent=rng.choice((0, 1500, 2500)), before_heading=before, after_heading=after)


def _double(setting: Setting, split: Split, rng: random.Random) -> Setting:
    return replace(
        setting,
        inside=1,
        between=rng.choice((0, 0, 1, 2)),
        before_heading=rng.choice((0, 1, 2, 4)),
        after_heading=rng.choice((0, 1, 2, 4)),
        in_lists=rng.choice((0, 0, 1)),
        indent=2000,
        blank=rng.choice(("", " ")),
        trail=rng.choice(("", " ")),
        stanza_gap=rng.choice((2, 3)),
    )


def _layout(setting: Setting, split: Split, rng: random.Random) -> Setting:
    margin = rng.choice((0, 0, 3, 6, 10))
    return replace(
        setting,
        indent=2000,
        indent_text=rng.choice(("    ", "     ", "      ")),
        centred=True,
        between=rng.choice((0, 0, 1)),
        margin=(" " * margin, " " * rng.choice((margin, margin + 2))),
        wide_spaces=rng.choice((0.0, 0.0, 0.1)),
    )


def _typed(setting: Setting, split: Split, rng: random.Random) -> Setting:
    longest = {"training": (52, 90), "development": (60, 78), "held_out": (56, 84)}[split]
    return replace(
        setting,
        by_characters=True,
        width=AVERAGE * rng.randint(*longest),
        between=rng.choice((0, 1)),
        indent_text=rng.choice(("", "   ", "     ")),
        hyphens=0.0,
        before_heading=1,
        after_heading=1,
        ragged=rng.choice((0, 4000)),
    )


def _columns(setting: Setting, split: Split, rng: random.Random) -> Setting:
    """Narrow columns, one after the other."""
    return replace(
        setting,
        columns=rng.choice((1, 2, 2)),
        stretched=rng.choice((0.0, 0.0, 0.0, 0.04, 0.12)),
        width=rng.randint(12_000, 19_000),
        ragged=0,
        hyphens=rng.choice((1.0, 1.0, 0.6)),
        indent=1000,
        indent_text=rng.choice(("", "", "  ")),
        before_heading=setting.before_heading % 2,
        after_heading=setting.after_heading % 2,
        noise=rng.choice((0.0, 0.03)),
    )


def _airy(setting: Setting, split: Split, rng: random.Random) -> Setting:
    gap = rng.choice((2, 3))
    return replace(
        setting, between=gap, before_heading=rng.choice((gap, gap, 3)), after_heading=gap, in_lists=rng.choice((0, 1, gap)), ragged=0
    )


_WAYS: Mapping[str, tuple[int, Callable[[Setting, Split, random.Random], Setting]]] = {
    "unwrapped": (14, _unwrapped),
    "apart": (16, _apart),
    "indented": (16, _indented),
    "indents lost": (12, _indents_lost),
    "double": (8, _double),
    "layout": (12, _layout),
    "typed": (8, _typed),
    "columns": (8, _columns),
    "airy": (6, _airy),
}
"""How lines and paragraphs are told apart, with how often."""


def _paged(setting: Setting, split: Split, rng: random.Random, *, always: bool) -> Setting:
    """Pages, and what stands at their heads and feet."""
    if not always and rng.random() < (0.25 if setting.wrapped else 0.75):
        return setting
    head, foot = (rng.choice(share(entries(f"furniture/{place}"), split)).replace("\\n", "\n") for place in ("head", "foot"))
    if "{n}" in head and rng.random() < 0.97:
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
