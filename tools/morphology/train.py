"""Trains the disambiguation on a Universal Dependencies treebank, with the counts of KazNLP as further evidence, and measures it.

    python tools/morphology/train.py DATA                    writes data/disambiguation.npz and data/ktb_forms.tsv
    python tools/morphology/train.py DATA --cross-validate   scores, each document of the treebank held out once

DATA is a folder with `ktb/kk_ktb-dev.conllu` (UD_Kazakh-KTB: Tyers and Washington, *Towards a free/open-source universal-dependency
treebank for Kazakh*, 2015; Makazhanov and others, *Syntactic annotation of Kazakh: following the Universal Dependencies guidelines*,
2015) and `kaznlp/lkps` (word forms with their analyses and counts: Makhambetov and others, *Data-driven morphological analysis and
disambiguation for Kazakh*, 2015).

The loss is the negative logarithm of the probability that a log-linear model gives the gold reading among the analyser's, plus a
quadratic penalty. Words of KazNLP have no context and a tag set of their own, so each is an example without context features whose gold
is the set of readings that agree with it.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from apertium_tags import ApertiumSentence, ApertiumToken, article_stems, lemmas_agree, read_articles, upos_agrees
from disguise import DisguisedSentence, disguised
from kaznerd_names import NamedSentence, read_names
from kaznlp_tags import agrees
from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.disambiguation import SCALE, Disambiguator, save_weights
from kz_textkit.morphology.document_memory import lemma_keys, remembered
from kz_textkit.morphology.feature_hashing import BITS
from kz_textkit.morphology.features import context_features, context_of, type_features
from kz_textkit.morphology.lexicon import FLAGS, START_STATES, Entry
from kz_textkit.morphology.policy import as_treebank
from kz_textkit.morphology.readings import Memory, Readings
from kz_textkit.morphology.word_types import BOUNDARY, MARGIN, Indices, WordTypes
from lessons import LessonSentence, read_lessons
from paths import MORPHOLOGY

Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]

PENALTY = 3.0
OWN_PENALTY = 40.0
LEAST_COUNT = 2
KAZNLP_WEIGHT = 0.1
APERTIUM_WEIGHT = 0.6
NAMES_WEIGHT = 0.2
DISGUISED_WEIGHT = 0.15
LESSONS_WEIGHT = 1.0
LESSONS = Path(__file__).with_name("lessons.txt")
STEPS = 50


class GoldToken(NamedTuple):
    """A surface token of the treebank with its first word's annotation, and the words after it (`Reading.rest`)."""

    form: str
    lemma: str
    upos: str
    feats: str
    rest: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a reading must be to be right."""
        return self.lemma, self.upos, self.feats, self.rest

    def right(self, readings: Sequence[Reading]) -> list[bool]:
        """Which readings are right, or, where none is, nearly right."""
        tests: tuple[Callable[[Reading], bool], ...] = (
            lambda r: r[:4] == self.key,
            lambda r: r[1:4] == self.key[1:],
            lambda r: r[:2] == self.key[:2] and not self.rest,
        )
        return next((found for test in tests if any(found := [test(r) for r in readings])), [False] * len(readings))


class GoldSentence(NamedTuple):
    """A sentence and the document that it is from."""

    document: str
    tokens: tuple[GoldToken, ...]


Sentence = GoldSentence | ApertiumSentence | NamedSentence | DisguisedSentence | LessonSentence
SOURCE_WEIGHTS: dict[type[Sentence], float] = {
    GoldSentence: 1.0,
    ApertiumSentence: APERTIUM_WEIGHT,
    NamedSentence: NAMES_WEIGHT,
    DisguisedSentence: DISGUISED_WEIGHT,
    LessonSentence: LESSONS_WEIGHT,
}
"""Weight of an example by the source of its sentence."""


def read_treebank(path: Path, *, split: bool = False) -> list[GoldSentence]:
    """Sentences of a CoNLL-U file; the document is what stands before the first colon of `sent_id`.

    With `split`, the syntactic words of a multi-word token are tokens of their own.
    """
    sentences = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        document, tokens, span = "", list[GoldToken](), (0, 0, "")
        for line in block.splitlines():
            columns = line.split("\t")
            if line.startswith("# sent_id"):
                document = line.partition("=")[2].strip().partition(":")[0]
            if line.startswith("#") or len(columns) != 10 or "." in columns[0]:
                continue
            number, form, lemma, upos, _, feats = columns[:6]
            feats = "" if feats == "_" else feats
            if "-" in number:
                first, _, last = number.partition("-")
                span = (0, 0, "") if split else (int(first), int(last), form)
            elif span[0] < int(number) <= span[1]:
                rest = "+".join(filter(None, [tokens[-1].rest, f"{lemma}/{upos}/{feats}"]))
                tokens[-1] = tokens[-1]._replace(rest=rest)
            else:
                tokens.append(GoldToken(span[2] if int(number) == span[0] else form, lemma, upos, feats))
        if tokens:
            sentences.append(GoldSentence(document, tuple(tokens)))
    return sentences


def memory_of(sentences: Sequence[GoldSentence]) -> Memory:
    """The readings of every form of these sentences, the most frequent first; X only where no other is as frequent."""
    counts = Counter((t.form if t.upos == "PROPN" or t.form.isupper() else t.form.lower(), t.key) for s in sentences for t in s.tokens)
    memory: dict[str, tuple[tuple[str, str, str, str], ...]] = {}
    for (form, key), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if key[1] != "X" or form not in memory:
            memory[form] = (*memory.get(form, ()), key)
    return memory


def add_stems(analyzer: MorphAnalyzer, sentences: Sequence[Sentence]) -> None:
    """Adds the stems of these sentences to the analyser's dictionary, as the compiled dictionary has those of all."""
    for source, rows in (
        ("ktb", treebank_stems(s for s in sentences if isinstance(s, GoldSentence))),
        ("apertium", article_stems(s for s in sentences if isinstance(s, ApertiumSentence))),
    ):
        for lemma, upos, flag, count in rows:
            entry = Entry(lemma, upos, FLAGS.get(flag, ""), START_STATES[upos], math.log(1.0 + count), source)
            analyzer.lexicon.add(lemma, entry)


