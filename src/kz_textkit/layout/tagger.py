"""One joint decision on all lines: a linear-chain conditional random field, whose weights are a table.

Every line gets the sum of the weights of its signs and of the signs of the lines around it, for each label; every pair of neighbouring
labels has a weight of its own; the labels of a document are those with the largest sum of all (Viterbi). The weights are in
`data/weights.tsv`, learnt from labelled pages by `tools/layout/train.py`: one row for a sign, the line that it is seen on (0: the line
itself, -1: the line before it), its value, a label, and what that speaks for (above 0) or against it. A linguist can read and correct
them.

J. Lafferty, A. McCallum, F. Pereira: Conditional random fields, ICML 2001.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.layout.signs import Column

__all__ = [
    "LABELS",
    "NEVER_JOINED",
    "OFFSETS",
    "Reason",
    "Scores",
    "Weights",
    "decode",
    "forbid",
    "load_weights",
    "reasons",
    "score_lines",
    "tag",
    "total",
]

_BEGUN = ("heading", "para", "item", "question", "outline", "toc", "table", "source", "note", "verse", "code", "front")
LABELS = (*_BEGUN, *(f"{label}_cont" for label in _BEGUN), "mark", "furniture")
"""What a line can be; `_cont`: the block of the line above goes on. `furniture`: heads, feet and menus that no series or repetition
shows."""

_NEAR = (
    "begins",
    "ends",
    "gap",
    "room before",
    "indent",
    "width",
    "length",
    "case",
    "words",
    "figures",
    "list label",
    "series",
    "label",
    "label series",
    "numbered",
    "known title",
    "verb",
    "person or date",
    "kind of line",
    "columns",
    "leader",
    "markup",
    "run of short lines",
    "page place",
    "announced",
    "other font",
    "size, face",
    "junction",
    "gaps around",
)
_FAR = ("begins", "ends", "gap", "length", "case", "list label", "series", "leader", "known title")
OFFSETS: Mapping[int, tuple[str, ...] | None] = {0: None, -1: _NEAR, 1: _NEAR, -2: _FAR, 2: _FAR}
"""Lines around a line whose signs speak for its label, and which signs; None: all."""

DOUBT = 1.0
"""What a line must have more than for any other label to be taken out as furniture: what is kept in error is seen, what is gone is
not."""
ALIKE = 0.2
"""How much lines of one kind are decided together: 0, each by itself; 1, all by their mean."""
NEVER_JOINED = ("verse_cont", "code_cont", "toc_cont")
"""Labels of lines that go on and are not joined, or only to a number that stands alone."""
_NEVER = -1e6

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What signs and neighbouring labels speak for."""

    of_signs: Mapping[tuple[str, int], Mapping[str, Scores]]
    """By sign and line: for each value that speaks for anything the weights of all labels."""
    of_neighbours: Scores
    """For each label (row) the weight of each label that follows it."""
    tables: dict[tuple[str, int], tuple[tuple[str, ...], Scores]] = field(default_factory=dict)
    """Weights of signs with their values in the order in which they were last asked for, which hardly ever changes."""

    def table(self, sign: str, line: int, values: tuple[str, ...]) -> Scores:
        """Weights of a sign: a row for each of these values, a column for each label."""
        kept = self.tables.get((sign, line))
        if kept is not None and (kept[0] is values or kept[0] == values):
            return kept[1]
        known = self.of_signs[sign, line]
        found = np.zeros((len(values), len(LABELS)), np.float32)
        for k, value in enumerate(values):
            if value in known:
                found[k] = known[value]
        self.tables[sign, line] = values, found
        return found


class Reason(NamedTuple):
    """What one sign of a line, or of a line near it, speaks for."""

    sign: str
    line: int
    value: str
    weight: float


@cache
def load_weights() -> Weights:
    """The weights that the package ships."""
    rows = (files(__package__) / "data" / "weights.tsv").read_text(encoding="utf-8").splitlines()
    return parse_weights(rows)


def parse_weights(rows: Sequence[str]) -> Weights:
    """Weights from the lines of a table: sign, line, value, label, weight; the sign `after` has a label as its value."""
    at = {label: k for k, label in enumerate(LABELS)}
    of_signs: dict[tuple[str, int], dict[str, Scores]] = {}
    of_neighbours = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for row in rows:
        if not row or row[0] == "#":
            continue
        sign, line, value, label, weight = row.split("\t")
        if sign == "after":
            of_neighbours[at[value], at[label]] = float(weight)
            continue
        values = of_signs.setdefault((sign, int(line)), {})
        if value not in values:
            values[value] = np.zeros(len(LABELS), np.float32)
        values[value][at[label]] = float(weight)
    for k, label in enumerate(LABELS):
        if label.endswith("_cont"):
            kind = label.removesuffix("_cont")
            for before, name in enumerate(LABELS):
                if name.removesuffix("_cont") != kind and not may_resume(name, label):
                    of_neighbours[before, k] = _NEVER
    return Weights(of_signs, of_neighbours)


def may_resume(before: str, label: str) -> bool:
    """A block goes on after furniture, and a paragraph after what stood at the foot of its page."""
    return before == "furniture" or (label == "para_cont" and before.removesuffix("_cont") in ("note", "mark"))


