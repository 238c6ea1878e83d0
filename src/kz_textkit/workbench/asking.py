"""Questions out of addresses: which part of the corpus, which words, how many."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, cast

from starlette.datastructures import QueryParams

from kz_textkit.corpus.part import Part
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.subcorpora import joined, saved_subcorpora, subcorpus
from kz_textkit.document import BLOCK_KINDS
from kz_textkit.errors import UsageError
from kz_textkit.stats.counting import COLUMNS, Filter
from kz_textkit.stats.terms import By

__all__ = ["PART_NAMES", "asked_part", "part_choices", "way_of_counting", "whole_number", "words_filter"]

PART_NAMES = ("in", "document", "section", "kind", "where")
"""Parameters that name a part."""
MOST_CHOICES = 500
"""Documents that a form offers; others are typed."""


def asked_part(corpus: Corpus, query: Mapping[str, str], prefix: str = "") -> Part:
    """The part of the corpus that the parameters of an address name; all of it where they name none.

    Raises `UsageError` where there is no such part.
    """
    values = {name: query.get(prefix + name, "").strip() for name in PART_NAMES}

    def several(name: str) -> tuple[str, ...]:
        return (values[name],) if values[name] else ()

    part = Part(sections=several("section"), documents=several("document"), block_kinds=several("kind"), where=values["where"])
    return joined(subcorpus(corpus.path, values["in"]), part) if values["in"] else part


def part_choices(corpus: Corpus) -> dict[str, Any]:
    """What a form can offer to choose a part from."""
    return {
        "saved": list(saved_subcorpora(corpus.path)),
        "doc_ids": list(islice(corpus.doc_ids, MOST_CHOICES)),
        "block_kinds": BLOCK_KINDS,
    }


def whole_number(query: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    """A number of an address, within its bounds; the default where there is none.

    >>> whole_number({"n": "7"}, "n", 3), whole_number({"n": "-7"}, "n", 3), whole_number({"n": "99"}, "n", 3, most=10)
    (7, 3, 10)
    """
    value = query.get(name, "").strip()
    return min(max(int(value), least), most) if value.isascii() and value.isdigit() and len(value) < 10 else default


def way_of_counting(corpus: Corpus, query: Mapping[str, str], *, default: By | None = None) -> By:
    """What a term is.

    Raises `UsageError` where there are no such terms.
    """
    name = query.get("by", "") or default or corpus.default_terms
    if name not in COLUMNS:
        raise UsageError(f"there are no terms by {name}: choose one of {', '.join(COLUMNS)}")
    return cast("By", name)


def words_filter(query: QueryParams, *, stop_words: bool) -> Filter:
    """Which words are listed. `stop_words` is whether function words are, where the form was not sent yet."""
    chosen = query.get("stop") == "on" if "sent" in query else stop_words
    return Filter(upos=tuple(name for name in query.getlist("upos") if name), stop_words=chosen, matching=query.get("matching") or None)