def treebank_stems(sentences: Iterable[GoldSentence]) -> list[tuple[str, str, str, int]]:
    """Lemma, part of speech, flag (`lexicon.FLAGS`) and count of the stems of the treebank."""
    flags = {feats: flag for flag, feats in FLAGS.items()}
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in sentences:
        for t in sentence.tokens:
            if t.upos in ("NOUN", "ADJ", "VERB", "ADV", "PROPN"):
                counts[t.lemma, t.upos, flags.get(next((f for f in t.feats.split("|") if f.startswith("Gender=")), ""), "")] += 1
    return [(*key, count) for key, count in counts.items()]


class Examples(NamedTuple):
    """Readings to choose from: those of one example stand side by side."""

    places: list[Indices]
    """Places of features in the table of weights: one row a feature, one column a reading; later ones only for the first columns."""
    starts: Indices
    """Where each example begins."""
    gold: npt.NDArray[np.bool_]
    """Whether the reading is right."""
    importance: Doubles
    """Weight of each example."""
    own: int = 0
    """How many readings, the first ones, are of the treebank, which has weights of its own beside those of all."""


class Corpus(NamedTuple):
    """Sentences as word types, and what is right in them."""

    tokens: Indices
    documents: Indices
    """The number of the document that each token is from."""
    places: Indices
    """The token that each reading is of, for tokens with a gold reading among several."""
    readings: Indices
    starts: Indices
    gold: npt.NDArray[np.bool_]
    importance: Doubles
    own: int
    """How many readings, the first ones, are of the treebank."""


def corpus_of(types: WordTypes, sentences: Sequence[Sentence]) -> Corpus:
    """The readings of the sentences' words, with what is right among them."""
    tokens, places, readings, starts, gold = [BOUNDARY] * MARGIN, list[int](), list[int](), list[int](), list[bool]()
    importance = list[float]()
    own = 0
    documents, numbers = [0] * MARGIN, dict[tuple[type[Sentence], str], int]()
    for place, sentence in enumerate(sentences):
        name = sentence.document if isinstance(sentence, GoldSentence | ApertiumSentence) else str(place)
        documents += [numbers.setdefault((type(sentence), name), len(numbers))] * (len(sentence.tokens) + MARGIN)
        weight = SOURCE_WEIGHTS[type(sentence)]
        for token in sentence.tokens:
            number = types.id_of(token.form)
            first, count = types.span(number)
            right = token.right(types.readings[first : first + count]) if count > 1 else []
            if any(right) and not all(right):
                starts.append(len(readings))
                readings.extend(range(first, first + count))
                places.extend([len(tokens)] * count)
                gold.extend(right)
                importance.append(weight)
            tokens.append(number)
        tokens.extend([BOUNDARY] * MARGIN)
        if isinstance(sentence, GoldSentence):
            own = len(readings)
    columns = tokens, documents, places, readings, starts, gold, importance
    return Corpus(*map(np.array, columns), own)


