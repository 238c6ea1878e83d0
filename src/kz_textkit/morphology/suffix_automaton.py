"""What a word can end in: its letters are read from the last to the first, before a stem is looked for.

Of the eight places where a word of eight letters can be parted, at most have no string of suffixes behind them. An automaton that is
made of the tables of morphotactics tells that for all places at once: after each letter it knows from which states the letters read so
far are suffixes, in whatever context, and it stops where nothing can come of them any more. It is made as it is needed (*lazy subset
construction*): running text has few ends of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kz_textkit.morphology.morphotactics import END, passages

__all__ = ["FUSED", "automaton", "parted", "states_that_read"]

FUSED = frozenset("ияю")
"""Letters in which the last of a stem and the first of a suffix are written as one: `оқы` + `йды` is `оқиды`. No suffix has them."""

MOST_NODES = 1 << 15
"""When it has grown to so many nodes the automaton is made anew, lest memory grow with the corpus; some .5 KB each."""

_NONE: frozenset[str] = frozenset()


class _Letter:
    """Suffixes that end in the same letters, in a tree of letters from the last to the first."""

    __slots__ = ("before", "pairs")

    def __init__(self) -> None:
        self.before: dict[str, _Letter] = {}
        self.pairs: tuple[tuple[str, str], ...] = ()
        """States before and after the suffix that begins here."""


class _Node:
    """What was read so far."""

    __slots__ = ("_begun", "_known", "_suffixes", "states")

    def __init__(self, suffixes: _Suffixes, begun: Iterable[tuple[_Letter, frozenset[str]]], states: frozenset[str]) -> None:
        self._suffixes = suffixes
        self._begun = (*begun, (suffixes.last, states)) if states else tuple(begun)
        self._known: dict[str, _Node | None] = {}
        self.states = states
        """From which the letters are suffixes to the end of the word."""

    def before(self, letter: str) -> _Node | None:
        """What has been read with this letter before the others; None where no suffixes end in these letters."""
        try:
            return self._known[letter]
        except KeyError:
            found = self._known[letter] = self._read(letter)
            return found

    def _read(self, letter: str) -> _Node | None:
        begun = [(node.before[letter], after) for node, after in self._begun if letter in node.before]
        if not begun:
            return None
        states = {state for node, after in begun for state, following in node.pairs if following in after}
        states.update([state for state, following in self._suffixes.bare if following in states])
        return self._suffixes.node([(node, after) for node, after in begun if node.before], frozenset(states) or _NONE)


class _Suffixes:
    """The automaton."""

    def __init__(self) -> None:
        found = passages()
        self.bare = found.pop("")
        self.last = _Letter()
        for suffix, pairs in found.items():
            place = self.last
            for letter in reversed(suffix):
                place = place.before.setdefault(letter, _Letter())
            place.pairs = pairs
        self._nodes: dict[tuple[object, ...], _Node] = {}
        self._empty = frozenset([END, *(state for state, following in self.bare if following == END)])
        self._start = self.node([], self._empty)

    @property
    def start(self) -> _Node:
        """Nothing was read."""
        if len(self._nodes) > MOST_NODES:
            self._nodes.clear()
            self._start = self.node([], self._empty)
        return self._start

    def node(self, begun: list[tuple[_Letter, frozenset[str]]], states: frozenset[str]) -> _Node:
        """The one node for these suffixes that have begun and these states."""
        key = (*begun, states)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = _Node(self, begun, states)
        return found


@lru_cache(maxsize=1)
def automaton() -> _Suffixes:
    """The automaton of this process."""
    return _Suffixes()


def states_that_read(letters: str) -> frozenset[str]:
    """States from which letters can be read as suffixes up to the end of a word, in some context or other; END among them for none.

    >>> "NOUN" in states_that_read("лармен"), states_that_read("қалармен")
    (True, frozenset())
    """
    node: _Node | None = automaton().start
    for letter in reversed(letters):
        node = node.before(letter)  # type: ignore[union-attr]
        if node is None:
            return _NONE
    assert node is not None
    return node.states


def parted(word: str) -> Iterator[tuple[int, frozenset[str]]]:
    """Where a word in small letters may be parted, from left to right: the place, and the states from which the rest is suffixes.

    Before a letter of `FUSED` the states are none: what is to be read there is not what is written.

    >>> ["балықшы"[:place] for place, _ in parted("балықшы")], ["оқиды"[:place] for place, _ in parted("оқиды")]
    (['ба', 'балық', 'балықш', 'балықшы'], ['оқ', 'оқи', 'оқид', 'оқиды'])
    """
    node = automaton().start
    places = [(len(word), node.states)]
    for place in range(len(word) - 1, 0, -1):
        letter = word[place]
        before = node.before(letter)
        if before is None:
            if letter in FUSED:
                places.append((place, _NONE))
            break
        node = before
        if node.states:
            places.append((place, node.states))
    return reversed(places)
