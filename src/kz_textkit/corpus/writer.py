"""Writing a corpus: shards into part files, all of it in a folder beside the target that takes the target's place at the end.

A run holds a lock from its first file to its last (`lock`), goes through four stations, and may be killed at any moment:

1. Each file is *staged*: its rows in `.NAME.partial/staged/`, with a description that appears last. A staged file is complete or is not
   there; the next run picks up what the killed one staged.
2. When all files of a shard are staged, a worker makes the *shard*: its final part files and the counts of its words, in
   `.NAME.partial/shards/KEY/`, with the rows that did not change taken over from the last corpus, or the whole part where nothing in it
   did (`shard`). Its record appears last; what was staged of it goes. The next run picks up shards too.
3. When all shards are there, the corpus is *put together* in `.NAME.partial/new/`: the files of the shards get their names there,
   numbered in the order of the input, and the list of documents, the texts, the frequencies and the card are written. So the files do
   not depend on the number of workers, nor on what was done before. All of it is brought to the disk, and then the manifest, which
   names every file with its hash, appears last.
4. The finished folder is *swapped* in: the last corpus is renamed to `.NAME.old`, the new one takes its name, the old one goes. Whoever
   reads in that moment reads the old one (`place_of`).

The next run takes up what it finds: a new corpus with its manifest is swapped in, an old one without a new one is put back, anything
else is removed. What others put into the folder of the corpus goes along.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from kz_textkit.corpus import texts
from kz_textkit.corpus.changes import Changes, changes_between
from kz_textkit.corpus.compared import compared
from kz_textkit.corpus.entries import ENTRIES, EntryWriter
from kz_textkit.corpus.files import CORPUS_NAMES, changed_files, digest_of, records_of, sync_all
from kz_textkit.corpus.known import KnownPiece, KnownShard, known_of_corpus, pieces_of_shards
from kz_textkit.corpus.lock import Lock
from kz_textkit.corpus.manifest import MANIFEST, Dropped, FileRecord, Manifest, PartRecord, manifest_is_as_written, read_manifest
from kz_textkit.corpus.parts import part_name
from kz_textkit.corpus.place import NEW, OLD, PARTIAL, beside
from kz_textkit.corpus.schema import FORMAT, TABLES
from kz_textkit.corpus.shard import (
    COUNTS,
    SHARD_TEXTS,
    SHARDS,
    PieceRecord,
    Place,
    ShardRecord,
    link_or_copy,
    read_shard,
    table_name,
)
from kz_textkit.corpus.staging import STAGED, STAGED_VERSION, staged_record
from kz_textkit.corpus.texts import TEXTS, part_of_texts, split_texts
from kz_textkit.corpus.totals import sum_of
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.printable import printable
from kz_textkit.writing import sync_folder, write_whole

__all__ = ["CorpusWriter"]

KEY_LENGTH = 32
"""Digits of the key of a shard that its folder is called by."""

RUN = "run.json"
"""File in the folder of a run with what it was called with."""

MENDED_NAMED = 10
"""Damaged files that are named one by one."""


class CorpusWriter:
    """Writes the corpus at `target` anew, taking over what has not changed; to be used in a `with` block, which holds the lock.

    Raises `UsageError` where the target is there and is not ours, or another run is writing it.
    """

    def __init__(self, target: Path, *, tool_version: str, settings: Mapping[str, Any]) -> None:
        self.target = target.resolve()
        self.tool_version, self.settings = tool_version, json.loads(json.dumps(dict(settings)))
        self.partial, self._old = beside(self.target, PARTIAL), beside(self.target, OLD)
        self.new = self.partial / NEW
        """Folder of the corpus that is being put together: `finish` takes in whatever files are in it."""
        self.mended: list[str] = []
        """What was found damaged in the last corpus, and is made anew; one line each."""
        self.changes = Changes()
        """What is different from the version before, when the corpus is finished."""
        self._is_intact = False
        self._pieces: dict[str, KnownPiece] = {}
        self._parts: dict[str, KnownShard] = {}
        self._done: dict[str, ShardRecord] = {}
        self._shards: list[ShardRecord] = []
        self._linked: dict[str, FileRecord] = {}
        _refuse_foreign(self.target)
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(beside(self.target, "lock"), str(target))
        try:
            self._recover()
            self._look_at_previous()
            self._prepare()
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> CorpusWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lock.release()

    def known(self, piece_id: str) -> KnownPiece | None:
        """What an earlier run with the same settings made of a file; it holds while the file has the same hash."""
        staged = staged_record(self.partial, piece_id)
        if staged is None:
            return self._pieces.get(piece_id)
        record = PieceRecord(piece_id, "", staged.sha256, staged.given, staged.documents, staged.failures, staged.dropped)
        return KnownPiece(record, None)

    def done(self, key: str) -> ShardRecord | None:
        """The shard that a run that was killed has made."""
        return self._done.get(key)

    def part(self, key: str) -> KnownShard | None:
        """The part of the last corpus that is what a shard with the key would be."""
        return self._parts.get(key)

    def folder_of(self, key: str) -> Path:
        """The folder of a shard, in that of the run."""
        return self.partial / SHARDS / key[:KEY_LENGTH]

    def terms(self) -> int:
        """Terms of the frequency list of the corpus that is there."""
        with (self.target / "frequencies.csv").open("rb") as file:
            return sum(1 for _ in file) - 1

    def is_current(
        self, shards: Sequence[tuple[str, Mapping[str, str]]], failures: list[dict[str, str]], dropped: Sequence[Dropped] = ()
    ) -> bool:
        """Whether the corpus at the target is just these shards, by their keys and the sources of their files, and every file is as it
        was written: nothing needs to be done.
        """
        if not self._is_intact:
            return False
        manifest = read_manifest(self.target)
        before = [(key, part.sources) for key, part in self._parts.items()]
        return list(shards) == before and (failures, list(dropped)) == (manifest.failures, manifest.dropped)

    def put_together(self, shards: Sequence[ShardRecord]) -> None:
        """Write the tables, the list of documents and the texts of the corpus, which is made of these shards in their order."""
        self.new.mkdir()
        for name in (*TABLES, TEXTS):
            (self.new / name).mkdir()
        self._linked = {}
        in_files = sum(shard.documents for shard in shards) <= texts.MOST_FILES
        with EntryWriter(self.new / ENTRIES) as entries:
            for number, shard in enumerate(shards):
                folder = self.folder_of(shard.key)
                for table in TABLES:
                    self._link(folder, table_name(table), part_name(table, number), shard)
                if in_files:
                    split_texts(folder / SHARD_TEXTS, self.new / TEXTS)
                else:
                    self._link(folder, SHARD_TEXTS, part_of_texts(number), shard)
                entries.add(Place(folder).entries(), number)
        self._shards = list(shards)

    def _link(self, folder: Path, name: str, target: str, shard: ShardRecord) -> None:
        link_or_copy(folder / name, self.new / target)
        self._linked[target] = shard.files[name]

    def counts(self) -> list[Path]:
        """The files with the counts of the words of all shards."""
        return [self.folder_of(shard.key) / COUNTS for shard in self._shards]

    def finish(self, failures: list[dict[str, str]], dropped: Sequence[Dropped] = ()) -> None:
        """Write the manifest of all that is in `new`, and let it take the place of the last corpus."""
        timings: Counter[str] = Counter()
        for shard in self._shards:
            timings.update(shard.timings)
        manifest = Manifest(
            tool_version=self.tool_version,
            settings=self.settings,
            timings={step: round(seconds, 3) for step, seconds in timings.items()},
            failures=failures,
            dropped=list(dropped),
            parts=[PartRecord(shard.key, shard.documents) for shard in self._shards],
            files=records_of(self.new, self._linked),
        )
        manifest.version, manifest.changes = self._since()
        self.changes = manifest.changes
        sync_all(self.new, besides=self._linked)
        write_whole(self.new / MANIFEST, manifest.to_json().encode())
        self._swap()

    def _since(self) -> tuple[int, Changes]:
        """The version of the corpus that is being written, and what is different from the one that is there."""
        try:
            before = read_manifest(self.target)
            is_remade = before.tool_version != self.tool_version or _deciding(before.settings) != _deciding(self.settings)
            settings = _without_place(before.settings), _without_place(self.settings)
            kept = [part for shard in self._shards if (part := self._parts.get(shard.key)) is not None]
            same = [number for number, shard in enumerate(self._shards) if shard.key in self._parts]
            edits = sum_of(self._shards[number].totals for number in same).edits
            besides = [part.place.part for part in kept if part.place.part is not None], same
            with compared(self.target, self.new, besides) as found:
                changes = changes_between(
                    before.version,
                    found.added(),
                    found.removed(),
                    found.pairs(),
                    (_sum(edits, found.edits("before")), _sum(edits, found.edits("now"))),
                    settings,
                    is_remade=is_remade,
                )
        except CorpusError:
            return 1, Changes()
        return before.version + 1, changes

    def discard(self) -> None:
        """Remove what was staged."""
        _remove(self.partial)

    def _swap(self) -> None:
        if self.target.exists():
            self.target.rename(self._old)
        self.new.rename(self.target)
        sync_folder(self.target.parent)
        self._retire()
        _remove(self.partial)

    def _retire(self) -> None:
        """Remove the corpus that was before; what others put into it goes into the one that is there now."""
        if not self._old.exists():
            return
        for name in _names(self._old):
            if name not in CORPUS_NAMES and not os.path.lexists(self.target / name):
                (self._old / name).rename(self.target / name)
        _remove(self._old)

    def _recover(self) -> None:
        """Bring what a killed run left to an end, one way or the other."""
        for folder in (self.partial, self._old):
            _refuse_what_is_in_the_way(folder)
        if self.target.exists():
            self._retire()
        if _is_finished(self.new):
            self._swap()
        elif self._old.exists():
            self._old.rename(self.target)

    def _look_at_previous(self) -> None:
        """Find what of the last corpus can be taken over: what was made with these settings, and is whole."""
        if not self.target.exists() or not any(self.target.iterdir()):
            return
        try:
            manifest = read_manifest(self.target)
        except CorpusError as error:
            self.mended.append(f"{error}: all documents are made anew")
            return
        if manifest.tool_version != self.tool_version or _deciding(manifest.settings) != _deciding(self.settings):
            return
        damages = list(changed_files(self.target, manifest))
        self.mended += [f"{self.target.name}/{damage}: made anew" for damage in damages[:MENDED_NAMED]]
        if len(damages) > MENDED_NAMED:
            self.mended.append(f"{len(damages) - MENDED_NAMED:,} more files were damaged, and are made anew")
        if not manifest_is_as_written(self.target):
            # Hashes that somebody may have changed prove nothing.
            self.mended.append(f"{self.target.name}/{MANIFEST} was changed: all documents are made anew")
            return
        self._is_intact = not damages
        broken = {damage.name for damage in damages}
        if ENTRIES in broken:
            return
        numbers = {name.rpartition("-")[2] for name in broken if name.split("/")[0] in TABLES}
        lost = {int(number.partition(".")[0]) for number in numbers if number.partition(".")[0].isdecimal()}
        self._pieces, self._parts = known_of_corpus(self.target, manifest, lost)

    def _prepare(self) -> None:
        """A folder to work in; what another run left there stays if that run had the same settings."""
        run = {"format": FORMAT, "staged": STAGED_VERSION, "tool_version": self.tool_version, "settings": self.settings}
        record = self.partial / RUN
        try:
            left = json.loads(record.read_text("utf-8"))
            same = _deciding(left.pop("settings")) == _deciding(self.settings)
            same = same and left == {name: run[name] for name in ("format", "staged", "tool_version")}
        except (OSError, ValueError, RecursionError, AttributeError, KeyError, TypeError):
            same = False
        if not same:
            _remove(self.partial)
        _remove(self.new)
        self.partial.mkdir(exist_ok=True)
        if not same:
            write_whole(record, json.dumps(run, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for folder in (STAGED, SHARDS):
            (self.partial / folder).mkdir(exist_ok=True)
        self._take_up()

    def _take_up(self) -> None:
        """Take up the shards that a killed run has made; one of which a file is no longer what was written is made anew."""
        found: list[tuple[Path, ShardRecord]] = []
        for name in _names(self.partial / SHARDS):
            folder = self.partial / SHARDS / name
            record = read_shard(folder)
            if (
                record is not None
                and folder == self.folder_of(record.key)
                and all(digest_of(folder / one) == known for one, known in record.files.items())
            ):
                found.append((folder, record))
            else:
                _remove(folder)
        self._done = {record.key: record for _, record in found}
        self._pieces.update(pieces_of_shards(found))


NOT_DECIDING = frozenset({"limits", "metadata", "corrections", "input"})
"""Settings that decide nothing for all files: whether one is done, and what was said of some of them, which each has a hash of."""


def _deciding(settings: Mapping[str, Any]) -> Any:
    """The settings that decide what becomes of every file."""
    return json.loads(json.dumps({name: value for name, value in settings.items() if name not in NOT_DECIDING}))


def _without_place(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without where the input was."""
    return {name: value for name, value in settings.items() if name != "input"}


