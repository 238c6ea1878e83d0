"""Errors cross from one process to another whole: text, parts and class."""

import pickle

import pytest

from kz_textkit.errors import CorpusError, InputError, KzTextkitError, QueryError, UsageError


@pytest.mark.parametrize(
    "error",
    [
        InputError("дәріс.txt", "is empty", "leave it out"),
        InputError("дәріс.txt", "is empty"),
        CorpusError("корпус: is no corpus"),
        UsageError("--window: must be a number"),
        QueryError("a bracket is missing", '[lemma="билік"', 14),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_the_same_in_another_process(error: KzTextkitError) -> None:
    other = pickle.loads(pickle.dumps(error))
    assert (type(other), str(other), vars(other)) == (type(error), str(error), vars(error))
