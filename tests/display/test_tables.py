"""What a notebook shows: results are DataFrames in all, show to the letter what a text has, and draw themselves."""

from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest

import kz_textkit as kz
from kz_textkit.corpus import Corpus
from kz_textkit.display.tables import ResultTable, as_result
from kz_textkit.pipeline.batch import run

TEXT = """\
1-дәріс. Сот билігі

Сот билігі заңды қорғайды. Сот билігі әділ болуы керек. Сот билігі тәуелсіз, сот билігі <b>ашық</b>.

2-дәріс. Партиялар

Партия сайлауға қатысады. Саяси партия мүшелері көп. Партия бағдарламасын жазады. Саяси партия бірігеді.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("display")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "дәріс.txt").write_text(TEXT, "utf-8")
    (raw / "сот.txt").write_text("Сот әділ болады. Cот заңды қорғайды. Сот билігі бар.", "utf-8")
    metadata = "file,author,title,year,genre\nдәріс.txt,Ә. Серік,Саяси билік,1995,оқулық\nсот.txt,,Сот,2015,\n"
    (raw / "metadata.csv").write_text(metadata, "utf-8")
    run(raw, folder / "corpus")
    return Corpus(folder / "corpus")


def cleaned(text: str) -> kz.Document:
    return kz.clean(kz.RawDocument("үлгі", "үлгі.txt", "", "utf-8", text))


ASKED = {
    "frequencies": lambda c: c.frequencies(upos="NOUN"),
    "keywords": lambda c: c.keywords("дәріс:1", min_count=1),
    "keywords of all": lambda c: c.keywords(min_count=1, top=2),
    "collocates": lambda c: c.collocates("сот", min_count=1, stop_words=False),
    "network": lambda c: c.network("сот", min_count=1),
    "ngrams": lambda c: c.ngrams(min_count=1),
    "terms": lambda c: c.terms(min_count=1),
    "each": lambda c: c.each(top=2, upos=("NOUN", "PROPN")),
    "across": lambda c: c.across(top=3),
    "dispersion": lambda c: c.dispersion("сот", "партия"),
    "trend": lambda c: c.trend("сот", "жоқ"),
    "growth": lambda c: c.vocabulary(view="growth"),
    "composition": lambda c: c.composition("genre"),
    "concordance": lambda c: c.concordance("сот"),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_result_is_a_dataframe_that_shows_and_draws_itself(corpus: Corpus, name: str) -> None:
    pytest.importorskip("matplotlib")
    table = ASKED[name](corpus)
    assert isinstance(table, pd.DataFrame) and len(table)
    shown = table._repr_html_()
    assert shown.startswith("<div>") and "<table" in shown
    assert table.plot().svg().startswith("<?xml")
    part = table.head(1)
    assert isinstance(part, ResultTable) and part.plot() is not None
    pd.testing.assert_frame_equal(pd.DataFrame(pickle.loads(pickle.dumps(table))), pd.DataFrame(table))


def test_all_that_pandas_can_do_still_works(corpus: Corpus) -> None:
    pytest.importorskip("matplotlib")
    table = corpus.frequencies()
    grouped = table.groupby("upos")["count"].sum()
    assert grouped.sum() == table["count"].sum() and not isinstance(grouped, pd.DataFrame)
    assert type(table.plot.barh(x="lemma", y="count")).__name__ == "Axes"
    assert type(table.plot(x="lemma", y="count")).__name__ == "Axes"
    assert list(table.merge(table[["lemma"]], on="lemma").columns) == list(table.columns)


def test_nothing_of_a_text_becomes_markup(corpus: Corpus) -> None:
    nasty = as_result(pd.DataFrame({"term": ["<script>", "a&b"], "count": [1, 2]}), "keywords", "<img src=x>")
    assert "<script>" not in nasty._repr_html_() and "<img" not in nasty._repr_html_()
    for shown in (
        corpus.concordance("ашық")._repr_html_(),
        cleaned("Сот <b>ашық</b>.")._repr_html_(),
        kz.explain("<b>Бiлiк</b>")._repr_html_(),
    ):
        assert "<b>" not in shown


def test_documents_and_explanations_show_raw_beside_clean(corpus: Corpus) -> None:
    shown = kz.explain("Бiлiк пен ӛмір")._repr_html_()
    assert "<del" in shown and ">ӛ</del>" in shown and ">ө</ins>" in shown and "Білік пен өмір" in shown
    shown = cleaned("Ӛмір ҧзақ болады.\n\nЕкінші абзац осында тұр.")._repr_html_()
    assert "raw" in shown and "clean" in shown and "Өмір ұзақ болады." in shown
    assert "дәріс" in corpus._repr_html_() and "2 documents" in corpus._repr_html_()


def test_a_trend_names_what_it_is_of(corpus: Corpus) -> None:
    table = corpus.trend("СОТ", "жоқ")
    words = corpus.composition("year").set_index("year")["words"]
    assert table["term"].tolist() == ["СОТ"] * 2 + ["жоқ"] * 2 and table["year"].tolist() == [1995, 2015] * 2
    assert table["words"].tolist() == [words["1995"], words["2015"]] * 2 and table["count"].tolist()[2:] == [0, 0]


def test_a_line_is_ready_to_be_cited(corpus: Corpus) -> None:
    table = corpus.concordance("сот")
    cited = dict(zip(table["document"], table["citation"], strict=True))
    assert cited == {"дәріс": "Ә. Серік, «Саяси билік» (1995), «Сот билігі»", "сот": "«Сот» (2015)"}


def test_hits_are_spread_over_metadata_kinds_and_pages_as_in_pandas(corpus: Corpus) -> None:
    lines = corpus.concordance("сот")
    table = corpus.hit_frequencies("сот", by="genre").set_index("genre")
    by_document = lines.groupby("document").size()
    assert table["count"].to_dict() == {"оқулық": by_document["дәріс"], "(none)": by_document["сот"]}
    words = corpus.words
    words = words[words["form"].str.contains(r"\w")].groupby("doc_id").size()
    assert table.loc["оқулық", "words"] == words["дәріс"]
    assert table.loc["оқулық", "per_million"] == pytest.approx(by_document["дәріс"] / words["дәріс"] * 1e6, abs=0.01)
    kinds = corpus.hit_frequencies("сот", by="kind").set_index("kind")["count"]
    blocks = corpus.blocks.set_index(["doc_id", "block_id"])["kind"]
    plain = pd.Series([blocks[key] for key in zip(lines["document"], lines["block_id"], strict=True)]).value_counts()
    assert kinds.to_dict() == plain.to_dict()
    assert corpus.hit_frequencies("сот", by="page")["count"].sum() == len(lines)


def test_categories_come_back_and_moved_ones_are_said(corpus: Corpus, tmp_path: Path) -> None:
    from kz_textkit.corpus.categories import hits_by_category, read_categories, with_categories

    lines = pd.DataFrame(corpus.concordance("сот"))
    filled = lines.assign(category=["мекеме", *[""] * (len(lines) - 2), "үкім"])
    for suffix, write in ((".csv", pd.DataFrame.to_csv), (".xlsx", pd.DataFrame.to_excel)):
        path = tmp_path / f"жол{suffix}"
        write(filled, path, index=False)
        back = with_categories(lines, read_categories(path))
        assert back["category"].tolist() == filled["category"].tolist() and back.attrs["moved"] == 0
        assert dict(hits_by_category(back)[["category", "count"]].values.tolist()) == {"(none)": len(lines) - 2, "мекеме": 1, "үкім": 1}
    assert with_categories(lines.assign(node="басқа"), read_categories(path)).attrs["moved"] == 2
    (tmp_path / "бос.csv").write_text("a,b\n1,2\n", "utf-8")
    for name in ("бос.csv", "absent.csv", "жол.txt"):
        with pytest.raises(kz.UsageError) as error:
            read_categories(tmp_path / name)
        assert "\n" not in str(error.value)
