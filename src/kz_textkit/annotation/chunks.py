"""Tokens of running text, each distinct stretch between spaces cut once.

In spaCy's tokenizer no rule of the Kazakh tables reaches over a space, so a text is the sum of its chunks, and most chunks have been
met before. Where a new one is letters between the usual marks, the rules have nothing else to cut than these; any other is given to
spaCy's tokenizer, with a vocabulary of its own that works out no attributes of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from kz_textkit.alphabet import KAZAKH_LOWER
from kz_textkit.lang.kk import KazakhDefaults
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, add_abbreviations

__all__ = ["Chunked", "Chunks", "Growing"]

Integers = npt.NDArray[np.int64]

_letters = rf"[{KAZAKH_LOWER}{KAZAKH_LOWER.upper()}]+[{KAZAKH_LOWER}]"
_mark = r"(?:[,!?»)]|[:;](?!\)))"
"""Not the eyes of `:)`."""
_simple = re.compile(rf"^(?:([«(]?)({_letters})(\.?{_mark}{{0,3}}|[»)]{{1,2}}\.)|.*)$", re.MULTILINE)
"""A line that is a word, with a mark before it and some after it at most: these three, or nothing."""
_run = re.compile(r"\s+|\S+")


class Growing:
    """Numbers to which others are added."""

    def __init__(self) -> None:
        self._array = np.zeros(1024, dtype=np.int64)
        self._filled = 0

    def extend(self, numbers: Sequence[int] | Integers) -> None:
        """Adds numbers."""
        needed = self._filled + len(numbers)
        if needed > len(self._array):
            longer = np.zeros(max(needed, 2 * len(self._array)), dtype=np.int64)
            longer[: self._filled] = self._array[: self._filled]
            self._array = longer
        self._array[self._filled : needed] = numbers
        self._filled = needed

    def values(self) -> Integers:
        """All numbers so far."""
        return self._array[: self._filled]


class Chunked(NamedTuple):
    """The tokens of several texts, one after the other, white space among them."""

    text: Integers
    """Which of the texts each token is of."""
    form: Integers
    """Number of its form."""
    start: Integers
    """Where it begins in its text."""
    space_after: npt.NDArray[np.bool_]


class Chunks:
    """Cuts texts, and remembers every chunk.

    `on_new` is told of forms that are met for the first time, in the order of their numbers; `abbreviations` are the user's own.

    >>> chunks = Chunks(lambda forms: None)
    >>> [chunks.forms[i] for i in chunks.cut(["Қой келді, «қозы» да."]).form.tolist()]
    ['Қой', 'келді', ',', '«', 'қозы', '»', 'да', '.']
    """

    def __init__(self, on_new: Callable[[Sequence[str]], None], abbreviations: Iterable[OwnAbbreviation] = ()) -> None:
        defaults = KazakhDefaults
        self.forms: list[str] = []
        self.lengths = Growing()
        """Characters of each form."""
        self._on_new = on_new
        self._numbers: dict[str, int] = {}
        self._ids: dict[str, int] = {}
        self._first, self._count = Growing(), Growing()
        self._form, self._place = Growing(), Growing()
        self._tokenizer = Tokenizer(
            Vocab(),
            rules=defaults.tokenizer_exceptions,
            prefix_search=compile_prefix_regex(defaults.prefixes).search,
            suffix_search=compile_suffix_regex(defaults.suffixes).search,
            infix_finditer=compile_infix_regex(defaults.infixes).finditer,
            token_match=defaults.token_match,
            url_match=defaults.url_match,
        )
        add_abbreviations(self._tokenizer, abbreviations)
        self._exceptions = frozenset(found[2] for rule in self._tokenizer.rules if (found := _simple.fullmatch(rule)))
        """Words that are in rules of their own, by themselves or with marks."""

    def __len__(self) -> int:
        """Chunks that are remembered."""
        return len(self._ids)

    def cut(self, texts: Sequence[str]) -> Chunked:
        """The tokens of texts."""
        chunks: list[str] = []
        gaps: list[bool] = []
        counts = []
        for text in texts:
            before = len(chunks)
            parts = text.split(" ")
            if parts == text.split():
                gaps += [True] * (len(parts) - 1)
                gaps.append(False)
                chunks += parts
            else:
                for chunk, has_gap in _with_white_space(text):
                    chunks.append(chunk)
                    gaps.append(has_gap)
            counts.append(len(chunks) - before)
        ids = self._ids_of(chunks)
        gap = np.array(gaps, dtype=np.int64)
        of_text = np.repeat(np.arange(len(counts)), counts)
        lengths = np.fromiter(map(len, chunks), np.int64, len(chunks)) + gap
        begins = np.cumsum(lengths) - lengths
        begins -= begins[np.cumsum(counts) - counts][of_text]
        count = self._count.values()[ids]
        after = np.cumsum(count)
        places = np.arange(int(after[-1]) if len(after) else 0) + np.repeat(self._first.values()[ids] - after + count, count)
        space_after = np.zeros(len(places), dtype=np.bool_)
        space_after[after - 1] = gap == 1
        start = np.repeat(begins, count) + self._place.values()[places]
        return Chunked(np.repeat(of_text, count), self._form.values()[places], start, space_after)

    def _ids_of(self, chunks: Sequence[str]) -> Integers:
        known = self._ids
        try:
            return np.fromiter(map(known.__getitem__, chunks), np.int64, len(chunks))
        except KeyError:
            self._add([chunk for chunk in dict.fromkeys(chunks) if chunk not in known])
        return np.fromiter(map(known.__getitem__, chunks), np.int64, len(chunks))

    def _add(self, chunks: Sequence[str]) -> None:
        """Cuts new chunks."""
        tokens, places, counts = list[str](), list[int](), list[int]()
        exceptions = self._exceptions
        lines = "\n".join(["" if "\n" in chunk else chunk for chunk in chunks])
        for chunk, (before, word, marks) in zip(chunks, _simple.findall(lines), strict=True):
            if word and word not in exceptions:
                if before:
                    tokens.append(before)
                    places.append(0)
                tokens.append(word)
                places.append(len(before))
                if marks:
                    tokens += marks
                    places += range(len(before) + len(word), len(chunk))
                counts.append((1 if before else 0) + 1 + len(marks))
            else:
                cut = self._tokenizer(chunk)
                for token in cut:
                    tokens.append(token.text)
                    places.append(token.idx)
                counts.append(len(cut))
        new = [form for form in dict.fromkeys(tokens) if form not in self._numbers]
        self._numbers.update(zip(new, range(len(self.forms), len(self.forms) + len(new)), strict=True))
        self.forms += new
        self.lengths.extend(list(map(len, new)))
        self._on_new(new)
        self._ids.update(zip(chunks, range(len(self._ids), len(self._ids) + len(chunks)), strict=True))
        count = np.array(counts)
        self._first.extend(np.cumsum(count) - count + len(self._form.values()))
        self._count.extend(count)
        self._form.extend(list(map(self._numbers.__getitem__, tokens)))
        self._place.extend(places)


def _with_white_space(text: str) -> Iterable[tuple[str, bool]]:
    """The chunks of any text as spaCy parts them, those of white space among them, each with whether a space follows.

    >>> list(_with_white_space(" ала  бие\\n"))
    [(' ', False), ('ала', True), (' ', False), ('бие', False), ('\\n', False)]
    """
    last = ""
    for run in _run.findall(text):
        if run.isspace():
            gap = bool(last) and run[0] == " "
            if last:
                yield last, gap
            if white := run[gap:]:
                yield white, False
            last = ""
        else:
            last = run
    if last:
        yield last, False
