"""Exports as the programs read them that they are for: each is opened by its own program where that can be installed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from kz_textkit.corpus import Corpus
from kz_textkit.corpus.export import export, export_to_file
from kz_textkit.corpus.export_hf import splits_of
from kz_textkit.pipeline.batch import run
from kz_textkit.settings import Settings

TEI = "{http://www.tei-c.org/ns/1.0}"

STORY = """# Ауыл хикаясы

Мұхтар Әуезов Семейде туған. Ол 1928 жылы Алматыға көшті[^1], ал досы Қаныш Сәтбаев Қарағандыда қалды.

[^1]: Бұл туралы күнделігінде жазылған.

- бірінші хат
- екінші хат

# Екінші бөлім

Жазда Астанада жиын өтті. «Ұлы дала» деген сөз айтылды!
"""

PAGE = "<html lang='kk'><body><h1>Түн</h1><p>Қаныш Сәтбаев Алматыда тұрды.</p></body></html>"


EVENING = (
    "Ауыл түнде тыныш болады. Аспанда жұлдыздар жарқырап тұрады. Балалар далада ойнап жүр. Үлкендер әңгіме айтып отыр. Өзен жақтан "
    "салқын жел еседі. Қойшы қойын қораға қамады."
)

POEM = """<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><book-title>Түн</book-title><lang>kk</lang>
</title-info></description><body><section><title><p>Түн</p></title>
<poem><stanza><v>Сары дала самалды,</v><v>Түнде жұлдыз жанады.</v></stanza></poem></section></body></FictionBook>
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("clients")
    (folder / "raw").mkdir()
    (folder / "raw" / "хикая.md").write_text(STORY, "utf-8")
    (folder / "raw" / "түн.html").write_text(PAGE, "utf-8")
    for name in ("бір", "екі"):
        (folder / "raw" / f"{name}.txt").write_text(f"Бұл {name} деген мәтін. Оны Айгүл жазды.\n", "utf-8")
    (folder / "raw" / "metadata.csv").write_text(
        "file,title,автор,year,licence,genre\nхикая.md,Ауыл,А. Б.,1928,CC BY 4.0,әңгіме\nтүн.html,Түн,,2020,CC BY 4.0,\n"
        "бір.txt,Бір,,2021,CC BY 4.0,\nекі.txt,Екі,,2022,CC BY 4.0,\n",
        "utf-8",
    )
    run(folder / "raw", folder / "clean", settings=Settings(entities=True), workers=1)
    found = Corpus(folder / "clean")
    assert len(found.entities) >= 4
    return found


def exported(corpus: Corpus, format: str) -> str:
    stream = io.StringIO()
    export(corpus, format, stream)
    return stream.getvalue()


