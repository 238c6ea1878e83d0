"""The formats that can be read: which module reads each, by which suffixes it is known, and what people call it.

A format more is a module with a function `read` and a line here. `read(path, settings)` gives a `RawDocument`; of a format that may
hold many documents (`many`) it yields them, one after the other, so that memory is bounded by one of them; their ids are given by
`registry`. It raises `InputError` with one line that says what is wrong. Modules are imported when their first file comes. Readers of
other packages register by entry point: group `kz_textkit.readers`, the name is the suffix with its point, the object such a `read`.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

__all__ = ["FORMATS", "NOT_READ", "Format", "format_of_suffix", "long_suffix"]


class Format(NamedTuple):
    """A format, with the module beside this one that reads it."""

    name: str
    """As in `Extraction.format`."""
    module: str
    suffixes: tuple[str, ...]
    """In small letters, with their points; those of compressed files (`.xml.bz2`) are looked up first."""
    what: str
    """What people call such a file, with its article."""
    many: bool = False
    """A file may hold several documents, so that `read` yields them."""
    isolated: bool = True
    """It is read in a process of its own, which a file that breaks its reader takes along."""

    @property
    def is_there(self) -> bool:
        """Whether its module is."""
        return find_spec(f"kz_textkit.readers.{self.module}") is not None


_LINES = (
    Format("text", "plain_text", (".txt", ".text"), "a text file", isolated=False),
    Format("pdf", "pdf", (".pdf",), "a PDF file"),
    Format("docx", "docx", (".docx", ".docm", ".dotx"), "a Word file"),
    Format("doc", "office", (".doc", ".dot"), "an old Word file"),
    Format("rtf", "office", (".rtf",), "an RTF file"),
    Format("odt", "odf", (".odt", ".fodt", ".ott"), "an OpenDocument text"),
    Format("epub", "epub", (".epub",), "an e-book (EPUB)"),
    Format("fb2", "fb2", (".fb2", ".fb2.zip"), "an e-book (FB2)"),
    Format("html", "html", (".html", ".htm", ".xhtml"), "a web page"),
    Format("mhtml", "html", (".mhtml", ".mht"), "a saved web page (MHTML)"),
    Format("markdown", "markdown", (".md", ".markdown"), "a Markdown text"),
    Format("wiki", "wiki", (".xml.bz2", ".xml.gz"), "a dump of a wiki", many=True),
    Format("wikitext", "wiki", (".wiki", ".mediawiki"), "wikitext", many=True),
    Format("srt", "subtitles", (".srt",), "subtitles (SRT)"),
    Format("vtt", "subtitles", (".vtt",), "subtitles (WebVTT)"),
    Format("pptx", "pptx", (".pptx", ".pptm", ".ppsx"), "slides (PowerPoint)"),
    Format("zip", "archive", (".zip",), "a ZIP archive", many=True),
    Format("jsonl", "records", (".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".json", ".json.gz"), "JSON records", many=True),
    Format("parquet", "records", (".parquet",), "a Parquet table", many=True),
    Format("csv", "records", (".csv", ".csv.gz"), "a CSV table", many=True),
    Format("tsv", "records", (".tsv", ".tsv.gz", ".tab"), "a table with tabs", many=True),
    Format("xlsx", "records", (".xlsx", ".xlsm"), "an Excel table", many=True),
    Format("warc", "warc", (".warc", ".warc.gz"), "a web archive (WARC)", many=True),
    Format("image", "ocr", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"), "a picture"),
)

FORMATS: dict[str, Format] = {line.name: line for line in _LINES}
"""Formats by name."""

NOT_READ: dict[str, tuple[str, str]] = {
    ".djvu": ("DjVu files can't be read", "make a PDF of it, with `ddjvu -format=pdf` of the Debian package djvulibre-bin"),
    ".djv": ("DjVu files can't be read", "make a PDF of it, with `ddjvu -format=pdf` of the Debian package djvulibre-bin"),
    ".xls": ("old Excel files can't be read", "save it as .xlsx or .csv"),
    ".ods": ("OpenDocument tables can't be read", "save it as .xlsx or .csv"),
    ".ppt": ("old PowerPoint files can't be read", "save it as .pptx"),
    ".odp": ("OpenDocument slides can't be read", "save it as .pptx"),
    ".mobi": ("Kindle books can't be read", "convert it to .epub with Calibre"),
    ".azw3": ("Kindle books can't be read", "convert it to .epub with Calibre"),
    ".pages": ("Pages files can't be read", "save it as .docx"),
    ".rar": ("RAR archives can't be read", "unpack it, and give the folder"),
    ".7z": ("7-Zip archives can't be read", "unpack it, and give the folder"),
}
"""Suffixes that are known and not read: what is wrong, and what to do."""

_BY_SUFFIX = {suffix: line for line in _LINES for suffix in line.suffixes}


def format_of_suffix(suffix: str) -> Format | None:
    """The format that files with this suffix are in by name.

    >>> format_of_suffix(".docx").name, format_of_suffix(".xml")
    ('docx', None)
    """
    return _BY_SUFFIX.get(suffix)


def long_suffix(path: Path) -> str:
    """The suffix of a file name in small letters; both where the first says more than the last.

    >>> long_suffix(Path("kkwiki.xml.bz2")), long_suffix(Path("Дәріс 1. Кіріспе.TXT")), long_suffix(Path("а.б.pdf"))
    ('.xml.bz2', '.txt', '.pdf')
    """
    both = "".join(path.suffixes[-2:]).lower()
    return both if both in _BY_SUFFIX else path.suffix.lower()
