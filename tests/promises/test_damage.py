"""A corpus that somebody or something has damaged: `verify` names it, and the next run makes it whole."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kz_textkit.corpus import Corpus, verify
from kz_textkit.corpus.entries import ENTRIES
from kz_textkit.corpus.files import records_of
from kz_textkit.corpus.schema import TABLES
from kz_textkit.errors import CorpusError
from kz_textkit.pipeline.batch import run

TEXTS = {
    "бидай": "1-дәріс. Нан\n\nБидай – негізгі дақыл. Оны https://kk.wikipedia.org/wiki/%D0%9D%D0%B0%D0%BD\nҥнемі егеді.Нан – ас.\n",
    "қой": "Қой малы туралы\n\nҚой жайлауда жайылады. Калалық балалар оны сирек көреді.\n",
    "су": "Су – тіршілік көзі. Ол ӛзен мен көлде болады.\n\nОны ысырап етпейік.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage")
    (folder / "raw").mkdir()
    for name, text in TEXTS.items():
        (folder / "raw" / f"{name}.txt").write_text(text, "utf-8")
    run(folder / "raw", folder / "clean")
    return folder


@pytest.fixture
def corpus(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "clean", tmp_path / "clean"))


def hashes(corpus: Path) -> dict[str, str]:
    return {name: record.sha256 for name, record in records_of(corpus).items()}


def part(corpus: Path, table: str) -> Path:
    return corpus / table / "part-00000.parquet"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def change_manifest(corpus: Path, change: Callable[[dict[str, object]], object]) -> None:
    content = json.loads((corpus / "manifest.json").read_text("utf-8"))
    change(content)
    (corpus / "manifest.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def change_documents(corpus: Path, change: Callable[[list[dict[str, object]]], object]) -> None:
    rows = pq.read_table(corpus / ENTRIES).to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows), corpus / ENTRIES)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a folder of a table is gone": lambda c: shutil.rmtree(c / "sections"),
    "a part is gone": lambda c: part(c, "tokens").unlink(),
    "a part is cut short": lambda c: cut(part(c, "blocks")),
    "a part is empty": lambda c: part(c, "edits").write_bytes(b""),
    "a part is no Parquet file": lambda c: part(c, "gaps").write_bytes(b"no parquet at all"),
    "a part is a folder": lambda c: (part(c, "links").unlink(), part(c, "links").mkdir()),
    "a part is a link to nowhere": lambda c: (part(c, "links").unlink(), part(c, "links").symlink_to("absent")),
    "a part of another table has its name": lambda c: shutil.copy(part(c, "blocks"), part(c, "sections")),
    "a conflict copy of a part": lambda c: shutil.copy(part(c, "tokens"), c / "tokens" / "part-00000 (conflict).parquet"),
    "a second part that nobody wrote": lambda c: shutil.copy(part(c, "tokens"), c / "tokens" / "part-00001.parquet"),
    "a text file is gone": lambda c: (c / "text" / "қой.txt").unlink(),
    "a text file is changed": lambda c: (c / "text" / "су.txt").write_text("Су – бар.\n", "utf-8"),
    "a text file too many": lambda c: (c / "text" / "қосымша.txt").write_text("Бөтен.\n", "utf-8"),
    "the frequencies are gone": lambda c: (c / "frequencies.csv").unlink(),
    "the frequencies are changed": lambda c: (c / "frequencies.csv").write_text("lemma,count\nнан,7\n", "utf-8"),
    "the manifest lacks a file": lambda c: change_manifest(c, lambda m: m["files"].pop("frequencies.csv")),
    "the list of documents lacks one": lambda c: change_documents(c, lambda d: d.pop()),
    "the list of documents counts wrongly": lambda c: change_documents(c, lambda d: d[0].update(counts='{"tokens": 1}')),
    "the list of documents has another source": lambda c: change_documents(c, lambda d: d[0].update(source="басқа.txt")),
}
UNREADABLE: dict[str, Callable[[Path], object]] = {
    "the manifest is gone": lambda c: (c / "manifest.json").unlink(),
    "the manifest is empty": lambda c: (c / "manifest.json").write_bytes(b""),
    "the manifest is cut short": lambda c: cut(c / "manifest.json"),
    "the manifest is no JSON": lambda c: (c / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "the manifest is a list": lambda c: (c / "manifest.json").write_text("[]", "utf-8"),
    "the manifest is nested without end": lambda c: (c / "manifest.json").write_text("[" * 100_000, "utf-8"),
    "a document is a number": lambda c: change_documents(c, lambda d: d[0].update(warnings="7")),
    "the list of documents is gone": lambda c: (c / ENTRIES).unlink(),
    "the list of documents is cut short": lambda c: cut(c / ENTRIES),
    "the list of documents is another table": lambda c: shutil.copy(part(c, "documents"), c / ENTRIES),
    "the list of documents is nested without end": lambda c: change_documents(c, lambda d: d[0].update(warnings="[" * 100_000)),
    "an id is a path": lambda c: change_documents(c, lambda d: d[0].update(doc_id="../../етк")),
    "an id is there twice": lambda c: change_documents(c, lambda d: d.append(d[0])),
    "a part is negative": lambda c: change_documents(c, lambda d: d[0].update(part=-1)),
    "a part is a text": lambda c: change_documents(c, lambda d: [row.update(part="../0") for row in d]),
    "a file leads out": lambda c: change_manifest(c, lambda m: m["files"].update({"../raw/су.txt": {"size": 1, "sha256": ""}})),
    "a size is true": lambda c: change_manifest(c, lambda m: m["files"]["frequencies.csv"].update(size=True)),
    "counts are a list": lambda c: change_documents(c, lambda d: d[0].update(counts="[]")),
    "an unknown entry": lambda c: change_documents(c, lambda d: [row.update(colour="көк") for row in d]),
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_finds_the_damage_and_the_next_run_mends_it(damage: str, corpus: Path, made: Path) -> None:
    DAMAGES[damage](corpus)
    assert not verify(corpus, quick=True).ok
    assert not verify(corpus).ok
    summary = run(made / "raw", corpus)
    assert summary.mended and not summary.failures and not summary.is_as_before
    assert hashes(corpus) == hashes(made / "clean")
    assert verify(corpus).ok
    assert run(made / "raw", corpus).is_as_before


@pytest.mark.slow
@pytest.mark.parametrize("damage", UNREADABLE)
def test_a_manifest_that_cannot_be_read_is_said_in_one_line_and_made_anew(damage: str, corpus: Path, made: Path) -> None:
    UNREADABLE[damage](corpus)
    for reading in (lambda c: Corpus(c).manifest.documents, verify):
        with pytest.raises(CorpusError) as error:
            reading(corpus)
        assert "\n" not in str(error.value)
    summary = run(made / "raw", corpus)
    assert any("made anew" in line for line in summary.mended)
    assert hashes(corpus) == hashes(made / "clean")
    assert verify(corpus).ok


@pytest.mark.parametrize("seed", range(4))
def test_no_flipped_bit_escapes_verify_and_every_one_is_mended(seed: int, corpus: Path, made: Path) -> None:
    """Bits anywhere in any file, the manifest among them; hashes find them, and the next run gives the same corpus again."""
    chance = random.Random(seed)
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    for trial in range(50):
        path = chance.choice(files)
        whole = path.read_bytes()
        flip(path, chance.randrange(len(whole) * 8))
        try:
            assert not verify(corpus, quick=True).ok, (seed, trial, path.name)
        except CorpusError as error:
            assert "\n" not in str(error)
        path.write_bytes(whole)
    path = chance.choice(files)
    flip(path, chance.randrange(path.stat().st_size * 8))
    run(made / "raw", corpus)
    assert hashes(corpus) == hashes(made / "clean") and verify(corpus).ok


def test_a_copy_of_a_part_is_counted_by_nobody(corpus: Path) -> None:
    before = Corpus(corpus).frequencies()
    for table in TABLES:
        shutil.copy(part(corpus, table), corpus / table / "part-00000 (conflict).parquet")
    assert Corpus(corpus).frequencies().equals(before)
    assert len(Corpus(corpus).documents) == len(TEXTS)


def test_what_others_put_into_the_folder_of_a_corpus_stays_there(corpus: Path, made: Path, tmp_path: Path) -> None:
    (corpus / "ескертпе.md").write_text("Менің жазбаларым", "utf-8")
    (corpus / "суреттер").mkdir()
    (corpus / "суреттер" / "1.png").write_bytes(b"png")
    assert verify(corpus).ok
    raw = Path(shutil.copytree(made / "raw", tmp_path / "raw"))
    (raw / "су.txt").write_text("Су қайда, өмір сонда.\n", "utf-8")
    run(raw, corpus)
    assert (corpus / "ескертпе.md").read_text("utf-8") == "Менің жазбаларым"
    assert (corpus / "суреттер" / "1.png").read_bytes() == b"png"
    assert verify(corpus).ok


def test_a_file_of_rows_that_is_damaged_while_it_waits_is_made_anew(made: Path, tmp_path: Path) -> None:
    def interrupted(done: int, total: int, name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(made / "raw", tmp_path / "clean", progress=interrupted)
    waiting = sorted((tmp_path / ".clean.partial" / "staged").glob("*.arrow"))
    assert len(waiting) == 2
    flip(waiting[0], waiting[0].stat().st_size * 4)
    assert run(made / "raw", tmp_path / "clean").kept == 1
    assert verify(tmp_path / "clean").ok
