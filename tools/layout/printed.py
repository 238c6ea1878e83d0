"""Documents whose lines are known, set by LibreOffice and read back from PDF by what people use: pages as the world makes them."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "support"))

from again import documents_of, placed, title_of

from kz_textkit.document import Mark
from labelled import LabelledText
from pages.found import labelled_by_blocks
from pages.model import NOTE, Block, Source
from pages.office import Sheet, marginal_of, printed_by_office, sheet_of
from pages.pdf import READERS

_NOTE = re.compile(r"(\d{1,2}|\*) (?=\S)")
_DOUBTFUL = 3
"""Of so many lines one may be unplaced."""
_SCANNED = 4
"""Of so many documents one is read by OCR too."""


def printed(texts: Sequence[LabelledText], times: int, *, seed: int = 0) -> Iterator[LabelledText]:
    """Each document so many times, in ways drawn at random but always the same, as every reader at hand gives it back."""
    jobs: list[tuple[Source, Sheet]] = []
    for name, blocks, kind in documents_of(texts):
        for number in range(times):
            rng = random.Random(crc32(f"printed {seed} {name}/{number}".encode()))
            own = placed(_with_notes([block for block in blocks if block.kind != "running_head"]), rng)
            source = Source(kind, "training", tuple(own), title_of(blocks), "", f"{name}.printed{number}")
            jobs.append((source, sheet_of(kind.lower().split()[0], rng)))
    with TemporaryDirectory() as folder:
        for (source, sheet), pdf in zip(jobs, printed_by_office(jobs, Path(folder)), strict=True):
            if pdf is None:
                warnings.warn(f"LibreOffice did not print {source.name}: the weights will be others", stacklevel=2)
            else:
                yield from _as_read(source, sheet, pdf)


def _as_read(source: Source, sheet: Sheet, pdf: Path) -> Iterator[LabelledText]:
    """What every reader at hand gives of a printed document, if most of it can be labelled."""
    heads, feet = marginal_of(source, sheet)
    readers = {**READERS, "tesseract": scanned} if crc32(source.name.encode()) % _SCANNED == 0 else READERS
    for reader, read in readers.items():
        if (given := read(pdf)) is not None:
            text = labelled_by_blocks(source, *given, name=reader, heads=heads, feet=feet)
            if text.labels.count("?") * _DOUBTFUL < sum(map(bool, text.labels)):
                yield replace(text, name=f"{source.name}.{reader.replace(' ', '')}")


def scanned(path: Path) -> tuple[str, tuple[Mark, ...]] | None:
    """The first pages of a PDF file as OCR reads them; None where Tesseract is absent."""
    if not (shutil.which("tesseract") and shutil.which("pdftoppm")):
        return None
    with TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", "170", "-l", str(_PAGES), "-gray", "-png", str(path), f"{folder}/page"]
        subprocess.run(command, capture_output=True, check=True)
        pages = [
            subprocess.run(["tesseract", str(page), "-", "-l", "kaz"], capture_output=True, check=True, env=_ONE_THREAD).stdout.decode()
            for page in sorted(Path(folder).iterdir())
        ]
    return "\f".join(page.rstrip("\f\n") + "\n" for page in pages), ()


_PAGES = 4
_ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _with_notes(blocks: Sequence[Block]) -> list[Block]:
    """Blocks whose notes that have a number stand at the foot of the page, where the text above has the number."""
    found: list[Block] = []
    for block in blocks:
        number = _NOTE.match(block.text) if block.kind == "note" else None
        mark = re.compile(rf"(?<=[\w.,»)!?]){re.escape(number[1])}(?!\w)") if number else None
        at = next((k for k in range(len(found) - 1, max(-1, len(found) - 6), -1) if mark and mark.search(found[k].text)), None)
        if number is None or mark is None or at is None:
            found.append(block)
        else:
            text, note = mark.sub(NOTE, found[at].text, count=1), block.text[number.end() :]
            found[at] = replace(found[at], text=text, notes=(*found[at].notes, note))
    return found
