"""How strongly two words attract each other: measures of association, from counts alone.

Each measure takes, for any number of pairs at once, what was observed and what chance would give:

`together`  how often the pair occurs (O11)
`node`      how often the node does, or how many places around it there are (R1)
`collocate` how often the collocate does (C1)
`size`      the number of tokens in all (N)

and expects `node * collocate / size` occurrences of the pair (E11). Around a node with a window of *k* tokens, `node` is the number of
places in the windows, as in S. Evert, *Corpora and collocations* (in: Corpus Linguistics. An International Handbook, 2008), from which
the formulas are taken unless a measure names another source; `dice` and `log_dice` take the node's own frequency instead.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

__all__ = ["MEASURES", "dice", "log_dice", "log_likelihood", "mi", "mi3", "t_score", "z_score"]

Counts = npt.ArrayLike
Scores = npt.NDArray[np.float64]


def _expected(node: Counts, collocate: Counts, size: Counts) -> Scores:
    return np.asarray(node, dtype=float) * np.asarray(collocate, dtype=float) / np.asarray(size, dtype=float)


def mi(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """Pointwise mutual information in bits, log2(O11 / E11) (K. Church, P. Hanks, 1990). Favours rare words.

    `саяси` 50 times, `билік` 100 times and 25 times together in 100,000 tokens:

    >>> float(mi(25, 50, 100, 100_000).round(2))
    8.97
    """
    with np.errstate(divide="ignore"):
        return np.log2(np.asarray(together, dtype=float) / _expected(node, collocate, size))


def mi3(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """Cubic mutual information in bits, log2(O11^3 / E11) (B. Daille, 1994). Favours rare words less than `mi`."""
    with np.errstate(divide="ignore"):
        return np.log2(np.asarray(together, dtype=float) ** 3 / _expected(node, collocate, size))


def t_score(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """(O11 - E11) / sqrt(O11) (K. Church et al., 1991). Favours frequent words; 0 where the pair does not occur."""
    observed = np.asarray(together, dtype=float)
    difference = observed - _expected(node, collocate, size)
    return np.divide(difference, np.sqrt(observed), out=np.zeros_like(difference), where=observed > 0)


def z_score(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """(O11 - E11) / sqrt(E11) (G. Berry-Rogghe, 1973)."""
    expected = _expected(node, collocate, size)
    return (np.asarray(together, dtype=float) - expected) / np.sqrt(expected)


def dice(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """2 O11 / (R1 + C1): the share that the pair has in its two words. `size` plays no part."""
    return 2 * np.asarray(together, dtype=float) / (np.asarray(node, dtype=float) + np.asarray(collocate, dtype=float))


def log_dice(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """14 + log2(Dice) (P. Rychlý, *A lexicographer-friendly association score*, 2008). At most 14; comparable between corpora.

    >>> float(log_dice(25, 50, 100, 100_000).round(2))
    12.42
    """
    with np.errstate(divide="ignore"):
        return 14 + np.log2(dice(together, node, collocate, size))


def log_likelihood(together: Counts, node: Counts, collocate: Counts, size: Counts) -> Scores:
    """G2 = 2 sum O ln(O / E) over the four cells (T. Dunning, 1993), negative where the words avoid each other."""
    o11, r1, c1, n = (np.asarray(value, dtype=float) for value in (together, node, collocate, size))
    cells = ((o11, r1, c1), (r1 - o11, r1, n - c1), (c1 - o11, n - r1, c1), (n - r1 - c1 + o11, n - r1, n - c1))
    total = 2 * sum(_o_ln_o_over_e(observed, row * column / n) for observed, row, column in cells)
    return np.where(o11 < r1 * c1 / n, -total, total)


def _o_ln_o_over_e(observed: Scores, expected: Scores) -> Scores:
    """Observed times ln(observed / expected), 0 where nothing was; overlapping windows can leave less than nothing in a cell."""
    observed = np.maximum(observed, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


MEASURES: dict[str, Callable[[Counts, Counts, Counts, Counts], Scores]] = {
    "log_dice": log_dice,
    "mi": mi,
    "mi3": mi3,
    "t_score": t_score,
    "z_score": z_score,
    "log_likelihood": log_likelihood,
    "dice": dice,
}
"""The measures by the name of their column."""
