"""What the user decided, as it is shown at once: the file of corrections beside the texts, laid over the corpus as it is.

A decision is carried out by the next run (`kz_textkit.cleaning.corrections`); until then the pages show it on the text that there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from threading import Lock

from kz_textkit.cleaning.corrections import (
    CORRECTIONS_FILE,
    Correction,
    CorrectionsFile,
    NoPlace,
    anchored,
    append_corrections,
    correction_at,
    of_file,
    read_corrections,
    retraction_of,
)
from kz_textkit.errors import UsageError
from kz_textkit.workbench.sheet import Row, Sheet

__all__ = ["Decisions", "Overlay", "overlay_of", "source_file", "text_changes"]

NO_CORRECTIONS = CorrectionsFile()


@dataclass(frozen=True)
class Overlay:
    """The decisions on one document, by what they are on."""

    edits: dict[str, Correction] = field(default_factory=dict)
    """Accepted and rejected edits and suggestions by key."""
    rows: dict[str, dict[str, Correction]] = field(default_factory=dict)
    """By row: `kind`, `level`, `title`, `join`."""
    texts: dict[str, list[Correction]] = field(default_factory=dict)
    """By row: texts put in, and cuts."""
    lemmas: dict[tuple[int, int], Correction] = field(default_factory=dict)
    title: Correction | None = None
    lost: tuple[tuple[Correction, str], ...] = ()
    """Decisions whose place is no longer there, and why."""

    def kind_of(self, row: Row) -> str:
        """The kind of a block as it was decided, or as it is."""
        decided = self.rows.get(row.row_id, {}).get("kind")
        return decided.value if decided is not None else row.block.kind if row.block is not None else ""


class Decisions:
    """The file of corrections in the folder of the texts."""

    def __init__(self, sources: Path) -> None:
        self.sources = sources
        self._lock = Lock()
        self._read: tuple[tuple[int, int], CorrectionsFile] | None = None

    @property
    def path(self) -> Path:
        return self.sources / CORRECTIONS_FILE

    def file(self) -> CorrectionsFile:
        """What the file holds, read anew when it has changed.

        Raises `UsageError` where it can't be read.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return NO_CORRECTIONS
        except OSError as error:
            raise UsageError(f"{self.path} can't be read: {error.strerror or error}") from None
        with self._lock:
            stamp = found.st_mtime_ns, found.st_size
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, read_corrections(self.path)
            return self._read[1]

    def of(self, sheet: Sheet) -> tuple[Correction, ...]:
        """The decisions on a document, in the order in which they were made."""
        found = of_file(self.file().corrections, sheet.entry.source, sheet.entry.sha256)
        return tuple(one for one in found if one.record == sheet.record)

    def add(self, made: Sequence[Correction]) -> None:
        """Keep decisions.

        Raises `UsageError` where they can't be written.
        """
        if not self.sources.is_dir():
            raise UsageError(f"decisions are kept beside the texts, and there is no folder {self.sources}: give it with --sources")
        with self._lock:
            append_corrections(self.path, made)
            self._read = None

    def make(self, sheet: Sheet, action: str, start: int, end: int, *, value: str | None = None, rule: str = "") -> Correction:
        """A decision on a place of a document.

        Raises `UsageError` where it can't be one.
        """
        try:
            return correction_at(
                sheet.raw, sheet.source, action, start, end, value=value, rule=rule, by="workbench", record=sheet.record
            )
        except ValueError as error:
            raise UsageError(str(error)) from None

    def take_back(self, ids: Sequence[str]) -> int:
        """Take decisions back by their ids; how many there were."""
        known = {one.id: one for one in self.file().corrections}
        found = [retraction_of(known[name], by="workbench") for name in ids if name in known]
        if found:
            self.add(found)
        return len(found)


def source_file(folder: Path, source: str) -> Path | None:
    """The file in `folder` whose path ends most like `source`; never one outside it."""
    parts = [part for part in PurePosixPath(source).parts if part not in ("/", "..", ".")]
    try:
        root = folder.resolve()
        candidates = (folder.joinpath(*parts[i:]) for i in range(len(parts)))
        return next((path for path in candidates if path.is_file() and path.resolve().is_relative_to(root)), None)
    except (OSError, ValueError):
        return None


def overlay_of(sheet: Sheet, corrections: Sequence[Correction]) -> Overlay:
    """The decisions on a document, each laid on its row; of several on one thing the last holds."""
    found = Overlay()
    lost: list[tuple[Correction, str]] = []
    title: Correction | None = None
    for one in corrections:
        try:
            start, end = anchored(one, sheet.raw_text, same_file=one.sha256 == sheet.entry.sha256)
        except NoPlace as error:
            lost.append((one, str(error)))
            continue
        if one.action in ("accept", "reject"):
            _on_edit(sheet, found, one, start, end)
        elif one.action == "lemma":
            found.lemmas[start, end] = one
        elif one.action == "title" and not one.before and start == end == 0:
            title = one
        else:
            row_id = sheet.rows[sheet.row_at(start)].row_id if sheet.rows else ""
            if one.action in ("text", "split"):
                held = found.texts.setdefault(row_id, [])
                held[:] = [other for other in held if (other.start, other.end, other.action) != (one.start, one.end, one.action)]
                held.append(one)
            else:
                found.rows.setdefault(row_id, {})[one.action] = one
    return Overlay(found.edits, found.rows, found.texts, found.lemmas, title, tuple(lost))


def _on_edit(sheet: Sheet, found: Overlay, one: Correction, start: int, end: int) -> None:
    rules = (one.rule, "correction") if one.rule else [e.rule for e in sheet.edits if (e.start, e.end) == (start, end)]
    for rule in rules:
        key = f"{start}-{end}-{rule}"
        if key in sheet.by_key:
            found.edits[key] = one


def text_changes(row: Row, new: str) -> list[tuple[int, int, str]]:
    """What has to be put where in the raw text, so that the clean text of a block becomes `new`, word by word: start, end, value.

    >>> from kz_textkit.workbench.sheet import BlockRow
    >>> row = Row("b1", BlockRow("s1", "b1", "paragraph", "Жаңа үй салынды", "kk", 10, 25, None), ())
    >>> text_changes(row, "Жаңа үйлер салынды")
    [(15, 17, 'үйлер')]
    """
    if row.block is None:
        return []
    old, alignment = row.block.text, row.alignment
    before, after = _words(old), _words(new)
    changes: list[tuple[int, int, str]] = []
    matcher = SequenceMatcher(None, [old[i:j] for i, j in before], [new[i:j] for i, j in after], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = before[i][0] if i < len(before) else len(old)
        end = before[j - 1][1] if j > i else start
        value = new[after[k][0] : after[m - 1][1]] if m > k else ""
        # An edit that reaches over the border of a word is replaced as a whole.
        raw_start, raw_end = alignment.to_source(start, end)
        first, last = alignment.to_target(raw_start, raw_end)
        if start < end and (first < start or last > end):
            value = old[first:start] + value + old[end:last]
        changes.append((raw_start, raw_end, value))
    return changes


def _words(text: str) -> list[tuple[int, int]]:
    """Words and the white space between them, as spans."""
    spans: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or text[at].isspace() != text[at - 1].isspace():
            spans.append((start, at))
            start = at
    return [(i, j) for i, j in spans if i < j]
