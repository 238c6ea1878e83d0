"""How fast repair and layout are beside `ftfy.fix_text`, on one core and the same text: parts of `clean`, for whoever works on them.
What users get is measured by `bench_clean.py`.

    python tests/benchmarks/bench_repair.py [FILE ...] [--rounds 9]

Without files three texts are measured: the real text of the project where it lies beside the repository, the documents of
corpus/raw, and a long sound text as news sites have it, made of the paragraphs of those documents, one a line, repeated. All
tasks take turns, and of each the fastest round counts, in seconds of the processor, so that other work on the machine harms none
more than the others.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

from kz_textkit.alignment import apply_edits
from kz_textkit.layout import lay_out
from kz_textkit.readers import read
from kz_textkit.repair import repair

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "texts" / "000_7bb1e2f804af1cf3.txt"
#: Characters of the long sound text.
LONG = 300_000


def samples() -> Iterator[tuple[str, str]]:
    """The texts that are measured where none is named, each with what it is."""
    if REAL.exists():
        yield "the real text", read(REAL).text
    raw = "\n".join(read(file).text for file in sorted((ROOT / "corpus" / "raw").glob("*.txt")))
    yield "corpus/raw", raw
    sound = paragraphs(raw)
    yield "sound text, a line a paragraph", sound * (LONG // len(sound) + 1)


def paragraphs(raw: str) -> str:
    """The paragraphs of a text, repaired, each on a line of its own."""
    text = repair(raw).text
    layout = lay_out(text)
    blocks = [block for section in layout.sections for block in section.blocks if block.kind == "paragraph"]
    inside = ([edit for edit in layout.edits if block.start <= edit.start < block.end] for block in blocks)
    return "".join(apply_edits(text, edits, block.start, block.end) + "\n" for block, edits in zip(blocks, inside, strict=True))


def fastest(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of the fastest round of each task; they take turns."""
    seconds = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.process_time()
            task()
            seconds[name] = min(seconds[name], time.process_time() - start)
    return seconds


def measure(name: str, text: str, rounds: int) -> None:
    """Prints the speeds on one text."""
    repaired = repair(text).text
    seconds = fastest(
        {"repair": lambda: repair(text), "layout": lambda: lay_out(repaired), "ftfy": lambda: ftfy.fix_text(text)}, rounds
    )
    seconds["both"] = seconds["repair"] + seconds["layout"]
    print(f"{name}: {len(text):,} characters, fastest of {rounds} rounds")
    for task in ("repair", "layout", "both", "ftfy"):
        print(f"  {task:<6} {seconds[task] * 1000:9.1f} ms {len(text) / seconds[task]:13,.0f} characters/s")
    print(f"  both against ftfy: {seconds['ftfy'] / seconds['both']:.1f} x")


def main() -> None:
    """Measures, and prints a table for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    texts = ((file.name, read(file).text) for file in arguments.files) if arguments.files else samples()
    for name, text in texts:
        measure(name, text, arguments.rounds)


if __name__ == "__main__":
    main()
