"""How lemmas are used in text that nobody has annotated: evidence for the choice that the few annotated sentences can't give.

Two things are known of a lemma, each as a class of a few (`data/usage.txt`, which `tools/morphology/compile_usage.py` counts): how
often it stands bare among its nominal forms, for an adjective nearly always does (`ұлттық`) and a noun seldom (`халық`), or, of a
noun in -у, how large a share of the forms of its verb those in -у are (`сайлау` beside `сайлады`); and how often its forms have a
capital where no sentence begins (`Кеңес`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.feature_hashing import Hashes

__all__ = ["BARE", "CAPITAL", "FILE", "usage_of"]

FILE = "usage.txt"
BARE, CAPITAL = "bare", "capital"
"""The two kinds of classes, as the file names them."""


def _classes(kind: str) -> Iterator[tuple[str, list[str]]]:
    text = files("kz_textkit.morphology").joinpath("data").joinpath(FILE).read_text(encoding="utf-8")
    for line in text.splitlines():
        found, _, rest = line.partition(" ")
        if found == kind:
            name, _, lemmas = rest.partition(" ")
            yield name, lemmas.split(" ")


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[Hashes, Hashes], ...]:
    """For each kind the hashes of lemmas in order, and the hashes of their classes."""
    tables = []
    for kind in (BARE, CAPITAL):
        found: dict[int, int] = {}
        for name, lemmas in _classes(kind):
            value = crc32(f"{kind} {name}".encode())
            found.update((crc32(lemma.encode()), value) for lemma in lemmas)
            if kind == CAPITAL:
                found.update((crc32((lemma[:1].upper() + lemma[1:]).encode()), value) for lemma in lemmas)
        keys = np.array(sorted(found), dtype=np.uint32)
        tables.append((keys, np.array([found[key] for key in keys.tolist()], dtype=np.uint32)))
    return tuple(tables)


def usage_of(lemmas: npt.NDArray[np.uint32]) -> Hashes:
    """The classes of lemmas, given by their hashes: a row each for how bare they stand and for capitals; 0 where nothing is known."""
    rows = []
    for keys, values in _tables():
        at = np.minimum(np.searchsorted(keys, lemmas), len(keys) - 1)
        rows.append(np.where(keys[at] == lemmas, values[at], np.uint32(0)))
    return np.array(rows, dtype=np.uint32)
