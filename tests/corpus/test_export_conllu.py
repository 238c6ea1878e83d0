"""CoNLL-U export: what is in the corpus arrives in the file, and the file passes the validator of Universal Dependencies."""

import io
from pathlib import Path

import pytest

from kz_textkit.annotation.evaluate import parse_conllu
from kz_textkit.corpus import Corpus
from kz_textkit.corpus.export_conllu import write_conllu
from kz_textkit.pipeline.batch import run

TEXT = """АУЫЛДЫҢ ТАҢЫ

Таң атты. Қораның қақпасы ашылды, т.б. мал өріске шықты! «Қайда барасың?» – деді атам (1945 ж.т.).

1-дәріс. Су туралы

Су – тіршілік көзі. Оны 5%-ға үнемдеуге болады...
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "ауыл таңы.txt").write_text(TEXT, encoding="utf-8")
    run(tmp_path / "raw", tmp_path / "clean", workers=1)
    return Corpus(tmp_path / "clean")


def exported(corpus: Corpus) -> str:
    stream = io.StringIO()
    assert write_conllu(corpus, stream) == len(corpus.sentences)
    return stream.getvalue()


def test_sentences_tokens_and_spaces_are_those_of_the_corpus(corpus: Corpus) -> None:
    found = list(parse_conllu(exported(corpus)))
    assert [s.text for s in found] == corpus.sentences["text"].tolist()
    assert [t.form for s in found for t in s.tokens] == corpus.tokens["form"].tolist()
    for sentence in found:
        assert sentence.text == "".join(t.form + " " * t.space_after for t in sentence.tokens).rstrip()


def test_documents_and_paragraphs_begin_where_the_blocks_do(corpus: Corpus) -> None:
    found = list(parse_conllu(exported(corpus)))
    assert sum("newdoc id" in s.comments for s in found) == 1
    assert sum("newpar id" in s.comments for s in found) == corpus.sentences["block_id"].nunique()
    assert " " not in found[0].comments["newdoc id"]


def test_raw_offsets_and_sections_stand_in_misc(corpus: Corpus) -> None:
    lines = [line.split("\t")[9] for line in exported(corpus).splitlines() if line[:1].isdigit()]
    for misc, token in zip(lines, corpus.tokens.itertuples(), strict=True):
        values = dict(pair.split("=") for pair in misc.split("|"))
        assert (values["Section"], values["Block"]) == (token.section_id, token.block_id)
        assert TEXT[int(values["RawStart"]) : int(values["RawEnd"])] == TEXT[token.raw_start : token.raw_end] == token.form


def test_the_validator_of_universal_dependencies_accepts_it(corpus: Corpus) -> None:
    udtools = pytest.importorskip("udtools")
    path = corpus.path / "corpus.conllu"
    path.write_text(exported(corpus), encoding="utf-8")
    assert udtools.Validator(lang="kk", level=3).validate_files([str(path)]).passed()


@pytest.mark.slow
def test_tokens_of_several_words_are_ranges(tmp_path: Path) -> None:
    (tmp_path / "а.txt").write_text("Біз бәріміз дайынбыз. Ол үйде жоқ.\n", encoding="utf-8")
    run(tmp_path / "а.txt", tmp_path / "clean", workers=1)
    text = exported(Corpus(tmp_path / "clean"))
    rows = [line.split("\t") for line in text.splitlines() if line[:1].isdigit()]
    assert [(r[0], r[1], r[2], r[3]) for r in rows if "дайын" in r[1] or r[1] == "быз"] == [
        ("3-4", "дайынбыз", "_", "_"),
        ("3", "дайын", "дайын", "ADJ"),
        ("4", "быз", "е", "AUX"),
    ]
    assert [r[4] for r in rows if r[1] == "быз"] == ["cop"]
    udtools = pytest.importorskip("udtools")
    (tmp_path / "а.conllu").write_text(text, encoding="utf-8")
    assert udtools.Validator(lang="kk", level=3).validate_files([str(tmp_path / "а.conllu")]).passed()
