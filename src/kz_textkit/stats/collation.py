"""Kazakh alphabetical order: ә after а, і after ы, whatever the code points say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["alphabetical_key", "alphabetical_order", "alphabetical_sql"]

_FIRST_RANK = 0xE000
_RANKS = {ord(letter): _FIRST_RANK + rank for rank, letter in enumerate(KAZAKH_LOWER)}
"""The letters in a row of code points that no text has, after Latin letters and digits."""
AT_ONCE = 100_000
"""Texts whose keys are made at a time."""


def alphabetical_key(text: str) -> tuple[str, str]:
    """A key to sort Kazakh words with: by letters first, and where these are the same, small letters before capitals.

    >>> sorted(["өзен", "зат", "Әке", "іс", "ара", "ыс", "әке", "яғни", "оқу"], key=alphabetical_key)
    ['ара', 'әке', 'Әке', 'зат', 'оқу', 'өзен', 'ыс', 'іс', 'яғни']
    """
    return text.lower().translate(_RANKS), text.swapcase()


def alphabetical_order(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """The places of texts in that order, the same ones in the order that they have: quick for millions.

    >>> alphabetical_order(["өзен", "Әке", "ара", "әке"]).tolist()
    [2, 3, 1, 0]
    """
    pieces = [_keys(texts[start : start + AT_ONCE]) for start in range(0, max(len(texts), 1), AT_ONCE)]
    table = pa.concat_tables(pieces).combine_chunks()
    del pieces
    order = pc.sort_indices(table, sort_keys=[("a", "ascending"), ("b", "ascending")])
    return np.asarray(order.to_numpy(), dtype=np.int64)


def _keys(texts: Sequence[str]) -> pa.Table:
    """The keys of some texts; those of all at once as texts of Python would take the memory of a corpus."""
    first, second = alphabetical_key("\n".join(texts))
    columns = [first.split("\n"), second.split("\n")] if texts else [[], []]
    if any(len(column) != len(texts) for column in columns):
        columns = [list(column) for column in zip(*map(alphabetical_key, texts), strict=True)]
    # Bytes of UTF-8 sort as the code points do, half of a surrogate pair among them.
    keys = [[key.encode("utf-8", "surrogatepass") for key in column] for column in columns]
    return pa.table({name: pa.array(column, pa.binary()) for name, column in zip("ab", keys, strict=True)})


def alphabetical_sql(column: str) -> str:
    """What stands after ORDER BY in DuckDB for the same order.

    >>> import duckdb
    >>> words = duckdb.values(*[(word,) for word in ("өзен", "Әке", "әке", "ара")])
    >>> [word for (word,) in words.order(alphabetical_sql("col0")).fetchall()]
    ['ара', 'әке', 'Әке', 'өзен']
    """
    ranks = "".join(map(chr, _RANKS.values()))
    return f"translate(lower({column}), '{KAZAKH_LOWER}', '{ranks}'), {column} DESC"