def kaznlp_words(path: Path) -> list[tuple[str, str, int]]:
    """(form, analysis, count) of each line of `lkps`."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(form, analysis, int(count)) for form, analysis, count in rows]


def _evidence(types: WordTypes, words: Sequence[tuple[str, str, int]]) -> tuple[Indices, Indices, npt.NDArray[np.bool_], Doubles]:
    readings, starts, gold, importance = list[int](), list[int](), list[bool](), list[float]()
    for form, analysis, count in words:
        form = form[:1].upper() + form[1:] if "_R_ZEQ" in analysis else form
        first, size = types.span(types.id_of(form))
        right = [agrees(r.lemma, r.upos, r.feats, analysis) for r in types.readings[first : first + size]]
        if any(right) and not all(right):
            starts.append(len(readings))
            readings.extend(range(first, first + size))
            gold.extend(right)
            importance.append(KAZNLP_WEIGHT * math.sqrt(count))
    return np.array(readings, dtype=np.intp), np.array(starts, dtype=np.intp), np.array(gold, dtype=bool), np.array(importance)


def examples_of(types: WordTypes, corpus: Corpus, words: Sequence[tuple[str, str, int]]) -> Examples:
    """All that is trained on: the treebanks with context, KazNLP without."""
    more, more_starts, more_gold, importance = _evidence(types, words)
    of_type = type_features(types, slice(0, len(types.readings)))
    in_context = context_features(types, context_of(types, corpus.tokens), corpus.places, corpus.readings)
    keys = lemma_keys(types, slice(0, len(types.readings)))
    memory = remembered(types, keys, corpus.tokens, corpus.documents, corpus.places, corpus.readings)
    in_document = memory.places[:, memory.at]
    return Examples(
        [of_type[:, np.concatenate([corpus.readings, more])], in_context, in_document],
        np.concatenate([corpus.starts, more_starts + len(corpus.readings)]),
        np.concatenate([corpus.gold, more_gold]),
        np.concatenate([corpus.importance, importance]),
        corpus.own,
    )


def _share(scores: Doubles, starts: Indices, spans: Indices) -> tuple[Doubles, Doubles]:
    """Probabilities of the readings within each example, and the logarithm of each example's sum."""
    top = np.maximum.reduceat(scores, starts)
    exp = np.exp(scores - np.repeat(top, spans))
    total = np.add.reduceat(exp, starts)
    return exp / np.repeat(total, spans), np.log(total) + top


def fit(examples: Examples, steps: int = STEPS) -> npt.NDArray[np.int32]:
    """The table of weights that fits the examples best; features met less than `LEAST_COUNT` times have none."""
    own = math.sqrt(PENALTY / OWN_PENALTY)
    blocks = [(p, 1.0) for p in examples.places]
    blocks += [(p[:, : examples.own] + 2**BITS, own) for p in examples.places if examples.own]
    counts = sum(np.bincount(p.ravel(), minlength=2 * 2**BITS) for p, _ in blocks)
    used = np.flatnonzero(counts >= LEAST_COUNT)
    column = np.full(2 * 2**BITS, -1, dtype=np.int32)
    column[used] = np.arange(len(used))
    spans = np.diff(np.append(examples.starts, len(examples.gold)))
    importance = np.repeat(examples.importance, spans)
    # a row a reading, a column a feature; the readings that have the features of context come first
    parts = [_matrix(column[p.T], value, len(used)) for p, value in blocks]
    turned = [part.T.tocsr() for part in parts]

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = np.zeros(len(examples.gold))
        small = weights.astype(np.float32)
        for part in parts:
            scores[: part.shape[0]] += part @ small
        share, total = _share(scores, examples.starts, spans)
        right, right_total = _share(np.where(examples.gold, scores, -1e9), examples.starts, spans)
        slope = (importance * (share - right)).astype(np.float32)
        gradient = PENALTY * weights
        for part in turned:
            gradient += part @ slope[: part.shape[1]]
        value = float(examples.importance @ (total - right_total)) + 0.5 * PENALTY * float(weights @ weights)
        return value, gradient

    found = np.zeros(2 * 2**BITS)
    found[used] = minimize(loss, np.zeros(len(used)), steps)
    of_all, of_own = found.reshape(2, -1)
    return np.rint(SCALE * (of_all + own * of_own)).astype(np.int32)


