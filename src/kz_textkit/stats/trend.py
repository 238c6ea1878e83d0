"""Trends: whether a term is used more, or less, from year to year.

The test is that of Mann and Kendall: of all pairs of years, how many rise and how many fall. It asks for no straight line and no normal
distribution. Sources: H. B. Mann, *Nonparametric tests against trend*, Econometrica 13, 1945; M. G. Kendall, *Rank Correlation
Methods*, 1975 (tau-b, and the variance with ties); P. K. Sen, *Estimates of the regression coefficient based on Kendall's tau*,
Journal of the American Statistical Association 63, 1968 (the slope); E. B. Wilson, ibid. 22, 1927 (the interval of a proportion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.stats.keyness import Z_95
from kz_textkit.stats.terms import DECIMALS, PER_MILLION

__all__ = ["TREND_COLUMNS", "MannKendall", "mann_kendall", "trend", "wilson_interval"]

TREND_COLUMNS = ("documents", "words", "count", "per_million", "low", "high", "tau", "p_value", "slope")


Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class MannKendall:
    """What the test says of a row of values in the order of time."""

    s: int
    """Pairs that rise, less those that fall."""
    tau: float
    """Kendall's tau-b: from -1, always falling, to 1, always rising; NaN where all values are the same, or there is one only."""
    p_value: float
    """Probability of an S as far from 0 without a trend, by the normal approximation with correction for continuity."""
    slope: float
    """Sen's slope: the median of the change per unit of time of all pairs."""


def mann_kendall(times: Sequence[float], values: Sequence[float]) -> MannKendall:
    """The test of Mann and Kendall for `values` at different `times`.

    The approximation is good from about ten values on; with less than four no p-value can be below 0.05.

    >>> test = mann_kendall([2019, 2020, 2021, 2022, 2023], [10, 12, 11, 15, 17])
    >>> test.s, test.tau, test.slope
    (8, 0.8, 1.7083333333333335)
    """
    x, y = np.asarray(times, dtype=float), np.asarray(values, dtype=float)
    n = len(y)
    if n < 2:
        return MannKendall(0, float("nan"), 1.0, float("nan"))
    later, earlier = np.tril_indices(n, -1)
    rises = np.sign(x[later] - x[earlier]) * np.sign(y[later] - y[earlier])
    s = int(rises.sum())
    _, ties = np.unique(y, return_counts=True)
    pairs, tied = n * (n - 1) / 2, float((ties * (ties - 1) / 2).sum())
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    z = (abs(s) - 1) / sqrt(variance) if s and variance > 0 else 0.0
    tau = s / sqrt(pairs * (pairs - tied)) if pairs > tied else float("nan")
    slope = float(np.median((y[later] - y[earlier]) / (x[later] - x[earlier])))
    return MannKendall(s, tau, erfc(z / sqrt(2)), slope)


def wilson_interval(count: npt.ArrayLike, size: npt.ArrayLike) -> tuple[Array, Array]:
    """The interval of 95 % confidence of the share count / size; NaN where the size is 0.

    >>> low, high = wilson_interval([15], [148])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0624], [0.1605])
    """
    k, n = np.asarray(count, dtype=float), np.asarray(size, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, z2 = k / n, Z_95**2
        middle, reach = p + z2 / (2 * n), Z_95 * np.sqrt(p * (1 - p) / n + z2 / (4 * n**2))
        return (np.maximum(middle - reach, 0) / (1 + z2 / n), np.minimum(middle + reach, 1 + z2 / n) / (1 + z2 / n))


def trend(counts: pd.DataFrame, sizes: pd.DataFrame, by: str) -> pd.DataFrame:
    """How often terms are used at each time, with the test of the trend of each.

    `counts` has the columns term, `by` (a number, such as the year) and count; `sizes` has `by`, documents and words, a row for each
    time. The result has a row for each term and time, in the order of `counts` and of time: term, `by`, documents, words, count,
    per_million, the interval of 95 % confidence low to high of it (Wilson's; words of a text are no independent draws, so that it is
    narrow), and, the same in all rows of a term, tau, p_value and slope (per million a unit of time) of `mann_kendall`.

    >>> counts = pd.DataFrame({"term": ["ел", "ел"], "year": [1991, 1993], "count": [2, 6]})
    >>> sizes = pd.DataFrame({"year": [1991, 1992, 1993], "documents": 1, "words": 1000})
    >>> trend(counts, sizes, "year")[["year", "count", "per_million"]].values.tolist()
    [[1991.0, 2.0, 2000.0], [1992.0, 0.0, 0.0], [1993.0, 6.0, 6000.0]]
    """
    times = sizes[sizes["words"] > 0].sort_values(by, ignore_index=True)
    tables = []
    for term, rows in counts.groupby("term", sort=False):
        table = times.merge(rows[[by, "count"]], on=by, how="left").fillna({"count": 0}).astype({"count": "int64"})
        table.insert(0, "term", term)
        low, high = wilson_interval(table["count"], table["words"])
        exact = table["count"].to_numpy() * PER_MILLION / table["words"].to_numpy()
        test = mann_kendall(table[by].tolist(), exact.tolist())
        table["per_million"] = exact.round(DECIMALS)
        table["low"], table["high"] = (low * PER_MILLION).round(DECIMALS), (high * PER_MILLION).round(DECIMALS)
        tables.append(table.assign(tau=test.tau, p_value=test.p_value, slope=round(test.slope, DECIMALS)))
    columns = ["term", by, *TREND_COLUMNS]
    table = pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)
    table.attrs["by"] = by
    return table
