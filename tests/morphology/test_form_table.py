"""The table of common word forms says what the analyser says, and makes no difference but in time."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kz_textkit.morphology.components import shared_analyzer
from kz_textkit.morphology.form_table import load_forms
from kz_textkit.morphology.readings import Readings, load_memory
from kz_textkit.morphology.word_types import WordTypes

STALE = "the table of forms is out of date: run python tools/morphology/compile_forms.py DATA"


@pytest.fixture(scope="module")
def read() -> Readings:
    return Readings(shared_analyzer(), load_memory())


@pytest.fixture(scope="module")
def sample() -> list[str]:
    return random.Random(20).sample(sorted(load_forms().numbers), 1500)


def test_the_table_has_what_the_analyser_says(read: Readings, sample: list[str]) -> None:
    assert [form for form in sample if load_forms().readings(form) != read(form)] == [], STALE


def test_types_from_the_table_are_those_that_are_analysed(read: Readings, sample: list[str]) -> None:
    forms = [*sample, "қаламқасшы", "Үркіт", "ата-әжесімен", "1987-жылғы", "«"]
    random.Random(3).shuffle(forms)
    tabled, analysed = WordTypes(read, load_forms()), WordTypes(read)
    numbers = [[types.ids_of(part) for part in (forms[:700], forms[600:])] for types in (tabled, analysed)]
    for first, second in zip(*([n for part in parts for n in part] for parts in numbers), strict=True):
        (start, count), (other_start, other_count) = tabled.span(first), analysed.span(second)
        assert tabled.readings[start : start + count] == analysed.readings[other_start : other_start + other_count], STALE
        columns, others = tabled.features()[:, start : start + count], analysed.features()[:, other_start : other_start + other_count]
        # row 8 is the number of the type, which depends on the order
        assert np.array_equal(np.delete(columns, 8, 0), np.delete(others, 8, 0)), STALE
        assert np.array_equal(tabled.types()[1:, first], analysed.types()[1:, second]), STALE


def test_each_form_gets_one_number(read: Readings, sample: list[str]) -> None:
    types = WordTypes(read, load_forms())
    numbers = types.ids_of([*sample[:50], *sample[:50]])
    assert numbers[:50] == numbers[50:]
    assert len(set(numbers)) == 50
    assert [types.id_of(form) for form in sample[:50]] == numbers[:50]
