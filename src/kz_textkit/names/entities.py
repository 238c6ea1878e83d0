"""The spaCy component `kk_entities`: named entities of Kazakh text, with the nominative of each name.

It sets `doc.ents` (labels are the classes of KazNERD); `span._.base_form` is the name in the nominative (`Қазақстан Республикасының` is
`Қазақстан Республикасы`). It stands behind `kk_sentences` and `kk_morphology`, whose sentences, lemmas and features it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE, LEMMA, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.morphology import Morphology
from spacy.parts_of_speech import NAMES
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example

from kz_textkit.morphology.annotator import Annotator
from kz_textkit.morphology.components import analyses
from kz_textkit.names.base_form import base_form
from kz_textkit.names.signs import Word
from kz_textkit.names.tagger import shared_tagger, spans_of

__all__ = ["KazakhEntities", "make_kk_entities"]


def _base_form(span: Span) -> str:
    return base_form([token.text for token in span], [bool(token.whitespace_) for token in span], analyses(span[-1]))


if not Span.has_extension("base_form"):
    Span.set_extension("base_form", getter=_base_form)


class KazakhEntities(Annotator):
    """Finds names in Docs; see the module.

    >>> import kz_textkit as kz
    >>> nlp = kz.load()
    >>> finder = nlp.add_pipe("kk_entities")
    >>> [(e._.base_form, e.label_) for e in nlp("Мұхтар Әуезов Семейде туған.").ents]
    [('Мұхтар Әуезов', 'PERSON'), ('Семей', 'GPE')]
    """

    def __init__(self, name: str = "kk_entities") -> None:
        self.name = name

    def _annotate(self, docs: Sequence[Doc]) -> None:
        known: dict[tuple[int, ...], Word] = {}
        sentences = [(doc, places, words) for doc in docs for places, words in _sentences(doc, known)]
        found: dict[int, list[Span]] = {id(doc): [] for doc in docs}
        labelled = shared_tagger().labels([words for _, _, words in sentences])
        for (doc, own, _), labels in zip(sentences, labelled, strict=True):
            found[id(doc)] += [Span(doc, own[start], own[end - 1] + 1, label=label) for start, end, label in spans_of(labels)]
        for doc in docs:
            doc.set_ents(found[id(doc)])

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Precision, recall and F1 of entities, over all and by class, as spaCy's own component reports them."""
        return dict(get_ner_prf(examples))


def _sentences(doc: Doc, known: dict[tuple[int, ...], Word]) -> Iterator[tuple[list[int], list[Word]]]:
    """The tokens of each sentence that are no white space, and the words that they are; `known` takes up those that are new."""
    values = doc.to_array([ORTH, LEMMA, POS, MORPH, SENT_START, IS_SPACE])
    words = np.flatnonzero(values[:, 5] == 0)
    if not len(words):
        return
    sentence = np.cumsum(values[:, 4] == 1)[words]
    strings = doc.vocab.strings
    found = []
    for key in map(tuple, values[words, :4].tolist()):
        word = known.get(key)
        if word is None:
            form, lemma, pos, morph = key
            feats = strings[morph]
            word = known[key] = Word(strings[form], strings[lemma], NAMES[pos], "" if feats == Morphology.EMPTY_MORPH else feats)
        found.append(word)
    bounds = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), len(words)]
    places = words.tolist()
    yield from ((places[begin:end], found[begin:end]) for begin, end in pairwise(bounds))


@Language.factory(  # type: ignore[untyped-decorator]
    "kk_entities",
    requires=["token.lemma", "token.pos", "token.morph"],
    assigns=["doc.ents", "token.ent_iob", "token.ent_type", "span._.base_form"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_kk_entities(nlp: Language, name: str) -> KazakhEntities:
    """The factory `kk_entities`."""
    return KazakhEntities(name)
