"""Filters, masks and lines to drop in a run: what is left out or changed is on record, and a corpus without duplicates can be named."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.corpus.manifest import read_manifest

pytest.importorskip("rensa", reason="rensa not installed")

NEWS = (
    "Ауданда жаңа мектеп ашылды. Оған бүгін үш жүз бала алғаш рет келді, оларды ұстаздары мен ата-аналары қарсы алды.",
    "Мектеп құрылысы өткен жылдың көктемінде басталған болатын. Құрылысшылар оны уақытынан бұрын бітіріп берді.",
    "Мектептің кітапханасында он мыңнан астам кітап бар, ал спорт залы кешке дейін ауыл жастары үшін ашық болады.",
)
OTHER = (
    "Көктем келіп, өзен тасыды. Диқандар егіс даласына шығып, биылғы жұмысты бастап кетті, себебі жер ерте кепті.",
    "Биыл арпа мен бидай өткен жылдан көп егіледі. Оған қажетті тұқым мен тыңайтқыш қыста дайындалып қойылған.",
    "Ауа райы осылай тұрса, егін мол болады деп үміттенеміз, — дейді шаруашылық басшысы өз сөзінде.",
)
MENU = "Басты бет | Жаңалықтар | Байланыс"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("сайт")
    texts = [
        [MENU, *NEWS, "Хабарласу: aigul@mail.kz"],
        [MENU, *OTHER],
        [MENU, *NEWS, "Хабарласу: aigul@mail.kz"],
        ["Бос бет."],
        [MENU, *NEWS[:2], NEWS[2] + " Бұл туралы тілші хабарлады."],
    ]
    with (folder / "сайт.jsonl").open("w", encoding="utf-8") as file:
        for number, lines in enumerate(texts):
            record = {"text": "\n".join(lines), "url": f"https://ауыл.kz/{number}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    (folder / "жолдар.csv").write_text(f"documents,line\n4,{MENU}\n", "utf-8")
    made = folder.parent / "корпус"
    chosen = kz.Settings(filters=("web",), mask=frozenset({"email"}))
    kz.run(folder / "сайт.jsonl", made, settings=chosen, workers=1)
    return made


def test_what_was_left_out_is_on_record(corpus: Path) -> None:
    manifest = read_manifest(corpus)
    assert len(manifest.documents) == 4
    [dropped] = manifest.dropped
    assert (dropped.sample, dropped.signals["words"]) == ("Бос бет.", 2)
    with (corpus / "dropped.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["doc_id"] == dropped.doc_id
    assert row["reasons"].startswith("too short or too long (words 2, at least 50)")
    assert kz.verify(corpus).ok


def test_a_second_run_keeps_what_was_left_out(corpus: Path) -> None:
    chosen = kz.Settings(filters=("web",), mask=frozenset({"email"}))
    again = kz.run(corpus.parent / next(corpus.parent.glob("сайт*")) / "сайт.jsonl", corpus, settings=chosen, workers=1)
    assert again.is_as_before
    assert len(again.dropped) == 1


def test_personal_data_is_masked_and_rebuilt(corpus: Path) -> None:
    opened = kz.Corpus(corpus)
    assert not opened.blocks["text"].str.contains("aigul").any()
    assert list(opened.edits.query("rule == 'personal_data'")["before"]) == ["aigul@mail.kz"] * 2


def test_duplicates_make_a_subcorpus(corpus: Path) -> None:
    result = CliRunner().invoke(app, ["dedup", str(corpus), "--save", "бірегей", "--format", "csv", "--quiet"])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [(row["doc_id"][-1], row["of"][-1], row["exact"]) for row in rows] == [("3", "1", "True"), ("5", "1", "False")]
    listed = CliRunner().invoke(app, ["composition", str(corpus), "--in", "бірегей", "--format", "csv"])
    assert len(listed.stdout.splitlines()) == 3


def test_another_corpus_to_compare_with(corpus: Path, tmp_path: Path) -> None:
    prints = tmp_path / "бұрынғы.parquet"
    assert CliRunner().invoke(app, ["dedup", str(corpus), "--fingerprints", str(prints)]).exit_code == 0
    result = CliRunner().invoke(app, ["dedup", str(corpus), "--against", str(prints), "--format", "json", "--quiet"])
    found = json.loads(result.stdout)
    assert len(found) == 4
    assert {row["of"].split(":")[0] for row in found} == {"бұрынғы"}
    refused = CliRunner().invoke(app, ["dedup", str(corpus), "--against", str(corpus / "manifest.json")])
    assert refused.exit_code == 2
    assert "is no file of fingerprints" in refused.output


def test_shared_lines_are_found_and_dropped(corpus: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["lines", str(corpus), "--least", "4", "--format", "csv"])
    assert list(csv.DictReader(result.stdout.splitlines())) == [{"documents": "4", "of": "4", "host": "ауыл.kz", "line": MENU}]
    folder = next(corpus.parent.glob("сайт*"))
    made = tmp_path / "таза"
    kz.run(folder / "сайт.jsonl", made, settings=kz.Settings(drop_lines=(str(folder / "жолдар.csv"),)), workers=1)
    opened = kz.Corpus(made)
    assert not opened.blocks["text"].str.contains("Басты").any()
    assert set(opened.edits.query("before.str.startswith('Басты')")["rule"]) == {"furniture"}
    assert kz.verify(made).ok


def test_where_all_is_left_out_no_corpus_is_written(tmp_path: Path) -> None:
    (tmp_path / "бос.txt").write_text("Бос бет.\n", "utf-8")
    result = CliRunner().invoke(app, ["run", str(tmp_path / "бос.txt"), "-o", str(tmp_path / "корпус"), "--filters", "web"])
    assert result.exit_code == 1
    assert "the filters left out all 1 documents" in result.output
    assert not (tmp_path / "корпус").exists()


def test_filters_that_there_are_not_are_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(tmp_path), "-o", str(tmp_path / "к"), "--filters", "веб"])
    assert result.exit_code == 2
    assert "there are no filters веб: choose web" in result.output


def test_signals_of_files(tmp_path: Path) -> None:
    (tmp_path / "бос.txt").write_text("Бос бет.\n", "utf-8")
    result = CliRunner().invoke(app, ["signals", str(tmp_path / "бос.txt"), "--format", "csv"])
    [row] = csv.DictReader(result.stdout.splitlines())
    assert (row["words"], row["broken"].split(", ")[0]) == ("2", "words")
