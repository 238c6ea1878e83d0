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
    "sketches": {"word": "кітап", "min_count": "1"},
    "trends": {"terms": "кітап, оқушы"},
}


@pytest.mark.parametrize("name", COUNT_PAGES)
def test_every_page_has_its_form_its_table_and_its_plot(client: TestClient, dated: TestClient, name: str) -> None:
    assert client.get(f"/{name}").status_code == 200
    client = dated if name in ("sketches", "trends") else client
    page = client.get(f"/{name}", params=ASKED[name]).text
    assert page.count("<tr>") > 3
    source = re.search(r'(?:src|href)="(/plots/[^"]+)"', page)
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


def test_a_page_says_what_the_corpus_lacks_and_where_it_is_had(client: TestClient) -> None:
    sketch = client.get("/sketches", params={"word": "су"}).text
    assert "--syntax" in sketch and 'href="/settings"' in sketch and 'role="alert"' not in sketch
    assert 'href="/metadata"' in client.get("/trends").text


def test_a_sketch_groups_collocates_by_relation(dated: TestClient) -> None:
    page = dated.get("/sketches", params={"word": "кітап", "min_count": "1"}, headers={"accept-language": "en"}).text
    assert "what is done to it" in page and ">оқы<" in page
    only = dated.get("/sketches", params={"word": "кітап", "min_count": "1", "relation": "amod"}).text
    assert "what is done to it" not in only


def test_words_of_a_network_lead_to_their_lines(client: TestClient) -> None:
    for network in ("", "on"):
        page = client.get("/collocations", params={"node": "су", "min_count": "1", "network": network, "sent": "1"}).text
        leads = re.findall(r'<a href="(/concordance[^"]+)" class="ring1"', page)
        assert leads
        assert '<td class="node"' in client.get(leads[0].replace("&amp;", "&")).text
