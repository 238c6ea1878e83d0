"""PDF files that are damaged or made to do harm cost one line, in a process of their own, and never the batch."""

from __future__ import annotations

import random
from pathlib import Path
from zlib import compress

import pytest

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import pdf
from kz_textkit.readers.isolation import read_isolated
from kz_textkit.settings import Limits, Settings
from made_pdf import Sheets

PROSE = ["Қазақстан – Орталық Азиядағы ел.", "Астанасы – Астана қаласы.", "Халқы он тоғыз миллион адам."]
SETTINGS = Settings(ocr=False, limits=Limits(seconds=20, memory_mb=2000))


def sound(path: Path, pages: int = 3) -> bytes:
    sheets = Sheets(path)
    for _ in range(pages):
        sheets.stack(70, 80, PROSE)
        sheets.linkURL("https://kk.wikipedia.org", (70, 700, 200, 780))
        sheets.showPage()
    sheets.save()
    return path.read_bytes()


def objects(*bodies: bytes) -> bytes:
    """A PDF file of numbered objects; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start)


def test_a_broken_table_of_objects_is_put_right(tmp_path: Path) -> None:
    data = sound(tmp_path / "a.pdf")
    start = data.rindex(b"startxref")
    (tmp_path / "a.pdf").write_bytes(data[:start] + b"startxref\n12\n%%EOF")
    assert pdf.read(tmp_path / "a.pdf", SETTINGS).text.splitlines()[:3] == PROSE


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 5>>\nstream\n/F Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>"
    body = b"<</Length 5>>\nstream\n/F Do\nendstream"
    (tmp_path / "a.pdf").write_bytes(
        objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, form, body)
    )
    with pytest.raises(InputError, match="no text"):
        pdf.read(tmp_path / "a.pdf", SETTINGS)


def test_pages_and_bookmarks_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>"
    outline = b"<</First 5 0 R/Last 5 0 R/Count 1>>"
    entry = b"<</Title(a)/Next 5 0 R/First 5 0 R/Dest[3 0 R/Fit]>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
    (tmp_path / "a.pdf").write_bytes(objects(catalogue, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", page, outline, entry))
    with pytest.raises(InputError):
        pdf.read(tmp_path / "a.pdf", SETTINGS)


@pytest.mark.slow
def test_a_stream_that_unpacks_to_very_much_costs_one_line(tmp_path: Path) -> None:
    packed = compress(b"0 0 m " * 20_000_000, 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    body = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)
    (tmp_path / "a.pdf").write_bytes(objects(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, body))
    with pytest.raises(InputError):
        list(read_isolated(tmp_path / "a.pdf", "pdf", SETTINGS))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_are_read_or_named(tmp_path: Path, seed: int) -> None:
    data = sound(tmp_path / "a.pdf")
    rng = random.Random(seed)
    for number in range(25):
        damaged = bytearray(data)
        for _ in range(rng.choice((1, 5, 50, 500))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        if rng.random() < 0.3:
            del damaged[rng.randrange(len(damaged)) :]
        if rng.random() < 0.3:
            start = rng.randrange(len(damaged))
            damaged[start:start] = damaged[start // 2 : start]
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(damaged)
        try:
            read = list(read_isolated(path, "pdf", SETTINGS))
        except InputError as error:
            assert "\n" not in str(error)
            assert path.name in str(error)
        else:
            assert all(isinstance(raw, RawDocument) for raw in read)
