"""Subcorpora: a part gets a name once and is named by it in every command; what a corpus is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus, Part
from kz_textkit.corpus.subcorpora import joined, save_subcorpus, saved_subcorpora
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.pipeline.batch import run

TEXTS = {
    "конституция": ("заң", "1995", "Әркімнің құқығы бар. Заң бәріне ортақ."),
    "еңбек": ("заң", "2015", "Еңбек заңы осы. Құқық қорғалады."),
    "абай": ("роман", "1948", "Абай ауылға қайтты. Дала кең еді."),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    lines = ["id,genre,year"]
    for name, (genre, year, text) in TEXTS.items():
        (raw / f"{name}.txt").write_text(text + "\n", "utf-8")
        lines.append(f"{name},{genre},{year}")
    (raw / "metadata.csv").write_text("\n".join(lines) + "\n", "utf-8")
    run(raw, tmp_path / "clean")
    return tmp_path / "clean"


def call(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.slow
def test_a_saved_part_is_named_in_every_command(corpus: Path) -> None:
    assert call("subcorpus", corpus)[1] == "no subcorpus is saved\n"
    assert call("subcorpus", corpus, "заңдар", "--where", "genre = 'заң'")[:2] == (0, "заңдар: genre = 'заң'\n")
    assert call("subcorpus", corpus, "романдар", "--document", "абай")[0] == 0
    assert {row["name"] for row in json.loads(call("subcorpus", corpus, "-f", "json")[1])} == {"заңдар", "романдар"}
    rows = json.loads(call("freq", corpus, "--in", "заңдар", "--form", "-n", "0", "-f", "json")[1])
    assert "дала" not in {row["form"] for row in rows} and "осы" in {row["form"] for row in rows}
    rows = json.loads(call("freq", corpus, "--in", "заңдар", "--where", "year > 2000", "--form", "-n", "0", "-f", "json")[1])
    assert {row["form"] for row in rows} == {"еңбек", "заңы", "осы", "құқық", "қорғалады"}
    assert call("concordance", corpus, "осы", "--in", "романдар")[1].startswith("no hits")
    out = call("keywords", corpus, "--in", "заңдар", "--against", "романдар", "--min-count", "1")[1]
    assert "against абай" in out
    assert Corpus(corpus).part("заңдар") == Part(where="genre = 'заң'")
    assert call("subcorpus", corpus, "заңдар", "--remove")[0] == 0 and list(saved_subcorpora(corpus)) == ["романдар"]
    assert call("freq", corpus, "--in", "заңдар")[0] == 2


@pytest.mark.slow
def test_saved_parts_stay_when_the_corpus_is_made_anew(corpus: Path) -> None:
    save_subcorpus(corpus, "романдар", Part(documents=("абай",)))
    (corpus.parent / "raw" / "жыр.txt").write_text("Жыр айтылды.\n", "utf-8")
    run(corpus.parent / "raw", corpus)
    assert saved_subcorpora(corpus) == {"романдар": Part(documents=("абай",))}
    assert call("verify", corpus)[0] == 0


@pytest.mark.slow
def test_what_is_no_subcorpus_is_refused(corpus: Path) -> None:
    for arguments in (
        ("бос",),
        ("жоқ", "--document", "жоқ"),
        ("жоқ", "--where", "авторы = 1"),
        ("жоқ", "--remove"),
        ("", "-k", "paragraph"),
    ):
        code, out, err = call("subcorpus", corpus, *arguments)
        assert (code, out) == (2, "") and "Traceback" not in err
    with pytest.raises(UsageError):
        joined(Part(documents=("а",)), Part(documents=("б",)))
    assert joined(Part(where="a = 1"), Part(where="b = 2 or c = 3")).where == "(a = 1) and (b = 2 or c = 3)"
    for content in ("{", "[]", '{"x": 3}', '{"x": {"where": 3}}', '{"x": {"rows": []}}'):
        (corpus / "subcorpora.json").write_text(content, "utf-8")
        with pytest.raises(CorpusError, match="is damaged"):
            saved_subcorpora(corpus)


@pytest.mark.slow
def test_composition_adds_up(corpus: Path) -> None:
    table = Corpus(corpus).composition("genre")
    assert table["genre"].tolist() == ["заң", "роман"] and table["documents"].tolist() == [2, 1]
    words = Corpus(corpus).frequencies(by="form")["count"].sum()
    assert table["words"].sum() == words and table["percent"].sum() == pytest.approx(100, abs=0.02)
    rows = json.loads(call("composition", corpus, "--by", "genre", "--by", "year", "-f", "json")[1])
    assert [(row["genre"], row["year"], row["documents"]) for row in rows] == [
        ("заң", "1995", 1),
        ("заң", "2015", 1),
        ("роман", "1948", 1),
    ]
    assert "абай" in call("composition", corpus)[1] and call("composition", corpus, "--by", "тіл")[0] == 2
