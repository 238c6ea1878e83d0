"""Speed and memory of the concordance on a corpus multiplied to millions of tokens, beside a bare DuckDB filter of the same column.

    python tests/benchmarks/bench_concordance.py [--corpus FOLDER] [--tokens 10_000_000] [--keep FOLDER]

The corpus (made of `corpus/raw` where none is given) is copied under new names until it has so many tokens, in part files as the
pipeline writes them. The bare filter counts the tokens of the most frequent lemma of a noun (or, without lemmas, form); the concordance
gives the first page of it (25 lines with context, titles and pages) and the number of all hits. Both run in one process with the same
number of threads; the shortest time of several counts. The peak of memory is that of the searches, without the making of the corpus.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kz_textkit.corpus.search import opened_tables
from kz_textkit.pipeline.batch import run
from kz_textkit.stats.cql.concordance import concordance, hit_frequencies

RAW = Path(__file__).resolve().parents[2] / "corpus" / "raw"
PART_ROWS, GROUP_ROWS = 500_000, 262_144
TABLES = ("tokens", "blocks", "sections")


def multiply(source: Path, target: Path, tokens: int) -> int:
    """Copies of a corpus under new document names; gives the number of tokens."""
    tables = {name: pq.read_table(source / name) for name in TABLES}
    target.mkdir(parents=True)
    shutil.copy(source / "manifest.json", target)
    size, written, part = len(tables["tokens"]), 0, 0
    while written < tokens:
        copies = range(written // size, min(-(-tokens // size), written // size + -(-PART_ROWS // size)))
        for name, table in tables.items():
            (target / name).mkdir(exist_ok=True)
            with pq.ParquetWriter(target / name / f"part-{part:05}.parquet", table.schema, compression="zstd") as writer:
                writer.write_table(pa.concat_tables([renamed(table, copy) for copy in copies]), row_group_size=GROUP_ROWS)
        written += size * len(copies)
        part += 1
    return written


def renamed(table: pa.Table, copy: int) -> pa.Table:
    return table.set_column(0, table.schema.field(0), pc.binary_join_element_wise(f"{copy:06}", table["doc_id"], "-"))


def shortest(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def frequent(connection: duckdb.DuckDBPyConnection, tokens: str) -> tuple[str, str]:
    """Column and value of the most frequent lemma of a noun, or of the most frequent long form."""
    for column, condition in (("lemma", "upos = 'NOUN' AND lemma <> ''"), ("form", "length(form) > 3")):
        sql = f"SELECT {column} FROM {tokens} WHERE {condition} GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        found = connection.execute(sql).fetchall()
        if found:
            return column, found[0][0]
    raise SystemExit("the corpus has no words")


def search(folder: Path, threads: int) -> None:
    """Time bare filter and searches on a multiplied corpus."""
    start = time.perf_counter()
    with opened_tables(folder) as tables:
        print(f"opening the corpus {(time.perf_counter() - start) * 1000:.1f} ms")
        tables.connection.execute(f"SET threads = {threads}")
        bare_tokens = f"read_parquet('{folder}/tokens/*.parquet')"
        column, value = frequent(tables.connection, tables.parts[0].tokens)
        query = f'[{column}="{value}"]'
        bare = shortest(lambda: tables.connection.execute(f"SELECT count(*) FROM {bare_tokens} WHERE {column} = '{value}'").fetchall())
        page = shortest(lambda: concordance(tables, query, limit=25))
        hits = concordance(tables, query, limit=25).attrs["hits"]
        print(f"bare filter {column} = '{value}'           {bare * 1000:9.1f} ms")
        print(f"first page of {query}, {hits:,} hits  {page * 1000:9.1f} ms, {page / bare:.1f} times the bare filter")
        for name, work in (
            ("a bare word", lambda: concordance(tables, value, limit=25)),
            ("regular expression", lambda: concordance(tables, f'"{value[:4]}.*" %c', limit=25)),
            ("sample of 100", lambda: concordance(tables, query, sample=100)),
            ("sorted by 1R", lambda: concordance(tables, query, sort="1R", limit=25)),
            ("counted by form", lambda: hit_frequencies(tables, query)),
            ("with a neighbour", lambda: concordance(tables, f'[upos="ADJ"] {query}', limit=25)),
            ("gap, in a sentence", lambda: concordance(tables, f'{query} []{{0,3}} [upos="VERB"] within s', limit=25)),
            ("two frequent classes", lambda: concordance(tables, '[upos="NOUN"] [upos="VERB"]', limit=25)),
        ):
            print(f"{name:<40}{shortest(work, 1) * 1000:9.1f} ms", flush=True)
    print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--tokens", type=int, default=10_000_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the multiplied corpus is made, or is from last time")
    parser.add_argument("--search", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.search:
        search(options.search, options.threads)
        return
    with tempfile.TemporaryDirectory() as temporary:
        target = options.keep or Path(temporary) / "multiplied"
        if not target.exists():
            if options.corpus is None:
                options.corpus = Path(temporary) / "corpus"
                run(RAW, options.corpus)
            print(f"{multiply(options.corpus, target, options.tokens):,} tokens")
        own = [sys.executable, __file__, "--search", str(target), "--threads", str(options.threads)]
        subprocess.run(own, check=True)


if __name__ == "__main__":
    main()
