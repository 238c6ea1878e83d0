"""The layout does not get worse: figures on development documents, read and set by code, as `benchmarks/score_layout.py` counts them.

The bars stand a little below what was measured. Only documents of the repository count, so that the figures are the same everywhere.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

import pytest

from gold import own_texts, programs_texts
from labelled import LabelledText
from pages import set_texts
from repository import TESTS

sys.path.insert(0, str(TESTS / "benchmarks"))

from score_layout import counts_of, f1

pytestmark = pytest.mark.slow


def counted(texts: Iterable[LabelledText]) -> dict[str, Counter[str]]:
    return {text.name: counts_of(text) for text in texts if text.split == "development"}


def total(counts: dict[str, Counter[str]]) -> Counter[str]:
    return sum(counts.values(), Counter())


def furniture(counts: Counter[str]) -> float:
    return counts["furniture both"] / counts["furniture wanted"]


@pytest.fixture(scope="module")
def read() -> dict[str, Counter[str]]:
    return counted(own_texts())


@pytest.fixture(scope="module")
def made() -> dict[str, Counter[str]]:
    return counted(set_texts(11, 20, split="development"))


def test_development_documents_that_were_read(read: dict[str, Counter[str]]) -> None:
    found = total(read)
    assert f1(found, "starts") >= 0.98
    assert f1(found, "headings") >= 0.95
    assert furniture(found) >= 0.95
    assert min((f1(counts, "starts"), name) for name, counts in read.items()) >= (0.93, "")


def test_development_documents_that_code_set(made: dict[str, Counter[str]]) -> None:
    found = total(made)
    assert f1(found, "starts") >= 0.96
    assert f1(found, "headings") >= 0.82
    assert furniture(found) >= 0.88


def test_documents_that_programs_set_and_training_does_not_see() -> None:
    found = total(counted(programs_texts()))
    assert f1(found, "starts") >= 0.96
    assert f1(found, "headings") >= 0.87
    assert furniture(found) >= 0.95
