"""Settings: the same from Python, a TOML file and the command line; what they cannot be is said in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kz_textkit as kz
from kz_textkit.cli import app
from kz_textkit.errors import UsageError
from kz_textkit.settings import SETTINGS_FILE, Limits, Settings, load_settings, settings_beside, settings_with

TEXT = "Ҥкіметтің калалық бағдарламасы бар.Ол халыққа қызмет етеді, елдің тыныштығын кҥзетеді.\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "дәріс.txt").write_text(TEXT, "utf-8")
    return folder


def test_a_file_has_every_choice_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "сөздер.tsv").write_text("цифрландыру\tNOUN\n", "utf-8")
    file = tmp_path / SETTINGS_FILE
    file.write_text(
        'restore_letters = true\nrules_off = ["spacing"]\nwords = ["сөздер.tsv"]\nencoding = "kz1048"\n[limits]\nquery_seconds = 5\n',
        "utf-8",
    )
    found = load_settings(file)
    assert found == Settings(
        restore_letters=True,
        rules_off=frozenset({"spacing"}),
        words=(str(tmp_path / "сөздер.tsv"),),
        encoding="kz1048",
        limits=Limits(query_seconds=5.0),
    )
    assert settings_beside(tmp_path) == settings_beside(tmp_path / "дәріс.txt") == found
    assert settings_beside(tmp_path / "raw" / "дәріс.txt") == Settings()
    json.dumps(found.as_dict())
    digest = found.digest
    (tmp_path / "сөздер.tsv").write_text("цифрландыр\tVERB\n", "utf-8")
    assert found.digest != digest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("restore_leters = true", "did you mean restore_letters"),
        ("restore_letters = 1", "true or false"),
        ("rules_off = 'spacing'", "list of texts"),
        ("encoding = 1251", "text in quotation marks"),
        ("[limits]\nseconds = 0", "number above 0"),
        ("[limits]\nminutes = 3", "no setting minutes"),
        ("limits = 3", "a table"),
        ("restore_letters = ", "no file of settings"),
        ("\x00", "no file of settings"),
    ],
)
def test_what_no_setting_can_be_is_said_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "менің.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=said) as error:
        load_settings(file)
    assert str(file) in str(error.value) and "\n" not in str(error.value)


def test_settings_say_the_same_from_python_a_file_and_the_command_line(raw: Path, tmp_path: Path) -> None:
    chosen = Settings(restore_letters=True, rules_off=frozenset({"legacy_letter"}))
    wanted = "Ҥкіметтің қалалық бағдарламасы бар. Ол халыққа қызмет етеді, елдің тыныштығын кҥзетеді."
    document = kz.clean(kz.read(raw / "дәріс.txt"), chosen)
    assert [block.text for block in document.blocks] == [wanted] and kz.fix(TEXT, chosen) == wanted + "\n"
    kz.run(raw, tmp_path / "a", settings=chosen)
    options = ["--restore-letters", "--rules-off", "legacy_letter"]
    assert CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "b"), "-q", *options]).exit_code == 0
    (raw / SETTINGS_FILE).write_text('restore_letters = true\nrules_off = ["legacy_letter"]\n', "utf-8")
    assert CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "c"), "-q"]).exit_code == 0
    for name in "abc":
        assert (tmp_path / name / "text" / "дәріс.txt").read_text("utf-8") == wanted + "\n"
        manifest = json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))
        assert manifest["settings"]["rules_off"] == ["legacy_letter"] and manifest["settings"]["restore_letters"] is True
    out = CliRunner().invoke(app, ["fix", str(raw / "дәріс.txt")]).stdout
    assert out == wanted + "\n"


def test_rules_that_there_are_not_are_refused(raw: Path, tmp_path: Path) -> None:
    for name, said in (("homoglyphs", "no rule homoglyphs"), ("line_join", "can't be switched off")):
        result = CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "corpus"), "--rules-off", name])
        assert result.exit_code == 2 and said in result.stderr and result.stderr.count("\n") == 1
    with pytest.raises(UsageError, match="no rule"):
        kz.clean(kz.read(raw / "дәріс.txt"), Settings(apply_suggestions=frozenset({"luck"})))


def test_words_of_a_user_are_known_to_every_command(tmp_path: Path) -> None:
    (tmp_path / "сөздер.tsv").write_text("нейрожелі\tNOUN\n", "utf-8")
    (tmp_path / "мәтін.txt").write_text("Біз нейрожелиден көп үйрендік, ол бізге қажет болды.\n", "utf-8")
    words = ["--words", str(tmp_path / "сөздер.tsv")]
    rows = json.loads(CliRunner().invoke(app, ["analyze", "нейрожеліден", "-f", "json", *words]).stdout)
    assert [(row["lemma"], row["unit"]) for row in rows] == [("нейрожелі", "dictionary")]
    found = json.loads(CliRunner().invoke(app, ["explain", str(tmp_path / "мәтін.txt"), "-f", "json", *words]).stdout)
    assert [(row["before"], row["after"]) for row in found] == [("нейрожелиден", "нейрожеліден")]
    fixed = CliRunner().invoke(app, ["fix", str(tmp_path / "мәтін.txt"), "--restore-letters", *words]).stdout
    assert "нейрожеліден" in fixed
    assert CliRunner().invoke(app, ["fix", str(tmp_path / "мәтін.txt"), "--words", str(tmp_path / "жоқ.tsv")]).exit_code == 1


def test_old_parameters_do_what_they_did_and_say_what_to_write(raw: Path, tmp_path: Path) -> None:
    given = kz.read(raw / "дәріс.txt")
    new = kz.Settings(restore_letters=True)
    with pytest.warns(DeprecationWarning, match=r"write settings=Settings\(restore_letters=True\)"):
        assert kz.fix(TEXT, restore_letters=True) == kz.fix(TEXT, new)
    with pytest.warns(DeprecationWarning, match="restore_letters= goes"):
        assert kz.explain(TEXT, restore_letters=True).edits == kz.explain(TEXT, new).edits
    with pytest.warns(DeprecationWarning, match="apply_suggestions= goes"):
        assert kz.clean(given, apply_suggestions=frozenset({"missing_letter"})).edits == kz.clean(given, new).edits
    with pytest.warns(DeprecationWarning, match="encoding= goes"):
        assert kz.run(raw, tmp_path / "corpus", encoding="utf-8").documents[0].encoding == "utf-8"


def test_every_setting_can_be_given_on_the_command_line(raw: Path, tmp_path: Path) -> None:
    given = ("limits.pages=20000", 'apply_suggestions=["missing_letter"]', "encoding=utf-8", "ocr = false")
    chosen = settings_with(Settings(), given)
    assert chosen == Settings(limits=Limits(pages=20_000), apply_suggestions=frozenset({"missing_letter"}), encoding="utf-8", ocr=False)
    options = [part for choice in given for part in ("--set", choice)]
    assert CliRunner().invoke(app, ["run", str(raw), "-o", str(tmp_path / "c"), "-q", *options]).exit_code == 0
    manifest = json.loads((tmp_path / "c" / "manifest.json").read_text("utf-8"))
    assert {name: manifest["settings"][name] for name in chosen.as_dict()} == chosen.as_dict()
    for wrong, said in (
        ("pages=1", "no setting pages"),
        ("limits.pages=0", "above 0"),
        ("ocr", "NAME=VALUE"),
        ("words=3", "list of texts"),
    ):
        with pytest.raises(UsageError, match=said):
            settings_with(Settings(), [wrong])


def test_the_speller_knows_the_words_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "мәтін.txt").write_text("Ол көксеркені көрді. Біз нейрожеліден сұрадық.\n", "utf-8")
    (tmp_path / "сөздер.tsv").write_text("нейрожелі\tNOUN\n", "utf-8")
    spelled = ["spell", str(tmp_path / "мәтін.txt"), "-f", "json"]
    forms = [
        {row["form"] for row in json.loads(CliRunner().invoke(app, arguments).stdout)}
        for arguments in (spelled, [*spelled, "--words", str(tmp_path / "сөздер.tsv")])
    ]
    assert "нейрожеліден" in forms[0] and "нейрожеліден" not in forms[1]
