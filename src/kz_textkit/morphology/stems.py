"""Stems with their readings, unpacked when they are asked for: a text has a few thousand of the dictionary's 42,000.

The dictionary is worked out from tables that linguists write (`lexicon`), which takes a fifth of a second. So what comes of it is
packed, a file a source, for licences stay apart: `python tools/morphology/pack_lexicon.py` after a change of the tables. A packed
file says which tables it was made from; where they are others, it is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from typing import NamedTuple, TypeVar, overload

__all__ = ["Entry", "Stems", "pack", "read_packed"]

_END_OF_ENTRY, _END_OF_FIELD, _END_OF_PART = "\x1e", "\x1f", "\x1d"
_Other = TypeVar("_Other")


class Entry(NamedTuple):
    """One reading of a stem."""

    lemma: str
    upos: str
    feats: str
    """Features of the stem itself, UD notation."""
    state: str
    """Where its suffixes begin in the tables of morphotactics."""
    weight: float
    """Natural logarithm of its count, smoothed."""
    source: str


class Stems(MutableMapping[str, tuple[Entry, ...]]):
    """Readings by stem, in the order of the dictionary.

    >>> stems = Stems(read_packed([pack([("бала", Entry("бала", "NOUN", "", "NOUN", 5.5, "own"))], "own", "0")], "0"))
    >>> stems["бала"][0].upos, "шана" in stems, len(stems)
    ('NOUN', False, 1)
    """

    def __init__(self, packed: dict[str, str] | None = None) -> None:
        self._packed = {} if packed is None else packed
        self._found: dict[str, tuple[Entry, ...]] = {}
        self.of_found = self._found.get
        """The readings of a stem that was asked for or put in before, else None."""
        self.is_packed = self._packed.__contains__

    @overload
    def get(self, stem: str, /) -> tuple[Entry, ...] | None: ...
    @overload
    def get(self, stem: str, /, default: tuple[Entry, ...] | _Other) -> tuple[Entry, ...] | _Other: ...
    def get(self, stem: str, /, default: tuple[Entry, ...] | _Other | None = None) -> tuple[Entry, ...] | _Other | None:
        """The readings of a stem."""
        found = self._found.get(stem)
        if found is None:
            if stem not in self._packed:
                return default
            found = self._found[stem] = _unpacked(stem, self._packed[stem])
        return found

    def __getitem__(self, stem: str) -> tuple[Entry, ...]:
        found = self.get(stem)
        if found is None:
            raise KeyError(stem)
        return found

    def __setitem__(self, stem: str, readings: tuple[Entry, ...]) -> None:
        self._found[stem] = readings

    def __delitem__(self, stem: str) -> None:
        known = stem in self
        self._packed.pop(stem, None)
        self._found.pop(stem, None)
        if not known:
            raise KeyError(stem)

    def __contains__(self, stem: object) -> bool:
        return stem in self._found or stem in self._packed

    def __len__(self) -> int:
        return len(self._packed) + sum(stem not in self._packed for stem in self._found)

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._packed, key=lambda stem: min(map(_rank, self._packed[stem].split(_END_OF_ENTRY))))
        yield from [stem for stem in self._found if stem not in self._packed]


def pack(entries: Iterable[tuple[str, Entry]], source: str, tables: str) -> str:
    """The packed readings that come from a source, of all entries of a dictionary in order; `tables` is the digest of its tables."""
    packed: dict[str, list[str]] = {}
    for rank, (stem, entry) in enumerate(entries):
        if entry.source == source:
            lemma = "" if entry.lemma == stem else entry.lemma
            fields = (str(rank), lemma, entry.upos, entry.feats, entry.state, repr(entry.weight), source)
            packed.setdefault(stem, []).append(_END_OF_FIELD.join(fields))
    return _END_OF_PART.join([tables, "\n".join(packed), "\n".join(map(_END_OF_ENTRY.join, packed.values()))])


def read_packed(files: Iterable[str], tables: str) -> dict[str, str] | None:
    """The readings by stem that packed files hold together; None where one was made from other tables."""
    found: dict[str, str] = {}
    for file in files:
        digest, _, content = file.partition(_END_OF_PART)
        if digest != tables:
            return None
        stems, _, readings = content.partition(_END_OF_PART)
        new = dict(zip(stems.split("\n"), readings.split("\n"), strict=True))
        for stem in new.keys() & found.keys():
            new[stem] = found[stem] + _END_OF_ENTRY + new[stem]
        found.update(new)
    return found


def _rank(entry: str) -> int:
    return int(entry.partition(_END_OF_FIELD)[0])


def _unpacked(stem: str, packed: str) -> tuple[Entry, ...]:
    found = []
    for entry in sorted(packed.split(_END_OF_ENTRY), key=_rank) if _END_OF_ENTRY in packed else (packed,):
        _, lemma, upos, feats, state, weight, source = entry.split(_END_OF_FIELD)
        found.append(Entry(lemma or stem, upos, feats, state, float(weight), source))
    return tuple(found)
