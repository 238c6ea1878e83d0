"""The spaCy component `kk_morphology`: lemma, part of speech and features of every token, chosen in context.

It sets `token.lemma_`, `token.pos_`, `token.tag_` (`xpos`) and `token.morph`, in the annotation policy of the house or, with
`profile="ktb"`, that of the treebank (`policy`); `token._.analyses` has all analyses of the token, the chosen one first, and
`token._.words` the syntactic words of a token that is more than one (`дайынбыз` = `дайын` + `быз`), both worked out when asked for, as
is `token._.language` (`token_language`). Tokens that are white space get the part of speech SPACE and don't count as neighbours.
Batches of Docs are tagged together, which is faster and changes nothing: the choice depends on the sentence and on what the Doc shows
of its words elsewhere (`document_memory`). Docs of a batch with the same `user_data["kk_document"]` are parts of one document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import LEMMA, MORPH, ORTH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH
from spacy.scorer import Scorer
from spacy.tokens import Doc, Token
from spacy.training import Example
from spacy.vocab import Vocab

from kz_textkit.morphology.analyzer import Analysis, Word
from kz_textkit.morphology.annotator import Annotator
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.policy import HOUSE, Annotation, to_house
from kz_textkit.morphology.tagging import SPACE, Tagger
from kz_textkit.morphology.token_language import token_language
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.morphology.word_types import Indices
from kz_textkit.morphology.xpos import xpos_of

__all__ = ["DOCUMENT", "KazakhMorphology", "analyses", "language", "make_kk_morphology", "score_morphology", "words"]

MOST_TYPES = 100_000
"""Word types that are remembered; beyond that all are forgotten, so that memory stays bounded."""

DOCUMENT = "kk_document"
"""Where a Doc has the name of the document that it is a part of."""

_FORMAT = 1
_ATTRIBUTES = [LEMMA, POS, MORPH, TAG]
_WORDS = "kk_words"
"""Where a Doc has the user's words that it was annotated with."""


def analyses(token: Token) -> tuple[Analysis, ...]:
    """All analyses of a token (`token._.analyses`): the one chosen in context first, then by score.

    >>> import spacy
    >>> nlp = spacy.blank("kk")
    >>> tagger = nlp.add_pipe("kk_morphology")
    >>> [a.lemma for a in nlp("Балалар ойнап жүр.")[0]._.analyses][0]
    'бала'
    """
    found = shared_analyzer(token.doc.user_data.get(_WORDS, ())).parse(token.text)
    if not token.pos:
        return tuple(found)
    feats = sorted(filter(None, str(token.morph).split("|")))
    key = token.lemma_, token.pos_, feats
    chosen = [a for a in found if _key(a) == key] or [_as_house(a) for a in found if _key(_as_house(a)) == key]
    first = chosen[0] if chosen else Analysis(token.text, token.lemma_, token.pos_, "|".join(feats), (), 0.0, True, "treebank")
    return first, *(a for a in found if a is not first)


def _as_house(analysis: Analysis) -> Analysis:
    lemma, upos, feats = to_house(analysis.lemma, analysis.upos, analysis.feats)
    return analysis._replace(lemma=lemma, upos=upos, feats=feats)


def _key(analysis: Analysis) -> tuple[str, str, list[str]]:
    return analysis.lemma, analysis.upos, sorted(filter(None, analysis.feats.split("|")))


def words(token: Token) -> tuple[Word, ...]:
    """The syntactic words of a token that is more than one (`token._.words`), otherwise none.

    >>> import spacy
    >>> nlp = spacy.blank("kk")
    >>> tagger = nlp.add_pipe("kk_morphology")
    >>> [(w.form, w.lemma, w.upos) for w in nlp("Біз дайынбыз.")[1]._.words]
    [('дайын', 'дайын', 'ADJ'), ('быз', 'е', 'AUX')]
    """
    return analyses(token)[0].words


