"""Names of KazNERD as evidence of what is a name: sentences with words that are marked as persons or places, or not.

KazNERD (Yeshpanov, Khassanov, Varol, *KazNERD: Kazakh Named Entity Recognition Dataset*, 2022) has no parts of speech, but a word
with a capital inside a person or a place is a proper noun, and a word that opens a sentence outside any name mostly is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kz_textkit.morphology.candidate import Reading

__all__ = ["NamedSentence", "NamedToken", "read_names"]

NAMES = frozenset({"PERSON", "GPE", "LOCATION"})
EVERY = 4
"""One sentence of so many is taken; more say nothing new."""


class NamedToken(NamedTuple):
    """A token, and whether it is a name; None where that is not known."""

    form: str
    is_name: bool | None

    def right(self, readings: Sequence[Reading]) -> list[bool]:
        """Which readings agree."""
        return [self.is_name is not None and (reading.upos == "PROPN") == self.is_name for reading in readings]


class NamedSentence(NamedTuple):
    """A sentence of KazNERD."""

    document: str
    tokens: tuple[NamedToken, ...]


def read_names(path: Path) -> list[NamedSentence]:
    """Sentences in which it is known of some word whether it is a name."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    found = []
    for block in blocks[::EVERY]:
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line]
        tokens = tuple(NamedToken(form, _is_name(form, label[2:], begins=i == 0)) for i, (form, label) in enumerate(rows))
        if any(token.is_name is not None for token in tokens):
            found.append(NamedSentence("kaznerd", tokens))
    return found


def _is_name(form: str, kind: str, *, begins: bool) -> bool | None:
    if not form[:1].isupper() or len(form) < 3:
        return None
    if kind in NAMES:
        return True
    return False if not kind and begins else None
