"""What a user, a terminal or a stranger's corpus can be gets one line: never a traceback, never "internal error"."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.pipeline.batch import run

TEXT = "1-дәріс. Билік\n\nБилік туралы сөз. Мемлекет билігі халықтан.\n\n2-дәріс. Ел\n\nЕл мен жер туралы, калалық кеңес.\n"

COMMANDS: dict[str, list[str]] = {
    "freq": ["freq", "C", "--format", "csv"],
    "keywords": ["keywords", "C", "--section", "1", "--format", "csv"],
    "concordance": ["concordance", "C", "билік", "--format", "csv"],
    "export jsonl": ["export", "C", "--format", "jsonl"],
    "verify": ["verify", "C"],
    "report": ["report", "C", "-o", "R"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "дәріс.txt").write_text(TEXT, "utf-8")
    run(folder / "дәріс.txt", folder / "clean")
    return folder


def call(arguments: list[str], corpus: Path, place: Path) -> tuple[int, str]:
    """Exit code and what stands on standard error."""
    replaced = {"C": str(corpus), "R": str(place / "report.html")}
    result = CliRunner().invoke(app, [replaced.get(argument, argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


def one_line_for_people(error: str) -> bool:
    return "internal error" not in error and "Traceback" not in error and "report" not in error.replace("report.html", "")


def with_rows(corpus: Path, table: str, change: dict[str, object]) -> None:
    """Put a stranger's values into a table, of its types."""
    path = corpus / table / "part-00000.parquet"
    rows = [{**row, **change} for row in pq.read_table(path).to_pylist()]
    pq.write_table(pa.Table.from_pylist(rows, SCHEMAS[table]), path)


