"""Keywords: words that one part of a corpus has more often, or less often, than another.

Effect size and significance are different questions, so both are answered: `log_ratio` and `diff_percent` say how much more often,
`log_likelihood`, `bayes_factor` and `chi_square` with their probabilities how sure that is. Frequencies are compared per word, so the
parts may be of different size.
"""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd

from kz_textkit.stats.terms import DECIMALS, PER_MILLION

__all__ = ["KEYWORD_COLUMNS", "keywords"]

KEYWORD_COLUMNS = [
    "count",
    "reference_count",
    "per_million",
    "reference_per_million",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "diff_percent",
    "log_likelihood",
    "p_value",
    "bayes_factor",
    "chi_square",
    "chi_square_p_value",
]

UNSEEN = 0.5
"""What a count of 0 counts as in `log_ratio` (A. Hardie's choice), so that a word that the reference lacks has a ratio."""
Z_95 = 1.959963984540054
"""Standard deviations of a normal variable on either side of its mean that 95 % of its values are in."""
UNSEEN_SHARE = 1e-18
"""What a share of 0 counts as in `diff_percent` (C. Gabrielatos and A. Marchi's choice)."""

Array = npt.NDArray[np.float64]


def keywords(
    counts: pd.Series[int], reference: pd.Series[int], *, size: int | None = None, reference_size: int | None = None
) -> pd.DataFrame:
    """Compare the frequencies of the terms in `counts` and `reference`, both indexed by term.

    `size` and `reference_size` are the numbers of words in the two parts, where the counts are not of all of them. The result has a row
    for each term that occurs in either, indexed by term, those most surely more frequent first, with the columns `KEYWORD_COLUMNS`:

    `log_ratio`
        log2 of the ratio of the two relative frequencies (A. Hardie, 2014): 1 is twice as frequent, -1 half as frequent.
    `log_ratio_low`, `log_ratio_high`
        its confidence interval of 95 %: the ratio of two proportions, taken as normal in its logarithm, with the standard error
        sqrt(1/a - 1/c + 1/b - 1/d) (D. Katz et al., Biometrics 34, 1978). Words of a text are no independent draws, so that the true
        interval is wider; where it has 0 in it, the term is as likely less frequent as more.
    `diff_percent`
        %DIFF: the difference of the relative frequencies in per cent of the reference's (C. Gabrielatos, A. Marchi, 2011).
    `log_likelihood`, `p_value`
        G2 = 2 (a ln(a/E1) + b ln(b/E2)) with E1 = c(a+b)/(c+d), E2 = d(a+b)/(c+d) (P. Rayson, R. Garside, 2000), negative where the
        term is less frequent than in the reference, and its probability by chance (chi-square, one degree of freedom).
    `bayes_factor`
        G2 - ln(c+d), the Bayes factor as BIC: above 2 positive, above 6 strong, above 10 very strong evidence (A. Wilson, 2013).
    `chi_square`, `chi_square_p_value`
        Pearson's chi-square of the two-by-two table, without Yates' correction.

    Raises `ValueError` where one of the parts has no words.

    >>> lecture, rest = pd.Series({"билік": 30, "және": 50}), pd.Series({"билік": 10, "және": 150})
    >>> keywords(lecture, rest, size=1000, reference_size=3000)[["log_ratio", "log_likelihood"]].round(2)
           log_ratio  log_likelihood
    билік       3.17           43.94
    және        0.00            0.00
    """
    terms = counts.index.union(reference.index)
    a = counts.reindex(terms, fill_value=0).to_numpy(dtype=float)
    b = reference.reindex(terms, fill_value=0).to_numpy(dtype=float)
    c = float(a.sum() if size is None else size)
    d = float(b.sum() if reference_size is None else reference_size)
    if not c or not d:
        raise ValueError("keywords need words on both sides")
    more = a / c >= b / d
    g2 = _log_likelihood(a, b, c, d)
    chi2 = _chi_square(a, b, c, d)
    seen, reference_seen = np.where(a > 0, a, UNSEEN), np.where(b > 0, b, UNSEEN)
    log_ratio = np.log2((seen / c) / (reference_seen / d))
    reach = Z_95 * np.sqrt(np.maximum(1 / seen - 1 / c + 1 / reference_seen - 1 / d, 0)) / np.log(2)
    share, reference_share = a / c, np.where(b > 0, b / d, UNSEEN_SHARE)
    table = pd.DataFrame(
        {
            "count": a.astype("int64"),
            "reference_count": b.astype("int64"),
            "per_million": (share * PER_MILLION).round(DECIMALS),
            "reference_per_million": (b / d * PER_MILLION).round(DECIMALS),
            "log_ratio": log_ratio,
            "log_ratio_low": log_ratio - reach,
            "log_ratio_high": log_ratio + reach,
            "diff_percent": (share - reference_share) * 100 / reference_share,
            "log_likelihood": np.where(more, g2, -g2),
            "p_value": by_chance(g2),
            "bayes_factor": g2 - np.log(c + d),
            "chi_square": np.where(more, chi2, -chi2),
            "chi_square_p_value": by_chance(chi2),
        },
        index=terms,
    )
    return table.sort_values("log_likelihood", ascending=False, kind="stable")


def by_chance(chi_square: Array) -> Array:
    """The probability of a value as high or higher of chi-square with one degree of freedom: that of a normal variable to be as far
    from 0 as its square root.

    >>> by_chance(np.array([3.841458820694124])).round(6).tolist()
    [0.05]
    """
    return np.array([erfc(sqrt(value / 2)) for value in chi_square.tolist()])


def _log_likelihood(a: Array, b: Array, c: float, d: float) -> Array:
    both = (a + b) / (c + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = [np.where(observed > 0, observed * np.log(observed / (size * both)), 0.0) for observed, size in ((a, c), (b, d))]
    return np.maximum(2 * (terms[0] + terms[1]), 0.0)


def _chi_square(a: Array, b: Array, c: float, d: float) -> Array:
    numerator = (c + d) * (a * (d - b) - b * (c - a)) ** 2
    denominator = (a + b) * (c + d - a - b) * c * d
    return np.divide(numerator, denominator, out=np.zeros_like(a), where=denominator > 0)
