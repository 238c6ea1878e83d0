"""Why an edit was made, in words that a linguist can check: what the rule is for, and what the dictionary says of the word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.repair.places import word_span
from kz_textkit.workbench.sheet import Sheet

__all__ = ["Evidence", "Reading", "evidence_of"]

AROUND = 40
"""Characters of raw text that are shown on each side."""


@dataclass(frozen=True)
class Reading:
    """A word and what the dictionary knows of it."""

    word: str
    is_known: bool
    lemma: str
    upos: str


@dataclass(frozen=True)
class Evidence:
    """What is known of an edit."""

    left: str
    right: str
    before: Reading | None
    """The word as it would be without the edit."""
    after: Reading | None
    alike: int
    """Edits of the document that do the same, this one too."""


def evidence_of(sheet: Sheet, edit: Edit, words: tuple[UserWord, ...] = ()) -> Evidence:
    """What is known of an edit of a document; `words` are the user's own, which count as known."""
    text = sheet.raw_text
    alike = sum(1 for e in sheet.edits if e[2:6] == edit[2:6])
    start, end = word_span(text, edit.start, edit.end)
    before = after = None
    if edit.before.strip() and edit.after.strip() and not any(c.isspace() for c in edit.before + edit.after):
        inside = [e for e in sheet.edits if start <= e.start and e.end <= end and (e.applied or e == edit)]
        if all(a.end <= b.start for a, b in pairwise(inside)):
            before = _reading(apply_edits(text, [e for e in inside if e != edit], start, end), words)
            after = _reading(apply_edits(text, inside, start, end), words)
    return Evidence(text[max(0, edit.start - AROUND) : edit.start], text[edit.end : edit.end + AROUND], before, after, alike)


def _reading(word: str, words: tuple[UserWord, ...]) -> Reading | None:
    letters = word.strip()
    if not any(c.isalpha() for c in letters):
        return None
    best = shared_analyzer(words).parse(letters)
    if not best:
        return Reading(letters, False, "", "")
    return Reading(letters, best[0].known, best[0].lemma, best[0].upos)
