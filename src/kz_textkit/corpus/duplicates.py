"""Duplicates among the documents of a corpus, and lines that many of them share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.part import Part
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.subcorpora import save_subcorpus
from kz_textkit.errors import UsageError
from kz_textkit.filters.duplicates import NEAR, Duplicate, Fingerprint, find_duplicates, fingerprint
from kz_textkit.printable import printable
from kz_textkit.writing import replacing

__all__ = ["duplicates_in", "fingerprints_of", "read_fingerprints", "save_fingerprints", "save_unique", "shared_lines"]

FINGERPRINTS = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("exact", pa.binary(16), nullable=False),
        pa.field("signature", pa.binary(), nullable=False),
        pa.field("bands", pa.list_(pa.uint64()), nullable=False),
    ]
)
"""Columns of a file of fingerprints; what each is says `kz_textkit.filters.duplicates.Fingerprint`."""

ADDRESS_COLUMNS = ("url", "address", "link")
"""Columns of the metadata that say where a document came from."""


def fingerprints_of(corpus: Corpus, progress: Callable[[int, int, str], None] | None = None) -> Iterator[Fingerprint]:
    """The fingerprints of the clean texts of a corpus, in its order."""
    total = len(corpus.table("documents", columns=["doc_id"]))
    for number, (doc_id, blocks) in enumerate(groupby(_blocks(corpus), key=itemgetter(0)), 1):
        yield fingerprint(doc_id, "\n".join(text for _, text in blocks))
        if progress is not None:
            progress(number, total, doc_id)


def _blocks(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Document and text of each block, in the order of the corpus."""
    for name in corpus.tables.files("blocks"):
        with pq.ParquetFile(name) as file:
            for batch in file.iter_batches(columns=["doc_id", "text"]):
                yield from zip(batch["doc_id"].to_pylist(), batch["text"].to_pylist(), strict=True)


def duplicates_in(
    own: Sequence[Fingerprint], near: float | None = NEAR, *, against: Mapping[str, Sequence[Fingerprint]] = MappingProxyType({})
) -> list[Duplicate]:
    """The documents of a corpus, whose fingerprints are `own`, that are duplicates of one before them, or of one of another corpus.

    `against` has the fingerprints of other corpora by a name, which stands before the ids of their documents (`маусым:дәріс-3`).
    """
    others = [replace(one, doc_id=f"{name}:{one.doc_id}") for name, found in against.items() for one in found]
    foreign = {one.doc_id for one in others}
    return [one for one in find_duplicates([*others, *own], near) if one.doc_id not in foreign]


def save_fingerprints(path: Path, found: list[Fingerprint]) -> None:
    """Write fingerprints, with their bands, as a Parquet file, so that another corpus can be compared with this one."""
    columns = {
        "doc_id": [one.doc_id for one in found],
        "exact": [one.exact for one in found],
        "signature": [one.signature for one in found],
        "bands": [one.bands for one in found],
    }
    with replacing(path, binary=True) as file:
        pq.write_table(pa.table(columns, schema=FINGERPRINTS), file, compression="zstd")


def read_fingerprints(path: Path) -> list[Fingerprint]:
    """The fingerprints of a file that `save_fingerprints` wrote.

    Raises `UsageError` where it is none.
    """
    try:
        table = pq.read_table(path, columns=FINGERPRINTS.names[:3])
    except (OSError, pa.ArrowException) as error:
        raise UsageError(f"{path} is no file of fingerprints: {printable(str(error)).splitlines()[0][:120]}") from None
    if table.schema != pa.schema(list(FINGERPRINTS)[:3]):
        raise UsageError(f"{path} is no file of fingerprints: its columns are others")
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return [Fingerprint(doc_id, exact, signature) for doc_id, exact, signature in rows]


def save_unique(corpus: Corpus, name: str, duplicates: list[Duplicate]) -> int:
    """Save the documents that are no duplicates as a subcorpus with this name; their number."""
    left_out = {duplicate.doc_id for duplicate in duplicates}
    ids = (doc_id for (doc_id,) in corpus.tables.table("documents").project("doc_id").fetchall())
    stays = tuple(doc_id for doc_id in ids if doc_id not in left_out)
    save_subcorpus(corpus.path, name, Part(documents=stays))
    return len(stays)


def shared_lines(corpus: Corpus, least: int) -> list[tuple[str, str, int, int]]:
    """Lines that at least `least` documents of one host share: host, line, how many of its documents have it, how many there are.

    The host is that of the address in the metadata (column `url`, `address` or `link`); documents without one are of the host ``.
    Menus, notices and the like that a reader left in a text show here, the commonest first.
    """
    hosts = _hosts(corpus)
    totals = Counter(hosts.values())
    counts: Counter[tuple[str, str]] = Counter()
    rows = corpus.tables.table("blocks").filter("kind <> 'toc_entry'").aggregate("doc_id, list(distinct text)", "doc_id").fetchall()
    for doc_id, lines in rows:
        host = hosts.get(doc_id, "")
        counts.update((host, line) for line in lines)
    found = [(host, line, count, totals[host]) for (host, line), count in counts.items() if count >= least]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def _hosts(corpus: Corpus) -> dict[str, str]:
    """The host of each document of which the metadata say where it came from."""
    hosts: dict[str, str] = {}
    for doc_id, metadata in corpus.tables.table("documents").project("doc_id, metadata").fetchall():
        said = json.loads(metadata or "{}")
        address = next((str(said[name]) for name in ADDRESS_COLUMNS if said.get(name)), "")
        hosts[doc_id] = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return hosts
