"""Matching a token pattern against columns of truth values: which runs of tokens it fits.

All candidates go through the pattern at once, as arrays of (where the match began, where it stands now): one step of the pattern is one
operation on arrays, and what costs time is the length of the pattern, not the number of tokens.

From each place the longest match is taken, and a match that lies inside one that begins earlier is left out: `[upos="NOUN"]+` finds
a row of three nouns once, `[upos="NOUN"] [upos="NOUN"]` finds two pairs in it. This is the strategy *longest* of CQP.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kz_textkit.stats.cql.limits import NO_DEADLINE, Deadline
from kz_textkit.stats.cql.query import MATCH_LIMIT, Border, Choice, Condition, Pattern, Repeat, Series, Token, most_tokens

__all__ = ["conditions_in", "first_conditions", "has_borders", "longest_matches", "required_conditions"]

BATCH, SPANS = 1 << 14, 1 << 22
"""Places that matches are looked for at once, and spans of those that there are about: each place times the longest match."""

_Spans = tuple[np.ndarray, np.ndarray]


def has_borders(pattern: Pattern) -> bool:
    """Whether a pattern asks for the beginning or end of a sentence."""
    if isinstance(pattern, Repeat):
        return has_borders(pattern.pattern)
    return isinstance(pattern, Border) or (isinstance(pattern, Series | Choice) and any(map(has_borders, _parts(pattern))))


def conditions_in(pattern: Pattern) -> Iterator[Condition]:
    """The conditions of all tokens of a pattern, in its order."""
    if isinstance(pattern, Token):
        yield pattern.condition
    elif isinstance(pattern, Border):
        return
    elif isinstance(pattern, Repeat):
        yield from conditions_in(pattern.pattern)
    else:
        for part in _parts(pattern):
            yield from conditions_in(part)


def required_conditions(pattern: Pattern) -> set[Condition]:
    """Conditions that some token of every match meets."""
    if isinstance(pattern, Token):
        return {pattern.condition}
    if isinstance(pattern, Border):
        return set()
    if isinstance(pattern, Series):
        return set().union(*map(required_conditions, pattern.parts))
    if isinstance(pattern, Choice):
        return set.intersection(*map(required_conditions, pattern.options))
    return required_conditions(pattern.pattern) if pattern.least else set()


def first_conditions(pattern: Pattern) -> set[Condition]:
    """Conditions of which the first token of every match meets one."""
    if isinstance(pattern, Token):
        return {pattern.condition}
    if isinstance(pattern, Border):
        return set()
    if isinstance(pattern, Choice):
        return set().union(*map(first_conditions, pattern.options))
    if isinstance(pattern, Repeat):
        return first_conditions(pattern.pattern) if pattern.most else set()
    found: set[Condition] = set()
    for part in pattern.parts:
        found |= first_conditions(part)
        if not _may_be_empty(part):
            break
    return found


def longest_matches(
    pattern: Pattern,
    holds: Mapping[Condition, np.ndarray],
    units: np.ndarray,
    *,
    borders: np.ndarray | None = None,
    before: int = -1,
    deadline: Deadline = NO_DEADLINE,
) -> tuple[np.ndarray, np.ndarray]:
    """Where the matches of a pattern begin and end, in order, as indices of tokens; ends are exclusive.

    `holds` has for each condition of the pattern an array that says of each token whether it meets it; `units` the unit (block or
    sentence) of each token, which no match leaves; `borders` says of the place before each token, and of that after the last, whether
    a sentence ends there, where the pattern asks for it. Matches that end at `before` or earlier are left out: they lie inside others.
    Raises `UsageError` where it takes until the deadline.

    >>> from kz_textkit.stats.cql.query import parse_query
    >>> query = parse_query('"жаңа"? [upos="NOUN"]+')
    >>> new, noun = conditions_in(query.pattern)
    >>> holds = {new: np.array([True, False, False, True]), noun: np.array([False, True, True, False])}
    >>> longest_matches(query.pattern, holds, np.zeros(4))
    (array([0]), array([3]))
    """
    masks = {condition: np.append(mask, False) for condition, mask in holds.items()}  # One beyond the end, for a step over it.
    firsts = [masks[condition] for condition in first_conditions(pattern)]
    origins = np.flatnonzero(np.logical_or.reduce(firsts)) if firsts else np.empty(0, dtype=np.int64)
    units = np.append(units, units[-1:])
    batch = max(min(BATCH, SPANS // max(most_tokens(pattern), 1)), 1)
    matcher = _Matcher(masks, units, np.ones(len(units), dtype=bool) if borders is None else borders, deadline)
    found = [_longest(pattern, matcher, origins[i : i + batch]) for i in range(0, len(origins), batch)]
    starts = np.concatenate([np.empty(0, dtype=np.int64), *(spans[0] for spans in found)])
    ends = np.concatenate([np.empty(0, dtype=np.int64), *(spans[1] for spans in found)])
    reached = np.maximum.accumulate(np.concatenate(([before], ends)))[:-1]
    outer = ends > reached
    return starts[outer], ends[outer]


@dataclass(frozen=True)
class _Matcher:
    """What patterns are matched against, and until when."""

    masks: Mapping[Condition, np.ndarray]
    units: np.ndarray
    borders: np.ndarray
    deadline: Deadline


def _longest(pattern: Pattern, matcher: _Matcher, origins: np.ndarray) -> _Spans:
    starts, ends = _steps(pattern, matcher, (origins, origins))
    filled = ends > starts
    starts, ends = starts[filled], ends[filled]
    last = np.append(starts[1:] != starts[:-1], True)[: len(starts)]
    return starts[last], ends[last]


def _steps(pattern: Pattern, matcher: _Matcher, spans: _Spans) -> _Spans:
    """All spans that the pattern can prolong the given ones to; both are sorted, without doubles."""
    if isinstance(pattern, Token):
        starts, ends = spans
        matcher.deadline.check()
        units = matcher.units
        on = matcher.masks[pattern.condition][ends] & (units[ends] == units[starts]) & (ends - starts < MATCH_LIMIT)
        return starts[on], ends[on] + 1
    if isinstance(pattern, Border):
        starts, ends = spans
        on = matcher.borders[ends]
        return starts[on], ends[on]
    if isinstance(pattern, Series):
        for part in pattern.parts:
            spans = _steps(part, matcher, spans)
        return spans
    if isinstance(pattern, Choice):
        return _union([_steps(option, matcher, spans) for option in pattern.options])
    return _repeat(pattern, matcher, spans)


def _repeat(pattern: Repeat, matcher: _Matcher, spans: _Spans) -> _Spans:
    reached = []
    for turn in range(pattern.most + 1):
        if turn >= pattern.least:
            reached.append(spans)
        if turn == pattern.most or not len(spans[0]):
            break
        further = _steps(pattern.pattern, matcher, spans)
        if turn >= pattern.least:
            further = _without(further, spans)  # What stands still would stand still forever.
        spans = further
    return _union(reached)


def _union(many: list[_Spans]) -> _Spans:
    if len(many) == 1:
        return many[0]
    return _spans(np.unique(np.concatenate([_keys(spans) for spans in many]))) if many else (np.empty(0, int), np.empty(0, int))


def _without(spans: _Spans, others: _Spans) -> _Spans:
    return _spans(np.setdiff1d(_keys(spans), _keys(others), assume_unique=True))


def _keys(spans: _Spans) -> np.ndarray:
    """A span as one number, in the same order."""
    return spans[0] * (MATCH_LIMIT + 1) + (spans[1] - spans[0])


def _spans(keys: np.ndarray) -> _Spans:
    starts, lengths = np.divmod(keys, MATCH_LIMIT + 1)
    return starts, starts + lengths


def _parts(pattern: Series | Choice) -> tuple[Pattern, ...]:
    return pattern.parts if isinstance(pattern, Series) else pattern.options


def _may_be_empty(pattern: Pattern) -> bool:
    if isinstance(pattern, Token):
        return False
    if isinstance(pattern, Border):
        return True
    if isinstance(pattern, Repeat):
        return not pattern.least or _may_be_empty(pattern.pattern)
    if isinstance(pattern, Series):
        return all(map(_may_be_empty, pattern.parts))
    return any(map(_may_be_empty, pattern.options))
