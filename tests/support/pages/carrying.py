"""Labels of print carried to the text that a reader gives of a file, by where the letters of its lines stand."""

from __future__ import annotations

from gold import Row, carried
from kz_textkit.document import Mark
from labelled import LabelledText

__all__ = ["labelled_by"]


def labelled_by(printed: LabelledText, text: str, marks: tuple[Mark, ...] = (), *, name: str) -> LabelledText:
    """`text`, what a reader gave of the file of `printed`, labelled by where the letters of its lines stand in print."""
    rows = []
    at = 0
    for line, label, level in zip(printed.text.split("\n"), printed.labels, printed.levels, strict=True):
        if label:
            start = at + len(line) - len(line.lstrip())
            rows.append(Row(start, "para" if label == "?" else label, level, label == "?"))
        at += len(line) + 1
    labels, levels = carried(rows, printed.text, text)
    return LabelledText(f"{printed.name}/{name}", printed.kind, printed.split, text, tuple(labels), tuple(levels), marks)
