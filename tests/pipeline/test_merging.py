"""Corpora merged: every document is there under an id of its own, the result verifies, and differing settings are said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.verification import verify
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.merging import merge
from kz_textkit.settings import Settings

TEXT = "{0} туралы\n\nБіздің {0} өте ӛзгеше. Ол туралы көп айтады.\n"


@pytest.fixture
def corpora(tmp_path: Path) -> tuple[Path, Path]:
    for folder, names in (("бір", ("ауыл", "дала")), ("екі", ("ауыл", "тау"))):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.txt").write_text(TEXT.format(f"{name} {folder}"), "utf-8")
    lines = [json.dumps({"text": TEXT.format(name)}, ensure_ascii=False) for name in ("көл", "өзен")]
    (tmp_path / "екі" / "ауыл.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    run(tmp_path / "бір", tmp_path / "а", workers=1)
    run(tmp_path / "екі", tmp_path / "б", workers=1)
    return tmp_path / "а", tmp_path / "б"


@pytest.mark.slow
def test_all_documents_are_there_and_the_result_verifies(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    result = merge(corpora, tmp_path / "бәрі")
    parts, whole = [Corpus(path) for path in corpora], Corpus(tmp_path / "бәрі")
    assert len(set(whole.documents["doc_id"])) == len(whole.documents) == sum(len(part.documents) for part in parts) == 6
    assert list(whole.blocks["text"]) == [text for part in parts for text in part.blocks["text"]]
    assert list(whole.tokens["lemma"]) == [lemma for part in parts for lemma in part.tokens["lemma"]]
    assert result.tokens == len(whole.tokens) and result.differing == result.same_files == []
    assert {old for _, old, _ in result.renamed} == set(parts[0].documents["doc_id"]) & set(parts[1].documents["doc_id"]) | {
        name for name in parts[1].documents["doc_id"] if name.startswith("ауыл")
    }
    assert verify(tmp_path / "бәрі", sources=tmp_path).ok
    assert whole.frequencies()["count"].sum() == sum(part.frequencies()["count"].sum() for part in parts)
    again = merge(corpora, tmp_path / "тағы")
    assert (tmp_path / "тағы" / "frequencies.csv").read_bytes() == (tmp_path / "бәрі" / "frequencies.csv").read_bytes()
    assert again.documents == 6


@pytest.mark.slow
def test_differing_settings_and_files_that_are_in_twice_are_said(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    run(tmp_path / "бір", tmp_path / "в", workers=1, settings=Settings(rules_off=frozenset({"legacy_letter"})))
    result = CliRunner().invoke(app, ["merge", str(corpora[0]), str(tmp_path / "в"), "-o", str(tmp_path / "бәрі")])
    assert result.exit_code == 0
    assert "rules_off (а: none; в: legacy_letter)" in result.stderr
    assert result.stderr.count("both are in the corpus") == 2
    assert "ауыл of" in result.stdout and "is ауыл-2 here" in result.stdout
    manifest = Corpus(tmp_path / "бәрі").manifest
    assert [one["settings"]["rules_off"] for one in manifest.settings["merged"]] == [[], ["legacy_letter"]]
    assert verify(tmp_path / "бәрі").ok


def test_what_cannot_be_merged_is_said(corpora: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two corpora"):
        merge(corpora[:1], tmp_path / "бәрі")
    with pytest.raises(UsageError, match="is one of the corpora"):
        merge(corpora, corpora[0])
    with pytest.raises(CorpusError, match="no corpus"):
        merge([corpora[0], tmp_path / "бір"], tmp_path / "бәрі")
    next((corpora[1] / "tokens").glob("*.parquet")).write_bytes(b"")
    with pytest.raises(CorpusError, match="not what was written"):
        merge(corpora, tmp_path / "бәрі")
    assert not (tmp_path / "бәрі").exists()
