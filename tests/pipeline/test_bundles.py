"""Small files are worked on together; what comes of each is what comes of it alone."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from kz_textkit.annotation.columns import Annotator
from kz_textkit.corpus import verify
from kz_textkit.pipeline import process, workers
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.process import Outcome, Task, process_files

TEXT = "Бұл – {} туралы шағын әңгіме. Оны ауыл балалары сҥйіп оқиды.\n\nӘңгіме осымен бітті.\n"
WORDS = ("қасқыр", "түлкі", "аю", "қоян", "бүркіт", "дуадақ")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for word in WORDS:
        (folder / f"{word}.txt").write_text(TEXT.format(word), "utf-8")
    (folder / "бос.txt").write_text("", "utf-8")
    lines = [json.dumps({"text": TEXT.format(word)}) for word in WORDS]
    (folder / "жинақ.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture
def bundles(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Files are handed out together, however few they are; gives how many they were each time, in this process."""
    sizes: list[int] = []

    def counted(tasks: Sequence[Task]) -> list[Outcome]:
        sizes.append(len(tasks))
        return process_files(tasks)

    monkeypatch.setattr(workers, "SMALL_INPUT", 0)
    monkeypatch.setattr(workers, "BUNDLES_PER_WORKER", 1)
    monkeypatch.setattr(workers, "process_files", counted)
    return sizes


def contents(corpus: Path) -> dict[str, bytes]:
    paths = [path for path in corpus.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return {str(path.relative_to(corpus)): path.read_bytes() for path in paths}


@pytest.fixture
def alone(raw: Path, tmp_path: Path) -> dict[str, bytes]:
    """The corpus that comes of files one by one."""
    run(raw, tmp_path / "alone", workers=1)
    return contents(tmp_path / "alone")


@pytest.mark.parametrize("characters", [1, 150, 400_000])
def test_files_make_the_same_corpus_together_and_alone(
    raw: Path, tmp_path: Path, alone: dict[str, bytes], bundles: list[int], monkeypatch: pytest.MonkeyPatch, characters: int
) -> None:
    monkeypatch.setattr(process, "GROUP_CHARACTERS", characters)
    summary = run(raw, tmp_path / "clean", workers=1)
    assert contents(tmp_path / "clean") == alone
    assert [failure.reason for failure in summary.failures] == ["the file is empty"]
    assert max(bundles) > 3


def test_a_document_that_fails_stops_none_beside_it(
    raw: Path, tmp_path: Path, alone: dict[str, bytes], bundles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = process.annotation_batches

    def breaks(document: object, annotated: object) -> object:
        if document.raw.doc_id == "аю":  # type: ignore[attr-defined]
            raise ZeroDivisionError("қате")
        return real(document, annotated)  # type: ignore[arg-type]

    monkeypatch.setattr(process, "annotation_batches", breaks)
    summary = run(raw, tmp_path / "clean", workers=1)
    assert sorted(Path(failure.source).name for failure in summary.failures) == ["аю.txt", "бос.txt"]
    assert len(summary.documents) == 2 * len(WORDS) - 1
    monkeypatch.undo()
    run(raw, tmp_path / "clean", workers=1)
    assert contents(tmp_path / "clean") == alone


def test_where_annotating_together_fails_each_is_annotated_alone(
    raw: Path, tmp_path: Path, alone: dict[str, bytes], bundles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    real = Annotator.annotate_all
    monkeypatch.setattr(Annotator, "annotate_all", lambda own, given: real(own, given) if len(given) == 1 else fails())
    summary = run(raw, tmp_path / "clean", workers=1)
    assert [Path(failure.source).name for failure in summary.failures] == ["бос.txt"]
    assert contents(tmp_path / "clean") == alone


def die(tasks: Sequence[Task]) -> list[Outcome]:
    if any(task.file.doc_id == "аю" for task in tasks):
        os._exit(9)
    return process_files(tasks)


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_one_file_of_those_it_worked_on(
    raw: Path, tmp_path: Path, bundles: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "process_files", die)
    monkeypatch.setattr(workers, "process_file", lambda task: die([task])[0])
    summary = run(raw, tmp_path / "clean", workers=2)
    assert [Path(failure.source).name for failure in summary.failures if "killed" in failure.reason] == ["аю.txt"]
    assert len(summary.documents) == 2 * len(WORDS) - 1
    assert verify(tmp_path / "clean").ok
