"""Web archives: pages that were fetched are documents; redirections, pictures and what is damaged are passed over or named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kz_textkit.errors import InputError
from kz_textkit.readers import read_all


def archive(*pages: tuple[str, str, str, bytes], gzip: bool = True) -> bytes:
    """A web archive of (address, status, type, content)."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, status, kind, content in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers))
    return file.getvalue()


PAGES = (
    ("http://мысал.kz/дала", "200 OK", "text/plain; charset=utf-8", "Дала – кең жазық жер.".encode()),
    ("http://мысал.kz/көшті", "301 Moved", "text/plain", "Мұнда жоқ.".encode()),
    ("http://мысал.kz/сурет", "200 OK", "image/gif", b"GIF89a"),
    ("http://мысал.kz/бос", "200 OK", "text/plain", b" "),
    ("http://мысал.kz/су", "200 OK", "text/plain", "Су – тіршілік көзі.".encode()),
)


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_are_documents_with_their_addresses(tmp_path: Path, gzip: bool) -> None:
    path = tmp_path / ("веб.warc.gz" if gzip else "веб.warc")
    path.write_bytes(archive(*PAGES, gzip=gzip))
    documents = list(read_all(path))
    assert [raw.text for raw in documents] == ["Дала – кең жазық жер.", "Су – тіршілік көзі."]
    assert [raw.doc_id for raw in documents] == ["веб-0000001", "веб-0000002"]
    assert all(raw.source == f"{path}!{raw.metadata['url']}" for raw in documents)


def test_an_archive_that_was_cut_off_gives_the_pages_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "веб.warc.gz"
    path.write_bytes(archive(*PAGES)[:-100])
    assert next(iter(read_all(path))).text == "Дала – кең жазық жер."


def test_what_is_no_web_archive_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "веб.warc"
    path.write_bytes(b"WARC/1.0\r\n" + bytes(range(256)) * 10)
    with pytest.raises(InputError) as error:
        list(read_all(path))
    assert "\n" not in str(error.value)
