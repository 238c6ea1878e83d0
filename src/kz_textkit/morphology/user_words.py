"""Words that a user adds to the dictionary."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from kz_textkit.morphology.lexicon import FLAGS, START_STATES, Entry

__all__ = ["UserWord", "entry_of", "parse_user_words"]

WEIGHT = math.log(60.0)
"""As common as the frequent words of the dictionary: who adds a word wants it found."""

KINDS = frozenset({*FLAGS, "WORD", ""})
MARKS = frozenset({"CCONJ", "SCONJ", "PART", "INTJ", "DET", "X", "SYM"})
"""Parts of speech that take no suffixes."""


class UserWord(NamedTuple):
    """A word of a user."""

    lemma: str
    upos: str
    kind: str = ""
    """`masc`, `fem`, `WORD`, or nothing."""


def parse_user_words(text: str) -> Iterator[UserWord]:
    """The words of a table. Raises `ValueError` with the number of the line where one is no word.

    >>> list(parse_user_words("# менің сөздерім\\nАқселеу\\tPROPN\\tmasc\\n"))
    [UserWord(lemma='Ақселеу', upos='PROPN', kind='masc')]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        lemma, *rest = (column.strip() for column in line.replace(";", "\t").split("\t"))
        upos, kind = rest[0] if rest else "NOUN", rest[1] if len(rest) > 1 else ""
        if not lemma or " " in lemma:
            raise ValueError(f"line {number}: {lemma or 'nothing'!r} is no single word")
        if upos not in START_STATES and upos not in MARKS:
            raise ValueError(f"line {number}: {upos!r} is no part of speech; there are {', '.join(sorted({*START_STATES, *MARKS}))}")
        if kind not in KINDS:
            raise ValueError(f"line {number}: {kind!r} says nothing; there are {', '.join(sorted(KINDS - {''}))}")
        yield UserWord(lemma, upos, kind)


def entry_of(word: UserWord) -> Entry:
    """A user's word as an entry of the dictionary."""
    state = "WORD" if word.kind == "WORD" else START_STATES.get(word.upos, "WORD")
    return Entry(word.lemma, word.upos, FLAGS.get(word.kind, ""), state, WEIGHT, "user")
