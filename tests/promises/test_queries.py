"""Queries of strangers end: in hits, or in one line that says which limit they are beyond."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.pipeline.batch import run

WORDS = 1_000
"""Words of the one block of the corpus, all of which a query without conditions may take together."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries")
    (folder / "ұзын.txt").write_text(" ".join(["Біз", "көрдік", "қала", "дала", "жол"] * (WORDS // 5)) + ".\n", "utf-8")
    run(folder / "ұзын.txt", folder / "clean")
    return folder / "clean"


def asked(corpus: Path, query: str, limits: str = "") -> tuple[int, str]:
    settings = corpus.parent / "шектер.toml"
    settings.write_text(f"[limits]\n{limits}\n", "utf-8")
    result = CliRunner().invoke(app, ["concordance", str(corpus), query, "--settings", str(settings), "--limit", "3"])
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    "query", ["[]{0,500}", '[]{0,500} []{0,500} [lemma="жоқтай"]', '([]{0,50}){0,10} [lemma="жоқтай"]', '[form="(а|аа)+я"]']
)
def test_a_query_that_could_take_all_ends_in_its_hits(corpus: Path, query: str) -> None:
    assert asked(corpus, query) == (0, "")


@pytest.mark.parametrize(
    ("query", "limits", "said"),
    [
        ("[]{0,500}", "query_seconds = 0.001", "takes longer than 0.001 seconds: make it narrower, or raise query_seconds"),
        ("[]{0,1000000}", "", "a match has at most"),
        ("(" * 300 + "[]" + ")" * 300, "", "parentheses in parentheses"),
        ('[form="(((((а*)*)*)*)*)*я"]', "query_seconds = 0.001", "query_seconds"),
        ("[" * 5_000, "", "expected an attribute"),
    ],
)
def test_a_query_beyond_a_limit_costs_one_line(corpus: Path, query: str, limits: str, said: str) -> None:
    started = monotonic()
    code, err = asked(corpus, query, limits)
    assert code == 2 and said in err and "Traceback" not in err and "internal error" not in err
    assert err.count("\n") in (1, 3)  # A place in a query is shown under it.
    assert monotonic() - started < 60
