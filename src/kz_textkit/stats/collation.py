"""Kazakh alphabetical order: ә after а, і after ы, whatever the code points say."""

from __future__ import annotations

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["alphabetical_key", "alphabetical_sql"]

_FIRST_RANK = 0xE000
_RANKS = {ord(letter): _FIRST_RANK + rank for rank, letter in enumerate(KAZAKH_LOWER)}
"""The letters in a row of code points that no text has, after Latin letters and digits."""


def alphabetical_key(text: str) -> tuple[str, str]:
    """A key to sort Kazakh words with: by letters first, and where these are the same, small letters before capitals.

    >>> sorted(["өзен", "зат", "Әке", "іс", "ара", "ыс", "әке", "яғни", "оқу"], key=alphabetical_key)
    ['ара', 'әке', 'Әке', 'зат', 'оқу', 'өзен', 'ыс', 'іс', 'яғни']
    """
    return text.lower().translate(_RANKS), text.swapcase()


def alphabetical_sql(column: str) -> str:
    """What stands after ORDER BY in DuckDB for the same order.

    >>> import duckdb
    >>> words = duckdb.values(*[(word,) for word in ("өзен", "Әке", "әке", "ара")])
    >>> [word for (word,) in words.order(alphabetical_sql("col0")).fetchall()]
    ['ара', 'әке', 'Әке', 'өзен']
    """
    ranks = "".join(map(chr, _RANKS.values()))
    return f"translate(lower({column}), '{KAZAKH_LOWER}', '{ranks}'), {column} DESC"
