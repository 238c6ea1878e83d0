"""Labelled lines of real documents (`gold/`): the labels are ours, the texts are extracted anew from the shared documents.

A label file says from which file and by which extractor its text came, with the hash of that text, so that labels never fall on
another text. Each document is labelled once; `carried` takes the labels to the texts that other extractors give of the same file.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import pypdfium2
from lxml import html

import kz_textkit as kz
from kz_textkit.document import Mark
from labelled import LABELS, LabelledText, Split
from repository import TESTS

__all__ = ["GOLD", "LabelFile", "Row", "carried", "own_texts", "programs_texts", "read_label_file", "real_texts", "textbook"]

GOLD = TESTS / "gold"
OWN = GOLD / "own"
PRINTED = GOLD / "printed"
PAGE = "\f"
READER = "kz-textkit"
"""The toolkit's own readers, which give marks too."""
TEXTBOOK = "000_7bb1e2f804af1cf3"
_LETTERS = {
    "H": "heading", "h": "heading_cont", "P": "para", "I": "item", "Q": "question", "O": "outline", "T": "table", "E": "toc",
    "S": "source", "N": "note", "U": "url", "u": "url",
}  # fmt: skip
"""The letters of the older gold of the textbook; C (the block above goes on) and X (page number or running head) need the line."""
_FURNITURE = ("page_number", "running_head", "url")


@dataclass(frozen=True)
class Row:
    """What begins at an offset of a text: usually a line of it, seldom a part of a line that two blocks share."""

    start: int
    """Offset of the first character that is not white space, in the whole extracted text."""
    label: str
    level: int = 0
    doubtful: bool = False


@dataclass(frozen=True)
class LabelFile:
    """A file of labels: where its text comes from, and what begins where."""

    name: str
    kind: str
    split: Split
    source: str
    """Path of the document below the shared folder."""
    extractor: str
    sha256: str
    """Of the extracted text, encoded as UTF-8."""
    stretches: tuple[tuple[int, int], ...]
    """First and last line (from 1) of each labelled stretch; empty: the whole text."""
    rows: tuple[Row, ...]


def read_label_file(path: Path) -> LabelFile:
    """The labels of `path`; raises ValueError where a line is not as the README says."""
    header: dict[str, str] = {}
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            key, _, value = line.removeprefix("#").partition(":")
            header[key.strip()] = value.strip()
            continue
        if line.startswith("line\t"):
            continue
        fields = line.split("\t")
        if len(fields) != 5 or fields[2] not in LABELS:
            raise ValueError(f"{path}, line {number}: five columns and a known label are wanted, not {line!r}")
        rows.append(Row(int(fields[1]), fields[2], int(fields[3] or 0), fields[4].startswith("?")))
    stretches = tuple((int(first), int(last)) for first, last in re.findall(r"(\d+)-(\d+)", header.get("stretches", "")))
    document = path.name.removesuffix(".tsv").rpartition(".")[0]
    split: Split = header["split"]  # type: ignore[assignment]
    return LabelFile(document, header["kind"], split, header["source"], header["extractor"], header["sha256"], stretches, tuple(rows))


def real_texts(shared: Path) -> list[LabelledText]:
    """The labelled stretches of every document of `gold/`, as each extractor at hand gives them, and the textbook.

    Documents that cannot be had as they were labelled are left out with a warning that says why.
    """
    texts = [textbook(shared)] if (shared / "texts" / f"{TEXTBOOK}.txt").is_file() else []
    for path in sorted(GOLD.glob("*.*.tsv")):
        labels = read_label_file(path)
        source = shared / labels.source
        text = _extracted(source, labels.extractor)
        if text is None or hashlib.sha256(text.encode()).hexdigest() != labels.sha256:
            warnings.warn(f"{path.name}: {labels.extractor} is absent or gives another text of {labels.source}", stacklevel=2)
            continue
        for extractor in _extractors_of(source):
            marks: tuple[Mark, ...] = ()
            if extractor == READER:
                raw = kz.read(source)
                other, marks = raw.text, raw.marks
            else:
                other = text if extractor == labels.extractor else _extracted(source, extractor)
            if other is not None:
                texts += [stretch for stretch in _stretches(labels, text, other, extractor, marks) if _is_placed(stretch)]
    return texts


def _is_placed(text: LabelledText) -> bool:
    """Whether most lines of a text found their labels: an extractor that mixes columns or breaks words gives none to learn from."""
    labels = [label for label in text.labels if label]
    return labels.count("?") * 3 < len(labels)


