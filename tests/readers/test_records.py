"""Tables and record files: a row is a document, its other columns are known of it, whatever the file is packed in."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from kz_textkit.errors import InputError
from kz_textkit.readers import read, read_all
from kz_textkit.readers.formats import FORMATS
from kz_textkit.readers.records import read as read_records
from kz_textkit.settings import Settings

ROWS: list[dict[str, Any]] = [
    {"id": 1, "title": "Су", "year": 1998, "text": "Су – тіршілік көзі.\nОны үнемдеу керек."},
    {"id": 2, "title": "Дала туралы бір ауыз сөз", "year": 2004, "text": "Дала – кең, «жазық», көкорай жер; онда мал өседі."},
    {"id": 3, "title": "Бос", "year": None, "text": "  "},
    {"id": 4, "title": "Тау", "year": 2011, "text": "Тауда қар қалың, бұлақ суық болады."},
]
TEXTS = [row["text"] for row in ROWS if row["text"].strip()]


def as_json_lines(rows: list[dict[str, Any]] = ROWS) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def as_csv(delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return file.getvalue().encode()


def as_parquet() -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), file)
    return file.getvalue()


def as_sheet() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(list(row.values()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FILES = {
    "а.jsonl": as_json_lines(),
    "а.jsonl.gz": gzip.compress(as_json_lines()),
    "а.jsonl.zst": zstandard.compress(as_json_lines()),
    "а.json": json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    "б.json": json.dumps({"rows": ROWS, "count": 4}, ensure_ascii=False).encode(),
    "а.csv": as_csv(","),
    "б.csv": as_csv(";").decode().encode("utf-8-sig"),
    "а.tsv": as_csv("\t"),
    "а.parquet": as_parquet(),
    "а.xlsx": as_sheet(),
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_row_is_a_document_and_its_other_columns_are_known_of_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    documents = list(read_all(path))
    assert [raw.text for raw in documents] == TEXTS
    assert dict(documents[0].metadata) == {"id": "1", "title": "Су", "year": "1998"}
    assert [raw.doc_id for raw in documents] == [f"{name[0]}-000000{i}" for i in (1, 2, 3)]
    assert documents[2].source == f"{path}#4"
    assert documents[0].extraction is not None and documents[0].extraction.settings["text_column"] == "text"


def test_a_file_of_several_documents_is_not_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "а.jsonl"
    path.write_bytes(FILES["а.jsonl"])
    with pytest.raises(InputError, match=r"several documents in it; read them with kz\.read_all"):
        read(path)


def test_the_column_of_the_text_is_the_one_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "а.csv"
    path.write_bytes(FILES["а.csv"])
    assert next(iter(read_all(path, settings=Settings(text_column="title")))).text == "Су"
    with pytest.raises(InputError, match="no column 'мәтін'; its columns are id, title, year, text"):
        list(read_all(path, settings=Settings(text_column="мәтін")))


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            [{"question": "Өзен қайдан басталады, айтыңызшы?", "answer": "Өзен таудың басынан, мұздан басталады."}],
            "could be in several columns: question, answer; name one with --text-column",
        ),
        ([{"x": 1, "y": 2.5}], "no column of it holds text; its columns are x, y"),
    ],
)
def test_where_the_column_cannot_be_told_the_choices_are_said(tmp_path: Path, rows: list[dict[str, Any]], problem: str) -> None:
    path = tmp_path / "а.jsonl"
    path.write_bytes(as_json_lines(rows))
    with pytest.raises(InputError, match=problem):
        list(read_all(path))


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("а.jsonl", as_json_lines() + b'{"text": \n', "line 5 is no JSON"),
        ("а.jsonl", b'{"text": "\xff"}\n', "line 1 is not in UTF-8"),
        ("а.jsonl.gz", gzip.compress(as_json_lines())[:-20], "it is damaged"),
        ("а.jsonl.zst", zstandard.compress(as_json_lines())[:20], "no rows|damaged"),
        ("а.parquet", as_parquet()[:-30], "no sound Parquet file"),
        ("а.xlsx", as_sheet()[:2000], "it is damaged"),
        ("а.json", b"[1, 2]", "record 1 is no object"),
        ("а.csv", b"a,b\n", "no rows"),
    ],
)
def test_damage_costs_one_line(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem) as error:
        list(read_all(path))
    assert "\n" not in str(error.value) and name in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("а.jsonl.gz", lambda: gzip.compress(bytes(300 << 20), 1)),
        ("а.jsonl.zst", lambda: zstandard.compress(bytes(300 << 20))),
        ("а.csv.gz", lambda: gzip.compress(b"text\n" + b"a" * (300 << 20), 1)),
        ("б.json", lambda: b"[" * 100_000),
    ],
)
def test_traps_cost_one_line(tmp_path: Path, name: str, data: Callable[[], bytes]) -> None:
    path = tmp_path / name
    path.write_bytes(data())
    with pytest.raises(InputError) as error:
        list(read_all(path))
    assert "\n" not in str(error.value) and name in str(error.value)


def test_rows_are_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "а.jsonl"
    path.write_bytes(as_json_lines(ROWS[:1]) * 500 + b"{" + b"no JSON\n")
    documents = read_records(path, Settings())
    assert next(documents).text == TEXTS[0]
    with pytest.raises(InputError, match="line 501"):
        list(documents)


def test_every_format_of_records_is_read_by_one_module() -> None:
    assert {line.name for line in FORMATS.values() if line.module == "records"} == {"jsonl", "parquet", "csv", "tsv", "xlsx"}


def test_a_sheet_of_a_million_cells_is_read_as_a_stream(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["text", *(f"c{i}" for i in range(49))])
    for _ in range(400):
        sheet.append(["Су – тіршілік көзі.", *range(49)])
    path = tmp_path / "үлкен.xlsx"
    book.save(path)
    assert sum(1 for _ in read_all(path)) == 400
