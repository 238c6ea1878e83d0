"""Words with a hyphen: clitics (`болады-ау`), abbreviations with suffixes (`АҚШ-тың`), reduplication, compounds (`қарым-қатынас`)."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.units.abbreviation import with_suffixes
from kz_textkit.morphology.units.letters import CYRILLIC
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, Word

__all__ = ["Hyphen"]

MOST_HYPHENS = 4
"""Hyphens of a word; what has more is no word, and is not taken apart."""

CONSONANTS = frozenset("бвгғджзйкқлмнңпрстфхһцчшщ")
CLITICS: dict[str, tuple[str, str, str]] = {
    "ау": ("ау", "PART", ""),
    "ақ": ("-ақ", "ADV", ""),
    "шы": ("шы", "PART", ""),
    "ші": ("шы", "PART", ""),
    **{form: (form, "PART", "") for form in ("ай", "мыс", "міс", "ды", "ді", "ты", "ті")},
}
"""Lemma, part of speech and features of what stands after a hyphen and is a word of its own."""
NO_COMPOUND = frozenset({"PUNCT", "AUX", "ADP", "PART", "CCONJ", "SCONJ"})


class Hyphen:
    """Reads a word by what stands before and after its last hyphen."""

    score = "2 less than the word before a clitic; 3 for an abbreviation; 1.5 for a word twice; 1 less than the last part of a compound"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token with a hyphen inside."""
        if not 0 < word[1:-1].count("-") <= MOST_HYPHENS:
            return []
        first, _, last = word.rpartition("-")
        low = last.lower()
        own = _with_clitic(first, last, analyzer) if low in CLITICS else []
        if low in ("ау", "ақ"):
            return own
        # an abbreviation or a name with a suffix after the hyphen: АҚШ-тың, IT-дің
        upper = first.isupper() or not CYRILLIC.search(first)
        if upper or any(e.upos == "PROPN" for e in analyzer.lexicon.stems.get(first.lower(), ())):
            own += with_suffixes(word, first, first + "-", low, "PROPN")
            if own and upper:
                return own
        elif first.islower() and len(first) < 4 and CONSONANTS.issuperset(first):
            # a unit of measurement: км-ге
            own += with_suffixes(word, first, first + "-", low, "NOUN")
            if own:
                return own
        return own if found else own + _compounds(word, first, last, own, analyzer)


def _with_clitic(first: str, last: str, analyzer: Analyzer) -> list[UnitReading]:
    """The readings of the word before a clitic, with it as a word of its own."""
    low = last.lower()
    tag = CLITICS[low]
    clitic = Word(("-" + last) if low == "ақ" else last, *tag)
    found = []
    for reading in analyzer.readings(first):
        words = (*(reading.words or (Word(first, reading.lemma, reading.upos, reading.feats),)), clitic)
        morphemes = (*reading.morphemes, ("-" + last, "CLITIC", tag[0]))
        found.append(reading._replace(words=words, unit="hyphen", morphemes=morphemes, weight=reading.weight - 2.0))
    return found


def _compounds(word: str, first: str, last: str, before: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
    """Readings of a word twice, and of a compound that goes as its last part."""
    own: list[UnitReading] = []
    low = last.lower()
    if first.lower() == low and analyzer.lexicon.stems.get(low):
        twice = ((first + "-", "REDUPLICATION", low), (last, "ADV", low))
        own.append(UnitReading(word.lower(), "ADV", "", twice, 1.5, True, "hyphen", ()))
    heads = analyzer.dictionary_readings(first) if first else []
    for reading in analyzer.dictionary_readings(last) or (analyzer.guesses(last) if not (before or own) else []):
        if reading.words or reading.upos in NO_COMPOUND:
            continue
        head = first if reading.upos == "PROPN" else first.lower()
        weight = reading.weight - 1.0 + (1.0 if any(h.upos == reading.upos for h in heads) else 0.0)
        morphemes = ((first + "-", "COMPOUND", head), *reading.morphemes)
        lemma, known = f"{head}-{reading.lemma}", bool(heads) and reading.known
        own.append(reading._replace(lemma=lemma, morphemes=morphemes, weight=weight, known=known, unit="hyphen"))
    return own
