"""Scores of tokens, sentences, words and their annotation against gold CoNLL-U files, as the CoNLL 2018 shared task defines them.

Definitions: Zeman et al., *CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal Dependencies*, section 5. Texts
are compared without white space. A token (the surface word; a multi-word token counts once) or a sentence is right when its span is.
A syntactic word is aligned with a gold word by its span, and inside multi-word tokens by the longest common subsequence of the forms;
tags are counted on aligned words, with all gold and all system words as denominators of recall and precision.

`UFeats` compares the universal features only, without layered ones such as `Number[psor]`, as in 2018; `Feats` compares all of them.
`UAS` counts words whose head is right, `LAS` those whose universal relation to it (without subtype) is right too.

`AllTags` is UPOS, XPOS and UFeats; the one departure is that words to which the system gives no XPOS are scored without it, for the
tags of a treebank's own are nothing that a pipeline for all Kazakh can give.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kz_textkit.errors import InputError
from kz_textkit.morphology.components import KazakhMorphology
from kz_textkit.morphology.policy import KTB
from kz_textkit.syntax.inner_relations import INNER_RELATIONS

__all__ = [
    "METRICS",
    "ConlluSentence",
    "ConlluToken",
    "ConlluWord",
    "Score",
    "Scores",
    "doc_to_conllu",
    "evaluate",
    "read_conllu",
    "score",
]

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Feats", "UPOS+Feats", "Lemmas", "AllTags", "UAS", "LAS")
"""`UAS` and `LAS` are there only where both sides have syntax."""

_universal = """
PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense Aspect Voice Evident Polarity
Person Polite
"""
UNIVERSAL_FEATURES = frozenset(_universal.split())


@dataclass(frozen=True, slots=True)
class ConlluWord:
    """A syntactic word: the line of a CoNLL-U file with a plain number."""

    form: str
    lemma: str = "_"
    upos: str = "_"
    feats: str = "_"
    xpos: str = "_"
    head: int | None = None
    """The place of its head among the words of the sentence, from 1; 0 for the root, None where there is no syntax."""
    deprel: str = "_"


@dataclass(frozen=True, slots=True)
class ConlluToken:
    """A surface token: one word, or the words of a multi-word token."""

    form: str
    words: tuple[ConlluWord, ...]
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class ConlluSentence:
    """A sentence with its comments (`sent_id`, `text`, `newdoc`, `newpar` and others; a comment without value is an empty string)."""

    tokens: tuple[ConlluToken, ...]
    comments: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The raw text, from the `# text` comment or else from the tokens."""
        return self.comments.get("text") or "".join(t.form + " " * t.space_after for t in self.tokens).rstrip()


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one metric, with the counts behind them; `aligned_accuracy` is None for spans."""

    gold: int
    system: int
    correct: int
    aligned: int | None = None

    @property
    def precision(self) -> float:
        return self.correct / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.correct / (self.gold + self.system) if self.gold + self.system else 0.0

    @property
    def aligned_accuracy(self) -> float | None:
        return None if self.aligned is None else self.correct / self.aligned if self.aligned else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """A `Score` for each metric of `METRICS` that applies."""

    by_metric: dict[str, Score]

    def __getitem__(self, metric: str) -> Score:
        return self.by_metric[metric]

    def to_frame(self) -> pd.DataFrame:
        """One row a metric: `metric`; fractions `precision`, `recall`, `f1`, `aligned_accuracy`; counts `gold`, `system`, `correct`."""
        rows = [(m, s.precision, s.recall, s.f1, s.aligned_accuracy, s.gold, s.system, s.correct) for m, s in self.by_metric.items()]
        columns = ["metric", "precision", "recall", "f1", "aligned_accuracy", "gold", "system", "correct"]
        frame: pd.DataFrame = pd.DataFrame(rows, columns=columns)
        return frame


def read_conllu(path: str | Path) -> list[ConlluSentence]:
    """The sentences of a CoNLL-U file; empty nodes are left out.

    Raises `InputError` where the file can't be read or a line is not CoNLL-U, with the number of the line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"can't be read ({error.strerror or error})", "give a CoNLL-U file") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 (byte {error.start})", "give a CoNLL-U file in UTF-8") from error
    try:
        return list(parse_conllu(text))
    except ValueError as error:
        raise InputError(str(path), str(error), "give a CoNLL-U file") from error


