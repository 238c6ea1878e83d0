"""Which lines are one paragraph, and what each piece of a page is."""

from __future__ import annotations

import pytest

from damage import wrap
from kz_textkit.alignment import apply_edits
from kz_textkit.layout import lay_out
from kz_textkit.layout.hyphens import Evidence, keeps_hyphen

LONG = (
    "Кешке қарай жел басылып, дала тынышталды. Алыстан ауыл иттерінің үргені естіліп, отын жағылған ошақтардың түтіні көкке көтерілді, "
    "ал біз жолдың шаңын қағып, аттарымызды суарып алдық."
)


def blocks(text: str) -> list[tuple[str, str]]:
    layout = lay_out(text)
    return [
        (b.kind, apply_edits(text, [e for e in layout.edits if b.start <= e.start and e.end <= b.end], b.start, b.end))
        for section in layout.sections
        for b in section.blocks
    ]


def wrapped(*paragraphs: str, indent: int = 2000) -> str:
    return "\n".join(line for paragraph in paragraphs for line in wrap(paragraph, indent=indent))


def test_verse_is_not_glued_together() -> None:
    verse = (
        "Қар еріп, жер иісі шықты бүгін,\nҚырға шықтым сезініп көктем үнін.\nТауда бұлақ сылдырап ағып жатыр,\nЖырға қосып әр күнін."
    )
    assert [text for _, text in blocks(verse)] == verse.split("\n")
    assert [text for _, text in blocks(wrapped(LONG, LONG) + "\n" + verse + "\n" + wrapped(LONG))] == [
        LONG,
        LONG,
        *verse.split("\n"),
        LONG,
    ]


def test_lines_of_an_address_are_not_glued_together() -> None:
    address = ["Құрметпен,", "Ерлан Сейітов", "Абай көшесі, 12-үй", "Алматы қаласы"]
    found = [text for _, text in blocks(wrapped(LONG, LONG, LONG) + "\n" + "\n".join(address))]
    assert found[-4:] == address


def test_speech_begins_paragraphs_and_goes_on_over_lines() -> None:
    speech = [
        "– Қайда барасың, балам? – деп сұрады қарт кісі жол жағасында атын жетелеп келе жатқан жас жігіттен таңдана қарап.",
        "– Ауылға, ата.",
        "– Ауылың алыс па?",
        "– Алыс емес, ана төбенің ар жағында, бірақ жаяу адамға жарты күндік жол, сондықтан ерте шығып едім.",
    ]
    assert blocks(wrapped(LONG, *speech, LONG)) == [("paragraph", text) for text in [LONG, *speech, LONG]]


def test_a_number_at_the_beginning_of_a_wrapped_line_is_no_item() -> None:
    text = "Ауыл кеңесі " + ", ".join(f"{1990 + k} жылы бәрі бірге {k + 2} рет" for k in range(28)) + " жиналды. Оған бәрі қатысты."
    raw = wrapped(LONG, text, LONG)
    assert any(line[0].isdigit() for line in raw.split("\n"))
    assert [found for _, found in blocks(raw)] == [LONG, text, LONG]


def test_items_of_a_list_go_on_over_lines() -> None:
    items = [
        "1) ауылдық кітапхананың қорын құжаттармен толықтыру, оқырмандарға ақпараттық қызмет көрсету және балалар бұрышын жабдықтау;",
        "2) мектеппен бірлесіп шара өткізу;",
        "3) ескі басылымдарды сақтау, жөндеу және тұрғындардан қолжазбалар жинап, олардың тізімін жасау жұмысын ұйымдастыру.",
    ]
    found = blocks(wrapped(LONG, "Кітапхананың міндеттері:", *items))
    assert found[2:] == [("list_item", item) for item in items]


def test_items_without_labels_after_a_colon() -> None:
    text = "Биліктің түрлері мынадай:\nсаяси билік;\nэкономикалық билік;\nрухани билік.\nОлар бір-бірімен байланысты."
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "list_item", "list_item", "list_item", "paragraph"]


def test_questions_with_answers_to_choose_from() -> None:
    text = "1. Сіздің жасыңыз нешеде?\nа) 18-25\nә) 26-35\n2. Біліміңіз қандай?\nа) орта\nә) жоғары"
    assert [kind for kind, _ in blocks(text)] == ["question", "list_item", "list_item"] * 2


