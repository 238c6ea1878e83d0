"""Letters that Kazakh has and Russian has not: suggested where one word lacks them, restored where a whole text does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kz_textkit.alignment import apply_edits
from kz_textkit.morphology.commonness import commonness
from kz_textkit.repair.letter_model import best_spellings
from kz_textkit.repair.missing_letters import RESTORATIONS, Commonness, missing_letters, restore_all_letters

STRIPPED = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")

RUSSIAN = (
    "Когда мы вышли из дома, на улице уже было темно. Кон стоял у ворот и ждал хозяина. Наука развивается быстро, "
    "и каждый год приносит новые открытия. Алан и Аскар жили в городе Караганда."
)


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [("калалық", "қалалық"), ("койылады", "қойылады"), ("зандар", "заңдар"), ("кұрамына", "құрамына"), ("белуге", "бөлуге")],
)
def test_a_word_that_lacks_a_letter_is_suggested_with_it(damaged: str, meant: str) -> None:
    text = f"Бұл мәселе бойынша {damaged} деген сөз жиі айтылып жүр."
    (edit,) = missing_letters(text, commonness)
    assert (edit.before, edit.after, edit.rule, edit.applied) == (damaged, meant, "missing_letter", False)
    assert 0.5 < edit.score < 1
    assert text[edit.start : edit.end] == damaged


def test_capitals_are_kept() -> None:
    assert [e.after for e in missing_letters("Кұрамына үш ел кірді. Біз оны білеміз.", commonness)] == ["Құрамына"]


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN,
        "Ертең біз ауылға барамыз. Әжем бізге бауырсақ пісіріп береді.",
        "Ол «наука» деген сөзді орыс тілінен алған.",
        "Каримов пен Колосова келісімге қол қойды.",
        "Толығырақ: www.kala.kz/койылады бетінен қараңыз.",
        "",
    ],
)
def test_clean_words_russian_names_and_addresses_are_left_alone(text: str) -> None:
    assert missing_letters(text, commonness) == []


def test_two_known_words_that_are_as_likely_make_no_suggestion() -> None:
    def known(word: str) -> float:
        return {"жұрттан": 5.0, "жүрттан": 80.0}.get(word, 0.0)

    assert missing_letters("Біздің үйде журттан қалған бір зат тұр екен", known) == []


@pytest.mark.parametrize(
    ("stripped", "meant"),
    [
        ("Казак тили – мемлекеттик тил.", "Қазақ тілі – мемлекеттік тіл."),
        ("Казакстан Республикасынын Укиметинин шешими", "Қазақстан Республикасының Үкіметінің шешімі"),
        ("Мен кеше кинога бардым, бирак ол жерде адам коп болды.", "Мен кеше киноға бардым, бірақ ол жерде адам көп болды."),
    ],
)
def test_text_without_kazakh_letters_gets_them_back_when_asked(stripped: str, meant: str) -> None:
    edits = restore_all_letters(stripped, commonness)
    assert apply_edits(stripped, edits) == meant


def test_nine_of_ten_stripped_words_come_back() -> None:
    text = (
        "Көктем келіп, қар еріді. Өзен бойындағы тал бүршік жарды. Балалар далаға шығып, доп ойнай бастады. "
        "Үлкендер болса егін егуге дайындалып жүр. Кешке қарай жаңбыр жауып, жер дымқыл тартты. Ауыл адамдары еңбекқор, "
        "олар таңертең ерте тұрып, қойларын өріске айдайды. Мектепте оқушылар жаңа тақырыпты оқып, мұғалімге сұрақ қояды."
    )
    stripped = text.translate(STRIPPED)
    restored = apply_edits(stripped, restore_all_letters(stripped, commonness))
    changed = [(a, b, c) for a, b, c in zip(text.split(), stripped.split(), restored.split(), strict=True) if a != b]
    assert sum(a == c for a, _, c in changed) >= 0.9 * len(changed)


@pytest.mark.parametrize("text", [RUSSIAN, "Қазақ тілі – мемлекеттік тіл.", "The weather is fine."])
def test_other_languages_and_whole_text_stay(text: str) -> None:
    assert restore_all_letters(text, commonness) == []


@given(st.text(alphabet="аеиокнгу қәі.\n-А", max_size=60))
def test_edits_are_in_order_and_say_what_they_replace(text: str) -> None:
    rules: list[Callable[[str, Commonness], list]] = [missing_letters, restore_all_letters]  # type: ignore[type-arg]
    for rule in rules:
        edits = rule(text, lambda word: float(len(word) % 3))
        assert all(text[e.start : e.end] == e.before != e.after for e in edits)
        assert all(a.end <= b.start for a, b in pairwise(edits))


@given(st.text(alphabet="акоинғы", min_size=1, max_size=8), st.integers(1, 9))
def test_spellings_differ_in_letters_that_may_stand_for_others(word: str, most: int) -> None:
    found = best_spellings(word, RESTORATIONS, most)
    assert 0 < len(found) <= most * 3
    for spelling, _ in found:
        assert all(a == b or b in RESTORATIONS[a] for a, b in zip(word, spelling, strict=True))


@pytest.mark.parametrize("word", ["керіп", "Кегенді", "кебісі", "ендіруге", "алдына", "киноға"])
def test_a_form_that_has_an_analysis_is_left_alone(word: str) -> None:
    assert missing_letters(f"Бұл мәселе бойынша {word} деген сөз айтылды.", commonness) == []


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("жуйе", "жүйе"),
        ("акын", "ақын"),
        ("куаныш", "қуаныш"),
        ("артык", "артық"),
        ("оган", "оған"),
        ("окуга", "оқуға"),
        ("зейнетакылык", "зейнетақылық"),
        ("жердин", "жердің"),
        ("суйрейды", "сүйрейді"),
        ("ежелгы", "ежелгі"),
        ("улкендер", "үлкендер"),
        ("кауипсиз", "қауіпсіз"),
    ],
)
def test_words_that_lack_several_letters_or_break_harmony_are_mended(damaged: str, meant: str) -> None:
    edits = missing_letters(f"Бұл мәселе бойынша {damaged} деген сөз айтылды.", commonness)
    assert [(e.before, e.after) for e in edits] == [(damaged, meant)]


@pytest.mark.parametrize("name", ["Канттың", "Уәли", "Жошының", "Шухов"])
def test_names_are_left_alone(name: str) -> None:
    assert missing_letters(f"Ол туралы {name} туысы былай деп жазды, біз оны оқыдық.", commonness) == []


def test_a_capital_that_opens_a_sentence_makes_no_name() -> None:
    text = "Жуйе жақсы жұмыс істейді. Оган бәрі сенеді, ал Канат сенбейді. Каримов келді."
    assert [e.after for e in missing_letters(text, commonness)] == ["Жүйе", "Оған"]