def parse_conllu(text: str) -> Iterator[ConlluSentence]:
    """The sentences of a CoNLL-U text. Raises `ValueError` with the number of the line where one is not CoNLL-U.

    >>> [s.text for s in parse_conllu("# text = Кел!\\n1\\tКел\\tкел\\tVERB\\t_\\t_\\t0\\troot\\t_\\tSpaceAfter=No\\n")]
    ['Кел!']
    """
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.rstrip("\r")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            columns = line.split("\t")
            if len(columns) != 10:
                raise ValueError(f"line {number} has {len(columns)} columns instead of 10")
            rows.append(columns)
        elif rows:
            yield ConlluSentence(tuple(_tokens(rows)), comments)
            comments, rows = {}, []


def _tokens(rows: list[list[str]]) -> Iterator[ConlluToken]:
    words = {
        r[0]: ConlluWord(r[1], r[2], r[3], r[5], r[4], int(r[6]) if r[6].isdecimal() else None, r[7]) for r in rows if r[0].isdigit()
    }
    covered: set[str] = set()
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            inside = [str(i) for i in range(int(first), int(last) + 1)]
            if not inside or not words.keys() >= set(inside):
                raise ValueError(f"the token {row[0]} ({row[1]}) has words that are not there")
            covered.update(inside)
            yield ConlluToken(row[1], tuple(words[i] for i in inside), "SpaceAfter=No" not in row[9])
        elif row[0].isdigit() and row[0] not in covered:
            yield ConlluToken(row[1], (words[row[0]],), "SpaceAfter=No" not in row[9])


@dataclass(slots=True)
class _Placed:
    """A word with its span in the text without white space."""

    start: int
    end: int
    word: ConlluWord
    multiword: bool
    number: int
    """Its place among all words."""
    head: int | None
    """The place of its head among all words, -1 for a root."""


def _place(sentences: Iterable[ConlluSentence]) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]], list[_Placed]]:
    """The text without white space, and the spans of tokens and of sentences and the words in it."""
    pieces: list[str] = []
    tokens, spans = [], []
    words: list[_Placed] = []
    position = 0
    for sentence in sentences:
        begin, first = position, len(words)
        for token in sentence.tokens:
            form = _without_space(token.form)
            pieces.append(form)
            end = position + len(form)
            tokens.append((position, end))
            for w in token.words:
                head = w.head if w.head is None else first + w.head - 1 if w.head else -1
                words.append(_Placed(position, end, w, len(token.words) > 1, len(words), head))
            position = end
        spans.append((begin, position))
    return "".join(pieces), tokens, spans, words


def _without_space(form: str) -> str:
    return "".join(c for c in form if not c.isspace() and unicodedata.category(c) != "Zs")


