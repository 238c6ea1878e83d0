"""The command line: what it prints, its exit codes, and that no user ever sees a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.errors import InputError
from kz_textkit.pipeline import process

TEXT = """\
1-дәріс. Қоғам туралы

Қоғам – адамдардың бірлестігі. Ҥкіметтің ӛз ҧстанымы бар.Ол халыққа
қызмет етеді, заңды қолдайды, елдің тыныштығын кҥзетеді.

2-дәріс. Бiлім туралы

Білім адамға керек.
"""


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    path = tmp_path / "дәріс.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def corpus(lecture: Path, tmp_path: Path) -> Path:
    assert call("run", lecture, "-o", tmp_path / "corpus", "-q")[0] == 0
    return tmp_path / "corpus"


def call(*arguments: object, stdin: bytes | None = None) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.exit_code, result.stdout, result.stderr


def test_run_says_what_it_did_in_a_hundred_columns(lecture: Path, tmp_path: Path) -> None:
    code, out, err = call("run", lecture, "-o", tmp_path / "corpus")
    assert (code, err) == (0, "")
    for said in ("1 file", "letters of misbuilt fonts", "Ҥкіметтің → Үкіметтің", "look-alike letters", "2 lectures", "tokens"):
        assert said in out
    assert max(map(len, out.splitlines())) <= 100


def test_run_names_warnings_and_failures_on_standard_error(lecture: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "орысша.txt").write_text("Этот учебник написан для студентов, которые изучают язык и литературу.\n", "utf-8")
    (raw / "бос.txt").write_bytes(b"")
    code, out, err = call("run", raw, "-o", tmp_path / "corpus", "--quiet")
    assert (code, out) == (1, "")
    assert [line.split(": ", 1)[0] for line in err.splitlines()] == ["kz-textkit"] * 2
    assert "орысша.txt: the text is not Kazakh" in err
    assert "бос.txt: the file is empty" in err
    assert (tmp_path / "corpus" / "text" / "орысша.txt").exists()


def test_wrong_usage_has_exit_code_2_and_one_line(lecture: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").write_bytes(b"")
    for arguments in (
        ("run", tmp_path / "absent", "-o", tmp_path / "corpus"),
        ("run", lecture, "-o", tmp_path / "photos"),
        ("verify", tmp_path),
        ("freq", tmp_path / "absent"),
        ("explain", lecture, "--format", "xml"),
    ):
        code, out, err = call(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), arguments
    assert call("run", lecture, "--workers", "0")[0] == 2
    assert call("dance")[0] == 2


def test_files_that_cannot_be_read_have_exit_code_1_and_one_line(
    lecture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "бос.txt").write_bytes(b"")
    (tmp_path / "сурет.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "бос папка").mkdir()
    for arguments in (
        ("explain", tmp_path / "absent.txt"),
        ("fix", tmp_path / "бос.txt"),
        ("outline", tmp_path / "сурет.txt"),
        ("fix", lecture, "--encoding", "utf-16"),
        ("fix", lecture, "--encoding", "klingon"),
        ("run", tmp_path / "бос папка", "-o", tmp_path / "corpus", "-q"),
    ):
        code, out, err = call(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1), arguments

    def forbidden(path: Path, **_: object) -> None:
        raise InputError(str(path), "no permission to read it")

    monkeypatch.setattr(process, "read_all", forbidden)
    code, _, err = call("run", lecture, "-o", tmp_path / "corpus", "-q")
    assert (code, err.splitlines()[0]) == (1, f"kz-textkit: {lecture}: no permission to read it")


def test_a_folder_with_nothing_to_read_is_said_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "сурет.png").write_bytes(b"")
    code, _, err = call("run", tmp_path / "raw", "-o", tmp_path / "corpus", "-q")
    assert code == 1 and "no file gave a text" in err and ".png" in err
    assert not (tmp_path / "corpus").exists()


def test_fix_repairs_letters_and_leaves_lines_alone(lecture: Path) -> None:
    result = CliRunner().invoke(app, ["fix", "-"], input="Ҥкіметтің ӛз\r\n\r\n\tҧстанымы\n".encode())
    assert result.stdout_bytes == "Үкіметтің өз\r\n\r\n\tұстанымы\n".encode()
    assert call("fix", lecture)[1].count("\n") == TEXT.count("\n")
    assert call("fix", stdin="Ќазаќстан їлкен ел, оныѕ жері кеѕ".encode())[1] == "Қазақстан үлкен ел, оның жері кең"
    assert call("fix", stdin=b"")[:2] == (0, "")


def test_explain_shows_place_rule_and_context(lecture: Path) -> None:
    code, out, _ = call("explain", lecture)
    assert code == 0
    line = next(line for line in out.splitlines() if "[ҧ]" in line)
    assert "3:45" in line and "legacy_letter" in line and "ӛз [ҧ]станымы" in line and "ұ" in line
    rows = list(csv.DictReader(io.StringIO(call("explain", lecture, "--format", "csv")[1])))
    assert all(TEXT[int(row["start"]) : int(row["end"])] == row["before"] for row in rows)
    found = json.loads(call("explain", lecture, "--format", "json", "--rule", "homoglyph")[1])
    assert [(row["rule"], row["before"], row["after"], row["line"], row["column"]) for row in found] == [("homoglyph", "i", "і", 6, 11)]


def test_outline_shows_the_tree(lecture: Path) -> None:
    out = call("outline", lecture)[1]
    assert "1-дәріс. Қоғам туралы  lecture" in out and "2-дәріс. Білім туралы" in out
    rows = json.loads(call("outline", lecture, "--format", "json")[1])
    assert [(row["kind"], row["number"], row["title"]) for row in rows] == [
        ("lecture", "1", "Қоғам туралы"),
        ("lecture", "2", "Білім туралы"),
    ]


def test_outline_says_what_decided_on_a_line(lecture: Path) -> None:
    code, out, err = call("outline", lecture, "--why", "1")
    assert (code, err) == (0, "")
    assert out.startswith("«1-дәріс. Қоғам туралы»: heading")
    assert "sign" in out and "weight" in out


def test_freq_prints_tables_csv_and_json(corpus: Path) -> None:
    rows = json.loads(call("freq", corpus, "--form", "--format", "json", "--top", "0")[1])
    assert {row["form"]: row["count"] for row in rows}["туралы"] == 2
    table = list(csv.DictReader(io.StringIO(call("freq", corpus, "--form", "--format", "csv", "-n", "3")[1])))
    assert len(table) == 3 and list(table[0]) == ["form", "count", "per_million", "sections", "documents"]
    assert "per million" in call("freq", corpus)[1]


def test_verify_says_that_all_is_well_or_what_is_not(corpus: Path) -> None:
    code, out, err = call("verify", corpus)
    assert (code, err) == (0, "") and "every raw text was rebuilt exactly" in out
    text = corpus / "text" / "дәріс.txt"
    text.write_text(text.read_text("utf-8").replace("Қоғам", "Тұрмыс"), "utf-8")
    code, out, err = call("verify", corpus)
    assert (code, out) == (1, "") and "дәріс: the text file" in err


def test_what_a_terminal_would_obey_is_not_printed(tmp_path: Path) -> None:
    hostile = tmp_path / "жау.txt"
    hostile.write_text("Бұл мәтінде \x1b[31mқызыл\x1b[0m [bold]жазу[/bold] бар, бірақ ол =1+1 ҧзақ емес.\n", "utf-8")
    for command in ("explain", "outline"):
        code, out, _ = call(command, hostile)
        assert code == 0 and "\x1b" not in out


def test_an_error_of_ours_is_one_line_too(lecture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KZ_TEXTKIT_DEBUG", raising=False)
    monkeypatch.setattr("kz_textkit.cleaning.clean.clean", lambda *_, **__: 1 / 0)
    code, out, err = call("outline", lecture)
    assert (code, out) == (1, "") and "internal error (ZeroDivisionError" in err and err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "fix",
        "explain",
        "outline",
        "verify",
        "analyze",
        "evaluate",
        "export",
        "freq",
        "keywords",
        "collocates",
        "ngrams",
        "vocabulary",
    ],
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    code, out, _ = call(command, "--help")
    assert code == 0 and "Example" in out and f"kz-textkit {command}" in out


def test_help_does_not_load_what_takes_long() -> None:
    code = "import sys, kz_textkit.cli; sys.exit(any(m in sys.modules for m in ('spacy', 'pandas', 'pyarrow', 'numpy', 'ftfy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_a_reader_that_has_enough_ends_the_output_quietly(lecture: Path) -> None:
    script = Path(sys.executable).with_name("kz-textkit")
    lecture.write_text(TEXT * 300, "utf-8")
    commands = (f'fix "{lecture}"', f'explain "{lecture}" --format csv', f'explain "{lecture}" -n 0')
    shell = "; ".join(f'"{script}" {command} | head -1' for command in commands)
    result = subprocess.run(
        ["sh", "-c", shell], capture_output=True, text=True, env={**os.environ, "KZ_TEXTKIT_DEBUG": ""}, check=False
    )
    assert "Traceback" not in result.stderr and "rror" not in result.stderr
    assert result.stdout.startswith("1-дәріс. Қоғам туралы\nline,column")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("fix", "дәріс.txt"), ("spacy", "pandas", "pyarrow", "duckdb")),
        (("outline", "дәріс.txt"), ("spacy", "pandas", "pyarrow", "duckdb")),
        (("freq", "corpus"), ("spacy", "scipy", "xlsxwriter")),
        (("concordance", "corpus", "қоғам"), ("spacy", "scipy")),
        (("verify", "corpus"), ("spacy", "scipy")),
    ],
)
def test_a_command_waits_for_no_library_that_it_does_not_need(
    arguments: tuple[str, ...], absent: tuple[str, ...], corpus: Path
) -> None:
    code = f"import sys; from kz_textkit.cli import app; app({list(arguments)!r}, standalone_mode=False)"
    check = f"; print([m for m in {absent!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code + check], capture_output=True, cwd=corpus.parent, check=False)
    assert done.stderr.decode().splitlines()[-1] == "[]"
