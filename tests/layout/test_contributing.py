"""What CONTRIBUTING says of a new kind of line is so: a sign, a labelled text, weights learnt from it."""

from __future__ import annotations

import re

import pytest

from kz_textkit.layout.tagger import parse_weights
from labelled import LabelledText
from repository import ROOT
from tools import load_tools

LESSON = re.compile(r"   ```\n(?P<lesson>(?:   \w+\|.*\n)+)   ```")
PLAY = "АЙБЕК. Ертең келесің бе?\n(Үндемейді.)\nАЙБЕК. Күтемін онда.\n(Шығып кетеді.)\nМӘРИЯ. Бара бер, Айбек."


@pytest.mark.slow
def test_a_lesson_teaches_a_kind_of_line() -> None:
    found = LESSON.search((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert found is not None
    lesson = re.sub(r"(?m)^   ", "", found["lesson"])
    prepared, texts_of, trained = load_tools("layout", "prepare", "texts", "train")
    others = list(texts_of.lessons())[:48]
    play = prepared.prepare(LabelledText("play", "play", "training", PLAY, ("?",) * 5))
    labels = {}
    for name, texts in (("without", others), ("with", [*others, *texts_of.lessons(lesson), *texts_of.lessons(lesson)])):
        weights = parse_weights(trained.learn([], [prepared.prepare(text) for text in texts], trainings=1))
        labels[name] = trained.labels_of(play, weights)
    assert labels["with"] == ["para", "note", "para", "note", "para"] != labels["without"]
