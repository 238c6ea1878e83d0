"""Where terms stand in a text: what a dispersion plot shows, as a table.

Words are numbered as they are counted (`kz_textkit.stats.terms`): marks, and what is not counted as text, have no number.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kz_textkit.stats.counting import Tokens, code_tokens, part_of_tokens
from kz_textkit.stats.terms import DECIMALS, NO_CAPITALS, PER_MILLION, By, Spellings, fold_case

__all__ = ["spread"]


def spread(
    tokens: Tokens,
    terms: Sequence[str],
    *,
    by: By = "form",
    shown: Spellings = NO_CAPITALS,
    parts: str = "lecture",
    sections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How `terms`, in capitals or not, are spread over the parts of a text, also over those that lack them.

    The rows are the terms in their order, and for each the parts in that of the text; the columns are term, doc_id, section_id (unless
    the parts are documents), words (of the part), count, per_million (of the words of the part), and at: the numbers of the words that
    are the term, from 1 in each part, as text with spaces between. `kz_textkit.stats.counting.part_of_tokens` says what parts are.

    >>> tokens = pd.DataFrame({"doc_id": ["d", "d", "d", "e"], "section_id": "s", "sentence_id": "1", "form": ["Ел", "!", "ел", "су"]})
    >>> print(spread(tokens, ["ел"], parts="document").to_string(index=False))
    term doc_id  words  count  per_million  at
      ел      d      2      2    1000000.0 1 2
      ел      e      1      0          0.0
    """
    coded = code_tokens(tokens, by=by, shown=shown)
    part, names = part_of_tokens(coded, sections, parts)
    is_word = coded.code >= 0
    part, code = part[is_word], coded.code[is_word]
    sizes = np.bincount(part, minlength=len(names))
    order = np.argsort(part, kind="stable")
    number = np.empty(len(part), dtype=np.int64)
    number[order] = np.arange(len(part)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tables = []
    for term, wanted in _codes(coded.terms.tolist(), terms):
        here = np.flatnonzero(code == wanted)
        places = pd.Series((number[here] + 1).astype(str)).groupby(part[here]).agg(" ".join)
        counts = np.bincount(part[here], minlength=len(names))
        table = names.assign(words=sizes, count=counts, per_million=(counts * PER_MILLION / np.maximum(sizes, 1)).round(DECIMALS))
        table["at"] = places.reindex(range(len(names)), fill_value="").to_numpy(dtype=object)
        table.insert(0, "term", term)
        tables.append(table[table["words"] > 0])
    return pd.concat(tables, ignore_index=True) if tables else names.assign(words=0, count=0, per_million=0.0, at="").iloc[:0]


def _codes(known: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, int]]:
    """The terms that were asked for as they are written in tables, and their codes; -1 where one does not occur."""
    exact = {term: code for code, term in enumerate(known)}
    folded = {fold_case(term): code for term, code in reversed(exact.items())}
    codes = [exact.get(term, folded.get(fold_case(term), -1)) for term in dict.fromkeys(wanted)]
    return [(known[code] if code >= 0 else term, code) for term, code in zip(dict.fromkeys(wanted), codes, strict=True)]
