"""An address that its sentence needs stays; one that a page spilled into the text is taken out with what held it."""

from __future__ import annotations

import pytest

from kz_textkit.alignment import apply_edits
from kz_textkit.document import Mark
from kz_textkit.layout import lay_out


def laid(text: str) -> str:
    return apply_edits(text, lay_out(text).edits).strip()


@pytest.mark.parametrize(
    "text",
    [
        "Өтінішті https://egov.kz порталында онлайн тапсыруға болады.",
        "Кітапты kitap.kz/roman-нан тауып оқыдым.",
        "Толық нұсқасы www.kitap.kz сайтында жарияланды.",
        "Мекенжайымыз: www.kitap.kz, есігіміз ашық.",
        "Сейітов А. Дала. – Қолжетімділік режимі: https://e-history.kz/kz/12 (12.05.2020).",
    ],
)
def test_an_address_that_the_sentence_needs_stays(text: str) -> None:
    assert laid(text) == text
    [link] = lay_out(text).links
    assert link.mention is not None
    assert text[slice(*link.mention)] == link.url


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Билік (http://kk.wikipedia.org/wiki/X) деген ұғым бар.", "Билік деген ұғым бар."),
        ("Билік [ http://kk.wikipedia.org/wiki/X ] деген ұғым бар.", "Билік деген ұғым бар."),
        ("Қоғам, яғни http://kk.wikipedia.org/wiki/%D2%9A билік құрылымы.", "Қоғам, яғни билік құрылымы."),
        ("Сайт туралы http://kk.wikipedia.org/wiki/S сөз болды.", "Сайт туралы сөз болды."),
    ],
)
def test_an_address_that_was_spilled_goes(text: str, wanted: str) -> None:
    assert laid(text) == wanted
    assert len(lay_out(text).links) == 1


def test_a_case_ending_is_no_part_of_the_address() -> None:
    [link] = lay_out("Бұл туралы https://kk.wikipedia.org/wiki/%D2%9A-да жазылған.").links
    assert link.url == "https://kk.wikipedia.org/wiki/%D2%9A"


def test_in_a_text_with_marks_too() -> None:
    text = "Өтінішті https://egov.kz порталында тапсырыңыз (http://kk.wikipedia.org/wiki/X)."
    layout = lay_out(text, marks=[Mark(0, len(text), "block", {"kind": "paragraph"})])
    assert apply_edits(text, layout.edits) == "Өтінішті https://egov.kz порталында тапсырыңыз."
    assert [link.url for link in layout.links] == ["https://egov.kz", "http://kk.wikipedia.org/wiki/X"]
