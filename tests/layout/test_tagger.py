"""The tagger: the best sequence of labels, what it may not decide, and why a line is what it is; notes, hints, letters set apart."""

from __future__ import annotations

import numpy as np
import pytest

from kz_textkit.alignment import apply_edits
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.why import why
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import Mark, RawDocument
from kz_textkit.errors import UsageError
from kz_textkit.layout import lay_out
from kz_textkit.layout.convention import learn
from kz_textkit.layout.lines import read_lines
from kz_textkit.layout.page import read_page_lines
from kz_textkit.layout.pieces import pieces_of
from kz_textkit.layout.signs import Column
from kz_textkit.layout.tagger import LABELS, Weights, load_weights, score_lines, tag, title_among_menus, viterbi

BODY = "Көктемде қар еріп, өзендер арнасынан асып, ауыл адамдары бөгет салуға жиналды, ал балалар мектепке қайықпен барып жүрді."


def document(text: str, marks: tuple[Mark, ...] = ()) -> RawDocument:
    return RawDocument("үлгі", "үлгі.txt", "", "utf-8", text, marks=marks)


def blocks(text: str, marks: tuple[Mark, ...] = ()) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in clean(document(text, marks)).blocks]


def test_the_best_path_goes_through_the_weights_of_neighbours() -> None:
    scores = np.zeros((3, len(LABELS)), np.float32)
    neighbours = np.zeros((len(LABELS), len(LABELS)), np.float32)
    para, goes_on = LABELS.index("para"), LABELS.index("para_cont")
    scores[0, para] = 1
    neighbours[para, goes_on] = neighbours[goes_on, goes_on] = 2
    assert viterbi(scores, neighbours) == [para, goes_on, goes_on]


def test_lines_after_many_that_are_certain_are_still_weighed() -> None:
    contents = "".join(f"{number}-тарау. Ауыл тарихы ........ {number}\n" for number in range(1, 400))
    page = read_page_lines(f"Мазмұны\n{contents}\n1-тарау. Ауыл тарихы\n\n" + f"{BODY}\n\n" * 5, (), ())
    known = dict.fromkeys(range(1, 400), "toc")
    assert tag(page.signs, load_weights(), known=known)[-6:] == ["heading", *["para"] * 5]


def test_labels_that_are_certain_stay() -> None:
    page = read_page_lines(f"Ауыл тарихы\n\n{BODY}\n", (), ())
    assert tag(page.signs, load_weights(), known={0: "note"})[0] == "note"


def test_every_line_has_one_value_of_every_sign() -> None:
    page = read_page_lines(f"1-тарау. Ауыл\n\n{BODY}\n• нан\n12\n", (), ())
    for name, column in page.signs.items():
        assert len(column.codes) == len(page.lines), name
        assert all(0 <= code < len(column.values) for code in column.codes), name


def test_why_says_what_decided_and_where_there_is_no_line() -> None:
    text = f"1-тарау. Ауыл тарихы\n\n{BODY}\n"
    found = why(document(text), 1)
    assert found.label == "heading"
    assert any(row.sign == "label" and row.value == "chapter, title" for row in found.rows)
    with pytest.raises(UsageError, match="line 2 is blank"):
        why(document(text), 2)


@pytest.mark.parametrize(
    ("printed", "clean_text"),
    [("К І Р І С П Е", "КІРІСПЕ"), ("Қ А З А Қ   Е Л І", "ҚАЗАҚ ЕЛІ")],
)
def test_letters_set_apart_are_words(printed: str, clean_text: str) -> None:
    assert blocks(f"{printed}\n\n{BODY}\n")[0] == ("heading", clean_text)


@pytest.mark.parametrize("hyphen", ["-", "¬", "\x02", "\ufffe", "\u2010", "\xad"])
def test_a_word_divided_by_any_hyphen_is_one_word(hyphen: str) -> None:
    text = "\n".join(
        [f"Бұл өңірде ауыл шаруашылығы мен экономи{hyphen}", "ка қатар дамып, тұрғындардың тұрмысы жақсарып, жаңа мектеп", "салынды."]
    )
    assert "экономика" in " ".join(text for _, text in blocks(text))


@pytest.mark.parametrize("hyphen", ["\xad", "¬"])
def test_a_soft_hyphen_is_of_the_line_whatever_the_word_looks_like(hyphen: str) -> None:
    text = f"{BODY} Ата-ана келді.\nСонда бұл ауылда жалғыз қалған балалардың үйіне қарайтын ата{hyphen}\nаналық мейірім керек болды.\n"
    assert "атааналық" in " ".join(found for _, found in blocks(text))


def test_a_note_at_the_foot_of_a_page_is_a_note_and_nothing_is_lost() -> None:
    text = (
        "Аңшы ақ тазысын ертіп, тауға қарай бет алды. Оның қолында ескі шиті мылтығы бар\n"
        "еді, ал белінде оқшантайы салбырап тұрды. Жолда кездескен шопан оған сәлем беріп,\n"
        "биыл қасқырдың көп екенін айтты, бірақ аңшы1 басын изеп, аялдамастан өтіп кетті де\n"
        "____________\n"
        "1 Ескі сөз, қазір сирек айтылады.\n"
        "\fкүн батқанша қар басқан шатқалға жетті. Кешке қарай боран соғып, жол көрінбей қалды,\n"
        "бірақ ол адаспай үңгірді тауып, от жағып түнеп шықты.\n"
    )
    page = read_page_lines(text, (), ())
    raw = document(text)
    found = clean(raw)
    assert rebuild(placed_blocks(found), [e for e in found.edits if e.applied], gaps_of(found)) == text
    assert len(page.lines) == 7
    assert "note" in [block.kind for block in found.blocks]


