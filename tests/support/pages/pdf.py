"""Real PDF files of documents whose lines are labelled, so that what a reader of PDF makes of them can be labelled by their letters."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kz_textkit.document import Mark
from kz_textkit.readers.pdf import read as read_pdf
from kz_textkit.settings import Settings
from labelled import LabelledText, Split
from pages import compose, drawn, set_source
from pages.carrying import labelled_by
from pages.model import Source
from pages.setting import Setting, choose

__all__ = ["READERS", "fonts_at_hand", "pdf_of", "printed_texts"]

_FOLDERS = (Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts"), Path("/Library/Fonts"))
_FACES = {
    "serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "dejavu": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
}
_PRINTABLE = str.maketrans(
    {"\t": "  ", "\x02": "-", "\ufffe": "-", "\xad": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf0fc": "•", "\u2003": "  "}
)
_HEIGHT = 842.0


def fonts_at_hand() -> list[str]:
    """Names of the faces that are installed with their bold ones."""
    return [face for face, files in _FACES.items() if all(_path(file) for file in files)]


def pdf_of(source: Source, setting: Setting, rng: random.Random, *, most: int = 400) -> tuple[bytes, LabelledText]:
    """The document as a PDF file, and its lines in the order of print with their labels and boxes.

    `setting` is one with marks (`choose(…, marks=True)`). Raises LookupError where no face is installed.
    """
    faces = fonts_at_hand()
    if not faces:
        raise LookupError("no Liberation or DejaVu font is installed")
    printed = set_source(source, setting, rng, most=most)
    face = rng.choice(faces)
    by_words = rng.random() < 0.6
    buffer = io.BytesIO()
    lines = [mark for mark in printed.marks if mark.kind == "line"]
    pages = [mark for mark in printed.marks if mark.kind == "page"]
    wide = max([595.0, *(float(mark.value["x1"]) + 60 for mark in lines)])
    high = max([_HEIGHT, *(float(mark.value["y1"]) + 50 for mark in lines)])
    canvas = Canvas(buffer, pagesize=(wide, high), invariant=True)
    for page in pages:
        for mark in lines:
            if page.start <= mark.start < page.end:
                text = printed.text[mark.start : mark.end].translate(_PRINTABLE)
                _draw(canvas, text, mark, _font(face, bold=bool(mark.value.get("bold"))), high, by_words=by_words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), printed


def printed_texts(
    seed: int, count: int, *, kinds: Sequence[str] | None = None, split: Split | None = None, readers: Sequence[str] | None = None
) -> Iterator[LabelledText]:
    """So many documents printed to PDF, each as every reader at hand gives it back.

    `readers` are names of `READERS`; that of this project comes with its marks. Nothing where no font or reader is installed.
    """
    for number in range(count if fonts_at_hand() else 0):
        rng = random.Random(crc32(f"pdf {seed}/{number}".encode()))
        kind, of_split = drawn(rng, kinds, split)
        setting = choose(of_split, rng, kind, marks=True)
        source = compose(kind, of_split, rng, lines=rng.randint(70, 200), width=setting.width // 500)
        pdf, printed = pdf_of(source, setting, rng)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "printed.pdf"
            path.write_bytes(pdf)
            for name in readers or READERS:
                read = READERS[name](path)
                if read:
                    yield labelled_by(printed, *read, name=name)


def _pdfium(path: Path) -> tuple[str, tuple[Mark, ...]]:
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range().replace("\r\n", "\n").rstrip("\n") for page in document]
    return "\n\f".join(pages), ()


def _poppler(path: Path, *options: str) -> tuple[str, tuple[Mark, ...]] | None:
    if shutil.which("pdftotext") is None:
        return None
    run = subprocess.run(["pdftotext", *options, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode(), ()


def _ours(path: Path) -> tuple[str, tuple[Mark, ...]]:
    raw = read_pdf(path, Settings())
    return raw.text, raw.marks


READERS: Mapping[str, Callable[[Path], tuple[str, tuple[Mark, ...]] | None]] = {
    "kz_textkit": _ours,
    "pypdfium2": _pdfium,
    "pdftotext": _poppler,
    "pdftotext -layout": lambda path: _poppler(path, "-layout"),
}
"""What gives the text of a PDF file, and marks if it has them."""


@lru_cache(maxsize=16)
def _path(file: str) -> Path | None:
    """The font file of that name that has the letters of Kazakh: older Liberation fonts lack some."""
    found = (path for folder in _FOLDERS if folder.is_dir() for path in sorted(folder.rglob(file)))
    return next(
        (path for path in found if all(ord(letter) in TTFont("probe", str(path)).face.charToGlyph for letter in "әғқңөұүһі")), None
    )


def _font(face: str, *, bold: bool) -> str:
    """Name of a registered face."""
    name = f"{face}-{'bold' if bold else 'plain'}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(_path(_FACES[face][bold]))))
    return name


def _draw(canvas: Canvas, text: str, mark: Mark, font: str, high: float, *, by_words: bool) -> None:
    """A line in its box: word by word with the room between them, or as one string that is squeezed to fit."""
    size, x0, x1 = float(mark.value["size"]), float(mark.value["x0"]), float(mark.value["x1"])
    y = high - float(mark.value["y1"])
    words: Sequence[str] = text.split(" ")
    natural = pdfmetrics.stringWidth(text, font, size)
    room = x1 - x0 - sum(pdfmetrics.stringWidth(word, font, size) for word in words)
    gaps = len(words) - 1
    if by_words and gaps and 0.15 * size < room / gaps < 2 * size:
        for word in words:
            canvas.setFont(font, size)
            canvas.drawString(x0, y, word)
            x0 += pdfmetrics.stringWidth(word, font, size) + room / gaps
        return
    line = canvas.beginText(x0, y)
    line.setFont(font, size)
    line.setHorizScale(min(100.0, 100 * (x1 - x0) / natural) if natural else 100.0)
    line.textOut(text)
    canvas.drawText(line)
