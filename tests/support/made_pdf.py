"""PDF files that tests make: text set by hand at given places, in a free font that has the Kazakh letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
FONTS = {"Text": ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf"), "Text-Bold": ("DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf")}
HEIGHT = float(A4[1])


def register_fonts() -> None:
    """Make the fonts `Text` and `Text-Bold` known to reportlab; the test is skipped where there are none."""
    for name, files in FONTS.items():
        if name in pdfmetrics.getRegisteredFontNames():
            continue
        found = next((path for file in files for folder in FOLDERS for path in Path(folder).rglob(file)), None)
        if found is None:
            pytest.skip(f"no font with Kazakh letters: {files[0]} of the Debian package fonts-dejavu-core")
        pdfmetrics.registerFont(TTFont(name, str(found)))


class Sheets(Canvas):
    """A canvas with places from the upper left corner, in points."""

    def __init__(self, path: Path, **options: object) -> None:
        register_fonts()
        super().__init__(str(path), pagesize=A4, **options)

    def put(self, x: float, y: float, text: str, *, size: float = 11, font: str = "Text", spacing: float = 0, mode: int = 0) -> None:
        """A string with its base line `y` points from the top."""
        item = self.beginText(x, HEIGHT - y)
        item.setFont(font, size)
        item.setCharSpace(spacing)
        item.setTextRenderMode(mode)
        item.textOut(text)
        self.drawText(item)

    def stack(self, x: float, y: float, lines: Sequence[str], *, size: float = 11, pitch: float = 14, font: str = "Text") -> float:
        """Lines one under the other; the height after them."""
        for line in lines:
            self.put(x, y, line, size=size, font=font)
            y += pitch
        return y

    def justified(self, x: float, y: float, width: float, lines: Sequence[str], *, size: float = 11, pitch: float = 14) -> float:
        """Lines stretched to a width by their word spaces, but for the last; each word is drawn by itself."""
        for number, line in enumerate(lines):
            words = line.split()
            lengths = [pdfmetrics.stringWidth(word, "Text", size) for word in words]
            gap = (width - sum(lengths)) / max(1, len(words) - 1) if number < len(lines) - 1 else 0.3 * size
            at = x
            for word, length in zip(words, lengths, strict=True):
                self.put(at, y, word, size=size)
                at += length + gap
            y += pitch
        return y