def language(token: Token) -> str:
    """The language of a token (`token._.language`): `kk`, `ru`, `en`, `other`, or nothing for numbers and marks.

    >>> import spacy
    >>> nlp = spacy.blank("kk")
    >>> tagger = nlp.add_pipe("kk_morphology")
    >>> [t._.language for t in nlp("Ол Google туралы пошли деді.")]
    ['kk', 'en', 'kk', 'ru', 'kk', '']
    """
    return token_language(token.text, token.pos_, str(token.morph))


for _name, _getter in (("analyses", analyses), ("language", language), ("words", words)):
    if not Token.has_extension(_name):
        Token.set_extension(_name, getter=_getter)


class KazakhMorphology(Annotator):
    """Tags Docs; see the module.

    `profile` is a name of `policy.PROFILES`; raises `ValueError` for another. `words` are the user's own, each
    a `UserWord` as a sequence.
    """

    def __init__(self, vocab: Vocab, name: str = "kk_morphology", *, profile: str = HOUSE, words: Iterable[Sequence[str]] = ()) -> None:
        self.vocab = vocab
        self.name = name
        self._words = tuple(UserWord(*word) for word in words)
        self._start(profile)

    @property
    def profile(self) -> str:
        """The annotation policy."""
        return self._tagger.profile

    @contextmanager
    def using(self, profile: str) -> Iterator[None]:
        """Annotates after another policy for a while."""
        own, self._tagger.profile = self._tagger.profile, profile
        self._forget()
        try:
            yield
        finally:
            self._tagger.profile = own
            self._forget()

    def _start(self, profile: str) -> None:
        self._tagger = Tagger(self._words, profile)
        self._forget()

    def _forget(self) -> None:
        self._tagger.forget()
        self._types: dict[int, int] = {}
        self._values = np.zeros((0, 4), dtype=np.uint64)
        self._morphs: dict[str, int] = {}
        self._zone = False

    def _annotate(self, docs: Sequence[Doc]) -> None:
        if len(self._tagger.types) > MOST_TYPES:
            self._forget()
        orths = np.concatenate([doc.to_array(ORTH) for doc in docs])
        if not len(orths):
            return
        starts = np.concatenate([_sentence_starts(doc) for doc in docs])
        names: dict[Any, int] = {}
        owners = [names.setdefault(doc.user_data.get(DOCUMENT, (i,)), len(names)) for i, doc in enumerate(docs)]
        documents = np.repeat(owners, [len(doc) for doc in docs])
        chosen = self._tagger.choose(self._types_of(orths), starts, documents)
        values = np.empty((len(orths), 4), dtype=np.uint64)
        words = chosen != SPACE
        values[words] = self._values_of(chosen[words])
        values[~words, 0] = orths[~words]
        values[~words, 1:] = PARTS_OF_SPEECH["SPACE"], self.vocab.morphology.add(""), self.vocab.strings.add("_SP")
        at = 0
        for doc in docs:
            if self._words:
                doc.user_data[_WORDS] = self._words
            if len(doc):
                doc.from_array(_ATTRIBUTES, values[at : at + len(doc)])
            at += len(doc)

    def n_best(self, doc: Doc, most: int = 3) -> list[list[tuple[Annotation, float]]]:
        """The `most` likeliest annotations of each token with their probabilities, the likeliest first, nothing for white space.

        >>> import kz_textkit as kz
        >>> nlp = kz.load()
        >>> found = nlp.get_pipe("kk_morphology").n_best(nlp("Ол жақсы адам."))[1]
        >>> [(annotation.lemma, annotation.upos) for annotation, _ in found][0]
        ('жақсы', 'ADJ')
        """
        return self._tagger.n_best(self._types_of(doc.to_array(ORTH)), _sentence_starts(doc), most) if len(doc) else []

    def _types_of(self, orths: npt.NDArray[np.uint64]) -> Indices:
        """The word type of each token, `SPACE` for white space."""
        known = self._types
        listed = orths.tolist()
        new = list(set(listed).difference(known))
        forms = [self.vocab.strings[orth] for orth in new]
        known.update((orth, SPACE) for orth, form in zip(new, forms, strict=True) if form.isspace())
        words = [(orth, form) for orth, form in zip(new, forms, strict=True) if not form.isspace()]
        numbers = self._tagger.numbers([form for _, form in words])
        known.update(zip([orth for orth, _ in words], numbers, strict=True))
        return np.fromiter(map(known.__getitem__, listed), dtype=np.intp, count=len(listed))

    def _values_of(self, chosen: Indices) -> npt.NDArray[np.uint64]:
        """Lemma, part of speech, features and tag of readings, as spaCy numbers them."""
        readings, strings, add = self._tagger.types.readings, self.vocab.strings, self.vocab.morphology.add
        if len(self._values) < len(readings):
            more = np.zeros((len(readings), 4), dtype=np.uint64)
            more[: len(self._values)] = self._values
            self._values = more
        # every lemma has a hash that is not 0
        for i in np.unique(chosen[self._values[chosen, 0] == 0]).tolist():
            lemma, upos, feats = self._tagger.annotation(i)
            morph = self._morphs.get(feats)
            if morph is None:
                morph = self._morphs[feats] = add(feats)
            self._values[i] = strings.add(lemma), PARTS_OF_SPEECH.get(upos, 0), morph, strings.add(xpos_of(lemma, upos, feats))
        # strings that are added in a memory zone go with it
        self._zone = self._zone or self.vocab.in_memory_zone  # type: ignore[attr-defined]
        if self._zone:
            for i in set(chosen.tolist()):
                lemma, upos, feats = self._tagger.annotation(i)
                strings.add(lemma)
                strings.add(xpos_of(lemma, upos, feats))
                add(feats)
        return self._values[chosen]

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Accuracy of parts of speech, features and lemmas, as spaCy's own components report them."""
        return score_morphology(examples)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Format, policy and the user's words. Rules, dictionary and weights are those of the package."""
        return json.dumps({"format": _FORMAT, "profile": self.profile, "words": self._words}).encode()

    def from_bytes(self, content: bytes, *, exclude: Iterable[str] = ()) -> KazakhMorphology:
        """Takes what `to_bytes` gave. Raises `ValueError` if a later version of the package wrote it."""
        saved = json.loads(content)
        if saved["format"] > _FORMAT:
            raise ValueError(f"{self.name} was saved by a later version of kz-textkit; upgrade the package")
        self._words = tuple(UserWord(*word) for word in saved.get("words", ()))
        self._start(saved.get("profile", HOUSE))
        return self

    def __getstate__(self) -> tuple[Vocab, str, str, tuple[UserWord, ...]]:
        return self.vocab, self.name, self.profile, self._words

    def __setstate__(self, state: tuple[Vocab, str, str, tuple[UserWord, ...]]) -> None:
        self.vocab, self.name, profile, self._words = state
        self._start(profile)