def emissions(signs: Mapping[str, Column], weights: Weights) -> Scores:
    """For each line and label the sum of the weights of the signs."""
    count = len(next(iter(signs.values())).codes)
    scores = np.zeros((count, len(LABELS)), np.float32)
    for sign, offset in weights.of_signs:
        column = signs.get(sign)
        if column is None:
            continue
        table = weights.table(sign, offset, column.values)
        if not offset:
            scores += table[column.codes]
        elif offset < 0:
            scores[-offset:] += table[column.codes[:offset]]
        else:
            scores[:-offset] += table[column.codes[offset:]]
    return scores


def together_with(scores: Scores, groups: npt.NDArray[np.intp]) -> Scores:
    """The scores of lines, each drawn towards the mean of its group, so that titles of one shape are titles, or none is. `groups` has
    the number of the group of each line, below 0 for none."""
    member = groups >= 0
    own = groups[member]
    if not len(own):
        return scores
    totals = np.zeros((int(own.max()) + 1, scores.shape[1]), np.float32)
    np.add.at(totals, own, scores[member])
    means = (totals / np.maximum(np.bincount(own), 1)[:, None]).astype(np.float32)
    drawn: Scores = scores.copy()
    drawn[member] += np.float32(ALIKE) * (means[own] - scores[member])
    return drawn


def tag(
    signs: Mapping[str, Column],
    weights: Weights,
    *,
    apart: npt.NDArray[np.bool_] | None = None,
    together: npt.NDArray[np.bool_] | None = None,
    known: Mapping[int, str] | None = None,
    alike: npt.NDArray[np.intp] | None = None,
    without: Collection[str] = (),
) -> list[str]:
    """The label of each line; the options are those of `score_lines`."""
    return decode(score_lines(signs, weights, apart=apart, together=together, known=known, alike=alike, without=without), weights)


def score_lines(
    signs: Mapping[str, Column],
    weights: Weights,
    *,
    apart: npt.NDArray[np.bool_] | None = None,
    together: npt.NDArray[np.bool_] | None = None,
    known: Mapping[int, str] | None = None,
    alike: npt.NDArray[np.intp] | None = None,
    without: Collection[str] = (),
) -> Scores:
    """What speaks for each label (column) of each line (row).

    `apart` says of each line whether it can't go on from the line before, `together` whether it does for certain; `known` are labels
    that are certain, `alike` groups of lines that are likely to be the same (`together_with`), `without` labels that are not to be
    given.
    """
    scores = emissions(signs, weights)
    if alike is not None:
        scores = together_with(scores, alike)
    scores[:, [LABELS.index(label) for label in without]] = _NEVER
    scores[:, LABELS.index("furniture")] -= DOUBT
    if apart is not None:
        goes_on = np.array([label.endswith("_cont") and label not in NEVER_JOINED for label in LABELS])
        scores[np.ix_(apart, goes_on)] = _NEVER
    if together is not None:
        begins = np.array([not label.endswith("_cont") for label in LABELS])
        scores[np.ix_(together, begins)] = _NEVER
    for i, label in (known or {}).items():
        scores[i, LABELS.index(label)] -= 2 * _NEVER
    return scores


def forbid(scores: Scores, lines: Sequence[int], labels: Sequence[int]) -> Scores:
    """The scores without some labels (indices) for some lines."""
    changed = scores.copy()
    if len(lines) and labels:
        changed[np.ix_(np.asarray(lines, np.intp), np.asarray(labels, np.intp))] = _NEVER
    return changed


def total(scores: Scores, weights: Weights, labels: Sequence[str]) -> float:
    """What speaks for the labels of all lines together."""
    at = np.array([LABELS.index(label) for label in labels], np.intp)
    return float(scores[np.arange(len(at)), at].sum(dtype=np.float64) + weights.of_neighbours[at[:-1], at[1:]].sum(dtype=np.float64))


def decode(scores: Scores, weights: Weights) -> list[str]:
    """The labels that most speaks for."""
    return [LABELS[k] for k in viterbi(scores, weights.of_neighbours)]


def viterbi(scores: Scores, of_neighbours: Scores) -> list[int]:
    """The labels with the largest sum of `scores` (line, label) and weights of neighbours (label, label that follows it)."""
    count, labels = scores.shape
    if not count:
        return []
    goes_on = np.array([label.endswith("_cont") for label in LABELS])
    best = scores[0] + np.where(goes_on, _NEVER, 0)
    back = np.zeros((count, labels), np.intp)
    into = np.ascontiguousarray(of_neighbours.T)
    through = np.empty_like(into)
    best = best.astype(np.float32)
    for row, came in zip(scores[1:], back[1:], strict=True):
        np.add(into, best, through)
        through.argmax(1, came)
        through.max(1, best)
        best += row
        best -= best.max()  # certain labels weigh millions, beside which the sums would lose what signs weigh
    at = int(best.argmax())
    path = [at]
    for came_from in back[:0:-1].tolist():
        at = came_from[at]
        path.append(at)
    return path[::-1]


def reasons(signs: Mapping[str, Column], weights: Weights, line: int, label: str) -> Iterator[Reason]:
    """What the signs of a line, and of those near it, speak for in the matter of one label."""
    at = LABELS.index(label)
    for (sign, offset), values in weights.of_signs.items():
        column = signs.get(sign)
        if column is None or not 0 <= line + offset < len(column.codes):
            continue
        value = column.values[column.codes[line + offset]]
        found = values.get(value)
        if found is not None and found[at]:
            yield Reason(sign, offset, value, float(found[at]))
