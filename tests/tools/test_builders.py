"""The tools that build what the package ships: from the same data they make the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from build_letter_model import as_table, count_sequences, words_of
from compile_forms import pack
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.readings import Readings, load_memory
from kz_textkit.morphology.word_types import WordTypes
from kz_textkit.repair.letter_model import TABLE
from repository import ROOT

FORMS = ["бала", "балалар", "кітабымыз", "Алматыда", "келген", "бармаймын", "үш", "және"]


def test_the_letter_model_is_built_again_to_the_byte(shared: Path) -> None:
    with (shared / "data" / "unilex" / "kk.txt").open(encoding="utf-8") as lines:
        table = as_table(count_sequences(words_of(lines)))
    assert table.encode() == (ROOT / "src" / "kz_textkit" / "repair" / "data" / TABLE).read_bytes()


def test_the_table_of_forms_is_the_same_each_time() -> None:
    first, second = (pack(WordTypes(Readings(shared_analyzer(), load_memory())), FORMS) for _ in range(2))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_data_beside_the_repository_are_those_that_the_tools_read(shared: Path) -> None:
    """What `sha256sum -c tools/data.sha256` says in the folder of the data."""
    for line in (ROOT / "tools" / "data.sha256").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((shared / "data" / name).read_bytes()).hexdigest() == digest, name
