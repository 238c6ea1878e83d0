"""A candidate of the choice: what the disambiguation, the table of forms and those who make them know of a reading."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Reading"]


class Reading(NamedTuple):
    """What a word may be: one candidate of the analyser."""

    lemma: str
    upos: str
    feats: str
    """UD features, empty for none."""
    rest: str
    """The syntactic words after the first where the token is more than one, each `lemma/UPOS/feats`, joined by `+`; mostly empty."""
    score: float
    """The analyser's score: a logarithm, 0 for the likeliest."""
    unit: str
    """Which unit of the analyser found it, and whether the lexicon knows the stem."""
