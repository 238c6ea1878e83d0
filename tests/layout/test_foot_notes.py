"""Notes are known by their marks in the text above them, whatever the marks look like; lists are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import RawDocument
from kz_textkit.layout.foot_notes import known_notes
from kz_textkit.layout.lines import read_lines

BODY = (
    "Аңшы ақ тазысын ертіп, тауға қарай бет алды. Оның қолында ескі шиті{} мылтығы\n"
    "бар еді, ал белінде оқшантайы{} салбырап тұрды. Жолда кездескен шопан оған\n"
    "сәлем беріп, биыл қасқырдың көп екенін айтты. Аңшы басын изеп, өйткені\n"
)
AFTER = "\fкүн батқанша қар басқан шатқалға жетуі керек болатын.\n"


@pytest.mark.parametrize("marks", [("1", "2"), ("[1]", "[2]"), ("*", "**"), ("¹", "²"), (" 1", " 2"), ("1)", "2)"), ("(7)", "(8)")])
@pytest.mark.parametrize("rule", ["", "________\n"])
def test_notes_at_the_end_of_a_page(marks: tuple[str, str], rule: str) -> None:
    first, second = (mark.strip() for mark in marks)
    text = BODY.format(*marks) + f"{rule}{first} Ескі сөз, ұзын\nмылтық.\n{second} Оқ салатын қалта.\n" + AFTER
    found = known_notes(read_lines(text))
    top = 3 + bool(rule)
    wanted = {top: "note", top + 1: "note_cont", top + 2: "note", top + 3: "para_cont"}
    assert found == wanted | ({3: "mark"} if rule else {})


def test_marks_on_lines_of_their_own() -> None:
    lines = read_lines(BODY.format(" 1", " 2") + "1\n2\nШиті — ұзын мылтық.\nОқшантай — қалта.\n" + AFTER)
    assert known_notes(lines) == {3: "mark", 4: "mark", 5: "note", 6: "note", 7: "para_cont"}


def test_notes_at_the_end_of_a_text() -> None:
    text = BODY.format("1", "2") + "ол асықты.\n1 Ескі сөз.\n2 Оқ салатын қалта.\n"
    assert known_notes(read_lines(text)) == {4: "note", 5: "note"}


@pytest.mark.parametrize(
    "text",
    [
        "Ауданы 5 км2 болатын көл. Оған екі өзен құяды:\n1) Талды;\n2) Көксу.\n",
        "Кітап сөреде тұр. Дүкенге мыналар келді\n1 кітап\n2 дәптер\n",
        "Мақалада бұл туралы айтылған [1]. Басқа пікір де бар [2].\n"
        "[1] Сейітов С. Дала. – Алматы: Ғылым, 1998. – 120 б.\n[2] Әлиев Ә. Тау. – Алматы: Жазушы, 2001. – 98 б.\n",
    ],
    ids=["units and a list", "numbers that nothing answers", "sources"],
)
def test_lists_are_no_notes(text: str) -> None:
    assert known_notes(read_lines(text)) == {}


def test_a_line_that_begins_with_the_stop_behind_a_raised_mark_goes_on() -> None:
    text = (
        f"{BODY.format('1', '')}Ол қалада туған, кейін осы ауылға көшіп барған2\n. Сол жерде мектеп ашып, балаларды\n"
        f"оқытқан, кітап жинап, оларды ел ішінде таратып\n1 Ескі мылтық.\n2 Жақып С. Естелік.\n{AFTER}"
    )
    found = clean(RawDocument("а", "а.txt", "", "utf-8", text))
    first = next(iter(found.blocks)).text
    assert "осы ауылға көшіп барған. Сол жерде" in first and first.endswith(
        "таратып күн батқанша қар басқан шатқалға жетуі керек болатын."
    )
    assert clean(RawDocument("а", "а.txt", "", "utf-8", found.text)).text == found.text


def _cleaned(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in clean(RawDocument("а", "а.txt", "", "utf-8", text)).blocks]


@pytest.mark.parametrize("marks", [("1", "2"), ("[1]", "[2]"), ("*", "**"), ("¹", "²"), ("(7)", "(8)")])
def test_notes_where_the_text_shows_no_pages(marks: tuple[str, str]) -> None:
    """The lines below them go on with the sentence above, and more pages follow."""
    first, second = marks
    notes = f"{first} Ескі сөз, ұзын\nмылтық.\n{second} Оқ салатын қалта.\n"
    text = BODY.format(*marks) + notes + AFTER.removeprefix("\f") + "Кешке қарай боран басталды.\n" * 12
    assert known_notes(read_lines(text)) == {3: "note", 4: "note_cont", 5: "note", 6: "para_cont"}
    blocks = _cleaned(text)
    assert [kind for kind, _ in blocks[:3]] == ["paragraph", "note", "note"]
    assert "айтты. Аңшы басын изеп, өйткені күн батқанша қар басқан" in blocks[0][1]
    assert "шиті мылтығы" in blocks[0][1] and "оқшантайы салбырап" in blocks[0][1]


def test_items_under_a_colon_are_no_notes_though_their_number_stands_behind_a_word() -> None:
    text = BODY.format("1", "2") + "ол асықты. Өзімен бірге мыналарды алды:\n1 Арқан.\n2 Пышақ.\n" + "Жол ұзақ болды.\n" * 10
    assert known_notes(read_lines(text)) == {}


def test_a_numbered_title_is_no_note() -> None:
    text = BODY.format("1", "2") + "ол асықты.\n2 Қасқыр қақпаны\n" + "Жол ұзақ болды.\n" * 10
    assert known_notes(read_lines(text)) == {}


@given(
    notes=st.integers(1, 14),
    gap=st.sampled_from(["\n", "\n\n", " \n", "\n \n", "\n\f", "\n\n\n"]),
    between=st.sampled_from(["\n", "\n\n", "  \n"]),
    indent=st.sampled_from(["", "  ", "\t"]),
    whole=st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_no_white_space_is_lost_over_notes(notes: int, gap: str, between: str, indent: str, whole: bool) -> None:
    """However many notes interrupt a paragraph, and whatever stands between them, the raw text comes out of blocks and edits."""
    words = ("көл", "тау", "жол", "құс", "шөп", "тас", "сай", "қар", "жел", "бұлт", "күн", "түн", "таң", "кеш")
    body = "Аңшы бірінен соң бірін көрді: " + ", ".join(f"{word}ді{k}" for k, word in enumerate(words[:notes], 1))
    below = between.join(f"{indent}{k} Бұл туралы бөлек айтылды." for k in range(1, notes + 1))
    above = f"{body} деп айтты, содан кейін ол жолға қайта{'.' if whole else ''}"
    text = f"{above}{gap}{below}{gap}шығып кетті, өйткені кеш батып қалған еді.\n"
    found = clean(RawDocument("а", "а.txt", "", "utf-8", text))
    assert rebuild(placed_blocks(found), [e for e in found.edits if e.applied], gaps_of(found)) == text
