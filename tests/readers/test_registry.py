"""The reader of a file: chosen by its name and by what it is, of ours or of another package; read where it can break nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import shape_of, slides, zipped
from kz_textkit.errors import InputError
from kz_textkit.readers import read, read_all, suffixes
from kz_textkit.readers.formats import FORMATS
from kz_textkit.readers.isolation import read_isolated
from kz_textkit.readers.registry import recognise
from kz_textkit.readers.sniffing import sniff_markup
from kz_textkit.settings import Limits, Settings

SENTENCE = "Қазақ тілі – түркі тілдерінің бірі, оның тарихы терең."
HTML = f"<html><body><h1>Тіл</h1><p>{SENTENCE}</p><p>{SENTENCE}</p></body></html>"
MARKDOWN = (
    f"# Тіл\n\n{SENTENCE}\n\n## Тарихы\n\n- бір\n- екі\n\n```\nкод\n```\n\n## Қазіргісі\n\n"
    "[сілтеме](http://мысал.kz) мен **қою** сөз.\n"
)
WIKITEXT = (
    f"'''Тіл''' – [[қатынас]] құралы.\n\n== Тарихы ==\n{SENTENCE} [[Түркі тілдері|түркі]]\n\n== Дереккөздер ==\n{{{{Дереккөздер}}}}\n"
)


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("а.txt", SENTENCE.encode(), "text"),
        ("1-дәріс. Кіріспе", SENTENCE.encode(), "text"),
        ("а.pdf", b"%PDF-1.7\n", "pdf"),
        ("а.txt", b"%PDF-1.7\n", "pdf"),
        ("а.txt", HTML.encode(), "html"),
        ("а.txt", HTML.encode("kz1048"), "html"),
        ("а.txt", MARKDOWN.encode(), "markdown"),
        ("а.txt", WIKITEXT.encode(), "wikitext"),
        ("а.txt", rb"{\rtf1\ansi text}", "rtf"),
        ("а.doc", rb"{\rtf1\ansi text}", "rtf"),
        ("а.doc", HTML.encode(), "html"),
        ("а.doc", SENTENCE.encode(), "text"),
        ("а.doc", zipped({"word/document.xml": "<a/>"}), "docx"),
        ("а.docx", zipped({"content.xml": "<a/>"}), "odt"),
        ("а.zip", slides(shape_of("title", "Дала")), "pptx"),
        ("а.docx", zipped({"дала.txt": SENTENCE}), "docx"),
        ("а.zip", zipped({"дала.txt": SENTENCE}), "zip"),
        ("а.xml", b'<?xml version="1.0"?>\n<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"/>', "wiki"),
        ("а.xml", b'<?xml version="1.0"?><FictionBook/>', "fb2"),
        ("а.md", HTML.encode(), "markdown"),
        ("а.csv", f"text\n{HTML}".encode(), "csv"),
        ("а.jpg", b"\x89PNG\r\n\x1a\n", "image"),
        ("а.dat", b"PAR1....", "parquet"),
    ],
)
def test_a_file_is_what_it_is_called_unless_it_shows_another_format(tmp_path: Path, name: str, data: bytes, format: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = recognise(path, Settings())
    assert found.format == format
    named = {s: line.name for line in FORMATS.values() for s in line.suffixes}.get(path.suffix)
    assert bool(found.warning) == (named not in (None, format) and FORMATS[str(named)].module != FORMATS[format].module)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "a < b, сондықтан <p> мен <b> тегін пайдаланамыз: <i> де бар, <div> де.",
        "# 1 сынып\n" + SENTENCE,
        "Сілтеме [[1]] мен [[2]] бар; '''.",
        "== Бірінші ==\n" + SENTENCE,
        "1. Бірінші\n2. Екінші\n* үшінші",
        "00:00:01,000 --> 00:00:02,000 дегені уақыт",
    ],
)
def test_a_sign_or_two_make_no_mark_up_of_a_text(text: str) -> None:
    assert sniff_markup(text.encode()) is None


def test_a_file_that_is_no_format_of_ours_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "а.xyz"
    path.write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match=r"files of type \.xyz can't be read; save it as plain text"):
        read(path)
    path.with_suffix(".xls").write_bytes(b"\x00")
    with pytest.raises(InputError, match=r"old Excel files can't be read; save it as \.xlsx or \.csv"):
        read(path.with_suffix(".xls"))


def test_what_a_run_takes_is_what_can_be_read() -> None:
    assert {".txt", ".jsonl", ".warc.gz", ".pptx", ".zip", ".srt"} <= suffixes()
    assert not {".xls", ".djvu", ".exe"} & suffixes()


READER = """
import os, time
from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError

