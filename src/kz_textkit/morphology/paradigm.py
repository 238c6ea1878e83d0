"""Paradigms for people: the forms of a lemma in the order of grammar books, those that mean the same in one cell.

Nominals go by possessor, number and case; verbs by mood, tense, number and person, the affirmative first (Kazakh Grammar with a List of
Verbs, Krippes 1996; Қазақ грамматикасы, Астана 2002). A verb has some ten thousand forms; the core leaves out the voices, the
negative, and the inflection of verbal nouns, all of which are regular.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kz_textkit.morphology.analyzer import MorphAnalyzer

__all__ = ["Cell", "forms_of", "paradigm_of"]

ORDER: dict[str, tuple[str, ...]] = {
    "Voice": ("", "Pass", "Rcp", "Pass,Rcp"),
    "VerbForm": ("", "Fin", "Conv", "Inf", "Part", "Ger"),
    "Polarity": ("", "Neg"),
    "Mood": ("", "Ind", "Imp", "Opt", "Cnd", "Des", "Pot"),
    "Evident": ("", "Fh"),
    "Tense": ("", "Pres", "Past", "Fut"),
    "Aspect": ("", "Hab", "Imp", "Perf", "Prog"),
    "Degree": ("", "Cmp"),
    "Person[psor]": ("", "1", "2", "3"),
    "Number[psor]": ("", "Sing", "Plur,Sing", "Plur"),
    "Number": ("", "Sing", "Plur"),
    "Person": ("", "1", "2", "3"),
    "Polite": ("", "Form"),
    "Case": ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl", "Ins", ""),
}
"""Features, those that divide a paradigm first, with their values in the order that grammars give them in; "" is for none."""

VERBAL = frozenset({"VERB", "AUX"})


class Cell(NamedTuple):
    """A place of a paradigm."""

    lemma: str
    upos: str
    feats: str
    forms: tuple[str, ...]
    """The usual one first."""


def paradigm_of(analyzer: MorphAnalyzer, lemma: str, *, full: bool = False) -> list[Cell]:
    """The paradigm of a lemma, for each part of speech that the dictionary knows it as; empty where it is not there.

    >>> [cell.forms[0] for cell in paradigm_of(MorphAnalyzer(), "кітап")[:7]]
    ['кітап', 'кітаптың', 'кітапқа', 'кітапты', 'кітапта', 'кітаптан', 'кітаппен']
    """
    cells: dict[tuple[str, str], list[str]] = {}
    for form, upos, feats in analyzer.paradigm(lemma):
        if full or upos not in VERBAL or _is_core(feats):
            cells.setdefault((upos, feats), []).append(form)
    parts = list(dict.fromkeys(upos for upos, _ in cells))
    ordered = sorted(cells, key=lambda cell: (parts.index(cell[0]), _rank(cell[1])))
    return [Cell(lemma, upos, feats, tuple(dict.fromkeys(cells[upos, feats]))) for upos, feats in ordered]


def forms_of(analyzer: MorphAnalyzer, lemma: str, upos: str, feats: str) -> list[Cell]:
    """The one cell of a paradigm with these features, in any order; empty where the lemma has no such form.

    >>> forms_of(MorphAnalyzer(), "жүрек", "NOUN", "Person[psor]=3|Number[psor]=Plur,Sing|Case=Nom")[0].forms
    ('жүрегі',)
    """
    ordered = "|".join(sorted(filter(None, feats.split("|")), key=str.lower)) if feats != "_" else ""
    forms = analyzer.generate(lemma, upos, ordered)
    return [Cell(lemma, upos, ordered, tuple(forms))] if forms else []


def _is_core(feats: str) -> bool:
    values = dict(_pairs(feats))
    return not (
        "Voice" in values
        or "Polarity" in values
        or (values.get("VerbForm") in ("Ger", "Part") and ("Person[psor]" in values or "Number" in values))
        or (values.get("VerbForm") in ("Ger", "Part") and values.get("Case", "Nom") != "Nom")
    )


def _rank(feats: str) -> tuple[int, ...]:
    values = dict(_pairs(feats))
    return tuple(order.index(value) if (value := values.get(name, "")) in order else len(order) for name, order in ORDER.items())


def _pairs(feats: str) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, _, value in (pair.partition("=") for pair in filter(None, feats.split("|"))))
