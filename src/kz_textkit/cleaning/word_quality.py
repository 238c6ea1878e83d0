"""What the words of a text show of how it came out: letters taken for others, spaces lost or too many, sentences in disorder.

Each measure counts places that sound Kazakh text hardly has, whatever it is about: a small letter after the end of a sentence (lines of
two columns read as one, lines out of order), letters that stand alone (words that were cut up), words longer than Kazakh makes them
(spaces lost), figures and signs inside words (letters misread, or a font that was not read), a running head with its number in the
middle of a sentence. Nothing is changed; `quality` says what is unusual. A long text is looked at in places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import compress, pairwise
from operator import not_
from types import MappingProxyType
from typing import NamedTuple

from kz_textkit.alphabet import KAZAKH_SPECIAL
from kz_textkit.document import Block

__all__ = ["WORD_MEASURES", "Seen", "first_of", "in_lists", "seen_of", "share_of"]

LOOKED_AT = 40_000
"""Characters of a text that are looked at, in blocks from all over it."""
FEWEST = 400
"""Characters below which shares say nothing."""
LONGEST_WORD = 22
"""Letters from which on a word is several: hardly any Kazakh form, its endings counted, has as many."""
ALIKE = 4
"""Times that the words after a rising number come again to be a running head."""
OWN_LETTERS = "".join(sorted({letter.lower() for letter in KAZAKH_SPECIAL}))
IN_ORDER = 0.8
"""Share of beginnings in the order of the alphabet from which on they are those of entries."""
ITEM = 80
"""Characters of the longest paragraph that is an item."""
ENTRY = 60
"""Characters in which the dash of an entry stands."""

_END = re.compile(r"[ыіаеә][.!?] ")
"""The end of a sentence inside a block. Finite verbs mostly end in a vowel, abbreviations (`респ.`, `мемл.`) in a consonant."""
_INSIDE = re.compile(r"[0-9]+|[^\w\s'’ʼ‘`\-‐‑–—.,:;!?…/()\[\]«»\"“”„\xad*&@+=#]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r"(?<=[а-яәғқңөұүһіё,] )(\d{1,4}) ((?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\S* ){1,3}\S+)")


class Seen(NamedTuple):
    """What is looked at of a text: Kazakh blocks, no program text; of a long text a share of them from all over it."""

    blocks: Sequence[Block]
    text: str
    """Their texts, a line each."""
    words: Sequence[str]
    """What white space parts in it."""


def seen_of(blocks: Sequence[Block]) -> Seen:
    """What is looked at of these blocks.

    >>> seen_of([])
    Seen(blocks=[], text='', words=[])
    """
    kazakh = [block for block in blocks if block.language in ("kk", "") and block.kind != "code"]
    total = sum([len(block.text) for block in kazakh])
    chosen = kazakh[:: -(-total // LOOKED_AT)] if total > LOOKED_AT else kazakh
    text = "\n".join([block.text for block in chosen])
    return Seen(chosen, text, text.split())


class Found(NamedTuple):
    """Places where something is wrong, of how many, and the first block that has one, where the blocks alone show it."""

    places: int
    of: int
    first: Block | None = None


def _disordered(seen: Seen) -> Found:
    """Sentences that go on with a small letter after their end, of all ends of sentences in the middle of a block."""
    text = seen.text
    ends = [found.end() for found in _END.finditer(text)]
    return Found(sum(text[end : end + 1].islower() for end in ends), len(ends))


def _begins_small(text: str) -> bool:
    return text[:1].islower() and text[1:2] != ")" and not any(dash in text[:ENTRY] for dash in (" – ", " — ", " - "))


def in_lists(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are, though paragraphs to their format, items of a list: short ones after a colon, up to the first that is none.

    >>> in_lists([])
    []
    """
    result: list[bool] = []
    before = ""
    for block in blocks:
        listed = before[-1:] == ":" or (bool(result) and result[-1])
        result.append(listed and len(block.text) < ITEM and block.text[:1].islower())
        before = block.text
    return result