def _sentence_starts(doc: Doc) -> npt.NDArray[np.bool_]:
    starts: npt.NDArray[np.bool_] = doc.to_array(SENT_START) == 1
    starts[:1] = True
    return starts


def score_morphology(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
    """Accuracy of parts of speech (`pos_acc`), features (`morph_acc`, `morph_per_feat`) and lemmas (`lemma_acc`)."""
    listed = list(examples)
    return {
        **Scorer.score_token_attr(listed, "pos"),
        **Scorer.score_token_attr(listed, "morph", getter=lambda token, _: token.morph.key),
        **Scorer.score_token_attr_per_feat(listed, "morph", getter=lambda token, _: token.morph.key),
        **Scorer.score_token_attr(listed, "lemma"),
    }


@Language.factory(  # type: ignore[untyped-decorator]
    "kk_morphology",
    assigns=["token.lemma", "token.pos", "token.tag", "token.morph", "token._.analyses", "token._.language", "token._.words"],
    default_config={"profile": HOUSE, "words": []},
    default_score_weights={"pos_acc": 0.3, "morph_acc": 0.3, "lemma_acc": 0.4},
)
def make_kk_morphology(nlp: Language, name: str, profile: str, words: list[list[str]]) -> KazakhMorphology:
    """The factory `kk_morphology`."""
    return KazakhMorphology(nlp.vocab, name, profile=profile, words=words)
