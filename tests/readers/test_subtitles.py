"""Subtitles: what is said is text, a cue a block; numbers, times and tags go, with a record."""

from __future__ import annotations

from pathlib import Path

import pytest

from kz_textkit.cleaning.clean import clean
from kz_textkit.errors import InputError
from kz_textkit.readers import read

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Сәлем, Айгүл!</i>

2
00:00:04,000 --> 00:00:06,000
– Қайдан келдің?
– Ауылдан келдім.

3
00:00:07,000 --> 00:00:09,000 X1:40 X2:600
{\\an8}♪ Көзімнің қарасы ♪
"""
VTT = """WEBVTT - Ауыл

STYLE
::cue { color: white }

бірінші
00:01.000 --> 00:03.500 align:start
<v Айгүл>Сәлем, <b>аға</b>!</v>

00:04.000 --> 00:06.000
Қайдан <00:05.000>келдің?

NOTE соңы
"""


def cleaned(tmp_path: Path, name: str, content: str) -> list[str]:
    path = tmp_path / name
    path.write_bytes(content.encode())
    document = clean(read(path))
    assert {e.rule for e in document.edits} <= {"markup", "line_join", "spacing"}
    return [block.text for block in document.blocks]


def test_cues_of_srt_are_blocks(tmp_path: Path) -> None:
    assert cleaned(tmp_path, "кино.srt", SRT) == ["Сәлем, Айгүл!", "– Қайдан келдің? – Ауылдан келдім.", "Көзімнің қарасы"]


def test_line_ends_of_windows_are_no_part_of_the_text(tmp_path: Path) -> None:
    assert cleaned(tmp_path, "кино.srt", SRT.replace("\n", "\r\n"))[0] == "Сәлем, Айгүл!"


def test_cues_of_webvtt_are_blocks_and_notes_are_none(tmp_path: Path) -> None:
    assert cleaned(tmp_path, "кино.vtt", VTT) == ["Сәлем, аға!", "Қайдан келдің?"]


def test_times_and_speakers_are_in_the_marks(tmp_path: Path) -> None:
    path = tmp_path / "кино.vtt"
    path.write_text(VTT, "utf-8")
    cue = next(mark for mark in read(path).marks if mark.value.get("kind") == "paragraph")
    assert (cue.value["start"], cue.value["end"], cue.value["speaker"]) == (1.0, 3.5, "Айгүл")


def test_cues_without_empty_lines_between_them_are_told_apart(tmp_path: Path) -> None:
    tight = "1\n00:00:01,000 --> 00:00:02,000\nБір.\n2\n00:00:03,000 --> 00:00:04,000\nЕкі.\n"
    assert cleaned(tmp_path, "кино.srt", tight) == ["Бір.", "Екі."]


def test_subtitles_called_text_are_known_by_their_times(tmp_path: Path) -> None:
    path = tmp_path / "кино.txt"
    path.write_text(SRT, "utf-8")
    raw = read(path)
    assert raw.extraction is not None and raw.extraction.format == "srt"
    assert raw.warnings == ("the file is called .txt, but it is subtitles (SRT), and was read as such",)


def test_a_file_without_cues_says_so(tmp_path: Path) -> None:
    path = tmp_path / "бос.srt"
    path.write_text("Сәлем!", "utf-8")
    with pytest.raises(InputError, match="no subtitles in it"):
        read(path)
