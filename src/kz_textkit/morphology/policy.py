"""The annotation policy of the house, and that of the treebank: one reading in terms of the other.

The choice in context is learnt from UD_Kazakh-KTB, so it is made in the treebank's terms. For counting words those are not the best:
the treebank reads `қатысады` as a form of `қат`, one `олар` as a pronoun with that lemma and another as a plural of `ол`, and the
noun of `жүзеге асыру` as X. What linguists expect instead is written down in docs/annotation-policy.md, and the tables
`data/voice_stems.tsv` and `data/policy.tsv` have the words. `HOUSE` is the policy of `kz_textkit.load()`; `KTB`, the treebank's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kz_textkit.morphology.morphotactics import read_table

__all__ = ["HOUSE", "KTB", "PROFILES", "Annotation", "as_treebank", "noun_instead", "to_house", "to_ktb"]

HOUSE, KTB = "house", "ktb"
PROFILES = (HOUSE, KTB)
"""Names of the policies."""


class Annotation(NamedTuple):
    """Lemma, part of speech and features (UD notation, empty for none) of a word."""

    lemma: str
    upos: str
    feats: str


class _Rule(NamedTuple):
    feats: frozenset[str]
    becomes: Annotation


@lru_cache(maxsize=1)
def _voices() -> tuple[dict[tuple[str, str], str], dict[str, tuple[str, str]], frozenset[str]]:
    """Stem by verb and voice; the first verb and voice by stem; the stems that the treebank always cuts."""
    stems: dict[tuple[str, str], str] = {}
    verbs: dict[str, tuple[str, str]] = {}
    cut: set[str] = set()
    for stem, verb, voice, *flag in read_table("voice_stems.tsv"):
        stems[verb, voice] = stem
        verbs.setdefault(stem, (verb, voice))
        if flag:
            cut.add(stem)
    return stems, verbs, frozenset(cut)


@lru_cache(maxsize=1)
def _rules() -> dict[tuple[str, str], list[_Rule]]:
    rules: dict[tuple[str, str], list[_Rule]] = {}
    for lemma, upos, feats, new, new_upos, *added in read_table("policy.tsv"):
        wanted = frozenset() if feats == "*" else frozenset(feats.split("|"))
        rules.setdefault((lemma, upos), []).append(_Rule(wanted, Annotation(new, new_upos, added[0] if added else "")))
    return rules


def _merged(feats: str, added: str) -> str:
    values = {name: value for name, _, value in (f.partition("=") for f in f"{feats}|{added}".split("|") if f)}
    return "|".join(f"{name}={values[name]}" for name in sorted(values, key=str.lower) if values[name])


_NO_RULES: tuple[_Rule, ...] = ()


def _voice(feats: str) -> str:
    if "Voice=" not in feats:
        return ""
    return next((f[6:] for f in feats.split("|") if f.startswith("Voice=")), "")


def to_house(lemma: str, upos: str, feats: str) -> Annotation:
    """A reading in the treebank's terms, as the house has it.

    >>> to_house("қат", "VERB", "Voice=Rcp").lemma, to_house("жаса", "VERB", "Voice=Pass").lemma
    ('қатыс', 'жаса')
    >>> to_house("олар", "PRON", "Case=Nom|Number=Plur|Person=3|PronType=Prs").lemma
    'ол'
    """
    for rule in _rules().get((lemma, upos), _NO_RULES):
        if rule.feats <= set(feats.split("|")):
            return Annotation(rule.becomes.lemma, rule.becomes.upos, _merged(feats, rule.becomes.feats))
    if upos == "VERB":
        stems, verbs, _ = _voices()
        voice = _voice(feats)
        if voice and (lemma, voice) in stems:
            return Annotation(stems[lemma, voice], upos, feats)
        if not voice and lemma in verbs:
            return Annotation(lemma, upos, _merged(feats, f"Voice={verbs[lemma][1]}"))
        return Annotation(lemma, upos, feats)
    if upos == "NOUN" and not feats and len(lemma) > 1 and lemma.isupper():
        # АҚШ, КСРО: names like any other, which the treebank has as nouns without features here and there
        return Annotation(lemma, "PROPN", "Case=Nom")
    return Annotation(lemma, upos, feats)


def as_treebank(lemma: str, upos: str, feats: str) -> Annotation:
    """A reading in the treebank's terms, where the choice took a stem that the treebank always cuts for a lemma.

    >>> as_treebank("қатыс", "VERB", "VerbForm=Ger")
    Annotation(lemma='қат', upos='VERB', feats='VerbForm=Ger|Voice=Rcp')
    """
    _, verbs, cut = _voices()
    if upos == "VERB" and lemma in cut and not _voice(feats):
        verb, voice = verbs[lemma]
        return Annotation(verb, upos, _merged(feats, f"Voice={voice}"))
    return Annotation(lemma, upos, feats)


@lru_cache(maxsize=65536)
def to_ktb(lemma: str, upos: str, feats: str) -> Annotation:
    """A reading of the house in the treebank's terms, as far as it can be told from it (X for nouns of fixed phrases can't).

    >>> to_ktb("қатыс", "VERB", "Voice=Rcp"), to_ktb("барлық", "DET", "PronType=Tot").upos
    (Annotation(lemma='қат', upos='VERB', feats='Voice=Rcp'), 'ADJ')
    """
    verb = _voices()[1].get(lemma) if upos == "VERB" else None
    if verb and _voice(feats) == verb[1]:
        return Annotation(verb[0], upos, feats)
    if (lemma, upos) == ("ол", "PRON") and "Number=Plur" in feats.split("|"):
        return Annotation("олар", upos, feats)
    if (lemma, upos) == ("барлық", "DET"):
        return Annotation(lemma, "ADJ", "")
    return Annotation(lemma, upos, feats)


def noun_instead(readings: Sequence[Annotation], known: Iterable[bool]) -> Annotation | None:
    """The first reading (likeliest first) that a word of a fixed phrase has by itself, where the treebank has X; None for no such.

    >>> noun_instead([Annotation("назар", "X", ""), Annotation("назар", "NOUN", "Case=Nom")], [True, True])
    Annotation(lemma='назар', upos='NOUN', feats='Case=Nom')
    """
    return next((r for r, sure in zip(readings, known, strict=True) if sure and r.upos not in ("X", "PROPN", "INTJ")), None)
