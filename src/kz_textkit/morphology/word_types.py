"""Word types and their readings as columns of numbers, from which the choice of readings is made.

Each form that is met has a row of properties of its own (letters, shape, what its readings have in common), and each of its readings
another (tag, lemma, where it came from). Properties are hashes of their names, so that they can be joined into features at once for
many words (`features`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.feature_hashing import Hashes
from kz_textkit.morphology.form_table import FormTable
from kz_textkit.morphology.usage import usage_of

__all__ = [
    "BOUNDARY",
    "KIND_ROWS",
    "LEMMA_ROW",
    "MARGIN",
    "STANDING_ROWS",
    "TAG_ROWS",
    "Indices",
    "ReadingRow",
    "TypeRow",
    "WordTypes",
    "coarse_tag",
    "hashed",
]

Indices = npt.NDArray[np.intp]

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


def hashed(text: str) -> int:
    """The hash of the name of a property."""
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


def _converb_aspect(feats: str) -> str:
    return feats[:11] if feats.startswith("Aspect=") and ("=Conv" in feats or "=Inf" in feats) else ""


MOST_KINDS = 64
"""More parts of speech than there are."""

MOST_STEPS = 10
"""Differences of scores are told apart up to so many half steps."""

_GAPS = np.array([hashed(f"gap{i}") for i in range(MOST_STEPS + 1)], dtype=np.uint32)
_INNER = np.array([hashed(f"inner{i}") for i in range(MOST_STEPS + 1)], dtype=np.uint32)
_CLASSES = ("", *VERB_CLASSES)
_CLASS_NUMBERS = {lemma: _CLASSES.index(name) for lemma, name in _VERB_CLASS.items()}
_CLASS_HASHES = np.array([hashed(name) for name in _CLASSES], dtype=np.uint32)
_HELPER_HASHES = np.array([hashed("may help as " + name) for name in _CLASSES], dtype=np.uint32)
_NO_VERB = hashed("no")
_VERBAL = frozenset({"VERB", "AUX"})


@lru_cache(maxsize=256)
def _unit_hash(unit: str) -> int:
    return hashed("unit" + unit)


class _Numbers:
    """Numbers of strings, in the order in which they are met."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, string: str) -> int:
        found = self._numbers.get(string)
        if found is None:
            found = self._numbers[string] = len(self.strings)
            self.strings.append(string)
        return found


class _Tags:
    """The tags of readings: part of speech, features, and the words after the first; a number and a column of properties each."""

    FULL, COARSE, UPOS, AGREEMENT, PLAIN, KIND, ASPECT, IS_VERBAL = range(8)

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str, str], int] = {}
        self.columns = Columns(8, np.uint32)
        self.kinds, self.aspects = _Numbers(), _Numbers()
        """Parts of speech, and aspects of converbs."""

    def number(self, upos: str, feats: str, rest: str) -> int:
        """The number of a tag that is new."""
        coarse, agreement = coarse_tag(upos, feats), coarse_tag(upos, feats, AGREEMENT_FEATURES)
        names = (f"{upos}|{feats}+{rest}", f"{coarse}+{rest}", upos, "#" + agreement, "=" + _plain(coarse))
        kind, aspect = self.kinds.number(upos), self.aspects.number(_converb_aspect(feats))
        self.columns.extend(np.array([[*map(hashed, names), kind, aspect, upos in _VERBAL]], dtype=np.uint32).T)
        number = self.numbers[upos, feats, rest] = len(self.columns) - 1
        return number


class TypeRow:
    """Rows of `WordTypes.types`."""

    FIRST, COUNT, FORM, END2, END3, END4, SHAPE, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, KINDS, VERB_CLASS, CONVERB, HELPER = range(16)


class ReadingRow:
    """Rows of `WordTypes.features`."""

    FULL, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, GAP, UNIT, TYPE, VERB_CLASS, INNER, BARE, CAPITAL = range(13)


KIND_ROWS = [TypeRow.KINDS, TypeRow.CONVERB, TypeRow.HELPER]
TAG_ROWS = [ReadingRow.FULL, ReadingRow.COARSE, ReadingRow.UPOS, ReadingRow.AGREEMENT, ReadingRow.PLAIN]
STANDING_ROWS = [ReadingRow.GAP, ReadingRow.UNIT, ReadingRow.VERB_CLASS, ReadingRow.INNER]
LEMMA_ROW = ReadingRow.LEMMA
USAGE_ROWS = [ReadingRow.BARE, ReadingRow.CAPITAL]
_BEST_ROWS = {
    TypeRow.COARSE: ReadingRow.COARSE,
    TypeRow.UPOS: ReadingRow.UPOS,
    TypeRow.AGREEMENT: ReadingRow.AGREEMENT,
    TypeRow.PLAIN: ReadingRow.PLAIN,
    TypeRow.LEMMA: ReadingRow.LEMMA,
    TypeRow.VERB_CLASS: ReadingRow.VERB_CLASS,
}
"""What a type has from the reading with the highest score."""
_LETTER_ROWS = [TypeRow.FORM, TypeRow.END2, TypeRow.END3, TypeRow.END4, TypeRow.SHAPE]


