"""The vocabulary of a text: how rich it is, how it grows, and how few words cover how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from kz_textkit.stats.counting import by_count
from kz_textkit.stats.richness import guiraud, hd_d, mtld, sttr, yule_k

__all__ = ["coverage_curve", "growth_curve", "mattr", "unknown_words", "vocabulary"]

MATTR_WINDOW = 500
"""Tokens of the moving window of MATTR, M. Covington and J. McFall's choice for running text."""


def vocabulary(terms: Sequence[str], *, window: int = MATTR_WINDOW) -> pd.DataFrame:
    """Richness of the running text `terms` (forms or lemmas in text order), as a table with the columns measure and value.

    tokens and types (different terms); hapaxes and dis legomena (types that occur once, twice); TTR = types / tokens, which falls with
    the length of a text; MATTR, its moving average over windows of equal length, which does not (`mattr`); and the other measures
    that try not to (`kz_textkit.stats.richness`): STTR, Guiraud's R, Yule's K, MTLD, HD-D. NaN where a text is too short for one.

    >>> print(vocabulary("билік пен билік туралы білім".split(), window=3).round(3).to_string(index=False))
          measure   value
           tokens   5.000
            types   4.000
          hapaxes   3.000
     dis_legomena   1.000
              ttr   0.800
            mattr   0.889
             sttr     NaN
          guiraud   1.789
           yule_k 800.000
             mtld   6.000
             hd_d     NaN
    """
    codes, types = pd.factorize(np.asarray(terms, dtype=object))
    counts = np.bincount(codes, minlength=len(types))
    measures = {
        "tokens": len(codes),
        "types": len(types),
        "hapaxes": int((counts == 1).sum()),
        "dis_legomena": int((counts == 2).sum()),
        "ttr": len(types) / len(codes) if len(codes) else np.nan,
        "mattr": mattr(terms, window=window),
        "sttr": sttr(terms),
        "guiraud": guiraud(len(codes), len(types)),
        "yule_k": yule_k(counts),
        "mtld": mtld(terms),
        "hd_d": hd_d(counts),
    }
    return pd.DataFrame({"measure": list(measures), "value": [float(v) for v in measures.values()]})


def mattr(terms: Sequence[str], *, window: int = MATTR_WINDOW) -> float:
    """Moving-average type-token ratio: the mean TTR of all stretches of `window` tokens (M. Covington, J. McFall, *Cutting the Gordian
    knot*, Journal of Quantitative Linguistics 17, 2010). TTR itself for a text that is shorter than the window; NaN for an empty one.

    >>> mattr("бір екі бір екі".split(), window=2)
    1.0
    """
    codes = pd.factorize(np.asarray(terms, dtype=object))[0]
    n = len(codes)
    if not n:
        return float("nan")
    window = min(window, n)
    # A token is the first of its type in each window that begins after the type's last occurrence: it adds one type to those windows.
    starts = n - window + 1
    order = np.argsort(codes, kind="stable")
    same = codes[order][1:] == codes[order][:-1]
    last = np.full(n, -1)
    last[order[1:][same]] = order[:-1][same]
    at = np.arange(n)
    first, end = np.maximum(last + 1, at - window + 1), np.minimum(at, starts - 1)
    return float(np.maximum(end - first + 1, 0).sum() / (starts * window))


def growth_curve(terms: Sequence[str], *, points: int = 200) -> pd.DataFrame:
    """Different terms after so many tokens of the text: the columns tokens, types and hapaxes, at up to `points` places.

    >>> growth_curve("билік пен билік туралы".split(), points=4)
       tokens  types  hapaxes
    0       1      1        1
    1       2      2        2
    2       3      2        1
    3       4      3        2
    """
    codes = pd.factorize(np.asarray(terms, dtype=object))[0]
    nth = pd.Series(codes).groupby(codes).cumcount().to_numpy()
    types = np.cumsum(nth == 0)
    hapaxes = np.cumsum((nth == 0).astype(int) - (nth == 1))
    at = np.unique(np.linspace(1, len(codes), min(points, len(codes))).round().astype(int)) if len(codes) else np.empty(0, dtype=int)
    return pd.DataFrame({"tokens": at, "types": types[at - 1], "hapaxes": hapaxes[at - 1]})


def coverage_curve(counts: pd.Series[int]) -> pd.DataFrame:
    """How much of the text the most frequent terms cover: the columns rank and coverage (share of all tokens), a row for each term.

    >>> coverage_curve(pd.Series({"билік": 6, "мен": 3, "саясат": 1}))
       rank  coverage
    0     1       0.6
    1     2       0.9
    2     3       1.0
    """
    ordered = np.sort(counts.to_numpy())[::-1]
    return pd.DataFrame({"rank": np.arange(1, len(ordered) + 1), "coverage": np.cumsum(ordered) / max(ordered.sum(), 1)})


def unknown_words(spellings: pd.DataFrame, known: Callable[[str], bool]) -> pd.DataFrame:
    """The words that nobody knows: the columns form and count, the commonest first.

    `spellings` are the distinct words with the columns form (as spelled), term and count (`kz_textkit.stats.counting.count_spellings`);
    `known` says whether a form is in the lexicon and not guessed. A term is unknown if none of its spellings is known.

    >>> spellings = pd.DataFrame({"form": ["Абай", "абай", "зъзъ"], "term": ["абай", "абай", "зъзъ"], "count": [1, 1, 2]})
    >>> unknown_words(spellings, {"Абай"}.__contains__).values.tolist()
    [['зъзъ', 2]]
    """
    is_known = np.fromiter((known(form) for form in spellings["form"]), bool, len(spellings))
    terms = spellings.assign(known=is_known).groupby("term", sort=False).agg(count=("count", "sum"), known=("known", "any"))
    table = terms.loc[~terms["known"], ["count"]].rename_axis("form").reset_index()
    return by_count(table, "form", "count")
