"""Words of the treebanks with their stems changed into ones that no dictionary has, so that the choice learns what unknown words are.

All stems of the treebank are in the dictionary. A model that is trained on them has never seen an unknown name with an ending, and
takes `Линдсейге` for a nominative; or an unknown verb, noun, adjective. So a sentence is given to it once more with some of its words
disguised: the first letter is another (`Астанада`, `Рыстанада`), the endings and what is right stay. Only these words are examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from apertium_tags import ApertiumToken
from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.candidate import Reading

__all__ = ["DisguisedSentence", "Neighbour", "disguised"]

CONSONANTS = "бгдзклмнпрст"
VOWELS = "аәеиоөуұүыіэюяёАӘЕИОӨУҰҮЫІЭЮЯЁ"
SHARES = {"PROPN": 1, "NOUN": 8, "VERB": 8, "ADJ": 8}
"""One of so many words of a part of speech is disguised."""
APERTIUM = {"np": "PROPN", "n": "NOUN", "v": "VERB", "adj": "ADJ"}
SHORTEST = 4
"""Letters of the stem, at least."""


class Neighbour(NamedTuple):
    """A word that is there for the others."""

    form: str

    def right(self, readings: Sequence[Reading]) -> list[bool]:
        """Nothing is known of it."""
        return [False] * len(readings)


class DisguisedSentence(NamedTuple):
    """A sentence and the document that it is from."""

    document: str
    tokens: tuple[Any, ...]


def disguised(sentences: Iterable[Any], analyzer: MorphAnalyzer) -> Iterator[DisguisedSentence]:
    """The sentences of the treebank and of the articles of Apertium that have such words, with these disguised."""
    for number, sentence in enumerate(sentences):
        tokens = [
            _disguise(token, analyzer, f"{number} {place}") or Neighbour(token.form) for place, token in enumerate(sentence.tokens)
        ]
        if not all(isinstance(token, Neighbour) for token in tokens):
            yield DisguisedSentence(sentence.document, tuple(tokens))


def _disguise(token: Any, analyzer: MorphAnalyzer, key: str) -> Any:
    """The token with another first letter; None where it is left as it is."""
    lemma, upos = _lemma_and_upos(token)
    share = SHARES.get(upos)
    if share is None or crc32(key.encode()) % share or len(lemma) < SHORTEST or not token.form.isalpha() or token.form.isupper():
        return None
    if token.form[:3].lower() != lemma[:3].lower():
        return None
    start = crc32(f"{key} letter".encode())
    for i in range(len(CONSONANTS)):
        letter = CONSONANTS[(start + i) % len(CONSONANTS)]
        if letter != token.form[0].lower():
            form, new_lemma = (_changed(text, letter) for text in (token.form, lemma))
            if not analyzer.parse(form)[0].known:
                return _with_stem(token, form, new_lemma)
    return None


def _lemma_and_upos(token: Any) -> tuple[str, str]:
    """Lemma and part of speech of what is right; empty where that is not one thing."""
    if not isinstance(token, ApertiumToken):
        return token.lemma, token.upos
    if len(token.analyses) != 1 or len(token.analyses[0]) != 1:
        return "", ""
    (part,) = token.analyses[0]
    return part.lemma, APERTIUM.get(part.tags[0], "")


def _with_stem(token: Any, form: str, lemma: str) -> Any:
    if not isinstance(token, ApertiumToken):
        return token._replace(form=form, lemma=lemma)
    return token._replace(form=form, analyses=((token.analyses[0][0]._replace(lemma=lemma),),))


def _changed(text: str, letter: str) -> str:
    """A text with another consonant at its beginning, in a capital where it has one."""
    rest = text if text[0] in VOWELS else text[1:]
    return letter.upper() + rest.lower() if text[0].isupper() else letter + rest