@lru_cache(maxsize=256)
def _shape_hash(shape: str) -> int:
    return hashed(shape)


def _letter_hashes(form: str) -> tuple[int, int, int, int, int]:
    """What a type has from its letters: whole, last two, three and four of them, and its shape."""
    letters = form.lower().encode()
    return crc32(letters), crc32(letters[-4:]), crc32(letters[-6:]), crc32(letters[-8:]), _shape_hash(_shape(form))


def _steps(differences: npt.NDArray[np.float64]) -> Indices:
    """Differences of scores in half steps."""
    return np.minimum(2 * differences, MOST_STEPS).astype(np.intp)


def _best_of_group(scores: npt.NDArray[np.float64], group: Indices) -> npt.NDArray[np.float64]:
    """For each score, the highest of its group.

    >>> _best_of_group(np.array([1.0, 2.0, 3.0]), np.array([7, 5, 7])).tolist()
    [3.0, 2.0, 3.0]
    """
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
    best = np.empty_like(scores)
    best[order] = np.repeat(np.maximum.reduceat(scores[order], begins), np.diff(begins, append=len(order)))
    return best


def _first_of_each(flags: npt.NDArray[np.bool_], group: Indices) -> Indices:
    """The first place of each group, whose members stand side by side, that has a flag.

    >>> _first_of_each(np.array([False, True, True, True]), np.array([0, 0, 0, 1])).tolist()
    [1, 3]
    """
    places = np.flatnonzero(flags)
    return places[np.diff(group[places], prepend=-1) != 0]


