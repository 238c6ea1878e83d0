"""Metadata: a table beside the texts and names of folders become columns that parts of the corpus are named by."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus, Part
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.batch import run

TEXTS = {
    "роман/1948/абай.txt": "Абай ауылға қайтты. Дала кең еді.",
    "заң/1995/ата заң.txt": "Әркімнің құқығы бар. Заң бәріне ортақ.",
    "жыр.txt": "Жыр айтылды.",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    return tmp_path / "raw"


def found(corpus: Path, where: str) -> list[str]:
    return list(dict.fromkeys(Corpus(corpus).relation(part=Part(where=where)).df()["doc_id"]))


@pytest.mark.slow
def test_a_table_beside_the_texts_is_found_and_no_text(raw: Path, tmp_path: Path) -> None:
    (raw / "metadata.csv").write_text(
        "id;author;year;title\nроман/1948/абай.txt;М. Әуезов;1948;Абай жолы\nата заң;;1995;\nжоқ.txt;Біреу;2000;Жоқ\n", "utf-8-sig"
    )
    summary = run(raw, tmp_path / "clean")
    assert sorted(entry.doc_id for entry in summary.documents) == ["абай", "ата заң", "жыр"]
    assert any("no line for" in note and "жыр.txt" in note for note in summary.notes)
    assert any("no text: жоқ.txt" in note for note in summary.notes)
    corpus = Corpus(tmp_path / "clean")
    assert corpus.documents.set_index("doc_id")["title"]["абай"] == "Абай жолы"
    assert found(tmp_path / "clean", "year >= 1990") == ["ата заң"]
    assert sorted(found(tmp_path / "clean", "author like '%Әуезов' or year = 1995")) == ["абай", "ата заң"]
    assert run(raw, tmp_path / "clean").is_as_before
    (raw / "metadata.csv").write_text("id,year\nабай,1949\n", "utf-8")
    run(raw, tmp_path / "clean")
    assert found(tmp_path / "clean", "year = 1949") == ["абай"]


def test_excel_and_folders_say_the_same(raw: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["файл", "жыл", "баға"])
    book.active.append(["жыр", 1900, 4.5])
    book.save(tmp_path / "кесте.xlsx")
    options = ["--metadata", str(tmp_path / "кесте.xlsx"), "--folders", "genre/year"]
    result = CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "clean"), "-q", *options])
    assert result.exit_code == 0 and "no line for" in result.stderr
    assert found(tmp_path / "clean", "genre = 'роман' and year = 1948") == ["абай"]
    assert found(tmp_path / "clean", "жыл = 1900 and баға > 4") == ["жыр"]
    metadata = {row.doc_id: json.loads(row.metadata) for row in Corpus(tmp_path / "clean").documents.itertuples()}
    assert metadata["ата заң"] == {"genre": "заң", "year": "1995"}


def test_a_table_that_can_not_be_one_is_refused(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "екі.csv").write_text("id,year\nабай,1948\nабай,1949\n", "utf-8")
    (tmp_path / "кесте.docx").write_bytes(b"")
    for name, said in (("екі.csv", "second one for абай"), ("кесте.docx", "ends in"), ("жоқ.csv", "жоқ.csv")):
        with pytest.raises(UsageError, match=said):
            run(raw, tmp_path / "clean", metadata=tmp_path / name)
