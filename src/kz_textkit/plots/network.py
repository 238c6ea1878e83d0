"""The company that words keep, as a network: the word in the middle, its collocates in a ring around it, theirs in a second one.

The order in the rings is that of the table, each word beside what leads to it; nothing in the layout is left to chance, so that the
same table is always the same picture.
"""

from __future__ import annotations

from math import cos, log1p, pi, sin

import pandas as pd
from matplotlib.patches import FancyArrowPatch

from kz_textkit.plots.figure import ACCENT, COLOURS, INK, Plot, drawn, new_plot, shortened
from kz_textkit.plots.labels import LANGUAGE, label

__all__ = ["collocates_plot", "network_places", "network_plot"]

SIZE, ROOM, GROWTH = 7.5, 30, 0.12
"""Inches of a side, with room for so many words in a ring, and what each one more needs."""
LENGTH = 24
"""Characters of a word that are shown."""

Place = tuple[float, float]


@drawn
def collocates_plot(table: pd.DataFrame, node: str, *, top: int = 20, title: str = "", language: str = LANGUAGE) -> Plot:
    """The collocates of one word around it: the columns collocate and together of `kz_textkit.stats.collocation.collocates`."""
    shown = table.head(top)
    edges = pd.DataFrame({"source": node, "target": shown["collocate"], "together": shown["together"]})
    return network_plot(edges, title=title, language=language)


@drawn
def network_plot(edges: pd.DataFrame, *, title: str = "", language: str = LANGUAGE) -> Plot:
    """A network of words: the columns source, target and together of `kz_textkit.stats.collocation.collocation_network`. Lines are the
    thicker the more often two words stand together.

    >>> edges = pd.DataFrame({"source": ["билік", "билік"], "target": ["сот", "саяси"], "together": [9, 4]})
    >>> sorted(text.get_text() for text in network_plot(edges).axes[0].texts if text.get_text() in {"билік", "сот", "саяси"})
    ['билік', 'саяси', 'сот']
    """
    pairs = list(edges[["source", "target", "together"]].itertuples(index=False, name=None))
    rings = _rings(pairs)
    size = SIZE + GROWTH * max(max(map(len, rings)) - ROOM, 0)
    plot, (axes,) = new_plot(size, size)
    places = _places(rings, pairs)
    strongest = max((together for _, _, together in pairs), default=1)
    for source, target, together in pairs:
        bend = 0.0 if {source, target} & set(rings[0]) else 0.12
        line = FancyArrowPatch(
            places[source],
            places[target],
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            linewidth=0.5 + 2.8 * log1p(together) / log1p(strongest),
            color="#9fb3c4",
            alpha=0.75,
            zorder=1,
        )
        axes.add_patch(line)
    for ring, words in enumerate(rings):
        height, weight = (12, "bold") if ring == 0 else (9, "normal") if ring == 1 else (8, "normal")
        for word in words:
            colour = COLOURS[1] if ring == 0 else ACCENT if ring == 1 else INK
            box = {"boxstyle": "round,pad=0.22", "facecolor": "white", "edgecolor": colour, "linewidth": 0.9}
            x, y = places[word]
            axes.text(x, y, shortened(word, LENGTH), ha="center", va="center", fontsize=height, fontweight=weight, bbox=box, zorder=3)
    reach = 1.15 + max(len(rings) - 2, 0)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-reach, reach)
    axes.set_aspect("equal")
    axes.set_axis_off()
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    if not pairs:
        axes.text(0.5, 0.5, label("nothing", language), transform=axes.transAxes, ha="center")
    return plot


def network_places(pairs: list[tuple[str, str, int]]) -> dict[str, tuple[float, float, int]]:
    """Where the words of a network stand: x (to the right), y (upwards), 1 being the way to the first ring, and the number of the ring.

    >>> places = network_places([("билік", "сот", 9), ("билік", "саяси", 4)])
    >>> {word: (round(x, 2), round(y, 2), ring) for word, (x, y, ring) in places.items()}
    {'билік': (0.0, 0.0, 0), 'сот': (0.0, 1.0, 1), 'саяси': (0.0, -1.0, 1)}
    """
    rings = _rings(pairs)
    places = _places(rings, pairs)
    return {word: (*places[word], ring) for ring, words in enumerate(rings) for word in words}


def _rings(pairs: list[tuple[str, str, int]]) -> list[list[str]]:
    """The words by their distance from the first ones: those that no edge leads to, or else the source of the first edge."""
    targets = {target for _, target, _ in pairs}
    roots = list(dict.fromkeys(source for source, _, _ in pairs if source not in targets)) or [source for source, _, _ in pairs[:1]]
    rings, seen = [roots], set(roots)
    while rings[-1]:
        inner = rings[-1]
        # In the order of what leads to them, so that lines cross little.
        found = [target for word in inner for source, target, _ in pairs if source == word and target not in seen]
        rings.append(list(dict.fromkeys(found)))
        seen.update(found)
    left = [word for pair in pairs for word in pair[:2] if word not in seen]
    return [*rings[:-1], list(dict.fromkeys(left))] if left else rings[:-1] or [[]]


def _places(rings: list[list[str]], pairs: list[tuple[str, str, int]]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for ring, words in enumerate(rings):
        radius = 0.0 if ring == 0 and len(words) == 1 else 0.35 if ring == 0 else float(ring)
        turn = pi / 2 if ring < 2 else pi / 2 - pi / max(len(words), 1)
        for number, word in enumerate(words):
            angle = turn - 2 * pi * number / max(len(words), 1)
            stagger = 0.13 * (number % 2) if len(words) > 14 else 0.0
            places[word] = ((radius - stagger) * cos(angle), (radius - stagger) * sin(angle))
    return places
