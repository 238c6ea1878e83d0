"""What a word may be, for the disambiguation: the analyser's readings, and those that the treebank has of the same form.

The treebank knows readings that no rule would give (`жүзеге` in `жүзеге асыру` as X). They are kept by form, in `data/ktb_forms.tsv`,
which is derived from UD_Kazakh-KTB (CC BY-SA 4.0) by `tools/morphology/train.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from kz_textkit.morphology.analyzer import Analysis, MorphAnalyzer, Word
from kz_textkit.morphology.bulk_lookup import BulkLookup
from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.units import DEFAULT_UNITS

__all__ = ["Memory", "Readings", "load_memory", "reading_of", "rest_of", "without_false_passives"]

Key = tuple[str, str, str, str]
"""Lemma, UPOS, features, and the words after the first, as in `Reading`."""

Memory = Mapping[str, tuple[Key, ...]]
"""Readings of the treebank by form."""

REMEMBERED = math.log(1e-4)
"""Score of a reading that the treebank alone has."""

LEAST_SHARE = 1e-6
MOST_READINGS = 24


def rest_of(analysis: Analysis) -> str:
    """The syntactic words after the first, as `Reading.rest` notes them; empty for a token that is one word.

    >>> rest_of(MorphAnalyzer().parse("дайынбыз")[0])
    'е/AUX/Aspect=Hab|Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin'
    """
    return _rest(analysis.words)


def _rest(words: Sequence[Word]) -> str:
    return "+".join([f"{w.lemma}/{w.upos}/{w.feats}" for w in words[1:]])


def reading_of(analysis: Analysis) -> Reading:
    """An analysis as the disambiguation sees it."""
    _, lemma, upos, feats, _, share, known, unit, _ = analysis
    return Reading(lemma, upos, feats, rest_of(analysis), math.log(share), unit if known else unit + "?")


_LIKE_PASSIVES = ("ын", "ін")


def without_false_passives(readings: Iterable[Reading]) -> list[Reading]:
    """The readings without passives in -ын, -ін of verbs that have theirs in -ыл, -іл, where the dictionary has the stem in -ын, -ін.

    It is a verb of its own: `түсінді` is a form of `түсін`, and `түсілді` the passive of `түс`. After л (`алынды`) -ын is the passive.

    >>> {r.lemma for r in without_false_passives(map(reading_of, MorphAnalyzer().parse("түсінді"))) if r.upos == "VERB"}
    {'түсін'}
    """
    listed = list(readings)
    stems = {r[0] for r in listed if r[1] == "VERB" and r[0].endswith(_LIKE_PASSIVES) and r[5][-1:] != "?"}
    if not stems:
        return listed
    return [r for r in listed if "Voice=Pass" not in r.feats or r.lemma[-1:] == "л" or not stems & {r.lemma + "ын", r.lemma + "ін"}]


def _is_cut(key: Key, found: Iterable[Reading]) -> bool:
    """Whether the treebank has the verb under a causative (`іске асыратын` as a form of `ас`), which is a lemma of its own."""
    return key[1] == "VERB" and any(r[1:4] == key[1:] and len(r[0]) > len(key[0]) and r[0].startswith(key[0]) for r in found)


class Readings:
    """Gives the readings of a form, the likeliest first, never none.

    >>> Readings(MorphAnalyzer(), {})("және")[0].upos
    'CCONJ'
    """

    def __init__(self, analyzer: MorphAnalyzer, memory: Memory) -> None:
        self.analyzer = analyzer
        self.memory = memory
        self._remembered_forms = frozenset(form.lower() for form in memory)
        self._bulk = BulkLookup(analyzer.lexicon, MOST_READINGS) if analyzer.units is DEFAULT_UNITS else None

    def __call__(self, form: str) -> list[Reading]:
        ranked = self.analyzer.ranked(form)[:MOST_READINGS]
        found = list[Reading]()
        for (lemma, upos, feats, _, _, known, unit, words), share in ranked:
            if share >= LEAST_SHARE:
                found.append(Reading(lemma, upos, feats, _rest(words) if words else "", math.log(share), unit if known else unit + "?"))
        return self._with_remembered(form, found)

    def many(self, forms: Sequence[str]) -> list[list[Reading]]:
        """The readings of each of many forms, which is faster than one by one.

        >>> [found[0].lemma for found in Readings(MorphAnalyzer(), {}).many(["балаларға", "ұйықтады"])]
        ['бала', 'ұйықта']
        """
        if self._bulk is None:
            return list(map(self, forms))
        found = self._bulk.read(forms)
        return [self(form) if own is None else self._with_remembered(form, own) for form, own in zip(forms, found, strict=True)]

    def _with_remembered(self, form: str, found: list[Reading]) -> list[Reading]:
        found = without_false_passives(found)
        if form.lower() in self._remembered_forms:
            remembered = [key for key in self._remembered(form) if not _is_cut(key, found)]
            listed = {r[:4] for r in found}
            found += [Reading(*key, REMEMBERED, "treebank") for key in dict.fromkeys(remembered) if key not in listed]
        return found

    def _remembered(self, form: str) -> Iterable[Key]:
        yield from self.memory.get(form, ())
        lower = form.lower()
        if lower != form:
            yield from self.memory.get(lower, ())
        else:
            yield from (key for key in self.memory.get(form[:1].upper() + form[1:], ()) if key[1] != "PROPN")


def load_memory() -> Memory:
    """The forms of the treebank, from the file of the package."""
    memory: dict[str, tuple[Key, ...]] = {}
    text = files("kz_textkit.morphology").joinpath("data").joinpath("ktb_forms.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            form, lemma, upos, feats, rest = line.split("\t")
            memory[form] = (*memory.get(form, ()), (lemma, upos, feats, rest))
    return memory
