"""Which of a word's analyses is meant here: a log-linear model over the analyser's candidates, in context.

The analyser says what a word can be; this module chooses. Each candidate gets a score, the sum of the weights of its features; the
highest wins. Features join a *property* of the candidate (its tag, its lemma, its part of speech...) with what is *around* it: the
forms, endings and parts of speech of up to two words on either side, the last nominative before it, the punctuation that follows,
capitals. The choice is made twice: first with what the analyser thinks likeliest of the neighbours, then again with what the first
round chose for them (stacking; Cohen and Carvalho, *Stacked sequential learning*, IJCAI 2005). So no search is needed, and a batch of
sentences is scored at once with arrays.

Feature names are hashed into one table of weights (Weinberger and others, *Feature hashing for large scale multitask learning*, ICML
2009). Whatever depends on the word type alone is scored once, when the word is first met. Weights are trained by
`python tools/morphology/train.py`; nothing here depends on the order or the batches in which words come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.context_scores import (
    ALL,
    CHANGING,
    READING_PARTS,
    STANDING,
    PackedWeights,
    around_sums,
    feature_places,
    reading_sums,
)
from kz_textkit.morphology.feature_hashing import BITS, Hashes, mix
from kz_textkit.morphology.form_table import FormTable

__all__ = ["Disambiguator", "Reading", "Weights", "WordTypes", "coarse_tag", "load_weights", "save_weights"]

Indices = npt.NDArray[np.intp]
Integers = npt.NDArray[np.int32]

BOUNDARY = 0
"""The word type that stands before and after every sentence."""

MARGIN = 2
"""How many boundaries separate two sentences: as far as features look."""

COARSE_FEATURES = ("Case", "VerbForm", "Mood", "Tense", "Aspect", "NumType", "PronType", "Evident", "Gender")
AGREEMENT_FEATURES = ("Number", "Person", "Polite", "Number[psor]", "Person[psor]")


VERB_CLASSES = {
    "posture": "отыр тұр жүр жат",
    "auxiliary": "кел бер қал ал",
    "light": "кет түс шық бар таста жібер қой көр баста біл сал жөнел",
    "copula": "бол е",
    "support": "ет қыл сал бер ал аудар істе атқар көрсет көтер жаса шек тап айт",
}
"""Verbs that lend their meaning to others. Of those that follow a converb, the treebank calls posture and auxiliary verbs AUX."""

_VERB_CLASS = {lemma: name for name, lemmas in reversed(VERB_CLASSES.items()) for lemma in lemmas.split()}


def coarse_tag(upos: str, feats: str, names: tuple[str, ...] = COARSE_FEATURES) -> str:
    """Part of speech with the features that its neighbours care about.

    >>> coarse_tag("NOUN", "Case=Dat|Number=Plur")
    'NOUN|Case=Dat'
    """
    return "|".join([upos, *(f for f in feats.split("|") if f.partition("=")[0] in names)])


def _hash(text: str) -> int:
    return crc32(text.encode())


def _shape(form: str) -> str:
    if form[:1].isdigit():
        digits = form.isdigit()
        return "year" if digits and len(form) == 4 and form[0] in "12" else f"{digits:d}{min(len(form), 3)}"
    if form.isupper():
        return "ALL" if len(form) > 1 else "A"
    if form[:1].isupper():
        return "Aa"
    return "a" if form[:1].isalpha() else form[:1]


def _plain(coarse: str) -> str:
    """A coarse tag without what the treebank decides by the word that follows: auxiliary or not, converb of which kind."""
    return coarse.replace("AUX", "VERB").replace("VerbForm=Inf", "VerbForm=Conv")


@lru_cache(maxsize=4096)
def _converb_aspect(feats: str) -> str:
    return feats[:11] if feats.startswith("Aspect=") and ("=Conv" in feats or "=Inf" in feats) else ""


def _converb_share(readings: Sequence[Reading]) -> str:
    """Whether some or all readings are converbs, by aspect."""
    aspects = {_converb_aspect(r.feats) for r in readings}
    return "+".join(sorted(aspects)) if len(aspects) > 1 else aspects.pop()


def _helper_class(readings: Sequence[Reading]) -> str:
    """The class of the first verb among the readings that is in `VERB_CLASSES`."""
    classes = (_VERB_CLASS.get(r.lemma, "") for r in readings if r.upos in ("VERB", "AUX"))
    return next(filter(None, classes), "")


_GAPS = [_hash(f"gap{i}") for i in range(11)]
_INNER = [_hash(f"inner{i}") for i in range(11)]
_CLASS_HASHES = {lemma: _hash(name) for lemma, name in _VERB_CLASS.items()}
_NO_CLASS, _NO_VERB = _hash(""), _hash("no")
_VERBAL = frozenset({"VERB", "AUX"})


@lru_cache(maxsize=256)
def _unit_hash(unit: str) -> int:
    return _hash("unit" + unit)


@lru_cache(maxsize=4096)
def _kinds_hash(kinds: frozenset[str]) -> int:
    return _hash("kinds" + "".join(sorted(kinds)))


class _Tag(NamedTuple):
    full: int
    coarse: int
    upos: int
    agreement: int
    plain: int


class _T:
    """Rows of `WordTypes.types`."""

    FIRST, COUNT, FORM, END2, END3, END4, SHAPE, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, KINDS, VERB_CLASS, CONVERB, HELPER = range(16)


class _R:
    """Rows of `WordTypes.features`."""

    FULL, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, GAP, UNIT, TYPE, VERB_CLASS, INNER = range(11)


KIND_ROWS = [_T.KINDS, _T.CONVERB, _T.HELPER]
TAG_ROWS = [_R.FULL, _R.COARSE, _R.UPOS, _R.AGREEMENT, _R.PLAIN]
STANDING_ROWS = [_R.GAP, _R.UNIT, _R.VERB_CLASS, _R.INNER]
LEMMA_ROW = _R.LEMMA
_BEST_ROWS = {
    _T.COARSE: _R.COARSE,
    _T.UPOS: _R.UPOS,
    _T.AGREEMENT: _R.AGREEMENT,
    _T.PLAIN: _R.PLAIN,
    _T.LEMMA: _R.LEMMA,
    _T.VERB_CLASS: _R.VERB_CLASS,
}
"""What a type has from the reading with the highest score."""
_LETTER_ROWS = [_T.FORM, _T.END2, _T.END3, _T.END4, _T.SHAPE]


@lru_cache(maxsize=4096)
def _remembered_hash(text: str) -> int:
    return _hash(text)


def _letter_hashes(form: str) -> tuple[int, int, int, int, int]:
    """What a type has from its letters: whole, last two, three and four of them, and its shape."""
    letters = form.lower().encode()
    return crc32(letters), crc32(letters[-4:]), crc32(letters[-6:]), crc32(letters[-8:]), _remembered_hash(_shape(form))


class _Columns:
    """An array to which columns are added, one by one or many at once."""

    def __init__(self, rows: int, dtype: npt.DTypeLike) -> None:
        self._array = np.zeros((rows, 1024), dtype=dtype)
        self._filled = 0
        self._pending: list[tuple[int, ...]] = []

    def __len__(self) -> int:
        return self._filled + len(self._pending)

    def append(self, column: tuple[int, ...]) -> None:
        self._pending.append(column)

    def extend(self, columns: npt.NDArray[Any]) -> None:
        self.values()
        self._put(columns)

    def values(self) -> npt.NDArray[Any]:
        """All columns so far."""
        if self._pending:
            pending, self._pending = self._pending, []
            self._put(np.array(pending, dtype=self._array.dtype).T)
        return self._array[:, : self._filled]

    def _put(self, columns: npt.NDArray[Any]) -> None:
        needed = self._filled + columns.shape[1]
        if needed > self._array.shape[1]:
            wider = np.zeros((len(self._array), max(needed, 2 * self._array.shape[1])), dtype=self._array.dtype)
            wider[:, : self._filled] = self._array[:, : self._filled]
            self._array = wider
        self._array[:, self._filled : needed] = columns
        self._filled = needed


class _LazyReadings(Sequence[Reading]):
    """Readings, of which those of a table of forms are made when they are asked for."""

    def __init__(self, table: FormTable | None) -> None:
        self._table = table
        self._found: list[Reading | int] = []

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Reading: ...
    @overload
    def __getitem__(self, place: slice) -> list[Reading]: ...
    def __getitem__(self, place: int | slice) -> Reading | list[Reading]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self._found)))]
        found = self._found[place]
        if isinstance(found, Reading):
            return found
        assert self._table is not None
        made = self._found[place] = self._table.reading(found)
        return made

    def said(self, place: int) -> tuple[str, str, str]:
        """Lemma, part of speech and features of one, which need not be made for that."""
        found = self._found[place]
        if isinstance(found, Reading):
            return found.lemma, found.upos, found.feats
        assert self._table is not None
        return self._table.said(found)

    def extend(self, readings: Iterable[Reading | int]) -> None:
        """Adds readings, or places of readings in the table."""
        self._found.extend(readings)


class WordTypes:
    """The word types met so far, each with its readings and their features, in arrays that grow.

    A type's readings stand side by side: those of type *t* are `first[t]` to `first[t] + count[t]` in the arrays of readings.
    What a `table` of forms has of a type is taken from there; `read` gives the readings of other types.
    """

    def __init__(self, read: Callable[[str], Sequence[Reading]], table: FormTable | None = None) -> None:
        self._read = read
        self._table = table
        self._tags: dict[tuple[str, str, str], _Tag] = {}
        self.ids: dict[str, int] = {}
        self.readings = _LazyReadings(table)
        self._types = _Columns(16, np.int64)
        self._features = _Columns(11, np.uint32)
        self._add("", [Reading("", "<S>", "", "", 0.0, "")])

    def __len__(self) -> int:
        return len(self._types)

    def emptied(self) -> WordTypes:
        """Word types from the same sources, none met yet."""
        return WordTypes(self._read, self._table)

    def span(self, number: int) -> tuple[int, int]:
        """Where the readings of a type begin, and how many they are."""
        first, count = self.types()[:2, number].tolist()
        return first, count

    def type_of(self, reading: int) -> int:
        """The number of the type that a reading, by its number, is of."""
        return int(self.features()[_R.TYPE, reading])

    def id_of(self, form: str) -> int:
        """The number of this word type, which is read if it is new."""
        found = self.ids.get(form)
        return self.ids_of([form])[0] if found is None else found

    def ids_of(self, forms: Sequence[str]) -> list[int]:
        """The numbers of these word types; those that are new are read, or taken from the table."""
        new = [form for form in dict.fromkeys(forms) if form not in self.ids]
        if new and self._table is not None:
            listed = self._table.numbers
            self._adopt(self._table, [form for form in new if form in listed])
            new = [form for form in new if form not in listed]
        for form in new:
            self._add(form, self._read(form))
        return [self.ids[form] for form in forms]

    def _adopt(self, table: FormTable, forms: Sequence[str]) -> None:
        """Takes these forms from the table."""
        if not forms:
            return
        number, first = len(self), len(self.readings)
        self.ids.update(zip(forms, range(number, number + len(forms)), strict=True))
        of_table = np.array([table.numbers[form] for form in forms], dtype=np.intp)
        begin = table.first[of_table]
        count = table.first[of_table + 1] - begin
        starts = np.cumsum(count) - count
        places = np.arange(int(count.sum())) + np.repeat(begin - starts, count)
        self.readings.extend(places.tolist())
        features = np.empty((11, len(places)), dtype=np.uint32)
        features[TAG_ROWS] = table.tag_rows[:, table.tag[places]]
        features[STANDING_ROWS] = table.standing_rows[:, table.standing[places]]
        features[LEMMA_ROW] = table.lemma_hashes[table.lemma[places]]
        features[_R.TYPE] = np.repeat(np.arange(number, number + len(forms)), count)
        types = np.empty((16, len(forms)), dtype=np.int64)
        types[_T.FIRST], types[_T.COUNT] = starts + first, count
        types[_LETTER_ROWS] = np.array([_letter_hashes(form) for form in forms], dtype=np.int64).T
        types[list(_BEST_ROWS)] = features[list(_BEST_ROWS.values())][:, starts + table.best[of_table]]
        types[KIND_ROWS] = table.kind_rows[:, table.kinds[of_table]]
        self._features.extend(features)
        self._types.extend(types)

    def _tag(self, upos: str, feats: str, rest: str) -> _Tag:
        tag = self._tags.get((upos, feats, rest))
        if tag is None:
            coarse, agreement = coarse_tag(upos, feats), coarse_tag(upos, feats, AGREEMENT_FEATURES)
            names = (f"{upos}|{feats}+{rest}", f"{coarse}+{rest}", upos, "#" + agreement, "=" + _plain(coarse))
            tag = self._tags[upos, feats, rest] = _Tag(*map(_hash, names))
        return tag

    def _add(self, form: str, readings: Sequence[Reading]) -> int:
        number = self.ids[form] = len(self._types)
        first = len(self.readings)
        self.readings.extend(readings)
        best, top = 0, readings[0].score
        of_word: dict[tuple[str, str], float] = {}
        of_paradigm: dict[tuple[str, str], float] = {}
        for i, (lemma, upos, _, _, score, _) in enumerate(readings):
            if score > top:
                best, top = i, score
            # whether a verb is auxiliary is no question for the analyser
            word = (lemma, "VERB" if upos == "AUX" else upos)
            if score > of_word.get(word, -99.0):
                of_word[word] = score
            if score > of_paradigm.get((lemma, upos), -99.0):
                of_paradigm[lemma, upos] = score
        rows = list[tuple[int, ...]]()
        for lemma, upos, feats, rest, score, unit in readings:
            gap = _GAPS[min(10, int(2 * (top - of_word[lemma, "VERB" if upos == "AUX" else upos])))]
            inner = _INNER[min(10, int(2 * (of_paradigm[lemma, upos] - score)))]
            verb_class = _CLASS_HASHES.get(lemma, _NO_CLASS) if upos in _VERBAL else _NO_VERB
            rows.append((*self._tag(upos, feats, rest), _hash(lemma), gap, _unit_hash(unit), number, verb_class, inner))
            self._features.append(rows[-1])
        chosen = rows[best]
        self._types.append(
            (
                first,
                len(readings),
                *_letter_hashes(form),
                chosen[_R.COARSE],
                chosen[_R.UPOS],
                chosen[_R.AGREEMENT],
                chosen[_R.PLAIN],
                chosen[_R.LEMMA],
                _kinds_hash(frozenset([r.upos for r in readings])),
                chosen[_R.VERB_CLASS],
                _remembered_hash("may be " + _converb_share(readings)),
                _remembered_hash("may help as " + _helper_class(readings)),
            )
        )
        return number

    def types(self) -> npt.NDArray[np.int64]:
        """One row a property (see `_T`), one column a type."""
        return self._types.values()

    def features(self) -> Hashes:
        """One row a property (see `_R`), one column a reading."""
        return self._features.values()


def type_features(types: WordTypes, rows: slice) -> Indices:
    """Places of the features of readings that don't depend on context: one row a feature, one column a reading."""
    readings = types.features()[:, rows]
    of_type = types.types()[:, readings[_R.TYPE].astype(np.intp)].astype(np.uint32)
    full, coarse, upos, agreement, _, lemma, gap, unit, _, verb_class, inner = readings
    return np.stack(
        [
            mix(full, 1),
            mix(coarse, 2),
            mix(upos, 3),
            mix(lemma, 4),
            mix(lemma, upos, 5),
            mix(of_type[_T.FORM], full, 6),
            mix(of_type[_T.FORM], lemma, upos, 7),
            mix(of_type[_T.END2], coarse, 8),
            mix(of_type[_T.END3], coarse, 9),
            mix(of_type[_T.END4], full, 10),
            mix(gap, 11),
            mix(gap, upos, 12),
            mix(unit, upos, 13),
            mix(of_type[_T.SHAPE], upos, 14),
            mix(of_type[_T.KINDS], upos, 15),
            mix(lemma, coarse, 16),
            mix(agreement, 17),
            mix(verb_class, upos, 18),
            mix(inner, 19),
            mix(inner, upos, 20),
        ]
    )


