"""The spaCy component `kk_parser`: the head of every token and its universal relation to it.

It sets `token.head` and `token.dep_` (`ROOT` for the root, as spaCy has it), so that `token.children`, `DependencyMatcher` and displaCy
work. It stands behind `kk_sentences` and `kk_morphology`, whose sentences, lemmas and features it reads. A token of several syntactic
words (`дайынбыз`) depends as its first word does. White space hangs on the token before it, as `dep`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.parts_of_speech import NAMES, SPACE
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.util import minibatch
from spacy.vocab import Vocab

from kz_textkit.syntax.parser import ROOT_RELATION, shared_parser
from kz_textkit.syntax.words import PROPERTIES, Word, properties

__all__ = ["KazakhParser", "make_kk_parser"]

BATCH_SIZE = 256
"""Docs that are parsed together, unless the caller says otherwise."""

MOST_TYPES = 100_000
"""Word types whose properties are kept; beyond that all are forgotten, so that memory stays bounded."""

_FORMAT = 1
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63], dtype=np.uint64)

Numbers = npt.NDArray[np.int64]


class KazakhParser:
    """Parses Docs; see the module.

    >>> import kz_textkit as kz
    >>> nlp = kz.load(syntax=True)
    >>> [(t.text, t.dep_, t.head.text) for t in nlp("Біздің мектеп жаңа кітап алды.")][:3]
    [('Біздің', 'nmod:poss', 'мектеп'), ('мектеп', 'nsubj', 'алды'), ('жаңа', 'amod', 'кітап')]
    """

    def __init__(self, vocab: Vocab, name: str = "kk_parser") -> None:
        self.vocab = vocab
        self.name = name
        self._forget()

    def _forget(self) -> None:
        self._types: dict[int, int] = {}
        self._rows = np.zeros((0, len(PROPERTIES)), dtype=np.uint32)

    def __call__(self, doc: Doc) -> Doc:
        """Parses one Doc; sentences are taken from it where it has them, otherwise it is one sentence."""
        self._parse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
        """Parses Docs as they come, a batch at a time."""
        for docs in minibatch(stream, batch_size):
            self._parse(docs)
            yield from docs

    def _parse(self, docs: Sequence[Doc]) -> None:
        if len(self._types) > MOST_TYPES:
            self._forget()
        values = np.concatenate([doc.to_array([ORTH, LEMMA, POS, MORPH, SENT_START]) for doc in docs])
        if not len(values):
            return
        starts = values[:, 4] == 1
        ends = np.cumsum([len(doc) for doc in docs])
        starts[[0, *(ends[:-1][ends[:-1] < len(starts)])]] = True
        sentence = np.cumsum(starts) - 1
        words = np.flatnonzero(values[:, 2] != SPACE)
        heads = np.zeros(len(values), dtype=np.int64)
        relations = np.full(len(values), self.vocab.strings.add("dep"), dtype=np.uint64)
        if len(words):
            of_word = sentence[words]
            firsts = np.flatnonzero(np.append(True, of_word[1:] != of_word[:-1]))
            lengths = np.diff(np.append(firsts, len(words)))
            parse = shared_parser().parse_rows(self._rows_of(values[words]), lengths.tolist())
            begin = np.repeat(firsts, lengths)
            head = np.where(parse.heads == 0, np.arange(len(words)), begin + parse.heads - 1)
            heads[words] = words[head] - words
            relations[words] = self._names()[parse.relations]
        _hang_spaces(heads, words, sentence)
        at = 0
        for doc in docs:
            if len(doc):
                own = slice(at, at + len(doc))
                doc.from_array([HEAD, DEP], np.column_stack([heads[own].astype(np.uint64), relations[own]]))
            at += len(doc)

    def _names(self) -> npt.NDArray[np.uint64]:
        """The relations of the parser as spaCy numbers them."""
        add = self.vocab.strings.add
        return np.array([add("ROOT" if name == ROOT_RELATION else name) for name in shared_parser().weights.relations], dtype=np.uint64)

    def _rows_of(self, values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
        """The properties of tokens, given as numbers of form, lemma, part of speech and features."""
        keys = (values[:, :4] * _FACTORS).sum(axis=1, dtype=np.uint64)
        different, first, place = np.unique(keys, return_index=True, return_inverse=True)
        known = self._types
        new = [(key, values[at, :4].tolist()) for key, at in zip(different.tolist(), first.tolist(), strict=True) if key not in known]
        if new:
            strings = self.vocab.strings
            rows = [
                properties(Word(strings[form], strings[lemma], NAMES[pos], _feats(strings[morph])))
                for _, (form, lemma, pos, morph) in new
            ]
            known.update(zip([key for key, _ in new], range(len(known), len(known) + len(new)), strict=True))
            self._rows = np.concatenate([self._rows, np.array(rows, dtype=np.uint32)])
        numbers = np.fromiter(map(known.__getitem__, different.tolist()), dtype=np.int64, count=len(different))
        return self._rows[numbers[place]]

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Shares of right heads (`dep_uas`) and of right arcs (`dep_las`), as spaCy's own parser reports them: without marks."""
        found: dict[str, Any] = Scorer.score_deps(list(examples), "dep", getter=_named, head_attr="head", ignore_labels=("punct",))
        return found

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The format. Weights are those of the package."""
        return json.dumps({"format": _FORMAT}).encode()

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> KazakhParser:
        """Takes what `to_bytes` gave. Raises `ValueError` if a later version of the package wrote it."""
        if json.loads(content)["format"] > _FORMAT:
            raise ValueError(f"{self.name} was saved by a later version of kz-textkit; upgrade the package")
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes what `to_bytes` gives to a file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> KazakhParser:
        """Reads what `to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def _named(token: Token, attribute: str) -> str:
    """The name of what an attribute has as a number."""
    return str(getattr(token, f"{attribute}_"))


def _feats(morph: str) -> str:
    """Features as in CoNLL-U; spaCy has `_` for none."""
    return "" if morph == "_" else morph


def _hang_spaces(heads: Numbers, words: Numbers, sentence: Numbers) -> None:
    """Hangs white space on the token before it in its sentence, or else on the one after it."""
    if len(words) == len(heads):
        return
    spaces = np.setdiff1d(np.arange(len(heads)), words)
    for place in spaces.tolist():
        before, after = (
            place > 0 and sentence[place - 1] == sentence[place],
            place + 1 < len(heads) and sentence[place + 1] == sentence[place],
        )
        heads[place] = -1 if before else 1 if after else 0


@Language.factory(  # type: ignore[untyped-decorator]
    "kk_parser",
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    requires=["token.lemma", "token.pos", "token.morph"],
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5},
)
def make_kk_parser(nlp: Language, name: str) -> KazakhParser:
    """The factory `kk_parser`."""
    return KazakhParser(nlp.vocab, name)
