"""The choice of readings without spaCy: forms and sentences go in, numbers of readings and what they say come out.

One engine for all who annotate: the spaCy component `kk_morphology` fills Docs from it, a run fills the columns of a corpus. Numbers of
word types and of readings are those of `disambiguation.WordTypes`; they hold until `forget`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.commonness import shared_analyzer, without_collection
from kz_textkit.morphology.disambiguation import Disambiguator, load_weights
from kz_textkit.morphology.form_table import load_forms
from kz_textkit.morphology.policy import HOUSE, KTB, PROFILES, Annotation, as_treebank, noun_instead, to_house
from kz_textkit.morphology.readings import Readings, load_memory
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.morphology.word_types import BOUNDARY, MARGIN, Indices, WordTypes

__all__ = ["SPACE", "Tagger"]

SPACE = -1
"""Number of a token that is white space, and of its reading: it is no word, and no neighbour to any."""


EVERY = 100
"""More readings than a word has."""


class Tagger:
    """Reads word types and chooses readings; see the module.

    `profile` is a name of `policy.PROFILES`, `words` are the user's own. Raises `ValueError` for another profile.

    >>> tagger = Tagger()
    >>> types = np.array(tagger.numbers(["Балалар", "ойнап", "жүр", "."]))
    >>> [tagger.annotation(i).lemma for i in tagger.choose(types, np.array([True, False, False, False])).tolist()]
    ['бала', 'ойна', 'жүр', '.']
    """

    def __init__(self, words: Iterable[UserWord] = (), profile: str = HOUSE) -> None:
        if profile not in PROFILES:
            raise ValueError(f"there is no annotation policy {profile!r}; choose one of {', '.join(PROFILES)}")
        self.profile = profile
        own = tuple(words)
        weights = load_weights(files("kz_textkit.morphology").joinpath("data").joinpath("disambiguation.npz").read_bytes())
        read = Readings(shared_analyzer(own), load_memory())
        forms = load_forms().without([word.lemma for word in own]) if own else load_forms()
        self._model = Disambiguator(read, weights, WordTypes(read, forms, read.many))

    @property
    def types(self) -> WordTypes:
        """The word types met so far."""
        return self._model.types

    def forget(self) -> None:
        """Forgets all word types; their numbers hold no longer."""
        self._model.forget()

    def numbers(self, forms: Sequence[str]) -> list[int]:
        """The numbers of word types, none of them white space; new ones are read."""
        with without_collection():
            return self._model.types.ids_of(forms)

    def choose(self, types: Indices, starts: npt.NDArray[np.bool_], documents: Indices | None = None) -> Indices:
        """The reading of each token, given its type, or `SPACE`, and whether it begins a sentence.

        `documents` numbers the document that each is from; without it, all are from one.
        """
        chosen = np.full(len(types), SPACE, dtype=np.intp)
        words = np.flatnonzero(types != SPACE)
        if len(words):
            tokens, places = _with_boundaries(types[words], np.cumsum(starts, dtype=np.intp)[words])
            owners = np.zeros(len(tokens), dtype=np.intp)
            if documents is not None:
                owners[places] = documents[words]
            chosen[words] = self._model.choose_ids(tokens, owners)[places]
        return chosen

    def n_best(self, types: Indices, starts: npt.NDArray[np.bool_], most: int) -> list[list[tuple[Annotation, float]]]:
        """The `most` likeliest annotations of each token with their probabilities, the likeliest first; none of white space.

        What becomes the same after the policy is one, with the sum of the probabilities.
        """
        found: list[list[tuple[Annotation, float]]] = [[] for _ in types]
        words = np.flatnonzero(types != SPACE)
        if len(words):
            tokens, places = _with_boundaries(types[words], np.cumsum(starts, dtype=np.intp)[words])
            readings = list(self._model.probable_ids(tokens, np.zeros(len(tokens), dtype=np.intp), EVERY))
            for word, place in zip(words.tolist(), places.tolist(), strict=True):
                shares: dict[Annotation, float] = {}
                for number, share in readings[place]:
                    annotation = self.annotation(number)
                    shares[annotation] = shares.get(annotation, 0.0) + share
                found[word] = sorted(shares.items(), key=lambda pair: -pair[1])[:most]
        return found

    def annotation(self, number: int) -> Annotation:
        """What a reading says, by its number, after the policy."""
        types = self._model.types
        lemma, upos, feats = types.readings.said(number)
        if self.profile == KTB:
            return as_treebank(lemma, upos, feats)
        found = to_house(lemma, upos, feats)
        if found.upos != "X" or feats:
            return found
        first, count = types.span(types.type_of(number))
        others = sorted(types.readings[first : first + count], key=lambda r: -r.score)
        instead = noun_instead([Annotation(*r[:3]) for r in others], [not r.unit.endswith("?") for r in others])
        return found if instead is None else to_house(*instead)


def _with_boundaries(words: Indices, sentence: Indices) -> tuple[Indices, Indices]:
    """Types of words with boundaries around each sentence (`sentence`: its number), and where the words are then."""
    rank = np.cumsum(np.append(False, sentence[1:] != sentence[:-1]))
    places = np.arange(len(words)) + MARGIN * (rank + 1)
    tokens = np.full(len(words) + MARGIN * (int(rank[-1]) + 2), BOUNDARY, dtype=np.intp)
    tokens[places] = words
    return tokens, places
