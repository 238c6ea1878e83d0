"""The main job on the raw documents of the repository: from damaged files to a corpus that accounts for every character.

How well the clean texts agree with their originals is measured apart from this.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus, verify
from kz_textkit.document import BLOCK_KINDS, SECTION_KINDS
from repository import RAW

DAMAGE = re.compile("[ӛӚҧҦҥҤ\ue000-\uf8ff\u00ad\u200b\ufeff]|https?://")
MIXED = re.compile(r"[а-яёәғқңөұүһі][a-z]+[а-яёәғқңөұүһі]", re.IGNORECASE)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("end") / "clean"
    result = CliRunner().invoke(app, ["run", str(RAW), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    assert "Written to" in result.stdout
    return Corpus(folder)


def test_every_raw_file_is_rebuilt_from_the_corpus(corpus: Corpus) -> None:
    result = verify(corpus.path)
    assert result.ok, result.problems
    assert result.documents == len(list(RAW.iterdir())) == len(corpus.documents)


def test_no_damage_is_left_in_any_block(corpus: Corpus) -> None:
    left = [text for text in corpus.blocks["text"] if DAMAGE.search(text) or MIXED.search(text) or "  " in text or "\n" in text]
    assert left == []


def test_kinds_are_those_of_the_design(corpus: Corpus) -> None:
    assert set(corpus.blocks["kind"]) <= set(BLOCK_KINDS)
    assert set(corpus.sections["kind"]) <= set(SECTION_KINDS)
    assert (corpus.documents["language"] == "kk").all()


def test_ids_and_parents_lead_from_tokens_to_documents(corpus: Corpus) -> None:
    sections = set(map(tuple, corpus.sections[["doc_id", "section_id"]].to_numpy()))
    parents = corpus.sections.dropna(subset="parent_id")[["doc_id", "parent_id"]]
    assert set(map(tuple, parents.to_numpy())) <= sections
    assert set(map(tuple, corpus.blocks[["doc_id", "section_id"]].to_numpy())) <= sections
    blocks = set(map(tuple, corpus.blocks[["doc_id", "section_id", "block_id"]].to_numpy()))
    assert set(map(tuple, corpus.tokens[["doc_id", "section_id", "block_id"]].to_numpy())) <= blocks


def test_counts_agree_with_a_plain_count_over_the_tokens_table(corpus: Corpus) -> None:
    words = corpus.words["form"][corpus.words["form"].str.contains(r"[^\W_]")].str.lower()
    frequencies = corpus.frequencies(by="form")
    assert frequencies["count"].sum() == len(words)
    assert dict(zip(frequencies["form"].str.lower(), frequencies["count"], strict=True)) == words.value_counts().to_dict()


@pytest.mark.slow
def test_the_real_text_is_rebuilt_exactly(shared: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(shared / "texts"), "-o", str(tmp_path / "clean"), "--quiet"])
    assert result.exit_code == 0, result.output
    assert verify(tmp_path / "clean").ok
    blocks = Corpus(tmp_path / "clean").blocks["text"]
    assert [text for text in blocks if DAMAGE.search(text)] == []
