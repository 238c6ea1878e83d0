"""Dumps of wikis (MediaWiki XML, also packed) and pages of wikitext: a page of the main namespace is a document.

A dump is read as a stream, a page at a time. Redirections, pages of other namespaces and pages that are no wikitext are passed over; of
several revisions the last is read. The text of a page is its wikitext, with marks that say what is text in it (`wikitext`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from kz_textkit.document import Extraction, RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_file
from kz_textkit.readers.html_notes import local_name
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.plain_text import read_bytes
from kz_textkit.readers.streams import digest, open_stream
from kz_textkit.readers.wikitext import BASE, marks_of
from kz_textkit.settings import Settings

__all__ = ["read"]

HEAD = 1 << 16
"""Bytes in which entities may be declared."""
_DUMP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)?<mediawiki", re.DOTALL
)
_REDIRECT = re.compile(r"\s*#\s*(?:redirect|айдату|перенаправление)\b", re.IGNORECASE)
_KINDS = {"6": "picture", "-2": "picture", "14": "category"}
"""What links to namespaces are, by the number that they have in every wiki."""


def read(path: Path, settings: Settings) -> Iterator[RawDocument]:
    """The pages of a dump, or the one page of a file of wikitext, with their marks; `metadata` has `title`, `url` and `date`.

    Raises `InputError` where the dump is damaged, after the pages before the damage.
    """
    with open_stream(path, settings.limits) as stream:
        head = stream.peek(HEAD)[:HEAD]
    if not _DUMP.match(head):
        yield _page_of_file(path, settings)
        return
    if b"<!ENTITY" in head:
        raise InputError(str(path), "it declares entities, as files do that attack readers", "get the dump again")
    sha256 = digest(path)
    site = _Site({}, BASE)
    with open_stream(path, settings.limits) as stream:
        for element in _elements(stream, path):
            if local_name(element) == "siteinfo":
                site = _site(element)
            elif (page := _page(element)) is not None:
                yield _document(page, site, path, sha256)


def _elements(stream: object, path: Path) -> Iterator[etree._Element]:
    """The heads and pages of a dump, each given free after use."""
    parser = etree.iterparse(
        stream,
        events=("end",),
        tag=("{*}page", "{*}siteinfo"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parser:
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg or error).split())[:120]
        raise InputError(str(path), f"it is no sound dump: {said}", "get it again") from error


class _Site(NamedTuple):
    namespaces: dict[str, str]
    base: str


class _Page(NamedTuple):
    title: str
    number: str
    text: str
    date: str


def _site(element: etree._Element) -> _Site:
    base = next((e.text for e in element.iter("{*}base") if e.text), "")
    names = {
        " ".join((e.text or "").split()).lower(): _KINDS[e.get("key", "")]
        for e in element.iter("{*}namespace")
        if e.get("key") in _KINDS
    }
    return _Site({name: kind for name, kind in names.items() if name}, base.rpartition("/")[0] + "/" if "/" in base else BASE)


def _page(element: etree._Element) -> _Page | None:
    """The last revision of a page, None where it is no text of the wiki."""
    fields = {local_name(child): child for child in element}
    if "redirect" in fields or (fields["ns"].text if "ns" in fields else "0") != "0":
        return None
    revisions = [child for child in element if local_name(child) == "revision"]
    if not revisions:
        return None
    last = {local_name(child): child.text or "" for child in revisions[-1]}
    text = last.get("text", "")
    if last.get("model", "wikitext") not in ("", "wikitext") or not text.strip() or _REDIRECT.match(text):
        return None
    title = fields["title"].text if "title" in fields else ""
    number = fields["id"].text if "id" in fields else ""
    return _Page(title or "", number or "", text, last.get("timestamp", "")[:10])


def _document(page: _Page, site: _Site, path: Path, sha256: str) -> RawDocument:
    text = page.text.replace("\r\n", "\n")
    return extracted(
        path.with_name(f"{path.name}#{page.number}"),
        sha256,
        text,
        marks_of(text, namespaces=site.namespaces, base=site.base),
        format="wiki",
        extractor="mwparserfromhell, lxml",
        version=f"{version('mwparserfromhell')}, {etree.__version__}",
        settings={"page": page.number},
        metadata={"title": page.title, "url": site.base + quote(page.title.replace(" ", "_"), safe="/:(),'!*"), "date": page.date},
    )


def _page_of_file(path: Path, settings: Settings) -> RawDocument:
    raw = read_bytes(read_file(path, settings.limits), str(path), settings.encoding, doc_id=path.stem)
    checked = hashlib.sha256(raw.text.encode()).hexdigest()
    how = Extraction("wikitext", "mwparserfromhell", version("mwparserfromhell"), {}, checked)
    return replace(raw, marks=marks_of(raw.text), extraction=how)
