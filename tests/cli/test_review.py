"""`review`: suggestions are decided one by one, kept at once, and applied by the next run."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cleaning.corrections import read_corrections
from kz_textkit.cli import app

TEXT = "Біздің калалық кеңес қалалық мәжіліс өткізді.\nТағы калалық жиын болды. Орманда каскыр көп.\n"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "ел").mkdir(parents=True)
    path = tmp_path / "raw" / "ел" / "ауыл.txt"
    path.write_text(TEXT, "utf-8")
    return path


def call(*arguments: object, keys: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def decided(file: Path) -> list[tuple[str, int, str]]:
    return [(one.action, one.start, one.value) for one in read_corrections(file).corrections]


def test_answers_are_kept_one_by_one(village: Path) -> None:
    code, out, err = call("review", village, "--by", "Айгүл", keys="a\nr\nq\n")
    assert (code, err) == (0, "")
    assert "Біздің [калалық] → [қалалық] кеңес" in out and "in the text 2 × калалық, 1 × қалалық; 2 like this" in out
    assert "accepted 1, rejected 1; left open" in out
    file = village.parent / "corrections.jsonl"
    assert decided(file) == [("accept", 7, "қалалық"), ("reject", 51, "")]
    assert {one.by for one in read_corrections(file).corrections} == {"Айгүл"}
    assert {one.source for one in read_corrections(file).corrections} == {"ауыл.txt"}


def test_an_answer_is_taken_back_and_what_is_decided_is_not_asked_again(village: Path) -> None:
    file = village.parent / "corrections.jsonl"
    call("review", village, keys="A\nu\nt астаналық\nq\n")
    assert decided(file) == [("text", 7, "астаналық")]
    _, out, _ = call("review", village, keys="")
    assert "[калалық] → [қалалық] жиын" in out and "астаналық кеңес" not in out
    assert len(file.read_text("utf-8").splitlines()) == 5


@pytest.mark.slow
def test_a_corpus_is_gone_through_and_the_next_run_does_what_was_decided(village: Path, tmp_path: Path) -> None:
    raw, corpus = tmp_path / "raw", tmp_path / "корпус"
    assert call("run", raw, "-o", corpus, "-q")[0] == 0
    code, out, _ = call("review", corpus, "--rule", "missing_letter", keys="ф\nA\nA\n")
    assert code == 0 and "left open 0" in out
    assert {one.source for one in read_corrections(raw / "corrections.jsonl").corrections} == {"ел/ауыл.txt"}
    assert call("run", raw, "-o", corpus, "-q")[0] == 0
    assert "калалық" not in (corpus / "text" / "ауыл.txt").read_text("utf-8")
    assert "nothing to decide" in call("review", corpus)[1]
    assert "қалалық" in call("explain", village, "--rule", "correction")[1]


def test_a_corpus_whose_files_are_gone_says_what_to_do(village: Path, tmp_path: Path) -> None:
    call("run", village, "-o", tmp_path / "корпус", "-q")
    village.unlink()
    code, out, err = call("review", tmp_path / "корпус")
    assert (code, out) == (2, "") and "say with --corrections" in err
    assert call("review", tmp_path / "корпус", "--corrections", tmp_path / "бар.jsonl", keys="q")[0] == 0
