"""Features of readings: of a word type alone, and of what stands around a token.

The features of context are a table (`data/context_features.tsv`, read by `context_scores`), whose names are those of `Context` and
`of_readings`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.context_scores import around_sums, feature_places, reading_sums
from kz_textkit.morphology.feature_hashing import Hashes, mix
from kz_textkit.morphology.word_types import Indices, ReadingRow, TypeRow, WordTypes, hashed

__all__ = ["Context", "context_features", "context_of", "of_readings", "surroundings", "type_features"]


def type_features(types: WordTypes, rows: slice) -> Indices:
    """Places of the features of readings that don't depend on context: one row a feature, one column a reading."""
    readings = types.features()[:, rows]
    of_type = types.types_of(readings[ReadingRow.TYPE].astype(np.intp))
    full, coarse, upos, agreement, _, lemma, gap, unit, _, verb_class, inner, bare, capital = readings
    return np.stack(
        [
            mix(full, 1),
            mix(coarse, 2),
            mix(upos, 3),
            mix(lemma, 4),
            mix(lemma, upos, 5),
            mix(of_type[TypeRow.FORM], full, 6),
            mix(of_type[TypeRow.FORM], lemma, upos, 7),
            mix(of_type[TypeRow.END2], coarse, 8),
            mix(of_type[TypeRow.END3], coarse, 9),
            mix(of_type[TypeRow.END4], full, 10),
            mix(gap, 11),
            mix(gap, upos, 12),
            mix(unit, upos, 13),
            mix(of_type[TypeRow.SHAPE], upos, 14),
            mix(of_type[TypeRow.KINDS], upos, 15),
            mix(lemma, coarse, 16),
            mix(agreement, 17),
            mix(verb_class, upos, 18),
            mix(inner, 19),
            mix(inner, upos, 20),
            mix(bare, upos, 21),
            mix(bare, coarse, 22),
            mix(capital, upos, of_type[TypeRow.SHAPE], 23),
            mix(bare, upos, of_type[TypeRow.KINDS], 24),
        ]
    )


class Context(NamedTuple):
    """What surrounds each token: hashes, one place a token, boundaries included."""

    form: Hashes
    lemma: Hashes
    coarse: Hashes
    upos: Hashes
    plain: Hashes
    end: Hashes
    shape: Hashes
    kinds: Hashes
    converb: Hashes
    helper: Hashes
    ahead: Hashes
    behind: Hashes
    verb_class: Hashes
    subject: Hashes
    """Agreement of the last nominative noun or pronoun before, without possessive."""
    predicate: Hashes
    """Agreement of the next verb after that has a person, in the same sentence; that of the boundary where there is none."""


_PUNCTUATION = hashed("PUNCT")
_EDGE = hashed("<S>")
_NOMINATIVES = np.array(
    [
        hashed(f"{tag}+")
        for tag in (
            "NOUN|Case=Nom",
            "PROPN|Case=Nom",
            "PROPN|Case=Nom|Gender=Fem",
            "PROPN|Case=Nom|Gender=Masc",
            "PRON|Case=Nom|PronType=Dem",
            "PRON|Case=Nom|PronType=Prs",
        )
    ],
    dtype=np.uint32,
)


_PREDICATES = np.array(
    [
        hashed(f"#{upos}|Number={number}|Person={person}{polite}")
        for upos in ("VERB", "AUX")
        for number in ("Sing", "Plur")
        for person in (1, 2, 3)
        for polite in ("", "|Polite=Form")
    ],
    dtype=np.uint32,
)
"""Agreement of verbs that have a person."""


def _distance(stops: npt.NDArray[np.bool_], limit: int = 3) -> Hashes:
    """How many words stand between each token and the stop after it, up to a limit."""
    places = np.where(stops, np.arange(len(stops)), len(stops))
    following = np.minimum.accumulate(places[::-1])[::-1]
    following = np.append(following[1:], len(stops))
    return np.minimum(following - np.arange(len(stops)) - 1, limit).astype(np.uint32)


def context_of(types: WordTypes, tokens: Indices) -> Context:
    """What surrounds each token; of its neighbours it is what the analyser thinks likeliest that counts."""
    table = types.types_of(tokens)
    upos, agreement, coarse = table[TypeRow.UPOS], table[TypeRow.AGREEMENT], table[TypeRow.COARSE]
    stops = (upos == _PUNCTUATION) | (upos == _EDGE)
    subject, predicate = _landmarks(upos, coarse, agreement)
    return Context(
        form=table[TypeRow.FORM],
        lemma=table[TypeRow.LEMMA],
        coarse=coarse,
        upos=upos,
        plain=table[TypeRow.PLAIN],
        end=table[TypeRow.END3],
        shape=table[TypeRow.SHAPE],
        kinds=table[TypeRow.KINDS],
        converb=table[TypeRow.CONVERB],
        helper=table[TypeRow.HELPER],
        ahead=_distance(stops),
        behind=_distance(stops[::-1])[::-1],
        verb_class=table[TypeRow.VERB_CLASS],
        subject=subject,
        predicate=predicate,
    )


def _landmarks(upos: Hashes, coarse: Hashes, agreement: Hashes) -> tuple[Hashes, Hashes]:
    """Agreement of the last nominative before each token, and of the next verb with a person after it."""
    edges = upos == _EDGE
    numbers = np.arange(len(upos))
    last = np.maximum.accumulate(np.where(np.isin(coarse, _NOMINATIVES) | edges, numbers, 0))
    verbs = np.isin(agreement, _PREDICATES) | edges
    following = np.minimum.accumulate(np.where(verbs, numbers, len(verbs) - 1)[::-1])[::-1]
    return agreement[np.append(0, last[:-1])], agreement[np.append(following[1:], len(verbs) - 1)]


def surroundings(context: Context) -> dict[str, Hashes]:
    """What surrounds each token by the names of `templates`."""
    begins = (context.upos == _EDGE).astype(np.uint32) + 2 * (context.upos == _PUNCTUATION).astype(np.uint32)
    return {**context._asdict(), "begins": np.append(np.uint32(0), begins[:-1])}


def of_readings(features: Hashes) -> dict[str, Hashes]:
    """Properties of readings by the names of `templates`."""
    full, coarse, upos, agreement, _, lemma, gap, unit, _, verb_class, _, bare, capital = features
    return {
        "full": full,
        "coarse": coarse,
        "upos": upos,
        "agreement": agreement,
        "lemma": lemma,
        "lemma_upos": lemma ^ upos,
        "gap": gap,
        "upos_unit": upos ^ unit,
        "verb_class": verb_class,
        "bare": bare,
        "capital": capital,
    }


def context_features(types: WordTypes, context: Context, places: Indices, readings: Indices) -> Indices:
    """Places of the features that depend on context, for readings (numbers) of tokens at places: one row a feature."""
    sums = reading_sums(of_readings(types.features_of(readings)))
    return feature_places(sums, around_sums(surroundings(context))[:, places]).astype(np.intp)