def _matrix(columns: Integers, value: float, width: int) -> csr_matrix:
    """Features by reading, those without a column left out."""
    kept = columns >= 0
    flat = columns[kept]
    ends = np.append(0, np.cumsum(kept.sum(axis=1)))
    return csr_matrix((np.full(len(flat), value, dtype=np.float32), flat, ends), shape=(len(columns), width))


def minimize(loss: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, steps: int, memory: int = 8) -> Doubles:
    """L-BFGS with backtracking (Nocedal and Wright, *Numerical Optimization*, algorithm 7.5)."""
    weights = start
    value, gradient = loss(weights)
    moves: list[tuple[Doubles, Doubles, float]] = []
    for _ in range(steps):
        direction = gradient.copy()
        factors = []
        for move, change, curve in reversed(moves):
            factors.append((move @ direction) / curve)
            direction -= factors[-1] * change
        if moves:
            direction *= moves[-1][2] / (moves[-1][1] @ moves[-1][1])
        else:
            direction /= max(1.0, float(np.linalg.norm(gradient)))
        for (move, change, curve), factor in zip(moves, reversed(factors), strict=True):
            direction += (factor - (change @ direction) / curve) * move
        slope = float(gradient @ direction)
        size = 1.0
        while True:
            candidate = weights - size * direction
            new_value, new_gradient = loss(candidate)
            if new_value <= value - 1e-4 * size * slope or size < 1e-6:
                break
            size /= 2
        move, change = candidate - weights, new_gradient - gradient
        done = value - new_value < 1e-5 * abs(value)
        weights, value, gradient = candidate, new_value, new_gradient
        curve = float(move @ change)
        if curve > 1e-10:
            moves = [*moves[-memory + 1 :], (move, change, curve)]
        if done:
            break
    return weights


def train(read: Callable[[str], Sequence[Reading]], sentences: Sequence[Sentence], words: Sequence[tuple[str, str, int]]) -> Integers:
    """The weights that are learnt from these sentences and words."""
    types = WordTypes(read)
    return fit(examples_of(types, corpus_of(types, sentences), words))


class Tally(NamedTuple):
    """What a gold token was taken for."""

    gold: GoldToken
    found: Reading
    share: float
    """The probability of what it was taken for."""
    reachable: bool
    sentence: GoldSentence


class ArticleTally(NamedTuple):
    """What a token of Apertium was taken for."""

    gold: ApertiumToken
    found: Reading
    reachable: bool
    document: str

    @property
    def lemma(self) -> bool:
        """Whether some analysis has the lemma."""
        return any(lemmas_agree(self.found, analysis[0]) for analysis in self.gold.analyses)

    @property
    def upos(self) -> bool:
        """Whether some analysis has the part of speech."""
        return any(upos_agrees(self.found, analysis[0]) for analysis in self.gold.analyses)


PARTS = 3
"""Parts of the corpora that are held out in turn."""


def part_of(document: str, documents: Sequence[str]) -> int:
    """The part of a document: its place among all of them, the largest of the treebank apart."""
    large = ("akorda-random.tagged.txt", "kdt.tagged.txt")
    return large.index(document) if document in large else 2 if document.endswith("tagged.txt") else documents.index(document) % PARTS


