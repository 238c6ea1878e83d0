"""ZIP archives: what can be read in them is read, and nothing gets out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import zipped
from kz_textkit.errors import InputError
from kz_textkit.readers import read_all
from kz_textkit.settings import Limits, Settings

DALA = "Дала – кең жазық жер, онда мал өседі."
SU = "Су – тіршілік көзі, оны үнемдеу керек."


def written(folder: Path, data: bytes) -> Path:
    path = folder / "жинақ.zip"
    path.write_bytes(data)
    return path


def test_files_are_read_in_the_order_of_their_names_and_named_with_the_archive(tmp_path: Path) -> None:
    path = written(
        tmp_path, zipped({"б/су.txt": SU, "а/дала.txt": DALA.encode("kz1048"), "сурет.gif": b"GIF89a", "__MACOSX/а.txt": DALA})
    )
    documents = list(read_all(path))
    assert [(raw.doc_id, raw.source, raw.text) for raw in documents] == [
        ("жинақ-0000001", f"{path}!а/дала.txt", DALA),
        ("жинақ-0000002", f"{path}!б/су.txt", SU),
    ]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = zipped({"дала.txt": DALA})
    for _ in range(2):
        inner = zipped({"іші.zip": inner})
    assert [raw.text for raw in read_all(written(tmp_path, inner))] == [DALA]
    with pytest.raises(InputError, match="to a depth of 3"):
        list(read_all(written(tmp_path, zipped({"іші.zip": inner}))))


def test_an_archive_that_holds_itself_does_not_go_on_for_ever(tmp_path: Path) -> None:
    data = zipped({"дала.txt": DALA})
    for _ in range(40):
        data = zipped({"а.zip": data, "б.zip": data}, packed=False)
        if len(data) > 1 << 20:
            break
    documents = 0
    with pytest.raises(InputError, match=r"no file in it could be read|depth"):
        for _ in read_all(written(tmp_path, data)):
            documents += 1
    assert documents == 0


def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path) -> None:
    names = ("../../шықты.txt", "/tmp/шықты.txt", "..\\шықты.txt", "C:\\шықты.txt")
    path = written(tmp_path, zipped(dict.fromkeys(names, DALA)))
    assert [raw.text for raw in read_all(path)] == [DALA] * len(names)
    assert not list(tmp_path.parent.rglob("шықты.txt"))
    assert not Path("/tmp/шықты.txt").exists()


def test_a_member_that_cannot_be_read_is_named_with_the_next_document(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"а.xlsx": b"PK\x03\x04" + bytes(300), "б.txt": b"", "су.txt": SU}))
    (raw,) = read_all(path)
    assert len(raw.warnings) == 2 and raw.warnings[1].startswith("б.txt: the file is empty")


def test_names_in_the_code_page_of_dos_are_read(tmp_path: Path) -> None:
    data = zipped({"dala.txt": DALA})
    path = written(tmp_path, data.replace(b"dala.txt", "дала.txt".encode("cp866")))
    (raw,) = read_all(path)
    assert raw.source == f"{path}!дала.txt"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "limits", "problem"),
    [
        ({"а.txt": "а" * 60_000_000}, Limits(), "could be read; а.txt: its part а.txt unpacks to more than 200 times"),
        ({"а.txt": "Қазақ " * 300_000}, Limits(expanded_mb=1), "unpacks to more than 1 MB"),
        ({f"{i}.txt": DALA for i in range(50)}, Limits(archive_members=40), "it has 50 parts"),
    ],
)
def test_what_is_too_large_costs_one_line(tmp_path: Path, parts: dict[str, str], limits: Limits, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        list(read_all(written(tmp_path, zipped(parts)), settings=Settings(limits=limits)))


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"су.txt": SU}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    with pytest.raises(InputError, match="locked by a password"):
        list(read_all(written(tmp_path, bytes(data))))
