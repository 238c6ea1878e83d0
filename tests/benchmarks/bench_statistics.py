"""How long a frequency list takes beside a bare DuckDB `GROUP BY` of the same columns, on one core and the same Parquet files.

    python tests/benchmarks/bench_statistics.py [CORPUS] [--tokens 10000000] [--rounds 3]

The tokens are those of CORPUS (default: one made of the documents of corpus/raw), over and over under new document ids, with rare words
altered from copy to copy, so that the vocabulary grows as that of a large corpus does. All are run in turns, and of each the fastest
round counts.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from kz_textkit.corpus import Corpus
from kz_textkit.pipeline.batch import run
from kz_textkit.stats.collocation import collocates
from kz_textkit.stats.counting import connect, count_terms
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.ngrams import ngrams

ROOT = Path(__file__).resolve().parents[2]
#: What issue 4 promises of a frequency list, in times of the bare query.
PROMISED = 3.0
COPIES_A_PART = 50


def multiply(corpus: Corpus, folder: Path, tokens: int) -> list[str]:
    """Part files with at least `tokens` tokens."""
    files: list[str] = []
    size = max(sum(entry.counts["tokens"] for entry in corpus.manifest.documents), 1)
    connection = corpus.connection
    corpus.relation().create_view("tokens_of_corpus")
    connection.execute("CREATE TEMP TABLE rare AS SELECT form FROM tokens_of_corpus GROUP BY form HAVING count(*) <= 2")
    for first in range(0, -(-tokens // size), COPIES_A_PART):
        path = folder / f"part-{first:06}.parquet"
        connection.execute(
            f"""
            COPY (
                SELECT * EXCLUDE (altered, ending, copy) REPLACE (
                    format('{{:06}}-{{}}', copy, doc_id) AS doc_id,
                    CASE WHEN altered THEN form || ending ELSE form END AS form,
                    CASE WHEN altered THEN lemma || ending ELSE lemma END AS lemma
                )
                FROM (
                    SELECT t.*, copy, form IN (FROM rare) AND hash(form, copy) % 4 = 0 AS altered,
                        chr((1072 + copy % 32)::INT) || chr((1072 + copy // 32 % 32)::INT) AS ending
                    FROM range({first}, {min(first + COPIES_A_PART, -(-tokens // size))}) c(copy), tokens_of_corpus t
                )
                ORDER BY doc_id, token_id
            ) TO '{path}' (COMPRESSION zstd, ROW_GROUP_SIZE 131072)
            """
        )
        files.append(str(path))
    return files


def tasks_on(tokens: duckdb.DuckDBPyRelation) -> dict[str, tuple[str, Callable[[], object]]]:
    """What is measured: the bare query that it is compared with, and the work."""

    def bare(columns: str, more: str = "") -> Callable[[], object]:
        return lambda: tokens.aggregate(f"{columns}, count(*){more}", columns).fetchnumpy()

    in_sections = ", count(DISTINCT (doc_id, section_id)), count(DISTINCT doc_id)"
    return {
        "GROUP BY form": ("", bare("form")),
        "GROUP BY form, lemma": ("", bare("form, lemma")),
        "GROUP BY form, lemma, upos": ("", bare("form, lemma, upos")),
        "GROUP BY form, range": ("", bare("form", in_sections)),
        "GROUP BY form, lemma, range": ("", bare("form, lemma", in_sections)),
        "counts of forms": ("GROUP BY form", lambda: count_terms(tokens)),
        "counts of lemmas": ("GROUP BY form, lemma", lambda: count_terms(tokens, by="lemma")),
        "counts of lemmas with UPOS": ("GROUP BY form, lemma, upos", lambda: count_terms(tokens, by="lemma_upos")),
        "list of forms with range": ("GROUP BY form, range", lambda: frequency_list(tokens)),
        "list of lemmas with range": ("GROUP BY form, lemma, range", lambda: frequency_list(tokens, by="lemma")),
        "bigrams": ("", lambda: ngrams(tokens, sizes=(2, 2), min_count=5)),
        "collocates of билік": ("", lambda: collocates(tokens, "билік", min_count=5)),
    }


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--tokens", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.corpus is None:
            run(ROOT / "corpus" / "raw", Path(scratch) / "corpus")
        files = multiply(Corpus(arguments.corpus or Path(scratch) / "corpus"), Path(scratch), arguments.tokens)
        connection = connect()
        connection.execute("SET threads = 1")
        tokens = connection.read_parquet(files)
        tasks = tasks_on(tokens)
        seconds = dict.fromkeys(tasks, float("inf"))
        for _ in range(arguments.rounds):
            for name, (_, task) in tasks.items():
                start = time.process_time()
                task()
                seconds[name] = min(seconds[name], time.process_time() - start)
        count = tokens.aggregate("count(*), count(DISTINCT form)").fetchall()[0]
    print(f"{count[0]:,} tokens, {count[1]:,} forms, one core, processor time, fastest of {arguments.rounds} rounds")
    for name, taken in seconds.items():
        other = tasks[name][0]
        ratio = f"{taken / seconds[other]:6.2f} x {other} (promised: under {PROMISED:.0f} x)" if other else ""
        print(f"{name:<28} {taken:7.2f} s {ratio}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
