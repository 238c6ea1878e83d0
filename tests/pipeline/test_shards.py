"""Shards depend on the input alone: the same corpus whoever made it, and a file that comes or goes moves few of them."""

from __future__ import annotations

import gzip
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.corpus import Corpus, verify
from kz_textkit.corpus.files import records_of
from kz_textkit.corpus.manifest import read_manifest
from kz_textkit.pipeline.batch import run
from kz_textkit.pipeline.discover import SourceFile
from kz_textkit.pipeline.shards import MORE, MOST, planned
from kz_textkit.readers import read_all, slices
from kz_textkit.readers.slices import may_be_sliced, read_slice, slices_of
from kz_textkit.settings import Settings

TEXT = "{} туралы сөз. Ауылдағы ҥйде {} балалар кітап оқыды, {} көл жағасында ойнады.\n\nЖолда Алматы қаласынан келген {} кездесті.\n"
WORDS = ("қой", "жылқы", "түйе", "сиыр", "ешкі", "бүркіт", "тазы", "қасқыр", "түлкі", "аю", "қоян", "құлан")


def records(count: int = 60) -> list[dict[str, object]]:
    """Rows, of which some have no text, and one is nested."""
    rows: list[dict[str, object]] = []
    for number in range(count):
        word = WORDS[number % len(WORDS)]
        text = TEXT.format(word.capitalize(), number, word, word) if number % 9 else (None if number % 2 else " \u00a0 ")
        rows.append({"id": number, "text": text, "url": f"https://мал.kz/{number}"})
    rows[5]["more"] = {"text": "ішіндегі мәтін"}
    rows[9]["more"] = {"text": "мәтін"}
    return rows


def as_lines(rows: list[dict[str, object]]) -> bytes:
    lines = [json.dumps(row, ensure_ascii=bool(number % 7 == 3)) for number, row in enumerate(rows)]
    return "\n".join([*lines[:20], "", "  ", *lines[20:]]).encode() + b"\n"


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 2_000)


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([{k: v for k, v in row.items() if k != "more"} for row in rows]), path, row_group_size=17)
    else:
        path.write_bytes(gzip.compress(as_lines(rows)) if path.suffix == ".gz" else as_lines(rows))
    return path


@pytest.mark.parametrize("name", ["мал.jsonl", "мал.jsonl.gz", "мал.parquet"])
def test_the_stretches_of_a_file_give_what_the_whole_file_gives(name: str, tmp_path: Path, small_slices: None) -> None:
    path = write(tmp_path / name, records())
    sliced = slices_of(path, Settings())
    assert may_be_sliced(path, 10_000_000) and sliced is not None and len(sliced.rows) > 3
    whole = list(read_all(path))
    assert len({raw.doc_id for raw in whole}) == len(whole) == 53
    assert [raw for rows in sliced.rows for raw in read_slice(path, sliced, rows, Settings())] == whole
    assert [rows.documents for rows in sliced.rows] == [len(list(read_slice(path, sliced, rows, Settings()))) for rows in sliced.rows]


def test_files_that_are_no_lines_of_records_are_read_whole(tmp_path: Path, small_slices: None) -> None:
    (tmp_path / "тізім.jsonl").write_text(json.dumps(records(), ensure_ascii=False), "utf-8")
    assert slices_of(tmp_path / "тізім.jsonl", Settings()) is None
    assert not may_be_sliced(tmp_path / "мәтін.txt", 10**9)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, MORE), min_size=1, max_size=60), st.data())
def test_a_file_that_goes_moves_few_shards(sizes: list[int], data: st.DataObject) -> None:
    files = [SourceFile(Path(f"{n:03}.txt"), f"{n:03}.txt", f"{n:03}", size) for n, size in enumerate(sizes)]
    shards = list(planned(files, {}))
    assert [piece.file for shard in shards for piece in shard.pieces] == files
    assert all(sum(piece.file.size for piece in shard.pieces[:-1]) < MOST for shard in shards)
    gone = data.draw(st.integers(0, len(files) - 1))
    rest = list(planned([*files[:gone], *files[gone + 1 :]], {}))
    before = {shard for shard in shards if shard.pieces[-1].file.doc_id < files[gone].doc_id}
    assert before <= set(rest)


def hashes(corpus: Path) -> dict[str, str]:
    return {name: record.sha256 for name, record in records_of(corpus).items()}


