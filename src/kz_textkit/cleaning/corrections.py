"""What people decide about a text: corrections, kept in `corrections.jsonl` beside the raw files, applied whenever these are cleaned.

A line of the file is one decision as a JSON object. It is tied to its place in the raw file by the hash of the bytes and by offsets,
and by the text that stands there and around it, so that it is found again where the file has changed. Nothing is ever taken out of the
file: a later decision on the same place wins over an earlier one, and a line of the action `retract` takes back the line that it names.

    {"id": "c3f09", "source": "дәрістер/1.txt", "sha256": "9b0e…", "action": "text", "start": 7, "end": 14, "before": "калалық",
     "context_before": "Біздің ", "context_after": " кеңес", "rule": "", "value": "қалалық", "made": "2026-01-15T10:00:00+00:00",
     "by": "А. Б."}

What each action does stands in `ACTIONS`; how they change a document, in `corrections_applied`.
"""

from __future__ import annotations

import json
import os
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timezone
from hashlib import sha256
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kz_textkit.document import BLOCK_KINDS, Decision, RawDocument
from kz_textkit.errors import UsageError

__all__ = [
    "ACTIONS",
    "CORRECTIONS_FILE",
    "Correction",
    "CorrectionsFile",
    "NoPlace",
    "active",
    "anchored",
    "append_corrections",
    "correction_at",
    "corrections_above",
    "corrections_digest",
    "find_corrections",
    "is_for",
    "of_file",
    "read_corrections",
    "retraction_of",
]

CORRECTIONS_FILE = "corrections.jsonl"
"""Name of the file that is looked for beside the raw files."""

ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "accept": "a suggestion is followed, or an edit stays; `value` is what it puts there",
        "reject": "an edit is undone, or a suggestion is not made again",
        "text": "the raw text from `start` to `end` becomes `value`; nothing, where that is empty",
        "kind": "the block at the place becomes a `value`: paragraph, heading, note, …",
        "title": "the heading at the place gets the title `value`; with an empty `before`, the whole document",
        "level": "the heading at the place gets the level `value`, 1 at the top; what stands under it goes along",
        "lemma": "the word at the place gets the lemma `value`; after a tab its part of speech, after another its features",
        "join": "the block at `start` and the next one, or all up to `end`, become one; `value` comes between, by default a space",
        "split": "the block is cut in two at `start`; the second gets the kind `value`, where that is given",
        "retract": "the line whose id is `value` is taken back",
    }
)
"""What a correction can do."""

CONTEXT = 20
"""Code points of the raw text on each side that are kept to find the place again."""

LARGEST_FILE = 256 << 20
"""Bytes of the largest file of corrections."""

LONGEST_VALUE = 100_000


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision; offsets are code points of the raw text of the document."""

    id: str
    source: str
    """Path of the raw file in the input folder, with `/`; the name of the file, where the input is one."""
    sha256: str
    """Hash of the bytes of the file when the decision was made."""
    action: str
    """One of `ACTIONS`."""
    start: int = 0
    end: int = 0
    before: str = ""
    """The raw text at the place."""
    context_before: str = ""
    """Raw text that ends where the place begins."""
    context_after: str = ""
    rule: str = ""
    """Rule of the edit or suggestion that is accepted or rejected; empty for any."""
    value: str = ""
    made: str = ""
    """When, in ISO 8601."""
    by: str = ""
    """Who."""
    record: str = ""
    """Number of the document in a file that holds several (`0000012`), as its id ends with; empty for others."""

    @property
    def place(self) -> str:
        """Action and place in words for messages."""
        return Decision(self.id, self.action, self.start, self.end, self.before, self.value).place


class NoPlace(Exception):
    """A correction fits nowhere in the text; the message says why."""


@dataclass(frozen=True, slots=True)
class CorrectionsFile:
    """What a file of corrections holds."""

    corrections: tuple[Correction, ...] = ()
    """In the order of their lines, those that were taken back left out."""
    problems: tuple[str, ...] = ()
    """One line each: lines that are no corrections, and retractions of what there is not."""


def find_corrections(source: str | PathLike[str]) -> Path | None:
    """The file of corrections in a folder of raw files, or beside a file; None where there is none."""
    place = Path(source)
    try:
        found = (place if place.is_dir() else place.parent) / CORRECTIONS_FILE
        return found if found.is_file() else None
    except ValueError:  # A path with a NUL in it; who reads the input says so.
        return None


def corrections_above(file: str | PathLike[str]) -> Path | None:
    """The nearest file of corrections beside a file, or in the folders above it: that of the input which it is a part of."""
    try:
        folders = Path(file).resolve().parents
    except (OSError, ValueError):
        return None
    return next((found for folder in folders if (found := find_corrections(folder)) is not None), None)


def read_corrections(path: str | PathLike[str]) -> CorrectionsFile:
    """The corrections of a file that hold. A line that is none is a problem, and stops nothing.

    Raises `UsageError` where the file can't be read at all.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{file}: a file of corrections has at most {LARGEST_FILE >> 20} MiB")
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from None
    found: list[Correction] = []
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not text.strip():
            continue
        try:
            found.append(_correction(text))
        except ValueError as error:
            problems.append(f"{file.name}: line {number} is no correction: {error}")
    held, unknown = active(found)
    problems += [f"{file.name}: {one.id} takes back {one.value or 'nothing'}, which there is not" for one in unknown]
    return CorrectionsFile(tuple(held), tuple(problems))


