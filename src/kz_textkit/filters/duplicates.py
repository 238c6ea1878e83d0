"""Texts that are the same, or nearly: exact duplicates by their words, near ones by MinHash and locality-sensitive hashing.

A text is the set of its runs of five words, small letters and nothing but letters and figures; how alike two texts are is the share of
the runs of both that they have in common (Jaccard). A signature of 112 MinHash values estimates it; texts that have one of 14 bands of
8 values in common are candidates (Broder 1997; the bands are those of FineWeb), and candidates are compared by their signatures. Bands
depend on the text alone, so machines that each have a part of a corpus find the same ones.

MinHash is that of the library `rensa`; its version stands beside the bands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice

import numpy as np
import regex

from kz_textkit.errors import UsageError

if find_spec("rensa"):
    from rensa import RMinHash

__all__ = ["BANDS", "NEAR", "RUN", "Duplicate", "Fingerprint", "check_installed", "find_duplicates", "fingerprint"]

RUN = 5
"""Words in a run."""
BANDS, BAND_VALUES = 14, 8
"""Bands of a signature, and values in each: what is .72 alike is found in 64 of 100 cases, .8 in 92, .9 always."""
SEED = 20_240_613
NEAR = 0.8
"""How alike two texts are to be near duplicates, if nothing else is said."""

_words = regex.compile(r"[\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a text is compared."""

    doc_id: str
    exact: bytes
    """The first 16 bytes of the SHA-256 of its words: texts with the same ones have the same words in the same order."""
    signature: bytes
    """112 MinHash values, each as four bytes, the least significant first; empty for a text without words."""

    @property
    def bands(self) -> tuple[int, ...]:
        """The bands of the signature as numbers of 64 bits."""
        width = 4 * BAND_VALUES
        starts = range(0, len(self.signature), width)
        return tuple(int.from_bytes(_hash(self.signature[start : start + width])[:8], "little") for start in starts)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that is the same as an earlier one, or nearly."""

    doc_id: str
    of: str
    """Id of the document that stays."""
    similarity: float
    """Estimated share of runs in common; 1 for the same words."""
    is_exact: bool


def check_installed() -> None:
    """Raise `UsageError` where the library for near duplicates is not installed."""
    if not find_spec("rensa"):
        raise UsageError("to find near duplicates, install kz-textkit with its part for web text: pip install 'kz-textkit[web]'")


def fingerprint(doc_id: str, text: str) -> Fingerprint:
    """The fingerprint of a text.

    >>> one, other = fingerprint("а", "Бұл - үлгі."), fingerprint("б", "бұл үлгі")
    >>> one.exact == other.exact, len(one.bands)
    (True, 14)
    """
    words = _words.findall(text.lower())
    exact = _hash(" ".join(words).encode())[:16]
    if not words:
        return Fingerprint(doc_id, exact, b"")
    runs = {" ".join(run) for run in zip(*(islice(words, i, None) for i in range(min(RUN, len(words)))), strict=False)}
    minhash = RMinHash(num_perm=BANDS * BAND_VALUES, seed=SEED)
    minhash.update(sorted(runs))
    return Fingerprint(doc_id, exact, np.array(minhash.digest(), dtype="<u4").tobytes())


def find_duplicates(fingerprints: Iterable[Fingerprint], near: float | None = NEAR) -> Iterator[Duplicate]:
    """The documents that are duplicates of one before them, in the order given; the first of each group stays.

    `near` is the least likeness of near duplicates; None finds exact ones alone. A document is compared with those that stay only, so
    none is left out for being like one that was left out itself. Half a kilobyte a document is kept in memory.

    >>> texts = {"а": "Бұл бір үлгі мәтін ғана екен.", "б": "Мүлдем басқа нәрсе туралы сөз.", "в": "бұл бір үлгі мәтін ғана екен"}
    >>> list(find_duplicates(fingerprint(name, text) for name, text in texts.items()))
    [Duplicate(doc_id='в', of='а', similarity=1.0, is_exact=True)]
    """
    found = list(fingerprints)
    groups = _groups(found) if near is not None else np.empty((len(found), 0), dtype=np.int64)
    stays: dict[bytes, int] = {}
    kept: defaultdict[int, list[int]] = defaultdict(list)
    for i, document in enumerate(found):
        first = stays.setdefault(document.exact, i)
        if first != i:
            yield Duplicate(document.doc_id, found[first].doc_id, 1.0, True)
            continue
        own = [int(group) for group in groups[i] if group >= 0]
        like, share = _most_alike(document, found, sorted({j for group in own for j in kept.get(group, ())}))
        if near is not None and like is not None and share >= near:
            stays[document.exact] = like  # A copy of this one is a duplicate of the one that stays.
            yield Duplicate(document.doc_id, found[like].doc_id, round(share, 3), False)
            continue
        for group in own:
            kept[group].append(i)


def _groups(found: Sequence[Fingerprint]) -> np.ndarray:
    """A row a document, a column a band: a number that documents with the same band share, -1 where no other has it."""
    with_words = [i for i, document in enumerate(found) if document.signature]
    groups = np.full((len(found), BANDS), -1, dtype=np.int64)
    if not with_words:
        return groups
    signatures = np.frombuffer(b"".join(found[i].signature for i in with_words), dtype="<u4").reshape(len(with_words), -1)
    for band in range(BANDS):
        values = np.ascontiguousarray(signatures[:, band * BAND_VALUES : (band + 1) * BAND_VALUES])
        _, group, size = np.unique(values.view(f"V{4 * BAND_VALUES}").ravel(), return_inverse=True, return_counts=True)
        groups[with_words, band] = np.where(size[group] > 1, group + band * len(found), -1)
    return groups


def _most_alike(one: Fingerprint, found: Sequence[Fingerprint], candidates: Sequence[int]) -> tuple[int | None, float]:
    """The candidate whose signature has most values in common with that of `one`, the earliest of several, and their share."""
    if not candidates:
        return None, 0.0
    own = np.frombuffer(one.signature, dtype="<u4")
    shares = [float((np.frombuffer(found[i].signature, dtype="<u4") == own).mean()) for i in candidates]
    best = max(range(len(shares)), key=lambda at: (shares[at], -at))
    return candidates[best], shares[best]


def _hash(content: bytes) -> bytes:
    return sha256(content).digest()
