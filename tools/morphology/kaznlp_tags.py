"""The tag set of KazNLP in terms of Universal Dependencies: which readings agree with an analysis of its counts.

KazNLP notes `бала_R_ZE лар_N1 ға_C3`: stem and part of speech, then suffixes. Its tags are coarser than ours in places and finer in
others (`morphology-tagset.MD` of its data), so an analysis stands for all readings that don't contradict it.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["PARTS_OF_SPEECH", "SUFFIXES", "agrees"]

PARTS_OF_SPEECH: dict[str, frozenset[str]] = {
    "ZE": frozenset({"NOUN"}),
    "ZEQ": frozenset({"PROPN"}),
    "ET": frozenset({"VERB", "AUX"}),
    "ETK": frozenset({"AUX", "VERB"}),
    "ETP": frozenset({"VERB", "AUX"}),
    "ETPK": frozenset({"AUX", "VERB"}),
    "SE": frozenset({"ADJ"}),
    "SIM": frozenset({"PRON", "DET"}),
    "US": frozenset({"ADV"}),
    "ZHL": frozenset({"CCONJ", "SCONJ", "ADV"}),
    "SN": frozenset({"NUM"}),
    "SH": frozenset({"ADP", "PART", "ADV"}),
    "OS": frozenset({"INTJ"}),
}
"""UPOS that a part of speech of KazNLP may be; others (modal and imitative words, `жоқ`) say nothing."""

SUFFIXES: dict[str, frozenset[str]] = {
    "N1": frozenset({"Number=Plur"}),
    "S1": frozenset({"Number[psor]=Sing|Person[psor]=1"}),
    "S2": frozenset({"Number[psor]=Sing|Person[psor]=2"}),
    "S3": frozenset({"Number[psor]=Plur,Sing|Person[psor]=3"}),
    "S5": frozenset({"Number[psor]=Plur|Person[psor]=1"}),
    "C2": frozenset({"Case=Gen"}),
    "C3": frozenset({"Case=Dat"}),
    "C4": frozenset({"Case=Acc"}),
    "C5": frozenset({"Case=Loc"}),
    "C6": frozenset({"Case=Abl"}),
    "C7": frozenset({"Case=Ins"}),
    "V2": frozenset({"Voice=Pass"}),
    "V3": frozenset({"Voice=Rcp"}),
    "M2": frozenset({"Mood=Imp", "Mood=Opt"}),
    "M4": frozenset({"Mood=Cnd"}),
    "T1": frozenset({"Tense=Pres"}),
    "T3": frozenset({"Tense=Past|VerbForm=Fin"}),
    "T3E": frozenset({"Tense=Past|VerbForm=Fin"}),
    "P1": frozenset({"Number=Sing|Person=1"}),
    "P5": frozenset({"Number=Plur|Person=1"}),
    "KSE": frozenset({"VerbForm=Conv", "VerbForm=Inf"}),
    "ESM": frozenset({"VerbForm=Part", "VerbForm=Ger"}),
    "ETU": frozenset({"VerbForm=Ger"}),
    "ETB": frozenset({"Polarity=Neg"}),
}
"""UD features of a suffix of KazNLP, alternatives side by side."""

CASES = ("C2", "C3", "C4", "C5", "C6", "C7")
POSSESSIVES = ("S1", "S2", "S3", "S4", "S5")
VOICES_OF_STEMS = ("V1", "V4")
"""Reflexive and causative stems: lemmas of their own with us, suffixes there."""


@lru_cache(maxsize=65536)
def _parsed(analysis: str) -> tuple[str, frozenset[str] | None, tuple[str, ...]]:
    stem, *suffixes = analysis.split(" ")
    lemma, _, part = stem.rpartition("_R_")
    return lemma, PARTS_OF_SPEECH.get(part), tuple(s.rpartition("_")[2] for s in suffixes)


def agrees(lemma: str, upos: str, feats: str, analysis: str) -> bool:
    """Whether a reading doesn't contradict an analysis of KazNLP.

    >>> agrees("бала", "NOUN", "Case=Dat|Number=Plur", "бала_R_ZE лар_N1 ға_C3")
    True
    >>> agrees("бала", "NOUN", "Case=Dat", "бала_R_ZE лар_N1 ға_C3")
    False
    """
    stem, parts, tags = _parsed(analysis)
    if parts is None or upos not in parts:
        return False
    if lemma.lower() != stem and not any(t in VOICES_OF_STEMS for t in tags):
        return False
    own = set(feats.split("|"))
    for tag in tags:
        wanted = SUFFIXES.get(tag)
        if wanted is not None and not any(own.issuperset(w.split("|")) for w in wanted):
            return False
    nominal = upos in ("NOUN", "PROPN") or "VerbForm=Ger" in own
    if nominal and not any(t in CASES for t in tags) and any(f.startswith("Case=") and f != "Case=Nom" for f in own):
        return False
    if nominal and not any(t in POSSESSIVES for t in tags) and any(f.startswith("Person[psor]") for f in own):
        return False
    return ("Number=Plur" in own) == ("N1" in tags) if upos in ("NOUN", "PROPN") else True