def _small_beginnings(seen: Seen) -> Found:
    """Paragraphs that begin with a small letter, though what stands before them introduces no list. Entries of glossaries are none:
    they have a dash after the word, or stand in the order of the alphabet."""
    found = [
        block
        for before, block, listed in zip(seen.blocks, seen.blocks[1:], in_lists(seen.blocks)[1:], strict=False)
        if block.kind == "paragraph" and not listed and before.text[-1:] not in (":", ";") and _begins_small(block.text)
    ]
    rising = sum(a.text[0] <= b.text[0] for a, b in pairwise(found))
    total = sum(block.kind == "paragraph" for block in seen.blocks)
    return Found(0, total) if rising > IN_ORDER * len(found) else Found(len(found), total, next(iter(found), None))


def _heads_inside(seen: Seen) -> Found:
    """Paragraphs in which a running head stands with its number: words that come again, the number before them rising."""
    total = sum(block.kind == "paragraph" for block in seen.blocks)
    after = compress(seen.words[1:], map(str.isdecimal, seen.words))
    if sum(word[0].isupper() for word in after) < ALIKE:
        return Found(0, total)
    alike: dict[str, list[tuple[int, Block]]] = defaultdict(list)
    for block in seen.blocks:
        for found in _HEAD.finditer(block.text) if block.kind == "paragraph" else ():
            alike[found[2][:20]].append((int(found[1]), block))
    heads = [
        [block for _, block in places]
        for places in alike.values()
        if len(places) >= ALIKE and all(a < b for (a, _), (b, _) in pairwise(places))
    ]
    return Found(sum(map(len, heads)), total, heads[0][0] if heads else None)


def _alone(seen: Seen) -> Found:
    """Small letters that stand alone."""
    alone = compress(seen.words, map((1).__eq__, map(len, seen.words)))
    return Found(sum(map(str.islower, alone)), len(seen.words))


def _too_long(seen: Seen) -> Found:
    """Words longer than Kazakh makes them."""
    long = compress(seen.words, map(LONGEST_WORD.__le__, map(len, seen.words)))
    return Found(sum(any(len(part) >= LONGEST_WORD for part in _LETTERS.findall(word)) for word in long), len(seen.words))


def _inside_words(seen: Seen) -> Found:
    """Words with figures or signs between two small letters."""
    odd = "\n".join(compress(seen.words, map(not_, map(str.isalpha, seen.words))))
    places = [found.span() for found in _INSIDE.finditer(odd)]
    count = sum(start > 0 and odd[start - 1].islower() and odd[end : end + 1].islower() for start, end in places)
    return Found(count, len(seen.words))


def _own_letters(seen: Seen) -> Found:
    """Characters that are not one of the letters that Kazakh has and Russian has not: an eighth of Kazakh text is."""
    text = seen.text.lower()
    own = sum(map(text.count, OWN_LETTERS))
    return Found(len(text) - own, len(text), next(iter(seen.blocks), None))


Measure = Callable[[Seen], Found]
WORD_MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "disordered_sentences": _disordered,
        "small_beginnings": _small_beginnings,
        "heads_in_sentences": _heads_inside,
        "letters_alone": _alone,
        "long_words": _too_long,
        "signs_in_words": _inside_words,
        "without_own_letters": _own_letters,
    }
)
"""The measures by name."""


def share_of(measure: Measure, seen: Seen) -> float:
    """The share that a measure finds; 0 where a text is too short to say, or has few such places.

    >>> share_of(_alone, seen_of([]))
    0.0
    """
    if len(seen.text) < FEWEST:
        return 0.0
    found = measure(seen)
    return found.places / found.of if found.places >= ALIKE and found.of else 0.0


def first_of(measure: Measure, seen: Seen) -> Block | None:
    """The first block in which a measure finds something."""
    found = measure(seen)
    return found.first or next((block for block in seen.blocks if measure(Seen([block], block.text, block.text.split())).places), None)
