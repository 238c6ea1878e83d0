"""The user's own words are known to the analyser, the tagger and the restoring of letters, and stay with a pipeline that is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import kz_textkit as kz
from kz_textkit.errors import InputError
from kz_textkit.morphology.commonness import commonness, commonness_with
from kz_textkit.morphology.user_words import UserWord, parse_user_words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "сөздер.tsv"
    path.write_text("# менің сөздерім\nблокчейнші\tNOUN\nҚамбатай;PROPN;masc\nтөмпештес\tVERB\n", encoding="utf-8")
    return path


def test_the_tagger_knows_them_and_keeps_them(file: Path, tmp_path: Path) -> None:
    nlp = kz.load(words=file)
    text = "Қамбатайға блокчейншілерден хат келді."
    assert [t.lemma_ for t in nlp(text)] == ["Қамбатай", "блокчейнші", "хат", "кел", "."]
    nlp.to_disk(tmp_path / "kk")
    assert [t.lemma_ for t in spacy.load(tmp_path / "kk")(text)][:2] == ["Қамбатай", "блокчейнші"]


def test_restoring_letters_knows_them() -> None:
    words = (UserWord("қамбатшы", "NOUN"),)
    assert commonness("қамбатшылар") == 0 < commonness_with(words)("қамбатшылар")
    raw = kz.RawDocument("а", "а.txt", "0" * 64, "utf-8", "Бұл туралы камбатшылар айтты, біз оны тыңдадық.\n")
    assert not any(e.after == "қамбатшылар" for e in kz.clean(raw).edits)


def test_the_settings_reach_cleaning(tmp_path: Path) -> None:
    path = tmp_path / "сөздер.tsv"
    path.write_text("қамбатшы\tNOUN\n", encoding="utf-8")
    raw = kz.RawDocument("а", "а.txt", "0" * 64, "utf-8", "Бұл туралы камбатшылар айтты, біз оны тыңдадық.\n")
    edits = kz.clean(raw, kz.Settings(words=(str(path),))).edits
    assert [(e.after, e.applied) for e in edits if e.rule == "missing_letter"] == [("қамбатшылар", False)]


@pytest.mark.parametrize("line", ["екі сөз\tNOUN", "сөз\tБЕЛГІСІЗ", "сөз\tNOUN\tқате", "\tNOUN"])
def test_a_line_that_is_no_word_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(parse_user_words("# басы\n" + line))


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        kz.load(words=tmp_path / "жоқ.tsv")
