"""The syntactic words of a token that is more than one, for whoever has the token's annotation but not its analysis.

Universal Dependencies writes `дайынбыз` as one token of two words, `дайын` and `быз`. The tables of a corpus have one row a token, with
the annotation of its first word; the words after it follow from the form and that annotation.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kz_textkit.morphology.analyzer import Word
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.policy import to_house

__all__ = ["syntactic_words"]

_ends = re.compile(
    r"(?:[лдт][ыі]|с[ыі]з|[мбп][ыі]н|с[ыі]ң|с[ыі]з|[мбп][ыі]з|с[ыі]зд[ае]р|с[ыі]ңд[ае]р|[ндт]?[ыі]?к[іи]|ш[ыі]|-\w{1,3}|жоқ)$",
    re.IGNORECASE,
)
"""Ends of tokens that may be more than one word: a quick look, before the token is analysed."""


@lru_cache(maxsize=65536)
def syntactic_words(form: str, lemma: str, upos: str, feats: str) -> tuple[Word, ...]:
    """The words of a token whose first has this annotation (features as in CoNLL-U); none where the token is one word.

    >>> [(w.form, w.lemma, w.upos) for w in syntactic_words("дайынбыз", "дайын", "ADJ", "")]
    [('дайын', 'дайын', 'ADJ'), ('быз', 'е', 'AUX')]
    """
    if not _ends.search(form):
        return ()
    wanted = lemma, upos, _sorted(feats)
    for analysis in shared_analyzer().parse(form):
        own = analysis.lemma, analysis.upos, analysis.feats
        house = to_house(*own)
        if wanted in ((own[0], own[1], _sorted(own[2])), (house.lemma, house.upos, _sorted(house.feats))):
            return (analysis.words[0]._replace(lemma=lemma, upos=upos, feats=feats), *analysis.words[1:]) if analysis.words else ()
    return ()


def _sorted(feats: str) -> list[str]:
    return sorted(filter(None, feats.split("|")))
