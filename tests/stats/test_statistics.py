"""Term statistics: counts agree with a plain count, every measure with an independent computation or a published example."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, hypergeom

from kz_textkit.corpus import Corpus
from kz_textkit.corpus.part import Part
from kz_textkit.corpus.statistics import corpus_keywords, keywords_by_lecture, part_tokens, read_reference
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.batch import run
from kz_textkit.stats import association, richness
from kz_textkit.stats.collocation import collocates, collocation_network
from kz_textkit.stats.counting import Filter, code_tokens, connect, count_terms
from kz_textkit.stats.dispersion import average_reduced_frequency, dispersion
from kz_textkit.stats.frequency_list import frequency_list, terms_by_part, tf_idf
from kz_textkit.stats.keyness import keywords
from kz_textkit.stats.ngrams import ngrams
from kz_textkit.stats.parts import lectures

WORDS = ["Ел", "ел", "тіл", "және", "сөз", ",", "Жер", "2"]

Sections = list[list[list[str]]]
texts = st.lists(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=4), min_size=1, max_size=5)


def tokens_of(sections: Sections) -> pd.DataFrame:
    """Tokens of documents of two sections each."""
    rows = [
        (f"d{i // 2}", f"s{i % 2}", f"n{i}-{j}", form, form.lower(), "NOUN", form == "және")
        for i, sentences in enumerate(sections)
        for j, sentence in enumerate(sentences)
        for form in sentence
    ]
    return pd.DataFrame(rows, columns=["doc_id", "section_id", "sentence_id", "form", "lemma", "upos", "is_stop"])


def words_of(sections: Sections) -> list[list[str]]:
    return [[w.lower() for sentence in sentences for w in sentence if w != ","] for sentences in sections]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(texts)
def test_counts_range_and_arf_agree_with_a_plain_count(sections: Sections) -> None:
    words = words_of(sections)
    flat = [w for section in words for w in section]
    table = frequency_list(tokens_of(sections), parts="section").set_index("form")
    assert table["count"].to_dict() == dict(Counter(flat))
    for term, row in table.iterrows():
        assert row["sections"] == sum(term in section for section in words)
        assert row["documents"] == len({i // 2 for i, section in enumerate(words) if term in section})
        assert row["per_million"] == pytest.approx(flat.count(str(term)) / len(flat) * 1e6)
        assert row["arf"] == pytest.approx(reduced_frequency([i for i, w in enumerate(flat) if w == term], len(flat)))
    pd.testing.assert_series_equal(
        count_terms(tokens_of(sections)), frequency_list(tokens_of(sections)).set_index("form")["count"], check_names=False
    )


def reduced_frequency(positions: list[int], size: int) -> float:
    """ARF by P. Savický and J. Hlaváčová's formula."""
    v = size / len(positions)
    gaps = [b - a for a, b in pairwise([*positions, positions[0] + size])]
    return sum(min(gap, v) for gap in gaps) / v


