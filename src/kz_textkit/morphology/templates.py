"""The features of context, from `data/context_features.tsv`: which property of a reading is joined with what of the words around it.

A linguist can add a line or take one away; weights must be trained anew then (`python tools/morphology/train.py`). The names are
those of `disambiguation`. Of the reading: its full tag (`full`), part of speech with the features that neighbours care about
(`coarse`), part of speech (`upos`), person and number (`agreement`), `lemma`, `lemma_upos`, how far the analyser ranks it behind the
first (`gap`), the unit that found it with its part of speech (`upos_unit`), the class of helping verbs (`verb_class`), how its lemma
is used in other text (`bare`, `capital`, see `usage`). Of the words around: the same of the reading that the analyser ranks first, and
`form`, the last letters (`end`), `shape`, the parts of speech that it may have (`kinds`), whether it may be a converb (`converb`) or a
helping verb (`helper`), how many words there are to the next mark and from the last (`ahead`, `behind`), whether it begins a sentence
or follows a mark (`begins`), and the agreement of the last nominative before (`subject`) and of the next finite verb (`predicate`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kz_textkit.morphology.morphotactics import read_table

__all__ = ["TEMPLATES", "Around", "Template"]

_around = re.compile(r"(\w+)\[(-?\d)\]")


class Around(NamedTuple):
    """A property of a word at some distance."""

    name: str
    offset: int


class Template(NamedTuple):
    """A feature: what it joins."""

    reading: tuple[str, ...]
    around: tuple[Around, ...]
    code: int


TEMPLATES: tuple[Template, ...] = tuple(
    Template(tuple(reading.split("+")), tuple(Around(name, int(offset)) for name, offset in _around.findall(around)), int(code))
    for reading, around, code in read_table("context_features.tsv")
)
"""All features of context, in the order of the table."""
