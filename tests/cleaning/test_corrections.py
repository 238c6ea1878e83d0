"""Corrections: what people decide is found again, applied, on record, and never loses a character."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.corrections import (
    ACTIONS,
    Correction,
    NoPlace,
    anchored,
    append_corrections,
    correction_at,
    of_file,
    read_corrections,
    retraction_of,
)
from kz_textkit.cleaning.corrections_applied import corrected
from kz_textkit.corpus.rebuild import gaps_of, placed_blocks, rebuild
from kz_textkit.document import BLOCK_KINDS, Document, RawDocument
from kz_textkit.errors import UsageError

LESSON = """1-дәріс. Сөз таптары

Біздің калалық кітапханада әр кеште тіл туралы әңгіме бола-
тын. Ӛз ҧстанымын айтқан адамдар көп еді.Олар ұзақ
отыратын.

Тыңдаушылар сұрақ қойды:
1) Зат есім деген не?
2) Сын есім қайда қолданылады?

2-дәріс. Зат есім

Зат есім заттың атын білдіреді. Ауыл, дала, өзен — бәрі зат есім.

Қорытынды

Сонымен, сөз таптары көп.
"""

NOTES = """Құс жолы аспанда анық көрінетін түндері ауылдың үлкендері бізге ескі аңыздарды айтып отыратын-ды[1],
ал біз үндемей тыңдап,
____
[1] Бұл сөз қазір сирек қолданылады.
\fәр жұлдыздың атын жаттап алуға тырысатынбыз, өйткені оның бәрі бізге керек болып көрінетін.
"""


EVENING = (
    "Ауыл түнде тыныш болады. Аспанда жұлдыздар жарқырап тұрады. Балалар далада ойнап жүр. Үлкендер әңгіме айтып отыр. Өзен жақтан "
    "салқын жел еседі. Қойшы қойын қораға қамады."
)
PAGES = "".join(f"{EVENING} Бұл {n}-күн еді.\n\n{n}\n\f" for n in range(1, 8))


FISHERMAN = (
    "Балықшы таң атпай көлге шықты. Оның қолында ескі шаланы 1 бар еді,\nбелінде былғары кісе 2 ілулі тұрды. Ол қайығын судан шығарып, "
    "ауын\nжағаға жайып қойды да, содан соң отын жинап, шай қайнатты, балалары\nәлі ұйықтап жатқан болатын, өйткені түн қатты\n1\n2\n"
    "Ш а л а н — балық салатын ыдыс.\nК і с е — белге тағатын бау.\n\n5\n\f"
    "ұзақ болды да, олар кеш жатып еді. Күн көтерілгенде ауыл оянып, мал\nөріске шықты, ал балықшы аулаған балығын үйіне алып келіп, "
    "бөліп\nберді. "
) * 4
"""Notes that stand inside the paragraph which goes on on the next page."""


def raw_of(text: str, name: str = "дәріс.txt") -> RawDocument:
    return RawDocument(name.removesuffix(".txt"), name, sha256(text.encode()).hexdigest(), "utf-8", text)


@cache
def cleaned(text: str) -> Document:
    return clean(raw_of(text))


def at(text: str, words: str, action: str, value: str | None = None, **more: str) -> Correction:
    start = text.index(words)
    return correction_at(raw_of(text), "дәріс.txt", action, start, start + len(words), value=value, **more)


def after(text: str, *corrections: Correction) -> Document:
    document = corrected(cleaned(text), corrections)
    check(document)
    return document


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def check(document: Document) -> None:
    """Every promise that a cleaned document keeps."""
    raw = document.raw.text
    applied = [e for e in document.edits if e.applied]
    assert rebuild(placed_blocks(document), applied, gaps_of(document)) == raw
    assert all(raw[e.start : e.end] == e.before for e in document.edits)
    assert all(a.end <= b.start for a, b in pairwise(applied))
    for block in document.blocks:
        assert block.text.strip() == block.text != ""
        assert block.alignment.target_length == len(block.text)
        start, end = block.alignment.to_source(0, len(block.text))
        assert block.raw_start <= start < end <= block.raw_end or start == end
    ids = [block.block_id for block in document.blocks]
    assert len(set(ids)) == len(ids) and ids == sorted(ids)
    known: dict[str | None, int] = {None: 0}
    for section in document.sections:
        assert section.level == known[section.parent_id] + 1
        known[section.section_id] = section.level
    names = [section.section_id for section in document.sections]
    assert names == sorted(names) and len(set(names)) == len(names)
    texts = {block.block_id: block.text for block in document.blocks}
    for link in document.links:
        if link.block_id is not None:
            assert 0 <= link.start < link.end <= len(texts[link.block_id])


def test_a_suggestion_that_is_accepted_is_in_the_text_by_the_rule_of_a_person() -> None:
    document = after(LESSON, at(LESSON, "калалық", "accept", rule="missing_letter"))
    assert "Біздің қалалық кітапханада" in document.text
    assert [(e.before, e.after, e.applied) for e in document.edits if e.rule == "correction"] == [("калалық", "қалалық", True)]
    assert document.decisions[0].problem == ""


def test_a_suggestion_that_is_rejected_is_not_made_again() -> None:
    assert any(not e.applied and e.before == "калалық" for e in cleaned(LESSON).edits)
    document = after(LESSON, at(LESSON, "калалық", "reject", rule="missing_letter"))
    assert document.text == cleaned(LESSON).text
    assert not any(e.before == "калалық" for e in document.edits)


def test_an_edit_that_is_rejected_leaves_the_raw_text() -> None:
    document = after(LESSON, at(LESSON, "Ӛ", "reject", rule="legacy_letter"))
    assert "Ӛз ұстанымын" in document.text
    assert ("Ӛ", "Ӛ", "correction") in [(e.before, e.after, e.rule) for e in document.edits]


def test_a_word_that_was_joined_gets_its_hyphen_back() -> None:
    document = after(LESSON, at(LESSON, "-\n", "reject", rule="hyphen_join"))
    assert "бола-тын" in document.text


def test_a_page_number_that_was_none_comes_back_as_a_block() -> None:
    found = next(e for e in cleaned(PAGES).edits if e.rule == "page_number" and e.before == "3")
    one = correction_at(raw_of(PAGES), "дәріс.txt", "reject", found.start, found.end, rule="page_number")
    assert ("paragraph", "3") in blocks(after(PAGES, one))
    several = correction_at(raw_of(PAGES), "дәріс.txt", "text", found.start, found.end, value="3-бет")
    assert ("paragraph", "3-бет") in blocks(after(PAGES, several))


def test_a_text_is_replaced_word_by_word_and_the_edits_of_rules_beside_it_stay() -> None:
    document = after(LESSON, at(LESSON, "Ӛз ҧстанымын айтқан адамдар көп еді.", "text", "Өз ұстанымын айтатын адам көп болды."))
    assert "Өз ұстанымын айтатын адам көп болды. Олар ұзақ отыратын." in document.text
    made = [(e.before, e.after) for e in document.edits if e.rule == "correction"]
    assert made == [("айтқан", "айтатын"), ("адамдар", "адам"), ("еді", "болды")]
    assert ("Ӛ", "Ө") in [(e.before, e.after) for e in document.edits if e.rule == "legacy_letter"]


def test_a_text_can_be_put_in_and_taken_out() -> None:
    put_in = after(LESSON, correction_at(raw_of(LESSON), "дәріс.txt", "text", (i := LESSON.index("Ауыл")), i, value="Міне, "))
    assert "білдіреді. Міне, Ауыл" in put_in.text
    taken_out = after(LESSON, at(LESSON, "дала,", "text", ""))
    assert "Ауыл, өзен" in taken_out.text
    assert ("paragraph", "Сонымен, сөз таптары көп.") not in blocks(after(LESSON, at(LESSON, "Сонымен, сөз таптары көп.", "text", "")))


def test_the_later_of_two_of_file_one_place_wins() -> None:
    first, second = at(LESSON, "өзен", "text", "көл"), at(LESSON, "дала, өзен", "text", "тау, теңіз")
    assert "Ауыл, тау, теңіз — бәрі" in after(LESSON, first, second).text
    assert "Ауыл, тау, көл — бәрі" in after(LESSON, second, first).text


def test_kinds_make_and_unmake_sections() -> None:
    document = after(LESSON, at(LESSON, "Тыңдаушылар сұрақ қойды:", "kind", "heading"))
    assert ("heading", "Тыңдаушылар сұрақ қойды:") in blocks(document)
    assert "Тыңдаушылар сұрақ қойды" in [section.title for section in document.sections]
    document = after(LESSON, at(LESSON, "2-дәріс. Зат есім", "kind", "paragraph"))
    assert [section.number for section in document.sections if section.number] == ["1"]
    assert ("paragraph", "2-дәріс. Зат есім") in blocks(document)


def test_titles_and_levels_of_headings() -> None:
    document = after(LESSON, at(LESSON, "2-дәріс", "title", "Зат есім туралы"), at(LESSON, "2-дәріс", "level", "2"))
    section = next(section for section in document.sections if section.title == "Зат есім туралы")
    assert section.level == 2 and section.parent_id == document.sections[0].section_id
    whole = correction_at(raw_of(LESSON), "дәріс.txt", "title", 0, 0, value="Екі дәріс")
    assert after(LESSON, whole).title == "Екі дәріс"


def test_the_title_of_a_section_follows_the_text_of_its_heading() -> None:
    document = after(LESSON, at(LESSON, "2-дәріс. Зат есім", "text", "2-дәріс. Зат есім және оның түрлері"))
    assert [s.title for s in document.sections if s.number == "2"] == ["Зат есім және оның түрлері"]


def test_blocks_are_cut_and_joined() -> None:
    i = LESSON.index("Ауыл, дала")
    cut = correction_at(raw_of(LESSON), "дәріс.txt", "split", i, i)
    document = after(LESSON, cut)
    assert ("paragraph", "Зат есім заттың атын білдіреді.") in blocks(document)
    assert ("paragraph", "Ауыл, дала, өзен — бәрі зат есім.") in blocks(document)
    again = correction_at(raw_of(LESSON), "дәріс.txt", "join", i - 2, i - 2)
    assert after(LESSON, cut, again).text == cleaned(LESSON).text
    joined = after(LESSON, at(LESSON, "отыратын.", "join"))
    assert "отыратын. Тыңдаушылар сұрақ қойды:" in joined.text


def test_a_paragraph_is_joined_over_a_note_which_stays_a_block() -> None:
    found = blocks(cleaned(NOTES))
    if found[1][0] != "note":
        pytest.skip("the layout has put the note elsewhere")
    start = NOTES.index("тыңдап")
    document = after(NOTES, correction_at(raw_of(NOTES), "дәріс.txt", "join", start, NOTES.index("жаттап")))
    assert [kind for kind, _ in blocks(document)][:2] == ["paragraph", "note"]
    assert "тыңдап, әр жұлдыздың" in document.text


def test_notes_inside_a_paragraph_become_blocks_of_their_own_where_it_is_cut_before_them() -> None:
    found = blocks(cleaned(FISHERMAN))
    assert found[1] == ("note", "Шалан — балық салатын ыдыс.") and "қатты ұзақ болды да" in found[0][1]
    i = FISHERMAN.index("\n1\n2\n")
    document = after(FISHERMAN, correction_at(raw_of(FISHERMAN), "дәріс.txt", "reject", i, i + 1, rule="line_join"))
    assert [kind for kind, _ in blocks(document)][:4] == ["paragraph", "note", "note", "paragraph"]
    inside = after(FISHERMAN, at(FISHERMAN, "балық салатын ыдыс", "text", "балық салынатын ыдыс"))
    assert blocks(inside)[1] == ("note", "Шалан — балық салынатын ыдыс.")


def test_what_no_longer_fits_says_why_and_changes_nothing() -> None:
    lost = replace(at(LESSON, "Ауыл", "text", "Қала"), before="Қыст", context_before="қар жауды ", context_after="ай")
    document = after(LESSON, lost)
    assert document.text == cleaned(LESSON).text
    assert document.decisions[0].problem == "its text is no longer there"


def test_a_place_is_found_again_when_the_file_has_changed() -> None:
    one = at(LESSON, "Ауыл", "text", "Қала")
    changed = "Кіріспе сөз.\n\n" + LESSON.replace("білдіреді", "білдірген")
    start, end = anchored(one, changed, same_file=False)
    assert changed[start:end] == "Ауыл"
    with pytest.raises(NoPlace, match="2 places"):
        anchored(one, changed + LESSON[LESSON.index("Зат есім заттың") :].replace("білдіреді", "білдірген"), same_file=False)


def test_the_file_keeps_everything_and_a_retraction_takes_back(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    first, second = at(LESSON, "Ауыл", "text", "Қала"), at(LESSON, "дала", "text", "тау", by="Айгүл")
    append_corrections(file, [first])
    with file.open("ab") as sink:
        sink.write(b'{"id": "c1", "act')  # A line that was cut short.
    append_corrections(file, [second])
    found = read_corrections(file)
    assert found.corrections == (first, second)
    assert found.problems == ("corrections.jsonl: line 2 is no correction: it is no JSON in UTF-8",)
    taken_back = retraction_of(first)
    append_corrections(file, [taken_back])
    assert read_corrections(file).corrections == (second,)
    append_corrections(file, [retraction_of(taken_back)])
    assert read_corrections(file).corrections == (first, second)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"action": "delete"}, "there is no action 'delete'"),
        ({"start": "7"}, "start is no whole number"),
        ({"start": 99, "end": 3}, "ends before it begins"),
        ({"action": "kind", "value": "абзац"}, "no kind of block"),
        ({"action": "level", "value": "жоғары"}, "a level is a number"),
        ({"before": "басқа сөз"}, "`before` has"),
        ({"id": ""}, "it has no id"),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    file = tmp_path / "corrections.jsonl"
    append_corrections(file, [at(LESSON, "Ауыл", "text", "Қала")])
    line = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**line, **change}, ensure_ascii=False) + "\n", "utf-8")
    found = read_corrections(file)
    assert not found.corrections and problem in found.problems[0]


def test_a_file_that_cant_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_corrections(tmp_path)


def test_of_two_files_with_the_same_bytes_each_has_its_own() -> None:
    one = at(LESSON, "Ауыл", "text", "Қала")
    assert of_file([one], "басқа.txt", one.sha256) == (one,)
    other = replace(one, id="c2", source="басқа.txt")
    assert of_file([one, other], "басқа.txt", one.sha256) == (other,)
    assert of_file([one], "басқа.txt", "") == ()


TEXTS = (LESSON, NOTES, FISHERMAN, PAGES, "Ауыл.\n\n\nҚыс түсті, кар жауды.Боран соқты\nекі күн.\n")


@st.composite
def decisions(draw: st.DrawFn) -> tuple[str, list[Correction]]:
    text = draw(st.sampled_from(TEXTS))
    document = cleaned(text)
    made: list[Correction] = []
    for _ in range(draw(st.integers(1, 6))):
        action = draw(st.sampled_from(sorted(set(ACTIONS) - {"retract"})))
        if action in ("accept", "reject") and document.edits:
            e = draw(st.sampled_from(document.edits))
            start, end, value = e.start, e.end, draw(st.sampled_from(["", "жаңа сөз"]))
        else:
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 3, 30, 200])))))
            value = draw(st.sampled_from(["", " ", "сөз", " екі  сөз ", "а", text[start:end].replace("а", "ә")]))
        if action == "kind" or (action == "split" and value):
            value = draw(st.sampled_from(BLOCK_KINDS))
        elif action == "level":
            value = str(draw(st.integers(1, 4)))
        elif action in ("title", "lemma") and not value.strip():
            value = "атау"
        made.append(correction_at(raw_of(text), "дәріс.txt", action, start, end, value=value))
    return text, made


@given(decisions())
@settings(deadline=None, max_examples=150)
def test_whatever_is_decided_the_raw_text_comes_out_of_the_record(given: tuple[str, list[Correction]]) -> None:
    text, made = given
    document = after(text, *made)
    assert len(document.decisions) == len(made)
    # What is guarded against there has not been needed.
    assert not any("together with those before it" in one.problem for one in document.decisions)
    # The same decisions on the same text, again.
    assert corrected(cleaned(text), made) == document


@given(decisions())
@settings(deadline=None, max_examples=60)
def test_a_replaced_text_is_what_was_asked_for(given: tuple[str, list[Correction]]) -> None:
    text, made = given
    for one in made:
        if one.action != "text" or not one.value.strip() or one.start == one.end:
            continue
        document = after(text, one)
        if not document.decisions[0].problem:
            assert " ".join(one.value.split()) in document.text
