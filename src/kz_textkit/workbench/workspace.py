"""What is open: the folder of texts, the corpus made of it, and what the user keeps beside them (words, decisions).

Nothing else on the disk is in reach of the pages. Where the folders are follows from the one that is named:

- a corpus (it has a `manifest.json`): its texts are in the folder `raw` beside it, those of `NAME-corpus` in `NAME`, or where
  `--sources` says;
- a folder with `clean` or `raw` in it, as `kz-textkit run` has them by default: these two;
- any other folder: its texts are the input, and the corpus is made beside it, as `NAME-corpus`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, RLock, Timer
from typing import Any, TypeVar

import duckdb

from kz_textkit.corpus.manifest import MANIFEST
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.reader import Corpus
from kz_textkit.errors import UsageError
from kz_textkit.settings import Settings, settings_beside
from kz_textkit.workbench.decisions import Decisions
from kz_textkit.workbench.images import PageImages
from kz_textkit.workbench.jobs import Jobs
from kz_textkit.workbench.line_categories import LineCategories

__all__ = ["Folders", "Kept", "Workspace", "folders_of"]

T = TypeVar("T")

MADE = "-corpus"
"""What the name of a corpus ends in that is made of a folder of texts."""

CATEGORIES = "categories.csv"
"""File beside the corpus with the categories of lines of the concordance."""

MOST_KEPT = 24
"""Tables that are kept, so that sorting one or turning its pages does not count anew."""


@dataclass(frozen=True)
class Folders:
    """Where things are."""

    corpus: Path
    sources: Path
    """The texts; need not be there."""

    @property
    def home(self) -> Path:
        """Where words and decisions are kept: beside the corpus."""
        return self.corpus.parent

    @property
    def name(self) -> str:
        """What to call it.

        >>> Folders(Path("роман/clean"), Path("роман/raw")).name, Folders(Path("дәрістер-corpus"), Path("дәрістер")).name
        ('роман', 'дәрістер-corpus')
        """
        return self.corpus.parent.name or self.corpus.name if self.corpus.name == "clean" else self.corpus.name

    def beside(self, name: str) -> Path:
        """A file of the user beside the corpus, with the name of the corpus before it unless that is the usual one.

        >>> Folders(Path("corpus/clean"), Path("corpus/raw")).beside("words.tsv").as_posix()
        'corpus/words.tsv'
        >>> Folders(Path("дәрістер-corpus"), Path("дәрістер")).beside("words.tsv").as_posix()
        'дәрістер-corpus.words.tsv'
        """
        return self.home / (name if self.corpus.name == "clean" else f"{self.corpus.name}.{name}")


def folders_of(named: Path, sources: Path | None = None) -> Folders:
    """The folders that are meant by a folder that a user names.

    Raises `UsageError` where there is no such folder.
    """
    try:
        whole = named.resolve()
        if not whole.is_dir() and not place_of(whole).is_dir():
            raise UsageError(f"{named}: there is no such folder; make it, or name that of a corpus or of texts")
        if sources is not None and not sources.is_dir():
            raise UsageError(f"{sources}: there is no such folder of texts")
    except (OSError, ValueError) as error:
        raise UsageError(f"{named}: {error}") from None
    if (place_of(whole) / MANIFEST).is_file():
        texts = whole.with_name(whole.name.removesuffix(MADE))
        found = Folders(whole, texts if texts != whole and texts.is_dir() else whole.parent / "raw")
    elif (whole / "clean" / MANIFEST).is_file() or (whole / "raw").is_dir():
        found = Folders(whole / "clean", whole / "raw")
    else:
        found = Folders(whole.with_name(f"{whole.name}{MADE}"), whole)
    return found if sources is None else Folders(found.corpus, sources.resolve())


@dataclass
class Kept:
    """Values by what they were made of, the last used ones."""

    most: int = MOST_KEPT
    values: dict[Hashable, Any] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not there."""
        with self.lock:
            if key in self.values:
                self.values[key] = self.values.pop(key)
                found: T = self.values[key]
                return found
        made = make()
        return self._keep(key, made)

    def clear(self) -> None:
        """Keep nothing."""
        with self.lock:
            self.values.clear()

    def _keep(self, key: Hashable, made: T) -> T:
        with self.lock:
            self.values[key] = made
            while len(self.values) > self.most:
                del self.values[next(iter(self.values))]
        return made


class Workspace:
    """The open corpus, for pages that are made at the same time.

    A corpus is read anew when a run has written it anew. Documents are read by one page at a time and counts made by one at a time, for
    their tables can't be shared; queries have connections of their own.
    """

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.kept = Kept()
        self.documents_kept = Kept(most=4)
        self.decisions = Decisions(folders.sources)
        self.images = PageImages()
        self.categories = LineCategories(folders.beside(CATEGORIES))
        self.jobs = Jobs()
        self._reading, self._counting, self._opening = RLock(), RLock(), Lock()
        self._open: tuple[tuple[int, ...], Corpus, Corpus] | None = None

    def use_sources(self, folder: Path) -> None:
        """Take the texts from another folder.

        Raises `UsageError` where there is none, or it is in the corpus.
        """
        try:
            sources = folder.resolve()
            if not sources.is_dir():
                raise UsageError(f"{folder}: there is no such folder")
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"{folder}: {error}") from None
        if sources == self.folders.corpus or self.folders.corpus in sources.parents:
            raise UsageError(f"{folder}: the texts can't be in the folder of the corpus, which each run writes anew")
        self.folders = replace(self.folders, sources=sources)
        self.decisions = Decisions(sources)

    def forget(self) -> None:
        """Keep nothing of what the corpus was."""
        self.kept.clear()
        self.documents_kept.clear()

    @property
    def settings(self) -> Settings:
        """The settings beside the texts."""
        return settings_beside(self.folders.sources)

    @property
    def stamp(self) -> tuple[int, ...]:
        """What changes when the corpus does; empty where there is none."""
        try:
            found = (place_of(self.folders.corpus) / MANIFEST).stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino

    @property
    def corpus(self) -> Corpus:
        """The corpus, for its manifest; tables are had by `reading` and `counting`.

        Raises `CorpusError` where there is none.
        """
        return self._opened()[0]

    @contextmanager
    def reading(self) -> Iterator[Corpus]:
        """The corpus, for the rows of documents."""
        with self._reading:
            yield self._opened()[0]

    @contextmanager
    def counting(self) -> Iterator[Corpus]:
        """The corpus, for counts that end within the time of a query.

        Raises `UsageError` where the time is over.
        """
        with self._counting:
            corpus = self._opened()[1]
            seconds = self.settings.limits.query_seconds
            alarm = Timer(seconds, corpus.connection.interrupt)
            alarm.daemon = True
            alarm.start()
            try:
                yield corpus
            except duckdb.InterruptException:
                raise UsageError(
                    f"this takes longer than {seconds:g} seconds: take a part of the corpus, or raise query_seconds"
                ) from None
            finally:
                alarm.cancel()

    def _opened(self) -> tuple[Corpus, Corpus]:
        with self._opening:
            stamp = self.stamp
            if self._open is None or self._open[0] != stamp:
                self._open = stamp, Corpus(self.folders.corpus), Corpus(self.folders.corpus)
            return self._open[1:]
