"""Analyses of a word in the annotation policy of the house; those that become one are one."""

from __future__ import annotations

from collections.abc import Iterable

from kz_textkit.morphology.analyzer import Analysis
from kz_textkit.morphology.policy import to_house

__all__ = ["house_analyses"]


def house_analyses(analyses: Iterable[Analysis]) -> list[Analysis]:
    """The analyses after the policy, the likeliest first; of those that are the same now, the likeliest with the sum of their scores.

    >>> from kz_textkit.morphology import MorphAnalyzer
    >>> [(a.lemma, a.upos) for a in house_analyses(MorphAnalyzer().parse("келісті"))][0]
    ('келіс', 'VERB')
    """
    found: dict[tuple[str, str, str, object], Analysis] = {}
    for analysis in analyses:
        lemma, upos, feats = to_house(analysis.lemma, analysis.upos, analysis.feats)
        key = (lemma, upos, feats, analysis.words)
        other = found.get(key)
        if other is None:
            found[key] = analysis._replace(lemma=lemma, upos=upos, feats=feats)
        else:
            found[key] = other._replace(score=round(other.score + analysis.score, 6))
    return sorted(found.values(), key=lambda a: -a.score)
