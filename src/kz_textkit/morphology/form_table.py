"""Readings of common word forms, worked out beforehand: what `WordTypes` would find out about them, in arrays.

Analysing a word form takes a tenth of a millisecond, and in a text that is met for the first time every third token may be a new form.
The table spares that for the forms that are met most. It says nothing that the analyser would not say: it is built from it by
`python tools/morphology/compile_forms.py DATA`, and has to be built again when dictionary, rules or features change; a test
tells.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading

__all__ = ["FILE", "MILLION", "FormTable", "load_forms", "read_forms"]

FILE = "forms.npz"
MILLION = 1_000_000
"""The analyser rounds shares to millionths, so they are kept as whole numbers of them."""


class FormTable(NamedTuple):
    """Word forms with their readings, as `WordTypes` takes them."""

    numbers: Mapping[str, int]
    """The place of each form."""
    first: npt.NDArray[np.int64]
    """Where the readings of each form begin, and at the end where the last ones end."""
    best: npt.NDArray[np.uint8]
    """Which reading of each form has the highest score."""
    kinds: npt.NDArray[np.uint16]
    """For each form, the column of `kind_rows`."""
    kind_rows: npt.NDArray[np.int64]
    """Hashes of the kinds of readings that forms have: rows KINDS, CONVERB and HELPER of `WordTypes.types`."""
    lemmas: Sequence[str]
    tags: Sequence[tuple[str, str, str]]
    """Part of speech, features, and the words after the first."""
    units: Sequence[str]
    lemma: npt.NDArray[np.uint32]
    """For each reading, the place of its lemma in `lemmas`; likewise `tag` and `unit`."""
    tag: npt.NDArray[np.uint16]
    unit: npt.NDArray[np.uint8]
    share: npt.NDArray[np.uint32]
    """The share of each reading in millionths."""
    standing: npt.NDArray[np.uint16]
    """For each reading, the column of `standing_rows`."""
    lemma_hashes: npt.NDArray[np.uint32]
    tag_rows: npt.NDArray[np.uint32]
    """For each tag, rows FULL to PLAIN of `WordTypes.features`."""
    standing_rows: npt.NDArray[np.uint32]
    """How readings stand to the others of their form: rows GAP, UNIT, VERB_CLASS and INNER of `WordTypes.features`."""

    def reading(self, place: int) -> Reading:
        """One reading, by its place in the arrays of readings."""
        upos, feats, rest = self.tags[self.tag[place]]
        score = math.log(int(self.share[place]) / MILLION)
        return Reading(self.lemmas[self.lemma[place]], upos, feats, rest, score, self.units[self.unit[place]])

    def said(self, place: int) -> tuple[str, str, str]:
        """Lemma, part of speech and features of one reading."""
        upos, feats, _ = self.tags[self.tag[place]]
        return self.lemmas[self.lemma[place]], upos, feats

    def without(self, stems: Collection[str]) -> FormTable:
        """The table without the forms that may be forms of these stems, whose readings it does not know."""
        beginnings = tuple({stem[: max(1, len(stem) - 2)].lower() for stem in stems})
        kept = {form: number for form, number in self.numbers.items() if not form.lower().startswith(beginnings)}
        return self._replace(numbers=kept)

    def readings(self, form: str) -> list[Reading]:
        """The readings of a form of the table. Raises `KeyError` for other forms.

        >>> load_forms().readings("және")[0].upos
        'CCONJ'
        """
        number = self.numbers[form]
        return [self.reading(place) for place in range(self.first[number], self.first[number + 1])]


def read_forms(content: bytes) -> FormTable:
    """The table in a file that `compile_forms` wrote."""
    with np.load(BytesIO(content)) as stored:
        arrays = {name: stored[name] for name in stored.files}
    forms, lemmas, tags, units = (arrays.pop(name).tobytes().decode().split("\n") for name in ("forms", "lemmas", "tags", "units"))
    first = np.concatenate([[0], np.cumsum(arrays.pop("count"), dtype=np.int64)])
    split = [(upos, feats, rest) for upos, feats, rest in (tag.split("\t") for tag in tags)]
    return FormTable(dict(zip(forms, range(len(forms)), strict=True)), first, lemmas=lemmas, tags=split, units=units, **arrays)


@lru_cache(maxsize=1)
def load_forms() -> FormTable:
    """The table of the package, loaded once."""
    return read_forms(files("kz_textkit.morphology").joinpath("data").joinpath(FILE).read_bytes())
