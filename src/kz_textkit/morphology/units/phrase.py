"""Tokens with a space: analytic verb forms (`бара жатыр`, `келген жоқ`), and compounds whose last word is inflected."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.morphotactics import merge_feats
from kz_textkit.morphology.units.reading import Analyzer, UnitReading

__all__ = ["Phrase"]

POSTURES = frozenset({"отыр", "жат", "тұр", "жүр"})


class Phrase:
    """Joins the features of a verb with those of the verb after it."""

    score = "the sum of both words; 6 less than the last word where the words are no verb form"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token with a space."""
        if " " not in word:
            return []
        own: list[UnitReading] = []
        first, _, last = word.rpartition(" ")
        for second in analyzer.readings(last):
            negative = last.lower() == "жоқ" or (second.lemma == "е" and "Polarity=Neg" in second.feats)
            evident = second.lemma == "е" and "Evident=Fh" in second.feats
            progressive = second.lemma in POSTURES and "Mood=Ind" in second.feats
            if not (negative or evident or progressive) or "VerbForm=Ger" in second.feats:
                continue
            for head in analyzer.readings(first):
                feats = _joined(head, second, negative=negative, progressive=progressive)
                if feats is not None:
                    morphemes = (*head.morphemes, *second.morphemes)
                    own.append(head._replace(feats=feats, unit="phrase", weight=head.weight + second.weight, morphemes=morphemes))
        if not any(reading.known for reading in own):
            lemma = first.lower()
            own += [r._replace(lemma=f"{lemma} {r.lemma}", unit="phrase", weight=r.weight - 6) for r in analyzer.readings(last)]
        return own


def _joined(head: UnitReading, second: UnitReading, *, negative: bool, progressive: bool) -> str | None:
    """Features of a verb and the one after it as one form, or None where they are none."""
    if head.upos not in ("VERB", "AUX") or head.words:
        return None
    if progressive:
        # барып жүр, and with жату also бара жатыр
        aspect = ("Aspect=Perf", "Aspect=Imp") if second.lemma == "жат" else ("Aspect=Perf",)
        if "VerbForm=Conv" not in head.feats or not head.feats.startswith(aspect):
            return None
        return merge_feats(second.feats, (("Aspect", "Prog"),))
    if not ("Mood=Ind" in head.feats and "Person=3" in head.feats and "Number=Sing" in head.feats):
        return None
    changes = [("Polarity", "Neg")] if negative else [("Evident", "Fh")]
    person = [f for f in second.feats.split("|") if f.startswith(("Number=", "Person=", "Polite="))]
    changes += [(name, value) for name, _, value in (f.partition("=") for f in person)]
    return merge_feats(head.feats, tuple(changes))