def own_texts() -> list[LabelledText]:
    """The documents of `gold/own`: our own words, line by line with their labels."""
    return [_own_text(path) for path in sorted(OWN.glob("*.tsv"))]


def programs_texts() -> list[LabelledText]:
    """The documents of `gold/printed`: our own words as LibreOffice set them and readers gave them back. Training does not see them."""
    return [replace(text, name=f"printed.{text.name.removeprefix('own.')}") for text in map(_own_text, sorted(PRINTED.glob("*.tsv")))]


def textbook(shared: Path) -> LabelledText:
    """The textbook whose gold is older than the labels of today, in today's labels."""
    text = (shared / "texts" / f"{TEXTBOOK}.txt").read_bytes().decode()
    lines = text.split("\n")
    labels, levels = [""] * len(lines), [0] * len(lines)
    block = "para"
    for row in (GOLD / f"{TEXTBOOK}.tsv").read_text(encoding="utf-8").splitlines():
        if not row[0].isdigit():
            continue
        number, _, letter, level, comment = row.split("\t")
        index = int(number) - 1
        if letter == "C":
            label = f"{block}_cont"
        elif letter == "X":
            label = "running_head" if re.search(r"[^\W\d_]{2}", lines[index]) else "page_number"
        else:
            label = _LETTERS[letter]
        if label not in _FURNITURE:
            block = label.removesuffix("_cont")
        labels[index] = "?" if comment.startswith("doubtful") else label
        levels[index] = int(level or 0)
    return LabelledText("textbook.plain", "textbook", "training", text, tuple(labels), tuple(levels))


def carried(rows: Iterable[Row], text: str, other: str) -> tuple[list[str], list[int]]:
    """Labels and levels for the lines of `other`, a text with (nearly) the same letters as `text`, whose `rows` are known.

    A line is labelled by where its first letters lie in `text`; `?` where they lie nowhere, or where a line of `other` holds
    the end of one block and the start of another.
    """
    return _carried(rows, text, other, _places(text, other))


def _carried(rows: Iterable[Row], text: str, other: str, places: list[int | None]) -> tuple[list[str], list[int]]:
    rows = sorted(rows, key=lambda row: row.start)
    before = _letters_before(text)
    starts = [before[row.start] for row in rows]
    letters = text.translate(_NO_SPACE)
    labels, levels = [], []
    begun: set[int] = set()
    apart = True
    for line, place in zip(other.split("\n"), places, strict=True):
        label, level = "", 0
        if line.strip():
            length = len(line.translate(_NO_SPACE))
            if place is not None and not _ends_there(line, letters, place):
                place = None  # two columns side by side, or words put elsewhere
            index = -1 if place is None else _nearest(starts, place, min(_NEAR, length - 1))
            label, level = ("?", 0) if place is None or index < 0 else _label_at(rows, starts, index, place, length)
            if index in begun and not (apart and rows[index].label == "table"):  # cells apart are blocks, as in a flattened table
                label = _continued(label)
            begun.add(index)
        labels.append(label)
        levels.append(level)
        apart = not line.strip()
    return labels, levels


def _ends_there(line: str, letters: str, place: int) -> bool:
    """Whether the last letters of a line lie about where they must if it begins at `place` of `letters` and goes on from there."""
    own = re.sub(r"\W+$", "", line).translate(_NO_SPACE)
    end = place + len(own)
    return len(own) < 2 * _SHIFT or own[-_NEAR * 2 :] in letters[end - _SHIFT - _NEAR * 2 : end + _SHIFT]


@lru_cache(maxsize=2)
def _letters_before(text: str) -> list[int]:
    """For each offset of the text, its end too, how many characters before it are no white space."""
    return [0, *accumulate(ord(character) not in _NO_SPACE for character in text)]


_NO_SPACE = dict.fromkeys(map(ord, " \t\n\r\f\v\xa0\u2002\u2003\u2009\u200b\xad\ufffe\x02"))
_NEAR = 2
"""Letters by which the start of a line may differ between extractors (a hyphen moved, a mark written as two)."""
_SHIFT = 8
"""Letters by which the end of a line may be shifted (hyphens and marks that one extractor has and the other has not)."""


def _nearest(starts: list[int], place: int, near: int) -> int:
    """The index of what begins at `place`, or nearly there, or else last before it; -1 where nothing does."""
    index = bisect_right(starts, place) - 1
    later = index + 1 < len(starts) and starts[index + 1] - place <= near
    return index + 1 if later and (index < 0 or starts[index + 1] - place < place - starts[index]) else index


