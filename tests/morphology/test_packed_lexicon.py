"""The packed dictionary says what its tables say, and is not used where they have changed."""

import pytest

from kz_textkit.morphology import lexicon
from kz_textkit.morphology.lexicon import Entry, load, worked_out
from kz_textkit.morphology.stems import Stems, pack, read_packed
from pack_lexicon import packed_files
from paths import MORPHOLOGY


@pytest.mark.slow
def test_the_packed_files_are_those_that_the_tool_writes() -> None:
    for name, content in packed_files().items():
        assert (MORPHOLOGY / "lexicon" / name).read_text("utf-8") == content, "run tools/morphology/pack_lexicon.py"


@pytest.mark.slow
def test_packed_stems_are_those_of_the_tables_in_their_order() -> None:
    packed = load()
    assert isinstance(packed.stems, Stems) and packed.stems.is_packed("бала")
    assert list(packed.entries()) == list(worked_out().entries())
    assert packed.of_lemma("бала") == worked_out().of_lemma("бала")


def test_files_of_other_tables_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "digest_of_tables", lambda: "басқа")
    found = load()
    assert not found.stems.is_packed("кітап") and found.stems["кітап"][0].lemma == "кітап"


def test_words_of_a_user_stand_beside_packed_ones() -> None:
    found = load()
    count = len(found.stems)
    found.add("сырлас", Entry("сырлас", "VERB", "", "V", 9.0, "user"))
    found.add("жаңасөз", Entry("жаңасөз", "NOUN", "", "NOUN", 1.0, "user"))
    assert len(found.stems) == count + ("сырлас" not in load().stems) + 1
    assert list(found.stems)[-1] == "жаңасөз" and "user" in {entry.source for entry in found.stems["сырлас"]}
    del found.stems["жаңасөз"]
    assert "жаңасөз" not in found.stems and found.stems.get("жаңасөз", ()) == ()


def test_readings_of_several_sources_come_back_in_order() -> None:
    readings = [
        Entry("ат", "NOUN", "", "NOUN", 3.0, "own"),
        Entry("ат", "VERB", "", "V", 2.5, "ktb"),
        Entry("Ат", "PROPN", "", "NOUN", 0.5, "own"),
    ]
    entries = [("ай", Entry("ай", "NOUN", "", "NOUN", 1.0, "ktb")), *(("ат", reading) for reading in readings)]
    stems = Stems(read_packed([pack(entries, source, "1") for source in ("own", "ktb")], "1"))
    assert list(stems.items()) == [("ай", (entries[0][1],)), ("ат", tuple(readings))]
