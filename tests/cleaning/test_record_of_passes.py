"""A second look at a text leaves the record of the first as it was: each removal by its rule, each link as often as it stood there."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from kz_textkit.cleaning.clean import clean
from kz_textkit.document import Document, RawDocument

ADDRESS = "http://kk.wikipedia.org/w/index.php?title=%D0%A1%D1%83&action=edit&redlink=1"
TEXT = (
    "Өзен бойында ескі диірмен тұр. Оның тасы әлі күнге дейін айналады, яғни\n"
    f"{ADDRESS}\n{ADDRESS}\nhttp://kk.wikipedia.org/wiki/%D0%A2%D0%B0%D1%81\n"
    "ауыл адамдары ұнды сонда тартады. Диірменші қарт өз ісін немересіне\nүйретіп жүр.\n"
)


def cleaned(text: str) -> Document:
    return clean(RawDocument("диірмен", "диірмен.txt", sha256(text.encode()).hexdigest(), "utf-8", text))


def test_each_address_is_an_edit_and_a_link_of_its_own() -> None:
    document = cleaned(TEXT)
    assert [e.before for e in document.edits if e.rule == "url"] == TEXT.split("\n")[1:4]
    assert Counter(link.url for link in document.links)[ADDRESS] == 2
    assert len(document.links) == 3


def test_an_address_that_stays_is_one_link() -> None:
    document = cleaned("Өтінішті https://egov.kz порталында тапсырыңыз.Ол жерде бәрі жазылған.\n")
    assert [link.url for link in document.links] == ["https://egov.kz"]
