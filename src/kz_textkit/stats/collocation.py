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

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from kz_textkit.errors import UsageError
from kz_textkit.stats.association import MEASURES
from kz_textkit.stats.counting import ALL, Filter, Mask, Numbers, Tokens, as_stream, by_count, columns_of, count_pairs, named_terms
from kz_textkit.stats.streaming import Stretch, Tally, stretches
from kz_textkit.stats.terms import NO_CAPITALS, By, Spellings, fold_case, fold_cases, make_terms, which_are_words

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
    way = _Way(by, words, shown, window, sentence, cross_sentences)
    return _table(_company(tokens, [node], way), node, min_count, measure, convention)


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
    way = _Way(by, words, shown, window, sentence)
    edges: dict[frozenset[str], tuple[str, str, int, float]] = {}
    done: set[str] = set()
    ring = list(dict.fromkeys(nodes))
    for _ in range(depth):
        done.update(ring)
        found: list[str] = []
        company = _company(tokens, ring, way)
        for node in ring:
            table = _table(company, node, min_count, measure).head(top)
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


@dataclass(frozen=True)
class _Way:
    """How collocates are looked for."""

    by: By
    words: Filter
    shown: Spellings
    window: tuple[int, int]
    sentence: bool
    cross_sentences: bool = False


@dataclass
class _Company:
    """What stands near some terms, added up over stretches of documents.

    Of a term in other capitals the sums are kept too: which of them is meant is known at the end of the text.
    """

    near: Tally = field(default_factory=lambda: Tally(["node", "collocate"], ["together", "left", "right"]))
    frequency: Tally = field(default_factory=lambda: Tally(["term"], ["frequency"]))
    """Of each term, how many words, or sentences that have it."""
    nodes: Counter[str] = field(default_factory=Counter)
    """Occurrences of the terms."""
    places: Counter[str] = field(default_factory=Counter)
    """Places in their windows, or sentences that have them."""
    size: int = 0
    """Words, or sentences, in all."""
    is_by_sentence: bool = False

    def meant(self, node: str) -> str | None:
        """The term that a user names, in capitals or not; None where it does not occur."""
        return node if node in self.nodes else next((term for term in self.nodes if fold_case(term) == fold_case(node)), None)


def _company(tokens: Tokens, nodes: Sequence[str], way: _Way) -> _Company:
    """What stands near some terms, in one pass over the tokens."""
    found = _Company(is_by_sentence=way.sentence)
    wanted = {fold_case(node) for node in nodes}
    names = columns_of(way.by, way.words)
    for stretch in stretches(as_stream(tokens), names, ["doc_id", "section_id", "sentence_id"]):
        text = _Text(stretch, way)
        sentences = pd.unique(text.sentence * len(text.terms) + text.code) if way.sentence else None
        frequency = np.bincount(text.code if sentences is None else sentences % len(text.terms), minlength=len(text.terms))
        there = np.flatnonzero(frequency)
        found.frequency.add({"term": text.terms[there], "frequency": frequency[there]})
        found.size += len(text.code) if sentences is None else len(pd.unique(text.sentence))
        for code in [code for code, term in enumerate(fold_cases(text.terms.tolist())) if term in wanted]:
            _near(found, text, code, way)
    return found


def _near(found: _Company, text: _Text, code: int, way: _Way) -> None:
    """Add what stands near one term in some documents."""
    at = np.flatnonzero(text.code == code)
    if not len(at):
        return
    node, kinds = str(text.terms[code]), len(text.terms)
    inside, is_left = _in_sentence(text, at) if way.sentence else _in_window(text, at, way.window)
    found.nodes[node] += len(at)
    found.places[node] += len(np.unique(text.sentence[at])) if way.sentence else int((inside & (text.code != code)).sum())
    near = np.flatnonzero(inside & text.listed & (text.code != code))
    each = text.code[near]
    together = np.bincount(count_pairs(text.sentence[near], each)[1] if way.sentence else each, minlength=kinds)
    left = np.bincount(each[is_left[near]], minlength=kinds)
    there = np.flatnonzero(together)
    right = np.bincount(each[~is_left[near]], minlength=kinds)
    found.near.add(
        {
            "node": [node] * len(there),
            "collocate": text.terms[there],
            "together": together[there],
            "left": left[there],
            "right": right[there],
        }
    )


class _Text:
    """The words of some documents as numbers."""

    def __init__(self, stretch: Stretch, way: _Way) -> None:
        forms = stretch.types["form"]
        words = which_are_words(forms)
        here = np.flatnonzero(words).tolist()
        values = {name: [column[i] for i in here] for name, column in stretch.types.items()}
        bare = make_terms(values["form"], values["lemma"] if way.by != "form" else None)
        number, terms = pd.factorize(pd.Series(named_terms(bare, values, way.by, way.shown), dtype=object))
        code_of, listed_of = np.full(len(forms), -1, dtype=np.int64), np.zeros(len(forms), dtype=bool)
        code_of[words], listed_of[words] = number, way.words.lists(values) & way.words.matches(bare)
        code = code_of[stretch.type_of]
        kept = code >= 0
        self.terms = np.asarray(terms, dtype=object)
        self.code: Numbers = code[kept]
        self.listed: Mask = listed_of[stretch.type_of][kept]
        self.sentence: Numbers = stretch.sentence[kept]
        self.unit: Numbers = stretch.section[kept] if way.cross_sentences else self.sentence


def _table(company: _Company, node: str, min_count: int, measure: str, convention: str = "evert") -> pd.DataFrame:
    """The collocates of a term, with the measures."""
    meant = company.meant(node)
    if meant is None:
        return pd.DataFrame(columns=COLLOCATE_COLUMNS)
    near = company.near.table().filter((pc.field("node") == meant) & (pc.field("together") >= max(min_count, 1)))
    frequencies = company.frequency.table()
    row = pc.index_in(near["collocate"], frequencies["term"].combine_chunks()).to_numpy()
    table = pd.DataFrame(
        {
            "collocate": pd.Series(near["collocate"].to_pylist(), dtype=object),
            **{name: near[name].to_numpy() for name in ("together", "left", "right")},
            "frequency": frequencies["frequency"].to_numpy()[row.astype(np.int64)],
        }
    )
    places, size, nodes = company.places[meant], company.size, company.nodes[meant]
    around = places if company.is_by_sentence else nodes
    size -= 0 if company.is_by_sentence else nodes
    if convention == "sketch_engine":
        places, size = around, size if company.is_by_sentence else size + nodes
    for name, score in MEASURES.items():
        table[name] = score(table["together"], around if name in WITH_NODE_FREQUENCY else places, table["frequency"], size)
    table = by_count(table, "collocate", measure, "together")
    table.attrs.update(node=meant, node_frequency=nodes, places=places, size=size, convention=convention)
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
