"""Kazakh alphabetical order: ә after а, і after ы, whatever the code points say."""

from __future__ import annotations

from kz_textkit.alphabet import KAZAKH_LOWER

__all__ = ["alphabetical_key"]

_RANKS = {ord(letter): 0xE000 + rank for rank, letter in enumerate(KAZAKH_LOWER)}
"""The letters in a row of code points that no text has, after Latin letters and digits."""


def alphabetical_key(text: str) -> tuple[str, str]:
    """A key to sort Kazakh words with: by letters first, and where these are the same, small letters before capitals.

    >>> sorted(["өзен", "зат", "Әке", "іс", "ара", "ыс", "әке", "яғни", "оқу"], key=alphabetical_key)
    ['ара', 'әке', 'Әке', 'зат', 'оқу', 'өзен', 'ыс', 'іс', 'яғни']
    """
    return text.lower().translate(_RANKS), text.swapcase()
