"""Heads and feet that only their place gives away."""

from __future__ import annotations

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import Document, Mark, RawDocument

PROSE = "Дала – кең жазық жер, онда {n} мал өсіп жүреді, ал өзен бойында жыл сайын егін егіледі, бау-бақша күтіледі"


def book(heads: list[str], *, size: float = 10.0, top: float = 56.0) -> Document:
    """Pages of 30 lines, each under one of `heads`; the first head of this size and height."""
    text, marks = "", []
    for number, head in enumerate(heads, 1):
        start, y = len(text), top if number == 1 else 56.0
        for n, line in enumerate([head, *(PROSE.format(n=30 * number + n) for n in range(30)), str(number)]):
            box = {"x0": 70.0, "x1": 520.0, "y0": y, "y1": y + 10, "size": size if (number, n) == (1, 0) else 10.0}
            marks.append(Mark(len(text), len(text) + len(line), "line", box))
            text += f"{line}\n"
            y = 100.0 + 20 * n if n < 30 else 790.0
        marks.append(Mark(start, len(text), "page", {"number": number, "height": 842.0}))
        text = f"{text[:-1]}\f" if number < len(heads) else text[:-1]
    return clean(RawDocument("а", "а.pdf", "", "utf-8", text, marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))))


def test_the_head_of_the_first_page_goes_with_those_of_the_others() -> None:
    assert "Ауыл айнасы" not in book(["Ауыл айнасы"] * 6).text


def test_a_title_that_is_larger_or_stands_lower_than_the_heads_stays() -> None:
    assert book(["Ауыл айнасы"] * 6, size=18.0).text.startswith("Ауыл айнасы")
    assert book(["Ауыл айнасы"] * 6, top=72.0).text.startswith("Ауыл айнасы")


def test_the_number_of_a_lone_page_is_taken_out_of_its_margin() -> None:
    document = book(["Ауыл тарихы туралы сөз"])
    assert document.text.startswith("Ауыл тарихы туралы сөз")
    assert [e.before for e in document.edits if e.rule == "page_number"] == ["1"]
