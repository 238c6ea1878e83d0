"""Web archives (WARC 1.0 and 1.1, ISO 28500): each page that was fetched is a document, read as web pages are.

Records are read by warcio, one at a time. What is no HTML or plain text is passed over, and so are answers that are no pages:
redirections and errors.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.registry import read_format
from kz_textkit.readers.streams import digest
from kz_textkit.settings import Settings

__all__ = ["read"]

FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
"""How the types of pages are read."""
LARGEST_PAGE = 32 << 20
"""Bytes of the largest page that is read."""
OK = "200"


def read(path: Path, settings: Settings) -> Iterator[RawDocument]:
    """The pages of a web archive, read as a stream; `metadata` has their `url` and `date`, `source` the address after `!`.

    Raises `InputError` where the archive is damaged, after the pages before the damage.
    """
    sha256 = digest(path)
    # warcio unpacks record by record.
    with path.open("rb") as stream, tempfile.TemporaryDirectory(prefix="kz-textkit-") as folder:
        copy = Path(folder, "page")
        try:
            for record in ArchiveIterator(stream):
                yield from _page(record, copy, path, sha256, settings)
        except (ArchiveLoadFailed, ValueError, EOFError) as error:
            said = " ".join(str(error).split())[:100]
            raise InputError(str(path), f"it is no sound web archive: {said}", "get it again") from error


def _page(record: ArcWarcRecord, copy: Path, path: Path, sha256: str, settings: Settings) -> Iterator[RawDocument]:
    format = _format(record)
    if format is None:
        return
    content = record.content_stream().read(LARGEST_PAGE + 1)
    if not content or len(content) > LARGEST_PAGE:
        return
    copy.write_bytes(content)
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    date = str(record.rec_headers.get_header("WARC-Date") or "")[:10]
    try:
        pages = list(read_format(copy, format, settings))
    except InputError:
        return  # A page without text: most of the web.
    for raw in pages:
        extraction = raw.extraction
        if extraction is not None:
            how = {**extraction.settings, "warc": version("warcio"), "url": url}
            yield replace(
                raw,
                source=f"{path}!{url}",
                sha256=sha256,
                extraction=replace(extraction, settings=how),
                metadata={**raw.metadata, **{key: value for key, value in (("url", url), ("date", date)) if value}},
            )
        else:
            yield replace(raw, source=f"{path}!{url}", metadata={"url": url, "date": date})


def _format(record: ArcWarcRecord) -> str | None:
    """How the page in a record is read, None where there is no page in it."""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != OK:
            return None
        kind = str(record.http_headers.get_header("Content-Type") or "")
    elif record.rec_type in ("resource", "conversion"):
        kind = str(record.rec_headers.get_header("Content-Type") or "")
    else:
        return None
    return FORMATS.get(kind.partition(";")[0].strip().lower())
