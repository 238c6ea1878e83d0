"""The automaton of suffixes says where suffixes can be read, and nowhere else."""

from __future__ import annotations

import pytest

from kz_textkit.morphology import suffix_automaton
from kz_textkit.morphology.morphotactics import CONTEXTS, END, arcs, tails
from kz_textkit.morphology.suffix_automaton import FUSED, automaton, parted, states_that_read

WORDS = ("балаларымыздағылардан", "келмегендіктен", "оқиды", "барғысы", "суы", "қжмтр", "лар")


def reading(letters: str) -> set[str]:
    """States from which the tables read the letters, in some context."""
    return {state for state in arcs() for context in CONTEXTS if tails(state, context, letters)}


@pytest.mark.parametrize("word", WORDS)
def test_states_are_those_from_which_the_tables_read_something(word: str) -> None:
    places = dict(parted(word))
    for place in range(1, len(word)):
        rest = word[place:]
        found = places.get(place, frozenset())
        assert found == states_that_read(rest)
        # whether a suffix fits what stands before it depends on the stem, which the automaton does not know
        assert reading(rest) <= found
        assert found or place not in places or rest[0] in FUSED


def test_nothing_can_be_read_after_the_whole_word() -> None:
    *_, (place, states) = parted("бала")
    assert place == 4
    assert END in states and "NOUN" in states


def test_an_automaton_that_has_grown_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [list(parted(word)) for word in WORDS]
    automaton.cache_clear()
    monkeypatch.setattr(suffix_automaton, "MOST_NODES", 3)
    assert [list(parted(word)) for word in WORDS] == before
    assert [list(parted(word)) for word in WORDS] == before
