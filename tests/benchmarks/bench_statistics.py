"""What counts and searches cost beside a bare DuckDB query of the same columns, on the same files, in processor time and memory.

    python tests/benchmarks/bench_statistics.py [CORPUS] [--tokens 10_000_000] [--scaled FOLDER] [--only ngrams]

CORPUS (default: one made of the documents of corpus/raw) is multiplied to so many tokens (`scaled_corpus.py`), or a corpus that was so
made is named by `--scaled`. Each task, and each bare query, has a process of its own with one thread, so that the peak of memory is its
own too; opening the corpus, and finding out how words are written (`Corpus.spellings`), is part of the task. A bare query does not fold
case, tell words from marks, leave out tables of contents, or sort.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
from scaled_corpus import scaled

from kz_textkit.corpus import Corpus
from kz_textkit.corpus.search import corpus_concordance
from kz_textkit.pipeline.batch import run
from kz_textkit.settings import Limits

RAW = Path(__file__).resolve().parents[2] / "corpus" / "raw"
WORD, KIND = "адам", "year < 2000"
LIMITS = Limits(query_seconds=3600)
RANGE = "count(*), count(DISTINCT (doc_id, section_id)), count(DISTINCT doc_id)"
NEXT = "SELECT {0}, lead({0}) OVER () AS following, sentence_id, lead(sentence_id) OVER () AS other, doc_id, section_id FROM kz"
NEAR = f"""
WITH t AS (SELECT lemma, row_number() OVER () AS n, doc_id, sentence_id FROM kz),
h AS (SELECT n, doc_id, sentence_id FROM t WHERE lemma = '{WORD}'),
near AS (SELECT DISTINCT n + k AS n, doc_id, sentence_id FROM h, range(-5, 6) r(k) WHERE k <> 0),
together AS (SELECT lemma, count(*) AS together FROM t JOIN near USING (n, doc_id, sentence_id) GROUP BY lemma)
SELECT * FROM together JOIN (SELECT lemma, count(*) AS n FROM kz GROUP BY lemma) USING (lemma)
"""


class Task(NamedTuple):
    """What is measured."""

    bare: str
    """The query that it is compared with; the tokens are `kz`, the documents `kz_documents`."""
    work: Callable[[Path], object]
    promised: float = 3.0
    """In times of the bare query."""


TASKS = {
    "list of forms": Task(f"SELECT form, {RANGE} FROM kz GROUP BY form", lambda path: Corpus(path).frequencies(by="form")),
    "list of lemmas": Task(f"SELECT form, lemma, {RANGE} FROM kz GROUP BY ALL", lambda path: Corpus(path).frequencies(by="lemma")),
    "keywords": Task(
        """WITH part AS (SELECT doc_id FROM kz_documents WHERE (metadata ->> 'year')::INT < 2000)
        SELECT lemma, count(*) FILTER (WHERE doc_id IN (FROM part)), count(*) FROM kz GROUP BY lemma""",
        lambda path: Corpus(path).keywords(KIND, by="lemma"),
    ),
    "collocates": Task(NEAR, lambda path: Corpus(path).collocates(WORD, by="lemma")),
    "bigrams": Task(
        f"SELECT form, following, {RANGE} FROM ({NEXT.format('form')}) WHERE sentence_id = other GROUP BY ALL HAVING count(*) >= 5",
        lambda path: Corpus(path).ngrams(by="form", sizes=(2, 2), min_count=5),
    ),
    "first page of a word": Task(
        f"SELECT count(*) FROM kz WHERE form = '{WORD}' OR lemma = '{WORD}'",
        lambda path: corpus_concordance(path, WORD, limit=50, limits=LIMITS, count=False),
        5.0,
    ),
    "first page, all counted": Task(
        f"SELECT count(*) FROM kz WHERE form = '{WORD}' OR lemma = '{WORD}'",
        lambda path: corpus_concordance(path, WORD, limit=50, limits=LIMITS),
        5.0,
    ),
    "first page of a lemma": Task(
        f"SELECT count(*) FROM kz WHERE lemma = '{WORD}'",
        lambda path: corpus_concordance(path, f'[lemma="{WORD}"]', limit=50, limits=LIMITS),
        5.0,
    ),
}


def bare(path: Path, query: str) -> object:
    """A query as whoever has the files would write it."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"CREATE VIEW kz AS FROM read_parquet('{path}/tokens/*.parquet')")
    connection.execute(f"CREATE VIEW kz_documents AS FROM read_parquet('{path}/documents/*.parquet')")
    return connection.execute(query).fetchnumpy()


def measure(path: Path, name: str, is_bare: bool) -> None:
    """Do one thing, and print what it cost."""
    started = time.process_time()
    if is_bare:
        bare(path, TASKS[name].bare)
    else:
        TASKS[name].work(path)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"seconds": time.process_time() - started, "mb": usage.ru_maxrss / 1024}))


def measured(path: Path, name: str, *, is_bare: bool) -> dict[str, float]:
    """What one thing costs in a process of its own."""
    command = [sys.executable, __file__, "--scaled", str(path), "--measure", name, *(["--bare"] if is_bare else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--tokens", type=int, default=10_000_000)
    parser.add_argument("--scaled", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.scaled, arguments.measure, arguments.bare)
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = arguments.scaled or Path(scratch) / "scaled"
        if arguments.scaled is None:
            if arguments.corpus is None:
                run(RAW, Path(scratch) / "corpus")
            scaled(arguments.corpus or Path(scratch) / "corpus", path, arguments.tokens)
        count = bare(path, "SELECT count(*) AS n FROM kz")
        print(f"{count['n'][0]:,} tokens, processor seconds\n")  # type: ignore[index]
        print(f"{'':<26} {'bare':>8} {'ours':>8} {'ratio':>7} {'wanted':>7} {'bare MB':>8} {'our MB':>8}")
        for name, task in TASKS.items():
            if arguments.only in name:
                other, ours = measured(path, name, is_bare=True), measured(path, name, is_bare=False)
                ratio = ours["seconds"] / max(other["seconds"], 1e-3)
                figures = f"{other['seconds']:8.2f} {ours['seconds']:8.2f} {ratio:7.2f} {f'<= {task.promised:g}':>7}"
                print(f"{name:<26} {figures} {other['mb']:8.0f} {ours['mb']:8.0f}", flush=True)


if __name__ == "__main__":
    main()