STRANGE = {
    "tokens without a form": lambda c: with_rows(c, "tokens", {"form": None}),
    "tokens of no block": lambda c: with_rows(c, "tokens", {"block_id": "b999999"}),
    "tokens of no document": lambda c: with_rows(c, "tokens", {"doc_id": "басқа"}),
    "places below zero": lambda c: with_rows(c, "tokens", {"start": -5, "end": -9}),
    "forms that a terminal obeys": lambda c: with_rows(c, "tokens", {"form": "\x1b[2J\u202e"}),
    "blocks of no section": lambda c: with_rows(c, "blocks", {"section_id": None}),
    "sections in themselves": lambda c: with_rows(c, "sections", {"section_id": "s0001", "parent_id": "s0001"}),
    "documents without a title": lambda c: with_rows(c, "documents", {"title": None, "language": None}),
    "edits without places": lambda c: with_rows(c, "edits", {"start": None}),
    "a table with other columns": lambda c: pq.write_table(pa.table({"x": [1]}), c / "tokens" / "part-00000.parquet"),
    "a table of numbers": lambda c: pq.write_table(
        pa.table({name: [1] for name in SCHEMAS["blocks"].names}), c / "blocks" / "part-00000.parquet"
    ),
    "an empty table": lambda c: pq.write_table(SCHEMAS["tokens"].empty_table(), c / "tokens" / "part-00000.parquet"),
    "no Parquet": lambda c: (c / "sections" / "part-00000.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1"),
    "no folder": lambda c: shutil.rmtree(c / "blocks"),
    "no manifest": lambda c: (c / "manifest.json").unlink(),
    "a manifest of another format": lambda c: (c / "manifest.json").write_text(
        json.dumps({"format": "kz-textkit corpus", "format_version": "\x1b[2J"}), "utf-8"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("strange", STRANGE)
def test_a_corpus_of_a_stranger_gets_a_result_or_one_line(strange: str, made: Path, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(made / "clean", tmp_path / "clean"))
    STRANGE[strange](corpus)
    wrong = {}
    for name, arguments in COMMANDS.items():
        try:
            code, error = call(arguments, corpus, tmp_path)
        except AssertionError as failed:
            wrong[name] = str(failed)
            continue
        if code not in (0, 1, 2) or not one_line_for_people(error):
            wrong[name] = error
    assert wrong == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "F", "-o", "O", "--encoding", "idna"],
        ["run", "F", "-o", "O", "--encoding", "zip"],
        ["run", "F", "-o", "O", "--encoding", "undefined"],
        ["run", "F", "-o", "O", "--encoding", "utf-8\0"],
        ["fix", "F", "--encoding", "idna"],
        ["fix", "F", "--encoding", "punycode"],
        ["fix", "F", "--encoding", "rot13"],
        ["run", "а\0б", "-o", "O"],
        ["run", "F", "-o", "а\0б"],
        ["fix", "а\0б"],
        ["verify", "а\0б"],
        ["freq", "C", "-o", "а\0б.csv"],
        ["freq", "C", "-o", "L.csv"],
        ["freq", "C", "-o", "/dev/null/a.csv"],
        ["export", "C", "--format", "conllu", "-o", "/dev/null"],
        ["export", "C", "--format", "tei", "-o", "L.csv"],
        ["export", "C", "--format", "spacy", "-o", "L.csv"],
        ["report", "C", "-o", "/dev/null"],
        ["report", "C", "-o", "L.csv"],
        ["report", "C", "-o", "х" * 300],
        ["run", "F", "-o", "/proc/corpus"],
        ["run", "F", "-o", "/dev/null"],
        ["concordance", "C", "["],
        ["collocates", "C", "\x1b[2J"],
    ],
    ids=ascii,
)
def test_what_a_user_can_say_gets_one_line(arguments: list[str], made: Path, tmp_path: Path) -> None:
    (tmp_path / "target.csv").write_text("бағалы", "utf-8")
    (tmp_path / "L.csv").symlink_to("target.csv")
    places = {"F": made / "дәріс.txt", "O": tmp_path / "out", "C": made / "clean", "L.csv": tmp_path / "L.csv"}
    result = CliRunner().invoke(app, [str(places.get(argument, argument)) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2)
    assert one_line_for_people(result.stderr), result.stderr
    assert "\x1b" not in result.stderr
    assert (tmp_path / "L.csv").is_symlink() and (tmp_path / "target.csv").read_text("utf-8") == "бағалы"
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_standard_output_that_is_full_or_gone_is_said_in_one_line(made: Path) -> None:
    command = [sys.executable, "-c", "from kz_textkit.cli import app; app()"]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([*command, "fix", str(made / "дәріс.txt")], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "No space left" in done.stderr, done.stderr


def test_a_terminal_that_knows_no_kazakh_gets_what_it_can_show(made: Path) -> None:
    command = [sys.executable, "-c", "from kz_textkit.cli import app; app()", "outline", str(made / "дәріс.txt")]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_a_full_disk_leaves_the_old_file(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "сөздер.csv").write_text("ескі", "utf-8")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for arguments in (["freq", "C", "-o", "OUT"], ["export", "C", "--format", "vrt", "-o", "OUT"], ["report", "C", "-o", "OUT"]):
        output = str(tmp_path / "сөздер.csv")
        result = CliRunner().invoke(app, [output if a == "OUT" else str(made / "clean") if a == "C" else a for a in arguments])
        assert result.exit_code == 2 and "No space left" in result.stderr and result.stderr.count("\n") == 1
    assert (tmp_path / "сөздер.csv").read_text("utf-8") == "ескі"
    assert [path.name for path in tmp_path.iterdir()] == ["сөздер.csv"]


def test_names_and_texts_that_a_terminal_would_obey_are_shown_by_number(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    evil = "жақсы\x1b[31m\u202egnp.txt"
    (tmp_path / "raw" / evil).write_bytes(b"")
    (tmp_path / "raw" / "дұрыс.txt").write_text(TEXT, "utf-8")
    result = CliRunner().invoke(app, ["run", str(tmp_path / "raw"), "-o", str(tmp_path / "clean")])
    assert result.exit_code == 1
    assert "⟨001B⟩" in result.stderr and "\x1b" not in result.output and "\u202e" not in result.output


@pytest.mark.slow
def test_random_command_lines_never_end_in_an_internal_error(made: Path) -> None:
    chance = random.Random(3)
    commands = ["freq", "keywords", "verify", "export", "concordance", "explain", "outline", "ngrams", "collocates"]
    words = ["--top", "-1", "--format", "csv", "json", "--section", "9", "дәріс:1", "--kind", "paragraph", "--where", "1=1", "'"]
    words += ["--document", "жоқ", "--by", "upos", "--form", "билік", "--min-count", "0", "[]", '[lemma="б.*"]', "--left", "99"]
    for _ in range(60):
        arguments = [chance.choice(commands), str(made / "clean"), *chance.choices(words, k=chance.randrange(5))]
        result = CliRunner().invoke(app, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, result.exception)
        assert one_line_for_people(result.stderr), (arguments, result.stderr)