def test_arf_is_the_average_over_all_ways_to_cut() -> None:
    positions, size = [0, 3, 4, 11, 40, 41, 77, 78], 80
    v = size // len(positions)
    cuts = [len({(p - shift) % size // v for p in positions}) for shift in range(size)]
    assert average_reduced_frequency(positions, size) == pytest.approx(np.mean(cuts))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(texts, st.integers(1, 3), st.booleans())
def test_ngrams_agree_with_a_plain_count(sections: Sections, n: int, gaps: bool) -> None:
    plain: Counter[str] = Counter()
    for sentence in (s for sentences in sections for s in sentences):
        row = [w.lower() for w in sentence if not (gaps and w == "және")]
        plain.update(" ".join(row[i : i + n]) for i in range(len(row) - n + 1) if "," not in row[i : i + n])
    table = ngrams(tokens_of(sections), sizes=(n, n), gaps=gaps, min_count=2)
    assert dict(zip(table["ngram"], table["count"], strict=True)) == {gram: c for gram, c in plain.items() if c >= 2}


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(texts, st.integers(0, 3), st.integers(0, 3))
def test_collocates_agree_with_a_plain_count(sections: Sections, left: int, right: int) -> None:
    if not left and not right:
        return
    together: Counter[str] = Counter()
    frequency: Counter[str] = Counter()
    places = 0
    for sentence in (s for sentences in sections for s in sentences):
        row = [w.lower() for w in sentence if w != ","]
        frequency.update(row)
        for i, word in enumerate(row):
            if word != "ел" and "ел" in [*row[max(0, i - right) : i], *row[i + 1 : i + 1 + left]]:
                together[word] += 1
                places += 1
    table = collocates(tokens_of(sections), "ел", window=(left, right), min_count=1).set_index("collocate")
    assert table["together"].to_dict() == dict(together)
    assert (table["left"] + table["right"]).to_dict() == dict(together)
    size = sum(frequency.values()) - frequency["ел"]
    for word, row in table.iterrows():
        o, c = together[str(word)], frequency[str(word)]
        assert row["frequency"] == c
        assert row["mi"] == pytest.approx(math.log2(o * size / (places * c)))
        assert row["dice"] == pytest.approx(2 * o / (frequency["ел"] + c))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(texts)
def test_collocates_of_the_sentence_count_sentences(sections: Sections) -> None:
    sentences = [{w.lower() for w in s if w != ","} for part in sections for s in part]
    table = collocates(tokens_of(sections), "ел", sentence=True, min_count=1).set_index("collocate")
    plain = Counter(w for s in sentences if "ел" in s for w in s - {"ел"})
    assert table["together"].to_dict() == dict(plain)
    for word, row in table.iterrows():
        assert row["frequency"] == sum(word in s for s in sentences)
        expected = sum("ел" in s for s in sentences) * row["frequency"] / sum(map(bool, sentences))
        assert row["t_score"] == pytest.approx((row["together"] - expected) / math.sqrt(row["together"]))


tables = st.tuples(st.integers(1, 50), st.integers(0, 80), st.integers(0, 80), st.integers(1, 100_000))


@given(tables)
def test_measures_of_association_agree_with_scipy_and_the_textbook(cells: tuple[int, int, int, int]) -> None:
    o11, o12, o21, o22 = cells
    r1, c1, n = o11 + o12, o11 + o21, sum(cells)
    e11 = r1 * c1 / n
    assert association.mi(o11, r1, c1, n) == pytest.approx(math.log(o11 / e11, 2))
    assert association.mi3(o11, r1, c1, n) == pytest.approx(math.log(o11 / e11, 2) + 2 * math.log(o11, 2))
    assert association.t_score(o11, r1, c1, n) == pytest.approx(math.sqrt(o11) - e11 / math.sqrt(o11))
    assert association.z_score(o11, r1, c1, n) == pytest.approx(o11 / math.sqrt(e11) - math.sqrt(e11))
    assert association.log_dice(o11, r1, c1, n) == pytest.approx(14 - math.log(((o11 + o12) + (o11 + o21)) / (2 * o11), 2))
    g2 = chi2_contingency([[o11, o12], [o21, o22]], correction=False, lambda_="log-likelihood").statistic
    assert abs(float(association.log_likelihood(o11, r1, c1, n))) == pytest.approx(g2, abs=1e-6)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1000, 9000), st.integers(1000, 9000))
def test_keyness_agrees_with_scipy_and_hand_calculation(a: int, b: int, c: int, d: int) -> None:
    if not a + b:
        return
    row = keywords(pd.Series({"билік": a}), pd.Series({"билік": b}), size=c, reference_size=d).iloc[0]
    assert abs(row["chi_square"]) == pytest.approx(chi2_contingency([[a, b], [c - a, d - b]], correction=False).statistic, abs=1e-9)
    e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
    g2 = 2 * sum(o * math.log(o / e) for o, e in ((a, e1), (b, e2)) if o)
    assert abs(row["log_likelihood"]) == pytest.approx(g2, abs=1e-9)
    assert row["p_value"] == pytest.approx(math.erfc(math.sqrt(max(g2, 0) / 2)), abs=1e-6)
    assert row["bayes_factor"] == pytest.approx(g2 - math.log(c + d))
    assert row["log_ratio"] == pytest.approx(math.log2((a or 0.5) / c) - math.log2((b or 0.5) / d))
    if b:
        assert row["diff_percent"] == pytest.approx((a / c / (b / d) - 1) * 100)
    assert all(math.isfinite(value) for value in row)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("абвгдежзик"), min_size=1, max_size=200))
