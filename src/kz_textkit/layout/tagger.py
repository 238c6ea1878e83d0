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
    "Reason",
    "Scores",
    "Weights",
    "decode",
    "forbid",
    "load_weights",
    "pairs_of",
    "reasons",
    "score_lines",
    "tag",
    "title_among_menus",
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
    "last word",
    "line words",
    "kind of line",
    "columns",
    "leader",
    "markup",
    "run of short lines",
    "page place",
    "announced",
    "size, face",
    "junction",
    "gaps around",
)
_FAR = ("begins", "ends", "gap", "length", "case", "list label", "series", "leader", "known title")
_SEEN_AROUND = {-1: _NEAR, 1: _NEAR, -2: _FAR, 2: _FAR}
"""Lines around a line whose signs speak for its label, and which signs."""

DOUBTS = {"furniture": 2.0, "heading": 0.4}
"""What a line must have more than for any other label: to be taken out as furniture, since what is kept in error is seen and what is
gone is not; to be a title, of which there are few."""
LONG_FURNITURE = 4.0
"""What a line as long as a sentence must have more to be taken out: menus are made of short lines."""
LONG = frozenset(("under 90", "under 150", "under 300", "more"))
"""Values of the sign `length` of such lines."""
ALIKE = 0.4
"""How much lines of one kind are decided together: 0, each by itself; 1, all by their mean."""
NEVER_JOINED = ("verse_cont", "code_cont", "toc_cont")
"""Labels of lines that go on and are not joined, or only to a number that stands alone."""
_NEVER = -1e6
_LEAST = -1e9
CLEAR = 1e-3
"""By how much a path must be the better one at least to be surely so: sums are rounded."""
AT_ONCE = 32
"""Lines whose weights are summed at once: so few that they stay in the cache."""

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What signs and neighbouring labels speak for."""

    of_signs: Mapping[tuple[str, int], Mapping[str, Scores]]
    """By sign and line: for each value that speaks for anything the weights of all labels."""
    of_neighbours: Scores
    """For each label (row) the weight of each label that follows it."""
    stacks: dict[tuple[str, ...], Stack] = field(default_factory=dict)
    """The same as one table, for the signs that documents have: all have the same ones."""

    def stack(self, signs: Mapping[str, Column]) -> Stack:
        """The weights of those of these signs that have any."""
        names = tuple(signs)
        kept = self.stacks.get(names)
        # The same tuples come for every document: they are told to be equal without a look into them.
        if kept is None or [signs[name].values for name in kept.signs] != kept.values:
            kept = self.stacks[names] = _stacked(self.of_signs, signs)
        return kept


class Stack(NamedTuple):
    """The weights of all pairs of a sign and the line that it is seen on, in one table."""

    table: Scores
    """A row of zeros, and for each pair a row for each value of the sign."""
    starts: npt.NDArray[np.intp]
    """The row of the first value of each pair."""
    signs: Mapping[str, tuple[str, ...]]
    """The signs that have weights, with their values."""
    values: list[tuple[str, ...]]
    """These values."""
    by_offset: Mapping[int, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]
    """By the line that signs are seen on: the places of its pairs, and those of their signs among `signs`."""


def _stacked(of_signs: Mapping[tuple[str, int], Mapping[str, Scores]], signs: Mapping[str, Column]) -> Stack:
    pairs = [pair for pair in of_signs if pair[0] in signs]
    names = {name: signs[name].values for name, _ in pairs}
    nothing = np.zeros(len(LABELS), np.float32)
    starts: list[int] = []
    rows = [nothing]
    for name, offset in pairs:
        starts.append(len(rows))
        known = of_signs[name, offset]
        rows += [known.get(value, nothing) for value in names[name]]
    at = {name: k for k, name in enumerate(names)}
    places = {offset: [k for k, (_, seen) in enumerate(pairs) if seen == offset] for _, offset in pairs}
    by_offset = {offset: (np.array(own, np.intp), np.array([at[pairs[k][0]] for k in own], np.intp)) for offset, own in places.items()}
    return Stack(np.array(rows, np.float32), np.array(starts, np.intp), names, list(names.values()), by_offset)


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


def pairs_of(names: Collection[str]) -> list[tuple[str, int]]:
    """The signs of these that speak for the label of a line, each with the line that it is seen on (0: the line itself)."""
    return [(name, 0) for name in names] + [(name, line) for line, around in _SEEN_AROUND.items() for name in around if name in names]


def emissions(signs: Mapping[str, Column], weights: Weights) -> Scores:
    """For each line and label the sum of the weights of the signs."""
    count = len(next(iter(signs.values())).codes)
    stack = weights.stack(signs)
    # The row of the table that each line has for each pair of sign and line; row 0 where there is no such line.
    rows = np.zeros((len(stack.starts), count), np.intp)
    codes = np.array([signs[name].codes for name in stack.signs], np.intp).reshape(len(stack.signs), count)
    for offset, (places, columns) in stack.by_offset.items():
        inside = slice(max(0, -offset), max(0, count - max(0, offset)))
        seen = slice(max(0, offset), max(0, count - max(0, -offset)))
        rows[places, inside] = codes[columns, seen] + stack.starts[places, None]
    scores = np.empty((count, len(LABELS)), np.float32)
    for at in range(0, count, AT_ONCE):
        np.add.reduce(stack.table.take(rows[:, at : at + AT_ONCE], 0), 0, out=scores[at : at + AT_ONCE])
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
    scores = score_lines(signs, weights, apart=apart, together=together, known=known, alike=alike, without=without)
    labels = decode(scores, weights)
    named = signs["person or date"].codes > 0 if "person or date" in signs else np.zeros(len(labels), np.bool_)
    title = title_among_menus(labels, scores, named)
    if title is None:
        return labels
    scores[title, LABELS.index("heading")] -= 2 * _NEVER
    return decode(scores, weights)


MENU = 3
"""Lines with which a menu begins."""


def title_among_menus(labels: Sequence[str], scores: Scores, named: npt.NDArray[np.bool_]) -> int | None:
    """The line that is most likely the title of a page of the web, where all of its lines from the first to the text were taken for a
    menu: there is one. Lines that are a name or a date (`named`) are none."""
    if not len(labels) > MENU or any(label != "furniture" for label in labels[:MENU]):
        return None
    before = ("furniture", "front", "mark", "note")
    top = next((i for i, label in enumerate(labels) if label not in before and not (label == "heading" and named[i])), len(labels))
    if top == len(labels) or labels[top].startswith("heading"):
        return None
    worth = scores[:top, LABELS.index("heading")] - scores[:top, LABELS.index("furniture")]
    return int(np.where(named[:top], _NEVER, worth).argmax())


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
    for label, doubt in DOUBTS.items():
        scores[:, LABELS.index(label)] -= doubt
    scores[_long_lines(signs), LABELS.index("furniture")] -= LONG_FURNITURE
    if apart is not None:
        goes_on = np.array([label.endswith("_cont") and label not in NEVER_JOINED for label in LABELS])
        scores[np.ix_(apart, goes_on)] = _NEVER
    if together is not None:
        begins = np.array([not label.endswith("_cont") for label in LABELS])
        scores[np.ix_(together, begins)] = _NEVER
    for i, label in (known or {}).items():
        scores[i, LABELS.index(label)] -= 2 * _NEVER
    return scores


def _long_lines(signs: Mapping[str, Column]) -> npt.NDArray[np.bool_]:
    """Which lines are as long as sentences, and no address or words of a site."""
    if "length" not in signs or "line words" not in signs:
        return np.zeros(len(next(iter(signs.values())).codes) if signs else 0, np.bool_)
    length, words = signs["length"], signs["line words"]
    long = np.array([value in LONG for value in length.values], np.bool_)[length.codes]
    site = np.array([value == "site" for value in words.values], np.bool_)[words.codes]
    return long & ~site


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
    if not len(scores):
        return []
    likely, sure = _likely(scores, of_neighbours)
    unsure = np.flatnonzero(~sure).tolist()
    path: list[int] = likely.tolist()
    if not unsure:
        return path
    # Labels that no line can have are none of the best path.
    needed = np.flatnonzero(scores.max(0) > _NEVER / 2).tolist()
    # Certain labels weigh millions, beside which sums of single precision would lose what signs weigh.
    after = of_neighbours[:, needed].astype(np.float64)
    among = after[needed]
    own = scores[:, needed]
    best, through = np.empty(own.shape), np.empty_like(among)
    best[0] = own[0] + np.array([0 if not LABELS[k].endswith("_cont") else _NEVER for k in needed])
    for i in unsure[1:] if unsure[0] == 0 else unsure:
        if sure[i - 1]:
            np.add(after[path[i - 1]], own[i], best[i])
            continue
        np.add(among, best[i - 1][:, None], through)
        np.maximum.reduce(through, 0, None, best[i])
        best[i] += own[i]
    # Where a label came from is asked for on the best path alone.
    into = list(np.ascontiguousarray(of_neighbours[needed].T.astype(np.float64)))
    for i in reversed(unsure):
        path[i] = needed[int((best[i] + into[path[i + 1]] if i + 1 < len(path) else best[i]).argmax())]
    return path


def _likely(scores: Scores, of_neighbours: Scores) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """A label for each line that is likely to be that of the best path, and whether it is for certain, whatever others have.

    A path that has other labels for a run of lines counts for each no more than its score with the best label that it may follow, and
    after the run no more than the best that the next may follow. Where no run with a line in it can come to more than the likely labels
    count there, the line has its likely label on the best path.
    """
    first = np.where([label.endswith("_cont") for label in LABELS], np.float32(_NEVER), np.float32(0))
    begun = np.concatenate((first[None], of_neighbours[scores[:-1].argmax(1)]))
    likely = (scores + begun).argmax(1)
    for i in np.flatnonzero(of_neighbours[likely[:-1], likely[1:]] < _NEVER / 2).tolist():
        while i + 1 < len(likely) and of_neighbours[likely[i], likely[i + 1]] < _NEVER / 2:
            i += 1
            likely[i] = (scores[i] + of_neighbours[likely[i - 1]]).argmax()
    lines = np.arange(len(scores))
    before = np.concatenate((first[likely[:1]], of_neighbours[likely[:-1], likely[1:]])).astype(np.float64)
    best_before = of_neighbours.max(0).astype(np.float64)
    others = scores + best_before
    others[lines, likely] = _LEAST
    sums = np.concatenate(([0.0], np.cumsum(others.max(1) - scores[lines, likely] - before)))
    after_run = np.append((best_before[likely] - before)[1:], 0.0)
    to_the_end = np.maximum.accumulate((sums[1:] + after_run)[::-1])[::-1]
    return likely, to_the_end - np.minimum.accumulate(sums)[:-1] < -CLEAR


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
