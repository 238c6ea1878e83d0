"""What PDF libraries leave of a divided word: a sign in the middle of two printed lines that they put to one."""

from __future__ import annotations

from hashlib import sha256

import pytest

import kz_textkit as kz
from kz_textkit.document import RawDocument


def clean(text: str) -> str:
    return kz.clean(RawDocument("мәтін", "мәтін.txt", sha256(text.encode()).hexdigest(), "utf-8", text)).text


@pytest.mark.parametrize("sign", ["\ufffe", "\x02"])
def test_a_word_that_pdfium_left_a_sign_in_is_whole(sign: str) -> None:
    text = f"Сандықтың түбінен ескі кітап шықты, оның бірінші бетін балалар сар{sign}ғайған шүберекпен сүртіп, күнге кептірді."
    assert clean(text) == text.replace(sign, "")


def test_its_line_ends_again_where_lines_stay() -> None:
    assert kz.fix("Балалар сар\ufffeғайған шүберекті жуды.") == "Балалар сар-\nғайған шүберекті жуды."


def test_a_compound_that_was_divided_at_its_hyphen_keeps_it() -> None:
    assert (
        clean("Ауданның оңтүстік\ufffeшығысындағы ауылдарда қар ерте ериді.")
        == "Ауданның оңтүстік-шығысындағы ауылдарда қар ерте ериді."
    )


@pytest.mark.parametrize("text", ["а\ufffe", "\ufffeа", "3\ufffe4", "а\ufffe 4"])
def test_a_sign_that_divides_no_word_stays(text: str) -> None:
    assert kz.fix(text) == text
