"""How rich a vocabulary is, by measures that try not to fall with the length of the text.

Sources: P. Guiraud, *Les caractères statistiques du vocabulaire*, 1954; G. U. Yule, *The Statistical Study of Literary Vocabulary*,
1944; M. Scott's standardised type-token ratio (WordSmith); Ph. McCarthy, S. Jarvis, *vocd: A theoretical and empirical evaluation*,
Language Testing 24, 2007 (HD-D); the same, *MTLD, vocd-D, and HD-D*, Behavior Research Methods 42, 2010 (MTLD).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["guiraud", "hd_d", "mtld", "sttr", "yule_k"]

STTR_SEGMENT = 1_000
"""Tokens of the segments of STTR, as in WordSmith."""
HDD_DRAWS = 42
"""Tokens of the samples that HD-D is about, McCarthy and Jarvis' choice."""
MTLD_THRESHOLD = 0.72
"""Type-token ratio at which a factor of MTLD ends."""

Codes = npt.NDArray[np.int64]


def guiraud(tokens: int, types: int) -> float:
    """Guiraud's R: types / sqrt(tokens); NaN for no tokens.

    >>> guiraud(100, 60)
    6.0
    """
    return types / float(np.sqrt(tokens)) if tokens else float("nan")


def yule_k(counts: npt.ArrayLike) -> float:
    """Yule's characteristic K = 10⁴ (Σ f² - N) / N² of the frequencies f of the types: high where few words come again and again.

    >>> yule_k([2, 1, 1])
    1250.0
    """
    f = np.asarray(counts, dtype=float)
    n = f.sum()
    return float(1e4 * ((f**2).sum() - n) / n**2) if n else float("nan")


def sttr(terms: Sequence[str], *, segment: int = STTR_SEGMENT) -> float:
    """The mean type-token ratio of whole segments of the text; NaN for a text that is shorter than one.

    >>> sttr("бір екі бір екі бір бір үш".split(), segment=2)
    0.8333333333333334
    """
    codes = _codes(terms)
    starts = range(0, len(codes) - segment + 1, segment)
    return float(np.mean([len(np.unique(codes[i : i + segment])) / segment for i in starts])) if len(starts) else float("nan")


def hd_d(counts: npt.ArrayLike, *, draws: int = HDD_DRAWS) -> float:
    """HD-D: the type-token ratio to be expected of `draws` tokens drawn at random; NaN for a text that has fewer.

    Each type adds its probability to be in such a sample (hypergeometric), divided by the number of draws.

    >>> round(hd_d([1] * 42), 6), round(hd_d([42, 42]), 2)
    (1.0, 0.05)
    """
    f = np.asarray(counts, dtype=np.int64)
    n = int(f.sum())
    if n < draws:
        return float("nan")
    values, times = np.unique(f, return_counts=True)
    i = np.arange(draws)
    absent = np.prod(np.maximum(n - values[:, None] - i, 0) / (n - i), axis=1)
    return float(((1 - absent) * times).sum() / draws)


def mtld(terms: Sequence[str], *, threshold: float = MTLD_THRESHOLD) -> float:
    """MTLD: the mean length of stretches that keep a type-token ratio above `threshold`, forwards and backwards; NaN for no tokens.

    >>> mtld("бір екі бір екі бір екі".split())
    3.0
    """
    codes = _codes(terms).tolist()
    if not codes:
        return float("nan")
    return (_stretch(codes, len(codes), threshold) + _stretch(reversed(codes), len(codes), threshold)) / 2


def _stretch(codes: Iterable[int], length: int, threshold: float) -> float:
    """The mean length in one direction; what is left at the end is a part of a stretch, by how far its ratio has fallen."""
    factors, seen, tokens, ratio = 0.0, set[int](), 0, 1.0
    for code in codes:
        tokens += 1
        seen.add(code)
        ratio = len(seen) / tokens
        if ratio <= threshold:
            factors, seen, tokens, ratio = factors + 1, set(), 0, 1.0
    if tokens:
        factors += (1 - ratio) / (1 - threshold)
    return length / factors if factors else float(length)


def _codes(terms: Sequence[str]) -> Codes:
    return np.asarray(pd.factorize(np.asarray(terms, dtype=object))[0], dtype=np.int64)
