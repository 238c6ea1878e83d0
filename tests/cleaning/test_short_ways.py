"""Short ways give what the long ones give: on arbitrary text, on words with letters taken from them, on lines with and without gaps."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.cleaning.languages import ENOUGH, OWN_LETTERS, SHARE, languages_of
from kz_textkit.layout import line_facts, line_words
from kz_textkit.layout.joins import make_blocks
from kz_textkit.layout.lines import read_lines
from kz_textkit.layout.page import read_page_lines
from kz_textkit.layout.pieces import Piece
from kz_textkit.layout.settled import is_settled_form
from kz_textkit.layout.tagger import LABELS, emissions, load_weights, reasons, total, viterbi
from kz_textkit.layout.title_words import is_capitals
from kz_textkit.morphology.commonness import commonness, surely_common_with
from kz_textkit.repair.language import _evidence, _evidence_of_all
from kz_textkit.repair.letter_arrays import Gains, totals
from kz_textkit.repair.letter_model import word_score, word_total
from kz_textkit.repair.missing_letters import RESTORATIONS, missing_letters

PAGE = """1-тарау. Ауыл тарихы

Көктемде қар еріп, өзендер арнасынан асып, ауыл адамдары бөгет салуға жиналды, ал балалар мектепке қайықпен
барып жүрді.

• нан,
• сүт.