def active(corrections: Iterable[Correction]) -> tuple[list[Correction], list[Correction]]:
    """The corrections that hold, in their order, and retractions that name no line before them.

    Of several lines with one id the last holds. A retraction can itself be taken back.
    """
    by_id: dict[str, Correction] = {}
    for one in corrections:
        by_id.pop(one.id, None)
        by_id[one.id] = one
    retracted: set[str] = set()
    for one in reversed(by_id.values()):
        if one.action == "retract" and one.id not in retracted:
            retracted.add(one.value)
    held = [one for one in by_id.values() if one.action != "retract" and one.id not in retracted]
    return held, [one for one in by_id.values() if one.action == "retract" and one.value not in by_id]


def append_corrections(path: str | PathLike[str], corrections: Iterable[Correction]) -> None:
    """Add lines to a file of corrections, which is made where there is none, and bring them to the disk.

    Raises `UsageError` where it can't be written.
    """
    file = Path(path)
    lines = "".join(json.dumps(_plain(one), ensure_ascii=False) + "\n" for one in corrections).encode()
    if not lines:
        return
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(file, flags, 0o666)
        with os.fdopen(number, "rb+", buffering=0) as sink:
            size = sink.seek(0, os.SEEK_END)
            if size:
                sink.seek(size - 1)
                if sink.read(1) != b"\n":  # A line that was cut short spoils no other.
                    lines = b"\n" + lines
            sink.write(lines)
            os.fsync(sink.fileno())
    except OSError as error:
        raise UsageError(f"{file} can't be written: {error.strerror or error}") from None


def correction_at(
    raw: RawDocument,
    source: str,
    action: str,
    start: int,
    end: int,
    *,
    value: str | None = None,
    rule: str = "",
    by: str = "",
    record: str = "",
) -> Correction:
    """A new correction of a place in a raw text, with an id of its own and what the place is found again by.

    `source` is the path of the file in the input folder. Raises `ValueError` for a place, action or value that can't be.

    >>> one = correction_at(RawDocument("а", "а.txt", "", "utf-8", "Біздің калалық кеңес"), "а.txt", "text", 7, 14, value="қалалық")
    >>> one.before, one.context_before, one.context_after
    ('калалық', 'Біздің ', ' кеңес')
    """
    text = raw.text
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}:{end} is no place in a text of {len(text):,} characters")
    one = Correction(
        id=f"c{secrets.token_hex(6)}",
        source=source,
        sha256=raw.sha256,
        action=action,
        start=start,
        end=end,
        before=text[start:end],
        context_before=text[max(0, start - CONTEXT) : start],
        context_after=text[end : end + CONTEXT],
        rule=rule,
        value=value if value is not None else _DEFAULT.get(action, ""),
        made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        by=by,
        record=record,
    )
    _check(one)
    return one


def retraction_of(correction: Correction, *, by: str = "") -> Correction:
    """The line that takes a correction back."""
    made = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return Correction(
        f"c{secrets.token_hex(6)}", correction.source, correction.sha256, "retract", value=correction.id, made=made, by=by
    )


def is_for(correction: Correction, source: str, digest: str) -> bool:
    """Whether a correction is one of the file at this path in the input folder, or at the end of this path.

    >>> is_for(Correction("c1", "дәрістер/1.txt", "", "text"), "corpus/raw/дәрістер/1.txt", "")
    True
    """
    named, given = (unicodedata.normalize("NFC", path).strip("/") for path in (correction.source, source))
    return given == named or given.endswith(f"/{named}") or (bool(digest) and correction.sha256 == digest)


def of_file(corrections: Iterable[Correction], source: str, digest: str) -> tuple[Correction, ...]:
    """The corrections of the file that is at `source` in the input folder, or at the end of that path; else those of its hash.

    Of two files of the same bytes each has its own.
    """
    found = [one for one in corrections if is_for(one, source, digest)]
    named = [one for one in found if is_for(one, source, "")]
    return tuple(named or found)


