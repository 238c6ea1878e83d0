"""How many footnotes `clean` finds, and whether the sentences that they interrupt are whole, for each way to mark them.

    python tests/benchmarks/score_notes.py [--each 6] [--seed 7] [--split development] [--show MARK]

Documents of several kinds are set on pages by code (`tests/support/pages`) with footnotes in every fourth paragraph: with form feeds
between pages, with nothing between them, and with a blank line and no feet. Measured are lines that begin a note and begin a block of
kind `note` in `clean`; paragraphs that go on after notes and are not cut there; marks that became edits (`note_mark`); and lines of
text that are in no block. `--show` prints what came out wrong with one mark.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from by_way import print_scores
from score_layout import FURNITURE, rows_of

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import RawDocument
from labelled import LabelledText, Split
from pages import Source, compose, set_source
from pages.material import Material
from pages.model import NOTE, Block
from pages.setting import Setting

MARKS = ("1", "[1]", "*", "¹", " 1 ", "1)", "(1)")
KINDS = ("novel", "monograph", "memoir", "textbook", "interview", "article", "tales")
WAYS = {"form feeds": ("\n\f", "{n}"), "none": ("\n", "{n}"), "no feet": ("\n\n", "")}


def with_notes(source: Source, rng: random.Random) -> Source:
    """The document with a note or two in every fourth paragraph, and no others."""
    material = Material(source.split, rng)
    blocks = []
    for block in source.blocks:
        text = block.text.replace(NOTE, "")
        places = [i for i in range(20, len(text) - 20) if text[i] == " " and text[i - 2 : i].isalpha()]
        chosen: list[int] = []
        if block.kind == "para" and places and rng.random() < 0.25:
            chosen = sorted(rng.sample(places, min(len(places), rng.choice((1, 1, 1, 2)))))
        for at in reversed(chosen):
            text = text[:at] + NOTE + text[at:]
        blocks.append(replace(block, text=text, notes=tuple(material.one("notes") for _ in chosen)))
    return replace(source, blocks=tuple(block for block in blocks if _is_text(block)))


def _is_text(block: Block) -> bool:
    return block.kind not in FURNITURE


def documents(mark: str, way: str, each: int, seed: int, split: Split) -> Iterator[LabelledText]:
    """So many documents whose notes have one mark."""
    page_end, foot = WAYS[way]
    for number in range(each):
        rng = random.Random(crc32(f"{seed}/{mark}/{way}/{number}".encode()))
        height = rng.randint(26, 46)
        setting = Setting(
            width=rng.randint(22_000, 38_000),
            indent=rng.choice((0, 2000)),
            indent_text=rng.choice(("", "", "    ")),
            between=rng.choice((0, 0, 1)),
            hyphens=rng.choice((0.0, 1.0)),
            height=height,
            foot=foot,
            first_page=rng.choice((1, 3, 34)),
            page_end=page_end,
            note_mark=mark,
            note_rule=rng.choice(("", "", "________________", "_____")),
            note_numbers_apart=rng.random() < 0.15,
            notes_by_page=rng.random() < 0.6,
        )
        most = height * rng.randint(4, 8)
        source = compose(rng.choice(KINDS), split, rng, lines=most, width=setting.width // 500)
        yield set_source(with_notes(source, rng), setting, rng, most=most)


def counts_of(text: LabelledText, *, show: bool) -> Counter[str]:
    """What was wanted and found of notes, interrupted paragraphs and marks."""
    began, reached = rows_of(text)
    document = clean(RawDocument("а", "а.txt", sha256(text.text.encode()).hexdigest(), "utf-8", text.text, marks=text.marks))
    counts: Counter[str] = Counter(marks=sum(edit.rule == "note_mark" and edit.applied for edit in document.edits))
    after_note = False
    for row, (line, label) in enumerate(zip(text.text.split("\n"), text.labels, strict=True)):
        wrong = ""
        if label == "note":
            counts["notes"] += 1
            wrong = "" if began.get(row) == "note" else f"note is {began.get(row)}"
            counts["notes found"] += not wrong
        elif label == "para_cont" and after_note:
            counts["interrupted"] += 1
            wrong = "paragraph cut" if row in began else ""
            counts["whole"] += not wrong
        elif label and label not in FURNITURE and label not in ("?", "mark"):
            wrong = "" if row in reached else "lost"
            counts["false notes"] += began.get(row) == "note"
            counts["lost"] += bool(wrong)
        if label and label not in FURNITURE and label != "mark":
            after_note = label.startswith("note")
        if wrong and show:
            print(f"    {text.name} line {row}, {wrong}: {line.strip()[:90]}")
    return counts


def cell(counts: Counter[str]) -> str:
    """Shares of notes found, interrupted paragraphs whole and marks taken out; lines lost, and lines of text that became notes."""
    notes, whole, marks = (
        counts[found] / counts[wanted] if counts[wanted] else 1.0
        for found, wanted in (("notes found", "notes"), ("whole", "interrupted"), ("marks", "notes"))
    )
    return f"{notes:.3f} {whole:.3f} {marks:.3f} ({counts['notes']:>3}) {counts['lost']:>2} {counts['false notes']:>2}"


def main() -> None:
    """Measures, and prints."""
    head = "notes, whole, marks (of), lost, false"
    print_scores(__doc__, head, list(MARKS), list(WAYS), documents, counts_of, cell, each=6, widths=(40, 34))


if __name__ == "__main__":
    main()
