"""What the command line says in three languages: nothing is without words, forms go with numbers, and what is stored stays the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages import Message
from typer.testing import CliRunner

from collect_messages import catalogue, collected, compiled, id_of, is_whole, po_file, untranslated
from kz_textkit.cli import app
from kz_textkit.cli.messages import LANGUAGES, counted, current_language, language_asked_for, said, translated, use_language

OTHERS = [language for language in LANGUAGES if language != "en"]
LEFT = 0.05
"""Share of the messages that may have no words yet, as new ones have at first: they are in English."""
TEXT = "1-дәріс. Қоғам\n\nҚоғам – адамдардың бірлестігі. Ҥкіметтің ӛз ҧстанымы бар.\n"


@pytest.fixture(autouse=True)
def english() -> None:
    """Each test begins in English."""
    use_language("en")


def call(*arguments: object, **environment: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments], env=environment)
    return result.exit_code, result.stdout, result.stderr


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("language", OTHERS)
def test_messages_have_words_and_no_place_in_them_is_lost(language: str) -> None:
    missing = untranslated(language)
    assert len(missing) <= LEFT * len(collected()), "\n".join(missing)
    for message in catalogue(language):
        if message.id:
            assert is_whole(message) and not message.fuzzy, message.id
            for words in strings(message):
                places = re.findall(r"\{\w*\}", words)
                assert set(places) == set(re.findall(r"\{\w*\}", id_of(message))), message.id
                assert words.count("`") == id_of(message).count("`"), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_shipped_is_what_the_catalogue_says(language: str) -> None:
    """`python tools/messages/collect_messages.py --compile` makes it anew."""
    assert po_file(language).with_suffix(".mo").read_bytes() == compiled(language)


def test_russian_and_kazakh_have_their_forms_for_numbers() -> None:
    use_language("ru")
    forms = [counted(n, "{0} file", "{0} files") for n in (0, 1, 2, 5, 11, 12, 21, 1_104)]
    assert forms == ["0 файлов", "1 файл", "2 файла", "5 файлов", "11 файлов", "12 файлов", "21 файл", "1,104 файла"]
    use_language("kk")
    assert [counted(n, "{0} file", "{0} files") for n in (1, 5)] == ["1 файл", "5 файл"]
    use_language("en")
    assert [counted(n, "{0} file", "{0} files") for n in (1, 5)] == ["1 file", "5 files"]


def test_a_text_is_recognised_with_what_stands_in_it_and_others_stay() -> None:
    use_language("ru")
    assert translated("warning: дәріс.txt: the text does not look Kazakh") == "предупреждение: дәріс.txt: текст не похож на казахский"
    assert translated("а.pdf: it has 10,000 pages, and 5,000 are the limit").startswith("а.pdf: страниц в нём 10,000")
    assert translated("odd/pipe.txt: is a pipe, not a file") == "odd/pipe.txt: это канал, а не файл"
    assert said("{0} of {1} edits", 3, 20) == "правок показано 3 из 20"
    for text in ("дәріс.txt", "such a message nobody has", "{0}", "", "a: b; c", "is no file of, and " * 10_000):
        assert translated(text) == text


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "kk", "run"], {"LANG": "ru_RU.UTF-8"}, "kk"),
        (["--lang=ru"], {}, "ru"),
        (["run", "--lang", "kk"], {}, "en"),
        (["run"], {"KZ_TEXTKIT_LANG": "kk", "LC_ALL": "ru_RU"}, "kk"),
        (["run"], {"LC_ALL": "ru_RU", "LANG": "kk_KZ.UTF-8"}, "ru"),
        (["run"], {"LANG": "kk_KZ.UTF-8"}, "kk"),
        (["run"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["run"], {"LANG": "C"}, "en"),
        ([], {}, "en"),
    ],
)
def test_the_language_is_that_of_the_option_then_of_the_environment(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_asked_for(arguments, environment) == language


def test_run_speaks_the_language_and_stores_the_same(tmp_path: Path) -> None:
    (tmp_path / "дәріс.txt").write_text(TEXT, "utf-8")
    (tmp_path / "орысша.txt").write_text("Этот учебник написан для студентов, которые изучают язык и литературу.\n", "utf-8")
    stored = {}
    for language, read, warned in (("en", "Read", "warning"), ("kk", "Оқылды", "ескерту"), ("ru", "Прочитано", "предупреждение")):
        code, out, err = call("--lang", language, "run", tmp_path, "-o", tmp_path / language)
        assert code == 0 and re.search(rf"^{read} +2 ", out, re.MULTILINE)
        assert err.startswith(f"kz-textkit: {warned}: ") and "орысша.txt" in err
        manifest = json.loads((tmp_path / language / "manifest.json").read_text("utf-8"))
        stored[language] = [document["warnings"] for document in manifest["documents"]] if "documents" in manifest else []
    assert stored["en"] == stored["kk"] == stored["ru"]


def test_errors_have_their_exit_codes_and_one_line_in_every_language(tmp_path: Path) -> None:
    for language, said_of_it in (
        ("en", "no such file or folder"),
        ("kk", "мұндай файл не қалта жоқ"),
        ("ru", "такого файла или папки нет"),
    ):
        code, out, err = call("run", tmp_path / "жоқ", "-o", tmp_path / "corpus", KZ_TEXTKIT_LANG=language)
        assert (code, out, err.count("\n")) == (2, "", 1) and said_of_it in err
    code, _, err = call("--lang", "xx", "run")
    assert code == 2 and "no language xx" in err
    code, _, err = call("--lang", "ru", "run", "--жоқ")
    assert code == 2 and "Нет параметра" in err
    assert "Нет команды 'runn'" in call("--lang", "ru", "runn")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_and_so_is_what_comes_after(language: str) -> None:
    heads = {"en": ("Options", "Examples"), "kk": ("Параметрлер", "Мысалдар"), "ru": ("Параметры", "Примеры")}[language]
    for command in ("run", "freq", "concordance"):
        code, out, _ = call("--lang", language, command, "--help")
        assert code == 0 and all(head in out for head in heads)
        assert ("Show this message" in out) == (language == "en")
    assert current_language() == language
    assert "Options" in call("run", "--help")[1] and current_language() == "en"
