"""The chain of units: each says what its scores are, each reading says which unit it came from, and the chain can be changed."""

from collections.abc import Sequence

from kz_textkit.morphology import MorphAnalyzer
from kz_textkit.morphology.units import DEFAULT_UNITS, Chain
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, whole


class Interjection:
    """Reads drawn-out words as interjections: `ооой`."""

    score = "9: nothing else repeats a letter thrice"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        drawn = any(letter * 3 in word for letter in set(word))
        return [whole(word, "INTJ", "", 9.0, False, "interjection")] if drawn else []


def test_every_unit_says_what_its_scores_are() -> None:
    for unit in (*DEFAULT_UNITS.marked, *DEFAULT_UNITS.words, *DEFAULT_UNITS.last_resorts):
        assert unit.score and type(unit).__doc__


def test_a_unit_of_ones_own_is_asked_in_its_place() -> None:
    own = MorphAnalyzer(units=DEFAULT_UNITS._replace(words=(Interjection(), *DEFAULT_UNITS.words)))
    assert (own.parse("ооой")[0].upos, own.parse("ооой")[0].unit) == ("INTJ", "interjection")
    assert own.parse("балаға") == MorphAnalyzer().parse("балаға")


def test_a_chain_without_names_and_guesses_reads_what_the_dictionary_has() -> None:
    bare = MorphAnalyzer(units=Chain(words=DEFAULT_UNITS.words[:1], last_resorts=DEFAULT_UNITS.last_resorts[1:2]))
    assert {reading.unit for reading in bare.parse("Балалар")} == {"dictionary"}
    assert {reading.unit for reading in bare.parse("зырқыландар")} == {"guess"}


def test_readings_name_the_unit_that_found_them() -> None:
    morph = MorphAnalyzer()
    found = {word: morph.parse(word)[0].unit for word in ("қалада", "55-ші", "Google'дың", "«", "hello", "А.", "болады-ау")}
    assert list(found.values()) == ["dictionary", "number", "abbreviation", "punctuation", "foreign", "abbreviation", "hyphen"]
