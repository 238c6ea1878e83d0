"""Annotation in columns: a document's blocks become arrays of tokens, sentences, readings, without an object for a token.

Chunks between spaces are looked up (`chunks`), sentences are found at the few tokens that can end one (`lang.kk.sentences`), readings
are chosen for many blocks at once (`morphology.tagging`), and what a reading says is looked up once for each reading.
`kz_textkit.load()` gives the same tokens, sentences, lemmas, parts of speech and features as Docs; a test compares them on any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kz_textkit.annotation.chunks import Chunked, Chunks, Growing
from kz_textkit.annotation.pieces import Piece, stretches
from kz_textkit.document import Block, Document
from kz_textkit.lang.kk import KazakhDefaults
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation
from kz_textkit.lang.kk.sentences import mark_kind, places_of, sentence_starts
from kz_textkit.morphology.commonness import without_collection
from kz_textkit.morphology.tagging import SPACE, Tagger
from kz_textkit.morphology.token_language import token_language
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.morphology.xpos import xpos_of

__all__ = ["GROUP_CHARACTERS", "Annotator", "EntityRow", "StringColumn", "TokenColumns"]

GROUP_CHARACTERS = 400_000
"""Characters of documents that are annotated together, about: some 60,000 tokens."""
MOST_CHUNKS = 100_000
"""Different chunks that may be remembered before an annotator has outgrown its memory."""
MOST_READINGS = 180_000
"""Likewise of readings, of which an unknown word has many; some .4 KB each."""

FEW_NEW = 4
"""So many times more strings than are new are copied only for many tokens."""

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class EntityRow(NamedTuple):
    """A named entity, by offsets in the text of its block."""

    block: Block
    start: int
    end: int
    label: str
    lemma: str


@dataclass(frozen=True, slots=True)
class TokenColumns:
    """The tokens of some consecutive blocks, white space left out: an array a column, all of one length."""

    blocks: Sequence[Block]
    block: Integers
    """Place in `blocks` of the block that each token stands in."""
    start: Integers
    """Offsets in the text of the block."""
    end: Integers
    begins: Flags
    """Whether it begins a sentence."""
    space_after: Flags
    is_stop: Flags
    form: pa.Array
    lemma: pa.Array
    upos: pa.Array
    xpos: pa.Array
    feats: pa.Array
    language: pa.Array
    head: pa.Array | None = None
    """As in CoNLL-U; None where no syntax was asked for, as is `deprel`."""
    deprel: pa.Array | None = None
    entity: pa.Array | None = None
    """IOB2; None where no names were looked for."""
    entities: Sequence[EntityRow] = ()


class _Numbered(NamedTuple):
    """A piece, and the number of its document; a group has one stretch of each document at most."""

    document: int
    piece: Piece


class Annotator:
    """Annotates documents; `words` and `abbreviations` are the user's own.

    >>> from kz_textkit.cleaning.clean import clean
    >>> from kz_textkit.document import RawDocument
    >>> (found,) = Annotator().annotate(clean(RawDocument("ән", "ән.txt", "", "utf-8", "Қыздар ән салды. Біз тыңдадық.")))
    >>> found.lemma.to_pylist(), found.begins.tolist().count(True)
    (['қыз', 'ән', 'сал', '.', 'біз', 'тыңда', '.'], 2)
    """

    def __init__(self, words: Iterable[UserWord] = (), abbreviations: Iterable[OwnAbbreviation] = ()) -> None:
        self._tagger = Tagger(words)
        self._abbreviations = tuple(abbreviations)
        self._own_forms = frozenset(form for own in self._abbreviations for form in own.forms)
        self._own_places = places_of(self._abbreviations)
        self.forget()

    @property
    def has_outgrown(self) -> bool:
        """Whether so many words were met that they should be forgotten between two documents, lest memory grow with the corpus."""
        return len(self._chunks) > MOST_CHUNKS or len(self._tagger.types.readings) > MOST_READINGS

    def forget(self) -> None:
        """Forgets every word that was met, to free memory; nothing else changes."""
        self._tagger.forget()
        self._chunks = Chunks(self._meet, self._abbreviations)
        self._forms = StringColumn(self._chunks.forms)
        self._type, self._mark, self._stop = Growing(), Growing(), Growing()
        self._readings = _Readings(self._tagger)

    def annotate(self, document: Document) -> Iterator[TokenColumns]:
        """The tokens of a document, in one item or several."""
        return (columns for _, columns in self.annotate_all([document]))

    def annotate_all(self, documents: Iterable[Document]) -> Iterator[tuple[int, TokenColumns]]:
        """The tokens of documents, each item with the number of its document; the same as one by one, but small ones are done together,
        which is faster.

        >>> from kz_textkit.cleaning.clean import clean
        >>> from kz_textkit.document import RawDocument
        >>> given = [clean(RawDocument(name, name, "", "utf-8", text)) for name, text in (("ән", "Ән салды."), ("күй", "Күй тартты."))]
        >>> [(number, found.lemma.to_pylist()) for number, found in Annotator().annotate_all(given)]
        [(0, ['ән', 'сал', '.']), (1, ['күй', 'тарт', '.'])]
        """
        group: list[_Numbered] = []
        size = 0
        for number, document in enumerate(documents):
            for stretch in stretches(document):
                group += [_Numbered(number, piece) for piece in stretch]
                size += sum(len(piece.text) for piece in stretch)
                if size >= GROUP_CHARACTERS:
                    yield from self._annotated(group)
                    group, size = [], 0
        if group:
            yield from self._annotated(group)

    def _meet(self, forms: Sequence[str]) -> None:
        """Learns what depends on the form alone, of new forms."""
        words = [form for form in forms if not form.isspace()]
        numbers = self._tagger.numbers(words)
        if len(words) < len(forms):
            of_words = iter(numbers)
            numbers = [SPACE if form.isspace() else next(of_words) for form in forms]
        self._type.extend(numbers)
        self._mark.extend([0 if form.isalnum() else mark_kind(form, self._own_forms) for form in forms])
        stop_words = KazakhDefaults.stop_words
        self._stop.extend([form.lower() in stop_words for form in forms])

    def _annotated(self, group: Sequence[_Numbered]) -> Iterator[tuple[int, TokenColumns]]:
        documents = [number for number, _ in group]
        with without_collection():
            columns = self._columns([piece for _, piece in group], documents)
        return _parted(columns, documents)

    def _columns(self, group: Sequence[Piece], documents: Sequence[int]) -> TokenColumns:
        """The tokens of pieces, as if these were blocks."""
        tokens = self._chunks.cut([piece.text for piece in group])
        types = self._type.values()[tokens.form]
        starts = self._starts(tokens)
        chosen = self._tagger.choose(types, starts, np.array(documents, dtype=np.int64)[tokens.text])
        words = types != SPACE
        text, form = tokens.text[words], tokens.form[words]
        begins = starts[words]
        begins[np.flatnonzero(np.diff(text, prepend=-1))] = True
        start = tokens.start[words] + np.array([piece.start for piece in group], dtype=np.int64)[text]
        return TokenColumns(
            [piece.block for piece in group],
            text,
            start,
            start + self._chunks.lengths.values()[form],
            begins,
            tokens.space_after[words],
            self._stop.values()[form] == 1,
            self._forms.at(form),
            *self._readings.columns(chosen[words], form, self._chunks.forms),
        )

    def _starts(self, tokens: Chunked) -> Flags:
        """Whether each token begins a sentence."""
        starts = np.zeros(len(tokens.form), dtype=np.bool_)
        first = np.flatnonzero(np.diff(tokens.text, prepend=-1))
        starts[first] = True
        kinds = self._mark.values()[tokens.form]
        marked = np.flatnonzero(kinds)
        bounds = np.append(first, len(starts)).tolist()
        of_text = np.searchsorted(marked, bounds).tolist()
        places, kind_of = marked.tolist(), kinds[marked].tolist()
        forms, spaces = list(map(self._chunks.forms.__getitem__, tokens.form.tolist())), tokens.space_after.tolist()
        found = list[int]()
        for i in range(len(first)):
            low, high = of_text[i], of_text[i + 1]
            if low == high:
                continue
            begin, end = bounds[i], bounds[i + 1]
            marks = [(place - begin, kind) for place, kind in zip(places[low:high], kind_of[low:high], strict=True)]
            found += [begin + start for start in sentence_starts(forms[begin:end], spaces[begin:end], marks, self._own_places)]
        starts[found] = True
        return starts


def _parted(columns: TokenColumns, documents: Sequence[int]) -> Iterator[tuple[int, TokenColumns]]:
    """The tokens of each document apart, with its number; `columns` has pieces as its blocks, `documents` the document of each."""
    first = 0
    for number, own in groupby(documents):
        after = first + sum(1 for _ in own)
        blocks = list({id(block): block for block in columns.blocks[first:after]}.values())
        place_of = {id(block): place for place, block in enumerate(blocks)}
        places = np.array([place_of[id(block)] for block in columns.blocks[first:after]], dtype=np.int64)
        begin, end = np.searchsorted(columns.block, (first, after)).tolist()
        rows = slice(begin, end)
        yield (
            number,
            TokenColumns(
                blocks,
                places[columns.block[rows] - first],
                *(getattr(columns, name)[rows] for name in ("start", "end", "begins", "space_after", "is_stop")),
                *(getattr(columns, name)[rows] for name in ("form", "lemma", "upos", "xpos", "feats", "language")),
            ),
        )
        first = after


class _Coded:
    """Strings with numbers, and columns of them."""

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._numbers: dict[str, int] = {}
        self.at = StringColumn(self._strings).at
        """A column of the strings of numbers."""

    def number(self, string: str) -> int:
        """The number of a string."""
        found = self._numbers.get(string)
        if found is None:
            found = self._numbers[string] = len(self._strings)
            self._strings.append(string)
        return found


class _Readings:
    """What readings say, worked out once for each."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._codes = np.full((0, 5), -1, dtype=np.int32)
        """A row a reading: numbers of its lemma, part of speech, tag, features and language in `_coded`."""
        self._coded = tuple(_Coded() for _ in range(5))
        self._tags: dict[tuple[str, str], tuple[int, int, str]] = {}

    def columns(self, chosen: npt.NDArray[np.intp], form: Integers, forms: Sequence[str]) -> list[pa.Array]:
        """Lemmas, parts of speech, tags, features and languages of tokens, by their readings and forms."""
        count = len(self._tagger.types.readings)
        if len(self._codes) < count:
            more = np.full((2 * count, 5), -1, dtype=np.int32)
            more[: len(self._codes)] = self._codes
            self._codes = more
        unknown = np.flatnonzero(self._codes[chosen, 0] < 0)
        if len(unknown):
            new, at = np.unique(chosen[unknown], return_index=True)
            codes = [self._code(reading, forms[n]) for reading, n in zip(new.tolist(), form[unknown[at]].tolist(), strict=True)]
            self._codes[new] = np.array(codes, dtype=np.int32)
        return [coded.at(codes) for coded, codes in zip(self._coded, np.ascontiguousarray(self._codes[chosen].T), strict=True)]

    def _code(self, reading: int, form: str) -> tuple[int, int, int, int, int]:
        lemma, upos, feats = self._tagger.annotation(reading)
        tag = self._tags.get((upos, feats))
        if tag is None:
            # in the order of spaCy
            ordered = "|".join(sorted(feats.split("|"))) if feats else ""
            tag = self._tags[upos, feats] = self._coded[1].number(upos), self._coded[3].number(ordered), ordered
        upos_code, feats_code, ordered = tag
        lemmas, _, tags, _, languages = self._coded
        xpos, language = xpos_of(lemma, upos, feats), token_language(form, upos, ordered)
        return lemmas.number(lemma), upos_code, tags.number(xpos), feats_code, languages.number(language)


class StringColumn:
    """Columns of Arrow made of strings that have numbers, the places in a list that grows.

    >>> strings = ["ат", "ит"]
    >>> StringColumn(strings).at(np.array([1, 0, 1])).to_pylist()
    ['ит', 'ат', 'ит']
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        self._column = pa.array([], pa.string())
        """The first so many of them."""

    def at(self, numbers: npt.NDArray[Any]) -> pa.Array:
        """The strings of these numbers."""
        if not len(numbers):
            return self._column.slice(0, 0)
        known = len(self._column)
        if numbers.max() >= known:
            new = len(self._strings) - known
            if new * FEW_NEW < known and len(numbers) < known:
                return pa.array([self._strings[number] for number in numbers.tolist()], pa.string())
            self._column = pa.concat_arrays([self._column, pa.array(self._strings[known:], pa.string())])
        return self._column.take(pa.array(numbers))
