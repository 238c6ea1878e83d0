"""The labels of the gold: known, in order, and on the lines that they were given to, in every text that they are carried to."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold import GOLD, OWN, LabelFile, Row, carried, own_texts, programs_texts, read_label_file, real_texts
from labelled import LABELS, LabelledText

FILES = sorted(GOLD.glob("*.*.tsv"))
FURNITURE = ("page_number", "running_head", "url")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_label_files_are_well_formed(path: Path) -> None:
    labels = read_label_file(path)
    starts = [row.start for row in labels.rows]
    assert starts == sorted(set(starts))
    assert labels.split in ("training", "development", "held_out")
    assert len(labels.sha256) == 64
    _assert_kinds_go_on(["?" if row.doubtful else row.label for row in labels.rows], path.name)
    assert all((row.level in (1, 2, 3, 4)) == row.label.startswith("heading") for row in labels.rows)


def test_splits_are_by_document() -> None:
    splits: dict[str, set[str]] = {}
    for path in FILES:
        labels = read_label_file(path)
        splits.setdefault(labels.source, set()).add(labels.split)
    assert all(len(found) == 1 for found in splits.values())


@pytest.mark.parametrize("text", own_texts(), ids=lambda text: text.name)
def test_documents_of_our_own_are_well_formed(text: LabelledText) -> None:
    _assert_lines_are_labelled(text)
    _assert_kinds_go_on([label for label in text.labels if label], text.name)
    assert all((level in (1, 2, 3, 4)) == label.startswith("heading") for label, level in zip(text.labels, text.levels, strict=True))


@pytest.mark.parametrize("text", programs_texts(), ids=lambda text: text.name)
def test_documents_that_programs_set_are_well_formed(text: LabelledText) -> None:
    _assert_lines_are_labelled(text)
    assert text.split == "development"
    assert text.labels.count("?") <= 0.08 * len(text.labels)


def test_documents_of_our_own_are_there() -> None:
    assert len(own_texts()) == len(list(OWN.glob("*.tsv")))


@pytest.mark.slow
def test_labels_of_real_documents_are_found_in_all_their_texts(shared: Path) -> None:
    texts = real_texts(shared)
    documents = {text.name.split(".")[0] for text in texts}
    assert documents == {path.name.split(".")[0] for path in FILES} | {"textbook"}
    for text in texts:
        _assert_lines_are_labelled(text)
        scored = [label for label in text.labels if label]
        assert scored.count("?") < len(scored) / 3, text.name


def test_labels_are_carried_to_a_text_that_is_broken_elsewhere() -> None:
    text = "Ана тілі\nҚазақ тілі – түркі тілдерінің\nбірі.\n\n– Иә, – деді ол.\n12\n"
    rows = [Row(text.index(word), label, level) for word, label, level in (
        ("Ана", "heading", 1), ("Қазақ", "para", 0), ("бірі", "para_cont", 0), ("– Иә", "para", 0), ("12", "page_number", 0),
    )]  # fmt: skip
    other = "12\nАна тілі\n\n   Қазақ тілі – түр\x02\nкі тілдерінің бірі.\n– Иә, – деді ол.\nбөтен сөз\n"
    labels, levels = carried(rows, text, other)
    assert labels == ["page_number", "heading", "", "para", "para_cont", "para", "?", ""]
    assert levels == [0, 1, 0, 0, 0, 0, 0, 0]


def test_a_line_with_two_blocks_in_it_is_not_scored() -> None:
    text = "Балақ жүні шалқи ма?\nдеп сұрайды.\nСодан соң кетті.\n"
    rows = [Row(0, "verse"), Row(text.index("деп"), "para"), Row(text.index("Содан"), "para_cont")]
    labels, _ = carried(rows, text, "Балақ жүні шалқи ма? деп сұрайды.\nСодан соң кетті.\n")
    assert labels == ["?", "para_cont", ""]


def test_a_label_file_with_an_unknown_label_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kitap.text.tsv"
    path.write_text(
        "# kind: novel\n# split: training\n# source: a\n# extractor: text\n# sha256: 0\n1\t0\tтақырып\t1\t\n", encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"kitap\.text\.tsv, line 6"):
        read_label_file(path)


def _assert_lines_are_labelled(text: LabelledText) -> None:
    lines = text.text.split("\n")
    assert len(lines) == len(text.labels) == len(text.levels), text.name
    for line, label in zip(lines, text.labels, strict=True):
        assert label in (*LABELS, "?") if line.strip() else label == "", (text.name, line, label)


def _assert_kinds_go_on(labels: list[str], name: str) -> None:
    """A block goes on only after a block of its kind, with nothing but furniture, notes and marks between them."""
    kind = note = ""
    for number, label in enumerate(labels):
        if label in FURNITURE or label == "mark":
            continue
        if label == "?":  # what it is is not said, so anything may go on after it
            kind = note = "?"
            continue
        if label.startswith("note"):
            assert label == "note" or note, (name, number, label)
            note = "note"
            continue
        if label.endswith("_cont"):
            assert kind in (label.removesuffix("_cont"), "?"), (name, number, label, kind)
        kind, note = label.removesuffix("_cont"), ""


def test_what_a_label_file_says_of_itself() -> None:
    labels = read_label_file(GOLD / "tole_bi.pypdfium2.tsv")
    assert isinstance(labels, LabelFile)
    assert (labels.name, labels.split, labels.extractor) == ("tole_bi", "held_out", "pypdfium2")
