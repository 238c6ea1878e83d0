"""How fast `clean` is as users get it (repair, suggestions of the dictionary, layout, the record of edits) beside what they would take
instead: `ftfy.fix_text` alone, and a script of six regular expressions.

    python tests/benchmarks/bench_clean.py [--rounds 5] [--files 120]

Three texts: news (sentences of ../shared/data/plain in files of 8 KB, where that is there), the real textbook, the documents of
corpus/raw. Each is measured in a process of its own, in seconds of the processor: *cold* is the first time that its words and lines are
met, the dictionary being loaded; *warm* the fastest of the rounds after it, in which all tasks take turns. Printed is the table that
`docs/measured.md` shows; the throughput of ftfy is 1. A second table says where the time of `clean` goes: repair by rules, suggestions
of the dictionary, layout, and composition (blocks with their languages, the record of edits).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

import ftfy

import kz_textkit as kz
from kz_textkit.cleaning.repairing import repaired
from kz_textkit.document import Document, RawDocument
from kz_textkit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FILE = 8192
"""Bytes of a file of news."""

SUBSTITUTIONS = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("\\u00ad", ""),
        ("[\\u00a0\\t ]+", " "),
        (r" ?\n ?", "\n"),
        (r"(\w)-\n(\w)", r"\1\2"),
        (r"https?://\S+", ""),
        (r"(?<![.!?:\n])\n(?=[а-яәғқңөұүһі])", " "),
    )
]
"""What a careful person writes in ten minutes: hyphens, spaces, line breaks, addresses."""


def raw_of(name: str, text: str) -> RawDocument:
    return RawDocument(name, f"{name}.txt", sha256(text.encode()).hexdigest(), "utf-8", text)


def news(files: int) -> list[RawDocument]:
    """Sentences of encyclopedias, phrase books and read speech, one a line, in files."""
    made: list[RawDocument] = []
    for name in ("wikipedia", "common_voice", "tatoeba"):
        lines: list[str] = []
        size = 0
        for line in (SHARED / "data" / "plain" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            lines.append(line)
            size += len(line.encode()) + 1
            if size > FILE:
                made.append(raw_of(f"{name}{len(made):04}", "\n".join(lines) + "\n"))
                lines, size = [], 0
    return made[:files]


def documents(name: str, files: int) -> list[RawDocument]:
    """The documents of one of the three texts; none where it is not there."""
    if name == "news":
        return news(files) if SHARED.is_dir() else []
    folder = ROOT / "corpus" / "raw" if name == "corpus/raw" else SHARED / "texts"
    return [kz.read(file) for file in sorted(folder.glob("*.*"))] if folder.is_dir() else []


def substituted(text: str) -> str:
    return reduce(lambda changed, pair: pair[0].sub(pair[1], changed), SUBSTITUTIONS, text)


def seconds(task: Callable[[], object]) -> float:
    started = time.process_time()
    task()
    return time.process_time() - started


Parts = dict[str, float]
"""Seconds of each task, or of each part of one."""


def parts_of(cleaned: list[Document], whole: float, rules: float) -> Parts:
    """Seconds of the parts of `clean`, which took `whole` seconds of the processor, in the proportion that the documents say; the rules
    of repair, which hardly hang on what was met before, took `rules` alone."""
    told = {part: sum(document.timings[part] for document in cleaned) for part in ("repair", "layout", "compose")}
    found = {part: whole * taken / sum(told.values()) for part, taken in told.items()}
    rules = min(rules, found["repair"])
    return {"rules": rules, "suggestions": found["repair"] - rules, "layout": found["layout"], "composition": found["compose"]}


def measured(name: str, files: int, rounds: int) -> tuple[int, int, Parts, dict[str, Parts]]:
    """How many documents and characters, the seconds of each task, and those of the parts of `clean`, cold and warm."""
    given = documents(name, files)
    kz.clean(raw_of("сөз", "Сөздік пен үлгілер жүктелсін: калалық кеңес қаулы қабылдады.\n"))
    ftfy.fix_text("сөз")
    cleaned: dict[str, list[Document]] = {}

    def clean_all(when: str) -> None:
        cleaned[when] = [kz.clean(document) for document in given]

    chosen = Settings()
    tasks: dict[str, Callable[[], object]] = {
        "clean": lambda: clean_all("warm"),
        "ftfy": lambda: [ftfy.fix_text(document.text) for document in given],
        "six substitutions": lambda: [substituted(document.text) for document in given],
        "rules": lambda: [repaired(document.text, chosen, suggest=False) for document in given],
    }
    found = {"cold": seconds(lambda: clean_all("cold"))} if given else {}
    for _ in range(rounds if given else 0):
        for task, call in tasks.items():
            found[task] = min(found.get(task, float("inf")), seconds(call))
    parts = {when: parts_of(made, found[task], found["rules"]) for when, task in WHEN.items() if (made := cleaned.get(when))}
    return len(given), sum(len(document.text) for document in given), found, parts


WHEN = {"warm": "clean", "cold": "cold"}
"""The task whose seconds are those of `clean` when all was met before, and when nothing was."""


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=120, help="files of news")
    arguments = parser.parse_args()
    print("| text | documents, characters | `clean` warm (ms, times ftfy) | cold | `ftfy.fix_text` (ms) | six substitutions (ms) |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    shown: list[str] = []
    for name in ("news", "textbook", "corpus/raw"):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            count, characters, found, parts = pool.submit(measured, name, arguments.files, arguments.rounds).result()
        if not found:
            continue
        cells = [f"{1000 * found[task]:,.0f}, {found['ftfy'] / found[task]:.2f}" for task in ("clean", "cold")]
        cells += [f"{1000 * found[task]:,.0f}" for task in ("ftfy", "six substitutions")]
        print(f"| {name} | {count}, {characters:,} | {' | '.join(cells)} |")
        for when, taken in parts.items():
            shown.append(f"| {name}, {when} | {' | '.join(f'{1000 * of_part:,.0f}' for of_part in taken.values())} |")
    print("\n| `clean` (ms) | rules of repair | suggestions of the dictionary | layout | composition |")
    print("| --- | ---: | ---: | ---: | ---: |")
    print("\n".join(shown))


if __name__ == "__main__":
    main()
