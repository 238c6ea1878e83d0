"""Measures give what the papers print that they come from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kz_textkit.stats import association
from kz_textkit.stats.collocation import collocates
from kz_textkit.stats.dispersion import dispersion
from kz_textkit.stats.keyness import by_chance, keywords
from kz_textkit.stats.multiword import c_values
from kz_textkit.stats.richness import mtld, yule_k

NEWSWIRE = 14_307_668
"""Words of the corpus in C. Manning, H. Schütze, Foundations of Statistical Natural Language Processing, 1999, chapter 5."""


def test_association_in_the_tables_of_manning_and_schuetze() -> None:
    assert association.mi(20, 42, 20, NEWSWIRE) == pytest.approx(18.38, abs=0.005)  # Ayatollah Ruhollah
    assert association.mi(20, 24, 320, NEWSWIRE) == pytest.approx(15.19, abs=0.005)  # unsalted butter
    assert association.t_score(8, 15_828, 4_675, NEWSWIRE) == pytest.approx(0.999932, abs=1e-6)  # new companies
    assert association.log_likelihood(150, 12_593, 932, NEWSWIRE) == pytest.approx(1291.42, rel=1e-3)  # most powerful
    assert association.log_likelihood(13, 932, 3_424, NEWSWIRE) == pytest.approx(80.39, rel=1e-3)  # powerful force


def test_dispersion_of_the_five_parts_of_gries() -> None:
    # St. Th. Gries, Dispersions and adjusted frequencies in corpora, 2008: the word a in the parts of a corpus of 50 words.
    parts = ["b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a", "b a g h a b e a a t", "b a h a a b e a x a t"]
    rows = pd.DataFrame([(word, number) for number, part in enumerate(parts) for word in part.split()], columns=["term", "part"])
    counts = rows.groupby(["term", "part"]).size().rename("count").reset_index()
    a = dispersion(counts, rows.groupby("part").size()).loc["a"]
    assert (a["parts"], round(a["dp"], 2), round(a["dp_norm"], 2), round(a["juilland_d"], 3)) == (5, 0.18, 0.22, 0.785)


def test_the_critical_values_of_raysons_log_likelihood_wizard() -> None:
    assert by_chance(np.array([3.84, 6.63, 10.83, 15.13])) == pytest.approx([0.05, 0.01, 0.001, 0.0001], rel=0.005)
    table = keywords(pd.Series({"даму": 10, "ел": 20}), pd.Series({"даму": 20, "ел": 40}), size=1000, reference_size=2000)
    assert table["log_likelihood"].tolist() == pytest.approx([0, 0]) and table["log_ratio"].tolist() == pytest.approx([0, 0])


def test_c_values_of_frantzi_and_ananiadou() -> None:
    carcinoma = ("basal", "cell", "carcinoma")
    longer = {"adenoid cystic": 5, "cystic": 11, "ulcerated": 7, "recurrent": 5, "circumscribed": 3}
    counts = {(*words.split(), *carcinoma): count for words, count in longer.items()} | {carcinoma: 984}
    values = {" ".join(words): value for words, (_, value) in c_values(counts).items()}
    assert values["adenoid cystic basal cell carcinoma"] == pytest.approx(11.6096, abs=1e-3)
    assert values["cystic basal cell carcinoma"] == 12 and values["ulcerated basal cell carcinoma"] == 14
    assert values["recurrent basal cell carcinoma"] == 10 and values["circumscribed basal cell carcinoma"] == 6
    assert values["basal cell carcinoma"] == pytest.approx(1551.36, abs=0.01)


def test_a_stretch_of_mtld_ends_where_mccarthy_and_jarvis_end_it() -> None:
    # of (1.00) the (1.00) people (1.00) by (1.00) the (.800) people (.667): a factor; for the people (1.00): none.
    assert mtld(["of", "the", "people", "by", "the", "people", "for", "the", "people"]) == 9


def test_yules_k_by_its_definition_over_the_spectrum() -> None:
    # K = 10^4 [-1/N + sum of V(i) (i/N)^2], as in quanteda's manual.
    counts = [7, 3, 3, 2, 1, 1, 1]
    n = sum(counts)
    spectrum = {i: counts.count(i) for i in set(counts)}
    assert yule_k(counts) == pytest.approx(1e4 * (-1 / n + sum(v * (i / n) ** 2 for i, v in spectrum.items())))


def test_the_convention_of_sketch_engine_takes_no_notice_of_the_span() -> None:
    form = ["саяси", "билік", "күшті", "билік", "әлсіз", "саяси", "ел", "саяси", "билік"]
    tokens = pd.DataFrame({"doc_id": "d", "section_id": "s", "sentence_id": "1", "form": form})
    for window in ((1, 0), (2, 2)):
        table = collocates(tokens, "билік", window=window, min_count=1, convention="sketch_engine").set_index("collocate")
        row = table.loc["саяси"]
        assert row["mi"] == pytest.approx(np.log2(row["together"] * 9 / (3 * 3)))
        assert row["log_dice"] == pytest.approx(14 + np.log2(2 * row["together"] / 6))
        assert table.attrs["places"] == 3 and table.attrs["size"] == 9 and table.attrs["convention"] == "sketch_engine"
