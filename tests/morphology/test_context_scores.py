"""The engine of the choice gives the sums that the table of features says, however large the weights, however readings are parted."""

import numpy as np
import pytest

from kz_textkit.morphology import context_scores
from kz_textkit.morphology.context_scores import READING_PARTS, WeightTable, around_sums, reading_sums
from kz_textkit.morphology.feature_hashing import BITS, mix
from kz_textkit.morphology.templates import TEMPLATES

WORDS, READINGS = 40, 25


@pytest.mark.parametrize("most", [30_000, 3_000_000])
def test_scores_are_the_sums_of_the_weights_of_the_table(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context_scores, "ROWS", 7)
    rng = np.random.default_rng(5)
    weights = rng.integers(-most, most, 1 << BITS, dtype=np.int32)
    around = {part.name: rng.integers(0, 1 << 32, WORDS, dtype=np.uint32) for t in TEMPLATES for part in t.around}
    own = {name: rng.integers(0, 1 << 32, READINGS, dtype=np.uint32) for part in READING_PARTS for name in part}
    words = rng.integers(2, WORDS - 2, 60)
    readings = rng.integers(0, READINGS, 60)
    found = WeightTable(weights).scores(reading_sums(own)[:, readings], around_sums(around), words)
    places = np.stack(
        [mix(*(own[n][readings] for n in t.reading), *(around[p.name][words + p.offset] for p in t.around), t.code) for t in TEMPLATES]
    )
    assert np.array_equal(found, weights[places].sum(axis=0))


def test_no_two_features_have_the_same_number() -> None:
    codes = [template.code for template in TEMPLATES]
    assert len(set(codes)) == len(codes) and min(codes) > 20