class _Context(NamedTuple):
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


_PUNCTUATION = _hash("PUNCT")
_EDGE = _hash("<S>")
_NOMINATIVES = np.array(
    [
        _hash(f"{tag}+")
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
        _hash(f"#{upos}|Number={number}|Person={person}{polite}")
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


def context_of(types: WordTypes, tokens: Indices, chosen: Indices | None = None) -> _Context:
    """What surrounds each token; with `chosen`, the readings that a first round chose are taken for the neighbours' own."""
    table = types.types()[:, tokens].astype(np.uint32)
    upos = table[_T.UPOS]
    stops = (upos == _PUNCTUATION) | (upos == _EDGE)
    lemma, coarse, agreement, verb_class = table[_T.LEMMA], table[_T.COARSE], table[_T.AGREEMENT], table[_T.VERB_CLASS]
    plain = table[_T.PLAIN]
    if chosen is not None:
        readings = types.features()[:, chosen]
        lemma, coarse, upos, agreement = readings[_R.LEMMA], readings[_R.COARSE], readings[_R.UPOS], readings[_R.AGREEMENT]
        plain, verb_class = readings[_R.PLAIN], readings[_R.VERB_CLASS]
    landmark = np.isin(coarse, _NOMINATIVES) | (upos == _EDGE)
    last = np.maximum.accumulate(np.where(landmark, np.arange(len(landmark)), 0))
    subject = agreement[np.append(0, last[:-1])]
    verbs = np.isin(agreement, _PREDICATES) | (upos == _EDGE)
    following = np.minimum.accumulate(np.where(verbs, np.arange(len(verbs)), len(verbs) - 1)[::-1])[::-1]
    predicate = agreement[np.append(following[1:], len(verbs) - 1)]
    return _Context(
        form=table[_T.FORM],
        lemma=lemma,
        coarse=coarse,
        upos=upos,
        plain=plain,
        end=table[_T.END3],
        shape=table[_T.SHAPE],
        kinds=table[_T.KINDS],
        converb=table[_T.CONVERB],
        helper=table[_T.HELPER],
        ahead=_distance(stops),
        behind=_distance(stops[::-1])[::-1],
        verb_class=verb_class,
        subject=subject,
        predicate=predicate,
    )


def _around(context: _Context) -> dict[str, Hashes]:
    """What surrounds each token by the names of `templates`."""
    begins = (context.upos == _EDGE).astype(np.uint32) + 2 * (context.upos == _PUNCTUATION).astype(np.uint32)
    return {**context._asdict(), "begins": np.append(np.uint32(0), begins[:-1])}


def _of_readings(features: Hashes) -> dict[str, Hashes]:
    """Properties of readings by the names of `templates`."""
    full, coarse, upos, agreement, _, lemma, gap, unit, _, verb_class, _ = features
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
    }


def context_features(types: WordTypes, context: _Context, places: Indices, readings: Indices) -> Indices:
    """Places of the features that depend on context, for readings (numbers) of tokens at places: one row a feature."""
    sums = reading_sums(_of_readings(types.features()))
    return feature_places(ALL, sums, around_sums(ALL, _around(context)), readings, places).astype(np.intp)


class Weights(NamedTuple):
    """The trained tables of both rounds, 2 ** BITS places each, in thousandths: sums of integers don't depend on their order."""

    first: Integers
    second: Integers


def save_weights(weights: Weights, path: Path, least: int = 10) -> None:
    """Writes the weights of at least `least` thousandths, as places and 16-bit values."""
    arrays: dict[str, Any] = {}
    for name, table in weights._asdict().items():
        places = np.flatnonzero(np.abs(table) >= least)
        steps = np.diff(places, prepend=0)
        arrays[f"{name}_steps"] = steps.astype(np.uint16 if steps.max(initial=0) < 2**16 else np.uint32)
        arrays[f"{name}_values"] = np.clip(table[places], -32767, 32767).astype(np.int16)
    np.savez_compressed(path, **arrays)


def load_weights(content: bytes) -> Weights:
    """The weights in a file that `save_weights` wrote."""
    tables = []
    with np.load(BytesIO(content)) as arrays:
        for name in Weights._fields:
            table = np.zeros(2**BITS, dtype=np.int32)
            table[np.cumsum(arrays[f"{name}_steps"].astype(np.int64))] = arrays[f"{name}_values"]
            tables.append(table)
    return Weights(*tables)


SCALE = 1000
"""Weights are kept in thousandths."""

TEMPERATURE = 1.25
"""What scores are divided by, so that of the readings with a probability of .8 eight in ten are right."""


class _Scored(NamedTuple):
    """Tokens with a choice, scored."""

    chosen: Indices
    """The reading of each token."""
    places: Indices
    """The token of each reading that was to choose from."""
    readings: Indices
    starts: Indices
    """Where the readings of each token begin."""
    total: Integers
    """Scores of the readings in the last round."""


class Disambiguator:
    """Chooses readings for the tokens of sentences.

    `read` gives the readings of a form; weights come from `train`.
    """

    def __init__(self, read: Callable[[str], Sequence[Reading]], weights: Weights, types: WordTypes | None = None) -> None:
        self.types = WordTypes(read) if types is None else types
        self.weights = weights
        self._packed = PackedWeights(*weights)
        self._empty()

    def _empty(self) -> None:
        self._scores = _Columns(2, np.int32)
        self._sums = _Columns(len(READING_PARTS), np.uint32)

    def forget(self) -> None:
        """Forgets the word types met so far, to free memory; nothing else changes."""
        self.types = self.types.emptied()
        self._empty()

    def choose(self, sentences: Iterable[Sequence[str]]) -> list[list[Reading]]:
        """The reading of each word of each sentence."""
        tokens, lengths = [BOUNDARY] * MARGIN, []
        for sentence in sentences:
            tokens.extend(map(self.types.id_of, sentence))
            tokens.extend([BOUNDARY] * MARGIN)
            lengths.append(len(sentence))
        chosen = self.choose_ids(np.array(tokens, dtype=np.intp)).tolist()
        found, at = [], MARGIN
        for length in lengths:
            found.append([self.types.readings[i] for i in chosen[at : at + length]])
            at += length + MARGIN
        return found

    def _learn(self) -> tuple[Integers, Hashes]:
        """Scores of all readings without context, and what they give to the features of context; worked out for new ones."""
        known, count = len(self._scores), len(self.types.readings)
        if known < count:
            places = type_features(self.types, slice(known, count))
            self._scores.extend(np.stack([table[places].sum(axis=0, dtype=np.int32) for table in self.weights]))
            self._sums.extend(reading_sums(_of_readings(self.types.features()[:, known:count])))
        return self._scores.values(), self._sums.values()

    def choose_ids(self, tokens: Indices, rounds: int = 2) -> Indices:
        """The number of the reading chosen for each token (numbers of types; `MARGIN` boundaries around each sentence)."""
        return self._scored(tokens, rounds).chosen

    def n_best(self, sentences: Iterable[Sequence[str]], most: int = 3) -> list[list[list[tuple[Reading, float]]]]:
        """The `most` likeliest readings of each word of each sentence, with their probabilities, the likeliest first.

        Probabilities are those of the second round, made milder by `TEMPERATURE`, which cross-validation gave (docs/measured.md).
        """
        listed = [list(sentence) for sentence in sentences]
        tokens = [BOUNDARY] * MARGIN
        for sentence in listed:
            tokens += [*map(self.types.id_of, sentence), *[BOUNDARY] * MARGIN]
        found = iter(self.probable_ids(np.array(tokens, dtype=np.intp), most))
        result = []
        for sentence in listed:
            for _ in range(MARGIN):
                next(found)
            result.append([[(self.types.readings[i], share) for i, share in next(found)] for _ in sentence])
        return result

    def probable_ids(self, tokens: Indices, most: int) -> Iterator[list[tuple[int, float]]]:
        """The numbers of the `most` likeliest readings of each token, boundaries included, with their probabilities."""
        scored = self._scored(tokens, 2)
        single = iter(scored.chosen.tolist())
        if not len(scored.starts):
            yield from ([(number, 1.0)] for number in single)
            return
        spans = np.diff(np.append(scored.starts, len(scored.readings)))
        total = scored.total / (SCALE * TEMPERATURE)
        share = np.exp(total - np.repeat(np.maximum.reduceat(total, scored.starts), spans))
        share /= np.repeat(np.add.reduceat(share, scored.starts), spans)
        shares, readings = share.tolist(), scored.readings.tolist()
        where = dict(zip(scored.places[scored.starts].tolist(), zip(scored.starts.tolist(), spans.tolist(), strict=True), strict=True))
        for place, number in enumerate(single):
            start, count = where.get(place, (0, 0))
            own = sorted(zip(readings[start : start + count], shares[start : start + count], strict=True), key=lambda pair: -pair[1])
            yield own[:most] if own else [(number, 1.0)]

    def _scored(self, tokens: Indices, rounds: int) -> _Scored:
        scores, sums = self._learn()
        table = self.types.types()[:, tokens]
        first, count = table[_T.FIRST], table[_T.COUNT]
        chosen: Indices = first.astype(np.intp)
        open_places = np.flatnonzero(count > 1)
        if not len(open_places):
            nothing = np.zeros(0, dtype=np.intp)
            return _Scored(chosen, nothing, nothing, nothing, np.zeros(0, dtype=np.int32))
        spans = count[open_places]
        starts = np.cumsum(spans) - spans
        places = np.repeat(open_places, spans)
        readings = np.arange(len(places)) + np.repeat(first[open_places] - starts, spans)
        context = context_of(self.types, tokens)
        around = around_sums(STANDING, _around(context))
        total = scores[:, readings] + self._packed.scores(STANDING, (0, 1), sums, around, readings, places)
        for round_ in range(rounds):
            if round_:
                context = context_of(self.types, tokens, chosen)
            around = around_sums(CHANGING, _around(context))
            total[round_] += self._packed.scores(CHANGING, (round_,), sums, around, readings, places)[0]
            best = np.repeat(np.maximum.reduceat(total[round_], starts), spans)
            # the first of equals, whatever the batch
            winners = np.flatnonzero(total[round_] == best)
            of_place, at = np.unique(places[winners], return_index=True)
            chosen[of_place] = readings[winners[at]]
        return _Scored(chosen, places, readings, starts, total[rounds - 1])
