"""How a document came out is measured, and said where it is unusual; sound documents are left in peace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kz_textkit as kz
from kz_textkit.cleaning.clean import clean
from kz_textkit.document import Mark, RawDocument
from repository import RAW


def document(text: str, marks: tuple[Mark, ...] = ()) -> kz.Document:
    return clean(RawDocument("а", "а.txt", "", "utf-8", text, marks=marks))


def blocks(*texts: str) -> kz.Document:
    text, marks = "", []
    for block in texts:
        marks.append(Mark(len(text), len(text) + len(block), "block", {"kind": "paragraph"}))
        text += block + "\n"
    return document(text, tuple(marks))


def test_paragraphs_that_were_cut_into_lines_are_noticed() -> None:
    cut = blocks(*["Дала – кең жазық жер, онда мал өсіп", "жүреді, ал өзен бойында егін егіледі."] * 15)
    assert cut.quality["broken_blocks"] > 0.4
    assert any("break off in mid-sentence" in warning for warning in cut.warnings)
    whole = blocks(*["Дала – кең жазық жер, онда мал өсіп жүреді.", "Ал өзен бойында егін егіледі."] * 15)
    assert whole.quality["broken_blocks"] == 0.0


def test_letters_that_were_lost_are_noticed() -> None:
    lost = blocks("Қаза\ufffd тілі – түркі тілдеріні\ufffd бірі. " * 5)
    assert lost.quality["damaged_words"] > 0.2
    assert any("letters that are no Kazakh ones" in warning for warning in lost.warnings)


def test_pages_that_could_not_be_read_are_counted() -> None:
    text = "Дала – кең жазық жер.\n\fСу – тіршілік көзі."
    pages = (Mark(0, 22, "page", {"number": 1}), Mark(23, 42, "page", {"number": 2, "unreadable": True}))
    assert document(text, pages).quality["unreadable_pages"] == 0.5


@pytest.mark.parametrize("path", sorted(RAW.iterdir()), ids=lambda path: path.name)
def test_nothing_is_said_of_sound_documents(path: Path) -> None:
    found = kz.clean(kz.read(path))
    assert not [warning for warning in found.warnings if "%" in warning]
    assert found.quality["kept"] > 0.8


def test_numbers_that_stand_alone_are_noticed_with_the_first_place() -> None:
    prose = "Дала – кең жазық жер, онда мал өсіп жүреді."
    left = blocks(*[text for n in range(30, 60) for text in (prose, f"- {n} -")])
    warning = next(warning for warning in left.warnings if "numbers alone" in warning)
    assert warning.endswith("(first: «- 30 -»)")
    assert not any("numbers alone" in warning for warning in blocks(*[prose] * 40).warnings)


def test_words_that_come_page_by_page_are_noticed() -> None:
    pages = "\f".join(f"Ауыл айнасы\nДала – кең жазық жер, онда {n} мал өсіп жүреді.\nСу – тіршілік көзі." for n in range(12))
    marks, at = [], 0
    for number, page in enumerate(pages.split("\f"), 1):
        marks.append(Mark(at, at + len(page), "page", {"number": number}))
        for line in page.split("\n"):
            marks.append(Mark(at, at + len(line), "block", {"kind": "paragraph"}))
            at += len(line) + 1
    found = document(pages, tuple(marks))
    assert found.quality["repeated_blocks"] > 0.3
    assert any("page by page" in warning and "first on page 1: «Ауыл айнасы»" in warning for warning in found.warnings)


def test_paragraphs_that_are_too_long_to_be_one_are_noticed() -> None:
    found = blocks(*["Дала – кең жазық жер, онда мал өсіп жүреді. " * 80] * 5)
    assert any("over 2,500 characters" in warning for warning in found.warnings)


PROSE = (
    "Көктемде өзен арнасынан асып, ауылдың шетіндегі үйлерге дейін жетті. Жігіттер түнімен бөгет салып, таңға қарай суды тоқтатты. "
    "Келесі күні аудан орталығынан көмек келді, үлкендер оларға рақмет айтты. Балалар болса жаңа көлшікте қайық жүзгізіп ойнады. "
    "Мұғалім оларға судың қайдан келетінін, неге тасығанын түсіндірді."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (re.sub("[ңқғ]", " ", PROSE), "letter alone"),
        (re.sub(" ", "", PROSE), "longer than Kazakh"),
        (re.sub("[іқ]", "□", PROSE), "signs inside"),
        (PROSE.translate(str.maketrans("әғқңөұүһі", "агкноуухи")), "letters that Kazakh alone has"),
        (re.sub(r"(\. )(\w)", lambda m: m[1] + m[2].lower(), PROSE), "small letter after their end"),
    ],
    ids=["letters lost", "spaces lost", "letters misread", "letters typed as Russian ones", "lines out of order"],
)
def test_words_in_disorder_are_noticed_with_the_first_place(text: str, said: str) -> None:
    warnings = [warning for warning in blocks(*[text] * 6).warnings if said in warning]
    assert len(warnings) == 1 and "(first: «" in warnings[0]
    assert not [warning for warning in blocks(*[PROSE] * 6).warnings if "%" in warning]


def test_running_heads_in_sentences_are_noticed() -> None:
    first, rest = PROSE[:60].rsplit(" ", 1)[0], PROSE[60:].split(" ", 1)[1]
    found = blocks(*[f"{first} {n} Дала жолдары мен {rest}" for n in range(8, 30, 2)])
    assert any("a number that rises" in warning for warning in found.warnings)


def test_chapters_that_are_numbers_and_years_of_poems_are_no_page_numbers() -> None:
    texts = [text for n in range(1, 9) for text in (str(n), PROSE, PROSE, str(1980 + n))]
    marks, at = [], 0
    for text in texts:
        kind = "heading" if len(text) < 3 else "source" if len(text) == 4 else "paragraph"
        marks.append(Mark(at, at + len(text), "block", {"kind": kind, "level": 1} if kind == "heading" else {"kind": kind}))
        at += len(text) + 1
    assert not any("numbers alone" in warning for warning in document("\n".join(texts), tuple(marks)).warnings)


def test_entries_of_a_glossary_may_begin_with_small_letters() -> None:
    words = ["абажадан", "ағаш", "балта", "басқұр", "дабыл", "дөдеге", "желбау", "жүкаяқ", "кебеже", "кереге", "құрық", "шаңырақ"] * 2
    assert not any("small letter" in w for w in blocks(*[f"{word} зат. {PROSE[:90]}." for word in sorted(words)]).warnings)
    cut = [part for n in range(12) for part in (f"{PROSE[:40]} {n}.", "төбедегі ағаштар.", "алыстағы тау.", "судың бойы.")]
    assert any("small letter" in w for w in blocks(*cut).warnings)


def test_lists_that_are_paragraphs_to_their_format_are_not_broken() -> None:
    found = blocks(
        *[text for _ in range(8) for text in (PROSE, "Ойынға керегі:", "түрлі түсті қағаз", "доп", "әліпби кубиктері", "сызғыш")]
    )
    assert not [warning for warning in found.warnings if "%" in warning]


def test_tables_that_were_read_cell_by_cell_are_noticed() -> None:
    def rows(*texts: str) -> kz.Document:
        text = "\n".join(texts)
        starts = [sum(len(one) + 1 for one in texts[:at]) for at in range(len(texts))]
        marks = [Mark(at, at + len(one), "block", {"kind": "table_row"}) for at, one in zip(starts, texts, strict=True)]
        return document(text, tuple(marks))

    assert any("cell by cell" in w for w in rows("Мектеп", "Абай", "Көктал", "Бескөл", "2020", "120", "340", "95", "Барлығы").warnings)
    assert not any("cell by cell" in w for w in rows("Мектеп 2020", *[f"№ {n} мектеп {n * 40}" for n in range(2, 12)]).warnings)
