"""What extractors make of printed lines: hyphens left, taken out or put on lines of their own; lines stretched; faults of OCR."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pages.lines import Line
from pages.model import HYPHEN
from pages.setting import Setting

__all__ = ["extracted"]


_APART = 0.3
"""Share of lines stretched to a word a line whose words have blank lines between them too."""


def extracted(body: Sequence[Line | None], setting: Setting, rng: random.Random) -> list[Line | None]:
    """The lines of a page as an extractor gives them; None is a blank line."""
    out: list[Line | None] = []
    for line in _divided(body, setting):
        if line is None:
            out.append(None)
            continue
        justified = not line.last and not line.label.startswith(("heading", "verse", "code", "front"))
        if justified and setting.stretched and rng.random() < setting.stretched:
            apart = [None] * (rng.random() < _APART)
            for n, word in enumerate(line.text.split()):
                out += [replace(line, text=word, label=line.cont if n else line.label), *apart]
            continue
        if justified and setting.wide_spaces and rng.random() < setting.wide_spaces:
            line.text = re.sub(r"(?<=\S) (?=\S)", lambda _: " " * rng.randint(1, 4), line.text)
        if setting.noise and rng.random() < setting.noise:
            line.text = _misread(line.text, rng)
        out.append(line)
        if setting.stray and rng.random() < setting.stray:
            out.append(None)
    return out


def _divided(body: Sequence[Line | None], setting: Setting) -> Iterator[Line | None]:
    """The lines with what the setting leaves of the hyphens of divided words."""
    left = deque(body)
    while left:
        line = left.popleft()
        while line and line.text.endswith(HYPHEN):
            line.text = line.text[: -len(HYPHEN)]
            following = next((row for row in left if row), None)
            goes_on = following is not None and following.block == line.block
            if goes_on and setting.hyphen == "alone":
                yield line
                line = Line("-", line.cont, line.level, line.block)
            elif goes_on and setting.hyphen in ("join", "word"):
                _bring_up(line, left, whole=setting.hyphen == "join")
            else:
                line.text += setting.hyphen if len(setting.hyphen) == 1 else "-"
        yield line


def _bring_up(line: Line, left: deque[Line | None], *, whole: bool) -> None:
    """The next line, or its first word, put to a line whose hyphen was taken out."""
    blanks = 0
    while left[0] is None:
        left.popleft()
        blanks += 1
    following = left.popleft()
    assert following is not None
    first, _, rest = following.text.partition(" ")
    line.text += following.text if whole else first
    line.last = line.last or (following.last and (whole or not rest))
    if rest and not whole:
        following.text = rest
        left.extendleft([following, *[None] * blanks])


def _misread(text: str, rng: random.Random) -> str:
    """One fault of OCR: a point for a comma, a stray sign, a space too many or lost."""
    at = rng.randrange(len(text))
    if rng.random() < 0.4:
        return text.replace(",", ".", 1)
    return text[:at] + rng.choice(("'", " ", ".", "»", "")) + text[at + rng.choice((0, 1)) :]