def test_measures_of_richness_agree_with_their_definitions(terms: list[str]) -> None:
    counts = list(Counter(terms).values())
    n = len(terms)
    assert richness.guiraud(n, len(counts)) == pytest.approx(len(counts) / math.sqrt(n))
    assert richness.yule_k(counts) == pytest.approx(1e4 * sum(f * (f - 1) for f in counts) / n**2)
    expected = sum(1 - hypergeom(n, f, 42).pmf(0) for f in counts) / 42 if n >= 42 else math.nan
    assert richness.hd_d(counts) == pytest.approx(expected, nan_ok=True)
    segments = [len(set(terms[i : i + 10])) / 10 for i in range(0, n - 9, 10)]
    assert richness.sttr(terms, segment=10) == pytest.approx(np.mean(segments) if segments else math.nan, nan_ok=True)
    assert richness.mtld(terms) >= 1
    assert richness.mtld(terms) == richness.mtld(terms[::-1])


def test_terms_by_part_add_up(corpus: Corpus) -> None:
    tokens = part_tokens(corpus)
    table, parts = terms_by_part(tokens, parts="document", top=5)
    whole = frequency_list(tokens).head(5)
    assert table["term"].tolist() == whole["form"].tolist() and table["count"].tolist() == whole["count"].tolist()
    assert table[list(parts.index)].sum(axis=1).tolist() == table["count"].tolist()
    assert parts["doc_id"].tolist() == ["а", "ә"] and parts["words"].sum() == frequency_list(tokens)["count"].sum()


@pytest.mark.slow
def test_a_corpus_answers_as_the_command_line_does(corpus: Corpus) -> None:
    named = corpus.keywords("а:2", by="form", min_count=1)
    assert named["term"][0] == "партия" and named.attrs["part"] == "а «2. Партиялар»"
    assert corpus.keywords(by="form", top=1, parts="document")["doc_id"].nunique() <= 2
    assert "билігі" in corpus.collocates("Сот", "а", by="form", min_count=1)["collocate"].tolist()
    assert (
        corpus.vocabulary("а").set_index("measure")["value"]["tokens"] * 2
        == corpus.vocabulary().set_index("measure")["value"]["tokens"]
    )
    assert corpus.ngrams("а:2", by="form", min_count=1)["count"].max() == 1


def test_dispersion_agrees_with_the_definitions() -> None:
    rng = np.random.default_rng(1)
    sizes = rng.integers(50, 500, 9)
    v = rng.integers(0, 12, 9)
    counts = pd.DataFrame({"term": "билік", "part": np.flatnonzero(v), "count": v[v > 0]})
    row = dispersion(counts, pd.Series(sizes)).loc["билік"]
    s = sizes / sizes.sum()
    dp = np.abs(s - v / v.sum()).sum() / 2
    relative = v / sizes
    assert row["dp"] == pytest.approx(dp)
    assert row["dp_norm"] == pytest.approx(dp / (1 - s.min()))
    assert row["juilland_d"] == pytest.approx(1 - np.std(relative) / np.mean(relative) / np.sqrt(8))


def test_dp_of_the_worked_example_of_gries_2008() -> None:
    # The five parts of 9, 10, 10, 10 and 11 words, in which `a` occurs 1, 2, 3, 4 and 5 times.
    counts = pd.DataFrame({"term": "a", "part": range(5), "count": [1, 2, 3, 4, 5]})
    row = dispersion(counts, pd.Series([9, 10, 10, 10, 11])).loc["a"]
    assert (round(row["dp"], 2), round(row["juilland_d"], 3)) == (0.18, 0.785)


def test_tf_idf_of_nested_sections_belongs_to_their_lecture() -> None:
    tokens = pd.DataFrame(
        {"doc_id": "d", "section_id": ["s1", "s2", "s3", "s3"], "sentence_id": list("1234"), "form": ["сот", "сот", "заң", "сот"]}
    )
    sections = pd.DataFrame({"doc_id": "d", "section_id": ["s1", "s2", "s3"], "parent_id": [None, "s1", None]})
    table = tf_idf(tokens, sections=lectures(sections)).set_index(["section_id", "term"])
    assert table["count"].to_dict() == {("s1", "сот"): 2, ("s3", "заң"): 1, ("s3", "сот"): 1}
    assert table.loc[("s3", "заң"), "tf_idf"] == pytest.approx(1 / 2 * math.log(2 / 1))


def test_filters_list_less_and_count_the_same() -> None:
    tokens = tokens_of([[["Ел", "және", "тіл"], ["тілдік"]]])
    table = frequency_list(tokens, by="lemma_upos", words=Filter(stop_words=False, upos=("noun",), matching="Т.л.*"))
    assert table[["lemma", "upos", "count", "per_million"]].values.tolist() == [
        ["тіл", "NOUN", 1, 250000.0],
        ["тілдік", "NOUN", 1, 250000.0],
    ]


