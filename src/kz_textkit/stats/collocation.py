"""Collocates: words that stand near a word more often than chance would have it, as table and as network.

Counts are those of S. Evert, *Corpora and collocations* (2008). In a window (surface cooccurrence): the tokens in the windows around
the node, each counted once where windows overlap, the node's own occurrences left out of windows and corpus. In the same sentence
(textual cooccurrence): sentences with the node, with the collocate, with both. The measures are those of
`kz_textkit.stats.association`. Words only are counted: marks take no place in a window.

Programs differ in what they expect by chance (`CONVENTIONS`). Here, as Evert has it, a collocate is expected in each place of the
windows: the wider they are, the more of it is chance, so that measures of windows of different span can be compared. Sketch Engine
(*Statistics used in the Sketch Engine*) takes the frequency of the node in their place, whatever the span, and the whole corpus.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kz_textkit.errors import UsageError
from kz_textkit.stats.association import MEASURES
from kz_textkit.stats.counting import ALL, Coded, Filter, Mask, Numbers, Tokens, by_count, code_tokens, count_pairs
from kz_textkit.stats.terms import NO_CAPITALS, By, Spellings, fold_case

__all__ = ["COLLOCATE_COLUMNS", "CONVENTIONS", "collocates", "collocation_network"]

COLLOCATE_COLUMNS = ["collocate", "together", "left", "right", "frequency", *MEASURES]
CONVENTIONS = ("evert", "sketch_engine")
"""Ways to say what is expected by chance."""
WITH_NODE_FREQUENCY = ("dice", "log_dice")
"""Measures that take the frequency of the node, not the number of places around it."""


def collocates(
    tokens: Tokens,
    node: str,
    *,
    by: By = "form",
    window: tuple[int, int] = (5, 5),
    sentence: bool = False,
    cross_sentences: bool = False,
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    min_count: int = 3,
    measure: str = "log_dice",
    convention: str = "evert",
) -> pd.DataFrame:
    """The collocates of the term `node` (in capitals or not), those with the highest `measure` first.

    `window` is the number of words looked at on the left and on the right; windows end with the sentence unless `cross_sentences` (then
    with the section). With `sentence` the whole sentence is looked at. Collocates pass the filter `words` and stand with the node
    `min_count` times or more. The columns are collocate, together (how often), left and right (on which side of the nearest node),
    frequency (of the collocate) and the measures by name, with what is expected by chance as the `convention` has it. No rows where the
    node does not occur. `result.attrs` has what the measures were computed with: `node`, `node_frequency`, `places` (of the windows, or
    sentences with the node), `size` and `convention`.

    Raises `UsageError` for an unknown measure or convention, or a window that makes no sense.

    >>> form = "саяси билік пен саяси күш туралы".split()
    >>> tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": "1", "form": form})
    >>> table = collocates(tokens, "саяси", window=(0, 1), min_count=1)
    >>> print(table[["collocate", "together", "log_dice"]].round(2).to_string(index=False))
    collocate  together  log_dice
        билік         1     13.42
          күш         1     13.42
    """
    _check(measure, window)
    if convention not in CONVENTIONS:
        raise UsageError(f"there is no convention {convention}: choose one of {', '.join(CONVENTIONS)}")
    text = _Text(code_tokens(tokens, by=by, words=words, shown=shown), cross_sentences)
    return _collocates(text, node, window, sentence, min_count, measure, convention)


def collocation_network(
    tokens: Tokens,
    nodes: Sequence[str],
    *,
    by: By = "form",
    window: tuple[int, int] = (5, 5),
    sentence: bool = False,
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    min_count: int = 3,
    measure: str = "log_dice",
    top: int = 10,
    depth: int = 2,
) -> pd.DataFrame:
    """The network of the collocates of `nodes`: the `top` collocates of each, in `depth` steps those of these, and so on.

    The result is a table of edges: source, target, together and the `measure`, each pair once, the strongest first; it can be given to
    `networkx.from_pandas_edgelist`. Raises `UsageError` as `collocates` does.
    """
    _check(measure, window)
    text = _Text(code_tokens(tokens, by=by, words=words, shown=shown), cross_sentences=False)
    edges: dict[frozenset[str], tuple[str, str, int, float]] = {}
    done: set[str] = set()
    ring = list(dict.fromkeys(nodes))
    for _ in range(depth):
        done.update(ring)
        found: list[str] = []
        for node in ring:
            table = _collocates(text, node, window, sentence, min_count, measure).head(top)
            for target, together, score in table[["collocate", "together", measure]].itertuples(index=False):
                edges.setdefault(frozenset((node, target)), (node, target, together, score))
                found.append(target)
        ring = [term for term in dict.fromkeys(found) if term not in done]
    table = pd.DataFrame(list(edges.values()), columns=["source", "target", "together", measure])
    return by_count(by_count(table, "target", measure), "source", measure)


def _check(measure: str, window: tuple[int, int]) -> None:
    if measure not in MEASURES:
        raise UsageError(f"there is no measure {measure}: choose one of {', '.join(MEASURES)}")
    if min(window) < 0 or max(window) == 0:
        raise UsageError("a window has words on its left, its right, or both")


class _Text:
    """The words of a text as numbers."""

    def __init__(self, coded: Coded, cross_sentences: bool) -> None:
        is_word = coded.code >= 0
        self.terms = coded.terms
        self.code: Numbers = coded.code[is_word]
        self.unit: Numbers = (coded.section if cross_sentences else coded.sentence)[is_word].astype(np.int64)
        self.sentence: Numbers = coded.sentence[is_word].astype(np.int64)
        self.listed: Mask = coded.listed[is_word]
        self.number = {term: code for code, term in enumerate(coded.terms.tolist())}
        self.folded = {fold_case(term): code for term, code in reversed(self.number.items())}

    def code_of(self, term: str) -> int:
        """The code of a term, in capitals or not; -1 where it does not occur."""
        return self.number.get(term, self.folded.get(fold_case(term), -1))


def _collocates(
    text: _Text, node: str, window: tuple[int, int], sentence: bool, min_count: int, measure: str, convention: str = "evert"
) -> pd.DataFrame:
    code = text.code_of(node)
    at = np.flatnonzero(text.code == code)
    if not len(at):
        return pd.DataFrame(columns=COLLOCATE_COLUMNS)
    near, is_left = _in_sentence(text, at) if sentence else _in_window(text, at, window)
    near &= text.listed & (text.code != code)
    together, places, frequency, nodes, size = _by_sentence(text, at, near) if sentence else _by_token(text, at, near, window)
    if convention == "sketch_engine":
        places, size = nodes, size if sentence else size + nodes
    kinds = len(text.terms)
    left = np.bincount(text.code[near & is_left], minlength=kinds)
    right = np.bincount(text.code[near & ~is_left], minlength=kinds)
    kept = np.flatnonzero(together >= max(min_count, 1))
    table = pd.DataFrame(
        {
            "collocate": text.terms[kept],
            "together": together[kept],
            "left": left[kept],
            "right": right[kept],
            "frequency": frequency[kept],
        }
    )
    for name, score in MEASURES.items():
        r1 = nodes if name in WITH_NODE_FREQUENCY else places
        table[name] = score(together[kept], r1, frequency[kept], size)
    table = by_count(table, "collocate", measure, "together")
    table.attrs.update(node=str(text.terms[code]), node_frequency=len(at), places=places, size=size, convention=convention)
    return table


def _nearest(text: _Text, at: Numbers) -> tuple[Numbers, Numbers]:
    """Of each word, the distance to the last node before it and to the next one in its unit; very large where there is none."""
    n, far = len(text.code), np.iinfo(np.int64).max
    place = np.searchsorted(at, np.arange(n), side="right")
    before = at[np.maximum(place - 1, 0)]
    after = at[np.minimum(place, len(at) - 1)]
    here = np.arange(n)
    since = np.where((place > 0) & (text.unit[before] == text.unit), here - before, far)
    until = np.where((place < len(at)) & (text.unit[after] == text.unit), after - here, far)
    return since, until


def _in_window(text: _Text, at: Numbers, window: tuple[int, int]) -> tuple[Mask, Mask]:
    """Of each word, whether it stands in a window, and whether on the left of the nearest node in whose window it is."""
    since, until = _nearest(text, at)
    left, right = until <= window[0], since <= window[1]
    return left | right, left & (~right | (until <= since))


def _in_sentence(text: _Text, at: Numbers) -> tuple[Mask, Mask]:
    since, until = _nearest(text, at)
    far = np.iinfo(np.int64).max
    return (since < far) | (until < far), until <= since


def _by_token(text: _Text, at: Numbers, near: Mask, window: tuple[int, int]) -> tuple[Numbers, int, Numbers, int, int]:
    """How often each term stands in the windows, the places in them, the frequency of each term, that of the node, and the size."""
    kinds = len(text.terms)
    in_window, _ = _in_window(text, at, window)
    places = int((in_window & (text.code != text.code[at[0]])).sum())
    together, frequency = np.bincount(text.code[near], minlength=kinds), np.bincount(text.code, minlength=kinds)
    return together, places, frequency, len(at), len(text.code) - len(at)


def _by_sentence(text: _Text, at: Numbers, near: Mask) -> tuple[Numbers, int, Numbers, int, int]:
    """The same in sentences."""
    kinds = len(text.terms)
    _, code, _ = count_pairs(text.sentence[near], text.code[near])
    _, everywhere, _ = count_pairs(text.sentence, text.code)
    nodes = len(np.unique(text.sentence[at]))
    return np.bincount(code, minlength=kinds), nodes, np.bincount(everywhere, minlength=kinds), nodes, len(np.unique(text.sentence))