@pytest.mark.slow
def test_datasets_loads_the_corpus_and_its_export_table_by_table(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    export_to_file(corpus, "hf", tmp_path / "деректер")
    there = {name: len(getattr(corpus, name)) for name in ("documents", "blocks", "sentences", "tokens", "entities", "edits", "gaps")}
    for folder in (corpus.path, tmp_path / "деректер"):
        names = set(datasets.get_dataset_config_names(str(folder)))
        assert names >= {name for name, count in there.items() if count} and "documents" in names
        for name in names & set(there):
            found = datasets.load_dataset(str(folder), name, cache_dir=str(tmp_path / "cache"))
            assert sum(split.num_rows for split in found.values()) == there[name]
    assert datasets.load_dataset(str(corpus.path), cache_dir=str(tmp_path / "cache"))["train"]["text"][:] == list(corpus.blocks["text"])
    found = datasets.load_dataset(str(tmp_path / "деректер"), "documents", cache_dir=str(tmp_path / "cache"))
    assert set(found) == {"train", "validation", "test"}
    rows = {row["doc_id"]: row for split in found.values() for row in split}
    assert (rows["хикая"]["автор"], rows["хикая"]["year"], rows["хикая"]["title"]) == ("А. Б.", "1928", "Ауыл")
    assert "license: cc-by-4.0" in (tmp_path / "деректер" / "README.md").read_text("utf-8")


def test_splits_are_the_same_whatever_the_order_and_hold_most_still_when_documents_are_added() -> None:
    names = [f"мәтін-{number}" for number in range(50)]
    before = splits_of(names)
    assert splits_of(reversed(names)) == before
    assert [list(before.values()).count(split) for split in ("train", "validation", "test")] == [40, 5, 5]
    after = splits_of([*names, "жаңа"])
    assert sum(before[name] != after[name] for name in names) <= 2
    assert set(splits_of(["бір", "екі"]).values()) == {"train"}


def test_spacy_reads_tags_and_names_and_trains_on_them(corpus: Corpus, tmp_path: Path) -> None:
    export_to_file(corpus, "spacy", tmp_path / "корпус.spacy")
    nlp = spacy.blank("kk")
    docs = list(DocBin().from_disk(tmp_path / "корпус.spacy").get_docs(nlp.vocab))
    assert [token.tag_ for doc in docs for token in doc] == list(corpus.tokens["xpos"])
    assert sorted(span.text for doc in docs for span in doc.ents) == sorted(corpus.entities["text"])
    tagger = nlp.add_pipe("tagger")
    examples = [spacy.training.Example(nlp.make_doc(doc.text), doc) for doc in docs]
    nlp.initialize(lambda: examples)
    assert nlp.update(examples)["tagger"] > 0 and set(tagger.labels) <= set(corpus.tokens["xpos"])


def test_the_workbench_would_count_words_and_nothing_else(corpus: Corpus, tmp_path: Path) -> None:
    export_to_file(corpus, "cwb", tmp_path / "Ауыл (1)")
    folder = tmp_path / "Ауыл (1)"
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("cwb-encode", "cwb-makeall"):
        (commands / name).write_text(f'#!/bin/sh\nfor one in "$@"; do echo "$one" >> {tmp_path}/{name}\ndone\n', "utf-8")
        (commands / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["sh", str(folder / "encode.sh")], check=True, env=environment)
    called = (tmp_path / "cwb-encode").read_text("utf-8").split()
    columns = [called[i + 1] for i, option in enumerate(called) if option == "-P"]
    structures = {called[i + 1].partition(":")[0]: called[i + 1].split("+")[1:] for i, option in enumerate(called) if option == "-S"}
    words = 0
    for line in (folder / "corpus.vrt").read_text("utf-8").splitlines():
        if tag := re.match(r"<(/?)(\w+)(.*)>$", line):
            assert set(re.findall(r' (\w+)="', tag[3])) <= set(structures[tag[2]])
        else:
            words += 1
            assert len(line.split("\t")) == 1 + len(columns)
            assert re.fullmatch(r"\|(.*\|)?", line.split("\t")[1 + columns.index("feats/")])
    assert words == len(corpus.tokens)
    registry = (folder / "registry" / "auyl_1").read_text("utf-8")
    assert f'HOME "{folder}/data"' in registry and "STRUCTURE doc_avtor\n" in registry and "ID   auyl_1\n" in registry
    declared = set(re.findall(r"^(?:ATTRIBUTE|STRUCTURE) (\w+)$", registry, re.M))
    assert declared == {
        "word",
        *(c.rstrip("/") for c in columns),
        *structures,
        *(f"{s}_{a}" for s, found in structures.items() for a in found),
    }
    assert (tmp_path / "cwb-makeall").read_text("utf-8").split()[-1] == "AUYL_1"


def test_the_configuration_of_sketch_engine_declares_what_the_vertical_file_has(corpus: Corpus, tmp_path: Path) -> None:
    export_to_file(corpus, "sketch", tmp_path / "ауыл")
    configuration = (tmp_path / "ауыл" / "corpus.conf").read_text("utf-8")
    assert configuration.count("{") == configuration.count("}") and configuration.count('"') % 2 == 0
    declared = {
        name: set(re.findall(r"ATTRIBUTE (\w+)", body))
        for name, body in re.findall(r"STRUCTURE (\w+) \{(.*?)\n\}", configuration, re.S)
    }
    head = configuration.partition("\nSTRUCTURE")[0]
    columns = [name for name in re.findall(r"ATTRIBUTE (\w+)", head) if name != "lc"]
    assert columns == ["word", "lemma", "tag", "xpos", "feats"]
    lines = (tmp_path / "ауыл" / "corpus.vert").read_text("utf-8").splitlines()
    for line in lines:
        if tag := re.match(r"<(/?)(\w+)(.*?)/?>$", line):
            assert set(re.findall(r' (\w+)="', tag[3])) <= declared[tag[2]]
        else:
            assert len(line.split("\t")) == len(columns)
    assert sum(line[0] != "<" for line in lines) == len(corpus.tokens)
    assert 'LABEL "автор"' in configuration


def test_names_of_brat_stand_where_they_say(corpus: Corpus, tmp_path: Path) -> None:
    written = export_to_file(corpus, "brat", tmp_path / "brat")
    assert written == len(corpus.entities)
    declared = (tmp_path / "brat" / "annotation.conf").read_text("utf-8").split()
    found = []
    for path in (tmp_path / "brat").glob("*.ann"):
        text = path.with_suffix(".txt").read_text("utf-8")
        for line in path.read_text("utf-8").splitlines():
            number, kind, value = line.split("\t")
            if number[0] == "T":
                label, start, end = kind.split(" ")
                assert text[int(start) : int(end)] == value and label in declared
                found.append(value)
    assert sorted(found) == sorted(corpus.entities["text"])


def test_texts_for_annotation_lead_back_to_their_blocks(corpus: Corpus, tmp_path: Path) -> None:
    export_to_file(corpus, "brat", tmp_path / "brat")
    texts = corpus.blocks.set_index(["doc_id", "block_id"])["text"]
    with (tmp_path / "brat" / "places.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == len(texts)
    for row in rows:
        whole = (tmp_path / "brat" / f"{row['text']}.txt").read_text("utf-8")
        assert whole[int(row["start"]) :].startswith(texts[row["doc_id"], row["block_id"]] + "\n")


def test_a_long_document_comes_in_several_texts(tmp_path: Path) -> None:
    (tmp_path / "ұзақ.txt").write_text("Дала кең, аспан биік болды.\n\n" * 1500, "utf-8")
    run(tmp_path / "ұзақ.txt", tmp_path / "clean", workers=1)
    corpus = Corpus(tmp_path / "clean")
    export_to_file(corpus, "brat", tmp_path / "brat")
    parts = sorted((tmp_path / "brat").glob("*.txt"))
    assert [path.name for path in parts] == ["ұзақ.1.txt", "ұзақ.2.txt", "ұзақ.3.txt"]
    assert "".join(path.read_text("utf-8") for path in parts) == "".join(text + "\n" for text in corpus.blocks["text"])


def test_webanno_files_have_tokens_in_java_offsets_and_whole_names(tmp_path: Path) -> None:
    (tmp_path / "а.txt").write_text("Мұхтар Әуезов 𐰴𐰔 Семейде туған; [бұл] рас.\n", "utf-8")
    run(tmp_path / "а.txt", tmp_path / "clean", settings=Settings(entities=True), workers=1)
    corpus = Corpus(tmp_path / "clean")
    export_to_file(corpus, "webanno", tmp_path / "out")
    lines = (tmp_path / "out" / "а.tsv").read_text("utf-8").splitlines()
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3" and lines[5:7] == ["", ""]
    text = next(line for line in lines if line.startswith("#Text=")).removeprefix("#Text=").encode("utf-16-le")
    rows = [line.split("\t") for line in lines if re.match(r"\d+-\d+\t", line)]
    assert {len(row) for row in rows} == {10} and all(row[-1] == "" for row in rows)
    for row in rows:
        start, end = map(int, row[1].split("-"))
        assert text[2 * start : 2 * end].decode("utf-16-le") == row[2]
    named = [row for row in rows if row[7] != "_"]
    assert [(row[6], row[7]) for row in named][:2] == [("*[1]", "PERSON[1]")] * 2
    assert not any(re.search(r"(?<!\\)[|;]", row[3]) for row in rows)


def test_label_studio_takes_tasks_and_configuration(corpus: Corpus, tmp_path: Path) -> None:
    assert export_to_file(corpus, "label-studio", tmp_path / "ls") == len(corpus.blocks)
    tasks = json.loads((tmp_path / "ls" / "tasks.json").read_text("utf-8"))
    configuration = (tmp_path / "ls" / "label-config.xml").read_text("utf-8")
    labels = {label.get("value") for label in ET.fromstring(configuration).iter("Label")}
    names = 0
    for task in tasks:
        text = task["data"]["text"]
        assert all(text[token["start"] : token["end"]] == token["text"] for token in task["data"]["tokens"])
        for result in (result for prediction in task.get("predictions", []) for result in prediction["result"]):
            value = result["value"]
            assert text[value["start"] : value["end"]] == value["text"] and set(value["labels"]) <= labels
            names += 1
    assert names == len(corpus.entities)
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface(configuration)
    interface.validate()
    assert all(interface.validate_task({"data": task["data"]}) for task in tasks)
    assert all(interface.validate_prediction(found) for task in tasks for found in task.get("predictions", []))


def test_tasks_of_prodigy_have_spans_on_tokens(corpus: Corpus) -> None:
    tasks = [json.loads(line) for line in exported(corpus, "prodigy").splitlines()]
    assert [task["text"] for task in tasks] == list(corpus.blocks["text"])
    spans = 0
    for task in tasks:
        assert [token["id"] for token in task["tokens"]] == list(range(len(task["tokens"])))
        for token in task["tokens"]:
            assert task["text"][token["start"] : token["end"]] == token["text"]
        for span in task["spans"]:
            assert (task["tokens"][span["token_start"]]["start"], task["tokens"][span["token_end"]]["end"]) == (
                span["start"],
                span["end"],
            )
            spans += 1
    assert spans == len(corpus.entities)


def test_tei_has_names_notes_and_what_is_known_of_the_work(corpus: Corpus) -> None:
    root = ET.fromstring(exported(corpus, "tei"))
    story = next(document for document in root.findall(TEI + "TEI") if document.get("n") == "хикая")
    header = story.find(TEI + "teiHeader")
    assert header is not None
    assert [e.text for e in header.findall(f".//{TEI}titleStmt/*")] == ["Ауыл", "А. Б."]
    assert header.findtext(f".//{TEI}licence") == "CC BY 4.0"
    assert header.findtext(f".//{TEI}bibl/{TEI}date") == "1928"
    assert {e.get("type"): e.text for e in header.iter(TEI + "term")}["genre"] == "әңгіме"
    names = [" ".join("".join(e.itertext()).split()) for e in root.iter(TEI + "name")]
    assert sorted(names) == sorted(corpus.entities["text"])
    assert list(story.iter(TEI + "note"))[-1].get("{http://www.w3.org/XML/1998/namespace}id")


def test_tei_has_verse_in_lines_and_the_beginnings_of_pages(tmp_path: Path) -> None:
    (tmp_path / "бет.txt").write_text("".join(f"{EVENING} Бұл {n}-күн еді.\n\n{n}\n\f" for n in range(1, 6)), "utf-8")
    (tmp_path / "өлең.fb2").write_text(POEM, "utf-8")
    run(tmp_path, tmp_path / "clean", workers=1)
    corpus = Corpus(tmp_path / "clean")
    root = ET.fromstring(exported(corpus, "tei"))
    paged = corpus.blocks.dropna(subset="page").drop_duplicates(["doc_id", "page"])
    assert [e.get("n") for e in root.iter(TEI + "pb")] == [str(int(page)) for page in paged["page"]] != []
    groups = [["".join(line.itertext()).strip() for line in group] for group in root.iter(TEI + "lg")]
    assert groups == [["Сары дала самалды,", "Түнде жұлдыз жанады."]]


def test_conllu_has_metadata_and_names(corpus: Corpus, tmp_path: Path) -> None:
    text = exported(corpus, "conllu")
    assert "# newdoc id = хикая\n# doc_title = Ауыл\n" in text and "# doc_автор = А. Б.\n" in text
    assert len(re.findall(r"\|NER=B-", text)) == len(corpus.entities)
    udtools = pytest.importorskip("udtools")
    (tmp_path / "корпус.conllu").write_text(text, "utf-8")
    assert udtools.Validator(lang="kk", level=3).validate_files([str(tmp_path / "корпус.conllu")]).passed()
