"""Reads scans by the program Tesseract, if it is installed: pictures, and pages of other formats that are pictures.

Tesseract is run with its Kazakh data and writes hOCR: lines with their base line and confidence, words, and the box of each letter. Its
Kazakh data confuses capital and small letters of one shape (`жӘне`, `Әскери`); how high a letter stands decides here, compared with the
small letters beside it. It writes hyphens for dashes; their length decides. What its letters say beside that is left to repair.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_file
from kz_textkit.readers.marked_text import MarkedText, extracted
from kz_textkit.settings import Settings

__all__ = [
    "INSTALL",
    "LEAST_CONFIDENCE",
    "Letter",
    "OcrError",
    "OcrPage",
    "ScannedLine",
    "is_there",
    "read",
    "recognise",
    "resolution_of",
    "version",
]

PROGRAM = "tesseract"
LANGUAGE = "kaz"
"""Name of the data: its alphabet has the Russian letters too."""
INSTALL = "install the Debian packages tesseract-ocr tesseract-ocr-kaz to have scans read"
LEAST_CONFIDENCE = 0.6
"""Confidence of a page below which a warning is due."""
SCREEN = 96
"""Points to the inch that programs write where they know nothing of the paper."""
A4_HEIGHT = 11.7
"""In inches."""
SIZE = 1.1
"""Size of letters in heights from the foot of descenders to the head of ascenders."""
DASH = 0.38
"""Length of a dash in the same heights, at least; hyphens are shorter."""
CAPITAL = 0.55
"""Height of a capital above small letters, in heights of ascenders above them, at least."""

_X_HEIGHT = frozenset("аәвгғдежзикқлмнңоөпрстуұүхцчшщъыьэюя")
"""Small letters without ascenders."""
_ONE_SHAPE = frozenset("ӘВГҒДЖЗИКҚЛМНҢОӨПСТУҰҮХЦЧШЩЪЫЬЭЮЯ")
"""Capitals that have the shape of their small letter."""
_HTML = "{http://www.w3.org/1999/xhtml}"
_FIELD = re.compile(r"(\w+) ([^;]*)")
_UNDEFINED_ENTITIES = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")


class OcrError(Exception):
    """Tesseract could not read a picture; the text says why."""


class Letter(NamedTuple):
    """A letter with its box in points from the upper left corner of the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class ScannedLine(NamedTuple):
    """A line that was read: its words, each a list of letters, and what is known of it; lengths in points."""

    words: tuple[tuple[Letter, ...], ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    confidence: float
    """From 0 to 1."""
    paragraph: int
    """From 0 on its page."""

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        return " ".join("".join(letter.text for letter in word) for word in self.words)


class OcrPage(NamedTuple):
    """A page that was read; its size in points."""

    width: float
    height: float
    lines: tuple[ScannedLine, ...]

    @property
    def confidence(self) -> float:
        """The mean over the letters; 1 where there are none."""
        lengths = [len(line.text) for line in self.lines]
        return sum(line.confidence * n for line, n in zip(self.lines, lengths, strict=True)) / sum(lengths) if sum(lengths) else 1.0


@lru_cache(maxsize=1)
def is_there() -> bool:
    """Whether Tesseract and its Kazakh data are installed."""
    if shutil.which(PROGRAM) is None:
        return False
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, errors="replace", check=False)
    return LANGUAGE in (listed.stdout + listed.stderr).split()


