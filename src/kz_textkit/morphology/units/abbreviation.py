"""Initials, abbreviations in capitals, and stems whose sound is not written with suffixes after a mark: `А.`, `ҚР`, `Google'дың`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kz_textkit.morphology.lexicon import Entry
from kz_textkit.morphology.units.letters import CASE_CONTEXTS
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected, whole

__all__ = ["Capitals", "Initial", "Quoted", "with_suffixes"]

QUOTED = re.compile(r"([^\W\d_][\w.-]*)['’ʼ`](\w+)$")
"""A name of other letters and its suffix after an apostrophe: `Google'дың`."""
INITIAL = re.compile(r"[^\W\d_]\.$")
INITIALS = (("NOUN", "", 1.0), ("PROPN", "Case=Nom", 0.0))
"""Readings of initials."""
LONGEST = 6
"""Letters of an abbreviation."""


def with_suffixes(word: str, stem: str, head: str, letters: str, upos: str) -> list[UnitReading]:
    """Readings of a stem whose sound is not written, with suffixes set off by a mark."""
    entry = Entry(stem, upos, "", "NOUN", 3.0, "own")
    return [
        inflected(word, entry, stem, head, ending, 3.0, True, "abbreviation")
        for context in CASE_CONTEXTS
        for ending in endings("NOUN", context, letters, upos, "")
        if not ending.derived
    ]


class Quoted:
    """Reads a name with its suffix after an apostrophe."""

    score = "3"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token with an apostrophe before its suffix."""
        quoted = QUOTED.match(word)
        return with_suffixes(word, quoted[1], word[: quoted.start(2)], quoted[2].lower(), "PROPN") if quoted else []


class Initial:
    """Reads a letter with a point, as the treebank has it: mostly a noun without features, else a name."""

    score = "1 for the noun, 0 for the name"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a letter with a point."""
        if not INITIAL.match(word):
            return []
        return [whole(word, upos, feats, weight, True, "abbreviation") for upos, feats, weight in INITIALS]


class Capitals:
    """Reads a short word in capitals as an abbreviation, beside what else it may be."""

    score = ".5"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """The treebank has abbreviations without features beside names."""
        is_one = 1 < len(word) <= LONGEST and word[:1].isupper() and word.isupper()
        return [whole(word, "NOUN", "", 0.5, False, "abbreviation")] if is_one else []
