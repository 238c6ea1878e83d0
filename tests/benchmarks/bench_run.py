"""How long a run takes on one core, and its annotation, beside what a user would pick instead, in one run on the same text.

    python tests/benchmarks/bench_run.py [DATA] [--files 750] [--megabytes 6] [--rounds 3]

The text is news and running text of `DATA` (`../shared/data`: KazNERD's validation part and the folder `plain`), shuffled by sentence
into so many files; where more text is asked for than there is, sentences come again, so that in the first half of six megabytes no
sentence does. Everything is in seconds of the processor, children included, each the least of several rounds, in turns:

- `ftfy.fix_text` alone, and a script of six substitutions, on all files;
- the whole `run` of the command line, one worker, its start included, cold; and a second process that finds nothing changed;
- annotation (tokens, sentences, lemma, part of speech, features) in columns, on words never met and on words met before, many files
  together as in a run and file by file, beside the tokenizer of a blank spaCy pipeline for Kazakh;
- a bare Parquet write of the tokens table.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
import pyarrow.parquet as pq
import spacy
from running_text import endless, sentences

from kz_textkit.alignment import Alignment
from kz_textkit.annotation.columns import Annotator
from kz_textkit.document import Block, Document, RawDocument, Section

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PROMISED = 5.0
TOGETHER = 48
"""Files of this size that a run annotates together (`pipeline.workers.BUNDLE_BYTES`)."""
SIX = [(re.compile(a), b) for a, b in ((r"\u00ad", ""), (r"[ \t]+", " "), (r" +\n", "\n"), ("i", "і"), ("[ӛ]", "ө"), ("ҧ", "ұ"))]


def make(folder: Path, given: list[str], files: int, size: int) -> list[str]:
    """Writes the files, paragraphs of two to five sentences, and gives their texts."""
    chance = random.Random(12)
    stream = endless(given, chance)
    texts = []
    for number in range(files):
        text = ""
        while len(text.encode()) < size / files:
            text += " ".join(next(stream) for _ in range(chance.randint(2, 5))) + "\n"
        (folder / f"news{number:05}.txt").write_text(text, encoding="utf-8")
        texts.append(text)
    return texts


def seconds(task: Callable[[], object]) -> float:
    """Seconds of the processor that a task takes, in this process and in those that it starts."""
    before = _spent()
    task()
    return _spent() - before


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def documents(texts: list[str]) -> list[Document]:
    """The texts as documents of paragraphs, as cleaning gives them."""
    made = []
    for text in texts:
        blocks = tuple(
            Block("paragraph", line, Alignment.identity(len(line)), block_id=f"b{i}") for i, line in enumerate(text.splitlines())
        )
        section = Section("s1", None, "section", "", "", 1, blocks)
        made.append(Document(RawDocument("news", "news.txt", "", "utf-8", text), (), (section,)))
    return made


def annotation(texts: list[str], rounds: int) -> dict[str, float]:
    """Tokens a second, on words never met and met before, of the annotation and of spaCy's tokenizer."""
    given = documents(texts)
    lines = [line for text in texts for line in text.splitlines()]
    groups = [given[first : first + TOGETHER] for first in range(0, len(given), TOGETHER)]
    annotator, alone = Annotator(), Annotator()
    tokens = sum(len(columns.block) for document in given for columns in annotator.annotate(document))
    least: dict[str, float] = {}
    for _ in range(rounds):
        annotator.forget()
        alone.forget()
        nlp = spacy.blank("kk")
        for met in ("new", "known"):
            tasks: list[tuple[str, Callable[[], object]]] = [
                ("annotation", lambda: [list(annotator.annotate_all(group)) for group in groups]),
                ("annotation, file by file", lambda: [list(alone.annotate(document)) for document in given]),
                ("tokenizer", lambda nlp=nlp: [nlp.tokenizer(line) for line in lines]),
            ]
            for name, task in tasks:
                taken = seconds(task)
                least[f"{name}, {met}"] = min(least.get(f"{name}, {met}", taken), taken)
    return {name: tokens / taken for name, taken in least.items()}


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--files", type=int, default=750)
    parser.add_argument("--megabytes", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "clean"
        raw.mkdir()
        texts = make(raw, sentences(given.data), given.files, int(given.megabytes * 1e6))
        program = [sys.executable, "-c", "from kz_textkit.cli import app; app()"]
        command = [*program, "run", str(raw), "-o", str(out), "--workers", "1", "--quiet"]
        least: dict[str, float] = {}
        for _ in range(given.rounds):
            tasks: list[tuple[str, Callable[[], object]]] = [
                ("ftfy.fix_text alone", lambda: [ftfy.fix_text(text) for text in texts]),
                ("six substitutions", lambda: [_substituted(text) for text in texts]),
                ("run, one worker, start included", lambda: subprocess.run(command, check=True)),
                ("run again, nothing changed", lambda: subprocess.run(command, check=True)),
            ]
            for name, task in tasks:
                least[name] = min(least.get(name, float("inf")), seconds(task))
            table = pq.read_table(out / "tokens")
            taken = seconds(lambda table=table: pq.write_table(table, Path(folder) / "tokens.parquet", compression="zstd"))
            least["bare Parquet write of the tokens"] = min(least.get("bare Parquet write of the tokens", taken), taken)
            shutil.rmtree(out)
        print(f"{given.files:,} files, {sum(len(t.encode()) for t in texts) / 1e6:.1f} MB, {table.num_rows:,} tokens")
        for name, taken in least.items():
            print(f"{name:36} {taken:8.2f} s {taken / least['ftfy.fix_text alone']:7.1f} x ftfy")
        print(f"promised of the run: {PROMISED:g} x")
        for name, speed in annotation(texts[: given.files // 2], given.rounds).items():
            print(f"{name:36} {speed:12,.0f} tokens/s")


def _substituted(text: str) -> str:
    for pattern, after in SIX:
        text = pattern.sub(after, text)
    return text


if __name__ == "__main__":
    main()