def _align(gold: list[_Placed], system: list[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Pairs of a gold word and the system word that stands for it."""
    pairs: list[tuple[_Placed, _Placed]] = []
    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].multiword or system[s].multiword:
            in_gold, in_system = _multiword_region(gold, system, g, s)
            pairs += _common_subsequence(gold[in_gold], system[in_system])
            g, s = in_gold.stop, in_system.stop
        elif (gold[g].start, gold[g].end) == (system[s].start, system[s].end):
            pairs.append((gold[g], system[s]))
            g, s = g + 1, s + 1
        elif gold[g].start <= system[s].start:
            g += 1
        else:
            s += 1
    return pairs


def _multiword_region(gold: list[_Placed], system: list[_Placed], g: int, s: int) -> tuple[slice, slice]:
    """The words of both sides that a multi-word token touches, with the multi-word tokens that those touch in turn."""
    if gold[g].multiword:
        end = gold[g].end
        if not system[s].multiword and system[s].start < gold[g].start:
            s += 1
    else:
        end = system[s].end
        if gold[g].start < system[s].start:
            g += 1
    g_end, s_end = g, s
    while _inside(gold, g_end, end) or _inside(system, s_end, end):
        if g_end < len(gold) and (s_end >= len(system) or gold[g_end].start <= system[s_end].start):
            end = max(end, gold[g_end].end) if gold[g_end].multiword else end
            g_end += 1
        else:
            end = max(end, system[s_end].end) if system[s_end].multiword else end
            s_end += 1
    return slice(g, g_end), slice(s, s_end)


def _inside(words: list[_Placed], i: int, end: int) -> bool:
    """Whether a word belongs to the region that ends at `end`: a plain word as a whole, a multi-word token by its beginning."""
    return i < len(words) and (words[i].start < end if words[i].multiword else words[i].end <= end)


def _common_subsequence(gold: Sequence[_Placed], system: Sequence[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Pairs of words along a longest common subsequence of the lower-case forms."""
    forms_g, forms_s = [w.word.form.lower() for w in gold], [w.word.form.lower() for w in system]
    length = [[0] * (len(system) + 1) for _ in range(len(gold) + 1)]
    for g in reversed(range(len(gold))):
        for s in reversed(range(len(system))):
            length[g][s] = 1 + length[g + 1][s + 1] if forms_g[g] == forms_s[s] else max(length[g + 1][s], length[g][s + 1])
    pairs = []
    g = s = 0
    while g < len(gold) and s < len(system):
        if forms_g[g] == forms_s[s]:
            pairs.append((gold[g], system[s]))
            g, s = g + 1, s + 1
        elif length[g + 1][s] >= length[g][s + 1]:
            g += 1
        else:
            s += 1
    return pairs


def universal_features(feats: str) -> str:
    """The universal, unlayered features of a FEATS column, sorted.

    >>> universal_features("Number[psor]=Plur,Sing|Case=Nom")
    'Case=Nom'
    """
    return "|".join(sorted(f for f in feats.split("|") if f.split("=", 1)[0] in UNIVERSAL_FEATURES))


def _all_features(feats: str) -> str:
    return "" if feats == "_" else "|".join(sorted(feats.split("|")))


def _lemmas_agree(gold: ConlluWord, system: ConlluWord) -> bool:
    return gold.lemma in ("_", system.lemma)


_AGREEMENT: dict[str, Callable[[ConlluWord, ConlluWord], bool]] = {
    "UPOS": lambda g, s: g.upos == s.upos,
    "UFeats": lambda g, s: universal_features(g.feats) == universal_features(s.feats),
    "Feats": lambda g, s: _all_features(g.feats) == _all_features(s.feats),
    "UPOS+Feats": lambda g, s: g.upos == s.upos and _all_features(g.feats) == _all_features(s.feats),
    "Lemmas": _lemmas_agree,
    "AllTags": lambda g, s: g.upos == s.upos and s.xpos in (g.xpos, "_") and universal_features(g.feats) == universal_features(s.feats),
}


def score(gold: Sequence[ConlluSentence], system: Sequence[ConlluSentence]) -> Scores:
    """Scores of `system` against `gold`. Raises `ValueError` where the texts differ in more than white space."""
    gold_text, gold_tokens, gold_spans, gold_words = _place(gold)
    system_text, system_tokens, system_spans, system_words = _place(system)
    if gold_text != system_text:
        at = next(
            (i for i, (a, b) in enumerate(zip(gold_text, system_text, strict=False)) if a != b), min(len(gold_text), len(system_text))
        )
        raise ValueError(f"the texts differ: {gold_text[at : at + 20]!r} in gold, {system_text[at : at + 20]!r} in system")
    pairs = _align(gold_words, system_words)
    by_metric = {
        "Tokens": Score(len(gold_tokens), len(system_tokens), len(set(gold_tokens) & set(system_tokens))),
        "Sentences": Score(len(gold_spans), len(system_spans), len(set(gold_spans) & set(system_spans))),
        "Words": Score(len(gold_words), len(system_words), len(pairs), len(pairs)),
    }
    for metric, agree in _AGREEMENT.items():
        correct = sum(agree(g.word, s.word) for g, s in pairs)
        by_metric[metric] = Score(len(gold_words), len(system_words), correct, len(pairs))
    if pairs and all(word.head is not None for words in (gold_words, system_words) for word in words):
        attached = _right_heads(pairs)
        labelled = [(g, s) for g, s in attached if universal_relation(g.word.deprel) == universal_relation(s.word.deprel)]
        for metric, right in (("UAS", attached), ("LAS", labelled)):
            by_metric[metric] = Score(len(gold_words), len(system_words), len(right), len(pairs))
    return Scores(by_metric)


def _right_heads(pairs: Sequence[tuple[_Placed, _Placed]]) -> list[tuple[_Placed, _Placed]]:
    """Those of the aligned words whose heads are aligned too, or are roots both."""
    of_system = {s.number: g.number for g, s in pairs} | {-1: -1}
    return [(g, s) for g, s in pairs if s.head is not None and of_system.get(s.head) == g.head]


def universal_relation(deprel: str) -> str:
    """A relation without the subtype of a language or treebank.

    >>> universal_relation("nmod:poss")
    'nmod'
    """
    return deprel.partition(":")[0]


def doc_to_conllu(doc: Doc) -> list[ConlluSentence]:
    """The sentences of a Doc as CoNLL-U; white-space tokens are left out, columns without annotation are `_`.

    A component that splits tokens into syntactic words (`дайынбыз` = `дайын` + `быз`) gives them as `token._.words`, a sequence of
    `(form, lemma, upos, feats)`; where that extension is absent or empty, the token is one word.
    """
    sentences = []
    parsed = doc.has_annotation("DEP")
    for span in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
        places = _places_of(span) if parsed else {}
        tokens = [
            ConlluToken(t.text, _words_of(t, places), bool(t.whitespace_) or (t.i + 1 < len(doc) and t.nbor().is_space))
            for t in span
            if not t.is_space
        ]
        if tokens:
            sentences.append(ConlluSentence(tuple(tokens), {"text": span.text.strip()}))
    return sentences


def _places_of(span: Span) -> dict[int, int]:
    """The place of the first word of each token of a sentence among its words, from 1."""
    found, place = {}, 1
    for token in span:
        if not token.is_space:
            found[token.i] = place
            place += len(_inner_words(token)) or 1
    return found


def _inner_words(token: Token) -> Sequence[Any]:
    return token._.words if Token.has_extension("words") else ()


def _words_of(token: Token, places: dict[int, int]) -> tuple[ConlluWord, ...]:
    """The words of a token; `places` are those of the first words of tokens, empty where there is no syntax."""
    head, relation = None, "_"
    if places:
        is_root = token.head.i == token.i
        head, relation = 0 if is_root else places[token.head.i], "root" if is_root else token.dep_
    inner = _inner_words(token)
    if not inner:
        own = token.lemma_ or "_", token.pos_ or "_", str(token.morph) or "_", token.tag_ or "_"
        return (ConlluWord(token.text, *own, head, relation),)
    found = [ConlluWord(form, lemma, upos, feats or "_") for form, lemma, upos, feats in inner]
    if not places:
        return tuple(found)
    after = (replace(w, head=places[token.i], deprel=INNER_RELATIONS.get(w.upos, "dep")) for w in found[1:])
    return replace(found[0], head=head, deprel=relation), *after


def evaluate(nlp: Language, gold_path: str | Path, *, gold_tokens: bool, profile: str = KTB) -> pd.DataFrame:
    """Scores of a pipeline on a gold CoNLL-U file, as the frame of `Scores.to_frame`.

    With `gold_tokens`, the pipeline is given the gold surface tokens and sentences; otherwise the raw text of each document. Documents
    begin at `# newdoc`, or where the name before the numbers of `sent_id` changes. `kk_morphology` annotates after the policy `profile`
    meanwhile: gold files are treebanks as a rule. Raises `InputError` where the file is no CoNLL-U.
    """
    gold = read_conllu(gold_path)
    if not gold:
        raise InputError(str(gold_path), "there is no sentence in it", "give a CoNLL-U file")
    documents = list(documents_of(gold))
    with _annotating_as(nlp, profile):
        docs = _annotated(nlp, documents, gold_tokens=gold_tokens)
    return score(gold, [s for doc in docs for s in doc_to_conllu(doc)]).to_frame()


def _annotating_as(nlp: Language, profile: str) -> AbstractContextManager[None]:
    tagger = nlp.get_pipe("kk_morphology") if nlp.has_pipe("kk_morphology") else None
    return tagger.using(profile) if isinstance(tagger, KazakhMorphology) else nullcontext()


def _annotated(nlp: Language, documents: Sequence[Sequence[ConlluSentence]], *, gold_tokens: bool) -> list[Doc]:
    if gold_tokens:
        given = [
            Doc(nlp.vocab, *_words_and_spaces(d), sent_starts=[i == 0 for s in d for i in range(len(s.tokens))]) for d in documents
        ]
        with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "kk_sentences"]):
            return list(nlp.pipe(given))
    return list(nlp.pipe(" ".join(s.text for s in d) for d in documents))


def documents_of(sentences: Iterable[ConlluSentence]) -> Iterator[list[ConlluSentence]]:
    """The sentences of each document."""
    document: list[ConlluSentence] = []
    last = ""
    for sentence in sentences:
        name = sentence.comments.get("sent_id", "").split(":")[0].rstrip("0123456789")
        is_new = "newdoc" in sentence.comments or "newdoc id" in sentence.comments
        if document and (is_new or name != last):
            yield document
            document = []
        document.append(sentence)
        last = name
    if document:
        yield document


def _words_and_spaces(sentences: Iterable[ConlluSentence]) -> tuple[list[str], list[bool]]:
    tokens = [t for s in sentences for t in s.tokens]
    return [t.form for t in tokens], [t.space_after for t in tokens]
