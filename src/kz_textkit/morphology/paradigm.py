"""Paradigms for people: the forms of a lemma in the order of grammar books, those that mean the same in one cell.

Nominals go by possessor, number and case; verbs by mood, tense, number and person, the affirmative first (Kazakh Grammar with a List of
Verbs, Krippes 1996; Қазақ грамматикасы, Астана 2002). A verb has some ten thousand forms; the core leaves out the voices, the
negative, and the inflection of verbal nouns, all of which are regular.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kz_textkit.morphology.analyzer import MorphAnalyzer

__all__ = ["Cell", "Grid", "forms_of", "grids_of", "paradigm_of"]

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


class Grid(NamedTuple):
    """A part of a paradigm as school grammars print it: rows of cases or persons, columns of possessors or tenses."""

    title: str
    columns: tuple[str, ...]
    """Heads; the first is that of the heads of the rows."""
    rows: tuple[tuple[str, ...], ...]


CASES = {
    "Nom": "атау",
    "Gen": "ілік",
    "Dat": "барыс",
    "Acc": "табыс",
    "Loc": "жатыс",
    "Abl": "шығыс",
    "Ins": "көмектес",
}
POSSESSORS = {
    ("", "", ""): "–",
    ("1", "Sing", ""): "менің",
    ("2", "Sing", ""): "сенің",
    ("2", "Sing", "Form"): "сіздің",
    ("3", "Plur,Sing", ""): "оның",
    ("1", "Plur", ""): "біздің",
}
"""Person and number of the possessor and politeness, and the pronoun."""
PERSONS = {
    ("1", "Sing", ""): "мен",
    ("2", "Sing", ""): "сен",
    ("2", "Sing", "Form"): "сіз",
    ("3", "Sing", ""): "ол",
    ("1", "Plur", ""): "біз",
    ("2", "Plur", ""): "сендер",
    ("2", "Plur", "Form"): "сіздер",
    ("3", "Plur", ""): "олар",
}
TENSES = {
    ("Ind", "Pres", ""): "ауыспалы осы шақ",
    ("Ind", "Past", ""): "жедел өткен шақ",
    ("Ind", "Past", "Gan"): "бұрынғы өткен шақ",
    ("Ind", "Past", "Atin"): "ауыспалы өткен шақ",
    ("Ind", "Past", "Fh"): "бұрынғы өткен шақ (-ып)",
    ("Ind", "Fut", ""): "болжалды келер шақ",
    ("Des", "Fut", ""): "мақсатты келер шақ",
    ("Cnd", "", ""): "шартты рай",
    ("Imp", "", ""): "бұйрық рай",
    ("Opt", "", ""): "бұйрық рай",
}
"""Mood, tense and evidentiality, and the name in the grammar. The pasts in -ған and -атын have the features of that in -ды."""
PASTS = (("Gan", re.compile("[ғқ]ан|[гк]ен")), ("Atin", re.compile("т[ыі]н")))
"""What tells them apart: after the verb, its ending."""
NONFINITE = {"Conv": "көсемше", "Inf": "көсемше", "Part": "есімше", "Ger": "тұйық етістік"}


def grids_of(cells: Sequence[Cell]) -> list[Grid]:
    """A paradigm as school grammars print it; rare forms of a cell and cells that the tables of schools have no place for are left out.

    >>> grid = grids_of(paradigm_of(MorphAnalyzer(), "бала"))[0]
    >>> grid.columns[:3], grid.rows[2][:3]
    (('септік', '–', 'менің'), ('барыс', 'балаға', 'балама'))
    """
    grids: list[Grid] = []
    kinds = list(dict.fromkeys(cell.upos for cell in cells))
    for upos in kinds:
        if upos == "AUX" and "VERB" in kinds:
            continue
        own = [(dict(_pairs(cell.feats)), cell.forms) for cell in cells if cell.upos == upos]
        grids += _verbal_grids(own, cells[0].lemma) if upos in VERBAL else _nominal_grids(own, upos)
    return grids


def _nominal_grids(cells: Sequence[tuple[dict[str, str], tuple[str, ...]]], upos: str) -> Iterator[Grid]:
    for number, name in (("", "жекеше"), ("Plur", "көпше")):
        found: dict[tuple[str, tuple[str, str, str]], str] = {}
        for feats, forms in cells:
            owner = feats.get("Person[psor]", ""), feats.get("Number[psor]", ""), feats.get("Polite", "")
            if feats.get("Number", "") == number and feats.get("Case") in CASES and owner in POSSESSORS and "VerbForm" not in feats:
                found.setdefault((feats["Case"], owner), forms[0])
        owners = [owner for owner in POSSESSORS if any(key[1] == owner for key in found)]
        if found:
            rows = tuple((CASES[case], *(found.get((case, owner), "") for owner in owners)) for case in CASES)
            yield Grid(f"{upos}, {name}", ("септік", *(POSSESSORS[owner] for owner in owners)), rows)


def _past(feats: dict[str, str], form: str, lemma: str) -> str:
    """Which of the pasts that have the same features a form is."""
    if (feats.get("Mood"), feats.get("Tense")) != ("Ind", "Past"):
        return ""
    return next((kind for kind, ending in PASTS if ending.search(form, len(lemma))), "")


def _verbal_grids(cells: Sequence[tuple[dict[str, str], tuple[str, ...]]], lemma: str) -> Iterator[Grid]:
    for polarity, title in (("", "болымды"), ("Neg", "болымсыз")):
        own = [(feats, forms) for feats, forms in cells if feats.get("Polarity", "") == polarity and "Voice" not in feats]
        found: dict[tuple[str, str], list[str]] = {}
        for feats, forms in own:
            person = PERSONS.get((feats.get("Person", ""), feats.get("Number", ""), feats.get("Polite", "")))
            for form in forms if person else ():
                tense = TENSES.get(
                    (feats.get("Mood", ""), feats.get("Tense", ""), feats.get("Evident", "") or _past(feats, form, lemma))
                )
                if tense and person:
                    found.setdefault((tense, person), []).append(form)
        names = [name for name in dict.fromkeys(TENSES.values()) if any(key[0] == name for key in found)]
        for some in (names[:4], names[4:]):
            if some:
                rows = tuple((p, *(min(found.get((name, p), [""]), key=len) for name in some)) for p in PERSONS.values())
                yield Grid(f"VERB, {title}", ("жақ", *some), rows)
        other: dict[str, dict[str, None]] = {}
        for feats, forms in own:
            kind = NONFINITE.get(feats.get("VerbForm", ""))
            if kind and "Person" not in feats and "Person[psor]" not in feats and feats.get("Case", "Nom") == "Nom":
                other.setdefault(kind, {}).update(dict.fromkeys(forms[:2]))
        if other:
            yield Grid(f"VERB, {title}", ("түрі", "формалары"), tuple((kind, ", ".join(forms)) for kind, forms in other.items()))
