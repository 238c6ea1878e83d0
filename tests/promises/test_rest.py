"""What is clean stays as it is: `clean(clean(x)) == clean(x)`, over any text and over every document that is at hand."""

from __future__ import annotations

import random
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kz_textkit as kz
from baits import BAITS
from gold import own_texts, real_texts
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.passes import passes_of
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import Document, RawDocument
from kz_textkit.settings import Settings
from repository import RAW, TESTS

SENTENCES = (
    "Ауылдың шетіндегі көпір биыл көктемде жөнделді.",
    "Балалар кешке дейін өзен жағасында ойнап, күн батқанда ғана үйлеріне қайтты.",
    "Кітапханаға жаңадан екі жүз кітап түсті, олардың көбі тарих пен географияға арналған.",
    "Диқандар егінді жинап біткен соң, үлкен той болады деп күтілуде",
    "жаңбыр жауып тұрғандықтан, жол бойында ешкім көрінбейді",
    "Сүт 250 г 20 г",
    "Мұғалім: сабақ басталды!",
)
HEADINGS = ("1-тарау. Өзендер", "Кіріспе", "ҚОРЫТЫНДЫ", "ІІІ тарау", "§ 5. Көлдер", "Мазмұны", "Сұрақтар:", "1.1 Ұғым", "## Әдебиет")
FURNITURE = (
    "12",
    "- 13 -",
    "Ауыл тарихы 14",
    "7 / 15",
    "\f",
    "\f12\n",
    "1 Ескі сөз.",
    "* Аударма.",
    "____",
    "1",
    "2",
    "Өзендер ..... 3",
)
ADDRESSES = (
    "http://kk.wikipedia.org/wiki/%D0%91",
    "www.egov.kz",
    "cабақhttp://a.kz/",
    "жоқ.Олhttp://a.kz/б",
    "hthttp://a.kz/tp://b.kz/",
)
DAMAGE = (
    *(
        "Ҥкіметтің",
        "ӛз",
        "cабақ",
        "Ќазаќ",
        "бiлiм",
        "калалық",
        "жѕне",
        "6ір",
        "жӘне",
        "К І Р І С П Е",
        "\u00ad",
        "\u200b",
        "Ð°",
        "&amp;",
    ),
    *("\x1c", "\x1d", "\x1e", "\x1f", "\u2028", "\xa0", "\x85", "қыр-\nсыр", "ата-\n", "эконо¬\nмика", " -\n", "мазмұны\x1dзаңға"),
)
PIECES = (*SENTENCES, *HEADINGS, *FURNITURE, *ADDRESSES, *DAMAGE, *BAITS)
GAPS = ("\n", "\n", "\n\n", "\n\n\n", " ", "  ", "\t", " \n", "\n ", ". ", ".", ", ", "-", "", "\r\n")


SHOWN_BY_THEIR_FORMAT = ("rust_book_chapter_01.md", "law_561-IV_kk.kz-textkit.2")
"""Documents in which only the format shows what the clean text does not: program text with an address in it, paragraphs that look like
lines of one. What they are is kept in their corpus; their text alone, cleaned, is another one, and stays as that."""


def raw_of(text: str) -> RawDocument:
    return RawDocument("кез", "кез.txt", sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "utf-8", text)


def check_rest(document: Document, what: object = "") -> None:
    """Its clean text stays, without an edit; nothing of the raw one is lost on the way."""
    assert rebuild(placed_blocks(document), [e for e in document.edits if e.applied], gaps_of(document)) == document.raw.text
    again = clean(raw_of(document.text))
    if what in SHOWN_BY_THEIR_FORMAT:
        assert clean(raw_of(again.text)).text == again.text
        return
    assert again.text == document.text, what
    assert not [e for e in again.edits if e.applied], what


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), st.sampled_from(GAPS)), max_size=30))
def test_what_is_clean_stays(pieces: list[tuple[str, str]]) -> None:
    check_rest(clean(raw_of("".join(piece + gap for piece, gap in pieces))))


@pytest.mark.slow
def test_what_is_clean_stays_though_much_was_done_to_it() -> None:
    """150 texts of the same pieces by chance: nearly all are changed, and many need more than one pass, so that the promise says
    something."""
    changed = further = 0
    for seed in range(150):
        chance = random.Random(seed)
        gaps = GAPS if seed % 2 else ("\n", "\n", "\n", "\n\n")
        text = "".join(chance.choice(PIECES) + chance.choice(gaps) for _ in range(chance.randrange(5, 60)))
        document = clean(raw_of(text))
        check_rest(document, seed)
        changed += document.text != text.strip()
        further += len(passes_of(raw_of(text), Settings())) > 1
    assert changed > 140
    assert further > 40


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Олар мұнда болған жоқ.Олhttp://a.kz/ кейін келді.", "Олар мұнда болған жоқ. Ол кейін келді."),
        ("Балалар cабақhttp://a.kz/ оқып отыр.", "Балалар сабақ оқып отыр."),
        ("Кітаптың мазмұны\x1dзаңға сай.", "Кітаптың мазмұны заңға сай."),
    ],
)
def test_what_layout_uncovers_is_repaired(text: str, wanted: str) -> None:
    document = clean(raw_of(text))
    assert document.text == wanted
    check_rest(document)


CLEANED = """\
Пікірлер
Мадина
Залы таза, орындықтары жайлы.
Болат
Дыбысы жақсы, бірақ экраны кішкентай екен.

Бағдарламаны іске қосу
```sh
$ cargo run
```
Бағдарлама экранға сәлем сөзін шығарады."""


def test_names_and_code_in_a_clean_text_are_no_running_heads() -> None:
    document = clean(raw_of(CLEANED))
    assert document.text == CLEANED
    assert document.edits == ()


@pytest.mark.slow
def test_documents_written_for_the_tests_stay_as_they_are_cleaned() -> None:
    files = [*sorted((TESTS / "outlines").glob("*.txt")), *sorted((TESTS / "originals").glob("*.txt")), *sorted(RAW.iterdir())]
    for document in [kz.read(file) for file in files] + [raw_of(text.text) for text in own_texts()]:
        check_rest(clean(document), document.source)


@pytest.mark.slow
def test_labelled_documents_stay_as_they_are_cleaned(shared: Path) -> None:
    texts = real_texts(shared)
    assert len(texts) > 20
    for text in texts:
        check_rest(clean(RawDocument("а", "а.txt", "", "utf-8", text.text, marks=text.marks)), text.name)


@pytest.mark.slow
def test_shared_documents_stay_as_they_are_cleaned(shared: Path) -> None:
    files = [*(shared / "texts").glob("*.txt"), *(shared / "documents" / "real").glob("*.[htm]*"), *(shared / "cases").glob("*.txt")]
    files += [shared / "documents" / "made" / f"book.{suffix}" for suffix in ("docx", "odt", "html", "epub", "pdf")]
    for file in sorted(files):
        document = kz.read(file)
        check_rest(clean(document), file.name)
        if document.marks:
            check_rest(clean(raw_of(document.text)), f"{file.name} as text")
