"""Forms of a stem: the tables of suffixes read from left to right, as `units` read words the other way round."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kz_textkit.morphology.lexicon import Entry, Lexicon
from kz_textkit.morphology.morphotactics import arcs, follow, merge_feats
from kz_textkit.morphology.phonology import attach, contexts, realize

__all__ = ["forms_of", "usual"]

NONSTANDARD = 4.0
"""Cost from which forms are read, but not generated."""
LOOPS = frozenset({"OWN", "ATTR", "ADVATTR"})
"""States that lead round again: read, not generated."""


def forms_of(stem: str, entry: Entry, lexicon: Lexicon) -> list[tuple[str, str, float]]:
    """Forms of one reading of a stem: form, features, cost."""
    reduced = lexicon.reductions.get(stem, "")
    verb = entry.upos in ("VERB", "AUX")
    own = 0.0 if stem.lower() == entry.lemma.lower() else 0.5
    forms = list(_inflections(stem, entry.state, entry.feats, verb, reduced))
    if verb:
        # the passive of a stem with л in its last syllable is -н: белгіленді, алынды
        clumsy = tuple(
            stem + letters for letters in (("л",) if stem.endswith(("ла", "ле")) else ("ыл", "іл") if stem.endswith("л") else ())
        )
        forms = [(form, feats, cost + (clumsy != () and form.startswith(clumsy))) for form, feats, cost in forms]
    if stem in lexicon.keeps_vowel:
        forms = [(form, feats, cost + 0.5) for form, feats, cost in forms]
        forms += _inflections(stem, entry.state, entry.feats, verb, "")
    return [(form, feats, cost + own) for form, feats, cost in forms]


def usual(forms: Mapping[str, float]) -> list[str]:
    """The forms of one cell of a paradigm by cost, without those that are read only."""
    best = min(forms.values(), default=0.0)
    return sorted((form for form in forms if forms[form] < max(NONSTANDARD, best + 1)), key=lambda form: (forms[form], form))


@lru_cache(maxsize=2048)
def _inflections(lemma: str, state: str, inherent: str, verb: bool, reduced: str) -> tuple[tuple[str, str, float], ...]:
    context = contexts(lemma)[0]
    return tuple(
        (attach(lemma, letters, verb=verb, reduced=reduced), merge_feats(inherent, feats), cost)
        for letters, feats, cost in _chains(state, context)
    )


@lru_cache(maxsize=4096)
def _chains(state: str, context: str) -> tuple[tuple[str, tuple[tuple[str, str], ...], float], ...]:
    """All inflectional suffix chains from a state on: letters, features, cost."""
    if state == "WORD":
        return (("", (), 0.0),)
    found: list[tuple[str, tuple[tuple[str, str], ...], float]] = []
    for arc in arcs()[state]:
        if (
            arc.upos
            or arc.next in LOOPS
            or not (arc.after == "*" or (context[1] != "V" if arc.after == "C" else context[1] in arc.after))
        ):
            continue
        letters = realize(arc.form, context)
        if arc.next == "END":
            found.append((letters, arc.feats, arc.cost))
        else:
            for more, feats, cost in _chains(arc.next, follow(context, letters)):
                joined = attach(letters, more) if letters else more
                found.append((joined, arc.feats + feats, arc.cost + cost))
    return tuple(found)
