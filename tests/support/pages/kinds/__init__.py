"""Grammars of documents: each function writes one kind into a `Writer` until it is long enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pages.kinds import everyday, fiction, office, reference, sites, study, web
from pages.writer import Writer

__all__ = ["GRAMMARS"]

GRAMMARS: Mapping[str, Callable[[Writer], None]] = {
    **fiction.GRAMMARS,
    **study.GRAMMARS,
    **office.GRAMMARS,
    **reference.GRAMMARS,
    **web.GRAMMARS,
    **sites.GRAMMARS,
    **everyday.GRAMMARS,
}
