"""What components of a spaCy pipeline that annotate Docs in batches have in common: one Doc, a stream, and what is stored of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from spacy.tokens import Doc
from spacy.util import minibatch

__all__ = ["BATCH_SIZE", "Annotator"]

_Self = TypeVar("_Self", bound="Annotator")

BATCH_SIZE = 256
"""Docs that are annotated together, unless the caller says otherwise."""


class Annotator(ABC):
    """A component that annotates some Docs at once; of which nothing is stored, for its rules and weights are those of the package."""

    @abstractmethod
    def _annotate(self, docs: Sequence[Doc]) -> None:
        """Annotate the Docs."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one Doc; sentences are taken from it where it has them, otherwise it is one sentence."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
        """Annotates Docs as they come, a batch at a time."""
        for docs in minibatch(stream, batch_size):
            self._annotate(docs)
            yield from docs

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """What the pipeline stores of the component."""
        return b""

    def from_bytes(self: _Self, content: bytes, *, exclude: Iterable[str] = ()) -> _Self:
        """Takes what `to_bytes` gave."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Writes what `to_bytes` gives to a file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self: _Self, path: str | Path, *, exclude: Iterable[str] = ()) -> _Self:
        """Reads what `to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())
