"""Runs of lines in which nothing is said: menus, feet of web pages, forms, lists of titles; where they stand, and how the words of the
web are spread over them.

A menu is seen by the company of its lines. One line of it may be any title (`Құжаттар`), but a run of them without a sentence, at the
beginning or the end of a page on which some lines have words of menus, is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["NAMES", "PATH", "in_paths", "open_runs"]

Numbers = npt.NDArray[np.intp]

_COUNT = ("none", "one", "two", "some", "many")
_COUNT_EDGES = (1, 2, 3, 6)
_SIZE = ("none", "1", "2", "3 or 4", "under 10", "under 25", "more")
_SIZE_EDGES = (1, 2, 3, 5, 10, 25)
_SHARE = ("none", "few", "some", "half", "most")
_SHARE_EDGES = (0.001, 0.08, 0.2, 0.5)

NAMES: dict[str, tuple[str, ...]] = {
    "text above": _COUNT,
    "text below": _COUNT,
    "open run": _SIZE,
    "down to text": _SIZE,
    "up to text": _SIZE,
    "site words in the run": _COUNT,
    "share of site words in the run": _SHARE,
    "site words in the document": _COUNT,
    "share of site words in the document": _SHARE,
}
"""The signs that `open_runs` gives, with the names of their values."""


def open_runs(is_text: npt.NDArray[np.bool_], is_site: npt.NDArray[np.bool_]) -> dict[str, Numbers]:
    """Which value each line has of each of `NAMES`; `is_text` says which lines say something, `is_site` which have words of the web.

    >>> import numpy as np
    >>> found = open_runs(np.array([False, False, True, False]), np.array([True, False, False, False]))
    >>> [NAMES[name][found[name][0]] for name in ("text above", "open run", "down to text", "site words in the run")]
    ['none', '2', '2', 'one']
    """
    count = len(is_text)
    at = np.arange(count)
    before = np.concatenate(([0], np.cumsum(is_text)))
    run = before[:-1] * 2 + is_text  # lines of text have runs of their own
    size = np.bincount(run, ~is_text)[run] if count else np.zeros(0)
    sites = np.bincount(run, is_site)[run] if count else np.zeros(0)
    texts = np.flatnonzero(is_text)
    ends = np.concatenate(([-1], texts, [count]))
    up, down = at - ends[before[:-1]], ends[np.minimum(before[1:] + 1 - is_text, len(ends) - 1)] - at
    up, down = (np.where(is_text, 0, away) for away in (up, down))
    whole = np.full(count, is_site.sum())
    return {
        "text above": _coded(before[:-1], _COUNT_EDGES),
        "text below": _coded(before[-1] - before[1:], _COUNT_EDGES),
        "open run": _coded(size, _SIZE_EDGES),
        "down to text": _coded(down, _SIZE_EDGES),
        "up to text": _coded(up, _SIZE_EDGES),
        "site words in the run": _coded(np.where(is_text, 0, sites), _COUNT_EDGES),
        "share of site words in the run": _coded(np.where(is_text, 0, sites / np.maximum(size, 1)), _SHARE_EDGES),
        "site words in the document": _coded(whole, _COUNT_EDGES),
        "share of site words in the document": _coded(whole / max(count, 1), _SHARE_EDGES),
    }


PATH = ("no", "its end", "its beginning")
_STEP_SIGNS = "/|>»›→•·"
_STEP = re.compile(rf"\s+[{_STEP_SIGNS}]\s+")
"""What stands between the steps of the way to a page of the web: `Басты бет › Тарих › Ескі қала`."""
LONGEST_PATH = 250
"""Characters of the longest way."""


def in_paths(texts: Sequence[str], is_site: npt.NDArray[np.bool_]) -> Numbers:
    """For each line its place in `PATH`: whether it is what a way to the page ends in, or begins with: steps with signs between them,
    or words after words of the web.

    >>> [PATH[code] for code in in_paths(["Басты бет › Тарих › Ескі қала", "Тарих", "Ескі қала"], np.zeros(3, np.bool_))]
    ['no', 'no', 'its end']
    """
    first: set[str] = set()
    last: set[str] = set()
    for text, site in zip(texts, is_site.tolist(), strict=True):
        if len(text) > LONGEST_PATH or not (site or (any(map(text.__contains__, _STEP_SIGNS)) and _STEP.search(text))):
            continue
        steps = _STEP.split(text)
        if len(steps) > 1:
            first.add(steps[0])
            last.add(steps[-1])
        else:
            words = text.split()
            last.update(" ".join(words[k:]) for k in range(1, len(words)))
    if not last:
        return np.zeros(len(texts), np.intp)
    return np.array([1 if text in last else 2 if text in first else 0 for text in texts], np.intp)


def _coded(numbers: npt.NDArray[np.generic], edges: Sequence[float]) -> Numbers:
    return np.asarray(np.array(edges, np.float64).searchsorted(numbers.astype(np.float64), "right"), np.intp)
