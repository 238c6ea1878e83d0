"""Learns the weights that names are found by, from the validation part of KazNERD (CC BY 4.0), and measures them.

    python tools/names/train.py DATA                     writes src/kz_textkit/names/data/weights.npz
    python tools/names/train.py DATA --cross-validate    measures: five folds of neighbouring sentences, each tagged by the other four

DATA is a folder with `kaznerd/IOB2_valid.txt`. Lemmas, parts of speech and features are those that our own annotation gives.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from spacy.tokens import Doc

import kz_textkit as kz
from kz_textkit.names.gazetteer import load_gazetteer
from kz_textkit.names.signs import OFFSETS, Word, number, pair_keys, place_keys, sentence_keys, word_signs
from kz_textkit.names.tagger import NameTagger, NameWeights, load_weights, spans_of

TARGET = Path(__file__).resolve().parents[2] / "src" / "kz_textkit" / "names" / "data" / "weights.npz"
FOLDS = 5
L2 = 0.06
ITERATIONS = 120
LEAST_WEIGHT = 0.04
"""Weights nearer to zero are left out: they decide nothing."""

Sentence = tuple[list[Word], list[str]]


def sentences_of(data: Path) -> list[Sentence]:
    """The sentences of KazNERD, with our analyses and its labels."""
    text = (data / "kaznerd" / "IOB2_valid.txt").read_text(encoding="utf-8")
    rows = [[line.split() for line in part.splitlines() if line.strip()] for part in text.split("\n\n")]
    rows = [part for part in rows if part]
    nlp = kz.load()
    docs = (Doc(nlp.vocab, words=[r[0] for r in part], sent_starts=[i == 0 for i in range(len(part))]) for part in rows)
    tagged = nlp.get_pipe("kk_morphology").pipe(docs)
    words = ([Word(t.text, t.lemma_, t.pos_, str(t.morph)) for t in doc] for doc in tagged)
    return [(own, [r[-1] for r in part]) for own, part in zip(words, rows, strict=True)]


def keys_of(words: Sequence[Word]) -> list[list[str]]:
    """The keys of each word, as text."""
    gazetteer = load_gazetteer()
    signs = [word_signs(word, gazetteer) for word in words]
    keys: list[list[str]] = [[] for _ in words]
    for i in range(len(words)):
        for offset in OFFSETS:
            if 0 <= i + offset < len(words):
                keys[i] += map(str, place_keys(signs[i + offset], -offset).tolist())
    lemmas, parts, shapes = np.array([[number(own[k]) for k in (1, 2, 3)] for own in signs], dtype=np.uint64).T
    for found, skipped, _ in pair_keys(lemmas, parts, shapes):
        for i, key in enumerate(found.tolist(), skipped):
            keys[i].append(str(key))
    for i, found in sentence_keys(words, gazetteer):
        keys[i] += map(str, found.tolist())
    return keys


def learn(sentences: Sequence[Sentence], target: Path) -> None:
    """Learn weights from sentences and write them to a file."""
    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    for words, labels in sentences:
        trainer.append(keys_of(words), labels)
    trainer.set_params({"c1": 0.0, "c2": L2, "max_iterations": ITERATIONS, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model"
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    labels = list(info.labels)
    index = {label: i for i, label in enumerate(labels)}
    transitions = np.full((len(labels), len(labels)), 0, dtype=np.float32)
    for (start, end), weight in info.transitions.items():
        transitions[index[start], index[end]] = weight
    entries = sorted(
        (int(key), index[label], weight) for (key, label), weight in info.state_features.items() if abs(weight) >= LEAST_WEIGHT
    )
    keys, counts = np.unique(np.array([entry[0] for entry in entries], dtype=np.uint64), return_counts=True)
    values = np.array([entry[2] for entry in entries])
    scale = float(np.abs(values).max()) / 127
    np.savez_compressed(
        target,
        labels=np.array(labels),
        keys=keys,
        counts=counts.astype(np.uint8),
        of_labels=np.array([entry[1] for entry in entries], dtype=np.uint8),
        values=np.rint(values / scale).astype(np.int8),
        scale=np.float32(scale),
        transitions=transitions,
    )


def weights_in(path: Path) -> NameWeights:
    """The weights of a file."""
    return load_weights(path.read_bytes())


def measure(gold: Sequence[Sentence], tagger: NameTagger, counts: Counter[tuple[str, str]]) -> None:
    """Add right, wrong and missed names by class to `counts`."""
    for (_, labels), found in zip(gold, tagger.labels([words for words, _ in gold]), strict=True):
        wanted, got = set(spans_of(labels)), set(spans_of(found))
        counts.update((span[2], "right") for span in wanted & got)
        counts.update((span[2], "wrong") for span in got - wanted)
        counts.update((span[2], "missed") for span in wanted - got)


def print_scores(counts: Counter[tuple[str, str]]) -> None:
    """Precision, recall and F1 by class and over all."""
    classes = sorted({label for label, _ in counts}, key=lambda label: -(counts[label, "right"] + counts[label, "missed"]))
    rows = [(label, *(counts[label, kind] for kind in ("right", "wrong", "missed"))) for label in classes]
    rows.append(("all", *(sum(row[k] for row in rows) for k in (1, 2, 3))))
    for label, right, wrong, missed in rows:
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        score = 2 * right / max(1, 2 * right + wrong + missed)
        print(f"{label:16} {right + missed:6} names  P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}")


def main() -> None:
    """Learns or measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(FOLDS)), help="of the five, those to measure")
    arguments = parser.parse_args()
    sentences = sentences_of(arguments.data)
    if not arguments.cross_validate:
        learn(sentences, TARGET)
        return
    counts: Counter[tuple[str, str]] = Counter()
    size = len(sentences)
    for fold in arguments.folds:
        first, last = fold * size // FOLDS, (fold + 1) * size // FOLDS
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "weights.npz")
            learn(sentences[:first] + sentences[last:], path)
            measure(sentences[first:last], NameTagger(weights_in(path), load_gazetteer()), counts)
        print_scores(counts)


if __name__ == "__main__":
    main()
