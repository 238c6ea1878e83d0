"""kz-textkit: from raw Kazakh files to a clean, structured, annotated corpus with term frequencies.

>>> import kz_textkit as kz
>>> kz.fix("Ҥкіметтің ӛз ҧстанымы")
'Үкіметтің өз ұстанымы'

    print(kz.explain(text))                     # what was changed, where, and by which rule
    doc = kz.clean(kz.read("lecture.txt"))      # doc.sections, doc.edits, doc.links
    summary = kz.run("corpus/raw", "corpus/clean")
    corpus = kz.Corpus("corpus/clean")          # corpus.tokens, corpus.sections, ...: DataFrames
    kz.verify("corpus/clean").ok                # the raw texts can be rebuilt from it
    nlp = kz.load()                             # the spaCy pipeline

The names are loaded when they are first used: `kz.fix` does not wait for spaCy, nor the command line for pandas.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kz_textkit.cleaning.clean import clean as clean
    from kz_textkit.cleaning.fixing import explain as explain
    from kz_textkit.cleaning.fixing import fix as fix
    from kz_textkit.cleaning.scripts import transliterate as transliterate
    from kz_textkit.corpus.reader import Corpus as Corpus
    from kz_textkit.corpus.verification import verify as verify
    from kz_textkit.document import Block as Block
    from kz_textkit.document import Document as Document
    from kz_textkit.document import Edit as Edit
    from kz_textkit.document import Extraction as Extraction
    from kz_textkit.document import Link as Link
    from kz_textkit.document import Mark as Mark
    from kz_textkit.document import RawDocument as RawDocument
    from kz_textkit.document import Section as Section
    from kz_textkit.errors import CorpusError as CorpusError
    from kz_textkit.errors import InputError as InputError
    from kz_textkit.errors import KzTextkitError as KzTextkitError
    from kz_textkit.errors import UsageError as UsageError
    from kz_textkit.pipeline.batch import run as run
    from kz_textkit.readers import read as read
    from kz_textkit.readers import read_all as read_all
    from kz_textkit.settings import Settings as Settings

_HOMES = {
    "Block": "document",
    "Corpus": "corpus.reader",
    "CorpusError": "errors",
    "Document": "document",
    "Edit": "document",
    "Extraction": "document",
    "InputError": "errors",
    "KzTextkitError": "errors",
    "Link": "document",
    "Mark": "document",
    "RawDocument": "document",
    "Section": "document",
    "Settings": "settings",
    "UsageError": "errors",
    "clean": "cleaning.clean",
    "explain": "cleaning.fixing",
    "fix": "cleaning.fixing",
    "load": "annotation.components",
    "read": "readers",
    "read_all": "readers",
    "run": "pipeline.batch",
    "transliterate": "cleaning.scripts",
    "verify": "corpus.verification",
}

__all__ = sorted(_HOMES)

logging.getLogger(__name__).addHandler(logging.NullHandler())  # What is logged is for programs that listen.


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
