"""The commands of term statistics: what they print, in how many columns, and what they say to bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app

TEXT = """\
1-дәріс. Сот билігі

Сот билігі заңды қорғайды. Сот билігі әділ болуы керек. Сот билігі тәуелсіз, сот билігі ашық.

2-дәріс. Партиялар

Партия сайлауға қатысады. Партия мүшелері көп. Партия бағдарламасын жазады. Мемлекеттік емес партия бірігеді.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli-statistics")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "дәріс.txt").write_text(TEXT, "utf-8")
    (raw / "сот.txt").write_text("Сот әділ болады. Сот заңды қорғайды. -ақ деген сөз бар.", "utf-8")
    (raw / "metadata.csv").write_text("file,year\nдәріс.txt,1995\nсот.txt,2015\n", "utf-8")
    assert call("run", raw, "-o", folder / "corpus", "-q")[0] == 0
    return folder / "corpus"


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


COMMANDS = (
    ("freq", "--dispersion"),
    ("freq", "--tf-idf"),
    ("freq", "--across", "--top", "5"),
    ("freq", "--each", "--top", "2", "--upos", "NOUN"),
    ("freq", "--alone", "--top", "3", "--parts", "section"),
    ("terms", "--min-count", "1"),
    ("dispersion", "сот", "партия"),
    ("trend", "сот", "--over", "year"),
    ("collocates", "сот", "--min-count", "1", "--form", "--convention", "sketch_engine"),
    ("keywords", "--parts", "section", "--min-count", "1"),
    ("collocates", "сот", "--min-count", "1", "--form", "--apart"),
    ("keywords", "--min-count", "1"),
    ("keywords", "-s", "1", "--min-count", "1"),
    ("collocates", "сот", "--min-count", "1", "--form"),
    ("collocates", "сот", "--min-count", "1", "--form", "--network"),
    ("ngrams", "--min-count", "1"),
    ("vocabulary",),
    ("vocabulary", "--show", "growth"),
    ("vocabulary", "--show", "coverage"),
)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_tables_fit_a_hundred_columns_and_the_other_formats_say_the_same(
    corpus: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, *options = command
    monkeypatch.setenv("COLUMNS", "100")
    code, out, err = call(name, corpus, *options)
    assert (code, err) == (0, "") and out.strip()
    assert max(map(len, out.splitlines())) <= 100
    rows = json.loads(call(name, corpus, *options, "--format", "json")[1])
    table = list(csv.DictReader(io.StringIO(call(name, corpus, *options, "--format", "csv")[1])))
    assert len(rows) == len(table) > 0 and list(rows[0]) == list(table[0])


@pytest.mark.slow
@pytest.mark.parametrize("width", [30, 45, 60, 80])
def test_no_number_or_word_is_broken_at_any_width(corpus: Path, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = call("freq", corpus, "--top", "8")[1]
    words = set(whole.split())
    monkeypatch.setenv("COLUMNS", str(width))
    out = call("freq", corpus, "--top", "8")[1]
    assert max(map(len, out.splitlines())) <= width
    table = out.split("no room for")[0]
    assert {word for word in table.split() if "─" not in word} <= words
    assert "no room for" in out or width >= 80


def test_what_is_piped_is_not_cut(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    out = call("concordance", corpus, "сот", "--context", "40")[1]
    assert "…" not in out and max(map(len, out.splitlines())) > 150


def test_columns_are_chosen(corpus: Path) -> None:
    rows = json.loads(call("freq", corpus, "--columns", "count, lemma", "-f", "json")[1])
    assert list(rows[0]) == ["count", "lemma"]
    assert call("freq", corpus, "--columns", "rank")[0] == 2


def test_a_lecture_has_its_keywords(corpus: Path) -> None:
    rows = json.loads(call("keywords", corpus, "-s", "1", "--form", "-f", "json", "-n", "2")[1])
    assert {row["term"] for row in rows} == {"сот", "билігі"} and all(row["log_ratio"] > 1 for row in rows)


def test_files_open_in_excel(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "тіркес.csv"
    assert call("ngrams", corpus, "--form", "-o", path)[:2] == (0, "")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfngram,n,count")


def test_plain_csv_is_raw_and_that_for_spreadsheets_is_defused(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("concordance", corpus, '"-ақ"', "--columns", "node,raw_start")
    if '"-ақ"' not in call(*arguments[:3], "-f", "csv")[1] and "-ақ" not in call(*arguments, "-f", "csv")[1]:
        arguments = ("concordance", corpus, '"-"', "--columns", "node,raw_start")
    raw = list(csv.reader(io.StringIO(call(*arguments, "-f", "csv")[1])))
    assert raw[0] == ["node", "raw_start"] and raw[1][0].startswith("-")
    monkeypatch.setenv("LC_ALL", "kk_KZ.UTF-8")
    excel = list(csv.reader(io.StringIO(call(*arguments, "--excel")[1]), delimiter=";"))
    assert excel[1] == [f"'{raw[1][0]}", raw[1][1]]
    assert call(*arguments, "--excel", "-o", tmp_path / "жол.csv")[:2] == (0, "")
    assert (tmp_path / "жол.csv").read_bytes().startswith(b"\xef\xbb\xbfnode;raw_start")
    assert call(*arguments, "--excel", "-o", tmp_path / "жол.xlsx")[0] == 2


@pytest.mark.slow
def test_a_plot_is_drawn_beside_the_table(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for number, command in enumerate(
        (
            ("freq", "-n", "5"),
            ("keywords", "-s", "дәріс:1", "--min-count", "1"),
            ("collocates", "сот", "--network", "--min-count", "1"),
            ("vocabulary", "--show", "growth"),
            ("dispersion", "сот"),
            ("trend", "сот"),
            ("concordance", "сот"),
        )
    ):
        name, *options = command
        path = tmp_path / f"{number}.svg"
        code, out, err = call(name, corpus, *options, "--plot", path)
        assert (code, err) == (0, "") and out and path.read_text("utf-8").startswith("<?xml"), command
    assert call("freq", corpus, "--plot", tmp_path / "сурет.gif")[0] == 2
    assert call("vocabulary", corpus, "--plot", tmp_path / "сурет.svg")[0] == 2


def test_lines_are_categorised_in_a_table_and_counted(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "жол.xlsx"
    assert call("concordance", corpus, "сот", "-o", path)[0] == 0
    from openpyxl import load_workbook

    book = load_workbook(path)
    heads = [cell.value for cell in book["kz-textkit"][1]]
    book["kz-textkit"].cell(2, heads.index("category") + 1).value = "мекеме"
    book.save(path)
    counted = json.loads(call("concordance", corpus, "сот", "--categories", path, "--by", "category", "-f", "json")[1])
    assert {row["category"]: row["count"] for row in counted}["мекеме"] == 1
    assert call("concordance", corpus, "сот", "--by", "category")[0] == 2


@pytest.mark.slow
def test_no_hits_are_no_error(corpus: Path) -> None:
    for arguments in (("collocates", corpus, "жоқсөз"), ("ngrams", corpus, "--matching", "zzz"), ("freq", corpus, "-u", "SYM")):
        code, out, err = call(*arguments)
        assert (code, out.count("\n"), err) == (0, 1, ""), arguments
        assert json.loads(call(*arguments, "-f", "json")[1]) == []


@pytest.mark.slow
def test_bad_input_is_one_line_and_exit_code_2(corpus: Path, tmp_path: Path) -> None:
    for arguments in (
        ("freq", corpus, "--section", "99"),
        ("freq", corpus, "--by", "word"),
        ("freq", corpus, "--dispersion", "--parts", "page"),
        ("freq", corpus, "--kind", "poem"),
        ("freq", corpus, "--document", "absent"),
        ("freq", corpus, "--matching", "("),
        ("keywords", corpus, "--measure", "luck"),
        ("keywords", corpus, "--against", "1"),
        ("keywords", corpus, "-s", "1", "--reference", tmp_path / "absent.csv"),
        ("collocates", corpus, "сот", "--measure", "luck"),
        ("collocates", corpus, "сот", "--left", "0", "--right", "0"),
        ("ngrams", corpus, "--min", "3", "--max", "2"),
        ("vocabulary", corpus, "--show", "all"),
        ("vocabulary", tmp_path),
        ("keywords", corpus, "-o", tmp_path / "сурет.png"),
    ):
        code, out, err = call(*arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), (arguments, code, out, err)
