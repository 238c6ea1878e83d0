"""Documents that are left out of a corpus because a signal of their quality is out of the bounds that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

from kz_textkit.corpus.manifest import Dropped
from kz_textkit.document import Document
from kz_textkit.filters.boilerplate import read_lines
from kz_textkit.filters.bounds import bounds_named, broken_bounds
from kz_textkit.filters.personal_data import check_kinds
from kz_textkit.filters.signals import signals_of
from kz_textkit.lang.kk.stop_words import STOP_WORDS
from kz_textkit.morphology.commonness import commonness_with
from kz_textkit.settings import Settings
from kz_textkit.tables import write_csv
from kz_textkit.user_words import read_user_words

__all__ = ["DROPPED", "check_filters", "document_signals", "dropped_by_filters", "save_dropped"]

DROPPED = "dropped.csv"
"""File of the corpus with what was left out."""

SAMPLE = 120
"""Characters of a document that was left out that are kept to show what it was."""

DECIMALS = 4


def check_filters(settings: Settings) -> None:
    """Raise `UsageError` where the settings name filters, lines or kinds of personal data that there are not."""
    bounds_named(settings.filters)
    read_lines(settings.drop_lines)
    check_kinds(settings.mask)


def document_signals(document: Document, settings: Settings) -> dict[str, float]:
    """The signals of the clean text of a document (`kz_textkit.filters.signals`); contents and page furniture do not count."""
    blocks = [block for section in document.sections if section.kind != "contents" for block in section.blocks]
    common = commonness_with(read_user_words(settings.words))
    return signals_of(
        [block.text for block in blocks],
        [block.language or document.language for block in blocks],
        is_known=lambda word: common(word) > 0 or word in STOP_WORDS,
        stop_words=STOP_WORDS,
    )


def dropped_by_filters(document: Document, file_id: str, settings: Settings) -> Dropped | None:
    """What there is to say of a document that the filters of the settings leave out; None where it stays."""
    if not settings.filters:
        return None
    signals = document_signals(document, settings)
    # Of a text without words nothing else is to be said.
    broken = list(broken_bounds(signals if signals["words"] else {"words": 0}, bounds_named(settings.filters)))
    if not broken:
        return None
    return Dropped(
        doc_id=document.raw.doc_id,
        source=document.raw.source,
        file=file_id,
        sha256=document.raw.sha256,
        reasons=[bound.complaint(value) for bound, value in broken],
        signals={bound.signal: round(value, DECIMALS) for bound, value in broken},
        sample=shorten(" ".join(document.text[: 4 * SAMPLE].split()), SAMPLE, placeholder="…"),
    )


def save_dropped(dropped: Iterable[Dropped], folder: Path) -> None:
    """Write `dropped.csv` (document, source, signals with their values, reasons, sample) where anything was left out."""
    rows = [
        (
            document.doc_id,
            document.source,
            "; ".join(f"{name}={value:g}" for name, value in document.signals.items()),
            "; ".join(document.reasons),
            document.sample,
        )
        for document in dropped
    ]
    if rows:
        with (folder / DROPPED).open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, ["doc_id", "source", "signals", "reasons", "sample"], rows, defused=True)