def _label_at(rows: list[Row], starts: list[int], index: int, place: int, length: int) -> tuple[str, int]:
    """The label of a line of `length` letters that begins at `place`, in what begins with row `index`."""
    row = rows[index]
    label = row.label if place - starts[index] <= _NEAR or row.label == "table" else _continued(row.label)
    inside = rows[index + 1 : bisect_left(starts, place + length - _NEAR)]
    same = ("mark", "table", "table_cont") if row.label == "table" else ("mark", _continued(row.label))  # cells of a row, a line
    if row.doubtful or any(other.label not in same for other in inside):
        return "?", 0
    return label, row.level if row.label.startswith("heading") else 0


def _continued(label: str) -> str:
    return label if label.endswith("_cont") or f"{label}_cont" not in LABELS else f"{label}_cont"


def _places(text: str, other: str) -> list[int | None]:
    """For each line of `other`, how many letters of `text` lie before its first letter."""
    places: list[int | None] = []
    base = 0
    pages, others = text.split(PAGE), other.split(PAGE)
    if len(others) == len(pages) + 1 and not others[-1].strip():  # a form feed after every page, not between pages
        pages.append("")
    if len(pages) != len(others):
        pages, others = [text], [other]
    for number, (page, other_page) in enumerate(zip(pages, others, strict=True)):
        found = _places_on_page(page, other_page)
        shifted = [None if place is None else place + base for place in found]
        if number:  # the last line of a page and the first of the next are one line with the form feed between them
            before = places.pop()
            shifted[0] = before if before is not None else shifted[0]
        places += shifted
        base += len(page.translate(_NO_SPACE))
    return places


