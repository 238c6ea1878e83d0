"""The rules: one list with names in three languages, and rules of other packages beside them, which can break nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.cleaning.repairing import repaired
from kz_textkit.rules import RULES, foreign_rules, names_of, rule_info
from kz_textkit.settings import Settings

PACKAGE = '''\
import re
from kz_textkit import Edit

def old_spelling(text):
    """Spellings of before 1957."""
    return [Edit(m.start(), m.end(), m[0], "большевик", "old_spelling") for m in re.finditer("большебек", text)]

old_spelling.labels = {"en": "Old spelling", "kk": "Ескі емле", "ru": "Старое правописание"}
'''
METADATA = "Metadata-Version: 2.1\nName: old-spelling\nVersion: 1.0\n"
ENTRY = "[kz_textkit.repair_rules]\nold_spelling = kz_old_spelling:old_spelling\n"
TEXT = "1-дәріс. Тарих\n\nҚазақ большебектері ӛз газетін шығарды. Газетте большебек ақындар жазды, халық оны сүйіп оқыды.\n"


def test_every_rule_has_names_and_descriptions_in_three_languages() -> None:
    for rule in RULES.values():
        assert all(rule.labels[language] and rule.about[language].endswith(".") for language in ("en", "kk", "ru")), rule.name
    assert set(names_of("repair")) | set(names_of("removal")) == set(RULES)


@pytest.mark.slow
def test_a_rule_of_another_package_shows_in_summary_and_report(tmp_path: Path) -> None:
    site = tmp_path / "site"
    info = site / "old_spelling-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "kz_old_spelling.py").write_text(PACKAGE, "utf-8")
    (info / "METADATA").write_text(METADATA, "utf-8")
    (info / "entry_points.txt").write_text(ENTRY, "utf-8")
    (tmp_path / "дәріс.txt").write_text(TEXT, "utf-8")
    paths = os.pathsep.join([str(site), *filter(None, sys.path)])

    def call(*arguments: object) -> str:
        command = [sys.executable, "-c", "from kz_textkit.cli import app; app()", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": paths, "COLUMNS": "200"}
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True).stdout

    out = call("run", tmp_path / "дәріс.txt", "-o", tmp_path / "corpus")
    assert re.search(r"old spelling +2 .*большебектері → .*большевиктері", out)
    assert "большевик ақындар" in (tmp_path / "corpus" / "text" / "дәріс.txt").read_text("utf-8")
    call("report", tmp_path / "corpus", "-o", tmp_path / "есеп.html", "--lang", "kk")
    assert "Ескі емле" in (tmp_path / "есеп.html").read_text("utf-8")
    call("verify", tmp_path / "corpus")
    call("run", tmp_path / "дәріс.txt", "-o", tmp_path / "without", "--rules-off", "old_spelling")
    assert "большебек ақындар" in (tmp_path / "without" / "text" / "дәріс.txt").read_text("utf-8")


def test_a_rule_that_is_not_installed_is_called_by_its_name() -> None:
    assert rule_info("old_spelling").labels["kk"] == "Old spelling"
    assert names_of("repair", {"old_spelling": 1, "url": 2})[-1] == "old_spelling"
    assert "old_spelling" not in foreign_rules()


def wrong_place(text: str) -> list[Edit]:
    return [Edit(0, 400, "жоқ", "бар", "x"), Edit(0, 1, "я", "ю", "x")]


def overlapping(text: str) -> list[Edit]:
    return [Edit(0, 5, text[:5], "Бесік", "x"), Edit(2, 4, text[2:4], "", "x")] if text.startswith("Алтын") else []


def restless(text: str) -> list[Edit]:
    return [Edit(len(text), len(text), "", "!", "x")]


def failing(text: str) -> list[Edit]:
    raise ValueError("жаман\nереже")


@pytest.mark.parametrize(
    ("rule", "said", "text"),
    [
        (wrong_place, "text that does not stand there", "Алтын бесік ӛмір"),
        (overlapping, "over each other", "Бесік бесік ӛмір"),
        (restless, "don't come to rest", "Алтын бесік ӛмір"),
        (failing, "ValueError: жаман ереже", "Алтын бесік ӛмір"),
    ],
)
def test_a_rule_of_another_package_breaks_nothing(rule: object, said: str, text: str) -> None:
    source = "Алтын бесік ӛмір"
    result = repaired(source, Settings(), foreign={"x": rule})  # type: ignore[dict-item]
    assert result.text == text.replace("ӛ", "ө")
    assert apply_edits(source, [e for e in result.edits if e.applied]) == result.text
    assert any(said in warning for warning in result.warnings)
