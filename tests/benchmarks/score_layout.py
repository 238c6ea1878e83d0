"""How well the layout finds blocks, headings and furniture, against labelled texts, per document and over all.

    python tests/benchmarks/score_layout.py [--split development] [--set 60] [--seed 11]

Texts are those that were labelled by reading (`tests/gold`; needs the documents beside the repository, in ../shared) and so many
that code sets on pages (`tests/support/pages`). What is measured is what users get: `clean` on each text, its blocks by the raw lines
that they begin on. Lines that a careful reader could decide otherwise are left out, and so is the question whether a further line of
verse or of program text begins a block. *Micro* counts all lines as one document, *macro* is the mean over documents.

The weights that ship were learnt from the training and development texts, so that those figures say how well the layout fits what it
was made on; what it does with documents nobody tuned for, only `held_out` says, and `tools/layout/train.py --folds 4`.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SHARED = TESTS.parents[1] / "shared"
sys.path.insert(0, str(TESTS / "support"))

from gold import own_texts, programs_texts, real_texts  # noqa: E402
from kz_textkit.cleaning.clean import clean  # noqa: E402
from kz_textkit.document import RawDocument  # noqa: E402
from labelled import LabelledText  # noqa: E402
from pages import set_texts  # noqa: E402

FURNITURE = ("page_number", "running_head", "url")
FREE = ("verse_cont", "code_cont")


def rows_of(text: LabelledText) -> tuple[dict[int, str], set[int]]:
    """What `clean` makes of a text: the kind of the block that begins on a line, by line, and the lines that are in some block."""
    raw = RawDocument("а", "а.txt", sha256(text.text.encode()).hexdigest(), "utf-8", text.text, marks=text.marks)
    document = clean(raw)
    starts = [0, *accumulate(len(line) + 1 for line in text.text.split("\n"))]
    began: dict[int, str] = {}
    reached: set[int] = set()
    for block in document.blocks:
        began.setdefault(bisect_right(starts, block.raw_start) - 1, block.kind)
        ends = (*block.alignment.target_starts[1:], block.alignment.target_length)
        runs = zip(block.alignment.target_starts, ends, block.alignment.source_starts, block.alignment.source_ends, strict=True)
        for at, till, start, end in runs:
            if block.text[at:till].strip():  # a space between two lines came from what was removed between them, too
                reached.update(range(bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1))))
    return began, reached


def counts_of(text: LabelledText) -> Counter[str]:
    """What was wanted, found and both, of starts, headings and furniture."""
    began, reached = rows_of(text)
    counts: Counter[str] = Counter()
    for row, label in enumerate(text.labels):
        if label in FURNITURE:
            counts["furniture wanted"] += 1
            counts["furniture both"] += row not in began and row not in reached
        elif label not in ("", "?"):
            wanted = not label.endswith("_cont")
            if label not in FREE:
                counts["starts wanted"] += wanted
                counts["starts found"] += row in began
                counts["starts both"] += wanted and row in began
            counts["headings wanted"] += label == "heading"
            counts["headings found"] += began.get(row) == "heading"
            counts["headings both"] += label == "heading" and began.get(row) == "heading"
            counts["lost"] += row not in reached
        if label in FURNITURE and row in began:
            counts["starts found"] += 1
            counts["headings found"] += began[row] == "heading"
    return counts


def f1(counts: Counter[str], what: str) -> float:
    """F1; 1 where there was nothing to find and nothing was found."""
    total = counts[f"{what} wanted"] + counts[f"{what} found"]
    return 2 * counts[f"{what} both"] / total if total else 1.0


def row_of(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    furniture = counts["furniture both"] / counts["furniture wanted"] if counts["furniture wanted"] else 1.0
    headings = f"headings {f1(counts, 'headings'):.3f} ({counts['headings wanted']:>4})"
    starts = f"starts {f1(counts, 'starts'):.3f} ({counts['starts wanted']:>5})"
    gone = f"furniture {furniture:.3f} ({counts['furniture wanted']:>4})  lost {counts['lost']}"
    return f"{name[:40]:40} {starts}  {headings}  {gone}"


def table(title: str, texts: Iterable[LabelledText]) -> Counter[str]:
    """Prints a table, the worst documents first, and gives the sum."""
    scored = sorted(((text.name, counts_of(text)) for text in texts), key=lambda pair: f1(pair[1], "starts"))
    print(f"\n{title}")
    for name, counts in scored:
        print(row_of(name, counts))
    total: Counter[str] = Counter()
    for _, counts in scored:
        total.update(counts)
    if scored:
        macro = [
            sum(scores) / len(scores)
            for what in ("starts", "headings")
            if (scores := [f1(counts, what) for _, counts in scored if counts[f"{what} wanted"]])
        ]
        print(row_of("micro", total))
        print(f"{'macro':40} " + "  ".join(f"{score:.3f}" for score in macro))
    return total


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("training", "development", "held_out"), default="development")
    parser.add_argument("--set", type=int, default=60, help="texts that code sets on pages")
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    read = [text for text in (*real_texts(SHARED), *own_texts()) if text.split == arguments.split]
    table(f"labelled by reading, {arguments.split}", read)
    table(f"set by LibreOffice, {arguments.split}", [text for text in programs_texts() if text.split == arguments.split])
    table(f"set by code, {arguments.split}", set_texts(arguments.seed, arguments.set, split=arguments.split))


if __name__ == "__main__":
    main()
