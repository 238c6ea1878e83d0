"""Words that the dictionary has not: added with their paradigm, or corrected; the next run knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.workbench.views.words import in_capitals_of
from workbench_client import open_client

TEXT = """Зерделеуіш туралы сөз

Біздің зерделеуіштер жақсы жұмыс істейді. Жаңа зерделеуішті кеше алдық. Зерделеуіш үйде тұр.
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "құрал.txt").write_text(TEXT, "utf-8")
    kz.run(tmp_path / "raw", tmp_path / "clean", workers=1)
    return tmp_path


def send(client: TestClient, path: str, data: dict[str, str]) -> Any:
    return client.post(path, data=data, headers={"origin": "http://127.0.0.1:8765", "accept-language": "en"})


def test_unknown_words_are_listed_with_their_lines(small: Path) -> None:
    client = open_client(small)
    assert "зерделеуіштер" in client.get("/words").text
    panel = client.get("/words/word", params={"form": "зерделеуіштер"}).text
    assert "жақсы жұмыс істейді" in panel and "/documents/" in panel


@pytest.mark.slow
def test_the_paradigm_is_shown_before_a_word_is_added(small: Path) -> None:
    client = open_client(small)
    asked = {"lemma": "зерделеуіш", "upos": "NOUN", "kind": "", "form": "зерделеуіштер"}
    page = client.get("/words/paradigm", params=asked, headers={"accept-language": "en"}).text
    assert "зерделеуіштің" in page and "It explains" in page
    other = client.get("/words/paradigm", params={**asked, "lemma": "зер"}, headers={"accept-language": "en"}).text
    assert "still not explained" in other


def test_an_added_word_is_known_to_the_next_run(small: Path) -> None:
    client = open_client(small)
    assert send(client, "/words/add", {"lemma": "зерделеуіш", "upos": "NOUN", "kind": ""}).status_code == 200
    assert (small / "words.tsv").read_text("utf-8") == "зерделеуіш\tNOUN\n"
    assert "зерделеуіштер" not in client.get("/words").text.split("</table>")[0]
    kz.run(small / "raw", small / "clean", workers=1)
    tokens = kz.Corpus(small / "clean").tokens
    assert set(tokens[tokens["form"].str.lower().str.startswith("зерделеуіш")]["lemma"]) == {"зерделеуіш"}
    # A second one goes into the same file, and the settings name it once.
    send(client, "/words/add", {"lemma": "Ақселеу", "upos": "PROPN", "kind": "masc"})
    assert (small / "words.tsv").read_text("utf-8").splitlines() == ["зерделеуіш\tNOUN", "Ақселеу\tPROPN\tmasc"]
    assert (small / "raw" / "kz-textkit.toml").read_text("utf-8").count("words.tsv") == 1


def test_what_is_no_word_is_refused(small: Path) -> None:
    client = open_client(small)
    for wrong in ({"lemma": "екі сөз"}, {"lemma": ""}, {"lemma": "сөз", "upos": "ЗАТ"}, {"lemma": "сөз\tX\nтағы"}):
        answer = send(client, "/words/add", {"upos": "NOUN", "kind": "", **wrong})
        assert answer.status_code == 400, wrong
    assert not (small / "words.tsv").exists()


def test_a_misspelled_word_is_corrected_at_all_its_places(small: Path) -> None:
    client = open_client(small)
    assert send(client, "/words/correct", {"form": "зерделеуіш", "right": "зерделегіш"}).status_code == 200
    kz.run(small / "raw", small / "clean", workers=1)
    text = " ".join(kz.Corpus(small / "clean").blocks["text"])
    assert "Зерделегіш үйде" in text and "Зерделегіш туралы" in text and "зерделеуіштер" in text


def test_capitals_are_those_of_the_place() -> None:
    assert [in_capitals_of(like, "қала") for like in ("кала", "Кала", "КАЛА", "К")] == ["қала", "Қала", "ҚАЛА", "Қала"]


def test_what_is_asked_stays_text(changing: TestClient, post: Callable[..., Any]) -> None:
    attack = '"><script>alert(1)</script>'
    for path, name in (("/words", "find"), ("/words/word", "form"), ("/words", "added")):
        assert "<script>alert" not in changing.get(path, params={name: attack}).text
    assert "<script>alert" not in post("/words/add", data={"lemma": attack, "upos": "NOUN"}).text
