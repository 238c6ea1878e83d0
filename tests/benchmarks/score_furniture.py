"""How much page furniture `clean` takes out, and how much text with it, for each shape of head and foot.

    python tests/benchmarks/score_furniture.py [--each 3] [--seed 7] [--split development] [--show SHAPE]

Documents of several kinds are set on pages by code (`tests/support/pages`) with one head and foot each: pages with form feeds, with
nothing between them, and texts of three or four pages with nothing between them. In some documents pages are missing, in some the
numbers begin again. What is measured is what users get: lines of heads and feet that are in no block of `clean`, and lines of text
that are in none. `--show` prints the lines of a shape that came out wrong.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from by_way import print_scores
from score_layout import FURNITURE, rows_of

from labelled import LabelledText, Split
from pages import Source, compose, set_source
from pages.setting import Setting

SHAPES: dict[str, tuple[str, str]] = {
    "12": ("", "{n}"),
    "12 above": ("{n}", ""),
    "- 12 -": ("", "- {n} -"),
    "12-бет": ("", "{n}-бет"),
    "12 | бет": ("", "{n} | бет"),
    "Бет 12": ("Бет {n}", ""),
    "12 / 30": ("", "{n} / {N}"),
    "[12]": ("", "[{n}]"),
    "xii": ("", "{roman}"),
    "XII": ("", "{ROMAN}"),
    "З7 (misread)": ("", "{ocr}"),
    "сөз12 (glued)": ("", "{glued}"),
    "title": ("{title}", ""),
    "TITLE below": ("", "{TITLE}"),
    "t i t l e": ("{spaced}", ""),
    "title 12": ("{title}   {n}", ""),
    "12 TITLE": ("{n} {TITLE}", ""),
    "title, 12 бет": ("", "{title}, {n} бет"),
    "title 12, 13 title": ("{title}   {n}|{n}   {title}", ""),
    "section 12, 13 author": ("{section}   {n}|{n}   {author}", ""),
    "author, title": ("{author}|{title}", "{n}"),
    "section": ("{section}", ""),
    "section and 12": ("{section}", "- {n} -"),
    "section, title": ("{section}|{title}", ""),
    "title / 12": ("{title}\n{n}", ""),
    "12 / title": ("{n}\n{title}", ""),
    "author / year / 12": ("", "{author}\n{year}\n{n}"),
    "journal №3, 2015": ("{journal} №{issue}, {year}", "{n}"),
    "№2. 12-бет": ("№{issue}. {n}-бет", ""),
    "long, 12": ("", "{long}"),
    "author. «title» / 12": ("", "{author}. «{title}»\n{n}"),
    "date title, address 3/9": ("{date}   {title}", "{address}   {n}/{N}"),
    "site 12": ("", "{site}   {n}"),
    "nothing": ("", ""),
}
"""Patterns of head and foot (`pages/furniture.py`), by what they look like on page 12."""
KINDS = ("novel", "monograph", "law", "memoir", "textbook", "interview", "lectures", "poems", "article", "tales")
WAYS = {"form feeds": "\n\f", "none": "\n", "few pages": "\n"}


def documents(shape: str, way: str, each: int, seed: int, split: Split) -> Iterator[LabelledText]:
    """So many documents with heads and feet of a shape."""
    head, foot = SHAPES[shape]
    for number in range(each):
        rng = random.Random(crc32(f"{seed}/{shape}/{way}/{number}".encode()))
        height = rng.randint(26, 46)
        setting = Setting(
            width=rng.randint(22_000, 38_000),
            indent=rng.choice((0, 2000)),
            indent_text=rng.choice(("", "", "    ")),
            between=rng.choice((0, 0, 1)),
            hyphens=rng.choice((0.0, 1.0)),
            height=height,
            head=head,
            foot=foot,
            first_page=rng.choice((1, 1, 3, 34, 121)),
            furniture_gap=rng.choice((0, 1)),
            page_end=WAYS[way],
            chapters_on_new_pages=rng.random() < 0.3,
            note_mark=rng.choice(("1", "[1]", "*", "¹")),
            missing=rng.choice((0.0, 0.0, 0.0, 0.15)) if way == "form feeds" else 0.0,
            begins_again=rng.choice((0, 0, 0, 4)),
        )
        most = height * rng.randint(3, 4) - 3 if way == "few pages" else height * rng.randint(7, 12)
        source = _without_menus(compose(rng.choice(KINDS), split, rng, lines=most, width=setting.width // 500))
        yield set_source(source, setting, rng, most=most)


def _without_menus(source: Source) -> Source:
    """Pages of the web have other furniture than printed ones."""
    return replace(source, blocks=tuple(block for block in source.blocks if block.kind not in FURNITURE))


def counts_of(text: LabelledText, *, show: bool) -> Counter[str]:
    """Lines of furniture and of text, and those of each that are where they should not be."""
    _, reached = rows_of(text)
    counts: Counter[str] = Counter()
    for row, (line, label) in enumerate(zip(text.text.split("\n"), text.labels, strict=True)):
        if label in ("", "?", "mark"):
            continue
        what = "furniture" if label in FURNITURE else "text"
        wrong = (row in reached) == (what == "furniture")
        counts[what] += 1
        counts[f"{what} wrong"] += wrong
        if wrong and show:
            print(f"    {text.name} line {row}, {label}: {line.strip()[:90]}")
    return counts


def cell(counts: Counter[str]) -> str:
    """Share of the furniture that went, and lines of text that went with it."""
    share = 1 - counts["furniture wrong"] / counts["furniture"] if counts["furniture"] else 1.0
    return f"{share:.3f} ({counts['furniture']:>4}) {counts['text wrong']:>3}"


def main() -> None:
    """Measures, and prints."""
    head = "share removed (of lines), lines of text lost"
    total = print_scores(__doc__, head, list(SHAPES), list(WAYS), documents, counts_of, cell, each=3, widths=(28, 20))
    print("of", *(f"{counts['text']:,} lines of text ({way})" for way, counts in total.items()))


if __name__ == "__main__":
    main()
