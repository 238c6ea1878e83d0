"""Commands on words and their annotation: `analyze`, `evaluate`, and `--restore-letters` where a text lacks letters."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.morphology import MorphAnalyzer
from kz_textkit.morphology.house_analyses import house_analyses
from kz_textkit.morphology.paradigm import forms_of, paradigm_of

GOLD = """# newdoc id = үлгі
# sent_id = үлгі-1
# text = Балалар мектепке барды.
1	Балалар	бала	NOUN	_	Case=Nom|Number=Plur	3	nsubj	_	_
2	мектепке	мектеп	NOUN	_	Case=Dat	3	obl	_	_
3	барды	бар	VERB	_	Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin	0	root	_	SpaceAfter=No
4	.	.	PUNCT	_	_	3	punct	_	_

"""


def call(*arguments: object, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_analyze_shows_lemma_features_and_morphemes(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = json.loads(call("analyze", "кітаптарымыздан", "--format", "json")[1])
    best = rows[0]
    assert (best["lemma"], best["upos"]) == ("кітап", "NOUN")
    assert best["feats"] == "Case=Abl|Number=Plur|Number[psor]=Plur|Person[psor]=1"
    assert best["segments"] == "кітап|тар|ымыз|дан" and best["morphemes"].startswith("кітап<NOUN>+тар<PL>+ымыз<")
    assert best["known"] is True and best["unit"] == "dictionary"
    monkeypatch.setenv("COLUMNS", "100")
    out = call("analyze", "кітаптарымыздан")[1]
    assert "кітап<NOUN>" in out and max(map(len, out.splitlines())) <= 100


def test_analyze_takes_words_from_standard_input() -> None:
    rows = list(csv.DictReader(io.StringIO(call("analyze", "-", "--format", "csv", stdin="ауылға барамын\nмрмркерді\n")[1])))
    assert list(dict.fromkeys(row["form"] for row in rows)) == ["ауылға", "барамын", "мрмркерді"]
    assert {row["known"] for row in rows if row["form"] == "мрмркерді"} == {"False"}


def test_all_readings_are_shown_when_asked_for() -> None:
    some, everything = (json.loads(call("analyze", "алма", "-f", "json", *more)[1]) for more in ((), ("--all",)))
    assert len(some) < len(everything) == len(house_analyses(MorphAnalyzer().parse("алма")))


@pytest.mark.slow
def test_a_paradigm_is_in_the_order_of_grammars() -> None:
    rows = json.loads(call("analyze", "--paradigm", "орын", "--format", "json")[1])
    nouns = [row for row in rows if row["upos"] == "NOUN"]
    assert [row["forms"].split(", ")[0] for row in nouns[:7]] == ["орын", "орынның", "орынға", "орынды", "орында", "орыннан", "орынмен"]
    possessed = next(row for row in nouns if row["feats"] == "Case=Nom|Number[psor]=Plur,Sing|Person[psor]=3")
    assert possessed["forms"].split(", ")[0] == "орны"


def test_the_core_of_a_verb_is_readable_and_all_of_it_there_on_demand() -> None:
    analyzer = MorphAnalyzer()
    core = [cell for cell in paradigm_of(analyzer, "кел") if cell.upos == "VERB"]
    full = [cell for cell in paradigm_of(analyzer, "кел", full=True) if cell.upos == "VERB"]
    assert len(core) < 100 < len(full)
    assert {"келемін", "келді", "келсе", "келіп", "келген", "келу", "келсін"} <= {form for cell in core for form in cell.forms}
    assert {(cell.feats) for cell in core} <= {cell.feats for cell in full}


def test_forms_are_generated_whatever_the_order_of_the_features() -> None:
    rows = json.loads(call("analyze", "халық", "--generate", "NOUN", "Person[psor]=3|Number[psor]=Plur,Sing|Case=Nom", "-f", "json")[1])
    assert rows[0]["forms"].split(", ")[0] == "халқы"
    assert forms_of(MorphAnalyzer(), "халық", "NOUN", "Case=Zzz") == []


def test_what_has_no_forms_is_named() -> None:
    code, out, err = call("analyze", "--paradigm", "мрмр")
    assert (code, out, err.count("\n")) == (1, "", 1) and "мрмр" in err
    assert call("analyze", "--paradigm", "--generate", "NOUN", "Case=Nom", "бала")[0] == 2


def test_evaluate_scores_raw_text_and_gold_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = tmp_path / "үлгі.conllu"
    gold.write_text(GOLD, "utf-8")
    code, out, _ = call("evaluate", gold, "--format", "json")
    rows = {(row["from"], row["metric"]): row for row in json.loads(out)}
    assert code == 0 and {given for given, _ in rows} == {"raw", "gold tokens"}
    assert rows["raw", "Tokens"]["f1"] == rows["gold tokens", "Tokens"]["f1"] == 1
    assert rows["gold tokens", "Lemmas"]["correct"] == 4 and rows["raw", "Tokens"]["aligned_accuracy"] is None
    monkeypatch.setenv("COLUMNS", "100")
    table = call("evaluate", gold)[1]
    assert "100.00" in table and max(map(len, table.splitlines())) <= 100


@pytest.mark.parametrize("content", ["бұл CoNLL-U емес\n", "", "1-3\tбалалы\t_\t_\t_\t_\t_\t_\t_\t_\n\n", b"\xff\xfe\x00"])
def test_a_gold_file_that_is_none_gets_one_line(content: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "жаман.conllu"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for file in (path, tmp_path / "жоқ.conllu"):
        code, out, err = call("evaluate", file)
        assert (code, out, err.count("\n")) == (1, "", 1)


LACKING = "Біздің калалық кеңес жаңа бағдарлама қабылдады. Калинин мен Ковалёва келісім жасады: «Основные понятия» кітабы бар.\n"
RUSSIAN_LINES = """\
Основная литература: Ожегов С.И. Словарь русского языка. Москва, Просвещение.
Министерство образования и науки Республики Казахстан
Кафедра истории. Лекция пятая. Контрольные вопросы
"""


def test_missing_letters_are_suggested_and_put_back_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "қала.txt"
    file.write_text(LACKING, "utf-8")
    assert call("fix", file)[1] == LACKING
    assert call("fix", file, "--restore-letters")[1] == LACKING.replace("калалық", "қалалық")
    found = json.loads(call("explain", file, "--format", "json", "--rule", "missing_letter")[1])
    assert [(row["before"], row["after"], row["applied"]) for row in found] == [("калалық", "қалалық", False)]
    found = json.loads(call("explain", file, "--format", "json", "--restore-letters")[1])
    assert [(row["before"], row["after"], row["applied"]) for row in found] == [("калалық", "қалалық", True)]


@pytest.mark.slow
def test_run_restores_letters_on_demand_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "қала.txt"
    file.write_text(LACKING, "utf-8")
    for options, word, suggested in (((), "калалық", 1), (("--restore-letters",), "қалалық", 0)):
        assert call("run", file, "-o", tmp_path / "corpus", *options)[0] == 0
        corpus = kz.Corpus(tmp_path / "corpus")
        assert word in set(corpus.tokens["form"])
        assert (~corpus.edits["applied"]).sum() == suggested
        assert kz.verify(tmp_path / "corpus").ok


def test_a_text_without_any_kazakh_letter_is_restored_when_asked() -> None:
    text = "Казак тили туркилердин тилдеринин бири.\nкитап окыган бала билимди болады\n"
    assert kz.fix(text) == text
    restored = kz.fix(text, kz.Settings(restore_letters=True))
    assert "кітап оқыған бала білімді болады" in restored
    assert kz.fix(restored, kz.Settings(restore_letters=True)) == restored


def test_a_line_that_happens_to_need_no_kazakh_letter_is_left_alone() -> None:
    text = "Судың айналымы\nБулану мен жауын-шашын\nКүн көзі қыздырған кезде су буға айналады.\n"
    assert kz.fix(text, kz.Settings(restore_letters=True)) == text


def test_russian_lines_keep_their_letters() -> None:
    for text in (RUSSIAN_LINES, "Бұл кітаптың әдебиеттер тізімі төменде берілген.\n" + RUSSIAN_LINES):
        assert kz.fix(text, kz.Settings(restore_letters=True)) == text
        assert not kz.explain(text).edits


def test_features_of_the_tables_are_empty_where_a_word_has_none(tmp_path: Path) -> None:
    file = tmp_path / "мәтін.txt"
    file.write_text("Ол және біз келдік.\n", "utf-8")
    assert call("run", file, "-o", tmp_path / "corpus")[0] == 0
    tokens = kz.Corpus(tmp_path / "corpus").tokens.set_index("form")
    assert tokens.loc["және", ["lemma", "upos", "feats"]].tolist() == ["және", "CCONJ", ""]
    assert tokens.loc["келдік", "lemma"] == "кел"


def test_spell_lists_unknown_words_with_suggestions(tmp_path: Path) -> None:
    file = tmp_path / "мәтін.txt"
    file.write_text("Біздің мектебке жаңа оқушы келді. Ол мектебке ерте барды. Жүрекбайулы келді.\n", encoding="utf-8")
    rows = json.loads(call("spell", file, "--format", "json")[1])
    assert rows[0]["form"] == "мектебке" and rows[0]["count"] == 2
    assert rows[0]["suggestions"].split(", ")[0] == "мектепке"
    assert all(row["form"].islower() for row in rows)
    code, _, err = call("spell", tmp_path / "жоқ.txt")
    assert code == 1 and err.count("\n") == 1


def test_a_paradigm_is_printed_as_grammars_do() -> None:
    out = call("analyze", "--paradigm", "кітап")[1]
    assert "септік" in out and "кітабыңыз" in out and "Case=" not in out
