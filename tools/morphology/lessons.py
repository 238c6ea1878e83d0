"""Sentences of our own with words whose reading is said (`lessons.txt`): what a reader saw the choice do wrong, in other words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.policy import to_house

__all__ = ["LessonSentence", "LessonToken", "read_lessons"]


class LessonToken(NamedTuple):
    """A word, with its part of speech and lemma where they are said, empty elsewhere."""

    form: str
    upos: str = ""
    lemma: str = ""

    def right(self, readings: Sequence[Reading]) -> list[bool]:
        """Which readings agree; none where nothing is said."""
        return [bool(self.upos) and r.upos == self.upos and self.lemma in ("", r.lemma, to_house(*r[:3]).lemma) for r in readings]


class LessonSentence(NamedTuple):
    """A sentence; each is a document of its own."""

    document: str
    tokens: tuple[LessonToken, ...]


def _token(marked: str) -> LessonToken:
    form, _, said = marked.partition("|")
    lemma, slash, upos = said.rpartition("/")
    return LessonToken(form, upos if slash else said, lemma)


def read_lessons(path: Path) -> list[LessonSentence]:
    """The sentences of the file."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [LessonSentence(f"lesson {i}", tuple(map(_token, line.split(" ")))) for i, line in enumerate(lines)]
