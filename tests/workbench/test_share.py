"""What is taken along: formats of others, the report, and pages that need no server."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

import kz_textkit as kz
from kz_textkit.corpus.export import EXPORT_FORMATS, export
from kz_textkit.workbench.static_pages import write_static_pages


def test_every_format_is_offered(client: TestClient) -> None:
    page = client.get("/share").text
    assert all(f"format={name}" in page for name in EXPORT_FORMATS)
    assert client.get("/share/export", params={"format": "жоқ"}).status_code == 400
    assert client.get("/share/report", params={"language": "xx"}).status_code == 404


def test_an_export_is_that_of_the_library(client: TestClient, made: Path) -> None:
    answer = client.get("/share/export", params={"format": "jsonl"})
    stream = io.StringIO()
    export(kz.Corpus(made / "clean"), "jsonl", stream)
    assert answer.text == stream.getvalue()
    assert "attachment" in answer.headers["content-disposition"]


@pytest.fixture(scope="module")
def pages(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "беттер"
    assert write_static_pages(kz.Corpus(made / "clean"), folder, language="kk", name="ауыл") > 5
    return folder


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [str(value) for name, value in attrs if name in ("href", "src")]


def test_the_static_pages_lead_to_each_other_and_nowhere_else(pages: Path) -> None:
    for path in pages.rglob("*.html"):
        if path.name == "report.html":
            continue
        page = Links(path.read_text("utf-8"))
        assert not {"script", "form", "iframe", "img"} & set(page.tags)
        for link in page.found:
            if not link.startswith(("data:", "#")):
                target = (path.parent / link.partition("#")[0]).resolve()
                assert target.is_file() and target.is_relative_to(pages.resolve()), (path, link)


def test_the_static_pages_have_the_whole_text(pages: Path, made: Path) -> None:
    shown = "".join(path.read_text("utf-8") for path in sorted((pages / "documents").iterdir()))
    plain = re.sub(r"<[^>]+>", "", shown)
    for text in kz.Corpus(made / "clean").blocks.query("doc_id == 'su_zhane_dala' and kind == 'paragraph'")["text"]:
        assert text[:60] in plain
    assert "<script>alert" not in shown and "\u202e" not in shown


def test_they_come_packed(client: TestClient) -> None:
    archive = ZipFile(io.BytesIO(client.get("/share/pages", params={"language": "ru"}).content))
    assert {"ауыл-pages/index.html", "ауыл-pages/workbench.css", "ауыл-pages/report.html"} <= set(archive.namelist())
    assert "Частоты" in archive.read("ауыл-pages/index.html").decode()