class Columns:
    """Properties of things that become more: a row a property, a column a thing; those of one thing lie side by side in memory."""

    def __init__(self, rows: int, dtype: npt.DTypeLike) -> None:
        self._array = np.zeros((1024, rows), dtype=dtype)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    def extend(self, columns: npt.NDArray[Any]) -> None:
        """Adds things, a column each."""
        needed = self._filled + columns.shape[1]
        if needed > len(self._array):
            longer = np.zeros((max(needed, 2 * len(self._array)), self._array.shape[1]), dtype=self._array.dtype)
            longer[: self._filled] = self._array[: self._filled]
            self._array = longer
        self._array[self._filled : needed] = columns.T
        self._filled = needed

    def values(self) -> npt.NDArray[Any]:
        """All columns so far."""
        return self._array[: self._filled].T

    def of(self, numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The columns of these things, by their numbers."""
        return np.ascontiguousarray(self._array.take(numbers, axis=0, mode="clip").T)


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
    What a `table` of forms has of a type is taken from there; `read` gives the readings of other types, or `read_many` those of many at
    once, where that is faster.
    """

    def __init__(
        self,
        read: Callable[[str], Sequence[Reading]],
        table: FormTable | None = None,
        read_many: Callable[[Sequence[str]], Sequence[Sequence[Reading]]] | None = None,
    ) -> None:
        self._read = read
        self._read_many = read_many
        self._table = table
        self._tags = _Tags()
        self._masks: dict[tuple[str, int], int] = {}
        self.ids: dict[str, int] = {}
        self.readings = _LazyReadings(table)
        self._types = Columns(16, np.uint32)
        self._features = Columns(13, np.uint32)
        self._put([""], [[Reading("", "<S>", "", "", 0.0, "")]])

    def __len__(self) -> int:
        return len(self._types)

    def emptied(self) -> WordTypes:
        """Word types from the same sources, none met yet."""
        return WordTypes(self._read, self._table, self._read_many)

    def span(self, number: int) -> tuple[int, int]:
        """Where the readings of a type begin, and how many they are."""
        first, count = self.types()[:2, number].tolist()
        return first, count

    def type_of(self, reading: int) -> int:
        """The number of the type that a reading, by its number, is of."""
        return int(self.features()[ReadingRow.TYPE, reading])

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
        if new:
            self._put(new, list(map(self._read, new)) if self._read_many is None else self._read_many(new))
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
        features = np.empty((13, len(places)), dtype=np.uint32)
        features[TAG_ROWS] = table.tag_rows[:, table.tag[places]]
        features[STANDING_ROWS] = table.standing_rows[:, table.standing[places]]
        features[LEMMA_ROW] = table.lemma_hashes[table.lemma[places]]
        features[ReadingRow.TYPE] = np.repeat(np.arange(number, number + len(forms)), count)
        features[USAGE_ROWS] = usage_of(features[LEMMA_ROW])
        types = np.empty((16, len(forms)), dtype=np.uint32)
        types[TypeRow.FIRST], types[TypeRow.COUNT] = starts + first, count
        types[_LETTER_ROWS] = np.array([_letter_hashes(form) for form in forms], dtype=np.uint32).T
        types[list(_BEST_ROWS)] = features[list(_BEST_ROWS.values())][:, starts + table.best[of_table]]
        types[KIND_ROWS] = table.kind_rows[:, table.kinds[of_table]]
        self._features.extend(features)
        self._types.extend(types)

    def _put(self, forms: Sequence[str], readings: Sequence[Sequence[Reading]]) -> None:
        """Takes new forms with their readings."""
        number, first = len(self), len(self.readings)
        self.ids.update(zip(forms, range(number, number + len(forms)), strict=True))
        count = np.array(list(map(len, readings)), dtype=np.intp)
        starts = np.cumsum(count) - count
        flat = list(chain.from_iterable(readings))
        self.readings.extend(flat)
        lemmas, upos, feats, rest, scores, units = zip(*flat, strict=True)
        known, new = self._tags.numbers.get, self._tags.number
        tags = [new(*tag) if (found := known(tag)) is None else found for tag in zip(upos, feats, rest, strict=True)]
        columns = self._tags.columns.of(np.array(tags, dtype=np.intp))
        kind, verbal = columns[_Tags.KIND].astype(np.int64), columns[_Tags.IS_VERBAL]
        of_form = np.repeat(np.arange(len(forms)), count)
        verb = np.array([_CLASS_NUMBERS.get(lemma, 0) for lemma in lemmas], dtype=np.intp) * verbal
        score = np.array(scores, dtype=np.float64)
        top = np.maximum.reduceat(score, starts)[of_form]
        numbers: dict[str, int] = {}
        word = of_form * len(flat) + np.array([numbers.setdefault(lemma, len(numbers)) for lemma in lemmas], dtype=np.int64)
        # whether a verb is auxiliary is no question for the analyser
        gap = _steps(top - _best_of_group(score, word * MOST_KINDS + np.where(verbal, MOST_KINDS - 1, kind)))
        inner = _steps(_best_of_group(score, word * MOST_KINDS + kind) - score)

        features = np.empty((13, len(flat)), dtype=np.uint32)
        features[TAG_ROWS] = columns[: len(TAG_ROWS)]
        features[ReadingRow.LEMMA] = [crc32(lemma.encode()) for lemma in lemmas]
        features[ReadingRow.GAP], features[ReadingRow.INNER] = _GAPS[gap], _INNER[inner]
        features[ReadingRow.UNIT] = list(map(_unit_hash, units))
        features[ReadingRow.TYPE] = of_form + number
        features[ReadingRow.VERB_CLASS] = np.where(verbal, _CLASS_HASHES[verb], _NO_VERB)
        features[USAGE_ROWS] = usage_of(features[LEMMA_ROW])

        types = np.empty((16, len(forms)), dtype=np.uint32)
        types[TypeRow.FIRST], types[TypeRow.COUNT] = starts + first, count
        types[_LETTER_ROWS] = np.array([_letter_hashes(form) for form in forms], dtype=np.uint32).T
        best = _first_of_each(score == top, of_form)
        types[list(_BEST_ROWS)] = features[list(_BEST_ROWS.values())][:, best]
        types[TypeRow.KINDS] = self._masks_hashed("kinds", "", kind, starts, self._tags.kinds)
        types[TypeRow.CONVERB] = self._masks_hashed("may be ", "+", columns[_Tags.ASPECT], starts, self._tags.aspects)
        types[TypeRow.HELPER] = _HELPER_HASHES[0]
        helpers = _first_of_each(verb > 0, of_form)
        types[TypeRow.HELPER, of_form[helpers]] = _HELPER_HASHES[verb[helpers]]
        self._features.extend(features)
        self._types.extend(types)

    def _masks_hashed(self, name: str, between: str, values: Indices, starts: Indices, numbers: _Numbers) -> list[int]:
        """The hash of the different values, by their names in alphabetical order, of each form."""
        masks = np.bitwise_or.reduceat(np.left_shift(1, values.astype(np.int64)), starts)
        return [self._mask_hashed(name, between, mask, numbers) for mask in masks.tolist()]

    def _mask_hashed(self, name: str, between: str, mask: int, numbers: _Numbers) -> int:
        found = self._masks.get((name, mask))
        if found is None:
            strings = sorted(string for number, string in enumerate(numbers.strings) if mask >> number & 1)
            found = self._masks[name, mask] = hashed(name + between.join(strings))
        return found

    def types(self) -> Hashes:
        """One row a property (see `TypeRow`), one column a type."""
        return self._types.values()

    def types_of(self, numbers: Indices) -> Hashes:
        """The columns of these types."""
        return self._types.of(numbers)

    def features(self) -> Hashes:
        """One row a property (see `ReadingRow`), one column a reading."""
        return self._features.values()

    def features_of(self, numbers: Indices) -> Hashes:
        """The columns of these readings."""
        return self._features.of(numbers)
