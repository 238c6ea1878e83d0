"""The nominative of a name: what a list of names shows, whatever case the name stands in.

Of a name of several words only the last takes case; possessive and plural endings belong to the name (`Республикасының` of `Қазақстан
Республикасының` becomes `Республикасы`, not `Республика`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.analyzer import Analysis

__all__ = ["base_form", "nominative"]

CASES = frozenset({"GEN", "DAT", "ACC", "LOC", "ABL", "INS"})
"""Tags of the case suffixes in `Analysis.morphemes`; what follows them goes too."""

VERBAL = frozenset({"VERB", "AUX"})


def base_form(words: Sequence[str], spaces: Sequence[bool], last: Sequence[Analysis]) -> str:
    """The name of these `words`, the last in the nominative; `spaces` says after which words a space follows, `last` are the readings
    of the last word, the likeliest first.

    >>> from kz_textkit.morphology.analyzer import MorphAnalyzer
    >>> base_form(["Қазақстан", "Республикасының"], [True, True], MorphAnalyzer().parse("Республикасының"))
    'Қазақстан Республикасы'
    """
    before = "".join(word + " " * space for word, space in zip(words[:-1], spaces, strict=False))
    return before + nominative(words[-1], last)


def nominative(word: str, readings: Sequence[Analysis]) -> str:
    """`word` without its case, by the first of its `readings` that is a nominal; as it is where none has a case.

    >>> from kz_textkit.morphology.analyzer import MorphAnalyzer
    >>> parse = MorphAnalyzer().parse
    >>> [nominative(word, parse(word)) for word in ("Абайдың", "банкінің", "Google-дың", "Алматы")]
    ['Абай', 'банкі', 'Google', 'Алматы']
    """
    reading = next((r for r in readings if r.upos not in VERBAL), None)
    if reading is None:
        return word
    tags = [tag for _, tag, _ in reading.morphemes]
    at = next((i for i, tag in enumerate(tags) if tag in CASES), None)
    if not at:
        return word
    if at > 1:
        return "".join(surface for surface, _, _ in reading.morphemes[:at])
    stem = reading.morphemes[0][2]
    return stem[:1].upper() + stem[1:] if word[:1].isupper() else stem
