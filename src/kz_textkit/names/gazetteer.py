"""Names that are known, and common nouns that names end in, by class: `data/gazetteer.tsv`, which a linguist can correct.

A name of one word is known by its lemma; one of several words by its words, the last of them with any ending.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["Gazetteer", "load_gazetteer", "phrases_in"]

STEM = 4
"""Letters that the last word of a name must have before its last letter may change before an ending (`банк`, `банкі`)."""


class Gazetteer(NamedTuple):
    """Classes of words and of phrases, all in small letters."""

    words: Mapping[str, tuple[str, ...]]
    """Classes by lemma."""
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """Phrases with their class, by their first word."""


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package.

    >>> load_gazetteer().words["астана"], load_gazetteer().phrases["нұр"][0]
    (('GPE',), (('нұр', 'отан'), 'organisation'))
    """
    words: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for line in files("kz_textkit.names").joinpath("data").joinpath("gazetteer.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, names = line.split("\t")
        for name in names.lower().split(", "):
            parts = tuple(name.split())
            if len(parts) > 1:
                phrases[parts[0]] = (*phrases.get(parts[0], ()), (parts, label))
            elif label not in words.get(name, ()):
                words[name] = (*words.get(name, ()), label)
    return Gazetteer(words, phrases)


def phrases_in(words: Sequence[str], gazetteer: Gazetteer) -> Iterator[tuple[int, int, str]]:
    """First word, word after the last, and class of each known phrase in `words`, which are in small letters.

    >>> list(phrases_in("бүгін сауд арабиясына барды".split(), load_gazetteer()))
    [(1, 3, 'GPE')]
    """
    for i, word in enumerate(words):
        for parts, label in gazetteer.phrases.get(word, ()):
            end = i + len(parts)
            stem = parts[-1][:-1] if len(parts[-1]) > STEM else parts[-1]
            if end <= len(words) and tuple(words[i : end - 1]) == parts[:-1] and words[end - 1].startswith(stem):
                yield i, end, label
