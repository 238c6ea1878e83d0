"""The commonest terms of every part of a text, and those that one part alone has."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kz_textkit.stats.counting import ALL, Filter, Tokens, by_count, code_tokens, count_pairs, part_of_tokens
from kz_textkit.stats.terms import DECIMALS, NO_CAPITALS, PER_MILLION, By, Spellings

__all__ = ["terms_of_each_part"]


def terms_of_each_part(
    tokens: Tokens,
    *,
    by: By = "form",
    words: Filter = ALL,
    shown: Spellings = NO_CAPITALS,
    parts: str = "lecture",
    sections: pd.DataFrame | None = None,
    top: int = 0,
    min_count: int = 1,
    alone: bool = False,
) -> pd.DataFrame:
    """The `top` commonest terms of each part (all for 0), in the order of the text; with `alone` of those that no other part has.

    The columns are doc_id, section_id (unless the parts are documents), rank (in its part), term, count, per_million (of the words of
    the part) and parts (how many of them have the term). Terms occur `min_count` times in the part at least. What parts are is said in
    `kz_textkit.stats.counting.part_of_tokens`.

    >>> tokens = pd.DataFrame({"doc_id": ["а", "а", "ә"], "section_id": "s", "sentence_id": "1", "form": ["ел", "су", "ел"]})
    >>> terms_of_each_part(tokens, parts="document", alone=True)[["doc_id", "term", "count"]].values.tolist()
    [['а', 'су', 1]]
    """
    coded = code_tokens(tokens, by=by, words=words, shown=shown)
    part, names = part_of_tokens(coded, sections, parts)
    sizes = np.bincount(part[coded.code >= 0], minlength=len(names))
    at, code, count = count_pairs(part[coded.listed], coded.code[coded.listed])
    having = np.bincount(code, minlength=len(coded.terms))[code]
    rate = (count * PER_MILLION / np.maximum(sizes[at], 1)).round(DECIMALS)
    table = names.iloc[at].reset_index(drop=True).assign(term=coded.terms[code], count=count, per_million=rate, parts=having, part=at)
    table = table[(table["count"] >= min_count) & ((table["parts"] == 1) | (not alone))]
    table = by_count(table, "term", "count").sort_values("part", kind="stable", ignore_index=True)
    rank = table.groupby("part").cumcount() + 1
    table.insert(table.columns.get_loc("term"), "rank", rank)
    return (table[table["rank"] <= top] if top else table).drop(columns="part").reset_index(drop=True)
