"""The spaCy component `kk_entities`: named entities of Kazakh text, with the nominative of each name.

It sets `doc.ents` (labels are the classes of KazNERD); `span._.base_form` is the name in the nominative (`Қазақстан Республикасының` is
`Қазақстан Республикасы`). It stands behind `kk_sentences` and `kk_morphology`, whose sentences, lemmas and features it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language
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
        sentences = [(doc, sentence) for doc in docs for sentence in _sentences(doc)]
        words = [[Word(doc[i].text, doc[i].lemma_, doc[i].pos_, str(doc[i].morph)) for i in own] for doc, own in sentences]
        found: dict[int, list[Span]] = {id(doc): [] for doc in docs}
        for (doc, own), labels in zip(sentences, shared_tagger().labels(words), strict=True):
            found[id(doc)] += [Span(doc, own[start], own[end - 1] + 1, label=label) for start, end, label in spans_of(labels)]
        for doc in docs:
            doc.set_ents(found[id(doc)])

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Precision, recall and F1 of entities, over all and by class, as spaCy's own component reports them."""
        return dict(get_ner_prf(examples))


def _sentences(doc: Doc) -> Iterator[list[int]]:
    """The tokens of each sentence that are no white space."""
    for sentence in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
        own = [token.i for token in sentence if not token.is_space]
        if own:
            yield own


@Language.factory(  # type: ignore[untyped-decorator]
    "kk_entities",
    requires=["token.lemma", "token.pos", "token.morph"],
    assigns=["doc.ents", "token.ent_iob", "token.ent_type", "span._.base_form"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_kk_entities(nlp: Language, name: str) -> KazakhEntities:
    """The factory `kk_entities`."""
    return KazakhEntities(name)
