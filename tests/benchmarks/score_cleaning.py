"""How well cleaning works: structure against a hand-labelled gold, and damage done by code to clean news undone.

    python tests/benchmarks/score_cleaning.py [--sentences 2000]

Needs the real text and the data beside the repository, in ../shared. The gold is `tests/gold/`: starts of blocks count,
compared through their offsets in the raw file. The news are sentences of KazNERD (CC BY 4.0); each is damaged and repaired
alone, and what counts is the share of characters that are wrong afterwards.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

import kz_textkit as kz

TESTS = Path(__file__).resolve().parents[1]
SHARED = TESTS.parents[1] / "shared"
NAME = "000_7bb1e2f804af1cf3"
sys.path.insert(0, str(TESTS / "support"))

from letter_damage import DAMAGES  # noqa: E402


def structure() -> None:
    """F1 of the starts of blocks in the real text."""
    found = {block.raw_start: block.kind for block in kz.clean(kz.read(SHARED / "texts" / f"{NAME}.txt")).blocks}
    with (TESTS / "gold" / f"{NAME}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    gold = {int(row["raw_start"]): row["label"] for row in rows if row["label"] in "HPIQOTESN"}
    for name, wanted, got in (
        ("all blocks", set(gold), set(found)),
        ("all but headings", {at for at in gold if gold[at] != "H"}, {at for at in found if found[at] != "heading"}),
        ("headings", {at for at in gold if gold[at] == "H"}, {at for at in found if found[at] == "heading"}),
    ):
        print(f"{name:28} F1 {2 * len(wanted & got) / (len(wanted) + len(got)):.3f}  ({len(wanted)} in the gold)")


def news(count: int) -> list[str]:
    """Sentences of KazNERD as text."""
    text = (SHARED / "data" / "kaznerd" / "IOB2_valid.txt").read_text(encoding="utf-8")
    sentences = [" ".join(line.split()[0] for line in part.splitlines() if line.strip()) for part in text.split("\n\n")]
    written = [re.sub(r" ([,.:;!?»…)])", r"\1", re.sub(r"([«(]) ", r"\1", s)) for s in sentences if s]
    # Only sentences that repair leaves as they are: the rest is not clean.
    return [s for s in random.Random(0).sample(written, len(written)) if kz.fix(s) == s][:count]


def wrong(clean: str, fixed: str) -> int:
    """Characters that are missing from `fixed`, or too many in it, against `clean`."""
    if clean == fixed:
        return 0
    matcher = SequenceMatcher(None, clean, fixed, autojunk=False)
    return max(len(clean), len(fixed)) - sum(block.size for block in matcher.get_matching_blocks())


def damage(count: int) -> None:
    """Characters wrong after repair, by kind and share of damage."""
    sentences = news(count)
    size = sum(map(len, sentences))
    for name, spoil in DAMAGES.items():
        for rate in (0.05, 0.3):
            rng = random.Random(1)
            damaged = [spoil(s, rng, rate) for s in sentences]
            hurt = sum(map(wrong, sentences, damaged))
            left = sum(map(wrong, sentences, map(kz.fix, damaged)))
            print(f"{name:20} at {rate:4.0%}  {hurt / size:8.3%} of characters damaged, {left / size:8.4%} wrong after repair")


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=2000)
    arguments = parser.parse_args()
    structure()
    damage(arguments.sentences)


if __name__ == "__main__":
    main()