def test_no_words_give_empty_tables() -> None:
    tokens = tokens_of([[[","]]])
    assert frequency_list(tokens, parts="section").empty
    assert ngrams(tokens).empty and collocates(tokens, "ел").empty and tf_idf(tokens, parts="document").empty
    assert code_tokens(tokens).code.tolist() == [-1]


def test_unknown_names_are_refused() -> None:
    tokens = tokens_of([[["ел"]]])
    for wrong in (
        lambda: frequency_list(tokens, by="word"),  # type: ignore[arg-type]
        lambda: frequency_list(tokens, parts="page"),
        lambda: collocates(tokens, "ел", measure="luck"),
        lambda: ngrams(tokens, sizes=(3, 2)),
        lambda: Filter(matching="("),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_the_network_has_each_pair_once() -> None:
    tokens = tokens_of([[["ел", "тіл", "сөз"]] * 3])
    edges = collocation_network(tokens, ["ел"], min_count=1)
    pairs = [frozenset(pair) for pair in edges[["source", "target"]].values.tolist()]
    assert len(pairs) == len(set(pairs)) == 3


LECTURES = """\
1-дәріс. Сот билігі

Сот заңды қорғайды. Сот әділ болуы керек. Сот шешімі орындалады. Сот тәуелсіз.

2-дәріс. Партиялар

Партия сайлауға қатысады. Партия мүшелері көп. Партия бағдарламасын жазады. Партия бірігеді.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("statistics")
    for name in ("а", "ә"):
        (folder / f"{name}.txt").write_text(LECTURES, "utf-8")
    run(folder, folder.parent / "clean-statistics")
    return Corpus(folder.parent / "clean-statistics")


def test_relations_agree_with_the_tables_in_their_order(corpus: Corpus) -> None:
    pd.testing.assert_frame_equal(corpus.relation(contents=False).df(), corpus.words.reset_index(drop=True), check_dtype=False)
    chosen = part_tokens(corpus, Part(sections=("а:1", "ә:1"), block_kinds=("paragraph",))).df()
    assert set(chosen["doc_id"]) == {"а", "ә"} and "Партия" not in set(chosen["form"]) and "билігі" not in set(chosen["form"])


def test_keywords_are_what_a_lecture_is_about(corpus: Corpus) -> None:
    table = keywords_by_lecture(corpus, by="form", top=1)
    assert table["term"].tolist() == ["сот", "партия"] * 2
    alone = corpus_keywords(corpus, Part(sections=("а:2", "ә:2")), by="form")
    assert alone["term"].tolist()[0] == "партия" and alone["reference_count"].tolist()[0] == 0
    less = corpus_keywords(corpus, Part(sections=("а:2", "ә:2")), by="form", negative=True)
    assert less["term"].tolist() == ["сот"]


def test_a_reference_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "тізім.csv"
    path.write_text("term,count\nел,3\n'-ақ,2\nел,1\n", "utf-8-sig")
    assert read_reference(path).to_dict() == {"-ақ": 2, "ел": 4}
    for content in ("", "билік\n", "term,count\nел,көп\n"):
        path.write_text(content, "utf-8")
        with pytest.raises(UsageError):
            read_reference(path)


def test_tokens_stay_in_order_where_some_are_left_out() -> None:
    n = 60_000
    tokens = pd.DataFrame(
        {"doc_id": "d", "block_id": [f"b{i // 7:06}" for i in range(n)], "form": [f"сөз{i % 5000}" for i in range(n)]}
    )
    tokens = tokens.assign(section_id=[f"s{i // 700:04}" for i in range(n)], sentence_id=tokens["block_id"])
    out = pd.DataFrame({"doc_id": "d", "block_id": [f"b{i:06}" for i in range(0, n // 7, 90)]})
    kept = tokens[~tokens["block_id"].isin(out["block_id"])]
    for _ in range(5):
        connection = connect()
        same = "t.doc_id = o.doc_id AND t.block_id = o.block_id"
        relation = connection.from_df(tokens).set_alias("t").join(connection.from_df(out).set_alias("o"), same, how="anti")
        coded = code_tokens(relation)
        assert coded.terms[coded.code].tolist() == kept["form"].tolist()
        assert coded.sections["section_id"].to_numpy()[coded.section].tolist() == kept["section_id"].tolist()
