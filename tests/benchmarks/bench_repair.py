"""How fast repair and layout are beside `ftfy.fix_text`, on one core and the same text.

    python tests/benchmarks/bench_repair.py [FILE] [--rounds 7]

Without a file the real text of the project is taken where it lies beside the repository, otherwise the documents of corpus/raw. All are
run in turns, and of each the fastest round counts, so that other work on the machine harms none more than the others.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import ftfy

from kz_textkit.layout import lay_out
from kz_textkit.readers import read
from kz_textkit.repair import repair

ROOT = Path(__file__).resolve().parents[2]
#: What DESIGN.md §6 promises of repair and layout together.
PROMISED = 5.0


def sample() -> str:
    """The text that is measured where none is named."""
    real = ROOT.parent / "shared" / "texts" / "000_7bb1e2f804af1cf3.txt"
    files = [real] if real.exists() else sorted((ROOT / "corpus" / "raw").glob("*.txt"))
    return "\n".join(read(file).text for file in files)


def repair_and_lay_out(text: str) -> None:
    """What `kz_textkit.clean` does with a text before it makes a document of it."""
    repaired = repair(text)
    lay_out(repaired.text)


def fastest(tasks: dict[str, Callable[[str], object]], text: str, rounds: int) -> dict[str, float]:
    """Seconds of the fastest round of each task; they take turns."""
    seconds = dict.fromkeys(tasks, float("inf"))
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task(text)
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    text = read(arguments.file).text if arguments.file else sample()
    tasks: dict[str, Callable[[str], object]] = {
        "ftfy.fix_text": ftfy.fix_text,
        "repair": repair,
        "repair + layout": repair_and_lay_out,
    }
    seconds = fastest(tasks, text, arguments.rounds)
    print(f"{len(text):,} characters, fastest of {arguments.rounds} rounds")
    for name, taken in seconds.items():
        speed, ratio = len(text) / taken / 1e6, seconds["ftfy.fix_text"] / taken
        print(f"{name:<16} {taken * 1000:9.1f} ms {speed:8.2f} M characters/s {ratio:6.1f} x ftfy")
    reached = seconds["ftfy.fix_text"] / seconds["repair + layout"]
    print(f"promised: {PROMISED} x; reached: {reached:.1f} x")


if __name__ == "__main__":
    main()
