"""Dispersion: how evenly a term is spread over the parts of a corpus.

A term that stands 50 times in one lecture and one that stands 50 times over fifteen are equally frequent, and not equally important.

Sources: St. Th. Gries, *Dispersions and adjusted frequencies in corpora*, International Journal of Corpus Linguistics 13, 2008 (DP);
J. Lijffijt, St. Th. Gries, ibid. 17, 2012 (its normed form); A. Juilland, E. Chang-Rodríguez, *Frequency Dictionary of Spanish Words*,
1964 (D); P. Savický, J. Hlaváčová, *Measures of word commonness*, Journal of Quantitative Linguistics 9, 2002 (ARF).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["average_reduced_frequency", "dispersion"]


def dispersion(counts: pd.DataFrame, part_sizes: pd.Series[int]) -> pd.DataFrame:
    """Spread of each term over parts.

    `counts` has the columns term, part and count, a row for each pair that occurs; `part_sizes` the number of words of *every* part,
    indexed by part. The result is indexed by term, with the columns

    `parts`
        in how many parts the term occurs (its range);
    `dp`
        Gries' deviation of proportions, half the sum over the parts of |s - v/f|, where s is the part's share of the corpus and v/f its
        share of the term: 0 is perfectly even, near 1 is all in one small part;
    `dp_norm`
        DP / (1 - the smallest s), which reaches 1;
    `juilland_d`
        Juilland's D = 1 - V / sqrt(n - 1), with V the coefficient of variation of the term's relative frequencies in the n parts: 1 is
        perfectly even, 0 is all in one part.

    With a single part, DP is 0 and `dp_norm` and `juilland_d` are not defined (NaN).

    >>> counts = pd.DataFrame({"term": ["билік", "билік", "дәріс"], "part": ["1", "2", "1"], "count": [5, 5, 4]})
    >>> dispersion(counts, pd.Series({"1": 100, "2": 100})).round(2)
           parts   dp  dp_norm  juilland_d
    term
    билік      2  0.0      0.0         1.0
    дәріс      1  0.5      1.0         0.0
    """
    sizes = part_sizes[part_sizes > 0]
    share = sizes / sizes.sum()
    n = len(sizes)
    frequency = counts.groupby("term", sort=False)["count"].transform("sum")
    size, s = counts["part"].map(sizes).astype(float), counts["part"].map(share).astype(float)
    relative = counts["count"] / size
    # A part without the term adds s to the sum: all parts add 1, and those with the term take their s back.
    rows = pd.DataFrame(
        {
            "term": counts["term"],
            "parts": 1,
            "deviation": (s - counts["count"] / frequency).abs() - s,
            "relative": relative,
            "squared": relative**2,
        }
    )
    sums = rows.groupby("term", sort=False).sum()
    mean = sums["relative"] / n
    variance = (sums["squared"] / n - mean**2).clip(lower=0)
    dp = ((sums["deviation"] + 1) / 2).clip(lower=0)
    several = n > 1
    return pd.DataFrame(
        {
            "parts": sums["parts"],
            "dp": dp,
            "dp_norm": dp / (1 - share.min()) if several else np.nan,
            "juilland_d": (1 - np.sqrt(variance) / mean / np.sqrt(n - 1)).clip(lower=0) if several else np.nan,
        }
    )


def average_reduced_frequency(positions: npt.ArrayLike, size: int) -> float:
    """ARF of a term that stands at `positions` (token numbers from 0, ascending) in a corpus of `size` tokens.

    The corpus is cut into as many parts as the term has occurrences, and ARF is the number of parts that have it, averaged over all
    places to begin cutting: 1/v times the sum of min(d, v) over the distances d from each occurrence to the next, round the end of
    the corpus, with v = size / frequency. Evenly spread, ARF is the frequency; in one heap, it is near 1.

    >>> average_reduced_frequency([0, 25, 50, 75], 100), round(average_reduced_frequency([0, 1, 2, 3], 100), 2)
    (4.0, 1.12)
    """
    at = np.asarray(positions, dtype=np.int64)
    if not len(at):
        return 0.0
    distances = np.diff(at, append=at[0] + size)
    v = size / len(at)
    return float(np.minimum(distances, v).sum() / v)
