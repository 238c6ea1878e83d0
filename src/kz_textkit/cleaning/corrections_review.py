"""Suggestions as questions to a person, with what speaks for them, and the answers as corrections."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.cleaning.corrections import Correction, correction_at, retraction_of
from kz_textkit.document import RawDocument

__all__ = ["Question", "Review", "questions"]

CONTEXT = 60
"""Code points of the raw text on each side that a question shows cleaned, at most; whole words."""

_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A suggestion, with its surroundings and what speaks for it."""

    raw: RawDocument
    source: str
    """Path of the file in the input."""
    record: str
    """Number of the document in a file of several, else empty."""
    edit: Edit
    left: str
    right: str
    before_count: int
    """How often what stands there is in the text as a word."""
    after_count: int
    """How often what is suggested is in the text as a word."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Questions with the same key ask the same of other places."""
        return self.edit.rule, self.edit.before, self.edit.after


def questions(
    raw: RawDocument, edits: Iterable[Edit], source: str, *, record: str = "", decided: Sequence[Correction] = ()
) -> Iterator[Question]:
    """The suggestions among the edits of a document as questions, in order, but for those of which a correction has decided.

    >>> raw = RawDocument("а", "а.txt", "", "utf-8", "Біздің калалық кеңес және қалалық мұрағат")
    >>> (found,) = questions(raw, [Edit(7, 14, "калалық", "қалалық", "missing_letter", False, 0.9)], "а.txt")
    >>> found.left, found.right, found.after_count
    ('Біздің ', ' кеңес және қалалық мұрағат', 1)
    """
    done = {(one.start, one.end) for one in decided if one.action in ("accept", "reject", "text")}
    words: Counter[str] | None = None
    made = list(edits)
    applied = [e for e in made if e.applied]
    for edit in made:
        if edit.applied or (edit.start, edit.end) in done:
            continue
        if words is None:
            words = Counter(found[0].lower() for found in _WORD.finditer(apply_edits(raw.text, applied)))
        left, right = _around(raw.text, edit, applied)
        counts = words[edit.before.lower()], words[edit.after.lower()]
        yield Question(raw, source, record, edit, left, right, *counts)


class Review:
    """Answers one after the other, each kept by `keep` as it is given; the last can be taken back.

    >>> raw = RawDocument("а", "а.txt", "", "utf-8", "Біздің калалық кеңес")
    >>> kept = []
    >>> review = Review(questions(raw, [Edit(7, 14, "калалық", "қалалық", "missing_letter", False, 0.9)], "а.txt"), kept.append)
    >>> review.answer("accept")
    1
    >>> kept[0].action, kept[0].value, review.question
    ('accept', 'қалалық', None)
    """

    def __init__(self, asked: Iterable[Question], keep: Callable[[Correction], None], by: str = "") -> None:
        self.questions = list(asked)
        self.position = 0
        self.counts: Counter[str] = Counter()
        """Answers that hold, by action."""
        self._keep, self._by = keep, by
        self._steps: list[tuple[int, list[Correction]]] = []
        self._answered: set[int] = set()

    @property
    def question(self) -> Question | None:
        """The question that is to be answered now; None at the end."""
        return self.questions[self.position] if self.position < len(self.questions) else None

    @property
    def left(self) -> int:
        """Questions that are not answered."""
        return len(self.questions) - len(self._answered)

    def alike(self) -> int:
        """How many questions that are not answered, this one among them, ask the same."""
        return len(self._alike())

    def answer(self, action: str, *, value: str | None = None, all_alike: bool = False) -> int:
        """Accept, reject, or give a text of one's own (`text`), here or for all that ask the same; says how many were answered."""
        chosen = self._alike() if all_alike else [self.position]
        made: list[Correction] = []
        for position in chosen:
            question = self.questions[position]
            e = question.edit
            text = value if action == "text" else e.after if action == "accept" else ""
            one = correction_at(
                *(question.raw, question.source, action, e.start, e.end),
                value=text,
                rule="" if action == "text" else e.rule,
                by=self._by,
                record=question.record,
            )
            self._keep(one)
            made.append(one)
        self._answered.update(chosen)
        self.counts[action] += len(made)
        self._steps.append((self.position, made))
        self._go_on()
        return len(made)

    def skip(self) -> None:
        """Leave the question open."""
        self._steps.append((self.position, []))
        self.position += 1
        self._go_on()

    def undo(self) -> bool:
        """Go back to the last question, and take its answer back; False where there is none."""
        if not self._steps:
            return False
        self.position, made = self._steps.pop()
        for one in made:
            self._keep(retraction_of(one, by=self._by))
            self.counts[one.action] -= 1
        taken = {(one.source, one.record, one.start, one.end) for one in made}
        self._answered = {i for i in self._answered if _place(self.questions[i]) not in taken}
        return True

    def _alike(self) -> list[int]:
        question = self.questions[self.position]
        rest = range(self.position, len(self.questions))
        return [i for i in rest if i not in self._answered and self.questions[i].key == question.key]

    def _go_on(self) -> None:
        while self.position in self._answered:
            self.position += 1


def _place(question: Question) -> tuple[str, str, int, int]:
    return question.source, question.record, question.edit.start, question.edit.end


def _around(text: str, edit: Edit, applied: Sequence[Edit]) -> tuple[str, str]:
    """The cleaned text of the line on both sides, cut between words."""
    first, last = max(0, edit.start - CONTEXT), min(len(text), edit.end + CONTEXT)
    near = applied[bisect_left(applied, first, key=lambda e: e.start) : bisect_right(applied, last, key=lambda e: e.start)]
    before = [e for e in near if e.end <= edit.start and e.start >= first]
    after = [e for e in near if e.start >= edit.end and e.end <= last]
    left = apply_edits(text, before, first, edit.start).rpartition("\n")[2]
    if first and " " in left:
        left = "…" + left[left.index(" ") :]
    right = apply_edits(text, after, edit.end, last).partition("\n")[0]
    if last < len(text) and " " in right:
        right = right[: right.rindex(" ") + 1] + "…"
    return left, right
