"""Trends agree with scipy and published values; how terms are spread agrees with a plain count."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from kz_textkit.stats.keyness import keywords
from kz_textkit.stats.occurrences import spread
from kz_textkit.stats.trend import mann_kendall, trend, wilson_interval

values = st.lists(st.integers(0, 9), min_size=2, max_size=30)


@settings(max_examples=60, deadline=None)
@given(values)
def test_the_test_of_mann_and_kendall_agrees_with_scipy(row: list[int]) -> None:
    times = list(range(1990, 1990 + len(row)))
    test = mann_kendall(times, row)
    assert test.s == sum((b > a) - (b < a) for i, a in enumerate(row) for b in row[i + 1 :])
    assert test.tau == pytest.approx(kendalltau(times, row).statistic, nan_ok=True)
    assert test.slope == pytest.approx(theilslopes(row, times).slope)
    assert 0 <= test.p_value <= 1
    back = mann_kendall(times, row[::-1])
    assert (back.s, back.p_value) == (-test.s, test.p_value)


def test_the_normal_approximation_is_the_one_of_the_textbook() -> None:
    # S = 8 of n = 5: the variance is 5 * 4 * 15 / 18, and z = 7 / its root.
    test = mann_kendall([1, 2, 3, 4, 5], [10, 12, 11, 15, 17])
    assert test.p_value == pytest.approx(math.erfc(7 / math.sqrt(300 / 18) / math.sqrt(2)))


def test_wilson_intervals_are_those_that_newcombe_published() -> None:
    # R. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, table I.
    low, high = wilson_interval([81, 15, 0, 1], [263, 148, 20, 29])
    assert low.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


def test_a_trend_has_every_year_and_the_rates_of_a_plain_computation() -> None:
    counts = pd.DataFrame({"term": ["тіл", "тіл", "жоқ"], "year": [1992, 1994, 1990], "count": [4, 9, 0]})
    sizes = pd.DataFrame({"year": [1994, 1992, 1990, 1995], "documents": [2, 1, 1, 1], "words": [900, 800, 500, 0]})
    table = trend(counts, sizes, "year")
    assert table["term"].tolist() == ["тіл"] * 3 + ["жоқ"] * 3 and table["year"].tolist() == [1990, 1992, 1994] * 2
    assert table["per_million"].tolist() == [0, 5000, 10000, 0, 0, 0]
    assert (table["low"] <= table["per_million"]).all() and (table["per_million"] <= table["high"]).all()
    assert table["tau"].tolist()[:3] == [1, 1, 1] and table["tau"].isna().tolist()[3:] == [True] * 3
    assert table["slope"].tolist() == [2500.0] * 3 + [0.0] * 3


def test_the_interval_of_the_log_ratio_is_that_of_the_ratio_of_two_proportions() -> None:
    row = keywords(pd.Series({"сот": 30}), pd.Series({"сот": 12}), size=1000, reference_size=3000).iloc[0]
    error = math.sqrt(1 / 30 - 1 / 1000 + 1 / 12 - 1 / 3000)
    low, high = (math.log2(30 / 1000 / (12 / 3000)) + sign * 1.959964 * error / math.log(2) for sign in (-1, 1))
    assert row[["log_ratio_low", "log_ratio_high"]].tolist() == pytest.approx([low, high])


words = st.lists(st.sampled_from(["Ел", "ел", "су", "!", "тау"]), min_size=1, max_size=30)


@settings(max_examples=10, deadline=None)
@given(words, words)
def test_places_of_terms_agree_with_a_plain_count(one: list[str], other: list[str]) -> None:
    tokens = pd.DataFrame({"doc_id": ["а"] * len(one) + ["ә"] * len(other), "form": one + other}).assign(
        section_id="s", sentence_id="1"
    )
    assume({*one, *other} != {"!"})
    table = spread(tokens, ["ЕЛ", "жоқ"], parts="document")
    for row, text in zip(
        table[table["term"] == table["term"].iloc[0]].itertuples(), [t for t in (one, other) if set(t) != {"!"}], strict=False
    ):
        plain = [word.lower() for word in text if word != "!"]
        assert row.words == len(plain) and row.count == plain.count("ел")
        assert row.at == " ".join(str(i) for i, word in enumerate(plain, 1) if word == "ел")
    assert table.loc[table["term"] == "жоқ", "count"].sum() == 0
