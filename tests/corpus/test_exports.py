"""Exports: what is in the corpus arrives in every format, as other programs read it, whatever the text has in it."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin
from spacy.training import Corpus as TrainingCorpus
from typer.testing import CliRunner

from kz_textkit.cli import app
from kz_textkit.corpus import Corpus
from kz_textkit.corpus.export import EXPORT_FORMATS, FOLDER_FORMATS, TEXT_FORMATS, export, export_to_file
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.batch import run

TEXT = """1-дәріс. Су туралы

Су – тіршілік көзі. Оны 5%-ға үнемдеуге болады, т.б. амалдар да бар! «Қайдан?» – деді ол (1945 ж.).

1. бұлақ суы;
2. өзен суы;
3. көл суы.

2-дәріс. Жер туралы

Ҥлкен жердің ӛз байлығы бар.
"""

HOSTILE = """Қатерлі белгілер

Мәтінде <p onclick="x"> & &amp; </s> деген таңбалар бар, ]]> белгісі де, "тырнақша" да, <g/> да бар. Бірақ ол – кәдімгі сөйлем.
\x07Қоңырау \x1b[31mқызыл\x1b[0m \ufffe таңба, 𐰴𐰔𐰴 жазуы, =1+1 деген формула да осында.
"""

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("export")
    (folder / "raw").mkdir()
    (folder / "raw" / "су мен жер.txt").write_text(TEXT, encoding="utf-8")
    (folder / "raw" / 'қатерлі "&<>.txt').write_text(HOSTILE, encoding="utf-8")
    run(folder / "raw", folder / "clean", workers=1)
    return Corpus(folder / "clean")


def exported(corpus: Corpus, format: str) -> str:
    stream = io.StringIO()
    export(corpus, format, stream)
    return stream.getvalue()


def legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def tei_sentences(root: ET.Element) -> Iterator[str]:
    for sentence in root.iter(TEI + "s"):
        yield "".join(sentence.itertext())


def test_tei_has_every_sentence_and_token(corpus: Corpus) -> None:
    root = ET.fromstring(exported(corpus, "tei"))
    assert root.tag == TEI + "teiCorpus" and len(root.findall(TEI + "TEI")) == 2
    assert list(tei_sentences(root)) == [legal(text) for text in corpus.sentences["text"]]
    words = [e for e in root.iter() if e.tag in (TEI + "w", TEI + "pc")]
    assert [e.text for e in words] == [legal(form) for form in corpus.tokens["form"]]
    assert [e.get("lemma", "") for e in words] == [legal(lemma) for lemma in corpus.tokens["lemma"]]


def test_join_and_spaces_of_tei_say_the_same(corpus: Corpus) -> None:
    root = ET.fromstring(exported(corpus, "tei"))
    for sentence in root.iter(TEI + "s"):
        text, glued = "", True
        for word in sentence:
            join = word.get("join", "no")
            text += "" if glued or join in ("left", "both") else " "
            text += word.text or ""
            glued = join in ("right", "both")
        assert text == "".join(sentence.itertext())


def test_tei_nests_what_the_guidelines_allow_to_nest(corpus: Corpus) -> None:
    root = ET.fromstring(exported(corpus, "tei"))
    children = {parent.tag.removeprefix(TEI): set() for parent in root.iter()}
    for parent in root.iter():
        children[parent.tag.removeprefix(TEI)] |= {child.tag.removeprefix(TEI) for child in parent}
    assert children["TEI"] == {"teiHeader", "text"} and children["text"] == {"body"} and children["body"] == {"div"}
    assert children["div"] <= {"head", "p", "list", "ab", "note", "div"} and children["list"] == {"item"}
    assert children["p"] == children["head"] == children["item"] == {"s"} and children["s"] == {"w", "pc"}
    for division in root.iter(TEI + "div"):
        kinds = [child.tag.removeprefix(TEI) for child in division]
        assert kinds == sorted(kinds, key=lambda kind: {"head": 0, "div": 2}.get(kind, 1))


def test_tei_header_names_source_and_changes(corpus: Corpus) -> None:
    documents = ET.fromstring(exported(corpus, "tei")).findall(TEI + "TEI")
    by_id = {document.get("n"): document for document in documents}
    assert list(by_id) == corpus.documents["doc_id"].tolist()
    header = by_id["су мен жер"].find(TEI + "teiHeader")
    row = corpus.documents.set_index("doc_id").loc["су мен жер"]
    assert header is not None
    assert header.findtext(f".//{TEI}idno") == row["sha256"]
    assert header.findtext(f".//{TEI}note[@type='encoding']") == "utf-8"
    assert {e.get("type"): e.get("n") for e in header.iter(TEI + "change")}["legacy_letter"] == "2"


def test_ids_of_tei_are_names_and_lead_to_the_tables(corpus: Corpus) -> None:
    ids = [e.get(XML_ID) for e in ET.fromstring(exported(corpus, "tei")).iter() if e.get(XML_ID)]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"d\d+(-[sbn]\d+)?", i or "") for i in ids)
    assert {(i or "").split("-")[1] for i in ids if "-b" in (i or "")} == set(corpus.blocks["block_id"])


def test_a_vertical_file_has_one_token_a_line_inside_whole_structures(corpus: Corpus) -> None:
    text = exported(corpus, "vrt")
    tokens, open_tags = [], list[str]()
    for line in text.splitlines():
        if line.startswith("</"):
            assert open_tags.pop() == line[2:-1]
        elif line.startswith("<") and line != "<g/>":
            ET.fromstring(line + line.replace("<", "</").split()[0].rstrip(">") + ">")
            open_tags.append(line[1:].split()[0].rstrip(">"))
        elif line != "<g/>":
            assert open_tags == ["doc", "section", "p", "s"]
            tokens.append(line.split("\t"))
    assert open_tags == [] and {len(columns) for columns in tokens} == {4}
    assert [ET.fromstring(f"<w>{columns[0]}</w>").text for columns in tokens] == list(map(legal, corpus.tokens["form"]))


def test_glue_stands_where_there_is_no_space_within_a_sentence(corpus: Corpus) -> None:
    lines = exported(corpus, "vrt").splitlines()
    assert sum(line == "<g/>" for line in lines) == sum(
        not space for _, found in corpus.tokens.groupby(["doc_id", "sentence_id"]) for space in found["space_after"].iloc[:-1]
    )
    assert all(not lines[i + 1].startswith("</") for i, line in enumerate(lines) if line == "<g/>")


def test_json_lines_have_blocks_with_offsets_that_hold(corpus: Corpus) -> None:
    rows = [json.loads(line) for line in exported(corpus, "jsonl").split("\n")[:-1]]
    assert [row["text"] for row in rows] == corpus.blocks["text"].tolist()
    assert len({tuple(row) for row in rows}) == 1
    tokens = 0
    for row in rows:
        for sentence in row["sentences"]:
            for token in sentence["tokens"]:
                assert row["text"][token["start"] : token["end"]] == token["form"]
                tokens += 1
    assert tokens == len(corpus.tokens)
    raw = {"су мен жер": TEXT, "қатерлі _&__": HOSTILE}
    assert all(raw[row["doc_id"]][row["raw_start"]] == row["text"][0] for row in rows if row["kind"] == "heading")


def test_spacy_reads_docs_with_their_sections(corpus: Corpus, tmp_path: Path) -> None:
    assert export_to_file(corpus, "spacy", tmp_path / "корпус.spacy") == 2
    nlp = spacy.blank("kk")
    docs = list(DocBin().from_disk(tmp_path / "корпус.spacy").get_docs(nlp.vocab))
    assert [doc.user_data["doc_id"] for doc in docs] == corpus.documents["doc_id"].tolist()
    assert [token.text for doc in docs for token in doc] == corpus.tokens["form"].tolist()
    assert [token.lemma_ for doc in docs for token in doc] == corpus.tokens["lemma"].tolist()
    assert {span.id_ for span in docs[0].spans["blocks"]} == set(corpus.blocks.loc[corpus.blocks["doc_id"] == "су мен жер", "block_id"])


def test_spacy_reads_a_folder_of_parts(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kz_textkit.corpus.export_spacy.PART_TOKENS", 1)
    assert export_to_file(corpus, "spacy", tmp_path / "бөліктер") == 2
    names = sorted(path.name for path in (tmp_path / "бөліктер").iterdir())
    assert names == [".kz-textkit", "part-00000.spacy", "part-00001.spacy"]
    assert sum(1 for _ in TrainingCorpus(tmp_path / "бөліктер")(spacy.blank("kk"))) == 2


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_an_export_is_the_same_each_time_and_whole_or_not_there(corpus: Corpus, format: str, tmp_path: Path) -> None:
    for folder in ("бірінші", "екінші"):
        (tmp_path / folder).mkdir()
        export_to_file(corpus, format, tmp_path / folder / "корпус.spacy")
        assert [path.name for path in (tmp_path / folder).iterdir()] == ["корпус.spacy"]
    assert files_in(tmp_path / "бірінші") == files_in(tmp_path / "екінші") != {}
    export_to_file(corpus, format, tmp_path / "екінші" / "корпус.spacy")
    assert files_in(tmp_path / "бірінші") == files_in(tmp_path / "екінші")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("format", FOLDER_FORMATS)
def test_a_folder_with_other_files_in_it_is_left_alone(corpus: Corpus, format: str, tmp_path: Path) -> None:
    (tmp_path / "менің.txt").write_text("қымбат", "utf-8")
    with pytest.raises(UsageError, match="nothing was touched"):
        export_to_file(corpus, format, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["менің.txt"]


@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_the_command_prints_what_the_file_would_hold(corpus: Corpus, format: str, tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["export", str(corpus.path), "--format", format])
    written = CliRunner().invoke(app, ["export", str(corpus.path), "-f", format, "-o", str(tmp_path / "корпус")])
    assert (printed.exit_code, written.exit_code, written.output) == (0, 0, "")
    assert printed.stdout == (tmp_path / "корпус").read_text("utf-8") != ""


def test_what_cannot_be_exported_is_said_in_one_line(corpus: Corpus, tmp_path: Path) -> None:
    for arguments in (["-f", "spacy"], ["-f", "docx"], ["-f", "tei", "-o", str(tmp_path)], ["-f", "vrt", "-o", "/жоқ/жер.vrt"]):
        result = CliRunner().invoke(app, ["export", str(corpus.path), *arguments])
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), arguments
    with pytest.raises(UsageError):
        export(corpus, "spacy", io.StringIO())
