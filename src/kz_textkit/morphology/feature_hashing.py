"""Where a feature stands in the table of weights: the hashes of what it joins, mixed to a place (*feature hashing*)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["BITS", "FACTORS", "Hashes", "mix", "places_of"]

Hashes = npt.NDArray[np.uint32]
Indices = npt.NDArray[np.intp]

BITS = 18
"""The table of weights has 2 ** BITS places."""

FACTORS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1)
"""What the hashes of a feature are multiplied with, by their order, before they are added."""


def places_of(sums: Hashes) -> Hashes:
    """The places that sums of multiplied hashes lead to."""
    mixed = sums >> np.uint32(15)
    mixed ^= sums
    mixed *= np.uint32(0x2C1B3C6D)
    mixed >>= np.uint32(32 - BITS)
    return mixed


def mix(*parts: Hashes | int) -> Indices:
    """One place in the table of weights for each row of hashes that go together."""
    total: Hashes | np.uint32 = np.uint32(0)
    for factor, part in zip(FACTORS, parts, strict=False):
        total = total + np.asarray(part, dtype=np.uint32) * np.uint32(factor)
    places: Indices = places_of(np.asarray(total, dtype=np.uint32)).astype(np.intp)
    return places
