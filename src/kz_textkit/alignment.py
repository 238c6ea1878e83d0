"""Edits, and alignments: where each character of a changed string came from.

An `Edit` replaces a span of a string. A list of edits that don't overlap, in order, turns a *source* into a *target*; an `Alignment`
leads from offsets in the target back to the source. It keeps one run for each stretch in which offsets move in step, so that one-to-one
letter repairs cost nothing; there are no objects for single characters. All offsets count code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

__all__ = ["Alignment", "Edit", "apply_edits", "compose_edits", "undo_edits"]


class Edit(NamedTuple):
    """A replacement of `source[start:end]`, which is `before`, by `after`, made or suggested by a named rule.

    A text has many thousands of edits, so they are tuples, which are made in half the time of a frozen dataclass.

    >>> Edit(0, 1, "Ҥ", "Ү", "legacy_letter")
    Edit(start=0, end=1, before='Ҥ', after='Ү', rule='legacy_letter', applied=True, score=1.0)
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    applied: bool = True
    """False for a suggestion, which stays out of the text."""
    score: float = 1.0
    """Confidence between 0 and 1."""


class Alignment(NamedTuple):
    """Runs of a target string, each with the span of the source that it came from. A tuple, as edits are.

    Run *i* is `target[target_starts[i]:target_starts[i + 1]]` and came from `source[source_starts[i]:source_ends[i]]`. Where both
    are of one length, they correspond character by character; otherwise the run as a whole corresponds to the span as a whole.
    Source text between two runs was dropped.

    >>> a = Alignment.from_edits(9, [Edit(3, 6, "-\\n\\n", "", "hyphen_join")])
    >>> a.to_source(2, 4)
    (2, 7)
    """

    target_starts: tuple[int, ...]
    target_length: int
    source_starts: tuple[int, ...]
    source_ends: tuple[int, ...]

    @classmethod
    def identity(cls, length: int, offset: int = 0) -> Alignment:
        """Alignment of a string of `length` characters with itself, or with a longer source that has it at `offset`."""
        return cls((0,), length, (offset,), (offset + length,))

    @classmethod
    def from_edits(cls, length: int, edits: Iterable[Edit]) -> Alignment:
        """Alignment of the target that applied, ordered `edits` make of a source of `length` characters."""
        return cls.of_span(0, length, edits)

    @classmethod
    def of_span(cls, start: int, end: int, edits: Iterable[Edit]) -> Alignment:
        """Alignment of the target that `edits`, all within the span, make of `source[start:end]`."""
        targets, sources, ends = [], [], []
        target = position = run = start
        for e in edits:
            if e.end - e.start == len(e.after):
                continue
            if e.start > run:
                targets.append(target - start)
                sources.append(run)
                ends.append(e.start)
                target += e.start - run
            if e.after:
                targets.append(target - start)
                sources.append(e.start)
                ends.append(e.end)
                target += len(e.after)
            run = position = e.end
        if end > run or not targets:
            targets.append(target - start)
            sources.append(position)
            ends.append(end)
            target += end - run
        return cls(tuple(targets), target - start, tuple(sources), tuple(ends))

    @property
    def source_start(self) -> int:
        """First source offset that the target reaches."""
        return self.source_starts[0]

    @property
    def source_end(self) -> int:
        """Source offset after the last one that the target reaches."""
        return self.source_ends[-1]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that `target[start:end]` came from; an empty span maps to an empty one.

        Raises `IndexError` where the span is not in the target.
        """
        if not 0 <= start <= end <= self.target_length:
            raise IndexError(f"span {start}:{end} is not in a target of {self.target_length} characters")
        if start == end:
            at = self._source_start_of(start) if start < self.target_length else self.source_end
            return at, at
        i = bisect_right(self.target_starts, end - 1) - 1
        last = end - 1 - self.target_starts[i]
        one_to_one = self._target_end(i) - self.target_starts[i] == self.source_ends[i] - self.source_starts[i]
        return self._source_start_of(start), self.source_starts[i] + last + 1 if one_to_one else self.source_ends[i]

    def to_target(self, start: int, end: int) -> tuple[int, int]:
        """The span of the target that `source[start:end]` became: empty where all of it was dropped."""
        return self._target_of(start, closing=False), max(self._target_of(start, closing=False), self._target_of(end, closing=True))

    def part(self, start: int, end: int) -> Alignment:
        """The alignment of `target[start:end]` alone.

        >>> Alignment.from_edits(9, [Edit(3, 6, "-\\n\\n", "", "hyphen_join")]).part(4, 6).to_source(0, 2)
        (7, 9)
        """
        i = bisect_right(self.target_starts, start) - 1
        begin, limit = self.target_starts[i], self._target_end(i)
        if start < end <= limit and limit - begin == self.source_ends[i] - self.source_starts[i]:
            shift = self.source_starts[i] - begin
            return Alignment((0,), end - start, (start + shift,), (end + shift,))
        return Alignment.identity(end - start, start).then(self)

    def then(self, outer: Alignment) -> Alignment:
        """This alignment (target to middle) followed by `outer` (middle to source), as one from target to source."""
        targets, sources, ends = [], [], []
        begins = outer.target_starts
        for target, target_end, middle, middle_end in zip(
            self.target_starts,
            (*self.target_starts[1:], self.target_length),
            self.source_starts,
            self.source_ends,
            strict=True,
        ):
            if target_end - target != middle_end - middle:
                source, source_end = outer.to_source(middle, middle_end)
                targets.append(target)
                sources.append(source)
                ends.append(source_end)
                continue
            j = max(0, bisect_right(begins, middle) - 1)
            at, position = target, middle
            while position < middle_end:
                begin = begins[j]
                limit = outer._target_end(j)
                step = min(middle_end, limit)
                source, source_end = outer.source_starts[j], outer.source_ends[j]
                if limit - begin == source_end - source:
                    source += position - begin
                    source_end = source + step - position
                targets.append(at)
                sources.append(source)
                ends.append(source_end)
                at += step - position
                position = step
                j += 1
        if not targets:
            source, _ = outer.to_source(self.source_starts[0], self.source_starts[0])
            return Alignment((0,), self.target_length, (source,), (source,))
        return Alignment(tuple(targets), self.target_length, tuple(sources), tuple(ends))

    def _target_end(self, i: int) -> int:
        return self.target_starts[i + 1] if i + 1 < len(self.target_starts) else self.target_length

    def _source_start_of(self, target: int) -> int:
        i = bisect_right(self.target_starts, target) - 1
        one_to_one = self._target_end(i) - self.target_starts[i] == self.source_ends[i] - self.source_starts[i]
        return self.source_starts[i] + (target - self.target_starts[i] if one_to_one else 0)

    def _target_of(self, source: int, *, closing: bool) -> int:
        # The run that holds the offset, or for a closing offset the character before it.
        i = (bisect_left if closing else bisect_right)(self.source_starts, source) - 1
        if i < 0:
            return 0
        if source > self.source_ends[i] or (source == self.source_ends[i] and not closing):
            return self._target_end(i)
        length = self._target_end(i) - self.target_starts[i]
        if length == self.source_ends[i] - self.source_starts[i]:
            return self.target_starts[i] + source - self.source_starts[i]
        return self._target_end(i) if closing else self.target_starts[i]


def apply_edits(source: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """`source[start:end]` with the applied `edits`, which are ordered, don't overlap and lie within the span.

    >>> apply_edits("Ҥкімет", [Edit(0, 1, "Ҥ", "Ү", "legacy_letter")])
    'Үкімет'
    """
    pieces: list[str] = []
    position = start
    for e in edits:
        pieces += (source[position : e.start], e.after)
        position = e.end
    pieces.append(source[position : len(source) if end is None else end])
    return "".join(pieces)


def undo_edits(target: str, edits: Iterable[Edit], start: int) -> str:
    """The source span that starts at `start` and that the applied `edits` turned into `target`.

    Raises `ValueError` where an edit does not fit the target.

    >>> undo_edits("Үкімет", [Edit(7, 8, "Ҥ", "Ү", "legacy_letter")], 7)
    'Ҥкімет'
    """
    pieces: list[str] = []
    position, read = start, 0
    for e in edits:
        unchanged = target[read : read + e.start - position]
        read += e.start - position
        if not target.startswith(e.after, read):
            raise ValueError(f"the edit at {e.start} does not fit: {e.after!r} expected")
        pieces += (unchanged, e.before)
        read += len(e.after)
        position = e.end
    pieces.append(target[read:])
    return "".join(pieces)


def compose_edits(source: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits of `source` that does what `first` does to it and then `second` to the result.

    Both lists hold applied edits, in order and without overlaps; so does the result. Edits that touch the same characters become one,
    which carries the rule and the score of the one that covers most of the source, and has a rule.

    >>> one = compose_edits("ҥй", [Edit(0, 1, "ҥ", "ү", "legacy_letter")], [Edit(1, 2, "й", "йі", "homoglyph")])
    >>> [(e.start, e.after) for e in one]
    [(0, 'ү'), (1, 'йі')]
    >>> two = [Edit(0, 1, "1", "", "page_number"), Edit(1, 2, "2", "", "note_mark")]
    >>> [e.rule for e in compose_edits("12үй", two, [Edit(1, 2, "й", "йі", "homoglyph")])]
    ['page_number', 'note_mark', 'homoglyph']
    """
    if not first or not second:
        return list(first or second)
    # Every edit as a span of the middle text; `first` edits keep their span of the source.
    spans: list[tuple[int, int, int, Edit]] = []
    shift = 0
    for e in first:
        start = e.start + shift
        spans.append((start, start + len(e.after), 0, e))
        shift += len(e.after) - (e.end - e.start)
    spans += [(e.start, e.end, 1, e) for e in second]
    spans.sort(key=itemgetter(0, 1, 2))

    middle: str | None = None  # the text after `first`, where it is needed
    composed: list[Edit] = []
    shift = 0  # of the source against the middle text, after the groups so far
    i, last = 0, len(spans)
    spans.append((1 << 62, 1 << 62, 0, spans[0][3]))
    while i < last:
        start, end, order, e = spans[i]
        next_start, next_end, _, _ = spans[i + 1]
        if next_start >= end and not next_start == start == end == next_end:
            # It touches no other.
            i += 1
            if order == 0:
                shift += e.end - e.start - len(e.after)
            elif shift:
                e = Edit(start + shift, end + shift, *e[2:])
            composed.append(e)
            continue
        group, start, end = [spans[i]], spans[i][0], spans[i][1]
        i += 1
        while i < last and (spans[i][0] < end or (spans[i][0] == start == end == spans[i][1])):
            group.append(spans[i])
            end = max(end, spans[i][1])
            i += 1
        if not any(order for _, _, order, _ in group):
            # What was taken out side by side leaves one place behind; each stays what it was.
            composed += [e for *_, e in group]
            shift += sum(e.end - e.start for *_, e in group)
            continue
        source_start = start + shift
        grown = sum(e.end - e.start - len(e.after) for _, _, order, e in group if order == 0)
        source_end = end + shift + grown
        shift += grown
        widest = max(group, key=lambda s: (bool(s[3].rule), s[3].end - s[3].start, -s[2]))[3]
        before = source[source_start:source_end]
        middle = middle or apply_edits(source, first)
        after = apply_edits(middle, [e for _, _, order, e in group if order == 1], start, end)
        if before != after:
            composed.append(Edit(source_start, source_end, before, after, widest.rule, True, widest.score))
    return composed
