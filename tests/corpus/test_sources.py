"""The files that a corpus was made of are read again and have to give the same texts; where they don't, the reason is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archives import shape_of, slides
from kz_textkit import run, verify
from kz_textkit.corpus.manifest import read_manifest
from kz_textkit.corpus.sources import source_problems


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    raw = folder / "raw" / "дәрістер"
    raw.mkdir(parents=True)
    (raw / "дала.pptx").write_bytes(slides(shape_of("title", "Дала") + shape_of("body", "Дала – кең жазық жер.", y=900_000)))
    (raw / "тау.txt").write_bytes("Тау – биік жер. Тауда қар қалың болады.".encode("kz1048"))
    (raw / "қор.jsonl").write_text('{"text": "Көл – жатқан су."}\n{"text": "Бұлақ – аққан су."}\n', "utf-8")
    run(folder / "raw", folder / "clean")
    return folder


@pytest.mark.slow
def test_files_that_are_as_they_were_give_the_same_texts(made: Path) -> None:
    for sources in (made / "raw", made, made / "raw" / "дәрістер"):
        assert verify(made / "clean", sources=sources).ok


def test_files_that_were_changed_or_are_gone_are_named(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "raw", tmp_path / "raw")
    folder = tmp_path / "raw" / "дәрістер"
    (folder / "тау.txt").write_bytes("Тау – аласа жер. Тауда қар қалың болады.".encode("kz1048"))
    (folder / "қор.jsonl").write_text('{"text": "Көл – жатқан су."}\n{"text": "Бұлақ – тұнық су."}\n', "utf-8")
    (folder / "дала.pptx").unlink()
    problems = list(source_problems(read_manifest(made / "clean"), tmp_path))
    assert [problem.partition(":")[0] for problem in problems] == ["дала", "тау", "қор-0000002"]
    assert problems[0].endswith(f"is not in {tmp_path}")
    assert problems[1].endswith("was changed since")
    assert problems[2].endswith("gives no such text any more")


def test_another_version_of_the_extractor_is_named(made: Path) -> None:
    manifest = read_manifest(made / "clean")
    entry = next(entry for entry in manifest.documents if entry.doc_id == "дала")
    entry.extraction.update(text_sha256="0" * 64, version="0.1")
    (problem,) = source_problems(manifest, made)
    assert "gives another text, and was read by lxml 0.1 then, by lxml" in problem