@lru_cache(maxsize=1)
def version() -> str:
    """The version of Tesseract, as it says it."""
    shown = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, errors="replace", check=False)
    found = re.search(r"tesseract v?(\S+)", shown.stdout + shown.stderr)
    return found[1] if found else ""


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a picture (PNG, JPEG, TIFF with one page or several, WebP, BMP), with marks for pages, lines and paragraphs.

    Raises `InputError` where Tesseract is not installed or not wanted, can't read the file, or finds no text.
    """
    data = read_file(path, settings.limits)
    if not settings.ocr:
        raise InputError(
            str(path), "this is a picture, and pictures are not to be read", "set `ocr = true` in the settings to have it read"
        )
    if not is_there():
        raise InputError(str(path), "this is a picture, and the program Tesseract with its Kazakh data is not there", INSTALL)
    try:
        pages = recognise(data, settings.limits.seconds)
    except OcrError as error:
        raise InputError(str(path), f"the picture can't be read: {error}", "save it anew as PNG") from error
    text, warnings = MarkedText(), []
    for number, page in enumerate(pages, 1):
        if number > 1:
            text.end_page()
        _write(text, page, number)
        if page.confidence < LEAST_CONFIDENCE:
            warnings.append(f"page {number} was read with little confidence ({page.confidence:.0%})")
    return extracted(
        path,
        data,
        text.text,
        text.marks,
        format="image",
        extractor=PROGRAM,
        version=version(),
        settings={"languages": LANGUAGE},
        warnings=tuple(warnings),
    )


def _write(text: MarkedText, page: OcrPage, number: int) -> None:
    start = text.length
    paragraphs: dict[int, tuple[int, int]] = {}
    for line in page.lines:
        at = text.length
        text.write(line.text)
        text.add_mark("line", at, text.length, **line_value(line))
        first = paragraphs.get(line.paragraph, (at, at))[0]
        paragraphs[line.paragraph] = first, text.length
        text.end_line()
    for paragraph, extent in paragraphs.items():
        text.add_mark("block", *extent, paragraph=paragraph + 1, certain=False)
    text.add_mark("page", start, text.length, number=number, width=round(page.width, 1), height=round(page.height, 1))


def line_value(line: ScannedLine) -> dict[str, Any]:
    """What the mark of a line says."""
    value: dict[str, Any] = {name: round(getattr(line, name), 1) for name in ("x0", "y0", "x1", "y1", "size")}
    return value | {"column": 0, "confidence": round(line.confidence, 2)}


def recognise(picture: bytes, seconds: float, *, dpi: int | None = None) -> list[OcrPage]:
    """The pages of a picture in a format that Tesseract reads; `dpi` where the picture does not say it.

    Raises `OcrError` where Tesseract can't read it, or takes longer than `seconds`.
    """
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", *(("--dpi", str(dpi)) if dpi else ())]
    try:
        # One thread: documents are read side by side already.
        done = subprocess.run(
            [*command, "-c", "hocr_char_boxes=1", "hocr"],
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"it takes more than {seconds:.0f} seconds") from error
    except OSError as error:
        raise OcrError(f"{PROGRAM} can't be started: {error.strerror}") from error
    if done.returncode or not done.stdout.strip():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OcrError(said[-1][:200] if said else f"{PROGRAM} ended with code {done.returncode}")
    return list(_pages(done.stdout, dpi))


def _pages(hocr: bytes, dpi: int | None) -> Iterator[OcrPage]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(_UNDEFINED_ENTITIES.sub(b"&amp;", hocr), parser)
    for page in _with_class(root, "ocr_page"):
        fields = _fields(page)
        said = int(float((fields.get("scan_res") or "300").split()[0]) or 300)
        _, _, width, height = _box(fields)
        scale = 72 / (dpi or resolution_of(max(width, height), said))
        lines = [
            line
            for number, paragraph in enumerate(_with_class(page, "ocr_par"))
            for element in _with_class(paragraph, "ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")
            if (line := _line(element, number, scale)) is not None
        ]
        yield OcrPage(width * scale, height * scale, tuple(lines))


def resolution_of(longest: float, said: int) -> int:
    """Pixels to the inch of a picture, from those of its longer side and what it says of itself; where that is what programs write that
    know nothing of the paper, the page is a sheet of A4.

    >>> resolution_of(3508, 300), resolution_of(2340, 72)
    (300, 200)
    """
    return said if said > SCREEN else max(said, round(longest / A4_HEIGHT))


def _with_class(element: Any, *names: str) -> Iterator[Any]:
    return (found for found in element.iter(f"{_HTML}div", f"{_HTML}p", f"{_HTML}span") if found.get("class") in names)


def _fields(element: Any) -> dict[str, str]:
    return {found[1]: found[2].strip() for found in _FIELD.finditer(element.get("title") or "")}


def _box(fields: dict[str, str], name: str = "bbox") -> tuple[float, float, float, float]:
    numbers = [float(number) for number in fields.get(name, "0 0 0 0").split()[:4]]
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _line(element: Any, paragraph: int, scale: float) -> ScannedLine | None:
    fields = _fields(element)
    height = float(fields.get("x_size", "0") or 0)
    rise = float(fields.get("x_ascenders", "0") or 0)
    words, weights = [], []
    for word in _with_class(element, "ocrx_word"):
        letters = [Letter(one.text or "", *_box(_fields(one), "x_bboxes")) for one in _with_class(word, "ocrx_cinfo")]
        letters = [letter for letter in letters if letter.text.strip()]
        if letters:
            words.append(_dashes(_small(letters, rise), height))
            weights.append((len(letters), float(_fields(word).get("x_wconf", "0")) / 100))
    if not words:
        return None
    scaled = tuple(tuple(Letter(one.text, *(scale * edge for edge in one[1:])) for one in word) for word in words)
    x0, y0, x1, y1 = (scale * edge for edge in _box(fields))
    confidence = sum(n * sure for n, sure in weights) / sum(n for n, _ in weights)
    return ScannedLine(scaled, x0, y0, x1, y1, round(height * scale * SIZE, 1), confidence, paragraph)


def _small(letters: list[Letter], rise: float) -> list[Letter]:
    """A word with its capitals made small that stand no higher than its small letters."""
    tops = [letter.y0 for letter in letters if letter.text in _X_HEIGHT]
    if not tops or rise <= 0 or not any(letter.text in _ONE_SHAPE for letter in letters):
        return letters
    # Boxes may reach into the letter above: the usual top, and no single one.
    usual = float(np.median(tops))
    result: list[Letter] = []
    for letter in letters:
        # After a small letter, where capitals hardly stand, the box must say more.
        least = rise if result and result[-1].text.islower() else CAPITAL * rise
        small = letter.text in _ONE_SHAPE and usual - letter.y0 < least
        result.append(letter._replace(text=letter.text.lower()) if small else letter)
    return result


def _dashes(letters: list[Letter], height: float) -> list[Letter]:
    text = "".join(letter.text for letter in letters)
    if text == "--" or (text == "-" and letters[0].x1 - letters[0].x0 >= DASH * height > 0):
        return [Letter("–", letters[0].x0, letters[0].y0, letters[-1].x1, letters[-1].y1)]
    return letters