def test_a_paragraph_that_goes_on_after_notes_goes_around_them() -> None:
    paragraph, note = pieces_of(["para", "note", "note_cont", "para_cont"])
    assert (list(paragraph.lines()), list(note.lines())) == ([0, 3], [1, 2])


def test_a_hint_of_the_format_names_a_note_and_its_mark() -> None:
    text = f"{BODY[:60]}1 {BODY[60:]}\n1 Ескі сөз.\n"
    at = text.index("\n") + 1
    marks = (Mark(60, 61, "anchor", {"note": "1"}), Mark(at, len(text) - 1, "block", {"kind": "note"}, certain=False))
    found = blocks(text, marks)
    assert [kind for kind, _ in found] == ["paragraph", "note"]
    assert found[0][1] == f"{BODY[:60]} {BODY[60:]}".replace("  ", " ")


def test_the_geometry_of_lines_shows_paragraphs_that_their_text_does_not() -> None:
    lines = ["Ауылда жаңа мектеп салынды. Ол үлкен екен", "Балалар қуанды. Олар ертең сабаққа барады"] * 4
    text = "\n".join(lines)
    marks, at, y = [], 0, 100.0
    for i, line in enumerate(lines):
        y += 40 if i % 2 == 0 else 14
        marks.append(Mark(at, at + len(line), "line", {"x0": 70.0, "x1": 520.0, "y0": y, "y1": y + 11, "size": 11.0}))
        at += len(line) + 1
    read = read_page_lines(text, (), marks)
    assert [line.blank_before > 0 for line in read.lines[2:]] == [True, False] * 3


def test_a_text_whose_hyphens_an_extractor_took_out_is_still_wrapped() -> None:
    words = (BODY + " ").split() * 12
    lines: list[str] = []
    line = ""
    for word in words:
        if len(line) + len(word) > (130 if len(lines) % 6 == 3 else 62):
            lines.append(line.strip())
            line = ""
        line += word + " "
    assert learn(read_lines("\n".join(lines))).wrapped


def test_what_is_clean_comes_out_as_it_was() -> None:
    text = f"Ауыл тарихы\n\n{BODY}\n{BODY}\n"
    layout = lay_out(text)
    found = [apply_edits(text, [], b.start, b.end) for section in layout.sections for b in section.blocks]
    assert not layout.edits and found == ["Ауыл тарихы", BODY, BODY]


def test_marks_of_notes_on_lines_of_their_own_go_and_their_notes_are_whole() -> None:
    page = (
        "Ұста дүкенінің алдында қара кісі тұр екен, иығында шапаны 1 бар, ал белінде\n"
        "кісесі 2 жарқырап көрінеді. Көшеде кетіп бара жатқан жұрт оған қарап сәлем\n"
        "беріп өтеді, бірақ ол ешкімге тіл қатпай, темір көрікті баса берді де, содан\n"
        "1\n2\nШ а п а н — сыртқы киім.\nК і с е — белге тағатын әшекей.\n\n{}\n"
        "кейін қызған темірді төске салып, балғамен ұра бастады. Дүкеннің іші ысып,\n"
        "түтін жайылды, шәкірт бала есікті ашып қойды, күн еңкейгенше екеуі бес тағаны\n"
        "бітіріп үлгерді.\n"
    )
    found = clean(document("".join(page.format(number) for number in (11, 12, 13))))
    assert [block.kind for block in found.blocks] == ["paragraph", "note", "note"] * 3
    first, note, _ = list(found.blocks)[:3]
    assert "шапаны бар, ал белінде кісесі жарқырап" in first.text and "содан кейін" in first.text
    assert note.text == "Шапан — сыртқы киім."
    assert sum(edit.rule == "note_mark" and edit.before.strip() in "12" for edit in found.edits) == 12


def test_of_a_menu_over_text_one_line_is_the_title() -> None:
    """Where all lines above the text were taken for a menu, the likeliest of them is the title; a name or a date is none."""
    furniture, heading, para = (LABELS.index(label) for label in ("furniture", "heading", "para"))
    scores = np.zeros((6, len(LABELS)), np.float32)
    scores[:5, furniture] = 9
    scores[5, para] = 9
    scores[3, heading], scores[4, heading] = 6, 8
    menu = ["furniture"] * 5 + ["para"]
    nobody, dated = np.zeros(6, np.bool_), np.arange(6) == 4
    assert title_among_menus(menu, scores, nobody) == 4
    assert title_among_menus(menu, scores, dated) == 3
    assert title_among_menus(["furniture"] * 4 + ["heading", "para"], scores, nobody) is None
    assert title_among_menus(["furniture"] * 2 + ["para"] * 4, scores, nobody) is None


def test_a_line_as_long_as_a_sentence_is_hardly_ever_a_menu() -> None:
    columns = {"length": Column(("under 25", "under 90"), np.array([0, 1])), "line words": Column(("", "site"), np.array([0, 0]))}
    scores = score_lines(columns, Weights({}, np.zeros((len(LABELS), len(LABELS)), np.float32)))
    taken_out = scores[:, LABELS.index("furniture")]
    assert taken_out[0] > taken_out[1]
