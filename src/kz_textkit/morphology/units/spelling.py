"""Known stems with suffixes of the wrong row or after the wrong sound: `көрінмеді` (-бе-), `шешпедың` (-ің)."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.phonology import BACK, contexts
from kz_textkit.morphology.suffix_automaton import states_that_read
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected

__all__ = ["Spelling"]

TO_BACK = str.maketrans("іегк", "ыағқ")
TO_FRONT = str.maketrans("ыағқ", "іегк")
STATES = frozenset({"NOUN", "V", "ADJ"})


class Spelling:
    """Reads an unknown word as a known stem whose suffixes are spelled for another one."""

    score = "4 less than the stem with the right suffixes"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a known stem with suffixes of the wrong row or shape."""
        low = word.lower()
        own: list[UnitReading] = []
        for cut in range(3, len(low) - 1):
            head, rest = low[:cut], low[cut:]
            for entry in analyzer.lexicon.stems.get(head, ()):
                if entry.state not in STATES or entry.upos == "PROPN":
                    continue
                own_context = contexts(head)[0]
                row, end = own_context[0], own_context[1]
                letters = rest.translate(TO_BACK if row == BACK else TO_FRONT)
                if entry.state not in states_that_read(letters):
                    continue
                for shape in dict.fromkeys((end, "V", "R", "M", "T")):
                    for ending in endings(entry.state, row + shape, letters, entry.upos, entry.feats):
                        if not ending.derived and not ending.second:
                            own.append(inflected(word, entry, head, head, ending, entry.weight - 4.0, True, "spelling"))
        return own
