"""Words, lines and their order on a page, however the file draws them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kz_textkit.readers import pdf
from kz_textkit.settings import Settings
from made_pdf import Sheets


def lines(sheets: Sheets, path: Path) -> list[str]:
    sheets.save()
    return pdf.read(path, Settings()).text.splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


@pytest.fixture
def sheets(path: Path) -> Sheets:
    return Sheets(path)


def test_letters_spaced_apart_are_words(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "ҚАЗАҚ ТІЛІ", spacing=4)
    sheets.put(70, 110, "Қазақ тілі – түркі тілдерінің бірі.")
    assert lines(sheets, path) == ["ҚАЗАҚ ТІЛІ", "Қазақ тілі – түркі тілдерінің бірі."]


def test_drawn_spaces_between_letters_go_where_words_are_wider_apart(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "Қ А З А Қ   Т І Л І")
    assert lines(sheets, path) == ["ҚАЗАҚ ТІЛІ"]


def test_letters_as_far_apart_as_words_are_left_alone(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "С А Б А Қ Ж О С П А Р Ы")
    assert lines(sheets, path) == ["С А Б А Қ Ж О С П А Р Ы"]


def test_letters_of_another_font_fall_into_their_place(path: Path, sheets: Sheets) -> None:
    # As programs do that lack a letter in the font: what it has first, the others afterwards.
    text, x = "Дәрістер жинағы: ғылым", 70.0
    places = []
    for letter in text:
        places.append((x, letter))
        x += sheets.stringWidth(letter, "Text", 11)
    for wanted in (False, True):
        for place, letter in places:
            if (letter in "әғқңөұүһі") == wanted and letter != " ":
                sheets.put(place, 80, letter, font="Text")
    assert lines(sheets, path) == [text]


def test_dots_that_lead_to_a_page_do_not_space_the_words_out(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "1.2 Шетелдік тәжірибе . . . . . . . . . . . . . . . . . . . 14")
    assert lines(sheets, path)[0].startswith("1.2 Шетелдік тәжірибе . . .")


def test_hyphens_that_end_lines_stay_as_they_are_printed(path: Path, sheets: Sheets) -> None:
    sheets.stack(70, 80, ["Еліміздегі экономи-", "калық ахуал туралы ата-", "аналар сөйледі."])
    assert lines(sheets, path) == ["Еліміздегі экономи-", "калық ахуал туралы ата-", "аналар сөйледі."]


def test_three_columns_are_read_one_after_the_other(path: Path, sheets: Sheets) -> None:
    columns = [
        ["Алматы – ірі қала.", "Тау баурайында тұр.", "Алмасымен белгілі.", "Бағы көп, суы мол."],
        ["Шымкент – оңтүстік", "өңірдің астанасы.", "Базары үлкен, күні", "ыстық, жері құнарлы."],
        ["Ақтау теңіз жағасында", "салынған жас қала.", "Мұнай өндіріледі,", "балық ауланады."],
    ]
    for number in range(4):
        for x, column in zip((60, 230, 400), columns, strict=True):
            sheets.put(x, 100 + 14 * number, column[number])
    assert lines(sheets, path) == [line for column in columns for line in column]


def test_notes_below_both_columns_come_after_them(path: Path, sheets: Sheets) -> None:
    left = ["Көктемде ауыл адамдары", "егін егуге шығады. Жер", "жыртылып, тұқым шашып,", "су жүргізіп, бақ отырғы-"]
    right = ["зады. Күзде астық жиып,", "қамбаға құяды. Үлкен", "той жасалып, қонақтар", "шақырылады, ән салынады."]
    for number in range(4):
        sheets.put(70, 100 + 14 * number, left[number])
        sheets.put(300, 100 + 14 * number, right[number])
    sheets.put(70, 200, "1 Автордың ескертуі: бұл әңгіме мектеп оқушыларына арналып жазылған.", size=9)
    assert lines(sheets, path)[:-1] == left + right


def test_stretched_lines_are_no_columns(path: Path, sheets: Sheets) -> None:
    prose = [
        "Қазақстанның халқы өткен жылдары",
        "тұрақты түрде өсіп келеді және",
        "қалалардың саны да көбейіп,",
        "ауылдан қалаға көшу жалғасуда.",
        "Сарапшылардың айтуынша, бұл",
        "үрдіс алдағы онжылдықта да",
        "сақталады.",
    ]
    sheets.justified(70, 80, 300, prose)
    assert lines(sheets, path) == prose


def test_a_wide_gap_is_a_tab(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 60, "Саясаттану негіздері")
    sheets.put(500, 60, "17")
    sheets.stack(70, 90, ["Саясаттану – саясат туралы ғылым. Ол", "билікті, мемлекетті зерттейді."])
    assert lines(sheets, path)[0] == "Саясаттану негіздері\t17"


def test_a_large_initial_begins_the_first_of_its_lines(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 60, "Бірінші бөлім")
    sheets.put(70, 114, "Қ", size=40)
    sheets.stack(108, 94, ["азақ даласында ерте заманда бір хан", "өмір сүріпті. Оның үш ұлы болыпты,"], pitch=16)
    sheets.stack(70, 126, ["үшеуі де батыр екен. Күндердің күнінде"], pitch=16)
    assert lines(sheets, path) == [
        "Бірінші бөлім",
        "Қазақ даласында ерте заманда бір хан",
        "өмір сүріпті. Оның үш ұлы болыпты,",
        "үшеуі де батыр екен. Күндердің күнінде",
    ]


def test_raised_and_lowered_letters_stay_on_their_line(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "Судың формуласы Н")
    x = 70 + sheets.stringWidth("Судың формуласы Н", "Text", 11)
    sheets.put(x, 82.5, "2", size=7)
    sheets.put(x + 5, 80, "О, ауданы 5 м")
    sheets.put(x + 5 + sheets.stringWidth("О, ауданы 5 м", "Text", 11), 76, "2", size=7)
    sheets.put(70, 94, "екені белгілі.")
    assert lines(sheets, path) == ["Судың формуласы Н2О, ауданы 5 м2", "екені белгілі."]


def test_arabic_letters_are_read_from_right_to_left(path: Path) -> None:
    from pathlib import Path as Folder

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    found = next(Folder("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if found is None:
        pytest.skip("needs a font with Arabic letters: fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("Arabic", str(found)))
    sheets = Sheets(path)
    # Drawn from left to right, as programs do that have put the letters in their places themselves.
    sheets.put(70, 80, "1991 قازاق تىلى"[:4] + " " + "قازاق تىلى"[::-1], font="Arabic")
    assert lines(sheets, path) == ["قازاق تىلى 1991"]


def test_a_title_over_the_next_columns_comes_between(path: Path, sheets: Sheets) -> None:
    def columns(y: float, left: list[str], right: list[str], shift: float) -> None:
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            sheets.put(70, y + 14 * number, one)
            sheets.put(300, y - shift + 14 * number, other)

    parts = [
        (["Көктемде ауыл адамдары", "егін егуге шығады. Жер", "жыртылып, тұқым шашып,", "су жүргізіп, бақ отырғы-"],
         ["зады. Күзде астық жиып,", "қамбаға құяды. Үлкен той", "жасалып, шақырылған қо-", "нақтар ән салып тарайды."]),
        (["Қыста мал қорада тұрады,", "кешке қарттар отқа жылы-", "нып, ертегі айтады, жас-", "тар тыңдап отырады екен."],
         ["Балалар шана теуіп, тауға", "шығады. Үйде анасы тамақ", "пісіріп, әкесі ат күтіп,", "іні-қарындасы ойнап жүр."]),
    ]  # fmt: skip
    columns(100, *parts[0], 0)
    sheets.put(70, 185, "Екінші тарау", size=16)
    columns(215, *parts[1], 6)
    assert lines(sheets, path) == [*parts[0][0], *parts[0][1], "Екінші тарау", *parts[1][0], *parts[1][1]]


def test_letters_that_stand_over_each_other_keep_the_order_of_the_file(path: Path, sheets: Sheets) -> None:
    sheets.put(70, 80, "Республи")
    sheets.put(70 + sheets.stringWidth("Республ", "Text", 11) - 1.2, 80, "касы")
    sheets.put(70, 100, "Қазақстан Республикасы")
    assert lines(sheets, path) == ["Республикасы", "Қазақстан Республикасы"]


def test_a_table_without_rules_is_read_row_by_row(path: Path, sheets: Sheets) -> None:
    rows = [
        ("Күні", "Тағамы", "Салмағы"),
        ("дүйсенбі", "сүтті ботқа", "210"),
        ("сейсенбі", "ет сорпасы", "250"),
        ("сәрсенбі", "қуырдақ", "180"),
    ]
    rows += [("бейсенбі", "көже", "300"), ("жұма", "балық", "150"), ("сенбі", "палау", "220"), ("жексенбі", "манты", "260")]
    for number, cells in enumerate(rows):
        for x, cell in zip((70, 75 + 60, 300, 300 + 125), (str(number or "№"), *cells), strict=True):
            sheets.put(x, 100 + 15 * number, cell)
    assert [line.split("\t") for line in lines(sheets, path)] == [[str(n or "№"), *cells] for n, cells in enumerate(rows)]


def test_a_column_goes_on_under_a_title_where_its_neighbour_is_at_its_end(path: Path, sheets: Sheets) -> None:
    left = [
        "Аудан орталығында күзгі",
        "жәрмеңке өтті. Оған он",
        "ауылдан шаруалар келді.",
        "Ең көп сатылғаны – бал",
        "мен қауын болды. Келесі",
        "жәрмеңке желтоқсанда.",
    ]
    right = [
        "Тұрғындар жолдың тез",
        "жөнделуін сұрайды, себебі",
        "көктемде су басып, көлік",
        "өте алмай қалады. Әкім",
        "мамырда бастаймыз деді.",
        "Қаражат бөлінген екен.",
    ]
    under = [
        "Спорт мектебінің балалары",
        "облыстық жарыста екінші",
        "орын алды. Күреске жиырма",
        "бала қатысты, олардың",
        "бесеуі жүлдемен оралды.",
        "Бапкер Қ. Сейіт риза.",
    ]
    for number in range(6):
        sheets.put(70, 100 + 14 * number, left[number])
        sheets.put(300, 100 + 14 * number, right[number])
        sheets.put(70, 250 + 14 * number, under[number])
    sheets.put(70, 225, "Күрес жарысы", size=14)
    assert lines(sheets, path) == [*left, "Күрес жарысы", *under, *right]
