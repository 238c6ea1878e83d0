"""Reading: the encoding is found, the bytes can be given back, and what is no text is refused in one line."""

from __future__ import annotations

import random
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers import encode, read, suffixes
from kz_textkit.readers.detection import detect_encoding
from kz_textkit.readers.plain_text import decode
from paragraphs import KAZAKH, OTHERS

UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
EIGHT_BIT = ["kz1048", "ptcp154"]
ALL_KAZAKH = "\r\n".join(KAZAKH.values())


def written(folder: Path, data: bytes, name: str = "дәріс.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("codec", UNICODE + EIGHT_BIT)
@pytest.mark.parametrize("length", [100, 200, 1000])
def test_the_encoding_of_kazakh_is_found(tmp_path: Path, codec: str, length: int) -> None:
    for start in range(0, len(ALL_KAZAKH) - length + 1, 50):
        text = ALL_KAZAKH[start : start + length]
        raw = read(written(tmp_path, text.encode(codec)))
        assert (raw.text, raw.text.encode(raw.encoding)) == (text, text.encode(codec))


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_the_encoding_of_russian_is_found(tmp_path: Path, codec: str) -> None:
    text = OTHERS["ru"].replace("–", "-").replace("«", '"').replace("»", '"').replace("−", "-").replace("±", "+")
    raw = read(written(tmp_path, text.encode(codec)))
    assert (raw.text, raw.encoding) == (text, codec)


@pytest.mark.parametrize("language", ["uk", "be", "mk", "sr"])
def test_slavic_neighbours_in_windows_1251_are_not_read_as_kazakh(tmp_path: Path, language: str) -> None:
    assert read(written(tmp_path, OTHERS[language].encode("cp1251"))).text == OTHERS[language]


@pytest.mark.parametrize("codec", [*UNICODE, *EIGHT_BIT])
def test_the_bytes_are_given_back_and_line_ends_stay(tmp_path: Path, codec: str) -> None:
    data = (ALL_KAZAKH + "\n\r\x0cсоңы\r").encode(codec)
    raw = read(written(tmp_path, data))
    assert raw.text.endswith("\n\r\x0cсоңы\r")
    assert encode(raw) == raw.text.encode(raw.encoding) == data
    assert raw.sha256 == sha256(data).hexdigest()
    assert (raw.doc_id, raw.undecodable) == ("дәріс", ())


def test_a_big_endian_mark_stays_in_the_text(tmp_path: Path) -> None:
    data = b"\xfe\xff" + ALL_KAZAKH.encode("utf-16-be")
    raw = read(written(tmp_path, data))
    assert raw.text.lstrip("\ufeff") == ALL_KAZAKH
    assert encode(raw) == data


def test_a_few_bad_bytes_do_not_stop_a_file(tmp_path: Path) -> None:
    data = ALL_KAZAKH[:200].encode() + b"\xff\xd2" + ALL_KAZAKH[200:].encode() + b"\xd0"
    raw = read(written(tmp_path, data))
    assert raw.encoding == "utf-8"
    assert raw.text == ALL_KAZAKH[:200] + "\ufffd\ufffd" + ALL_KAZAKH[200:] + "\ufffd"
    assert [original for _, original in raw.undecodable] == [b"\xff", b"\xd2", b"\xd0"]
    assert encode(raw) == data


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "kz1048", "cp1251", "koi8-r", "utf-16-le", "utf-16-be", "ascii", "utf-8-sig"]))
def test_no_byte_is_lost_whatever_the_bytes_are(data: bytes, codec: str) -> None:
    if codec == "utf-8-sig":
        data = b"\xef\xbb\xbf" + data
    text, undecodable = decode(data, codec)
    assert all(text[offset] == "\ufffd" for offset, _ in undecodable)
    assert encode(RawDocument("a", "a", "", codec, text, undecodable)) == data


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "nothing but white space"),
        ("\ufeff \n".encode("utf-16-le"), "nothing but white space"),
        (b"GIF89a" + bytes(range(256)), "a GIF picture"),
        (b"Rar!\x1a\x07" + bytes(range(256)), "a RAR archive"),
        (random.Random(5).randbytes(3000), "a binary file"),
        (random.Random(6).randbytes(50), "a binary file"),
    ],
    ids=["empty", "blank", "blank UTF-16", "gif", "rar", "random", "few random"],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as error:
        read(written(tmp_path, data))
    assert "\n" not in str(error.value)
    assert "дәріс.txt" in str(error.value)


@pytest.mark.parametrize(
    ("text", "codec", "forced", "problem"),
    [
        ("Қазақ тілі – ана тіліміз", "utf-8", "kz1048", "is not in kz1048 but in utf-8"),
        ("Қазақ тілі – ана тіліміз", "utf-8", "utf-16", "is not in utf-16"),
        ("Қазақ тілі – ана тіліміз", "kz1048", "utf-8", "is not in utf-8"),
        ("Қазақ тілі – ана тіліміз", "kz1048", "koi8-r", "is not in koi8-r but in kz1048"),
        ("Қазақ тілі", "utf-8", "klingon", "unknown encoding 'klingon'"),
        ("Қазақ тілі", "utf-8", "base64", "unknown encoding 'base64'"),
        ("Қазақ тілі", "utf-8", "ascii", "is not in ascii"),
    ],
)
def test_a_wrong_forced_encoding_is_an_error(tmp_path: Path, text: str, codec: str, forced: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read(written(tmp_path, text.encode(codec)), encoding=forced)


def test_a_right_forced_encoding_is_taken(tmp_path: Path) -> None:
    assert read(written(tmp_path, "үй".encode("ptcp154")), encoding="PTCP154").text == "үй"
    assert read(written(tmp_path, "үй".encode("utf-16-le")), encoding="utf-16").text == "үй"
    assert read(written(tmp_path, "үй".encode("utf-8-sig")), encoding="utf-8").text == "үй"


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for path, problem in (
        (tmp_path, "is a folder"),
        (tmp_path / "жоқ.txt", "no such file"),
        (written(tmp_path, b"x", "a.exe"), "files of type .exe can't be read"),
        (written(tmp_path, b"AT&TFORM", "a.djvu"), "DjVu files can't be read; make a PDF of it"),
    ):
        with pytest.raises(InputError, match=problem):
            read(path)
    assert ".exe" not in suffixes()
    assert read(written(tmp_path, "Сөз".encode(), "1-дәріс. Кіріспе")).text == "Сөз"


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied", str(path))

    path = written(tmp_path, b"A", "жабық.txt")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="no permission"):
        read(path)


def test_plain_ascii_is_utf8() -> None:
    assert detect_encoding(b"Lorem ipsum, 1995\n") == "utf-8"
