"""Corrections in runs: they are applied, verified, and make only the documents anew that they are of."""

from __future__ import annotations

import json
from pathlib import Path

import kz_textkit as kz
from kz_textkit.cleaning.corrections import Correction, append_corrections, correction_at, retraction_of
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.verification import verify
from kz_textkit.pipeline.batch import run

VILLAGE = "Ауыл туралы\n\nБіздің калалық кеңес жиналды. Ұста темір соғып отыр.\n"
STEPPE = "Дала туралы\n\nДалада жел соқты. Қой үйірімен жайылып жүр.\n"


def raw_folder(folder: Path) -> Path:
    (folder / "raw" / "ел").mkdir(parents=True)
    (folder / "raw" / "ауыл.txt").write_text(VILLAGE, "utf-8")
    (folder / "raw" / "ел" / "дала.txt").write_text(STEPPE, "utf-8")
    return folder / "raw"


def at(path: Path, source: str, words: str, action: str, value: str = "", **more: str) -> Correction:
    raw = kz.read(path / source)
    start = raw.text.index(words)
    return correction_at(raw, source, action, start, start + len(words), value=value, **more)


def test_a_run_applies_corrections_and_makes_anew_only_what_they_are_of(tmp_path: Path) -> None:
    raw, corpus = raw_folder(tmp_path), tmp_path / "корпус"
    run(raw, corpus, workers=1)
    file = raw / "corrections.jsonl"
    first = at(raw, "ауыл.txt", "калалық", "accept", rule="missing_letter")
    append_corrections(file, [first, at(raw, "ауыл.txt", "соғып", "lemma", "соқ\tVERB")])
    summary = run(raw, corpus, workers=1)
    assert summary.kept == 1 and not summary.unfit and summary.corrections == 2 and summary.other == {}
    found = Corpus(corpus)
    assert "Біздің қалалық кеңес" in (corpus / "text" / "ауыл.txt").read_text("utf-8")
    tokens = found.tokens.set_index("form")
    assert tuple(tokens.loc["соғып", ["lemma", "upos", "xpos"]]) == ("соқ", "VERB", "v")
    assert list(found.edits[found.edits.rule == "correction"].after) == ["қалалық"]
    assert verify(corpus, sources=raw).ok
    assert run(raw, corpus, workers=1).is_as_before

    append_corrections(file, [retraction_of(first)])
    assert run(raw, corpus, workers=1).kept == 1
    assert "Біздің калалық кеңес" in (corpus / "text" / "ауыл.txt").read_text("utf-8")
    file.unlink()
    assert run(raw, corpus, workers=1).kept == 1
    assert verify(corpus).ok


def test_what_no_longer_fits_is_named_in_one_line_each(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path)
    file = raw / "corrections.jsonl"
    append_corrections(
        file,
        [
            at(raw, "ауыл.txt", "Ұста", "text", "Шебер"),
            at(raw, "ел/дала.txt", "жайылып жүр", "lemma", "жайыл"),
            at(raw, "ел/дала.txt", "жел", "text", "боран"),
        ],
    )
    file.write_text(file.read_text("utf-8").replace("ел/дала.txt", "ел/тау.txt") + "түзету\n", "utf-8")
    (raw / "ауыл.txt").write_text(VILLAGE.replace("Ұста", "Зергер"), "utf-8")
    summary = run(raw, tmp_path / "корпус", workers=1)
    assert len(summary.unfit) == 3
    assert summary.unfit[0] == "corrections.jsonl: line 4 is no correction: it is no JSON in UTF-8"
    assert "text at" in summary.unfit[1] and "its text is no longer there" in summary.unfit[1]
    # Of the same bytes, so the renamed file is known by them; but two words have no one lemma.
    assert "it is no word, or not just one" in summary.unfit[2]
    assert "Далада боран соқты" in (tmp_path / "корпус" / "text" / "дала.txt").read_text("utf-8")
    again = run(raw, tmp_path / "корпус", workers=1)
    assert again.is_as_before and again.unfit == summary.unfit


def test_corrections_of_a_file_that_is_gone_are_named(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path)
    append_corrections(tmp_path / "менің.jsonl", [at(raw, "ауыл.txt", "Ұста", "text", "Шебер")])
    (raw / "ауыл.txt").unlink()
    summary = run(raw, tmp_path / "корпус", corrections=tmp_path / "менің.jsonl", workers=1)
    assert [line.split(": ")[-1] for line in summary.unfit] == ["the input has no such text"]


def test_documents_of_a_file_of_many_have_corrections_of_their_own(tmp_path: Path) -> None:
    raw = tmp_path / "жинақ.jsonl"
    raw.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in (VILLAGE, STEPPE)), "utf-8")
    second = list(kz.read_all(raw))[1]
    start = second.text.index("жел")
    one = correction_at(second, "жинақ.jsonl", "text", start, start + 3, value="боран", record=second.doc_id[-7:])
    append_corrections(tmp_path / "corrections.jsonl", [one])
    summary = run(raw, tmp_path / "корпус", workers=1)
    assert not summary.unfit
    assert "боран" in " ".join(Corpus(tmp_path / "корпус").blocks.text)


def test_a_line_of_metadata_that_changes_makes_anew_only_its_document(tmp_path: Path) -> None:
    raw, corpus = raw_folder(tmp_path), tmp_path / "корпус"
    table = raw / "metadata.csv"
    table.write_text("file,author\nауыл.txt,Айгүл\nдала.txt,Болат\n", "utf-8")
    run(raw, corpus, workers=1)
    table.write_text("file,author\nауыл.txt,Айгүл\nдала.txt,Ержан\n", "utf-8")
    summary = run(raw, corpus, workers=1)
    assert summary.kept == 1
    assert [json.loads(found)["author"] for found in Corpus(corpus).documents.metadata] == ["Айгүл", "Ержан"]


def test_a_title_that_a_person_gave_is_that_of_the_document(tmp_path: Path) -> None:
    raw, corpus = raw_folder(tmp_path), tmp_path / "корпус"
    (raw / "metadata.csv").write_text("file,title\nауыл.txt,Кестеден\nдала.txt,Кестеден екінші\n", "utf-8")
    append_corrections(raw / "corrections.jsonl", [correction_at(kz.read(raw / "ауыл.txt"), "ауыл.txt", "title", 0, 0, value="Қолмен")])
    run(raw, corpus, workers=1)
    assert list(Corpus(corpus).documents.title) == ["Қолмен", "Кестеден екінші"]


def test_corrections_of_files_beside_a_single_one_are_no_matter(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path)
    append_corrections(
        raw / "corrections.jsonl", [at(raw, "ауыл.txt", "Ұста", "text", "Шебер"), at(raw, "ел/дала.txt", "жел", "text", "боран")]
    )
    summary = run(raw / "ауыл.txt", tmp_path / "корпус", workers=1)
    assert (summary.unfit, summary.corrections) == ([], 1)