@pytest.fixture
def raw(tmp_path: Path, small_slices: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records in three stretches between files of text, three to a shard."""
    monkeypatch.setattr("kz_textkit.pipeline.shards.MOST_FILES", 3)
    monkeypatch.setattr(slices, "SLICE", 5_000)
    monkeypatch.setattr(slices, "may_be_sliced", lambda path, size: path.suffix == ".jsonl")
    monkeypatch.setattr("kz_textkit.pipeline.batch.may_be_sliced", slices.may_be_sliced)
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(TEXT.format("Дала", number, "тау", "ата"), "utf-8")
    write(folder / "4б.jsonl", records(40))
    return folder


@pytest.mark.slow
def test_the_bytes_depend_on_the_input_alone(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "one", workers=1)
    assert len(read_manifest(tmp_path / "one").parts) >= 6
    proofs = [verify(tmp_path / "one", workers=workers) for workers in (1, 2)]
    assert proofs[0].ok and proofs[0] == proofs[1] and proofs[0].documents == len(Corpus(tmp_path / "one").documents)
    with ThreadPoolExecutor(3) as executor:
        run(raw, tmp_path / "threads", executor=executor)
    assert hashes(tmp_path / "threads") == hashes(tmp_path / "one")

    # Files go, change and come; then all is as it was.
    shutil.copytree(raw, tmp_path / "later")
    (tmp_path / "later" / "2.txt").unlink()
    (tmp_path / "later" / "6.txt").write_text(TEXT.format("Теңіз", 1, "қайық", "балықшы"), "utf-8")
    (tmp_path / "later" / "9.txt").write_text(TEXT.format("Орман", 2, "ағаш", "аңшы"), "utf-8")
    documents = len(Corpus(tmp_path / "one").documents)
    summary = run(tmp_path / "later", tmp_path / "threads", workers=1)
    assert (summary.kept, len(summary.documents)) == (documents - 2, documents)
    assert {kind: summary.changes.counts[kind] for kind in ("added", "removed", "changed")} == {"added": 1, "removed": 1, "changed": 1}
    run(tmp_path / "later", tmp_path / "anew", workers=1)
    assert hashes(tmp_path / "threads") == hashes(tmp_path / "anew")
    # Paths are others, and every text is the same.
    summary = run(raw, tmp_path / "threads", workers=1)
    assert summary.kept == documents - 2
    assert hashes(tmp_path / "threads") == hashes(tmp_path / "one") and verify(tmp_path / "threads").ok


@pytest.mark.slow
def test_a_killed_run_is_taken_up_at_its_shards(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "whole", workers=1)

    def killed(done: int, total: int, name: str) -> None:
        if done == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(raw, tmp_path / "clean", workers=1, progress=killed)
    partial = tmp_path / ".clean.partial"
    done = [folder for folder in (partial / "shards").iterdir() if (folder / "shard.json").exists()]
    assert len(done) >= 3
    assert not {path.suffix for path in (partial / "staged").iterdir()} - {".arrow", ".json"}
    # A shard that is no longer what was written is made anew.
    content = bytearray((done[0] / "tokens.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (done[0] / "tokens.parquet").write_bytes(content)
    summary = run(raw, tmp_path / "clean", workers=1)
    assert 0 < summary.kept < len(summary.documents)
    assert hashes(tmp_path / "clean") == hashes(tmp_path / "whole")


@pytest.mark.slow
def test_a_part_that_is_damaged_is_healed_alone(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "clean", workers=1)
    before = hashes(tmp_path / "clean")
    parts = read_manifest(tmp_path / "clean").parts
    broken = next(number for number, part in enumerate(parts) if part.documents > 3)
    (tmp_path / "clean" / "edits" / f"part-{broken:05}.parquet").write_bytes(b"")
    summary = run(raw, tmp_path / "clean", workers=1)
    assert summary.mended and summary.kept == len(summary.documents) - parts[broken].documents
    assert hashes(tmp_path / "clean") == before


@pytest.mark.slow
def test_failures_and_what_filters_leave_out_of_a_stretch_are_known_again(raw: Path, tmp_path: Path) -> None:
    # The first rows of a file, which show where its texts are, are read with every stretch.
    lines = [json.dumps(row, ensure_ascii=False) for row in records(20)] + ['{"text": "", "note": "бос"}'] * 200
    lines += ['{"text": ', *(json.dumps(row, ensure_ascii=False) for row in records(12)), '{"text": "Buy now best price!"}']
    (raw / "4б.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    first = run(raw, tmp_path / "clean", workers=1)
    assert ["no JSON" in failure.reason for failure in first.failures] == [True]
    again = run(raw, tmp_path / "clean", workers=1)
    assert again.is_as_before and [str(one) for one in again.failures] == [str(one) for one in first.failures]
    chosen = Settings(filters=("web",))
    filtered = run(raw, tmp_path / "clean", workers=1, settings=chosen)
    (raw / "9.txt").write_text(TEXT.format("Орман", 2, "ағаш", "аңшы"), "utf-8")
    assert (
        filtered.dropped
        and run(raw, tmp_path / "clean", workers=1, settings=chosen).dropped[: len(filtered.dropped)] == filtered.dropped
    )


def test_what_is_counted_part_by_part_is_what_is_counted_at_once(raw: Path, tmp_path: Path) -> None:
    summary = run(raw, tmp_path / "clean", workers=1)
    corpus = Corpus(tmp_path / "clean")
    table = corpus.frequencies()
    listed = (tmp_path / "clean" / "frequencies.csv").read_text("utf-8-sig").split("\n")[1:-1]
    assert [line.split(",")[:3] for line in listed] == table[["lemma", "upos", "count"]].astype(str).to_numpy().tolist()
    assert [line.split(",")[4:6] for line in listed] == table[["sections", "documents"]].astype(str).to_numpy().tolist()
    assert any("Алматы" in line for line in listed) and summary.terms == len(table)
