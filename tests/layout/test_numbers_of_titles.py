"""What is said of the numbers of titles: gaps and repeats, and nothing of series inside one another."""

from __future__ import annotations

import pytest

from kz_textkit.layout.laid import LaidBlock
from kz_textkit.layout.lines import read_lines
from kz_textkit.layout.pieces import Piece, headings_of
from kz_textkit.layout.sections import build

TITLES = ("Ағаштар", "Алма", "Өрік", "Шөптер", "Жусан", "Бетеге", "Гүлдер", "Мүктер")


def warnings(*numbers: int) -> tuple[str, ...]:
    text = "\n".join(f"{number}. {title}" for number, title in zip(numbers, TITLES, strict=False))
    lines = read_lines(text)
    pieces = [Piece("heading", i, i + 1) for i in range(len(lines))]
    blocks = [LaidBlock("heading", line.start, line.end) for line in lines]
    return build(text, [], lines, list(headings_of(lines, pieces)), (), blocks)[1]


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 1, 2, 2, 1, 2, 3), (1, 2, 3, 1, 2, 4), (5, 6, 7)])
def test_series_that_rise_are_sound_and_so_are_those_inside_them(numbers: tuple[int, ...]) -> None:
    assert warnings(*numbers) == ()


def test_gaps_and_repeats_are_named() -> None:
    assert warnings(1, 2, 5) == ("Numbers 3 to 4 are missing before «5. Өрік».",)
    assert warnings(1, 2, 2) == ("The number 2 comes twice: «2. Өрік» is the second.",)
    assert warnings(4, 5, 3) == ("«3. Өрік» comes after number 5.",)
