"""The first page, and what is the same on all pages."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.errors import UsageError
from kz_textkit.workbench.messages import LANGUAGES, workbench_messages
from kz_textkit.workbench.workspace import folders_of


def test_every_message_stands_in_every_language_with_the_same_values() -> None:
    tables = [workbench_messages(language).table for language in LANGUAGES]
    for key in tables[0]:
        texts = [table[key] for table in tables]
        assert all(text and text == text.strip() for text in texts), key
        assert len({frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in texts}) == 1, key


def test_the_overview_names_documents_counts_and_changes(client: TestClient, made: Path) -> None:
    page = client.get("/").text
    corpus = kz.Corpus(made / "clean")
    assert f"{len(corpus.tokens):,}" in client.get("/", headers={"accept-language": "en"}).text
    for source in corpus.documents["source"]:
        assert source in page
    assert "Мұндай" not in page and 'lang="kk"' in page


def test_documents_are_found_by_what_is_known_of_them(client: TestClient) -> None:
    page = client.get("/", params={"find": "ALMA_BAGY"}).text
    assert "alma_bagy.pdf" in page and "su_zhane_dala.txt" not in page
    assert "su_zhane_dala.txt" not in client.get("/", params={"find": "жоқ мұндай"}).text


def test_text_of_documents_stays_text(client: TestClient) -> None:
    page = client.get("/").text
    document = client.get("/documents/қатер").text
    assert "<script>alert" not in page + document and "&lt;script&gt;alert" in document
    hostile = client.get("/", params={"find": '"><script>alert(9)</script>'}).text
    assert "<script>alert(9)" not in hostile


def test_the_language_is_the_chosen_one_or_that_of_the_browser(client: TestClient) -> None:
    for wanted, said in (("ru-RU,en;q=0.5", "Обзор"), ("kk", "Шолу"), ("de,en", "Overview"), ("", "Шолу")):
        assert said in client.get("/", headers={"accept-language": wanted}).text


def test_a_page_that_is_not_there_says_so(client: TestClient) -> None:
    answer = client.get("/жоқ", headers={"accept-language": "en"})
    assert answer.status_code == 404 and "There is no such page." in answer.text


def test_the_folder_that_is_named_says_where_everything_is(tmp_path: Path, made: Path) -> None:
    assert folders_of(made) == folders_of(made / "clean")
    assert folders_of(made).sources == made / "raw"
    (tmp_path / "дәрістер").mkdir()
    found = folders_of(tmp_path / "дәрістер")
    assert (found.sources.name, found.corpus.name) == ("дәрістер", "дәрістер-corpus")
    with pytest.raises(UsageError, match="no such folder"):
        folders_of(tmp_path / "жоқ")
    result = CliRunner().invoke(app, ["open", str(tmp_path / "жоқ")])
    assert result.exit_code == 2 and result.output.count("\n") == 1
