"""Many files: all that can be read is in the corpus, what can't is named, and the result is the same however the work was done."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kz_textkit.corpus import Corpus, verify
from kz_textkit.corpus.schema import TABLES
from kz_textkit.errors import UsageError
from kz_textkit.pipeline import batch, process, workers
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.discover import Discovery, discover
from kz_textkit.pipeline.process import Outcome, Task, process_file
from kz_textkit.settings import Settings

TEXT = "Бұл – {} туралы шағын әңгіме. Оны ауыл балалары сҥйіп оқиды.\n\nӘңгіме осымен бітті.\n"
WORDS = ("қасқыр", "түлкі", "аю", "қоян", "бүркіт")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for word in WORDS:
        (folder / f"{word}.txt").write_text(TEXT.format(word), "utf-8")
    return folder


def contents(corpus: Path) -> dict[str, bytes]:
    """The bytes of all files but the manifest, which has timings."""
    return {
        str(path.relative_to(corpus)): path.read_bytes()
        for path in corpus.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_run_gives_a_corpus_of_all_files(raw: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    summary = run(raw, tmp_path / "clean", progress=lambda *state: seen.append(state))
    assert [entry.doc_id for entry in summary.documents] == sorted(WORDS)
    assert summary.failures == [] and summary.kept == 0
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5]
    assert summary.counts["documents"] == 5
    assert summary.edits == {"legacy_letter": 5}
    assert summary.examples("legacy_letter") == [("сҥйіп", "сүйіп")]
    assert verify(tmp_path / "clean").ok
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "raw"]


@pytest.mark.slow
def test_workers_and_executors_make_no_difference(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "one", workers=1)
    run(raw, tmp_path / "two", workers=2)
    with ThreadPoolExecutor(3) as executor:
        run(raw, tmp_path / "threads", executor=executor)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "threads")


@pytest.mark.slow
def test_unchanged_files_are_kept_and_the_corpus_is_as_if_made_at_once(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(raw, tmp_path / "clean")
    monkeypatch.setattr(process, "read_all", lambda *_, **__: pytest.fail("nothing has changed"))
    before = (tmp_path / "clean" / "manifest.json").stat().st_mtime_ns
    summary = run(raw, tmp_path / "clean")
    assert summary.kept == 5
    assert summary.examples("legacy_letter") == [("сҥйіп", "сүйіп")]
    assert (tmp_path / "clean" / "manifest.json").stat().st_mtime_ns == before
    monkeypatch.undo()

    (raw / "аю.txt").write_text(TEXT.format("қорбаң аю"), "utf-8")
    (raw / "қоян.txt").unlink()
    (raw / "жолбарыс.txt").write_text(TEXT.format("жолбарыс"), "utf-8")
    summary = run(raw, tmp_path / "clean")
    assert (summary.kept, len(summary.documents)) == (3, 5)
    run(raw, tmp_path / "anew")
    assert contents(tmp_path / "clean") == contents(tmp_path / "anew")
    assert verify(tmp_path / "clean").ok


def test_other_settings_make_the_corpus_anew(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "clean")
    assert run(raw, tmp_path / "clean", settings=Settings(encoding="utf-8")).kept == 0


@pytest.mark.slow
def test_a_killed_run_leaves_the_last_corpus_and_is_taken_up(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "clean")
    last = contents(tmp_path / "clean")
    for word in WORDS:
        (raw / f"{word}.txt").write_text(TEXT.format(f"кәрі {word}"), "utf-8")

    def killed(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(raw, tmp_path / "clean", progress=killed)
    assert contents(tmp_path / "clean") == last
    assert run(raw, tmp_path / "clean").kept == 3
    assert verify(tmp_path / "clean").ok
    assert set(Corpus(tmp_path / "clean").tokens["form"]) >= {"кәрі", *WORDS}


@pytest.mark.slow
def test_a_run_killed_while_it_gathers_or_swaps_loses_nothing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "clean")
    last = contents(tmp_path / "clean")
    (raw / "аю.txt").write_text(TEXT.format("қорбаң аю"), "utf-8")

    def killed(self: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "count_terms", killed)
    with pytest.raises(KeyboardInterrupt):
        run(raw, tmp_path / "clean")
    monkeypatch.undo()
    assert contents(tmp_path / "clean") == last

    # Between the two renames of the swap.
    (tmp_path / "clean").rename(tmp_path / ".clean.old")
    assert run(raw, tmp_path / "clean").kept == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clean", "raw"]
    assert verify(tmp_path / "clean").ok


def test_a_table_is_never_half_written(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "clean")
    assert {path.name for path in (tmp_path / "clean").iterdir()} == {
        *TABLES,
        "text",
        "manifest.json",
        "documents.parquet",
        "frequencies.csv",
        "frequencies.xlsx",
        "README.md",
    }


def test_failures_are_named_and_stop_nothing(raw: Path, tmp_path: Path) -> None:
    (raw / "бос.txt").write_bytes(b"")
    (raw / "сурет.txt").write_bytes(bytes(range(256)) * 20)
    summary = run(raw, tmp_path / "clean")
    assert len(summary.documents) == 5
    assert [Path(failure.source).name for failure in summary.failures] == ["бос.txt", "сурет.txt"]
    assert all("\n" not in str(failure) for failure in summary.failures)
    assert "empty" in summary.failures[0].reason
    assert len(Corpus(tmp_path / "clean").manifest.failures) == 2


def test_an_error_of_ours_in_one_file_stops_nothing(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = process.clean

    def breaks(document: object, *options: object, **named: object) -> object:
        if getattr(document, "doc_id", "") == "аю":
            raise ZeroDivisionError("кате\nекі жол")
        return real(document, *options, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(process, "clean", breaks)
    summary = run(raw, tmp_path / "clean")
    assert len(summary.documents) == 4
    assert "ZeroDivisionError" in summary.failures[0].reason and "\n" not in summary.failures[0].reason


def die(task: Task) -> Outcome:
    if task.file.doc_id == "аю":
        os._exit(9)
    return process_file(task)


def test_a_worker_that_is_killed_costs_one_file(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "process_file", die)
    summary = run(raw, tmp_path / "clean", workers=2)
    assert [entry.doc_id for entry in summary.documents] == sorted(set(WORDS) - {"аю"})
    assert "killed" in summary.failures[0].reason
    assert verify(tmp_path / "clean").ok


def test_a_file_that_vanishes_is_named(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = batch.discover

    def vanishing(source: Path, **options: object) -> Discovery:
        found = real(source, **options)  # type: ignore[arg-type]
        (raw / "аю.txt").unlink()
        return found

    run(raw, tmp_path / "clean")
    monkeypatch.setattr(batch, "discover", vanishing)
    summary = run(raw, tmp_path / "clean")
    assert "no such file" in summary.failures[0].reason.lower()
    assert len(summary.documents) == 4


def test_files_are_found_in_all_folders_in_order_with_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("б/1.txt", "а/1.txt", "а/1-2.txt", "1.TXT", ".жасырын/х.txt", ".x.txt", "сурет.psd", "атаусыз", "б/х.psd"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("мәтін", "utf-8")
    found = discover(tmp_path)
    assert [(file.path.relative_to(tmp_path).as_posix(), file.doc_id) for file in found.files] == [
        ("1.TXT", "1"),
        ("а/1-2.txt", "1-2"),
        ("а/1.txt", "1-3"),
        ("б/1.txt", "1-4"),
    ]
    assert dict(found.other) == {".psd": 2, "without suffix": 1}


def test_long_names_and_names_that_differ_in_case_alone_are_no_hindrance(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for folder, name in (("1", "ә" * 125), ("2", "Ә" * 125), ("3", "ә" * 125)):
        (raw / folder).mkdir(parents=True)
        (raw / folder / f"{name}.txt").write_text(TEXT.format(folder), "utf-8")
    summary = run(raw, tmp_path / "clean")
    assert [entry.doc_id for entry in summary.documents] == ["ә" * 100, "Ә" * 100 + "-2", "ә" * 100 + "-3"]
    assert verify(tmp_path / "clean").ok


def test_the_same_file_twice_is_said(raw: Path, tmp_path: Path) -> None:
    shutil.copy(raw / "аю.txt", raw / "аю (көшірме).txt")
    summary = run(raw, tmp_path / "clean")
    assert [(Path(a).name, Path(b).name) for a, b in summary.same_files] == [("аю (көшірме).txt", "аю.txt")]


def test_an_output_inside_the_input_is_not_read_again(raw: Path) -> None:
    for _ in range(2):
        summary = run(raw, raw / "clean")
        assert len(summary.documents) == 5 and not summary.other
    assert len(run(raw, raw / "second").documents) == 5


def test_an_input_inside_the_output_is_refused(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "clean")
    with pytest.raises(UsageError, match="is inside the output"):
        run(tmp_path / "clean" / "text", tmp_path / "clean")
    assert verify(tmp_path / "clean").ok


def test_a_folder_that_is_not_ours_is_not_touched(raw: Path, tmp_path: Path) -> None:
    for place in ("photos", ".clean.partial"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "precious.jpg").write_bytes(b"precious")
    (tmp_path / "file").write_bytes(b"precious")
    for output in ("photos", "file", "clean"):
        with pytest.raises(UsageError, match="-o"):
            run(raw, tmp_path / output)
    assert [path.read_bytes() for path in tmp_path.rglob("precious.jpg")] == [b"precious"] * 2


def test_an_empty_folder_is_taken(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "clean").mkdir()
    assert len(run(raw, tmp_path / "clean").documents) == 5


def test_an_output_that_cannot_be_written_is_said_in_one_line(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="can't be written") as error:
        run(raw, tmp_path / "file" / "clean")
    assert "\n" not in str(error.value)


def test_nothing_is_written_where_no_file_gives_a_text(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert run(tmp_path / "raw", tmp_path / "clean").documents == []
    (tmp_path / "raw" / "бос.txt").write_bytes(b"")
    assert len(run(tmp_path / "raw", tmp_path / "clean").failures) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_file_names_that_are_no_utf8_are_written_in_another_way(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    name = os.fsencode(raw) + b"/\xea\xb3\xf2\xe0\xef.txt"
    try:
        Path(os.fsdecode(name)).write_text(TEXT.format("кітап"), "utf-8")
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    summary = run(raw, tmp_path / "clean")
    assert [entry.doc_id for entry in summary.documents] == ["%EA%B3%F2%E0%EF"]
    assert verify(tmp_path / "clean").ok
    assert (tmp_path / "clean" / "text" / "%EA%B3%F2%E0%EF.txt").exists()


def test_a_million_blank_lines_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "бос жолдар.txt").write_text("Басы осы жерде." + "\n" * 1_000_000 + "Соңы осы жерде.\n", "utf-8")
    run(tmp_path / "бос жолдар.txt", tmp_path / "clean")
    assert verify(tmp_path / "clean").ok
    assert Corpus(tmp_path / "clean").blocks["text"].str.contains("осы жерде").all()


@pytest.mark.slow
def test_one_endless_line_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "жол.txt").write_text("Бұл сөйлем ҧзақ жолда тұр. " * 20_000, "utf-8")
    summary = run(tmp_path / "жол.txt", tmp_path / "clean")
    assert verify(tmp_path / "clean").ok
    assert summary.counts["sentences"] == 20_000


def test_entries_say_what_was_done(raw: Path, tmp_path: Path) -> None:
    run(raw / "аю.txt", tmp_path / "clean")
    (entry,) = pq.read_table(tmp_path / "clean" / "documents.parquet").to_pylist()
    assert entry["encoding"] == "utf-8"
    assert json.loads(entry["counts"])["blocks"] == 2
    assert {"read", "repair", "layout"} <= set(json.loads((tmp_path / "clean" / "manifest.json").read_text("utf-8"))["timings"])


@pytest.mark.slow
def test_many_documents_have_their_texts_in_parts(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "files")
    monkeypatch.setattr("kz_textkit.corpus.texts.MOST_FILES", 3)
    monkeypatch.setattr("kz_textkit.pipeline.shards.MOST_FILES", 2)
    run(raw, tmp_path / "parts")
    parts = sorted((tmp_path / "parts" / "text").iterdir())
    assert [path.name for path in parts] == [f"part-{number:05}.txt" for number in range(len(parts))]
    assert 1 < len(parts) <= 5
    documents = "".join(path.read_text("utf-8") for path in parts).split("\f# newdoc id = ")[1:]
    files = sorted((tmp_path / "files" / "text").iterdir())
    assert [document.partition("\n")[::2] for document in documents] == [(path.stem, path.read_text("utf-8")) for path in files]
    assert verify(tmp_path / "parts").ok
    changed = parts[0].read_text("utf-8")
    parts[0].write_text(changed[:-1] + " түзетілді\n", "utf-8")
    assert any("the text file and block" in problem for problem in verify(tmp_path / "parts").problems)
    run(raw, tmp_path / "parts")
    assert verify(tmp_path / "parts").ok


@pytest.mark.slow
def test_a_corpus_of_many_parts_is_as_one_of_one_part(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "one")
    monkeypatch.setattr("kz_textkit.pipeline.shards.MOST_FILES", 1)
    monkeypatch.setattr("kz_textkit.corpus.table_file.GROUP_ROWS", 7)
    run(raw, tmp_path / "many")
    assert len(list((tmp_path / "many" / "tokens").iterdir())) > 2
    (raw / "аю.txt").write_text(TEXT.format("қорбаң аю"), "utf-8")
    assert run(raw, tmp_path / "many").kept == 4
    assert verify(tmp_path / "many").ok
    run(raw, tmp_path / "one")
    for table in TABLES:
        assert getattr(Corpus(tmp_path / "many"), table).equals(getattr(Corpus(tmp_path / "one"), table))


@pytest.mark.slow
def test_the_memory_of_a_worker_does_not_grow_with_the_words_it_meets(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[object] = []
    real = process.load
    monkeypatch.setattr(process, "has_outgrown", lambda nlp: True)
    monkeypatch.setattr(process, "load", lambda **chosen: loaded.append(real(**chosen)) or loaded[-1])
    assert len(run(raw, tmp_path / "clean", settings=Settings(entities=True)).documents) == len(WORDS)
    assert len(loaded) >= len(WORDS)


def test_what_a_run_warns_of_is_logged_for_programs_that_listen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "орысша.txt").write_text("Этот учебник написан для студентов, которые изучают язык и литературу.\n", "utf-8")
    (tmp_path / "бос.txt").write_bytes(b"")
    with caplog.at_level("INFO", "kz_textkit"):
        run(tmp_path, tmp_path / "clean", workers=1)
    said = [(record.levelname, record.getMessage()) for record in caplog.records if record.name.startswith("kz_textkit")]
    assert [level for level, _ in said] == ["WARNING", "ERROR", "INFO"]
    assert "орысша.txt: the text is not Kazakh" in said[0][1] and "бос.txt: the file is empty" in said[1][1]
