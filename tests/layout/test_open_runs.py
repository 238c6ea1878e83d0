"""Runs of lines that say nothing, as signs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.layout.convention import learn, with_ends
from kz_textkit.layout.lines import read_lines
from kz_textkit.layout.open_runs import NAMES, open_runs
from kz_textkit.layout.signs import signs_of

PAGE = """Басты бет
Жаңалықтар
Құжаттар
Басты бет › Құжаттар › Суару ережесі
Суару ережесі
Арық суын кезекпен алған дұрыс, өйткені су бәріне бірдей жетуі керек.
Кезекті мұрап белгілейді. Ол тізімді әр дүйсенбіде ілетін болады.
Байланыс
Сайт картасы
© 2020"""


def _signs(text: str) -> dict[str, list[str]]:
    lines = read_lines(text)
    convention = learn(lines)
    signs = signs_of(with_ends(lines, convention), convention)
    return {name: [column.values[code] for code in column.codes] for name, column in signs.items()}


def test_lines_of_a_menu_know_how_far_the_text_is_and_how_many_words_of_the_web_are_around() -> None:
    signs = _signs(PAGE)
    assert signs["open run"][:6] == ["under 10"] * 5 + ["none"]
    assert signs["down to text"][3:5] == ["2", "1"]
    assert signs["text above"][0] == "none"
    assert signs["text below"][-1] == "none"
    assert signs["site words in the run"][-3:] == ["two"] * 3


def test_the_end_of_a_way_to_a_page_is_known_again_as_its_title() -> None:
    assert _signs(PAGE)["in a path"][4] == "its end"
    assert _signs(PAGE)["in a path"][0] == "its beginning"


def test_text_alone_has_no_runs() -> None:
    signs = _signs("Көктемде қар еріді, су тасыды.\nЖазда шөп шықты.\nКүзде егін жиналды.")
    assert set(signs["open run"]) == {"none"}
    assert set(signs["site words in the document"]) == {"none"}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
@settings(deadline=None)
def test_every_line_has_a_value_of_every_sign(lines: list[tuple[bool, bool]]) -> None:
    found = open_runs(np.array([text for text, _ in lines], np.bool_), np.array([site for _, site in lines], np.bool_))
    assert found.keys() == NAMES.keys()
    for name, codes in found.items():
        assert codes.shape == (len(lines),)
        assert all(0 <= code < len(NAMES[name]) for code in codes)
