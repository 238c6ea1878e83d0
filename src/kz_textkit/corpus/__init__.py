"""The corpus on disk: its format, writing it, reading it, and the proof that it holds all of the raw text."""

from __future__ import annotations

from kz_textkit.corpus.part import Part
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.verify import Verification, verify

__all__ = ["Corpus", "Part", "Verification", "verify"]
