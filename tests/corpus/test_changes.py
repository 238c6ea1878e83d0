"""Versions of a corpus: what is different from the version before is said, by document and by rule, and nothing else depends on it."""

from __future__ import annotations

from pathlib import Path

import kz_textkit as kz
from kz_textkit.cleaning.corrections import append_corrections, correction_at
from kz_textkit.corpus.manifest import read_manifest
from kz_textkit.corpus.verification import verify
from kz_textkit.pipeline.batch import run
from kz_textkit.settings import Settings

TEXT = "{0} туралы\n\nБіздің {0} өте ӛзгеше. Ол туралы көп айтады.\n"


def test_a_version_says_what_came_went_and_changed(tmp_path: Path) -> None:
    raw, corpus = tmp_path / "raw", tmp_path / "корпус"
    raw.mkdir()
    for name in ("ауыл", "дала", "тау"):
        (raw / f"{name}.txt").write_text(TEXT.format(name), "utf-8")
    first = run(raw, corpus, workers=1)
    assert not first.changes and read_manifest(corpus).version == 1
    assert run(raw, corpus, workers=1).is_as_before and read_manifest(corpus).version == 1

    (raw / "тау.txt").unlink()
    (raw / "көл.txt").write_text(TEXT.format("көл"), "utf-8")
    (raw / "дала.txt").write_text(TEXT.format("дала") + "Далада ӛсімдік ӛсті.\n", "utf-8")
    text = kz.read(raw / "ауыл.txt")
    start = text.text.index("көп")
    append_corrections(raw / "corrections.jsonl", [correction_at(text, "ауыл.txt", "text", start, start + 3, value="жиі")])
    changes = run(raw, corpus, workers=1).changes
    assert (changes.since, changes.added, changes.removed) == (1, ["көл"], ["тау"])
    assert {one.doc_id: one.reasons for one in changes.changed} == {"ауыл": ["corrections"], "дала": ["file"]}
    assert {one.doc_id: one.edits for one in changes.changed} == {"ауыл": {"correction": (0, 1)}, "дала": {"legacy_letter": (1, 3)}}
    assert changes.edits == {"correction": (0, 1), "legacy_letter": (3, 5)}
    assert changes.in_words == "1 document added, 1 removed, 2 changed since version 1"
    manifest = read_manifest(corpus)
    assert (manifest.version, manifest.changes) == (2, changes)
    found = verify(corpus)
    assert (found.ok, found.version, found.changes) == (True, 2, changes)

    changes = run(raw, corpus, workers=1, settings=Settings(rules_off=frozenset({"legacy_letter"}))).changes
    assert changes.settings == {"rules_off": ([], ["legacy_letter"])}
    assert {tuple(one.reasons) for one in changes.changed} == {("settings",)} and changes.counts["changed"] == 3


def test_a_corpus_that_is_damaged_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "а.txt").write_text(TEXT.format("ауыл"), "utf-8")
    run(tmp_path / "а.txt", tmp_path / "корпус", workers=1)
    (tmp_path / "корпус" / "manifest.json").write_bytes(b"{")
    assert not run(tmp_path / "а.txt", tmp_path / "корпус", workers=1).changes
    assert verify(tmp_path / "корпус").version == 1
