"""A line that ends with an abbreviation that something must follow is no end of a sentence."""

import pytest

from kz_textkit.layout.line_facts import FACTS, facts_of
from kz_textkit.layout.lines import read_lines


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Қорғанды сақ тайпалары тұрғызған, ол б.д.д.", "letter"),
        ("Қорғанды сақ тайпалары тұрғызған, ол б. з. д.", "letter"),
        ("Дәрісті оқыған проф.", "letter"),
        ("бұрын оқығаны рас еді, мұны айтқан проф.", "letter"),
        ("Ауылда ат, түйе, қой, т.б.", "point"),
        ("Қала салынған жыл – 1902 ж.", "point"),
        ("Олар бірге барды.", "point"),
    ],
)
def test_what_must_be_followed_does_not_end_a_sentence(line: str, ends: str) -> None:
    (facts,) = facts_of(read_lines(line))
    shown = {name: values[code] for (name, values), code in zip(FACTS, facts.values, strict=True)}
    assert shown["ends"] == ends
