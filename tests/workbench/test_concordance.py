"""The concordance of the workbench: queries, errors that point, lines that lead to their page, subcorpora."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.corpus.categories import read_categories
from kz_textkit.corpus.subcorpora import saved_subcorpora
from kz_textkit.workbench.workspace import Workspace, folders_of


def test_lines_lead_to_their_place(client: TestClient, made: Path) -> None:
    found = kz.Corpus(made / "clean").concordance("дала", limit=50)
    page = client.get("/concordance", params={"q": "дала"}, headers={"accept-language": "en"}).text
    assert f"{found.attrs['hits']:,} hits" in page
    links = re.findall(r'<td class="node" lang="kk"><a href="([^"#]+)#r-([^"]+)"', page)
    assert [block for _, block in links] == found["block_id"].tolist()
    assert f'id="r-{links[0][1]}"' in client.get(links[0][0].replace("&amp;", "&")).text


def test_a_wrong_query_points_at_the_place(client: TestClient) -> None:
    page = client.get("/concordance", params={"q": '[lemma="су" & ]'}).text
    assert 'role="alert"' in page and "<mark>]</mark>" in page
    assert client.get("/concordance", params={"q": "су", "where": "жыл ="}).status_code == 200


def test_pages_sorting_parts_and_samples(client: TestClient, made: Path) -> None:
    corpus = kz.Corpus(made / "clean")
    total = corpus.concordance("[]").attrs["hits"]
    page = client.get("/concordance", params={"q": "[]", "page": "2", "sort": "1R"}, headers={"accept-language": "en"}).text
    assert page.count('<td class="node"') == 50 and f"51–100 of {total:,}" in page
    part = client.get("/concordance", params={"q": "[]", "document": "su_zhane_dala", "sample": "7"}).text
    assert part.count('<td class="node"') == 7 and "alma_bagy" not in re.sub("<option[^>]*>", "", part)


def test_a_query_without_hits_says_what_may_have_been_meant(client: TestClient) -> None:
    assert "[lemma=" in client.get("/concordance", params={"q": '"далла"'}).text


def test_the_lines_are_taken_along(client: TestClient) -> None:
    answer = client.get("/concordance", params={"q": "дала", "format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content))["kz-textkit"].values)
    assert rows[0][:3] == ("left", "node", "right") and len(rows) > 2
    assert "attachment" in answer.headers["content-disposition"]


def test_how_hits_are_spread(client: TestClient, made: Path) -> None:
    table = kz.Corpus(made / "clean").hit_frequencies("дала", by="document")
    page = client.get("/concordance/spread", params={"q": "дала", "by": "document"}).text
    assert all(name in page for name in table["document"])
    assert "<html" not in client.get("/concordance/spread", params={"q": "дала"}, headers={"hx-request": "true"}).text


def test_a_part_is_kept_under_a_name(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    assert post("/concordance/save", data={"q": "дала", "name": "дала туралы", "what": "hits"}).status_code == 200
    saved = saved_subcorpora(own / "clean")["дала туралы"]
    assert "su_zhane_dala" in saved.documents
    assert "дала туралы" in changing.get("/concordance", params={"q": "су", "in": "дала туралы"}).text
    assert post("/concordance/save", data={"q": "дала", "name": "дала туралы", "what": "hits"}).status_code == 400
    assert post("/subcorpora/remove", data={"name": "дала туралы"}, follow_redirects=False).status_code == 303
    assert saved_subcorpora(own / "clean") == {}


def test_a_query_that_takes_too_long_is_ended(changing: TestClient, own: Path) -> None:
    (own / "raw" / "kz-textkit.toml").write_text("[limits]\nquery_seconds = 0.000001\n", "utf-8")
    page = changing.get("/concordance", params={"q": '[form!="а"]{1,20} [upos="VERB"]'}).text
    assert "takes longer than" in page


def test_what_is_asked_stays_text(client: TestClient) -> None:
    for name in ("q", "sort", "document", "where", "in", "section", "kind", "sample", "context", "seed", "page"):
        answer = client.get("/concordance", params={"q": "дала", name: '"><script>alert(1)</script>'})
        assert "<script>alert" not in answer.text, name


def test_a_corpus_that_was_written_anew_is_read_anew(own: Path) -> None:
    workspace = Workspace(folders_of(own))
    before = workspace.corpus
    assert workspace.corpus is before
    documents = len(before.manifest.documents)
    (own / "raw" / "жаңа.txt").write_text("Көктем келді. Қар еріп, жылға ақты.\n", "utf-8")
    kz.run(own / "raw", own / "clean", workers=1)
    assert len(workspace.corpus.manifest.documents) == documents + 1


def test_lines_are_categorised_filtered_counted_and_taken_along(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    page = changing.get("/concordance", params={"q": "дала", "names": "жер, ауыспалы", "categorise": "on"}).text
    assert '<select name="category-0"' in page and "жер" in page
    lines = kz.Corpus(own / "clean").concordance("дала", limit=3).to_dict("records")
    sent: dict[str, Any] = {"q": "дала", "line": ["0", "1"]}
    for number, line in enumerate(lines[:2]):
        sent |= {f"document-{number}": line["document"], f"token-{number}": line["token_id"], f"node-{number}": line["node"]}
        sent[f"category-{number}"] = "жер" if number == 0 else "ауыспалы"
    assert post("/concordance/categorise", data=sent).status_code == 200
    # The command line reads the same table.
    kept = read_categories(own / "categories.csv")
    assert kept["category"].tolist() == ["жер", "ауыспалы"]
    some = changing.get("/concordance", params={"q": "дала", "category": "жер"}).text
    assert some.count('<td class="node"') == 1
    spread = changing.get("/concordance/spread", params={"q": "дала", "by": "category"}).text
    assert "жер" in spread and "ауыспалы" in spread
    table = changing.get("/concordance", params={"q": "дала", "format": "csv"}).content.decode("utf-8-sig")
    assert "category" in table.splitlines()[0] and "ауыспалы" in table
    # Of another query the line has none, and it is taken away again.
    assert "ауыспалы" not in changing.get("/concordance", params={"q": "[]", "format": "csv"}).text
    assert post("/concordance/categorise", data={**sent, "line": ["0"], "category-0": ""}).status_code == 200
    assert read_categories(own / "categories.csv")["category"].tolist() == ["ауыспалы"]


def test_hits_are_spread_over_metadata(dated: TestClient) -> None:
    page = dated.get("/concordance/spread", params={"q": "кітап", "by": "year"}).text
    assert "2019" in page and "2021" in page
    lead = re.search(r'href="(/concordance\?[^"]*where=[^"]*)"', page)
    assert lead is not None
    assert 0 < dated.get(lead[1].replace("&amp;", "&")).text.count('<td class="node"') < 8


def test_the_first_page_need_not_wait_for_the_number_of_hits(client: TestClient, made: Path) -> None:
    hits = kz.Corpus(made / "clean").concordance("[]").attrs["hits"]
    part = client.get("/concordance/count", params={"q": "[]"}, headers={"hx-request": "true", "accept-language": "en"}).text
    assert f"{hits:,} hits" in part and "<html" not in part
