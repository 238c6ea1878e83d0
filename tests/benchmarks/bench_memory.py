"""Memory of a worker over many small files: what a run in one process holds, every so many files.

    python tests/benchmarks/bench_memory.py [--files 20000] [--every 2000]

The files are made up: words of random stems with Kazakh suffixes, nearly every one a form that was not met before, which is the worst
that a corpus can do. Prints a line of CSV each time: files done, MiB that the process holds, MiB more than after the first hundred.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
from pathlib import Path

from kz_textkit.pipeline.batch import run

LETTERS = "абвғдежзийкқлмнңоөпрстуұүшыіэ"
SUFFIXES = ("", "лар", "лардың", "ға", "дан", "мен", "ымыз", "дағы", "сыз", "шы")
FORMS = 40
"""Words of a file."""
WARM = 100


def make(folder: Path, files: int) -> None:
    chance = random.Random(1)
    for number in range(files):
        words = ("".join(chance.choices(LETTERS, k=chance.randrange(3, 8))) + chance.choice(SUFFIXES) for _ in range(FORMS))
        (folder / f"{number:06}.txt").write_text("Бұл жерде " + " ".join(words) + " бар.\n", "utf-8")


def resident() -> float:
    """MiB that this process holds now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / (1 << 20)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=20_000)
    arguments.add_argument("--every", type=int, default=2_000)
    given = arguments.parse_args()
    first = 0.0

    def look(done: int, total: int, name: str) -> None:
        nonlocal first
        if done == WARM:
            first = resident()
        if done % given.every == 0 or done == WARM:
            print(f"{done},{resident():.0f},{resident() - first:.0f}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        make(raw, given.files)
        print("files,mib,mib_more")
        run(raw, Path(folder) / "clean", workers=1, progress=look)


if __name__ == "__main__":
    main()
