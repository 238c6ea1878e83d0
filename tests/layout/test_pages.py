"""Pages that label themselves: the same for the same seed, a label for each line, the texts of the source whole under the labels."""

from __future__ import annotations

import random
import re

import pytest

from labelled import LABELS, LabelledText
from pages import KINDS, Setting, compose, exists, set_side_by_side, set_source, set_texts
from pages.model import NOTE, Source
from pages.setting import choose

FURNITURE = ("running_head", "page_number", "url", "mark")


def test_the_same_seed_gives_the_same_pages() -> None:
    assert list(set_texts(7, 6)) == list(set_texts(7, 6))
    assert [text.text for text in set_texts(7, 6)] != [text.text for text in set_texts(8, 6)]


@pytest.mark.parametrize("kind", KINDS)
def test_labels_fit_the_lines(kind: str) -> None:
    for text in set_texts(3, 4, kinds=[kind]):
        lines = text.text.split("\n")
        assert 60 <= len(lines) <= 400
        assert len(lines) == len(text.labels) == len(text.levels)
        for line, label, level in zip(lines, text.labels, text.levels, strict=True):
            assert bool(line.strip()) == bool(label)
            assert label in LABELS or label in ("", "?")
            assert bool(level) == label.startswith("heading") or label == "?"
        assert begun(text)


def begun(text: LabelledText) -> bool:
    """Whether each `_cont` goes on with a block of its kind, beyond furniture and notes."""
    kind = note = ""
    for label in text.labels:
        if label in ("", "?", *FURNITURE):
            kind = "?" if label == "?" else kind
        elif label.startswith("note"):
            if label == "note_cont" and note != "note" and kind != "note":
                return False
            note = "note"
        elif label.endswith("_cont"):
            if kind not in (label[: -len("_cont")], "?"):
                return False
        else:
            kind = label
    return True


@pytest.mark.parametrize("seed", range(60))
def test_blocks_are_whole_under_the_labels(seed: int) -> None:
    rng = random.Random(seed)
    kind = rng.choice([kind for kind in KINDS if exists(kind, "training")])
    source = compose(kind, "training", rng, lines=80)
    setting = choose("training", rng)
    if setting.noise or setting.foot == "{glued}":
        pytest.skip("letters are changed on purpose")
    text = set_source(source, setting, rng, most=100_000)
    joined = letters("".join(line for line, label in zip(text.text.split("\n"), text.labels, strict=True) if not furniture(label)))
    assert joined == letters("".join(block.text for block in plain(source)))


def furniture(label: str) -> bool:
    return label in FURNITURE or label in ("", "?") or label.startswith(("note", "table", "toc"))


def plain(source: Source):  # type: ignore[no-untyped-def]
    return [block for block in source.blocks if not block.doubtful and not furniture(block.kind)]


def letters(text: str) -> str:
    """Letters alone: marks of notes, hyphens and white space are left out."""
    return re.sub(r"[\W\d_]+", "", text.replace(NOTE, ""))


def test_splits_share_no_sentences_or_titles() -> None:
    titles = {
        split: {
            line.strip()
            for text in set_texts(5, 30, kinds=["novel", "recipes", "poems"], split=split)
            for line, label in zip(text.text.split("\n"), text.labels, strict=True)
            if label == "heading" and len(line.split()) > 2
        }
        for split in ("training", "development", "held_out")
    }
    assert all(titles.values())
    assert not titles["training"] & titles["held_out"]
    assert not titles["training"] & titles["development"]


def test_marks_say_where_lines_stand() -> None:
    for text in set_texts(2, 8, marks=True):
        lines = [mark for mark in text.marks if mark.kind == "line"]
        pages = [mark for mark in text.marks if mark.kind == "page"]
        printed = [line for line in text.text.replace("\f", "").split("\n") if line.strip()]
        assert [text.text[mark.start : mark.end] for mark in lines] == printed
        assert [page.value["number"] for page in pages] == list(range(1, len(pages) + 1))
        assert all(any(page.start <= mark.start and mark.end <= page.end for page in pages) for mark in lines)
        assert all(mark.value["x0"] < mark.value["x1"] and mark.value["y0"] < mark.value["y1"] for mark in lines)


def test_columns_side_by_side_hold_the_text_of_columns_one_after_the_other() -> None:
    rng = random.Random(12)
    source = compose("newspaper", "training", rng, lines=160, width=36)
    beside, labelled = set_side_by_side(source, Setting(width=17_000, height=30, indent_text="  "), rng)
    assert len(beside.split("\n")) < 0.7 * len(labelled.labels)
    assert sorted(re.findall(r"\w+", beside)) == sorted(re.findall(r"\w+", labelled.text))
