"""Many words of the dictionary at once: what the unit `Lookup` reads of each, ranked, but for their morphemes.

Word by word, a text that is met for the first time would spend half of its time here. So only the letters of a word are looked at one
by one, for where it may be parted into a stem of the dictionary and suffixes; what comes of all these pairs is worked out together: a
stem has its entries, a kind of entry with some suffix letters has its endings (`units.reading.endings`), and weights are summed up and
ranked in NumPy. It gives what the analyser gives, as a test shows; words that have more than readings of the dictionary are left to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.lexicon import Entry, Lexicon, name_lemma
from kz_textkit.morphology.phonology import contexts, detach
from kz_textkit.morphology.suffix_automaton import parted
from kz_textkit.morphology.units.letters import CHANGING, VOWEL_LETTERS, is_plain
from kz_textkit.morphology.units.lookup import CAPITAL, NEXT_CONTEXT, WITH_VOWEL, unchanged
from kz_textkit.morphology.units.name import AS_NAME, BARE, as_name, bare_feats, may_have_surname
from kz_textkit.morphology.units.reading import Word, endings, lemma_of

__all__ = ["BulkLookup"]

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MILLION = 1_000_000
"""The analyser rounds shares to millionths."""
LEAST = -20.0
"""A reading counts for so much at least, as a logarithm, beside the heaviest."""
MOST_KINDS = 50_000
"""Pairs of a kind of entry and suffix letters that are remembered; likewise lemmas."""


class _Numbers(dict[Any, int]):
    """Numbers of things, in the order in which they are met."""

    def __init__(self) -> None:
        super().__init__()
        self.things: list[Any] = []

    def __missing__(self, key: Any) -> int:
        found = self[key] = len(self.things)
        self.things.append(key)
        return found


class _Groups:
    """Rows of numbers in groups."""

    def __init__(self, width: int) -> None:
        self._first: list[int] = [0]
        self._rows: list[tuple[float, ...]] = []
        self._array: Floats = np.zeros((0, width))

    def __len__(self) -> int:
        return len(self._first) - 1

    def add(self, rows: Sequence[tuple[float, ...]]) -> None:
        """Adds a group."""
        self._rows += rows
        self._first.append(self._first[-1] + len(rows))

    def spread(self, groups: Integers) -> tuple[Integers, Floats]:
        """The rows of groups one after the other: for each the place of its group, and the rows themselves."""
        if self._rows:
            self._array = np.concatenate([self._array, np.array(self._rows)])
            self._rows = []
        bounds = np.array(self._first)
        count = (bounds[1:] - bounds[:-1])[groups]
        of = np.repeat(np.arange(len(groups)), count)
        return of, self._array[np.arange(len(of)) + (bounds[groups] - np.cumsum(count) + count)[of]]


class _Tag(NamedTuple):
    """What suffixes make of a kind of entry."""

    upos: str
    feats: str
    second: Word | None


class _Hits(NamedTuple):
    """Where words may be parted into a stem and suffixes, a row each."""

    word: list[int]
    stem: list[int]
    """Number of the stem with how it is written here."""
    letters: list[int]
    """Number of the suffix letters."""
    changes: list[int]
    """1 where the suffix begins with a vowel and the stem is written as it is, 0 elsewhere."""


class _Rows(NamedTuple):
    """Readings of words, in columns of numbers."""

    word: Integers
    lemma: Integers
    tag: Integers
    unit: Integers
    """Place in `_UNITS`."""
    weight: Floats

    def at(self, places: Integers) -> _Rows:
        """Those at these places."""
        word, lemma, tag, unit, weight = self
        return _Rows(word[places], lemma[places], tag[places], unit[places], weight[places])

    def joined(self, others: _Rows) -> _Rows:
        """These, and then the others."""
        word, lemma, tag, unit, weight = (np.append(own, more) for own, more in zip(self, others, strict=True))
        return _Rows(word, lemma, tag, unit, weight)


_UNITS = ("dictionary", "name", "name?")


class BulkLookup:
    """Reads words by a dictionary, which must not change any more; gives `most` readings of a word at most.

    >>> from kz_textkit.morphology.lexicon import load
    >>> balalar, unknown = BulkLookup(load()).read(["балалар", "ұжқұрған"])
    >>> balalar[0][:3], unknown
    (('бала', 'NOUN', 'Case=Nom|Number=Plur'), None)
    """

    def __init__(self, lexicon: Lexicon, most: int = 24) -> None:
        self._lexicon = lexicon
        self._most = most
        self._forget()

    def _forget(self) -> None:
        self._stems: dict[tuple[str, str], int] = {}
        self._of_head: dict[str, int] = {}
        self._entries: list[tuple[Entry, str, str]] = []
        """Each with its stem and how it is written."""
        self._of_stem = _Groups(6)
        """For each entry of a stem: its number, its kind, its weight, what small letters cost it, what a vowel costs, in two parts."""
        self._letters = _Numbers()
        self._kinds = _Numbers()
        """State, contexts, part of speech and features of an entry."""
        self._cells: dict[int, int] = {}
        self._of_cell = _Groups(4)
        """For each ending: its tag, its cost, the rank of its context, the number of what it makes of the lemma."""
        self._tags = _Numbers()
        self._derived = _Numbers()
        """Suffix letters of a lemma, and whether it is a new one."""
        self._lemmas = _Numbers()
        self._own_lemmas: list[int] = []
        """Of each entry."""
        self._derived_lemmas: dict[tuple[int, int], int] = {}
        self._derived[("", False)]

    def read(self, words: Sequence[str]) -> list[list[Reading] | None]:
        """The readings of each word with the logarithms of their shares, the likeliest first, as many as the analyser gives; None for
        words that have others, or may have."""
        if max(len(self._cells), len(self._lemmas)) > MOST_KINDS:
            self._forget()
        found: list[list[Reading] | None] = [None] * len(words)
        hits = self._hits(words)
        if hits.word:
            for number, readings in self._ranked(words, hits):
                found[number] = readings
        return found

    def _hits(self, words: Sequence[str]) -> _Hits:
        hits = _Hits([], [], [], [])
        add_word, add_stem, add_letters, add_changes = (column.append for column in hits)
        stems, reduced_of = self._lexicon.stems, self._lexicon.reduced.get
        of_head, of_letters = self._of_head, self._letters
        of_found, is_packed = stems.of_found, stems.is_packed
        for number, word in enumerate(words):
            low = word.lower()
            if not is_plain(word) or not (low == word or (word[1:].islower() and not may_have_surname(low))):
                continue
            for cut, states in parted(low):
                head, rest = low[:cut], low[cut:]
                first = rest[:1]
                if states:
                    stem = of_head.get(head)
                    if stem is None and (is_packed(head) or of_found(head) is not None):
                        stem = of_head[head] = self._stem(head, head)
                    if stem is not None and not (first and first in "уй" and head[-1] in "ыі"):
                        add_word(number)
                        add_stem(stem)
                        add_letters(of_letters[rest])
                        add_changes(first in VOWEL_LETTERS)
                if first in CHANGING:
                    pairs = detach(head, rest)[1:]
                    for other, letters in [*pairs, *((full, rest) for full in reduced_of(head, ()))]:
                        if is_packed(other) or of_found(other) is not None:
                            add_word(number)
                            add_stem(self._stem(other, head))
                            add_letters(of_letters[letters])
                            add_changes(0)
        return hits

    def _stem(self, stem: str, head: str) -> int:
        """The number of a stem that is written so."""
        found = self._stems.get((stem, head))
        if found is not None:
            return found
        found = self._stems[stem, head] = len(self._of_stem)
        rows = list[tuple[float, ...]]()
        unchanging, losing = unchanged(stem), WITH_VOWEL if stem in self._lexicon.reductions else 0.0
        for entry in self._lexicon.stems.get(stem) or ():
            lemma, upos, feats, state, weight, _ = entry
            if state == "WORD":
                rows.append((len(self._entries), self._kinds[state, (), upos, feats], weight, 0.0, 0.0, 0.0))
            elif len(head) > 1 and lemma.isupper():
                continue
            else:
                kind = self._kinds[state, contexts(stem), upos, feats]
                rows.append((len(self._entries), kind, weight, CAPITAL if upos == "PROPN" else 0.0, unchanging, losing))
            self._entries.append((entry, stem, head))
            self._own_lemmas.append(self._lemmas[lemma])
        self._of_stem.add(rows)
        return found

    def _cell(self, key: int) -> int:
        """The number of what a kind of entry may end in, with these letters."""
        found = self._cells.get(key)
        if found is not None:
            return found
        found = self._cells[key] = len(self._of_cell)
        state, around, upos, feats = self._kinds.things[key >> 32]
        letters = self._letters.things[key & 0xFFFFFFFF]
        rows = list[tuple[float, ...]]()
        if state == "WORD":
            if not letters:
                rows.append((self._tags[_Tag(upos, feats, None)], 0.0, 0, 0))
        else:
            for rank, context in enumerate(around):
                for ending in endings(state, context, letters, upos, feats):
                    tag = self._tags[_Tag(ending.upos, ending.feats, ending.second)]
                    rows.append((tag, ending.cost, rank, self._derived[ending.lemma, ending.derived and upos == "PROPN"]))
        self._of_cell.add(rows)
        return found

    def _lemma(self, entry: int, derived: int) -> int:
        """The number of the lemma that suffixes make of an entry."""
        found = self._derived_lemmas.get((entry, derived))
        if found is None:
            letters, small = self._derived.things[derived]
            lemma = lemma_of(*self._entries[entry], letters)
            found = self._derived_lemmas[entry, derived] = self._lemmas[lemma.lower() if small else lemma]
        return found

    def _ranked(self, words: Sequence[str], hits: _Hits) -> Iterator[tuple[int, list[Reading]]]:
        word, stem, letters, changes = (np.array(column, dtype=np.int64) for column in hits)
        of, rows = self._of_stem.spread(stem)
        entry, kind, weight, capital, unchanging, losing = rows.T
        word, letters, changes = word[of], letters[of], changes[of]
        # in the order in which the analyser takes them off: sums of fractions depend on it
        weight = weight - unchanging * changes - capital * np.array([w.islower() for w in words])[word] - losing * changes
        keys, of_key = np.unique(kind.astype(np.int64) << 32 | letters, return_inverse=True)
        of, ends = self._of_cell.spread(np.array(list(map(self._cell, keys.tolist())), dtype=np.int64)[of_key])
        tag, rank, derived = ends[:, [0, 2, 3]].T.astype(np.int64)
        word, number, weight = word[of], entry[of].astype(np.int64), weight[of]
        for later in range(1, rank.max(initial=0) + 1):
            weight -= NEXT_CONTEXT * (rank >= later)
        weight -= ends[:, 1]
        lemma = np.array(self._own_lemmas, dtype=np.int64)[number]
        other = np.flatnonzero(derived)
        lemma[other] = list(map(self._lemma, number[other].tolist(), derived[other].tolist()))
        return self._shared(
            _Rows(word, lemma, tag, np.zeros(len(word), dtype=np.int64), weight).joined(self._names(words, word, lemma, tag, weight))
        )

    def _names(self, words: Sequence[str], word: Integers, lemma: Integers, tag: Integers, weight: Floats) -> _Rows:
        """What the unit `Name` adds to the readings of words with a capital of which none is a name."""
        tags = self._tags.things
        is_name = np.array([one.upos == "PROPN" for one in tags], dtype=np.bool_)
        may_be = np.array([one.upos == "NOUN" and one.second is None for one in tags], dtype=np.bool_)
        open_ = np.zeros(len(words), dtype=np.bool_)
        open_[word] = True
        open_[word[is_name[tag]]] = False
        open_ &= np.array([not one.islower() for one in words])
        nouns = np.flatnonzero(open_[word] & may_be[tag])
        names = self._lemmas_in_capitals(lemma[nouns])
        named = {old: self._tags[tags[old]._replace(upos="PROPN")] for old in np.unique(tag[nouns]).tolist()}
        numbers = np.flatnonzero(open_).tolist()
        own = [self._lemmas[words[n]] for n in numbers]
        listed = set(zip(word[nouns].tolist(), names.tolist(), strict=True))
        bare = [n for n, whole in zip(numbers, own, strict=True) if (n, whole) not in listed]
        return _Rows(
            np.append(word[nouns], np.array(bare, dtype=np.int64)),
            np.append(names, np.array([self._lemmas[name_lemma(words[n])] for n in bare], dtype=np.int64)),
            np.append(
                np.array(list(map(named.__getitem__, tag[nouns].tolist())), dtype=np.int64),
                np.array([self._tags[_Tag("PROPN", bare_feats(words[n]), None)] for n in bare], dtype=np.int64),
            ),
            np.repeat([1, 2], [len(nouns), len(bare)]),
            np.append(weight[nouns] - AS_NAME, np.full(len(bare), BARE)),
        )

    def _lemmas_in_capitals(self, lemma: Integers) -> Integers:
        distinct, of = np.unique(lemma, return_inverse=True)
        lemmas = self._lemmas.things
        return np.array([self._lemmas[as_name(lemmas[one])] for one in distinct.tolist()], dtype=np.int64)[of]

    def _shared(self, rows: _Rows) -> Iterator[tuple[int, list[Reading]]]:
        """The readings of words in order, each once, with their shares."""
        word, lemma, tag, unit, weight = rows
        if not len(word):
            return
        key = (word * len(self._lemmas) + lemma) * len(self._tags) + tag
        order = np.lexsort((-weight, key))
        begins = np.flatnonzero(np.diff(key[order], prepend=-1))
        first, kept = np.minimum.reduceat(order, begins), order[begins]
        word, lemma, tag, unit, weight = rows.at(kept)
        order = np.lexsort((first, self._alphabetical(word, lemma, tag, weight), -weight, word))
        word, lemma, tag, unit, weight = _Rows(word, lemma, tag, unit, weight).at(order)
        starts = np.flatnonzero(np.diff(word, prepend=-1))
        count = np.diff(np.append(starts, len(word)))
        share = np.exp(np.maximum(weight - np.repeat(weight[starts], count), LEAST))
        millionths = np.rint(share / np.repeat(np.add.reduceat(share, starts), count) * MILLION).astype(np.int64)
        kept = np.flatnonzero((millionths > 0) & (np.arange(len(word)) - np.repeat(starts, count) < self._most))
        values, of_value = np.unique(millionths[kept], return_inverse=True)
        scores = [math.log(value / MILLION) for value in values.tolist()]
        tags, lemmas = self._tags.things, self._lemmas.things
        upos, feats, second = zip(*map(tags.__getitem__, tag[kept].tolist()), strict=True)
        rest = ["" if one is None else f"{one.lemma}/{one.upos}/{one.feats}" for one in second]
        columns = map(lemmas.__getitem__, lemma[kept].tolist()), upos, feats, rest, map(scores.__getitem__, of_value.tolist())
        readings = list(map(Reading, *columns, map(_UNITS.__getitem__, unit[kept].tolist())))
        at = np.searchsorted(kept, np.append(starts, len(word))).tolist()
        for number, begin, end in zip(word[starts].tolist(), at, at[1:], strict=False):
            yield number, readings[begin:end]

    def _alphabetical(self, word: Integers, lemma: Integers, tag: Integers, weight: Floats) -> Integers:
        """The rank of each reading among those of a word that have the same weight: by part of speech, lemma and features."""
        ranks = np.zeros(len(word), dtype=np.int64)
        order = np.lexsort((weight, word))
        same = (np.diff(word[order]) == 0) & (np.diff(weight[order]) == 0)
        tied = order[np.flatnonzero(np.append(same, False) | np.append(False, same))]
        tags, lemmas = self._tags.things, self._lemmas.things
        names = [(tags[t].upos, lemmas[n], tags[t].feats) for t, n in zip(tag[tied].tolist(), lemma[tied].tolist(), strict=True)]
        rank_of = {name: rank for rank, name in enumerate(sorted(set(names)))}
        ranks[tied] = [rank_of[name] for name in names]
        return ranks
