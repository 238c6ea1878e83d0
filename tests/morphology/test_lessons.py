"""The sentences of our own that the choice is trained on: each mark is a reading that the word may have,."""

from __future__ import annotations

from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.readings import Readings, load_memory
from lessons import LessonToken, read_lessons
from train import LESSONS


def test_every_mark_is_a_reading_of_its_word() -> None:
    read = Readings(shared_analyzer(), load_memory())
    sentences = read_lessons(LESSONS)
    assert len(sentences) > 300
    wrong = [(s.document, t) for s in sentences for t in s.tokens if t.upos and not any(t.right(read(t.form)))]
    assert not wrong


def test_a_mark_says_part_of_speech_or_lemma_too() -> None:
    read = Readings(shared_analyzer(), load_memory())
    readings = read("ұлы")
    for token in (LessonToken("ұлы", "ADJ", "ұлы"), LessonToken("ұлы", "NOUN", "ұл"), LessonToken("ұлы", "ADJ")):
        right = [reading for reading, agrees in zip(readings, token.right(readings), strict=True) if agrees]
        assert right and all(r.upos == token.upos and token.lemma in ("", r.lemma) for r in right)
    assert not any(LessonToken("ұлы").right(readings))