12
Ауыл деген не?
"""
WORDS = {"қала": 30.0, "қалалық": 20.0, "кеңес": 50.0, "өнер": 40.0, "заңдар": 9.0, "бала": 80.0}
FORMS = ("қаланың", "балаларымызға", "кітаптар", "жүргендер", "білім", "біз", "қалпы", "кітабы", "оқиды", "ауылға", "тұрғындарының")
words = st.text(alphabet="абгқкнңоөуүыізл", min_size=1, max_size=9)


@given(st.lists(words, max_size=9), st.floats(0.5, 2.5))
def test_words_gain_where_one_other_letter_makes_them_likelier(found: list[str], below: float) -> None:
    gains = Gains(RESTORATIONS).of(found)
    unlikely = Gains(RESTORATIONS).of(found, below)
    for word, gain, unlikely_or_gain in zip(found, gains.tolist(), unlikely.tolist(), strict=True):
        now = word_total(word)[0]
        others = [
            word[:at] + other + word[at + 1 :]
            for at, letter in enumerate(word)
            for other in RESTORATIONS.get(letter, "")
            if other != letter
        ]
        differences = [word_total(other)[0] - now for other in others]
        if all(abs(difference) > 1e-9 for difference in differences) and abs(word_score(word) - below) > 1e-9:
            assert gain == any(difference > 0 for difference in differences)
            assert unlikely_or_gain == (gain or word_score(word) < below)


@settings(max_examples=200)
@given(words | st.sampled_from(FORMS), st.sampled_from([0.06, 1.2, 5.0]))
def test_no_word_is_surely_more_common_than_it_is(word: str, least: float) -> None:
    if surely_common_with(())(word, least):
        assert commonness(word) >= least


def test_usual_forms_are_surely_common() -> None:
    assert [form for form in FORMS if not surely_common_with(())(form, 0.06)] == ["қалпы", "кітабы", "оқиды"]


@given(st.lists(words | st.text(alphabet="аё-ѓzҧ𐐨\ud800е́", min_size=1, max_size=6), max_size=9))
def test_many_words_have_the_scores_of_each(found: list[str]) -> None:
    assert totals(found).tolist() == pytest.approx([word_total(word)[0] for word in found], abs=1e-9)


@given(st.lists(st.text(alphabet="абґӛiaK-.,1ңұ’ʼ_İΣ\u0301әАИ𐐨", min_size=1, max_size=6) | st.sampled_from(["ол", "Ол-бұл.", "the"])))
def test_many_chunks_have_the_evidence_of_each(chunks: list[str]) -> None:
    for found, alone in zip(_evidence_of_all(["и", *chunks]), map(_evidence, ["и", *chunks]), strict=True):
        assert found.tolist() == pytest.approx(alone, abs=1e-9)


@given(
    st.lists(st.sampled_from(["калалық", "кала", "Кенес", "бала,", "енер", "«зандар»", "өнер-кала", "http://кала", "12"]), max_size=12)
)
def test_what_was_found_of_words_before_changes_no_suggestion(chunks: list[str]) -> None:
    text = f"Біздің ауылдың тұрғындары жиналысқа келді. {' '.join(chunks)} деген сөз жиі айтылып жүр."

    def known(word: str) -> float:
        return WORDS.get(word, 0.0)

    first = missing_letters(text, known)
    assert missing_letters(text, known) == first
    assert missing_letters(text, lambda word: WORDS.get(word, 0.0)) == first


@given(st.lists(st.text(alphabet="қаңбв .\U0001f600", max_size=90), max_size=6))
def test_blocks_are_plainly_kazakh_by_the_share_of_their_letters(texts: list[str]) -> None:
    found = languages_of(texts, ["?"] * len(texts), "kk")
    for text, language in zip(texts, found, strict=True):
        plain = sum(map(text.count, OWN_LETTERS)) >= SHARE * len(text)
        if plain or len(text) < ENOUGH:
            assert language == ("kk" if plain else "?")


@given(st.text(alphabet="аБ. \n\t\u2028", max_size=16))
def test_the_form_of_clean_text_is_that_of_one_pattern(text: str) -> None:
    other = re.compile(r"[^\S\n ]|  |\n\n\n|\n | \n|\A\s| \Z|\n\n\Z")
    assert is_settled_form(text) == ("\n\n" in text and other.search(text) is None)


@given(st.text(alphabet="АБвa1. -«»\t", max_size=14))
def test_capitals_are_counted_where_the_first_word_has_them(text: str) -> None:
    capitals = sum(map(str.isupper, text))
    letters = sum(map(str.isalpha, text))
    first = text.split(None, 1)[:1]
    long_way = capitals >= 4 and (text.isupper() or (capitals * 5 >= letters * 3 and first[0].isupper()))
    assert is_capitals(text) == (not text[:1].islower() and long_way)


@given(
    st.lists(st.lists(st.sampled_from(["ауыл", "қыр-", "сырымен", "а", "б"]), min_size=1, max_size=4), min_size=2, max_size=6),
    st.data(),
)
def test_lines_without_gaps_are_edited_as_beside_a_line_with_one(rows: list[list[str]], data: st.DataObject) -> None:
    text = "\n".join(" ".join(row) for row in rows)
    lines = read_lines(text)
    cut = data.draw(st.integers(1, len(lines)))
    pieces = [Piece("paragraph", 0, cut), *([Piece("paragraph", cut, len(lines))] if cut < len(lines) else [])]
    blocks, edits = make_blocks(text, lines, pieces, [], [])
    gap = f"{text}\nсөз  сөз"
    with_gap = read_lines(gap)
    beside, others = make_blocks(gap, with_gap, [*pieces, Piece("paragraph", len(lines), len(with_gap))], [], [])
    assert beside[:-1] == blocks
    assert [e for e in others if e.end <= len(text)] == edits


PARTS = """
Ол Екінші Сурет Дерек Кілт Бірінші Тақырып Іс Сөз Хат Ән ол екінші сөз 3 тарау. бап Ескерту. Е көз 2005. бөлім № мазмұны Кіріспе
сұрақтар атаңыз. келді т.б. проф. ескертпесі н(а) бар: САҚ ауыл. Ауыл ( ) ... :: … I І. С. ? - — : , » « ;
"""


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from([*PARTS.split(), "– Алматы:", ". . .", "А. Б."]), st.sampled_from(["", " ", " ", " ", "  "])),
        min_size=1,
        max_size=18,
    )
)
def test_lines_of_sentences_have_the_facts_of_any_line(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + space for part, space in parts).strip()
    if text:
        assert line_facts.facts_of(read_lines(text)) == [line_facts._look(text)]


@given(st.lists(st.sampled_from(["сөз", "басты бетке", "барлық құқық", "© 20", "(қолы)", "басты", "ҚАУЛЫ ЕТТІ", "-", "б"]), max_size=6))
def test_words_of_a_line_are_found_wherever_a_search_finds_them(parts: list[str]) -> None:
    text = " ".join(parts)
    found, sought = line_words._PATTERN.search(text.lower()), line_words._sought_in(text.lower())
    assert (found and found.span()) == (sought and sought.span())


def test_weights_of_all_signs_are_summed_for_each_line() -> None:
    signs, weights = read_page_lines(PAGE, (), ()).signs, load_weights()
    scores = emissions(signs, weights)
    for line, label in product(range(len(scores)), LABELS):
        told = sum(reason.weight for reason in reasons(signs, weights, line, label))
        assert scores[line, LABELS.index(label)] == pytest.approx(told, abs=1e-3)


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.sampled_from([0.5, 2.0, 6.0]), st.sampled_from([0.0, 4.0, 8.0]))
def test_the_best_path_is_that_of_a_search_of_every_line(seed: int, count: int, spread: float, more: float) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, spread, (count, len(LABELS))).astype(np.float32)
    scores[:, random.integers(len(LABELS), size=2)] += more
    scores[random.integers(count), random.integers(len(LABELS))] += random.choice([0, 2e6])
    after = load_weights().of_neighbours.astype(np.float64)
    best = [scores[0] + np.array([-1e6 if label.endswith("_cont") else 0 for label in LABELS])]
    for own in scores[1:]:
        best.append((best[-1][:, None] + after).max(0) + own)
    path = [int(best[-1].argmax())]
    for before in best[-2::-1]:
        path.append(int((before + after[:, path[-1]]).argmax()))
    assert viterbi(scores, after.astype(np.float32)) == path[::-1]


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_the_best_path_is_the_best_of_all_paths(seed: int) -> None:
    weights = load_weights()
    scores = np.random.default_rng(seed).normal(0, 3, (3, len(LABELS))).astype(np.float32)
    after = weights.of_neighbours
    begun = scores[0] + np.array([-1e6 if label.endswith("_cont") else 0 for label in LABELS])
    every = begun[:, None, None] + after[:, :, None] + scores[1][:, None] + after + scores[2]
    path = viterbi(scores, after)
    assert total(scores, weights, [LABELS[k] for k in path]) == pytest.approx(float(every.max()), abs=1e-2)