def test_rows_of_flattened_tables() -> None:
    text = "Кесте төменде берілген.\n№ Аты Лауазымы\n1 Асан төраға\n2 Гүлнар хатшы\n3 Болат мүше\nШешім қабылданды."
    assert [kind for kind, _ in blocks(text)] == ["paragraph", *["table_row"] * 4, "paragraph"]
    text = "Облыс     Халқы     Жері\nАлматы      1250      14\nАбай      610      18"
    assert [kind for kind, _ in blocks(text)] == ["table_row"] * 3


def test_clean_text_whose_lines_are_paragraphs_stays_as_it_is() -> None:
    lines = [LONG, "Ол ештеңе демеді.", LONG + " " + LONG, "Кештің бірінде", "ауылдан хабар келді."]
    assert [text for _, text in blocks("\n".join(lines))] == lines


def test_notes_at_the_foot_of_pages_are_notes() -> None:
    page = wrapped(LONG, LONG) + "\n1 Қараңыз: Сейітов С. Дала. – Алматы, 1998. – 12 б."
    assert [kind for kind, _ in blocks("\n\f".join([page] * 3))] == ["paragraph", "paragraph", "note"] * 3


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("қыр", "сырымен", True),
        ("иерар", "хия", False),
        ("1848", "1923", True),
        ("41", "бап", True),
        ("КСР", "інің", True),
        ("субъект", "субъектілік", True),
        ("өзін", "өзі", True),
        ("сондай", "ақ", True),
        ("мөп", "мөлдір", True),
        ("әлеуметтік", "экономикалық", True),
        ("Нұр", "Сұлтан", True),
        ("бау", "бақшасы", True),
        ("қолма", "қол", True),
        ("бетпе", "беттен", True),
        ("тарс", "тұрс", True),
        ("үзіп", "жұлып", True),
        ("кітап", "тың", False),
        ("дүние", "ден", False),
        ("та", "нытын", False),
        ("ма", "мандықтарында", False),
        ("мемлекет", "тік", False),
        ("та", "ңертең", False),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, kept: bool) -> None:
    assert keeps_hyphen(first, second, Evidence()) is kept


def test_the_document_decides_about_a_hyphen() -> None:
    pair = [("сын", "есім")]
    assert keeps_hyphen("сын", "есім", Evidence.of("Сын-есім мен зат есім", pair))
    assert not keeps_hyphen("қала", "лық", Evidence.of("Бұл қалалық мәслихат.", [("қала", "лық")]))


def test_a_definition_begins_a_paragraph_however_full_the_line_before_was() -> None:
    lines = wrap(LONG)
    width = len(lines[0])
    words = LONG.split()
    above = next(
        " ".join(words[:n]).rstrip(",.") + "." for n in range(len(words), 0, -1) if len(wrap(" ".join(words[:n]) + ".")[-1]) > width - 4
    )
    text = "\n".join(line for part in (LONG, above, f"Анықтама. {LONG}", LONG) for line in wrap(part))
    assert f"Анықтама. {LONG}" in [block for _, block in blocks(text)]


def test_a_line_that_ends_in_what_opens_something_goes_on() -> None:
    text = (
        "Ауданда жаңа тәртіп енгізілді, оны әкімнің 2019 жылғы 5 мамырдағы №\n41 шешімі бекітті. Осыдан кейін тұрғындар жиналып, "
        "мәселені тағы да\nталқылады, содан соң ортақ шешімге келді. Бұл туралы газетте А. Б.\nЕсенғараұлының өзі жазды. Ол тәртіпке "
        "қарсы екенін айтып, жаңа жоба (\nбұрынғысына ұқсамайтын) ұсынды. Мәселе келесі жиында қаралады деп\nкүтілуде.\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph"]
    names = (
        "Жиынға қатысқандар:\n" + "\n".join(f"{n} А." for n in ("Есенов", "Бекенов", "Оразов", "Төлеуов", "Қасымов", "Мұратов")) + "\n"
    )
    assert len(blocks(names)) == 7
