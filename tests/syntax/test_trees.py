"""Trees are the best there are: checked against all trees of short sentences."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.syntax.trees import best_trees


def is_projective_tree(heads: tuple[int, ...]) -> bool:
    """Whether heads (from 1, 0 for the root) make a tree with one root in which no arcs cross."""
    all_heads = (0, *heads)
    if heads.count(0) != 1:
        return False
    for word in range(1, len(all_heads)):
        above, steps = word, 0
        while above and steps <= len(heads):
            above, steps = all_heads[above], steps + 1
        if above:
            return False
        first, last = sorted((word, all_heads[word]))
        if first and not all(first <= all_heads[inside] <= last for inside in range(first + 1, last)):
            return False
    return True


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 4), st.integers(0, 2**31 - 1))
def test_no_projective_tree_scores_higher(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, length + 2, length + 2)).astype(np.float32)
    trees = best_trees(scores, np.array([length] * 3))
    for own, tree in zip(scores, trees, strict=True):
        candidates = [heads for heads in product(range(length + 1), repeat=length) if is_projective_tree(heads)]
        best = max(sum(own[word, head] for word, head in enumerate(heads, 1)) for heads in candidates)
        found = tuple(tree[1 : length + 1].tolist())
        assert is_projective_tree(found)
        assert np.isclose(sum(own[word, head] for word, head in enumerate(found, 1)), best, atol=1e-4)