def anchored(correction: Correction, text: str, *, same_file: bool) -> tuple[int, int]:
    """Where in the raw text the place of a correction is: where it was, if that still stands there, else where its text with its
    context has gone. `same_file` says that the bytes are those of the day it was made.

    Raises `NoPlace` where it is nowhere, or in several places.

    >>> one = Correction("c1", "а.txt", "", "text", 7, 14, "калалық", "Біздің ", " кеңес")
    >>> anchored(one, "Кеше. Біздің калалық кеңес", same_file=False)
    (13, 20)
    """
    start, end, before = correction.start, correction.end, correction.before
    left, right = correction.context_before, correction.context_after
    is_there = end <= len(text) and text[start:end] == before
    if is_there and ((same_file and before) or (text.endswith(left, 0, start) and text.startswith(right, end))):
        return start, end
    if not before and not left and not right:
        return 0, 0  # The document as a whole.
    half = CONTEXT // 2
    for near_left, near_right in ((left, right), (left[-half:], right[:half]), (left, ""), ("", right)):
        if not (near_left or near_right) or (not before and left and right and not (near_left and near_right)):
            continue  # One side alone shows no place between two letters.
        places = [at + len(near_left) for at in _places(text, near_left + before + near_right)]
        if len(places) == 1 or start in places:
            found = start if start in places else places[0]
            return found, found + len(before)
        if places:
            raise NoPlace(f"its text is now in {len(places) if len(places) < MOST_PLACES else 'many'} places")
    raise NoPlace("its text is no longer there")


_DEFAULT = {"join": " "}
"""What is put where a line says no value."""

MOST_PLACES = 10
"""Places of a text that are counted."""


def _places(text: str, wanted: str) -> list[int]:
    found: list[int] = []
    at = text.find(wanted)
    while at >= 0 and len(found) < MOST_PLACES:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def corrections_digest(corrections: Iterable[Correction]) -> str:
    """A hash of decisions that is the same for the same decisions; empty where there are none."""
    lines = [json.dumps(_plain(one), ensure_ascii=False, sort_keys=True) for one in corrections]
    return sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def _plain(correction: Correction) -> dict[str, Any]:
    return {name: value for name, value in asdict(correction).items() if value != "" or name in ("value", "before")}


_FIELDS = {field.name: field.type for field in fields(Correction)}


def _correction(line: bytes) -> Correction:
    """A line of the file. Raises `ValueError` where it is no correction."""
    try:
        content = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("it is no JSON in UTF-8") from None
    if not isinstance(content, dict):
        raise ValueError("it is no JSON object")
    known: dict[str, Any] = {}
    for name, value in content.items():
        if name not in _FIELDS:
            continue  # Others may keep more with a decision.
        if name in ("start", "end"):
            if not isinstance(value, int) or isinstance(value, bool):
                raise ValueError(f"{name} is no whole number")
        elif value is None:
            value = ""
        elif isinstance(value, int) and not isinstance(value, bool) and name == "value":
            value = str(value)
        elif not isinstance(value, str):
            raise ValueError(f"{name} is no text")
        known[name] = value
    missing = [name for name in ("id", "action", *(() if content.get("action") == "retract" else ("source",))) if not known.get(name)]
    if missing:
        raise ValueError(f"it has no {' and no '.join(missing)}")
    one = Correction(**{"source": "", "sha256": "", "value": _DEFAULT.get(str(content.get("action")), ""), **known})
    _check(one)
    return one


def _check(one: Correction) -> None:
    """Raise `ValueError` where a correction can't be one in any text."""
    if one.action not in ACTIONS:
        raise ValueError(f"there is no action {one.action[:40]!r}: choose from {', '.join(ACTIONS)}")
    if not 0 <= one.start <= one.end:
        raise ValueError("its place ends before it begins")
    if one.end - one.start != len(one.before):
        raise ValueError(f"`before` has {len(one.before)} characters, and the place {one.end - one.start}")
    if len(one.value) > LONGEST_VALUE or any("\ud800" <= c <= "\udfff" for text in (one.value, one.before, one.by) for c in text):
        raise ValueError("its value is no text that can be written")
    if one.action in ("kind", "split") and (one.value or one.action == "kind") and one.value not in BLOCK_KINDS:
        raise ValueError(f"{one.value[:40]!r} is no kind of block: choose from {', '.join(BLOCK_KINDS)}")
    if one.action == "level" and not (one.value.isascii() and one.value.isdigit() and 1 <= int(one.value[:4]) <= 99):
        raise ValueError("a level is a number from 1 to 99")
    if one.action in ("title", "lemma") and not one.value.strip():
        raise ValueError(f"a {one.action} can't be empty")
