"""Learns the weights of the parser from UD_Kazakh-KTB, with the tags that our own annotation gives, and measures it.

    python tools/syntax/train.py DATA                            writes src/kz_textkit/syntax/data/weights.npz
    python tools/syntax/train.py DATA --cross-validate           scores, each part of the documents held out once
    python tools/syntax/train.py DATA --cross-validate --folds 5 scores, each fifth of neighbouring sentences held out once
    python tools/syntax/train.py DATA --raw                      scores on raw text: tokens, sentences, tags and trees all ours

DATA is a folder with `ktb/kk_ktb-dev.conllu` and what `tools/morphology/train.py` reads. The tags of each document are those of a
model that has not seen it (jackknifing), after both policies of annotation; making them takes some minutes, and `--tags FILE` keeps
them for the next time. Heads are learnt by the probability that a log-linear model gives the gold head among all words of the sentence,
relations by that of the gold relation among all, both with a quadratic penalty.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import spacy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from spacy.tokens import Doc

from kz_textkit.annotation.evaluate import doc_to_conllu, documents_of, read_conllu
from kz_textkit.annotation.evaluate import score as score_conllu
from kz_textkit.morphology.disambiguation import Disambiguator
from kz_textkit.morphology.policy import as_treebank, to_house
from kz_textkit.syntax.arcs import ARC_TEMPLATES, BITS, LABEL_BITS, arc_places, label_places, layout_of
from kz_textkit.syntax.parser import Parser, ParserWeights, as_thousandths, save_weights
from kz_textkit.syntax.words import ROOT, Word, properties

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "morphology"))

from train import jackknifed, models, part_of

TARGET = Path(__file__).resolve().parents[2] / "src" / "kz_textkit" / "syntax" / "data" / "weights.npz"
PENALTY = 1.0
STEPS = 30
BLOCK = 10
"""Neighbouring sentences that are in one fold."""

Doubles = npt.NDArray[np.float64]


class Sentence(NamedTuple):
    """A sentence of the treebank: its tokens, the place of each one's head (from 1, 0 for the root), and its relation."""

    document: str
    words: tuple[Word, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def read_treebank(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file. A token of several words depends as that word of it does whose head is outside."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        document, tokens, last, form = "", list[tuple[str, list[list[str]]]](), 0, ""
        for line in block.splitlines():
            columns = line.split("\t")
            if line.startswith("# sent_id"):
                document = line.partition("=")[2].strip().partition(":")[0]
            if len(columns) != 10 or "." in columns[0]:
                continue
            if "-" in columns[0]:
                last, form = int(columns[0].partition("-")[2]), columns[1]
            elif int(columns[0]) <= last and not form:
                tokens[-1][1].append(columns)
            else:
                tokens.append((form or columns[1], [columns]))
                form = ""
        token_of = {"0": 0, **{word[0]: i for i, (_, words) in enumerate(tokens, 1) for word in words}}
        outer = [next((word for word in words if token_of[word[6]] != i), words[0]) for i, (_, words) in enumerate(tokens, 1)]
        if tokens:
            plain = (Word(form, w[0][2], w[0][3], "" if w[0][5] == "_" else w[0][5]) for form, w in tokens)
            found.append(Sentence(document, tuple(plain), tuple(token_of[w[6]] for w in outer), tuple(w[7] for w in outer)))
    return found


def tagged(sentences: Sequence[Sentence], readings: Iterable[Sequence[Sequence[str]]]) -> list[list[Sentence]]:
    """The sentences with the tags of these readings (lemma, part of speech, features): after the treebank's policy, and after ours."""
    both = []
    for sentence, chosen in zip(sentences, readings, strict=True):
        plain = tuple(Word(word.form, *reading[:3]) for word, reading in zip(sentence.words, chosen, strict=True))
        house = tuple(Word(word.form, *to_house(*word[1:])) for word in plain)
        both.append([sentence._replace(words=plain), sentence._replace(words=house)])
    return both


def rows_of(words: Sequence[Word]) -> npt.NDArray[np.uint32]:
    """The properties of the root and the words."""
    return np.array([properties(word) for word in (ROOT, *words)], dtype=np.uint32)


class Examples(NamedTuple):
    """What is learnt from."""

    sentences: list[Sentence]
    importance: Doubles
    """Of each word."""


def examples_of(tagged_both: Iterable[Sequence[Sentence]]) -> Examples:
    """Each sentence once, or, where the policies of annotation differ in it, twice with half the importance."""
    sentences, importance = [], []
    for first, second in tagged_both:
        chosen = [first] if first == second else [first, second]
        sentences += chosen
        importance += [1 / len(chosen)] * len(first.words) * len(chosen)
    return Examples(sentences, np.array(importance))


def _sparse(places: npt.NDArray[np.uint32]) -> tuple[Any, npt.NDArray[np.uint32]]:
    """Features by example as a matrix, and which place in the table each column is."""
    used, flat = np.unique(places.ravel(), return_inverse=True)
    rows, width = places.shape
    ones = np.ones(flat.size, dtype=np.float32)
    return csr_matrix((ones, flat.ravel().astype(np.int32), np.arange(rows + 1) * width), shape=(rows, len(used))), used


def _apart(templates: Iterable[npt.NDArray[np.uint32]]) -> list[npt.NDArray[np.uint32]]:
    """Places in the table of all templates."""
    return [places + np.uint32(number << BITS) for number, places in enumerate(templates)]


def fit_arcs(examples: Examples) -> npt.NDArray[np.int16]:
    """Weights of arcs."""
    places, starts, right, count = [], [], [], 0
    for sentence in examples.sentences:
        found = np.stack(_apart(arc_places(layout_of([rows_of(sentence.words)]))))[:, 0]
        size = found.shape[1]
        for word, gold in enumerate(sentence.heads, 1):
            others = [head for head in range(size) if head != word]
            places.append(found[:, word, others].T)
            starts.append(count)
            right.append(count + others.index(gold))
            count += len(others)
    features, used = _sparse(np.concatenate(places))
    transposed = features.T.tocsr()
    begins, gold_rows = np.array(starts), np.array(right)
    spans = np.diff(np.append(begins, count))
    gold_share = np.zeros(count)
    gold_share[gold_rows] = 1.0
    by_row = np.repeat(examples.importance, spans)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = features @ weights
        top = np.maximum.reduceat(scores, begins)
        share = np.exp(scores - np.repeat(top, spans))
        total = np.add.reduceat(share, begins)
        share /= np.repeat(total, spans)
        value = float(examples.importance @ (np.log(total) + top - scores[gold_rows])) + 0.5 * PENALTY * float(weights @ weights)
        return value, transposed @ (by_row * (share - gold_share)) + PENALTY * weights

    table = np.zeros(len(ARC_TEMPLATES) << BITS)
    table[used] = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return as_thousandths(table.reshape(len(ARC_TEMPLATES), -1))


def fit_labels(examples: Examples, relations: Sequence[str]) -> npt.NDArray[np.int16]:
    """Weights of relations."""
    found, gold = [], list[int]()
    for sentence in examples.sentences:
        heads = np.array([[0, *sentence.heads]])
        found.append(np.stack(label_places(layout_of([rows_of(sentence.words)]), heads, LABEL_BITS))[:, 0, 1:].T)
        gold += [relations.index(name) for name in sentence.relations]
    features, used = _sparse(np.concatenate(found))
    transposed = features.T.tocsr()
    count, every = len(gold), np.arange(len(gold))
    importance = examples.importance[:, None]

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(-1, len(relations))
        scores = features @ weights
        top = scores.max(axis=1, keepdims=True)
        share = np.exp(scores - top)
        total = share.sum(axis=1, keepdims=True)
        value = float((importance * (np.log(total) + top - scores[every, gold][:, None])).sum()) + 0.5 * PENALTY * float(flat @ flat)
        share /= total
        share[np.arange(count), gold] -= 1.0
        return value, (transposed @ (importance * share) + PENALTY * weights).ravel()

    table = np.zeros((2**LABEL_BITS, len(relations)))
    start = np.zeros(len(used) * len(relations))
    table[used] = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x.reshape(-1, len(relations))
    return as_thousandths(table)


def learn(both: Sequence[Sequence[Sentence]], relations: Sequence[str]) -> ParserWeights:
    """The weights that fit these sentences."""
    examples = examples_of(both)
    return ParserWeights(fit_arcs(examples), tuple(relations), fit_labels(examples, relations))


def cross_validate(both: Sequence[Sequence[Sentence]], relations: Sequence[str], folds: Sequence[int]) -> None:
    """Prints shares of right heads and right arcs of each fold and over all, tagged after the treebank's policy and after ours."""
    totals = np.zeros((2, 4))
    for fold in sorted(set(folds)):
        parser = Parser(learn([s for s, f in zip(both, folds, strict=True) if f != fold], relations))
        unseen = [s for s, f in zip(both, folds, strict=True) if f == fold]
        for policy in (0, 1):
            sentences = [s[policy] for s in unseen]
            counts = _counts(sentences, parser.parse([s.words for s in sentences]))
            totals[policy] += counts
            print(f"fold {fold}, {('ktb', 'house')[policy]}: {_shown(counts)}", flush=True)
    for policy in (0, 1):
        print(f"all, {('ktb', 'house')[policy]}: {_shown(totals[policy])}")


def score_raw(data: Path, sentences: Sequence[Sentence], both: Sequence[Sequence[Sentence]], relations: Sequence[str]) -> None:
    """Prints scores as in the CoNLL shared task of 2018, each part of the documents as raw text, by models that have not seen it."""
    nlp = spacy.blank("kk")
    nlp.add_pipe("kk_sentences")
    documents = list(documents_of(read_conllu(data / "ktb" / "kk_ktb-dev.conllu")))
    names = [d[0].comments["sent_id"].partition(":")[0] for d in documents]
    counts: Counter[tuple[str, str]] = Counter()
    for part, model, _ in models(data):
        parser = Parser(learn([b for b, s in zip(both, sentences, strict=True) if part_of(s.document, ()) != part], relations))
        gold = [d for d, name in zip(documents, names, strict=True) if part_of(name, ()) == part]
        system = []
        for doc in nlp.pipe(" ".join(s.text for s in d) for d in gold):
            _annotate(doc, model, parser)
            system += doc_to_conllu(doc)
        for metric, score in score_conllu([s for d in gold for s in d], system).by_metric.items():
            for name in ("gold", "system", "correct"):
                counts[metric, name] += getattr(score, name)
    for metric in dict.fromkeys(metric for metric, _ in counts):
        right, known, found = (counts[metric, name] for name in ("correct", "gold", "system"))
        print(f"{metric}: F1 {2 * right / (known + found):.4f} of {known}")


def _annotate(doc: Doc, model: Disambiguator, parser: Parser) -> None:
    """Gives a Doc the tags of a model, in the treebank's terms, and the trees of a parser."""
    spans = [[t for t in span if not t.is_space] for span in doc.sents]
    chosen = model.choose([[t.text for t in span] for span in spans], [0] * len(spans))
    rows = [
        [Word(t.text, *as_treebank(*r[:3])) for t, r in zip(span, own, strict=True)] for span, own in zip(spans, chosen, strict=True)
    ]
    for span, words, parse in zip(spans, rows, parser.parse(rows), strict=True):
        for token, word, (head, relation) in zip(span, words, parse, strict=True):
            token.lemma_, token.pos_ = word.lemma, word.upos
            token.set_morph(word.feats)
            token.head, token.dep_ = span[head - 1] if head else token, "ROOT" if relation == "root" else relation


def _counts(sentences: Sequence[Sentence], parses: Sequence[Sequence[tuple[int, str]]]) -> Doubles:
    """Words, right heads, right heads with right universal relation, right heads with right relation."""
    counts = np.zeros(4)
    for sentence, parse in zip(sentences, parses, strict=True):
        for gold_head, gold, (head, found) in zip(sentence.heads, sentence.relations, parse, strict=True):
            right = head == gold_head
            counts += 1, right, right and gold.partition(":")[0] == found.partition(":")[0], right and gold == found
    return counts


def _shown(counts: Doubles) -> str:
    words, heads, universal, full = counts
    return f"{words:.0f} tokens, UAS {heads / words:.4f}, LAS {universal / words:.4f}, with subtypes {full / words:.4f}"


def main() -> None:
    """Learns or measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--raw", action="store_true", help="measure on raw text")
    parser.add_argument("--folds", type=int, help="so many parts of neighbouring sentences instead of parts of documents")
    parser.add_argument("--tags", type=Path, help="a file to keep the jackknifed tags in")
    arguments = parser.parse_args()
    sentences = read_treebank(arguments.data / "ktb" / "kk_ktb-dev.conllu")
    if arguments.tags and arguments.tags.exists():
        readings = json.loads(arguments.tags.read_text(encoding="utf-8"))
    else:
        readings = [[reading[:3] for reading in chosen] for chosen in jackknifed(arguments.data)]
        if arguments.tags:
            arguments.tags.write_text(json.dumps(readings, ensure_ascii=False), encoding="utf-8")
    both = tagged(sentences, readings)
    relations = sorted({name for sentence in sentences for name in sentence.relations})
    if arguments.raw:
        score_raw(arguments.data, sentences, both, relations)
    elif arguments.cross_validate:
        documents = sorted({s.document for s in sentences})
        by_document = [part_of(s.document, documents) for s in sentences]
        in_blocks = [i // BLOCK % (arguments.folds or 1) for i in range(len(sentences))]
        cross_validate(both, relations, in_blocks if arguments.folds else by_document)
    else:
        TARGET.parent.mkdir(exist_ok=True)
        save_weights(learn(both, relations), TARGET)
        print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
