"""Word types and their readings as columns of numbers, from which the choice of readings is made.

Each form that is met has a row of properties of its own (letters, shape, what its readings have in common), and each of its readings
another (tag, lemma, where it came from). Properties are hashes of their names, so that they can be joined into features at once for
many words (`features`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.feature_hashing import Hashes
from kz_textkit.morphology.form_table import FormTable

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


_GAPS = [hashed(f"gap{i}") for i in range(11)]
_INNER = [hashed(f"inner{i}") for i in range(11)]
_CLASS_HASHES = {lemma: hashed(name) for lemma, name in _VERB_CLASS.items()}
_NO_CLASS, _NO_VERB = hashed(""), hashed("no")
_VERBAL = frozenset({"VERB", "AUX"})


@lru_cache(maxsize=256)
def _unit_hash(unit: str) -> int:
    return hashed("unit" + unit)


@lru_cache(maxsize=4096)
def _kinds_hash(kinds: frozenset[str]) -> int:
    return hashed("kinds" + "".join(sorted(kinds)))


class _Tag(NamedTuple):
    full: int
    coarse: int
    upos: int
    agreement: int
    plain: int


class TypeRow:
    """Rows of `WordTypes.types`."""

    FIRST, COUNT, FORM, END2, END3, END4, SHAPE, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, KINDS, VERB_CLASS, CONVERB, HELPER = range(16)


class ReadingRow:
    """Rows of `WordTypes.features`."""

    FULL, COARSE, UPOS, AGREEMENT, PLAIN, LEMMA, GAP, UNIT, TYPE, VERB_CLASS, INNER = range(11)


KIND_ROWS = [TypeRow.KINDS, TypeRow.CONVERB, TypeRow.HELPER]
TAG_ROWS = [ReadingRow.FULL, ReadingRow.COARSE, ReadingRow.UPOS, ReadingRow.AGREEMENT, ReadingRow.PLAIN]
STANDING_ROWS = [ReadingRow.GAP, ReadingRow.UNIT, ReadingRow.VERB_CLASS, ReadingRow.INNER]
LEMMA_ROW = ReadingRow.LEMMA
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


@lru_cache(maxsize=4096)
def _remembered_hash(text: str) -> int:
    return hashed(text)


def _letter_hashes(form: str) -> tuple[int, int, int, int, int]:
    """What a type has from its letters: whole, last two, three and four of them, and its shape."""
    letters = form.lower().encode()
    return crc32(letters), crc32(letters[-4:]), crc32(letters[-6:]), crc32(letters[-8:]), _remembered_hash(_shape(form))


class Columns:
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
        self._types = Columns(16, np.int64)
        self._features = Columns(11, np.uint32)
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
        features[ReadingRow.TYPE] = np.repeat(np.arange(number, number + len(forms)), count)
        types = np.empty((16, len(forms)), dtype=np.int64)
        types[TypeRow.FIRST], types[TypeRow.COUNT] = starts + first, count
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
            tag = self._tags[upos, feats, rest] = _Tag(*map(hashed, names))
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
            rows.append((*self._tag(upos, feats, rest), hashed(lemma), gap, _unit_hash(unit), number, verb_class, inner))
            self._features.append(rows[-1])
        chosen = rows[best]
        self._types.append(
            (
                first,
                len(readings),
                *_letter_hashes(form),
                chosen[ReadingRow.COARSE],
                chosen[ReadingRow.UPOS],
                chosen[ReadingRow.AGREEMENT],
                chosen[ReadingRow.PLAIN],
                chosen[ReadingRow.LEMMA],
                _kinds_hash(frozenset([r.upos for r in readings])),
                chosen[ReadingRow.VERB_CLASS],
                _remembered_hash("may be " + _converb_share(readings)),
                _remembered_hash("may help as " + _helper_class(readings)),
            )
        )
        return number

    def types(self) -> npt.NDArray[np.int64]:
        """One row a property (see `TypeRow`), one column a type."""
        return self._types.values()

    def features(self) -> Hashes:
        """One row a property (see `ReadingRow`), one column a reading."""
        return self._features.values()
