"""Subtitles: SRT and WebVTT. Each cue is a block; numbers, times, settings and tags are left in the raw text and taken out as mark-up.

SRT has no standard: it is what SubRip writes. WebVTT is that of the W3C.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from kz_textkit.document import Mark, RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_file
from kz_textkit.readers.marked_text import extracted, ordered
from kz_textkit.readers.plain_text import read_bytes
from kz_textkit.settings import Settings

__all__ = ["read"]

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_TIMING = re.compile(rf"^[ \t]*(?P<from>{_TIME})[ \t]*-->[ \t]*(?P<to>{_TIME})(?P<settings>[^\n]*)$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:[biuscv]|font|ruby|rt|lang)(?:[.\s][^<>\n]*)?>|<\d+:[\d:.]+>|\{\\[^{}\n]*\}|\{/?[biu]\}|[♪♫♬]+",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"<v(?:\.[^ <>]*)?\s+(?P<name>[^<>\n]+)>")
_HEAD = re.compile(r"\ufeff?WEBVTT[^\n]*(?:\n(?!\n).*)*")


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a file of subtitles, with a mark for each cue (its `start` and `end` in seconds) and for what is no speech.

    Raises `InputError` where the file can't be read, or has no cues.
    """
    data = read_file(path, settings.limits)
    plain = read_bytes(data, str(path), settings.encoding, doc_id=path.stem)
    text = plain.text.replace("\r\n", "\n").replace("\r", "\n")
    marks = cue_marks(text)
    if not marks:
        raise InputError(str(path), "there are no subtitles in it", "each needs its times, as in 00:00:01,000 --> 00:00:03,500")
    return extracted(
        path,
        data,
        text,
        marks,
        format="vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt",
        extractor="kz-textkit",
        version=version("kz-textkit"),
        settings={"encoding": plain.encoding},
        encoding=plain.encoding,
    )


def cue_marks(text: str) -> tuple[Mark, ...]:
    """The marks of a text of subtitles: cues as blocks, everything else as furniture.

    >>> text = "1\\n00:00:01,000 --> 00:00:02,500\\n<i>Сәлем!</i>\\nҚалайсың?\\n"
    >>> [(mark.value["kind"], text[mark.start : mark.end]) for mark in cue_marks(text) if mark.value["kind"] != "furniture"]
    [('paragraph', '<i>Сәлем!</i>\\nҚалайсың?')]
    """
    timings = list(_TIMING.finditer(text))
    marks: list[Mark] = []
    at = 0
    for i, timing in enumerate(timings):
        # The number or name of a cue stands on the line above its times.
        head = text.rfind("\n\n", at, timing.start())
        head = timing.start() if head < 0 and i else max(head, at)
        end = timings[i + 1].start() if i + 1 < len(timings) else len(text)
        spoken_end = _end_of_cue(text, timing.end(), end)
        marks.append(_furniture(at, timing.end()))
        if text[timing.end() : spoken_end].strip():
            marks.append(_cue(text, timing, spoken_end))
            marks += (_furniture(tag.start(), tag.end()) for tag in _TAG.finditer(text, timing.end(), spoken_end))
            marks += (_furniture(tag.start(), tag.end()) for tag in _SPEAKER.finditer(text, timing.end(), spoken_end))
        at = spoken_end
    if timings and text[at:].strip():
        marks.append(_furniture(at, len(text)))
    return ordered(marks)


def _end_of_cue(text: str, start: int, limit: int) -> int:
    """Where the lines of a cue end: before an empty line, or before the number of the next cue where that line is missing."""
    empty = re.compile(r"\n[ \t]*\n").search(text, start, limit)
    if empty is not None:
        return empty.start() if text[start : empty.start()].strip() else start
    if limit == len(text):
        return limit
    number = re.compile(r"\n[ \t]*\d+[ \t]*\n?\Z").search(text[:limit], start)
    return number.start() if number else limit


def _cue(text: str, timing: re.Match[str], end: int) -> Mark:
    start = timing.end()
    spoken = text[start:end]
    first = start + len(spoken) - len(spoken.lstrip())
    value = {"kind": "paragraph", "start": _seconds(timing["from"]), "end": _seconds(timing["to"])}
    speaker = _SPEAKER.match(text, first)
    if speaker is not None:
        value["speaker"] = speaker["name"].strip()
    return Mark(first, start + len(spoken.rstrip()), "block", value)


def _furniture(start: int, end: int) -> Mark:
    return Mark(start, end, "block", {"kind": "furniture"})


def _seconds(time: str) -> float:
    """Seconds that a time says.

    >>> _seconds("01:02:03,500")
    3723.5
    """
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
