"""Which suffix follows which, and what a string of suffixes means: the engine that reads `data/nominal.tsv` and `data/verbal.tsv`.

The tables are a graph. A state says what may still come (`NOUN`, `POSS`, `P3`, `PRES`...), an arc is a suffix with its archiphonemes,
the state that follows and the features it brings. Nothing is enumerated beforehand: a string of suffix letters is read once from
left to right, from a state and in a phonological context, and what was found is remembered; running text has few such strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from kz_textkit.morphology.phonology import BACK, BACK_VOWELS, FINAL_CLASSES, FRONT, FRONT_VOWELS, VOICING, realize, voiced

__all__ = ["END", "Arc", "Tail", "arcs", "follow", "merge_feats", "passages", "read_table", "tails"]

END = "END"
TABLES = ("nominal.tsv", "verbal.tsv")
# Suffixes that have one shape in both rows leave harmony as it was.
SUFFIX_VOWELS = "аеоөұүыіә"


class Arc(NamedTuple):
    """One line of the tables."""

    state: str
    after: str
    form: str
    next: str
    tag: str
    feats: tuple[tuple[str, str], ...]
    upos: str
    word: str
    cost: float


class Tail(NamedTuple):
    """One reading of a string of suffix letters."""

    feats: tuple[tuple[str, str], ...]
    """Features to set in this order; an empty value takes the feature away."""
    upos: str
    """Part of speech of the derived lemma, empty where nothing is derived."""
    lemma: str
    """Suffix letters that belong to the lemma."""
    word: str
    """The syntactic word that the last suffix is (`form/lemma/UPOS/feats`), or empty."""
    morphemes: tuple[tuple[str, str, str], ...]
    """(surface, tag, underlying form) each."""
    cost: float


def read_table(name: str) -> Iterator[list[str]]:
    """Rows of a table of `data/`, without comments and empty lines."""
    text = files("kz_textkit.morphology").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _feats(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, _, value in (part.partition("=") for part in text.split("|") if part))


@lru_cache(maxsize=1)
def arcs() -> dict[str, tuple[Arc, ...]]:
    """The arcs of all tables by state.

    Raises `ValueError` if a table leads to a state that has no arcs.
    """
    table: dict[str, list[Arc]] = {}
    for name in TABLES:
        for row in read_table(name):
            state, after, form, following, tag, feats, upos, word, cost = row[:9]
            arc = Arc(state, after, "" if form == "0" else form, following, tag, _feats(feats), upos, word, float(cost))
            table.setdefault(state, []).append(arc)
    missing = {arc.next for found in table.values() for arc in found} - set(table) - {END}
    if missing:
        raise ValueError(f"states without arcs in {', '.join(TABLES)}: {sorted(missing)}")
    return {state: tuple(found) for state, found in table.items()}


def _allowed(after: str, end: str) -> bool:
    return after == "*" or (end != "V" if after == "C" else end in after)


def follow(context: str, letters: str) -> str:
    """The context after these letters of a suffix, in the context given.

    >>> follow("bV", "лар"), follow("fT", "пен"), follow("bR", "м")
    ('bR', 'fM', 'bM')
    """
    if not letters:
        return context
    row = context[0]
    for letter in reversed(letters):
        if letter in FRONT_VOWELS:
            row = "f"
            break
        if letter in BACK_VOWELS:
            row = "b"
            break
    return row + FINAL_CLASSES.get(letters[-1], "T")


class _Step(NamedTuple):
    """A suffix in a context, the empty arcs before it included."""

    next: str
    context: str
    citation: str
    before_vowel: bool | None
    """Whether the letters are those before a vowel (-лығ-) or not (-лық); None where it is all the same."""
    feats: tuple[tuple[str, str], ...]
    upos: str
    word: str
    tag: str
    form: str
    cost: float


Steps = tuple[tuple[int, dict[str, tuple[_Step, ...]]], ...]


def _shapes(arc: Arc, citation: str) -> list[tuple[str, bool | None]]:
    if citation and citation[-1] in VOICING and arc.next != END:
        return [(citation, False), (voiced(citation), True)]
    return [(citation, None)]


@lru_cache(maxsize=4096)
def _steps(state: str, context: str) -> Steps:
    """Suffixes that may come in a state and context by the letters they are written with, grouped by the number of letters.

    Arcs without letters are followed here, once, and not for each word.
    """
    found: dict[int, dict[str, list[_Step]]] = {}
    for arc in arcs()[state]:
        if not _allowed(arc.after, context[1]):
            continue
        citation = realize(arc.form, context)
        if not citation and not arc.upos and arc.next != END:
            for size, group in _steps(arc.next, context):
                for letters, steps in group.items():
                    later = (step._replace(feats=arc.feats + step.feats, cost=arc.cost + step.cost) for step in steps)
                    found.setdefault(size, {}).setdefault(letters, []).extend(later)
            continue
        following = follow(context, citation)
        for letters, before_vowel in _shapes(arc, citation):
            step = _Step(arc.next, following, citation, before_vowel, arc.feats, arc.upos, arc.word, arc.tag, arc.form, arc.cost)
            found.setdefault(len(letters), {}).setdefault(letters, []).append(step)
    return tuple((size, {k: tuple(v) for k, v in group.items()}) for size, group in sorted(found.items()))


def _extend(step: _Step, letters: str, tail: Tail) -> Tail:
    feats, lemma, upos, word = tail.feats, tail.lemma, tail.upos, tail.word
    if upos:
        # what stood before a derivation is no feature of the new word
        lemma = step.citation + lemma
    elif step.upos == "MWT":
        # the first field of the table is the citation form; in a word the suffix stands as it is written there
        word = f"{letters}/{step.word.partition('/')[2]}"
        feats = step.feats + feats
    elif step.upos:
        lemma, upos = step.citation, step.upos
    else:
        feats = step.feats + feats
    morphemes = ((letters, step.tag, step.form), *tail.morphemes) if step.tag else tail.morphemes
    return Tail(feats, upos, lemma, word, morphemes, tail.cost + step.cost)


CONTEXTS = tuple(row + end for row in (BACK, FRONT) for end in sorted(set(FINAL_CLASSES.values())))
"""Whatever a suffix may have to know of what stands before it."""


def passages() -> dict[str, tuple[tuple[str, str], ...]]:
    """From which state to which each suffix leads, by the letters that it is written with in some context; the empty string has what
    can be gone without letters, through one suffix or several.

    >>> ("CASE", "GEN") in passages()["дың"], ("NOUN", "END") in passages()[""]
    (True, True)
    """
    found: dict[str, set[tuple[str, str]]] = {"": set()}
    for state in arcs():
        for context in CONTEXTS:
            for _, group in _steps(state, context):
                for letters, steps in group.items():
                    found.setdefault(letters, set()).update((state, step.next) for step in steps)
    bare = found[""]
    while further := {(state, last) for state, first in bare for second, last in bare if first == second} - bare:
        bare |= further
    return {letters: tuple(sorted(pairs)) for letters, pairs in found.items()}


_EMPTY = Tail((), "", "", "", (), 0.0)
_SUFFIX_STARTS = SUFFIX_VOWELS + "у"


@lru_cache(maxsize=1 << 15)
def tails(state: str, context: str, letters: str) -> tuple[Tail, ...]:
    """All readings of these suffix letters from a state on, in a context; none if they can't be read.

    >>> [[m[1] for m in tail.morphemes] for tail in tails("NOUN", "bV", "сындағы")]
    [['PX3', 'LOC', 'ATTR']]
    """
    total = len(letters)
    found: list[Tail] = []
    for size, group in _steps(state, context):
        if size > total:
            break
        head = letters[:size]
        steps = group.get(head)
        if not steps:
            continue
        rest = letters[size:]
        for step in steps:
            if step.next == END:
                if not rest:
                    found.append(_extend(step, head, _EMPTY))
            elif step.before_vowel is None or step.before_vowel == (bool(rest) and rest[0] in _SUFFIX_STARTS):
                for tail in tails(step.next, step.context, rest):
                    found.append(_extend(step, head, tail))
    return tuple(found)


@lru_cache(maxsize=65536)
def merge_feats(inherent: str, changes: tuple[tuple[str, str], ...]) -> str:
    """UD features of a word from those of its dictionary entry and those of its suffixes, in the order of UD.

    >>> merge_feats("Gender=Fem", (("Case", "Dat"),))
    'Case=Dat|Gender=Fem'
    """
    values = dict(_feats(inherent))
    for name, value in changes:
        if value:
            values[name] = value
        else:
            values.pop(name, None)
    return "|".join(f"{name}={values[name]}" for name in sorted(values, key=str.lower))
