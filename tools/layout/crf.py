"""A linear-chain conditional random field, trained by stochastic gradients with Adagrad and an L1 penalty, in NumPy and SciPy.

Made for tables of named signs: a line is a set of features, a document a sequence of lines. Training goes over chunks of sequences,
some dozens at a time.

J. Duchi, E. Hazan, Y. Singer: Adaptive subgradient methods, JMLR 12 (2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

CHUNK = 80
"""Lines of a sequence that are learnt from together."""
BATCH = 48
"""Sequences of a step."""


@dataclass
class Model:
    """Weights of features (rows) and of neighbouring labels for each label."""

    of_features: np.ndarray
    of_neighbours: np.ndarray


def train(
    sequences: Sequence[tuple[np.ndarray, np.ndarray]],
    features: int,
    labels: int,
    epochs: int,
    seed: int = 1,
    *,
    rate: float = 0.25,
    l1: float = 6e-5,
    fewest: int = 2,
    dropout: float = 0.2,
    hidden: float = 0.1,
    signs: Sequence[str] | None = None,
    importance: Sequence[float] | None = None,
) -> Model:
    """Learns from sequences of (numbers of the features of each line, a row a line, below 0 for none; label of each line).

    A feature that fewer than `fewest` lines have is not learnt. So that none comes to be relied on alone, a share of all features
    (`dropout`) is left out each time a line is seen, and a share of signs (`hidden`) from each chunk of a sequence; `signs` says for
    each column of the rows which sign it is of. `importance` says how much each sequence counts, 1 if it is not given.
    """
    counts = np.zeros(features, np.int64)
    for rows, _ in sequences:
        counts += np.bincount(rows[rows >= 0], minlength=features)
    known = counts >= fewest
    weights = np.zeros((features, labels), np.float32)
    between = np.zeros((labels, labels), np.float32)
    columns = np.arange(sequences[0][0].shape[1]) if signs is None else np.unique(signs, return_inverse=True)[1]
    chunks = [
        (rows[at : at + CHUNK], gold[at : at + CHUNK], np.float32(counts_as))
        for (rows, gold), counts_as in zip(sequences, importance or [1.0] * len(sequences), strict=True)
        for at in range(0, len(rows), CHUNK)
    ]
    squares, squares_between = np.full_like(weights, 1e-2), np.full_like(between, 1e-2)
    rng = np.random.default_rng(seed)
    place = np.zeros(features, np.int32)
    for epoch in range(epochs):
        step = rate * (1 - 0.8 * epoch / max(1, epochs - 1))
        order = sorted(rng.permutation(len(chunks)).tolist(), key=lambda k: -len(chunks[k][1]) // 20)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        loss = 0.0
        for batch in batches:
            rows = np.concatenate([chunks[k][0] for k in batch])
            gold = [chunks[k][1] for k in batch]
            seen = (rng.random((len(batch), columns.max() + 1)) >= hidden)[:, columns]
            there = seen.repeat([len(one) for one in gold], 0) & (rows >= 0) & known[rows]
            there &= rng.random(rows.shape, np.float32) >= dropout
            found = rows[there]
            used = np.flatnonzero(np.bincount(found, minlength=features))
            place[used] = np.arange(len(used))
            starts = np.concatenate(([0], np.cumsum(there.sum(1))))
            weight = np.full(len(found), 1 / (1 - dropout), np.float32)
            own = sparse.csr_matrix((weight, place[found], starts), (len(rows), len(used)))
            counts_as = np.array([chunks[k][2] for k in batch])
            part, gradient, gradient_between = _gradient(own @ weights[used], gold, between, counts_as)
            loss += part
            size = len(rows) / 100
            g = (own.T @ gradient) / size
            squares[used] += g * g
            scale = step / np.sqrt(squares[used])
            moved = weights[used] - scale * g
            weights[used] = np.sign(moved) * np.maximum(np.abs(moved) - scale * l1 * 100, 0)
            g = gradient_between / size
            squares_between += g * g
            between -= step * g / np.sqrt(squares_between)
        print(f"epoch {epoch + 1}: {loss / sum(len(gold) * counts_as for _, gold, counts_as in chunks):.4f} a line", flush=True)
    return Model(weights, between)


def _gradient(
    scores: np.ndarray, gold: Sequence[np.ndarray], between: np.ndarray, counts_as: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Loss of the batch, its gradient for the scores of each line and label, and for the weights of neighbours; `counts_as`: how much
    each sequence counts."""
    count, most, labels = len(gold), max(map(len, gold)), scores.shape[1]
    lengths = np.array([len(one) for one in gold])
    inside = np.arange(most)[None, :] < lengths[:, None]
    padded = np.zeros((count, most, labels), np.float32)
    padded[inside] = scores
    forward = np.zeros_like(padded)
    forward[:, 0] = padded[:, 0]
    top = between.max()
    spread = np.exp(between - top)
    for t in range(1, most):
        best = forward[:, t - 1].max(1, keepdims=True)
        forward[:, t] = np.where(
            inside[:, t, None], np.log(np.exp(forward[:, t - 1] - best) @ spread + 1e-30) + best + top + padded[:, t], forward[:, t - 1]
        )
    backward = np.zeros_like(padded)
    for t in range(most - 2, -1, -1):
        following = backward[:, t + 1] + padded[:, t + 1]
        best = following.max(1, keepdims=True)
        backward[:, t] = np.where(inside[:, t + 1, None], np.log(np.exp(following - best) @ spread.T + 1e-30) + best + top, 0)
    last = forward[:, -1]
    best = last.max(1, keepdims=True)
    total = np.log(np.exp(last - best).sum(1)) + best[:, 0]
    marginal = np.exp(forward + backward - total[:, None, None])
    gradient = marginal[inside]
    flat = np.concatenate(gold)
    of_lines = np.repeat(counts_as, lengths)
    loss = float((total * counts_as).sum() - (scores[np.arange(len(flat)), flat] * of_lines).sum())
    gradient[np.arange(len(flat)), flat] -= 1
    gradient *= of_lines[:, None]
    expected = np.zeros_like(between)
    for t in range(1, most):
        here = inside[:, t]
        a = forward[here, t - 1] - total[here, None]
        b = padded[here, t] + backward[here, t]
        best_a, best_b = a.max(1, keepdims=True), b.max(1, keepdims=True)
        scale = np.exp(best_a + best_b + top)
        expected += (np.exp(a - best_a) * scale * counts_as[here, None]).T @ np.exp(b - best_b) * spread
    observed = np.zeros_like(between)
    for one, weight in zip(gold, counts_as, strict=True):
        np.add.at(observed, (one[:-1], one[1:]), weight)
    loss -= float((observed * between).sum())
    return loss, gradient.astype(np.float32), (expected - observed).astype(np.float32)
