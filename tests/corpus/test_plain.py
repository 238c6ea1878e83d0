"""From JSON to dataclasses: the quick way takes what the way that says what is wrong takes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.corpus.plain import _made, from_plain


@dataclass
class Inner:
    """What is nested."""

    name: str
    score: float = 0.0


@dataclass
class Outer:
    """One of each kind."""

    number: int
    flag: bool = False
    inner: Inner | None = None
    pairs: list[tuple[int, str]] = field(default_factory=list)
    many: tuple[Inner, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    anything: Any = None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats() | st.sampled_from(["сөз", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "score", "дала"]), inner, max_size=3),
    max_leaves=5,
)
TABLES = st.dictionaries(st.sampled_from(["number", "flag", "inner", "pairs", "many", "counts", "anything", "other"]), VALUES)


@settings(deadline=None)
@given(value=TABLES | VALUES)
def test_both_ways_take_the_same(value: Any) -> None:
    try:
        wanted = _made(Outer, value, "value")
    except ValueError as error:
        with pytest.raises(ValueError) as found:
            from_plain(Outer, value)
        assert str(found.value) == str(error)
    else:
        assert repr(from_plain(Outer, value)) == repr(wanted)


def test_each_kind_is_taken() -> None:
    value = {"number": 1, "inner": {"name": "дала", "score": 1}, "pairs": [[1, "су"]], "many": [{"name": "тау"}], "counts": {"су": 2}}
    assert from_plain(Outer, value) == Outer(1, False, Inner("дала", 1.0), [(1, "су")], (Inner("тау"),), {"су": 2})
