"""No text hangs a run: work grows with the length of a text, whatever stands in it, and what takes too long is broken off and named."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest

from baits import BAITS, bait
from kz_textkit.cleaning.clean import clean
from kz_textkit.corpus import verify
from kz_textkit.document import RawDocument
from kz_textkit.pipeline import process
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.budget import OverBudget, budget
from kz_textkit.pipeline.process import annotated
from kz_textkit.repair.missing_letters import missing_letters, restore_all_letters
from kz_textkit.settings import Limits, Settings

SHORT, LONG = 3_500, 14_000
"""Characters. What grows with the length takes four times as long, what grows with its square sixteen times."""

MOST_TIMES = 10
"""Between the two."""

TOO_SHORT_TO_TELL = 0.4
"""Seconds of processor time."""


def seconds(text: str) -> float:
    """Processor time of cleaning and annotating a text; other processes of the machine do not count."""
    raw = RawDocument("бөгет", "бөгет.txt", sha256(text.encode()).hexdigest(), "utf-8", text)
    started = process_time()
    for _ in annotated(clean(raw), Settings()):
        pass
    return process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("unit", BAITS, ids=ascii)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    long = seconds(bait(unit, LONG))
    if long > TOO_SHORT_TO_TELL:
        short = min(seconds(bait(unit, SHORT)) for _ in range(2))
        long = min(long, seconds(bait(unit, LONG)))
        assert long < max(TOO_SHORT_TO_TELL, MOST_TIMES * short), f"{short:.2f} s, and {long:.2f} s for four times the text"


@pytest.mark.parametrize("letters", [80, 120, 200, 5_000, 200_000])
def test_a_word_without_end_is_no_word(letters: int) -> None:
    word = "калалык" * (letters // 7 + 1)
    started = process_time()
    assert missing_letters(f"Бұл жерде {word} деген жол бар", lambda _: 0.0) == []
    assert all(len(edit.before) < 40 for edit in restore_all_letters(f"Казак тили {word}", lambda _: 1.0))
    assert process_time() - started < 20


def test_the_spellings_of_a_word_that_are_looked_up_are_few() -> None:
    asked: list[str] = []

    def known(word: str) -> float:
        asked.append(word)
        return 0.0

    missing_letters("Мұнда " + "калалыкнаенохиукалалыкнаенохиукалалык" + " деген сөз бар", known)
    assert len(asked) < 3_000


@pytest.mark.slow
def test_a_folder_of_baits_goes_through_a_run(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for number, unit in enumerate(BAITS):
        (tmp_path / "raw" / f"{number:03}.txt").write_text(bait(unit, 2_000), "utf-8", newline="")
    summary = run(tmp_path / "raw", tmp_path / "clean", settings=Settings(limits=Limits(seconds=60)), workers=1)
    named = [BAITS[int(Path(failure.source).stem)] for failure in summary.failures]
    assert all(set(unit) & {"\x00", "\x1d"} for unit in named)  # No text, as they say.
    assert len(summary.documents) == len(BAITS) - len(named)
    assert verify(tmp_path / "clean").ok


def endless(*_: object, **__: object) -> None:
    while True:
        pass


def greedy(*_: object, **__: object) -> None:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


@pytest.mark.parametrize(("work", "reason"), [(endless, "more than 4 seconds"), (greedy, "more than 300 MiB of memory")])
def test_a_file_that_takes_too_much_is_named_and_stops_nothing(
    work: object, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "raw").mkdir()
    # With little time the light one comes first, for it must not wait for dictionaries that are read again.
    light = "а-жеңіл" if work is endless else "жеңіл"
    list(annotated(clean(RawDocument("д", "д.txt", "", "utf-8", "Бұл – мәтін.")), Settings()))
    for name in ("ауыр", light):
        (tmp_path / "raw" / f"{name}.txt").write_text(f"Бұл – {name} мәтін. Оны оқу керек.\n", "utf-8")
    real = process.clean

    def heavy(raw: RawDocument, *rest: object, **options: object) -> object:
        return work(raw) if raw.doc_id == "ауыр" else real(raw, *rest, **options)  # type: ignore[operator, arg-type]

    monkeypatch.setattr(process, "clean", heavy)
    limits = Limits(seconds=4 if work is endless else 60, memory_mb=4_000 if work is endless else 300)
    summary = run(tmp_path / "raw", tmp_path / "clean", settings=Settings(limits=limits), workers=1)
    assert [entry.doc_id for entry in summary.documents] == [light]
    assert len(summary.failures) == 1 and reason in summary.failures[0].reason and "\n" not in summary.failures[0].reason


def test_a_regular_expression_without_end_is_broken_off() -> None:
    with pytest.raises(OverBudget), budget(0.5, 1_000):
        re.match(r"(а+)+$", "а" * 40 + "б")
