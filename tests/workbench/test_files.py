"""Files come in by form and go through a run; settings and metadata are written where the command line reads them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.corpus.lock import Lock
from kz_textkit.settings import Limits, Settings, load_settings
from kz_textkit.workbench.settings_file import settings_toml, write_settings
from workbench_client import ORIGIN, open_client

TEXT = "Көктем келді. Қар еріп, жылға ақты. Бала қуанды.\n".encode()


def wait_for_run(client: TestClient) -> str:
    """What the page says at the end of the run."""
    for _ in range(600):
        said = client.get("/files/progress", headers={"accept-language": "en"}).text
        if "hx-get" not in said:
            return said
        time.sleep(0.1)
    raise AssertionError("the run does not end")


@pytest.mark.slow
def test_a_folder_of_texts_becomes_a_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "мәтіндер"
    folder.mkdir()
    client = open_client(folder)
    assert str(client.get("/", follow_redirects=False).headers["location"]) == "/files"
    files = [("files", ("көктем.txt", TEXT, "text/plain")), ("files", ("бос.txt", b"", "text/plain"))]
    answer = client.post("/files/upload", files=files, data={"run": "on"}, headers={"origin": ORIGIN})
    assert answer.status_code == 200 and (folder / "көктем.txt").read_bytes() == TEXT
    said = wait_for_run(client)
    assert "Done: documents 1" in said and "бос.txt" in said
    assert [entry.doc_id for entry in kz.Corpus(tmp_path / "мәтіндер-corpus").manifest.documents] == ["көктем"]
    assert client.get("/documents/көктем").status_code == 200
    listed = client.get("/files", headers={"accept-language": "en"}).text
    assert "in the corpus" in listed and "failed" in listed


@pytest.mark.parametrize("name", ["../../қашқын.txt", "C:\\temp\\қашқын.txt", "/etc/қашқын.txt"])
def test_a_file_stays_in_the_folder_whatever_its_name(post: Callable[..., Any], own: Path, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.rglob("*қашқын*"))
    assert post("/files/upload", files=[("files", (name, TEXT, "text/plain"))]).status_code == 200
    assert set(tmp_path.rglob("*қашқын*")) - before == {own / "raw" / "қашқын.txt"}


@pytest.mark.parametrize("name", ["corrections.jsonl", "KZ-Textkit.toml", "a.exe", "a", ".hidden", "a.txt.exe"])
def test_what_is_no_text_is_refused(post: Callable[..., Any], own: Path, name: str) -> None:
    before = sorted((own / "raw").iterdir())
    assert post("/files/upload", files=[("files", (name, TEXT, "text/plain"))]).status_code == 400
    assert sorted((own / "raw").iterdir()) == before


def test_a_file_of_the_same_name_is_kept_beside_it_unless_it_is_to_be_replaced(post: Callable[..., Any], own: Path) -> None:
    files = [("files", ("su_zhane_dala.txt", TEXT, "text/plain"))]
    post("/files/upload", files=files)
    assert (own / "raw" / "su_zhane_dala-2.txt").read_bytes() == TEXT
    assert (own / "raw" / "su_zhane_dala.txt").read_bytes() != TEXT
    post("/files/upload", files=files, data={"replace": "on"})
    assert (own / "raw" / "su_zhane_dala.txt").read_bytes() == TEXT


def test_an_upload_is_not_larger_than_the_settings_allow(own: Path) -> None:
    (own / "raw" / "kz-textkit.toml").write_text("[limits]\nfile_mb = 1\n", "utf-8")
    client = open_client(own)
    files = [("files", ("үлкен.txt", b"a" * 1_200_000, "text/plain"))]
    assert client.post("/files/upload", files=files, headers={"origin": ORIGIN}).status_code == 413
    assert not (own / "raw" / "үлкен.txt").exists()


@pytest.mark.slow
def test_a_run_beside_another_is_told(changing: TestClient, own: Path) -> None:
    lock = Lock(own / ".clean.lock", str(own / "clean"))
    try:
        changing.post("/files/run", headers={"origin": ORIGIN})
        assert "another run is writing" in wait_for_run(changing)
    finally:
        lock.release()
    assert kz.verify(own / "clean").ok


def test_a_folder_is_named(post: Callable[..., Any], changing: TestClient, own: Path, tmp_path: Path) -> None:
    (tmp_path / "басқа").mkdir()
    (tmp_path / "басқа" / "көктем.txt").write_bytes(TEXT)
    assert post("/files/folder", data={"folder": str(tmp_path / "басқа")}).status_code == 200
    assert "көктем.txt" in changing.get("/files").text
    for wrong in ("", str(tmp_path / "жоқ"), str(own / "clean"), "\0"):
        assert post("/files/folder", data={"folder": wrong}).status_code == 400


def test_settings_are_written_as_the_command_line_reads_them(post: Callable[..., Any], own: Path) -> None:
    form = {"rule": ["legacy_letter", "homoglyph"], "restore_letters": "on", "count_languages": "kk, ru", "limit-pages": "7"}
    assert post("/settings/save", data=form).status_code == 200
    found = load_settings(own / "raw" / "kz-textkit.toml")
    assert found.restore_letters and not found.ocr and found.count_languages == {"kk", "ru"} and found.limits.pages == 7
    assert "spacing" in found.rules_off and "legacy_letter" not in found.rules_off
    assert post("/settings/save", data={"limit-pages": "0"}).status_code == 400


def test_the_effect_of_settings_is_shown_before_they_are_saved(post: Callable[..., Any], own: Path) -> None:
    text = "Ҥкіметтің  ӛз калалық бағдарламасы"
    said = post("/settings/sample", data={"text": text, "rule": ["spacing"], "apply": "missing_letter"}).text
    assert "No longer" in said and "Letters of misbuilt fonts" in said
    assert not (own / "raw" / "kz-textkit.toml").exists()


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(encoding='kz"1048\\', apply_suggestions=frozenset({"missing_letter"}), ocr=False),
        Settings(
            rules_off=frozenset({"spacing", "symbol"}), limits=Limits(query_seconds=2.5, pages=9), count_languages=frozenset({"ru"})
        ),
    ],
)
def test_written_settings_are_the_same_when_they_are_read(tmp_path: Path, settings: Settings) -> None:
    write_settings(settings, tmp_path)
    assert load_settings(tmp_path / "kz-textkit.toml") == settings
    assert settings_toml(Settings(), tmp_path).strip() == ""


def test_metadata_is_written_by_cell_and_by_column(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    assert post("/metadata/save", data={"new_column": "жанр"}).status_code == 200
    page = changing.get("/metadata").text
    rows = re.findall(r'name="file-(\d+)" value="([^"]+)"', page)
    form: dict[str, Any] = {"column": ["жанр"], "row": [n for n, _ in rows]}
    form |= {f"file-{n}": name for n, name in rows} | {f"cell-{n}-0": "=1+1" if name.endswith(".pdf") else "оқулық" for n, name in rows}
    post("/metadata/save", data=form)
    kz.run(own / "raw", own / "clean", workers=1)
    said = kz.Corpus(own / "clean").composition("жанр")
    assert "оқулық" in said["жанр"].tolist() and said["documents"].sum() == len(rows)
    assert "оқулық" in changing.get("/metadata").text


def test_hostile_names_and_values_stay_text(post: Callable[..., Any], changing: TestClient, own: Path) -> None:
    attack = '"><script>alert(1)</script>'
    (own / "raw" / "<img src=x onerror=alert(1)>.txt").write_bytes(TEXT)
    post("/metadata/save", data={"new_column": attack})
    for path in ("/files", "/metadata", "/settings"):
        page = changing.get(path).text
        assert "<script>alert" not in page and "<img" not in page, path
    assert "<script>alert" not in post("/settings/sample", data={"text": attack}).text
