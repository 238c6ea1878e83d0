"""What the words of a sentence show of names: signs, as numbers that the weights are found by.

A sign is a text such as `e3=бай` (ends in -бай); what counts is the sign together with where it stands, seen from the word that is
decided: the word itself, one or two words before, one or two words after. Most signs depend on a word alone (its form, lemma, part of
speech and features), so they are worked out once a word type. The others are pairs of neighbours, known phrases and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.alphabet import KAZAKH_LOWER, KAZAKH_UPPER
from kz_textkit.names.gazetteer import Gazetteer, phrases_in

__all__ = ["OFFSETS", "Keys", "Word", "number", "pair_keys", "place_keys", "sentence_keys", "word_signs"]

Keys = npt.NDArray[np.uint64]

OFFSETS = (-2, -1, 0, 1, 2)
"""Where a word stands whose signs count: words after (positive) or before the one that is decided."""

FAR_SIGNS = ("w=", "l=", "p=", "s=", "g=")
"""Signs that count at a distance of two words."""

OPENING = {"«": "»", "“": "”", '"': '"'}
LONGEST_QUOTE = 6

_DIGIT = re.compile(r"\d")
_SHAPES = (
    (re.compile(r"\d"), "d"),
    (re.compile(r"[a-z]"), "l"),
    (re.compile(r"[A-Z]"), "L"),
    (re.compile(f"[{KAZAKH_LOWER}]"), "x"),
    (re.compile(f"[{KAZAKH_UPPER}]"), "X"),
    (re.compile(r"(.)\1{2,}"), r"\1\1"),
)
_FEATURE = re.compile(r"(Case|NumType|Person\[psor\])=(\w+)")

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HALF = np.uint64(29)


class Word(NamedTuple):
    """A token as the signs see it."""

    form: str
    lemma: str
    upos: str
    feats: str
    """UD features, as in CoNLL-U; empty for none."""


def word_signs(word: Word, gazetteer: Gazetteer) -> list[str]:
    """What a word shows by itself.

    >>> from kz_textkit.names.gazetteer import load_gazetteer
    >>> [s for s in word_signs(Word("Астанада", "Астана", "PROPN", "Case=Loc"), load_gazetteer()) if s[0] in "gs"]
    ['s=Xxx', 'g=GPE']
    """
    form, lemma = _DIGIT.sub("0", word.form.lower()), word.lemma.lower()
    feats = dict(_FEATURE.findall(word.feats))
    signs = [f"w={form}", f"l={lemma}", f"p={word.upos}", f"s={_shape(word.form)}", f"c={word.upos}{feats.get('Case', '')}"]
    signs += [f"e{n}={form[-n:]}" for n in (2, 3, 4, 5) if len(form) > n]
    signs += [f"b{n}={form[:n]}" for n in (2, 3, 4) if len(form) > n]
    signs += [f"g={label}" for label in gazetteer.words.get(lemma) or gazetteer.words.get(form, ())]
    signs.append(f"t={lemma[-3:]}")
    if word.form[:1].isupper():
        signs.append("capital")
    if len(word.form) > 1 and word.form.isupper():
        signs.append("capitals")
    if feats.get("Person[psor]") == "3":
        signs.append("possessed")
    if "NumType" in feats:
        signs.append(f"n={feats['NumType']}")
    return signs


@lru_cache(maxsize=100_000)
def _shape(form: str) -> str:
    for pattern, replacement in _SHAPES:
        form = pattern.sub(replacement, form)
    return form


def number(sign: str) -> int:
    """A sign as a number of 64 bits, the same in every process."""
    data = sign.encode()
    return crc32(data) << 32 | crc32(data, 0x5BD1E995)


def place_keys(signs: Sequence[str], offset: int) -> Keys:
    """The keys of a word's signs, seen from a word so many words before it (`offset` below 0: after it)."""
    if abs(offset) > 1:
        signs = [sign for sign in signs if sign.startswith(FAR_SIGNS)]
    return _mixed(np.array([number(sign) for sign in signs], dtype=np.uint64), offset + len(OFFSETS))


def pair_keys(lemmas: Keys, parts: Keys, shapes: Keys) -> list[tuple[Keys, int, int]]:
    """Keys of neighbours for the words of a sequence: (keys, how many words are left out at its start, how many at its end).

    Arguments are numbers of the signs `l=`, `p=`, `s=` of each word.
    """
    keys: list[tuple[Keys, int, int]] = []
    for template, values in enumerate((lemmas, parts, shapes), 20):
        both = _mixed(values[:-1], 2 * template) ^ _mixed(values[1:], 2 * template + 1)
        keys += [(_mixed(both, 60 + template), 1, 0), (_mixed(both, 90 + template), 0, 1)]
    if len(parts) > 2:
        keys.append((_mixed(parts[:-2], 120) ^ _mixed(parts[1:-1], 121) ^ _mixed(parts[2:], 122), 1, 1))
    return keys


def sentence_keys(words: Sequence[Word], gazetteer: Gazetteer) -> list[tuple[int, Keys]]:
    """Keys that need the whole sentence (its ends, known phrases, quotations): (word, keys)."""
    found: list[tuple[int, list[str]]] = [(0, ["first"]), (len(words) - 1, ["last"])]
    lower = [word.form.lower() for word in words]
    for start, end, label in phrases_in(lower, gazetteer):
        found += [(i, [f"{'B' if i == start else 'I'}g={label}"]) for i in range(start, end)]
    for start, end in _quotations(words):
        signs = ["quoted", f"quoted:{min(end - start, LONGEST_QUOTE)}", f"quoted:{words[start].form[:1].isupper()}"]
        if end + 1 < len(words):
            signs.append(f"quoted<{words[end + 1].lemma.lower()}")
            found.append((end + 1, ["after quotation"]))
        if start > 1:
            signs.append(f"quoted>{words[start - 2].lemma.lower()}")
        found += [(i, signs) for i in range(start, end)]
    return [(i, np.array([number(sign) for sign in signs], dtype=np.uint64)) for i, signs in found]


def _quotations(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Spans of words between quotation marks."""
    spans: list[tuple[int, int]] = []
    start, closing = 0, ""
    for i, word in enumerate(words):
        if closing and word.form == closing:
            if i > start:
                spans.append((start, i))
            closing = ""
        elif word.form in OPENING:
            start, closing = i + 1, OPENING[word.form]
    return spans


def _mixed(values: Keys, salt: int) -> Keys:
    """Numbers spread anew, another way for each salt."""
    spread = (values + np.uint64(salt)) * _SPREAD
    return (spread ^ (spread >> _HALF)) * _MIX
