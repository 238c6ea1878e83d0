"""Damage is mended, and every character of the raw text can be got back."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.alignment import apply_edits, undo_edits
from kz_textkit.repair import explain, fix, repair
from letter_damage import DAMAGES

STORY = """\
Қыстың қақаған кешінде әжем пештің алдына отырып, ескі сандықтан сарғайған хат алып шықты. «Бұл хатты атаң майданнан жазған, –
деді ол көзілдірігін түзеп. – Оқып берейін бе?» Біз, немерелері, үндемей, бір-бірімізге қарадық. Далада боран ұлып тұр, ал үй іші
жылы. Әжем хатты асықпай оқи бастады: «Аман-есенсіңдер ме, ауылдастар? Мен аман-сау жүрмін. Жерлестерім Сәрсен мен Иманғали да осында.
Күн суық, өзеннің мұзы қалың. Кеше үлкен шайқас болды, біздің рота төбешікті қайтарып алды». Осы жерге келгенде әжемнің даусы дірілдеп
кетті. Ол хатты бүктеп, біраз уақыт үнсіз отырды. Содан кейін Айсәуле тұрып, шай құйды. Ертеңіне мектепте мұғаліміміз Ерлан Һәкімұлы
соғыс туралы айтқанда, мен қол көтеріп, атамның хатын айтып бердім. Бүкіл сынып ұйып тыңдады; тіпті ең тентек Ғабит те қозғалмады.
"""
STORY = STORY.replace("\n", " ").strip()


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("Ҥкіметтің ӛз ҧстанымы", "Үкіметтің өз ұстанымы"),
        ("iшкi iстер", "ішкі істер"),
        ("Yкiметiнiң шешiмi", "Үкіметінің шешімі"),
        ("cабақ кестесі", "сабақ кестесі"),
        ("hіerarhіa", "hierarhia"),
        ("еlite", "elite"),
        ("ІV тарау, XІX ғасыр, ХIV бап", "IV тарау, XIX ғасыр, XIV бап"),
        ("раxмет, жəне ɵнер", "рахмет, және өнер"),
        ("Аlmаty мен Аstana", "Almaty мен Astana"),
        ("ӛкiлеттiгiн", "өкілеттігін"),
        ("«мӘHI мен ТEMIPIHIҢ»", "«мӘНІ мен ТЕМІРІНІҢ»"),
        ("Ол кеше ocы жерде болды", "Ол кеше осы жерде болды"),
        ("Менің apa жасым он екіде", "Менің ара жасым он екіде"),
        ("A.Құнанбаев пен M.Ә.Әуезов", "А.Құнанбаев пен М.Ә.Әуезов"),
        ("2-тоқсан, 25-i күні, 4-eyi келді", "2-тоқсан, 25-і күні, 4-еуі келді"),
        ("6ір қа3ақ, 0рал қаласы", "бір қазақ, Орал қаласы"),
        ("Yлт пен Yкімет, 10 kм, 5 kг", "Ұлт пен Үкімет, 10 км, 5 кг"),
        ("құрылыс об'ектісі мен суб’екті", "құрылыс объектісі мен субъекті"),
        ("аи\u0306 мен маи\u0306", "ай мен май"),
        ("\uf0b7 Бірінші\n\uf0a7 Екінші\n\uf0d8 Үшінші", "• Бірінші\n• Екінші\n• Үшінші"),
        ("\uf061 бұрышы \uf0a3 90\uf0b0", "α бұрышы ≤ 90°"),
        ("Қазақ\u00adстан\u00a0Рес\u200bпуб\ufeffли\u00adкасы", "Қазақстан Республикасы"),
        ("бірінші жол\u2028екінші жол", "бірінші жол\nекінші жол"),
        ("қыр\u00ad\nсыр", "қыр-\nсыр"),
        ("Кеңес ұйымдастырады.Ол ертең болады", "Кеңес ұйымдастырады. Ол ертең болады"),
        ("алма,өрік;жүзім", "алма, өрік; жүзім"),
        ("Келдің бе?Мен күттім!Жүр", "Келдің бе? Мен күттім! Жүр"),
        ("ол келді , сосын кетті .", "ол келді, сосын кетті."),
        ("тіл  мен   ойлау", "тіл мен ойлау"),
        ("1.Кіріспе\n2)Негізгі бөлім", "1. Кіріспе\n2) Негізгі бөлім"),
        ("Ќазаќстан &ndash; їлкен ел", "Қазақстан – үлкен ел"),
    ],
)
def test_damage_is_mended(damaged: str, clean: str) -> None:
    assert fix(damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Facebookте, YouTubeтен, iPhoneды, CEOның, appты, TVдан",
        "т.б., б.з.д., т.с.с., ж.ж., Н.Ә.Назарбаев, Ж.-Ж.Руссо, проф.Ахметов, қ.Алматы, Дж.Буш",
        "3.14, 12.05.2001, 1.2.3, 10:30, 2:1, 1,5 млн, §5.2",
        "1.txt, есеп.docx, egov.kz, сайт.қаз, user@mail.kz, http://kk.wikipedia.org/wiki/Ұлы_Жібек.Жолы",
        "6ай, 20ға, 3тонна, м2, 5кг, 10км, A4, COVID19, сөз1, H1N1",
        "бала(лар)ды, «Нұр Отан»ның, 2-ші, а), б)",
        "Кіріспе . . . . . 5",
        "Ол «cap» деген сөзді (hope) ағылшынша cap деп жазды",
        "f(x) = ax + c, мұндағы a, c, x – нақты сандар",
        "µм, β-каротин, α-бөлшек, Ωм",
    ],
)
def test_what_only_looks_like_damage_stays(text: str) -> None:
    assert fix(text) == text


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("rate", [0.05, 0.3, 1.0])
def test_damage_done_by_code_is_undone(name: str, rate: float) -> None:
    damaged = DAMAGES[name](STORY, random.Random(7), rate)
    repaired = fix(damaged)
    assert len(repaired) == len(STORY)
    assert sum(a != b for a, b in zip(repaired, STORY, strict=True)) <= 0.001 * len(STORY)


def test_a_published_data_set_in_latin_look_alikes_becomes_cyrillic(shared: Path) -> None:
    lines = (shared / "data" / "unimorph" / "kaz.sm").read_text(encoding="utf-8").splitlines()[::40]
    for text in ("\n".join(lines), *lines):
        words = [word for line in fix(text).split("\n") for word in line.split("\t")[:2]]
        assert not [word for word in words if re.search("[A-Za-z]", word)]
        assert [line.split("\t")[2:] for line in fix(text).split("\n")] == [line.split("\t")[2:] for line in text.split("\n")]


def test_no_damage_is_left_in_the_real_text(shared: Path) -> None:
    text = (shared / "texts" / "000_7bb1e2f804af1cf3.txt").read_text(encoding="utf-8")
    repaired = repair(text)
    assert not re.search("[ӛҧҥӚҦҤ\ue000-\uf8ff]", repaired.text)
    assert not re.search("[A-Za-z][а-яәғқңөұүһі]|[а-яәғқңөұүһі][A-Za-z]", repaired.text)
    assert undo_edits(repaired.text, [e for e in repaired.edits if e.applied], 0) == text


def test_unknown_private_use_characters_are_kept_and_reported() -> None:
    repaired = repair("белгі \uf8ff бар")
    assert repaired.text == "белгі \uf8ff бар"
    assert [(e.start, e.rule, e.applied) for e in repaired.edits] == [(6, "symbol", False)]
    assert "U+F8FF" in repaired.warnings[0]


def test_suggestions_are_applied_where_they_are_asked_for() -> None:
    text = "Ол appты ашты , сосын жапты"
    assert repair(text).text == "Ол appты ашты, сосын жапты"
    assert [e.rule for e in repair(text).edits if not e.applied] == ["homoglyph"] * 3
    assert repair(text, apply_suggestions=frozenset({"homoglyph"})).text == "Ол аррты ашты, сосын жапты"


def test_lost_letters_are_a_warning() -> None:
    assert repair("?аза?стан Республикасыны? ?кіметі ?з жоспарын бекітті, ?аулы шы?ты").warnings
    assert repair("Қазақстан Республикасының Үкіметі қайда? Осында.").warnings == ()


def test_an_explanation_shows_each_edit_in_context() -> None:
    explanation = explain("Бұл ӛнер, cабақ\u00ad")
    assert explanation.counts == {"invisible": 1, "homoglyph": 1, "legacy_letter": 1}
    assert "[ӛ]нер" in str(explanation) and "U+00AD" in str(explanation)
    assert str(explain("Бұл – таза мәтін.")) == "nothing to repair"


SPECIAL = (
    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяАӘБҒҚСТҮІНЕОРХaecopxyihkmtABCEHIKMOPTXYVLDusnəөӛҧҥӚҦҤҕӧ0136. ,.;:!?)(«»\"'’-–…\n \t"
    "\u00ad\u200b\u200d\ufeff\u00a0\u2009\u202e\u2028\r\x0b\x0c\x1e\x1f\u0306\u0308\uf0b7\uf0a7\uf061\uf123αοΑ@/ابԱ😀é¥ќїЎ°&;"
)
PIECES = [
    "қазақ", "Үкімет", "iшкi", "cабақ", "apa", "ocы", "cap", "ӛз", "ҧстаным", "Ҥкімет", "www.egov.kz", "т.б.", "Н.Ә.Назарбаев",
    "XІX", "IT", "6ір", "3аң", "қа3ақ", "URL-ды", "в", "мае", "IV", "саҥа", "аҧсуа", "жылы", "ұйымдастырады.Ол", ",", ".", ")",
    "(", "?", "маи\u0306", "com", ".kz", "A.", "Ә", "H", "A.Құн", "ағыл.", "ac-ауқат", "25-i", "Ќазаќ", "бiр", "Р°Р±", "&amp;",
    "Ð\x91",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=SPECIAL, max_size=40),
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([" ", "  ", "\n", ", ", ". ", "-"])), max_size=14).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    assert fix(fix(text)) == fix(text)
    assert repair(repair(text).text).text == repair(text).text


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([frozenset[str](), frozenset({"homoglyph", "legacy_letter", "spacing"})]))
def test_repair_loses_nothing(text: str, wanted: frozenset[str]) -> None:
    repaired = repair(text, apply_suggestions=wanted)
    applied = [e for e in repaired.edits if e.applied]
    assert apply_edits(text, applied) == repaired.text
    assert undo_edits(repaired.text, applied, 0) == text
    assert all(a.end <= b.start for a, b in pairwise(applied))
    assert all(text[e.start : e.end] == e.before for e in repaired.edits)


@pytest.mark.parametrize("unit", ["аaб", "мӛ", "1а", "а.", "\u202eа", "A/b%C", " ,", "об'е", "\n", "cap apa "])
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    text = unit * 10_000
    repaired = repair(text)
    assert undo_edits(repaired.text, [e for e in repaired.edits if e.applied], 0) == text


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("Төрайымы A.Ж. Есенова, орынбасары C.T. Қалиева.", "Төрайымы А.Ж. Есенова, орынбасары С.Т. Қалиева."),
        ("Баламыз өcce, бізді іздер.", "Баламыз өссе, бізді іздер."),
        ("Бұл туралы Ә.A. Сағынғали мен C. Қожахметов жазған.", "Бұл туралы Ә.А. Сағынғали мен С. Қожахметов жазған."),
        (
            "Жеміс-жидекте көп болатын дәрумен – C. Бұл дәрумен қанға керек.",
            "Жеміс-жидекте көп болатын дәрумен – C. Бұл дәрумен қанға керек.",
        ),
    ],
)
def test_initials_and_short_words_of_kazakh_are_cyrillic(damaged: str, clean: str) -> None:
    assert fix(damaged) == clean


def test_a_soft_hyphen_in_capitals_is_no_misread_utf8() -> None:
    assert fix("ІІІ тарау. ТІР\u00adІ АҒЗАЛАРДЫҢ ТІР\u00adШІЛІГІ") == "ІІІ тарау. ТІРІ АҒЗАЛАРДЫҢ ТІРШІЛІГІ"