def models(data: Path, parts: Sequence[int] = range(PARTS)) -> Iterator[tuple[int, Disambiguator, MorphAnalyzer]]:
    """For each part of the documents a model that has not seen it, with its analyser."""
    surface, words = read_treebank(data / "ktb" / "kk_ktb-dev.conllu"), kaznlp_words(data / "kaznlp" / "lkps")
    articles = read_articles(article_files(data))
    documents = sorted({s.document for s in articles})
    names, novel, lessons = read_names(data / "kaznerd" / "IOB2_valid.txt"), read_articles(novel_files(data)), read_lessons(LESSONS)
    for part in parts:
        seen = [s for s in (*surface, *articles, *novel) if part_of(s.document, documents) != part]
        analyzer = MorphAnalyzer(without=("ktb", "apertium"))
        add_stems(analyzer, seen)
        gold = [s for s in seen if isinstance(s, GoldSentence)]
        read, hidden = Readings(analyzer, memory_of(gold)), disguised(seen, analyzer)
        yield part, Disambiguator(read, train(read, [*seen, *names, *hidden, *lessons], words)), analyzer


def jackknifed(data: Path) -> list[list[Reading]]:
    """The reading of each surface token of the treebank that a model chooses which has not seen its document."""
    sentences = read_treebank(data / "ktb" / "kk_ktb-dev.conllu")
    found: list[list[Reading]] = [[] for _ in sentences]
    for part, model, _ in models(data):
        places = [i for i, s in enumerate(sentences) if part_of(s.document, ()) == part]
        own = [sentences[i] for i in places]
        chosen = model.choose(([t.form for t in s.tokens] for s in own), [s.document for s in own])
        for i, readings in zip(places, chosen, strict=True):
            found[i] = readings
    return found


Unknown = tuple[GoldToken, Reading]
"""A disguised token, and what it was taken for."""


def held_out(data: Path, parts: Sequence[int] = range(PARTS)) -> tuple[list[Tally], list[ArticleTally], list[Unknown]]:
    """Every token of both corpora as tagged by a model that has not seen its document, with gold tokens; and disguised words."""
    articles = read_articles(article_files(data))
    tokens = read_treebank(data / "ktb" / "kk_ktb-dev.conllu", split=True)
    documents = sorted({s.document for s in articles})
    surface = read_treebank(data / "ktb" / "kk_ktb-dev.conllu")
    tallies, article_tallies, unknown = list[Tally](), list[ArticleTally](), list[Unknown]()
    for part, model, analyzer in models(data, parts):
        masked = list(disguised((s for s in surface if part_of(s.document, documents) == part), analyzer))
        for masked_sentence, chosen in zip(masked, model.choose([t.form for t in s.tokens] for s in masked), strict=True):
            unknown += [(t, r) for t, r in zip(masked_sentence.tokens, chosen, strict=True) if isinstance(t, GoldToken)]
        unseen = [s for s in tokens if part_of(s.document, documents) == part]
        best = model.n_best(([t.form for t in s.tokens] for s in unseen), 1, [s.document for s in unseen])
        for sentence, likeliest in zip(unseen, best, strict=True):
            for token, ((reading, share),) in zip(sentence.tokens, likeliest, strict=True):
                reachable = any(_in_treebank(r)[:4] == token.key for r in _candidates(model, token.form))
                tallies.append(Tally(token, _in_treebank(reading), share, reachable, sentence))
        others = [s for s in articles if part_of(s.document, documents) == part]
        for article, chosen in zip(
            others, model.choose(([t.form for t in s.tokens] for s in others), [s.document for s in others]), strict=True
        ):
            for word, reading in zip(article.tokens, chosen, strict=True):
                if word.is_word:
                    reachable = any(word.right(_candidates(model, word.form)))
                    article_tallies.append(ArticleTally(word, reading, reachable, article.document))
    return tallies, article_tallies, unknown


def _in_treebank(reading: Reading) -> Reading:
    """A reading as `evaluate` compares it: in the policy of the treebank."""
    return reading._replace(**as_treebank(*reading[:3])._asdict())


def _candidates(model: Disambiguator, form: str) -> list[Reading]:
    first, count = model.types.span(model.types.id_of(form))
    return model.types.readings[first : first + count]


def article_files(data: Path) -> list[Path]:
    """The articles disambiguated by hand."""
    return sorted((data / "apertium-kaz").glob("*.cg.txt"))


def novel_files(data: Path) -> list[Path]:
    """The novel, of whose words some have several analyses left. Its sentences go with the treebank's from it (`part_of`)."""
    return sorted((data / "apertium-kaz" / "sholpan").glob("*.tagged.txt"))