def read(path, settings):
    what = path.read_text("utf-8")
    if what == "hang":
        while True:
            pass
    if what == "crash":
        os.abort()
    if what == "memory":
        bytearray(1 << 40)
    if what == "bug":
        raise KeyError("боран")
    if what == "deep":
        def down(): return down() + 1
        down()
    if what == "problem":
        raise InputError(str(path), "ол бос", "басқасын беріңіз")
    print("бұл ешкімге керек емес")
    return RawDocument("", str(path), "", "utf-8", what)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that brings a reader for files of type .бор."""
    folder = tmp_path / "package"
    info = folder / "bor-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "bor.py").write_text(READER, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bor\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[kz_textkit.readers]\n.bor = bor:read\n", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return folder


def told(folder: Path, content: str, settings: Settings) -> str:
    path = folder / "а.bor"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as error:
        list(read_isolated(path, ".bor", settings))
    assert "\n" not in str(error.value) and str(path) in str(error.value)
    return error.value.problem


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited by the system, and there it is not")
def test_a_file_that_breaks_its_reader_costs_one_line_and_the_next_is_read(tmp_path: Path, package: Path) -> None:
    # Limits of their own, so that the worker is a new one, which knows the package.
    settings = Settings(limits=Limits(seconds=2, memory_mb=1_500))
    assert "the limit" not in told(tmp_path, "problem", settings)
    started = time.monotonic()
    assert told(tmp_path, "hang", settings) == "reading it takes more than 2 seconds"
    assert time.monotonic() - started < 10
    assert told(tmp_path, "crash", settings) == "its reader crashed (SIGABRT), as damaged files make it do"
    assert told(tmp_path, "memory", settings) == "reading it takes more than 1,500 MB of memory"
    assert told(tmp_path, "deep", settings) == "it is nested too deeply"
    assert "KeyError: 'боран'" in told(tmp_path, "bug", settings)
    path = tmp_path / "б.bor"
    path.write_text(SENTENCE, "utf-8")
    assert [raw.text for raw in read_isolated(path, ".bor", settings)] == [SENTENCE]


def test_readers_that_are_left_in_the_middle_of_a_file_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "а.jsonl"
    path.write_text('{"text": "бір екі үш"}\n' * 1000, "utf-8")
    documents = [read_all(path) for _ in range(3)]
    assert {next(found).text for found in documents} == {"бір екі үш"}
    for found in documents:
        found.close()  # type: ignore[attr-defined]
    assert sum(1 for _ in read_all(path)) == 1000


LARGE_PARENT = """
import os, sys
from pathlib import Path
from kz_textkit.readers import read
from kz_textkit.settings import Limits, Settings

held = b"x" * (400 << 20)
settings = Settings(limits=Limits(memory_mb=1200))
workers = []
for _ in range(2):
    read(sys.argv[1], settings=settings)
    workers.append(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
print(workers[0] == workers[1] != [])
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks Linux for the processes")
def test_a_worker_of_a_large_process_reads_more_than_one_file(tmp_path: Path) -> None:
    path = tmp_path / "бет.html"
    path.write_text(f"<html><body><h1>Дала</h1><p>{SENTENCE}</p></body></html>", "utf-8")
    command = [sys.executable, "-c", LARGE_PARENT, str(path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "True"
