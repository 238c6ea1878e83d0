"""Scores: the definitions of CoNLL 2018, checked by hand and against the evaluation of udtools where that is installed."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.annotation.components import build_pipeline
from kz_textkit.annotation.evaluate import (
    ConlluSentence,
    ConlluToken,
    ConlluWord,
    Score,
    doc_to_conllu,
    documents_of,
    evaluate,
    read_conllu,
    score,
    universal_features,
)
from kz_textkit.errors import InputError

GOLD = """# newdoc id = a
# sent_id = a:1
# text = Балалы үй базар.
1-2\tБалалы\t_\t_\t_\t_\t_\t_\t_\t_
1\tбала\tбала\tNOUN\tn\t_\t3\tnmod\t_\t_
2\tлы\tлы\tADP\tpost\t_\t1\tcase\t_\t_
3\tүй\tүй\tNOUN\tn\tCase=Nom\t4\tnsubj\t_\t_
4\tбазар\tбазар\tNOUN\tn\tCase=Nom|Number[psor]=Sing\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\tsent\t_\t4\tpunct\t_\t_

# sent_id = b:1
# text = Ән сал.
1\tӘн\tән\tNOUN\tn\tCase=Nom\t2\tobj\t_\t_
2\tсал\tсал\tVERB\tv\tMood=Imp\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\tsent\t_\t2\tpunct\t_\t_

"""


def sentence(*tokens: str, upos: str = "NOUN", feats: str = "_") -> ConlluSentence:
    """A sentence of tokens; `бала+сыз` is a multi-word token."""
    made = []
    for token in tokens:
        words = tuple(ConlluWord(w, w.lower(), upos, feats) for w in token.split("+"))
        made.append(ConlluToken(token.replace("+", ""), words))
    return ConlluSentence(tuple(made))


@pytest.fixture
def gold_path(tmp_path: Path) -> Path:
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_gold_against_itself_is_perfect(gold_path: Path) -> None:
    gold = read_conllu(gold_path)
    assert [len(s.tokens) for s in gold] == [4, 3]
    assert all(s.f1 == 1.0 for s in score(gold, gold).by_metric.values())


def test_spans_and_tags_are_counted_apart() -> None:
    scores = score([sentence("Тау", "тас", "."), sentence("Су")], [sentence("Тау", "тас.", "Су", upos="VERB")])
    assert scores["Tokens"] == Score(4, 3, 2)
    assert scores["Sentences"] == Score(2, 1, 0)
    assert (scores["Words"].correct, scores["UPOS"].correct, scores["Lemmas"].correct) == (2, 0, 2)
    assert scores["Lemmas"].aligned_accuracy == 1.0


def test_a_surface_word_is_not_the_words_of_a_multiword_token() -> None:
    scores = score([sentence("Бала+сыз", "үй")], [sentence("Баласыз", "үй")])
    assert (scores["Tokens"].correct, scores["Words"].correct, scores["Words"].gold, scores["Words"].system) == (2, 1, 3, 2)


def test_layered_features_are_left_out_of_ufeats_only() -> None:
    scores = score([sentence("үйі", feats="Case=Nom|Number[psor]=Plur,Sing")], [sentence("үйі", feats="Case=Nom")])
    assert (scores["UFeats"].f1, scores["Feats"].f1, scores["UPOS+Feats"].f1) == (1.0, 0.0, 0.0)
    assert universal_features("_") == ""


def test_texts_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        score([sentence("тау")], [sentence("тас")])


def test_a_document_begins_where_the_name_in_sent_id_changes(gold_path: Path) -> None:
    assert [len(d) for d in documents_of(read_conllu(gold_path))] == [1, 1]


@pytest.mark.parametrize("gold_tokens", [False, True])
def test_a_pipeline_is_scored_from_raw_text_and_from_gold_tokens(gold_path: Path, gold_tokens: bool) -> None:
    frame = evaluate(build_pipeline(), gold_path, gold_tokens=gold_tokens).set_index("metric")
    assert frame.loc["Tokens", "f1"] == frame.loc["Sentences", "f1"] == 1.0
    assert frame.loc["Words", "correct"] == 6


def test_spaces_of_the_text_are_kept_in_conllu() -> None:
    (found,) = doc_to_conllu(build_pipeline()("Ән сал."))
    assert [(t.form, t.space_after) for t in found.tokens] == [("Ән", True), ("сал", False), (".", False)]
    assert found.text == "Ән сал."


def test_tokens_of_two_words_are_split() -> None:
    (found,) = doc_to_conllu(build_pipeline()("Біз дайынбыз."))
    assert [len(t.words) for t in found.tokens] == [1, 2, 1]
    assert [(w.form, w.lemma, w.upos) for w in found.tokens[1].words] == [("дайын", "дайын", "ADJ"), ("быз", "е", "AUX")]


@pytest.mark.parametrize("content", ["бұл кесте емес\n\n", ""])
def test_a_file_that_is_no_conllu_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.conllu"):
        evaluate(build_pipeline(), path, gold_tokens=True)


def segmentation(letters: str, cuts: list[int]) -> list[ConlluSentence]:
    """Sentences of the letters; cuts say what begins at a letter: 0 nothing, 1 a word in the token, 2 a token, 3 a sentence."""
    sentences = [[letters[0]]]
    for letter, cut in zip(letters[1:], cuts, strict=True):
        if cut == 3:
            sentences.append([letter])
        elif cut == 2:
            sentences[-1].append(letter)
        else:
            sentences[-1][-1] += ("+" if cut else "") + letter
    return [sentence(*s) for s in sentences]


def written(sentences: list[ConlluSentence]) -> io.StringIO:
    lines = []
    for s in sentences:
        number = 0
        for token in s.tokens:
            if len(token.words) > 1:
                lines.append(f"{number + 1}-{number + len(token.words)}\t{token.form}" + "\t_" * 8)
            for word in token.words:
                number += 1
                head = "0\troot" if number == 1 else "1\tdep"
                lines.append(f"{number}\t{word.form}\t{word.lemma}\t{word.upos}\t_\t_\t{head}\t_\t_")
        lines.append("")
    return io.StringIO("\n".join(lines) + "\n")


CUTS = st.lists(st.integers(0, 3), min_size=9, max_size=9)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="аб", min_size=10, max_size=10), CUTS, CUTS)
def test_scores_are_those_of_udtools(letters: str, gold_cuts: list[int], system_cuts: list[int]) -> None:
    udeval = pytest.importorskip("udtools.udeval")
    gold, system = segmentation(letters, gold_cuts), segmentation(letters, system_cuts)
    kind = dict.fromkeys(("enhanced", "no_gapping", "no_shared_parents_in_coordination", "no_shared_dependents_in_coordination"), 0)
    kind |= dict.fromkeys(
        ("no_control", "no_external_arguments_of_relative_clauses", "no_case_info", "no_empty_nodes", "multiple_roots_okay"), 0
    )
    expected = udeval.evaluate(*(udeval.load_conllu(written(s), None, kind) for s in (gold, system)))
    for metric in ("Tokens", "Sentences", "Words", "UPOS", "Lemmas"):
        mine = score(gold, system)[metric]
        assert (mine.precision, mine.recall, mine.f1) == pytest.approx(
            (expected[metric].precision, expected[metric].recall, expected[metric].f1)
        )
