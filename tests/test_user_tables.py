"""The user's own titles and abbreviations: the same from Python and the command line, known to layout and to sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.document import Mark
from kz_textkit.errors import InputError
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, parse_own_abbreviations
from kz_textkit.layout import lay_out
from kz_textkit.layout.own_titles import parse_own_titles
from kz_textkit.settings import load_settings
from kz_textkit.user_abbreviations import read_user_abbreviations
from kz_textkit.user_titles import read_user_titles

TITLES = "# сапарнама\nТүйін сөз\twhole\tback_matter\nсапар\tlabel\tlecture\nБіздің маршрут\twhole\tcontents\nжайында\tend\n"
ABBREVIATIONS = "құр.\tbefore\tқұрастырған\nмәс.\nс.қ.\tclosing\n"
TEXT = """\
3-сапар. Түркістан

Ертеңінде таң ата жолға шықтық. Кітапты құр. Асан Мұратов жазған. Ол мәс. Түркістанда жақсы айтылған.
Қаланың іргесінде ескі қорған тұр, біз оны да көрдік.

4-сапар. Отырар

Отырарда көне қаланың орны бар. Біз оны аралап көрдік, көп нәрсе білдік, музейге де бардық.

Түйін сөз

Осы сапарлардан соң біз ел тарихын жақсырақ біле бастадық. Келесі жылы тағы да барамыз деп шештік.
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A text, titles and abbreviations."""
    for name, content in (("сапарнама.txt", TEXT), ("тақырыптар.tsv", TITLES), ("қысқартулар.tsv", ABBREVIATIONS)):
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path / "сапарнама.txt", tmp_path / "тақырыптар.tsv", tmp_path / "қысқартулар.tsv"


def test_own_titles_open_the_sections_that_they_say(files: tuple[Path, Path, Path]) -> None:
    text, titles, _ = files
    document = kz.clean(kz.read(text), kz.Settings(titles=(str(titles),)))
    assert [(s.kind, s.number, s.title) for s in document.sections] == [
        ("lecture", "3", "Түркістан"),
        ("lecture", "4", "Отырар"),
        ("back_matter", "", "Түйін сөз"),
    ]
    assert {s.kind for s in kz.clean(kz.read(text)).sections} == {"section"}


def test_an_own_title_is_a_heading_for_certain_and_prose_with_its_words_is_none() -> None:
    own = tuple(parse_own_titles(TITLES))
    text = "Ауыл туралы сөз болды,\nжолда көп айтылды.\nтүйін сөз\nБәрі де ұнады, енді барамыз.\nСапар ұзақ, түйін сөзді айтты.\n"
    assert [s.title for s in lay_out(text, titles=own).sections] == ["", "түйін сөз"]
    assert [s.title for s in lay_out(text).sections] == [""]


def test_own_titles_count_where_a_format_marks_blocks_too() -> None:
    pieces = ("Жол басы", "Ертеңінде таң ата жолға шықтық.", "Түйін сөз", "Келесі жылы тағы да барамыз деп шештік.")
    marks, at = [], 0
    for number, piece in enumerate(pieces):
        marks.append(Mark(at, at + len(piece), "block", {"kind": "heading", "level": 1} if not number else {}))
        at += len(piece) + 1
    layout = lay_out("\n".join(pieces), marks=marks, titles=tuple(parse_own_titles(TITLES)))
    assert [(s.kind, s.title) for s in layout.sections] == [("section", "Жол басы"), ("back_matter", "Түйін сөз")]


def test_own_abbreviations_end_no_sentence_and_go_along_to_disk(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    nlp = kz.load(abbreviations=files[2])
    text = "Кітапты құр. Асан Мұратов жазған. Құр. Асан. Ол мәс. Түркістанда айтылған. Алма, алмұрт с.қ. Бәрі пісті."
    expected = ["Кітапты құр. Асан Мұратов жазған.", "Құр. Асан.", "Ол мәс. Түркістанда айтылған.", "Алма, алмұрт с.қ.", "Бәрі пісті."]
    assert [s.text for s in nlp(text).sents] == expected
    assert [t.norm_ for t in nlp("құр. Асан")] == ["құрастырған", "асан"]
    nlp.to_disk(tmp_path / "nlp")
    assert [s.text for s in spacy.load(tmp_path / "nlp")(text).sents] == expected
    assert [s.text for s in kz.load()(text).sents] != expected


def test_run_takes_them_from_the_command_line_and_from_settings_alike(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    text, titles, abbreviations = files
    given = ["run", str(text), "-q", "-o", str(tmp_path / "a"), "--titles", str(titles), "--abbreviations", str(abbreviations)]
    assert CliRunner().invoke(app, given).exit_code == 0
    (tmp_path / "kz-textkit.toml").write_text('titles = ["тақырыптар.tsv"]\nabbreviations = ["қысқартулар.tsv"]\n', "utf-8")
    kz.run(text, tmp_path / "b", settings=load_settings(tmp_path / "kz-textkit.toml"))
    a, b = kz.Corpus(tmp_path / "a"), kz.Corpus(tmp_path / "b")
    assert a.sections["kind"].tolist() == b.sections["kind"].tolist() == ["lecture", "lecture", "back_matter"]
    assert a.sentences["text"].tolist() == b.sentences["text"].tolist()
    assert "Кітапты құр. Асан Мұратов жазған." in a.sentences["text"].tolist()
    chosen = json.loads((tmp_path / "a" / "manifest.json").read_text("utf-8"))["settings"]
    assert [file["name"] for file in chosen["titles"] + chosen["abbreviations"]] == [titles.name, abbreviations.name]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("сапар\tbeside", "line 1: 'beside' is no way"),
        ("\nсапар\tlabel\tnote", "line 2: 'note' is nothing"),
        ("—", "a title has letters"),
    ],
)
def test_a_table_of_titles_that_is_none_gets_one_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "т.tsv").write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        read_user_titles([tmp_path / "т.tsv"])


@pytest.mark.parametrize(("content", "said"), [("құр", "no abbreviation"), ("а б.", "no abbreviation"), ("құр.\tunder", "no place")])
def test_a_table_of_abbreviations_that_is_none_gets_one_line(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "қ.tsv").write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        read_user_abbreviations([tmp_path / "қ.tsv"])
    with pytest.raises(InputError, match="can't be read"):
        read_user_abbreviations([tmp_path / "жоқ.tsv"])


def test_an_abbreviation_is_met_with_a_capital_too() -> None:
    assert list(parse_own_abbreviations("құр.; before")) == [OwnAbbreviation("құр.", "before")]
    assert OwnAbbreviation("құр.").forms == ("құр.", "Құр.")
