"""The engine of repair: runs rules one after the other and keeps the record in offsets of the text that was given.

A rule is a function from a text to the edits it asks for; it knows nothing of the rules before it. What a rule changes, the next one
sees; the edits of all are composed into one list for the original text. Suggestions are those that the rules make for the text as
the last of them leaves it, led back to the original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from operator import attrgetter

from kz_textkit.alignment import Alignment, Edit, apply_edits, compose_edits

__all__ = ["Rule", "run_rules"]

Rule = Callable[[str], list[Edit]]
"""Text to edits of that text, in order; applied edits don't overlap."""


def run_rules(
    text: str, rules: Iterable[Rule], apply_suggestions: frozenset[str] = frozenset(), off: frozenset[str] = frozenset()
) -> tuple[str, list[Edit], list[Edit]]:
    """The text after all rules, the applied edits of the original text, and the suggestions for it.

    Suggestions of the rules named in `apply_suggestions` are applied, except where an applied edit is in their way; nothing is done
    or suggested by the rules named in `off`.

    >>> from kz_textkit.repair.invisible import invisible_characters
    >>> run_rules("қа\\u00adла", [invisible_characters])[0]
    'қала'
    """
    current, applied = text, list[Edit]()
    suggestions: list[Edit] = []
    for rule in rules:
        found = rule(current)
        if off:
            found = [e for e in found if e.rule not in off]
        if not found:
            continue
        chosen, doubtful = split_edits(found, apply_suggestions)
        if doubtful:
            suggestions = lead_forward(current, suggestions, chosen) + doubtful
        elif suggestions:
            suggestions = lead_forward(current, suggestions, chosen)
        if chosen:
            applied = compose(text, applied, chosen)
            current = apply_edits(current, chosen)
    return current, applied, lead_back(text, suggestions, applied)


def split_edits(edits: Sequence[Edit], apply_suggestions: frozenset[str]) -> tuple[list[Edit], list[Edit]]:
    """The edits to apply now, and those that stay suggestions."""
    chosen = [e for e in edits if e.applied]
    if len(chosen) == len(edits):
        return chosen, []
    doubtful = [e for e in edits if not e.applied]
    if not apply_suggestions:
        return chosen, doubtful
    wanted = [e._replace(applied=True) for e in doubtful if e.rule in apply_suggestions]
    merged: list[Edit] = []
    # Applied edits go first where a wanted suggestion overlaps one.
    blocked = {i for e in chosen for i in range(e.start, max(e.end, e.start + 1))}
    free = [e for e in wanted if blocked.isdisjoint(range(e.start, max(e.end, e.start + 1)))]
    position = 0
    for e in sorted(chain(chosen, free), key=lambda e: (e.start, e.end)):
        if e.start >= position:
            merged.append(e)
            position = max(e.end, position)
    return merged, [e for e in doubtful if e.rule not in apply_suggestions]


def compose(source: str, first: list[Edit], second: list[Edit]) -> list[Edit]:
    """`alignment.compose_edits`, with a short way for the usual case: replacements letter by letter before, and others beside them."""
    if not first or not second:
        return first or second
    if all(e.end - e.start == len(e.after) for e in first):
        merged = sorted(chain(first, second), key=attrgetter("start"))
        if all(a.end <= b.start for a, b in pairwise(merged)):
            return merged
    return compose_edits(source, first, second)


def lead_forward(text: str, suggestions: list[Edit], chosen: list[Edit]) -> list[Edit]:
    """Suggestions for `text` as suggestions for the text that the `chosen` edits make of it; those that they touch fall away."""
    if not suggestions or not chosen:
        return suggestions
    alignment = Alignment.from_edits(len(text), chosen)
    after = apply_edits(text, chosen)
    moved: list[Edit] = []
    for e in suggestions:
        start, end = alignment.to_target(e.start, e.end)
        if after[start:end] == e.before:
            moved.append(e._replace(start=start, end=end))
    return moved


def lead_back(source: str, suggestions: list[Edit], applied: list[Edit]) -> list[Edit]:
    """Suggestions for the repaired text as suggestions for its source."""
    if not suggestions:
        return []
    if not applied:
        return sorted(suggestions, key=lambda e: (e.start, e.end))
    alignment = Alignment.from_edits(len(source), applied)
    led = []
    for e in suggestions:
        start, end = alignment.to_source(e.start, e.end)
        led.append(e._replace(start=start, end=end, before=source[start:end]))
    return sorted(led, key=lambda e: (e.start, e.end))
