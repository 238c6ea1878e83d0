"""Names: words with a capital that are no name of the dictionary, surnames made of names (`Назарұлы`), unknown names with suffixes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kz_textkit.morphology.lexicon import SURNAMES, Entry, name_lemma, surname_gender
from kz_textkit.morphology.morphotactics import merge_feats
from kz_textkit.morphology.phonology import contexts
from kz_textkit.morphology.units.guess import guessed_stems
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected

__all__ = ["AS_NAME", "BARE", "Name", "as_name", "bare_feats", "may_have_surname"]

AS_NAME = 4.0
"""What it costs a noun to be a name."""
BARE = -1.0
"""Weight of an unknown name without suffixes, beside readings of the dictionary."""

_surname_ends = re.compile("|".join(end for end, _ in SURNAMES)).search


class Name:
    """Reads a word with a capital as a name, where the dictionary has no name for it."""

    score = "4 less than the noun that it is too; 2 for a surname of a known name; bare -1, or 1 if unknown; .5 guessed"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a word with a capital."""
        if not word[:1].isupper() or any(reading.upos == "PROPN" for reading in found):
            return []
        own = [_named(reading, word) for reading in found if reading.upos == "NOUN" and not reading.words and reading.known]
        low = word.lower()
        for ending, gender in SURNAMES:
            # Назар -> Назарұлы, Назарова: the name inside is what the dictionary knows
            at = low.rfind(ending)
            if at > 2 and any(entry.upos == "PROPN" for entry in analyzer.lexicon.stems.get(low[:at], ())):
                own += _surnames(word, word[: at + len(ending)], gender)
                if own:
                    return own
        if not any(reading.lemma == word for reading in own):
            weight = BARE if found else 1.0
            own.append(UnitReading(name_lemma(word), "PROPN", bare_feats(word), ((word, "PROPN", word),), weight, False, "name", ()))
        return own if found else own + guessed_stems(word, "PROPN", "NOUN", 0.5)


def as_name(noun: str) -> str:
    """The name that is written as a noun.

    >>> as_name("бүркіт")
    'Бүркіт'
    """
    return noun[:1].upper() + noun[1:]


def bare_feats(word: str) -> str:
    """Features of an unknown name without suffixes."""
    return merge_feats(surname_gender(word), (("Case", "Nom"),))


def may_have_surname(low: str) -> bool:
    """Whether a word, in small letters, may begin with a surname that is made of a name."""
    return _surname_ends(low, 3) is not None


def _named(noun: UnitReading, word: str) -> UnitReading:
    short = word.isupper() and len(noun.lemma) < 6
    lemma = noun.lemma.upper() if short else as_name(noun.lemma)
    return noun._replace(lemma=lemma, upos="PROPN", weight=noun.weight - AS_NAME, known=True, unit="name")


def _surnames(word: str, stem: str, gender: str) -> list[UnitReading]:
    """Readings of a word that begins with a surname."""
    entry = Entry(name_lemma(stem), "PROPN", f"Gender={gender}", "NOUN", 2.0, "own")
    return [
        inflected(word, entry, stem, stem, ending, 2.0, True, "name")
        for ending in endings("NOUN", contexts(stem)[0], word.lower()[len(stem) :], "PROPN", entry.feats)
        if not ending.derived and not ending.second
    ]
