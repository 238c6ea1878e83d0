"""The corpus on disk: its format, writing it, reading it, and the proof that it holds all of the raw text.

The names are loaded when they are first used: a concordance does not wait for what proves a corpus.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kz_textkit.corpus.part import Part as Part
    from kz_textkit.corpus.reader import Corpus as Corpus
    from kz_textkit.corpus.verification import Verification as Verification
    from kz_textkit.corpus.verification import verify as verify

_HOMES = {"Corpus": "reader", "Part": "part", "Verification": "verification", "verify": "verification"}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
