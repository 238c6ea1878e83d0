"""Alphabetical order of many texts: in how many pieces the keys are made is no matter."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kz_textkit.stats.collation import alphabetical_key, alphabetical_order

TEXTS = st.lists(st.sampled_from(["әке", "Әке", "ара", "өзен", "іс", "ыс", "", "a\nb"]) | st.text(max_size=4), max_size=20)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_the_order_is_that_of_the_keys(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kz_textkit.stats.collation.AT_ONCE", 3)
    assert alphabetical_order(texts).tolist() == sorted(range(len(texts)), key=lambda i: alphabetical_key(texts[i]))
