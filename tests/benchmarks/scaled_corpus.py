"""A corpus of millions of tokens out of a small one, for what is measured on large ones: whole, with its manifest, so that it opens.

    python tests/benchmarks/scaled_corpus.py CORPUS TARGET --tokens 10_000_000

The documents of CORPUS are written over and over under new ids, in part files and row groups as the pipeline writes them. From copy to
copy a fourth of the rare words is altered, so that the vocabulary grows as that of a large corpus does, and the year of the metadata is
another one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kz_textkit.corpus.entries import ENTRIES, EntryWriter, entry_rows
from kz_textkit.corpus.manifest import MANIFEST, FileRecord, Manifest, PartRecord, read_manifest
from kz_textkit.corpus.parts import part_name
from kz_textkit.corpus.schema import SCHEMAS

PART_ROWS, GROUP_ROWS = 500_000, 262_144
"""Rows of a part at least, and of a row group, as the pipeline writes them."""
RARE = 2
"""Words that occur so often at most are altered in some copies."""
YEARS = 30


def scaled(source: Path, target: Path, tokens: int) -> int:
    """Writes the corpus; how many tokens it has."""
    manifest = read_manifest(source)
    tables = {name: pa.concat_tables(map(pq.read_table, (source / one for one in manifest.files_of(name)))) for name in SCHEMAS}
    size = len(tables["tokens"])
    copies = -(-tokens // size)
    rare = _rare(tables["tokens"])
    a_part = max(-(-PART_ROWS // size), 1)
    for name in SCHEMAS:
        (target / name).mkdir(parents=True)
    with EntryWriter(target / ENTRIES) as entries:
        for number, first in enumerate(range(0, copies, a_part)):
            some = range(first, min(first + a_part, copies))
            _write_part(target, number, tables, some, rare)
            entries.add(entry_rows(replace(one, doc_id=_name(one.doc_id, copy)) for copy in some for one in manifest.documents), number)
    of_part = [len(manifest.documents) * len(range(first, min(first + a_part, copies))) for first in range(0, copies, a_part)]
    parts = [PartRecord(f"{number:05}", documents) for number, documents in enumerate(of_part)]
    made = Manifest(tool_version=manifest.tool_version, settings=manifest.settings, parts=parts, files=dict(_files(target)))
    (target / MANIFEST).write_text(made.to_json(), "utf-8")
    return size * copies


def _write_part(target: Path, number: int, tables: Mapping[str, pa.Table], copies: range, rare: np.ndarray) -> None:
    for name, table in tables.items():
        with pq.ParquetWriter(target / part_name(name, number), table.schema, compression="zstd", write_page_checksum=True) as writer:
            rows = pa.concat_tables([_copied(name, table, copy, rare) for copy in copies])
            writer.write_table(rows.combine_chunks(), row_group_size=GROUP_ROWS)


def _name(doc_id: str, copy: int) -> str:
    return f"{copy:05}-{doc_id}"


def _rare(tokens: pa.Table) -> np.ndarray:
    """Which tokens are of rare words."""
    codes = tokens["form"].combine_chunks().dictionary_encode().indices.to_numpy()
    return np.asarray((np.bincount(codes) <= RARE)[codes]) & pc.utf8_is_alpha(tokens["form"]).to_numpy()


def _copied(name: str, table: pa.Table, copy: int, rare: np.ndarray) -> pa.Table:
    place = table.schema.get_field_index("doc_id")
    ids = table["doc_id"].combine_chunks().dictionary_encode()
    named = pa.array([_name(one, copy) for one in ids.dictionary.to_pylist()], pa.string())
    table = table.set_column(place, table.schema.field(place), named.take(ids.indices))
    if name == "documents":
        table = table.set_column(table.schema.get_field_index("metadata"), table.schema.field("metadata"), _dated(table, copy))
    if name != "tokens" or not copy:
        return table
    altered = pa.array(rare & (np.random.default_rng(copy).random(len(rare)) < 0.25 * min((60 / copy) ** 0.7, 1)))
    ending = chr(1072 + copy % 32) + chr(1072 + copy // 32 % 32)
    for column in ("form", "lemma"):
        place = table.schema.get_field_index(column)
        longer = pc.binary_join_element_wise(table[column], ending, "")
        table = table.set_column(place, table.schema.field(place), pc.if_else(altered, longer, table[column]))
    return table


def _dated(documents: pa.Table, copy: int) -> pa.Array:
    said = [json.loads(value or "{}") for value in documents["metadata"].to_pylist()]
    return pa.array([json.dumps({**one, "year": str(1990 + (copy * 7 + i) % YEARS)}, ensure_ascii=False) for i, one in enumerate(said)])


def _files(target: Path) -> Iterator[tuple[str, FileRecord]]:
    for path in sorted(target.rglob("*.parquet")):
        with path.open("rb") as file:
            digest = sha256(file.read()).hexdigest()
        yield path.relative_to(target).as_posix(), FileRecord(path.stat().st_size, digest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--tokens", type=int, default=10_000_000)
    arguments = parser.parse_args()
    print(f"{scaled(arguments.corpus, arguments.target, arguments.tokens):,} tokens in {arguments.target}")


if __name__ == "__main__":
    main()
