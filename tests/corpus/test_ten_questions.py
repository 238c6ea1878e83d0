"""The ten questions of a corpus linguist (docs/guides/ten-questions.md): one line each, equal to a plain pandas computation."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus
from kz_textkit.pipeline.batch import run
from repository import RAW

DOC, OTHER = "su_zhane_dala", "atamnyn_qorzhyny"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("questions")
    for name in (DOC, OTHER):
        (folder / f"{name}.txt").write_bytes((RAW / f"{name}.txt").read_bytes())
    run(folder, folder / "corpus")
    return Corpus(folder / "corpus")


@pytest.fixture(scope="module")
def words(corpus: Corpus) -> pd.DataFrame:
    """The counted words with the lecture of each, by pandas alone."""
    words = corpus.words
    words = words[words["form"].str.contains(r"[^\W_]", regex=True)].reset_index(drop=True)
    parents = corpus.sections.set_index(["doc_id", "section_id"])["parent_id"].to_dict()

    def top(doc_id: str, section_id: str) -> str:
        while isinstance(above := parents[doc_id, section_id], str):
            section_id = above
        return section_id

    lectures = [top(*key) for key in zip(words["doc_id"], words["section_id"], strict=True)]
    return words.assign(lecture=words["doc_id"] + ":" + pd.Series(lectures), term=words["lemma"])


def ask(corpus: Corpus, command: str, *arguments: object) -> None:
    result = CliRunner().invoke(app, [command, str(corpus.path), *map(str, arguments)])
    assert result.exit_code == 0, result.output


def test_1_nouns_of_each_lecture(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.each(upos="NOUN", top=5)
    plain = words[words["upos"] == "NOUN"].groupby(["lecture", "term"]).size()
    assert len(table)
    for row in table.itertuples():
        assert row.count == plain[f"{row.doc_id}:{row.section_id}", row.term]
    firsts = table[table["rank"] == 1]
    assert firsts["count"].tolist() == [plain[f"{r.doc_id}:{r.section_id}"].max() for r in firsts.itertuples()]
    ask(corpus, "freq", "--each", "--upos", "NOUN", "--top", 5)


def test_2_keywords_of_a_part(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.keywords(f"{DOC}:1").set_index("term")
    section = corpus.sections.query("doc_id == @DOC and number == '1' and level == 1").iloc[0]["section_id"]
    here = words[words["lecture"] == f"{DOC}:{section}"]
    a, b, c, d = here["term"].value_counts(), words["term"].value_counts(), len(here), len(words) - len(here)
    for term, row in table.head(10).iterrows():
        one, other = a[term], b[term] - a[term]
        e1, e2 = c * (one + other) / (c + d), d * (one + other) / (c + d)
        g2 = 2 * (one * math.log(one / e1) + (other * math.log(other / e2) if other else 0))
        assert row["log_likelihood"] == pytest.approx(g2)
    ask(corpus, "keywords", "--section", f"{DOC}:1")


def test_3_collocates_within_four(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.collocates("су", window=(4, 4), min_count=1).set_index("collocate")
    together: dict[str, int] = {}
    for _, sentence in words.groupby(["doc_id", "block_id", "sentence_id"], sort=False):
        terms = sentence["term"].tolist()
        for i, term in enumerate(terms):
            if term != "су" and "су" in terms[max(0, i - 4) : i + 5]:
                together[term] = together.get(term, 0) + 1
    assert table["together"].to_dict() == together
    ask(corpus, "collocates", "су", "--left", 4, "--right", 4)


def test_4_uses_of_a_word_by_kind_and_page(corpus: Corpus) -> None:
    tokens = corpus.tokens.merge(corpus.blocks[["doc_id", "block_id", "kind", "page"]], on=["doc_id", "block_id"])
    tokens = tokens[(tokens["lemma"].str.lower() == "су") | (tokens["form"].str.lower() == "су")]
    tokens = tokens[~tokens["kind"].isin(["toc_entry", "code"])]
    by_kind = corpus.hit_frequencies("су", by="kind").set_index("kind")["count"]
    assert by_kind.to_dict() == tokens["kind"].value_counts().to_dict()
    by_page = corpus.hit_frequencies("су", by="page")
    assert by_page["count"].tolist() == tokens.groupby(["doc_id", "page"], sort=False, dropna=False).size().tolist()
    for by in ("kind", "page"):
        ask(corpus, "concordance", "су", "--by", by)


def test_5_genitive_compounds_by_cql(corpus: Corpus) -> None:
    query = '[feats="Case=Gen"] [feats="Person[psor]=3"]'
    found = corpus.concordance(query, limit=None)
    tokens = corpus.tokens
    kinds = corpus.blocks.set_index(["doc_id", "block_id"])["kind"]
    kept = [kinds[key] not in ("toc_entry", "code") for key in zip(tokens["doc_id"], tokens["block_id"], strict=True)]
    tokens = tokens[kept].reset_index(drop=True)
    after = tokens.shift(-1)
    features = tokens["feats"].str.split("|"), after["feats"].fillna("").str.split("|")
    is_pair = features[0].map(lambda f: "Case=Gen" in f) & features[1].map(lambda f: "Person[psor]=3" in f)
    is_pair &= (tokens["doc_id"] == after["doc_id"]) & (tokens["block_id"] == after["block_id"])
    plain = tokens.loc[is_pair, ["doc_id", "token_id"]]
    # A match that begins inside another is none: three such words in a row are one match.
    lines = set(zip(found["document"], found["token_id"], strict=True))
    pairs = list(plain.itertuples(index=False, name=None))
    assert (
        lines
        and lines <= set(pairs)
        and len(pairs) - len(lines) <= sum(1 for a, b in zip(plain.index, plain.index[1:], strict=False) if b - a == 1)
    )
    ask(corpus, "concordance", query)


def test_6_growth_of_the_vocabulary(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.vocabulary(view="growth")
    terms = words["term"].tolist()
    for row in table.iloc[:: max(len(table) // 7, 1)].itertuples():
        assert row.types == len(set(terms[: row.tokens]))
    ask(corpus, "vocabulary", "--show", "growth")


def test_7_terms_of_one_lecture_only(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.each(alone=True, top=0)
    lectures = words.groupby("term")["lecture"].nunique()
    plain = words[words["term"].map(lectures) == 1].groupby(["lecture", "term"]).size()
    found = {(f"{row.doc_id}:{row.section_id}", row.term): row.count for row in table.itertuples()}
    assert found == plain.to_dict()
    ask(corpus, "freq", "--alone", "--no-stop-words", "--top", 5)


def test_8_two_documents_compared(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.keywords(DOC, OTHER).set_index("term")
    a, b = (words.loc[words["doc_id"] == doc_id, "term"].value_counts() for doc_id in (DOC, OTHER))
    for term, row in table.head(10).iterrows():
        ratio = (a[term] / a.sum()) / ((b.get(term, 0) or 0.5) / b.sum())
        assert row["count"] == a[term] and row["reference_count"] == b.get(term, 0)
        assert row["log_ratio"] == pytest.approx(math.log2(ratio))
    ask(corpus, "keywords", "--document", DOC, "--against", OTHER)


def test_9_dispersion(corpus: Corpus, words: pd.DataFrame) -> None:
    table = corpus.dispersion("су")
    sizes, counts = words.groupby("lecture", sort=False).size(), words[words["term"] == "су"].groupby("lecture").size()
    shares, of_term = sizes / len(words), counts.reindex(sizes.index, fill_value=0) / counts.sum()
    assert table["words"].tolist() == sizes.tolist()
    assert table["count"].tolist() == counts.reindex(sizes.index, fill_value=0).tolist()
    assert table.attrs["dp"]["су"] == pytest.approx((shares - of_term).abs().sum() / 2, abs=1e-4)
    ask(corpus, "dispersion", "су")


def test_10_citation_into_excel(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "су.xlsx"
    ask(corpus, "concordance", "су", "-o", path)
    sheet = load_workbook(path)["kz-textkit"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
    table = corpus.concordance("су", context=12)
    heads = [cell.value for cell in sheet[1]]
    for name in ("left", "node", "right", "citation"):
        assert [row[heads.index(name)] for row in rows] == table[name].tolist()
    titles = corpus.documents.set_index("doc_id")["title"]
    assert all(titles[row.document] in row.citation for row in table.itertuples())
