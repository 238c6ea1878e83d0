"""Paradigms as school grammars print them."""

from __future__ import annotations

from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.paradigm import grids_of, paradigm_of


def test_a_noun_goes_by_case_and_possessor() -> None:
    singular, plural = grids_of([cell for cell in paradigm_of(shared_analyzer(), "мектеп") if cell.upos == "NOUN"])
    assert singular.columns == ("септік", "–", "менің", "сенің", "сіздің", "оның", "біздің")
    assert singular.rows[2] == ("барыс", "мектепке", "мектебіме", "мектебіңе", "мектебіңізге", "мектебіне", "мектебімізге")
    assert [row[1] for row in plural.rows][:3] == ["мектептер", "мектептердің", "мектептерге"]


def test_a_verb_goes_by_person_and_tense() -> None:
    grids = [grid for grid in grids_of(paradigm_of(shared_analyzer(), "оқы")) if grid.title == "VERB, болымды"]
    forms = {
        (row[0], tense): form for grid in grids[:2] for row in grid.rows for tense, form in zip(grid.columns[1:], row[1:], strict=True)
    }
    assert forms["мен", "ауыспалы осы шақ"] == "оқимын"
    assert forms["сен", "жедел өткен шақ"] == "оқыдың"
    assert forms["біз", "бұрынғы өткен шақ"] == "оқығанбыз"
    assert forms["ол", "ауыспалы өткен шақ"] == "оқитын"
    assert forms["сіз", "шартты рай"] == "оқысаңыз"
    assert forms["сендер", "бұйрық рай"] == "оқыңдар"
    assert dict(grids[2].rows)["көсемше"].split(", ")[:3]


def test_the_first_row_of_a_paradigm_is_the_lemma() -> None:
    assert shared_analyzer().paradigm("бала")[0][1] == "NOUN"
    assert paradigm_of(shared_analyzer(), "бала")[0][:3] == ("бала", "NOUN", "Case=Nom")