def _places_on_page(page: str, other: str) -> list[int | None]:
    words = [word for raw in page.split() if (word := raw.translate(_NO_SPACE))]
    numbered = [(raw.translate(_NO_SPACE), number) for number, line in enumerate(other.split("\n")) for raw in line.split()]
    others = [(word, number) for word, number in numbered if word]
    offsets, reached = [], 0
    for word in words:
        offsets.append(reached)
        reached += len(word)
    places: list[int | None] = [None] * (other.count("\n") + 1)
    before: dict[int, int] = {}
    matched: dict[int, int] = {}
    matcher = SequenceMatcher(None, words, [word for word, _ in others], autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        matched.update((second + step, first + step) for step in range(size))
    for index, (word, number) in enumerate(others):
        if places[number] is None and index in matched:
            places[number] = max(0, offsets[matched[index]] - before.get(number, 0))
        before[number] = before.get(number, 0) + len(word)
    return _by_their_words(places, page, other)


def _by_their_words(places: list[int | None], page: str, other: str) -> list[int | None]:
    """Lines that stand elsewhere in `other` (a foot that an extractor puts first), found where their letters are one line of `page`."""
    lines = [line.translate(_NO_SPACE) for line in page.split("\n")]
    starts = [0, *accumulate(map(len, lines))]
    for number, line in enumerate(other.split("\n")):
        wanted = line.translate(_NO_SPACE)
        if wanted and places[number] is None and lines.count(wanted) == 1:
            places[number] = starts[lines.index(wanted)]
    return places


def _stretches(labels: LabelFile, text: str, other: str, extractor: str, marks: tuple[Mark, ...]) -> list[LabelledText]:
    """The labelled stretches in `other`, cut at the lines of it that begin in the stretch."""
    lines, others = text.split("\n"), other.split("\n")
    ends = [0, *accumulate(len(line) + 1 for line in lines)]
    before = _letters_before(text)
    places = [] if other is text else _places(text, other)
    found = []
    for number, (first, last) in enumerate(labels.stretches or ((1, len(lines)),), 1):
        rows = [row for row in labels.rows if ends[first - 1] <= row.start < ends[last]]
        if other is text:
            tags, levels = _on_their_lines(rows, text)
            begin, end = first - 1, last
        else:
            reach = range(before[ends[first - 1]] - _NEAR, before[min(ends[last], len(text))] - _NEAR)
            near = [place if place is not None and place in reach else None for place in places]
            tags, levels = _carried(rows, text, other, near)
            lines_inside = [line for line, place in enumerate(near) if place is not None and others[line].strip()]
            begin, end = lines_inside[0], lines_inside[-1] + 1
        name = f"{labels.name}.{extractor}" + (f".{number}" if len(labels.stretches) > 1 else "")
        stretch = "\n".join(others[begin:end])
        inside = _marks_in(marks, len("\n".join([*others[:begin], ""])), len(stretch))
        found.append(LabelledText(name, labels.kind, labels.split, stretch, tuple(tags[begin:end]), tuple(levels[begin:end]), inside))
    return found


def _marks_in(marks: tuple[Mark, ...], start: int, length: int) -> tuple[Mark, ...]:
    """The marks of a stretch of the text that they lie in, by offsets in the stretch; what reaches beyond it is cut."""
    return tuple(
        replace(mark, start=max(0, mark.start - start), end=min(length, mark.end - start))
        for mark in marks
        if mark.start - start <= length and mark.end >= start
    )


def _on_their_lines(rows: list[Row], text: str) -> tuple[list[str], list[int]]:
    """The labels of the lines of the text that was labelled; `?` where two blocks share a line."""
    lines = text.split("\n")
    labels, levels = ["?" if line.strip() else "" for line in lines], [0] * len(lines)
    number, end = 0, len(lines[0])
    before = -1
    for row in sorted(rows, key=lambda row: row.start):
        while row.start > end:
            number += 1
            end += len(lines[number]) + 1
        shared = number == before and _continued(labels[number]) != row.label
        labels[number] = "?" if row.doubtful or shared else row.label
        levels[number] = row.level
        before = number
    return labels, levels


def _own_text(path: Path) -> LabelledText:
    header: dict[str, str] = {}
    lines, labels, levels = [], [], []
    for row in path.read_text(encoding="utf-8").split("\n"):
        if row.startswith("#"):
            key, _, value = row.removeprefix("#").partition(":")
            header[key.strip()] = value.strip()
        elif row and not row.startswith("label\t"):
            label, level, text = row.split("\t", 2)
            lines.append(text.replace("␌", PAGE))
            labels.append(label)
            levels.append(int(level or 0))
    split: Split = header["split"]  # type: ignore[assignment]
    return LabelledText(f"own.{path.stem}", header["kind"], split, "\n".join(lines), tuple(labels), tuple(levels))


def _extractors_of(source: Path) -> tuple[str, ...]:
    return {".pdf": ("pypdfium2", "pdftotext", "pdftotext-layout", READER), ".html": ("browser", READER)}.get(source.suffix, ("text",))


def _extracted(source: Path, extractor: str) -> str | None:
    """The text that an extractor gives of a file, or None where the file or the extractor is absent."""
    return _EXTRACTORS[extractor](source) if source.is_file() else None


def _by_pypdfium2(source: Path) -> str:
    with pypdfium2.PdfDocument(source) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return f"\n{PAGE}".join(page.replace("\r\n", "\n").rstrip("\n") for page in pages)


def _by_pdftotext(source: Path, *options: str) -> str | None:
    if shutil.which("pdftotext") is None:
        return None
    run = subprocess.run(["pdftotext", *options, "-enc", "UTF-8", str(source), "-"], capture_output=True, check=True)
    return run.stdout.decode()


def _by_pdftotext_layout(source: Path) -> str | None:
    return _by_pdftotext(source, "-layout")


def _as_a_browser_copies(source: Path) -> str:
    """The visible text of a page: a line for each block of it, an empty line around paragraphs and titles, tabs between cells."""
    root = html.fromstring(source.read_bytes())
    pieces: list[str] = []
    _copy(root.find("body") if root.find("body") is not None else root, pieces)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \r]+", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


_APART = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre")
_ON_LINES = ("div", "li", "tr", "section", "article", "header", "footer", "nav", "main", "form", "dl", "dt", "dd", "option")
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg")


def _copy(element: html.HtmlElement, pieces: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else "script"
    if tag not in _UNSEEN:
        gap = "\n\n" if tag in _APART else "\n" if tag in _ON_LINES else ""
        pieces.append("\n" if tag == "br" else gap)
        pieces.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            _copy(child, pieces)
        pieces.append("\t" if tag in ("td", "th") else gap)
    pieces.append(re.sub(r"\s+", " ", element.tail or ""))


def _as_it_is(source: Path) -> str:
    return source.read_bytes().decode().replace("\r\n", "\n")


_EXTRACTORS: dict[str, Callable[[Path], str | None]] = {
    "pypdfium2": _by_pypdfium2,
    "pdftotext": _by_pdftotext,
    "pdftotext-layout": _by_pdftotext_layout,
    "browser": _as_a_browser_copies,
    "text": _as_it_is,
}