def accuracy(tallies: Sequence[Tally]) -> dict[str, float]:
    """Shares of tokens that are right."""
    tests: dict[str, Callable[[Tally], bool]] = {
        "lemma": lambda t: t.gold.lemma == t.found.lemma,
        "upos": lambda t: t.gold.upos == t.found.upos,
        "upos+feats": lambda t: t.gold[2:] == t.found[1:4],
        "all": lambda t: t.gold.key == t.found[:4],
        "reachable": lambda t: t.reachable,
    }
    return {name: sum(map(test, tallies)) / len(tallies) for name, test in tests.items()}


def calibration(
    tallies: Sequence[Tally], edges: Sequence[float] = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
) -> list[tuple[float, ...]]:
    """Of the tokens whose reading has a probability in some span: where it begins, their number, mean probability, share right."""
    rows = []
    for low, high in pairwise((0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)):
        own = [t for t in tallies if low <= t.share < high]
        if own:
            rows.append((low, len(own), sum(t.share for t in own) / len(own), sum(t.gold.key == t.found[:4] for t in own) / len(own)))
    return rows


def article_accuracy(tallies: Sequence[ArticleTally]) -> dict[str, float]:
    """Shares of words that agree with Apertium, punctuation and unknown words left out."""
    count = len(tallies)
    return {
        "lemma": sum(t.lemma for t in tallies) / count,
        "upos": sum(t.upos for t in tallies) / count,
        "all": sum(any(t.gold.right([t.found])) for t in tallies) / count,
        "reachable": sum(t.reachable for t in tallies) / count,
    }


def main() -> None:
    """Command line of the module."""
    parser = argparse.ArgumentParser(description="Train the disambiguation, or measure it in cross-validation by document.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--errors", action="store_true", help="with --cross-validate, also each error")
    parser.add_argument("--part", type=int, action="append", help="with --cross-validate, this part only")
    arguments = parser.parse_args()
    if arguments.cross_validate:
        tallies, article_tallies, unknown = held_out(arguments.data, arguments.part or range(PARTS))
        for document in sorted({t.sentence.document for t in tallies}):
            part = [t for t in tallies if t.sentence.document == document]
            print(document, len(part), {k: round(v, 4) for k, v in accuracy(part).items()})
        print("treebank", len(tallies), {k: round(v, 4) for k, v in accuracy(tallies).items()})
        print("articles", len(article_tallies), {k: round(v, 4) for k, v in article_accuracy(article_tallies).items()})
        for upos in sorted({token.upos for token, _ in unknown}):
            own = [(token, reading) for token, reading in unknown if token.upos == upos]
            lemmas, tags = (sum(token[k] == reading[k - 1] for token, reading in own) / len(own) for k in (1, 2))
            print(f"disguised {upos}: {len(own)} words, lemma {lemmas:.3f}, upos {tags:.3f}")
        for low, count, expected, right in calibration(tallies):
            print(f"probability from {low:.2f}: {count} tokens, mean {expected:.3f}, right {right:.3f}")
        if arguments.errors:
            for t in tallies:
                if t.gold.key != t.found[:4]:
                    print("T", t.gold.form, *t.gold.key, "|", *t.found, t.reachable, sep="\t")
            for a in article_tallies:
                if not (a.lemma and a.upos):
                    first = a.gold.analyses[0][0]
                    print("A", a.gold.form, first.lemma, " ".join(first.tags), "|", *a.found, a.reachable, sep="\t")
        return
    sentences = read_treebank(arguments.data / "ktb" / "kk_ktb-dev.conllu")
    articles = read_articles([*article_files(arguments.data), *novel_files(arguments.data)])
    memory = memory_of(sentences)
    names = read_names(arguments.data / "kaznerd" / "IOB2_valid.txt")
    analyzer, lessons = MorphAnalyzer(), read_lessons(LESSONS)
    hidden = disguised([*sentences, *articles], analyzer)
    weights = train(
        Readings(analyzer, memory),
        [*sentences, *articles, *names, *hidden, *lessons],
        kaznlp_words(arguments.data / "kaznlp" / "lkps"),
    )
    save_weights(weights, MORPHOLOGY / "disambiguation.npz")
    lines = ["# Forms of UD_Kazakh-KTB (CC BY-SA 4.0), by tools/morphology/train.py: form, lemma, UPOS, feats, words after"]
    lines += ["\t".join((form, *key)) for form, keys in sorted(memory.items()) for key in keys]
    (MORPHOLOGY / "ktb_forms.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
