"""From a cleaned document to annotated spaCy Docs, and the pipeline that does it.

Each block is a text of its own, for no sentence runs from a heading into a paragraph. Blocks stream through `Language.pipe`, so memory
is bounded by a batch of blocks; a block without end (a file of one line) is annotated in pieces that are cut between sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import Literal, NamedTuple, TypeAlias, get_args

from spacy.language import Language
from spacy.tokens import Doc

from kz_textkit.annotation.pieces import STRETCH, Piece, stretches
from kz_textkit.document import Block, Document
from kz_textkit.lang.kk import Kazakh
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, add_abbreviations
from kz_textkit.morphology.components import DOCUMENT
from kz_textkit.morphology.user_words import UserWord
from kz_textkit.names import entities as _entities  # noqa: F401  (registers `kk_entities`)
from kz_textkit.syntax import component as _parser  # noqa: F401  (registers `kk_parser`)
from kz_textkit.user_abbreviations import read_user_abbreviations
from kz_textkit.user_words import read_user_words

__all__ = ["COMPONENTS", "LEVELS", "AnnotatedBlock", "Level", "annotate", "annotate_all", "build_pipeline", "has_outgrown", "load"]

COMPONENTS: tuple[str, ...] = ("kk_sentences", "kk_morphology")
"""Names of the factories of the full pipeline, in order."""

Level = Literal["fast", "full"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""How much `load` annotates: words alone, or names and syntax too."""

MAX_WORD_FORMS = 50_000
"""Word forms that a pipeline may have met; with all that is remembered of it each takes some 5 KB, and a new pipeline 0.1 s."""
BATCH_SIZE = 64
"""Blocks that may be in memory at once in components that work on batches."""


class AnnotatedBlock(NamedTuple):
    """A block with its Doc; `doc.text` is `block.text[offset:offset + len(doc.text)]`, nearly always the whole text."""

    block: Block
    doc: Doc
    offset: int = 0


def build_pipeline(
    names: Sequence[str] = COMPONENTS, words: Sequence[UserWord] = (), abbreviations: Sequence[OwnAbbreviation] = ()
) -> Language:
    """A new Kazakh pipeline with the named components after the tokenizer; `words` are added to its dictionary, `abbreviations` are
    known to the tokenizer and the splitter of sentences.

    >>> [s.text for s in build_pipeline()("Кеш түсті. Қой келді.").sents]
    ['Кеш түсті.', 'Қой келді.']
    """
    nlp: Language = Kazakh()
    add_abbreviations(nlp.tokenizer, abbreviations)
    given = {"kk_sentences": ("abbreviations", abbreviations), "kk_morphology": ("words", words)}
    for name in names:
        option, rows = given.get(name, ("", ()))
        nlp.add_pipe(name, config={option: [list(row) for row in rows]} if rows else {})
    return nlp


Files: TypeAlias = str | PathLike[str] | Iterable[str | PathLike[str]]


def load(
    level: Level = "fast", *, entities: bool = False, syntax: bool = False, words: Files = (), abbreviations: Files = ()
) -> Language:
    """The pipeline: tokens, sentences, lemmas, parts of speech and features; with `entities`, named entities too, with `syntax`, heads
    and universal relations; level `"full"` is both.

    `words` is a file of the user's own words, or several (`kz_textkit.user_words`), `abbreviations` one of abbreviations
    (`kz_textkit.user_abbreviations`). Raises `InputError` where one can't be read, and `ValueError` for another level.

    >>> [(e.text, e.label_) for e in load(entities=True)("Мұхтар Әуезов Семейде туған.").ents]
    [('Мұхтар Әуезов', 'PERSON'), ('Семейде', 'GPE')]
    """
    if level not in LEVELS:
        raise ValueError(f"there is no level {level!r}; choose one of {', '.join(LEVELS)}")
    wanted = {"kk_parser": syntax or level == "full", "kk_entities": entities or level == "full"}
    names = (*COMPONENTS, *(name for name, asked in wanted.items() if asked))
    return build_pipeline(names, read_user_words(_several(words)), read_user_abbreviations(_several(abbreviations)))


def _several(files: Files) -> Iterable[str | PathLike[str]]:
    return [files] if isinstance(files, (str, PathLike)) else files


def has_outgrown(nlp: Language) -> bool:
    """Whether a pipeline has met so many word forms that a new one should take its place between two documents.

    spaCy keeps every form that it has seen; without this, the memory of a worker would grow with the corpus.
    """
    return len(nlp.vocab) > MAX_WORD_FORMS


def annotate(document: Document, nlp: Language, *, batch_size: int = BATCH_SIZE) -> Iterator[AnnotatedBlock]:
    """The blocks of a document with their Docs, in document order.

    A block longer than `MAX_CHARS` comes in several consecutive items with growing `offset`. Each Doc knows its block as
    `doc.user_data["block_id"]`. Readings are chosen with all of the document in view (`annotation.pieces.stretches`).
    """
    return (block for _, block in annotate_all([document], nlp, batch_size=batch_size))


def annotate_all(documents: Iterable[Document], nlp: Language, *, batch_size: int = BATCH_SIZE) -> Iterator[tuple[int, AnnotatedBlock]]:
    """The blocks of documents with their Docs, each with the number of its document; the same as one by one, but faster."""
    group: list[tuple[int, Piece, str]] = []
    size = 0
    for number, document in enumerate(documents):
        for rank, stretch in enumerate(stretches(document)):
            # two documents may have the same id
            group += [(number, piece, f"{number}/{document.raw.doc_id}/{rank}") for piece in stretch]
            size += sum(len(piece.text) for piece in stretch)
            if size >= STRETCH:
                yield from _annotated(group, nlp, batch_size)
                group, size = [], 0
    yield from _annotated(group, nlp, batch_size)


def _annotated(group: Sequence[tuple[int, Piece, str]], nlp: Language, batch_size: int) -> Iterator[tuple[int, AnnotatedBlock]]:
    docs = (_made(nlp, piece, name) for _, piece, name in group)
    choosing = [name for name, factory in nlp.pipe_factories.items() if factory == "kk_morphology"]
    together = {name: {"batch_size": max(1, len(group))} for name in choosing}
    for (number, piece, _), doc in zip(group, nlp.pipe(docs, batch_size=batch_size, component_cfg=together), strict=True):
        yield number, AnnotatedBlock(piece.block, doc, piece.start)


def _made(nlp: Language, piece: Piece, document: str) -> Doc:
    doc = nlp.make_doc(piece.text)
    doc.user_data["block_id"] = piece.block.block_id
    doc.user_data[DOCUMENT] = document
    return doc
