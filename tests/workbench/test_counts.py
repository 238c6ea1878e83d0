"""Pages of counts show what the library counts, sorted, searched, drawn and taken along."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.workbench.rendering import COUNT_PAGES

ASKED = {
    "frequency": {"parts": "lecture"},
    "keywords": {"document": "su_zhane_dala"},
    "collocations": {"node": "су", "min_count": "1"},
    "ngrams": {"min_count": "2"},
    "vocabulary": {"view": "growth"},
    "dispersion": {"terms": "су, дала", "parts": "section"},
}


@pytest.mark.parametrize("name", COUNT_PAGES)
def test_every_page_has_its_form_its_table_and_its_plot(client: TestClient, name: str) -> None:
    assert client.get(f"/{name}").status_code == 200
    page = client.get(f"/{name}", params=ASKED[name]).text
    assert page.count("<tr>") > 3
    source = re.search(r'class="plot-image" src="([^"]+)"', page)
    assert source is not None
    picture = client.get(source[1].replace("&amp;", "&"))
    assert picture.headers["content-type"].startswith("image/svg+xml") and "<svg" in picture.text


@pytest.mark.parametrize("name", COUNT_PAGES)
def test_what_is_asked_stays_text(client: TestClient, name: str) -> None:
    attack = '"><script>alert(1)</script>'
    names = ("by", "measure", "matching", "upos", "document", "b_where", "node", "terms", "parts", "view", "in")
    looks = dict.fromkeys(("find", "sort", "page", "down"), attack)
    for asked in ({**ASKED[name], **looks}, dict.fromkeys((*names, *looks), attack)):
        answer = client.get(f"/{name}", params=asked)
        assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_frequencies_are_those_of_the_library(client: TestClient, made: Path) -> None:
    corpus = kz.Corpus(made / "clean")
    table = corpus.frequencies(by="form")
    page = client.get("/frequency", params={"by": "form", "sent": "1", "stop": "on"}).text
    shown = re.findall(r'<td class="term" lang="kk"><a href="[^"]*">([^<]+)</a>', page)
    assert shown == table["form"].head(50).tolist()


def test_a_table_is_sorted_and_searched(client: TestClient) -> None:
    page = client.get("/frequency", params={"by": "form", "sort": "form", "find": "дал", "sent": "1", "stop": "on"}).text
    shown = re.findall(r'<td class="term" lang="kk"><a href="[^"]*">([^<]+)</a>', page)
    assert shown and all("дал" in form.lower() for form in shown)
    assert 'aria-sort="ascending"' in page


def test_any_part_is_compared_with_any_other(client: TestClient) -> None:
    page = client.get("/keywords", params={"document": "su_zhane_dala", "b_document": "alma_bagy"}).text
    assert "su_zhane_dala" in page and "alma_bagy" in page and 'class="number"' in page
    error = client.get("/keywords", params={"b_document": "alma_bagy"}).text
    assert 'role="alert"' in error


def test_tables_are_taken_along(client: TestClient) -> None:
    answer = client.get("/ngrams", params={**ASKED["ngrams"], "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert next(iter(book["kz-textkit"].values))[0] == "ngram" and "about" in book.sheetnames
    assert client.get("/frequency", params={"format": "csv"}).content.startswith(b"\xef\xbb\xbf")
    svg = client.get("/plots/frequency.svg", params={"download": "1"})
    assert "attachment" in svg.headers["content-disposition"]
    assert client.get("/plots/nothing.svg").status_code == 404
    assert client.get("/plots/dispersion.svg", params={"terms": " , "}).status_code == 404