def _sum(some: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(some) + Counter(more))


def _remove(folder: Path) -> None:
    """Remove a folder of ours; what can't be removed is left for the next run."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder, ignore_errors=True)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _is_finished(folder: Path) -> bool:
    """Whether a run put a corpus together to the end, and was killed before it took its place."""
    try:
        return manifest_is_as_written(folder) and not any(changed_files(folder, read_manifest(folder)))
    except CorpusError:
        return False


def _is_ours(folder: Path) -> bool:
    """Whether a folder is a corpus of ours, be it damaged, or empty."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if isinstance(content, dict) and "format" in content:
            return bool(content["format"] == FORMAT)
    except (OSError, ValueError, RecursionError):
        pass
    names = set(_names(folder))
    # A manifest that is lost or can't be read, beside nothing but what a corpus has.
    return not names or (names <= CORPUS_NAMES and len(names & set(TABLES)) > len(TABLES) // 2)


def _refuse_foreign(target: Path) -> None:
    """Raise where the target holds something that we did not write."""
    if not os.path.lexists(target) or (target.is_dir() and _is_ours(target)):
        return
    what = "a folder with other files in it" if target.is_dir() else "a file"
    shown = printable(str(target))
    raise UsageError(f"{shown} is {what}, and no corpus of kz-textkit: nothing was touched; give another place with -o")


def _refuse_what_is_in_the_way(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    names = set(_names(folder)) if folder.is_dir() and not folder.is_symlink() else {"."}
    ours = {*CORPUS_NAMES, RUN, STAGED, SHARDS, NEW}
    if all(name in ours or (name.startswith(".kz-textkit-") and name.endswith(".new")) for name in names):
        return
    if (folder / MANIFEST).is_file() and _is_ours(folder):
        return
    raise UsageError(f"{printable(str(folder))} is in the way, and not ours: move it, or give another place with -o")
