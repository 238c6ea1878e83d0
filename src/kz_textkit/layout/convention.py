"""How a document breaks its text into lines, learnt from it.

The key is a pair of lines that surely belong to one paragraph: the first ends in a letter, comma or hyphen, the second begins with a
small letter. Had the lines been wrapped at a full width F, the first is not wider than F, and with the next word it would have been.
Each pair thus gives an interval for F; the width that lies in most of the intervals is the full width, and the share of intervals that
it lies in says whether the text was wrapped at all. The same is done for the first lines of paragraphs, whose indent was printed but is
not in the text. Widths are those of a Times face, or counts of characters where those agree better (a text wrapped at column 72).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress, pairwise
from math import ceil

import numpy as np

from kz_textkit.layout.lines import Line
from kz_textkit.layout.widths import AVERAGE, SPACE

__all__ = ["UNWRAPPED", "Convention", "begins_by_width", "learn", "runs_on", "with_ends"]

WIDEST = 80_000
"""Full width beyond which nothing was ever printed on a page."""
NARROW = 22_000
"""Full width below which verse must be told from columns."""
WIDEST_OF_FEW = 50_000
"""Full width beyond which a few lines are not thought to have been wrapped."""
FEW_PAIRS = 12
"""Pairs of lines below which a text is short."""
OFTEN = 0.15
"""Share of lines that go on in the next one which only a text that was wrapped has."""
ODD = 0.3
"""Share of lines wider than the full width at which that is none."""
WIDER = 1.03
"""How much wider than the full width a line may come out that is one."""
TWICE = 1.25
"""Width, against the full one, from which a line is two."""
MOST_WHOLE = 0.5
"""Lines of a full width against those of twice as much, of which the width is thought to be the full one."""
FILLED = 0.99
"""Share of lines that are full in a text whose lines are filled."""
ENDS = ".!?…:;»"
"""What the lines of a paragraph end with; those that a sentence ends with come first."""
REGION = 60
"""Pairs of lines that may have a full width of their own: another size of type, a column."""


@dataclass(frozen=True, slots=True)
class Convention:
    """What `learn` finds; widths in thousandths of an em, gaps in blank lines, indents in spaces."""

    wrapped: bool
    """Paragraphs are broken into lines. Otherwise a line is a paragraph."""
    full: int = 0
    """Full width of the text."""
    first_indent: int = 0
    """Width that first lines of paragraphs are narrower by, since their indent is not in the text."""
    gap_in: int = 0
    """Blank lines between the lines of a paragraph."""
    gap_between: int = 0
    """Blank lines between paragraphs."""
    indent: int = 0
    """Indent of most lines."""
    indent_first: int = 0
    """Indent of first lines of paragraphs, where it is larger; else the same."""
    by_columns: bool = False
    """Widths are counts of characters."""
    regions: tuple[tuple[int, int], ...] = ()
    """Full widths that differ: (offset in the text from which it holds, width)."""
    hyphenates: bool = False
    """Words are divided at line ends."""
    agreement: float = 1.0
    """Share of lines that go on in the next one which were full at that width."""
    overflow: float = 0.0
    """Share of lines that are wider."""


UNWRAPPED = Convention(wrapped=False)


def runs_on(before: str, after: str) -> bool:
    """Whether a line surely goes on in the next one: it ends in a letter, comma or hyphen, and the next begins with a small letter.

    >>> runs_on("Осыған орай, осы оқу құралында бұл", "мәселенің тұстарын ұсынбақпыз.")
    True
    """
    return after[0].islower() and (before[-1].isalpha() or before[-1] in ",-") and after[1:2] not in ")."


def learn(lines: Sequence[Line]) -> Convention:
    """How the document that consists of `lines` breaks its text.

    >>> from kz_textkit.layout.lines import read_lines
    >>> learn(read_lines("Сөз – тілдің бірлігі.\\nСөйлем сөзден құралады.")).wrapped
    False
    """
    goes_on = [runs_on(a.text, b.text) for a, b in pairwise(lines)]
    pairs = list(compress(pairwise(lines), goes_on))
    if not pairs:
        return _without_width(lines)
    hyphenated = sum(a.text[-1] == "-" and a.text[-2:-1].isalpha() for a, _ in pairs)
    telling = _telling(lines, goes_on)
    if len(telling) < max(3, len(pairs) // 4):
        telling = pairs
    full, by_columns, agreement = _full_width(telling)
    widest_allowed = full * WIDER
    wide = sum([(_columns(line) if by_columns else line.width + line.shift) > widest_allowed for line in lines])
    if wide > ODD * len(lines):
        widths = sorted(_columns(a) if by_columns else a.width + a.shift for a, _ in pairs)
        full, agreement = widths[len(widths) * 9 // 10], 0.0
        wide = sum(width > full for width in widths)
    if not _is_wrapped(len(lines), len(pairs), agreement, full, wide, hyphenated):
        widest = max(line.width + line.shift for line in lines)
        if len(pairs) >= FEW_PAIRS or not _fills(pairs, widest, len(lines)):
            return _without_width(lines)
        full, by_columns = widest, False
    found = Convention(True, full, by_columns=by_columns, hyphenates=hyphenated > 2 and hyphenated > 0.02 * len(lines))
    found = replace(found, agreement=agreement, overflow=wide / len(lines))
    found = replace(found, regions=_regions(telling, _intervals(telling, by_columns=by_columns), full))
    return _with_first_lines(_with_gaps(found, lines, pairs), lines, goes_on)


def _telling(lines: Sequence[Line], goes_on: Sequence[bool]) -> list[tuple[Line, Line]]:
    """Pairs of lines that run on, the first of which is not the first line of a paragraph, whose indent would narrow it.

    `goes_on` says of each line but the last whether it runs on.
    """
    return [
        (a, b)
        for z, a, b, on in zip(lines, lines[1:], lines[2:], goes_on[1:], strict=False)
        if on and z.text[-1] not in ".!?:;…»" and a.text[0].islower()
    ]


def _intervals(pairs: Sequence[tuple[Line, Line]], *, by_columns: bool) -> list[tuple[int, int]]:
    """For each pair the full widths, from and up to, at which its first line was full."""
    if by_columns:
        return [(width := _columns(a), width + AVERAGE * (_head(b) + (a.text[-1] != "-"))) for a, b in pairs]
    return [(reach := a.width + a.shift, reach + b.head + (0 if a.text[-1] == "-" else SPACE)) for a, b in pairs]


def _full_width(pairs: Sequence[tuple[Line, Line]]) -> tuple[int, bool, float]:
    """Full width that most pairs agree on, whether widths are counts of characters, and the share of pairs that agree."""
    intervals = _intervals(pairs, by_columns=False)
    full, support = _part_of(intervals, *_stab(intervals))
    by_columns = False
    if support < 0.95 * len(pairs):
        other_full, other_support = _stab(_intervals(pairs, by_columns=True))
        if other_support > support + max(1, 0.03 * len(pairs)):
            full, support, by_columns = other_full, other_support, True
    return full, by_columns, support / len(pairs)


def _part_of(intervals: Sequence[tuple[int, int]], full: int, support: int) -> tuple[int, int]:
    """The full width that `full`, in that many of the intervals, is twice or three times, where lines were put together by a program
    that took out the hyphens between them; with its own support. Else as it is.

    >>> _part_of([(98, 104), (97, 103), (48, 53), (47, 52), (49, 55)], 100, 2)
    (50, 5)
    """
    narrower = [interval for interval in intervals if interval[1] < 0.8 * full]
    if not narrower or support > 0.9 * len(intervals):
        return full, support
    part, own = _stab(narrower)
    times = [(part * k, WIDER * part * k) for k in (1, 2, 3)]
    agreeing = sum(any(start <= widest and least < end for least, widest in times) for start, end in intervals)
    return (part, agreeing) if own >= MOST_WHOLE * support and agreeing > support else (full, support)


def _is_wrapped(lines: int, pairs: int, agreement: float, full: int, wide: int, hyphenated: int) -> bool:
    """Whether lines go on in the next one because they were wrapped: where many do, whatever their widths; where few do, if the full
    width explains them well.
    """
    if full > WIDEST:
        return False
    share, overflow = pairs / lines, wide / lines
    if share >= OFTEN and pairs >= 4:
        return True
    if hyphenated >= 3 and hyphenated >= 0.04 * lines:
        return agreement >= 0.5
    if pairs < 4:
        return agreement == 1 and share >= 0.3 and overflow == 0 and full > NARROW
    if full < NARROW:
        return False
    return agreement >= 0.65 and overflow <= 0.15 and share >= 0.06


def _fills(pairs: Sequence[tuple[Line, Line]], widest: int, lines: int) -> bool:
    """Whether in a short text most lines that run on are about as wide as the widest of all, as lines of a page are."""
    if not NARROW < widest <= WIDEST_OF_FEW or len(pairs) < 0.05 * lines:
        return False
    return sum(a.width + a.shift + SPACE + b.head > 0.9 * widest for a, b in pairs) >= 0.6 * len(pairs)


def _columns(line: Line) -> int:
    """Width of a line in a face whose letters are all equally wide, its indent counted."""
    return AVERAGE * (len(line.text) + line.indent)


def _head(line: Line) -> int:
    """Characters of the first word of a line, up to a hyphen in it."""
    end = line.text.find(" ")
    end = len(line.text) if end < 0 else end
    hyphen = line.text.find("-", 1, end - 1)
    return end if hyphen < 0 else hyphen + 1


def _stab(intervals: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The point in most of the half-open intervals (the middle of such a stretch), and in how many it lies."""
    borders = np.asarray(intervals, np.int64)
    starts, ends = np.sort(borders[:, 0]), np.sort(borders[:, 1])
    depth = np.searchsorted(starts, starts, "right") - np.searchsorted(ends, starts, "right")
    at = int(depth.argmax())
    following = [int(some[some > starts[at]].min()) for some in (starts, ends) if (some > starts[at]).any()]
    return (int(starts[at]) + min(following, default=int(starts[at]))) // 2, int(depth[at])


def _regions(pairs: Sequence[tuple[Line, Line]], intervals: Sequence[tuple[int, int]], full: int) -> tuple[tuple[int, int], ...]:
    """Stretches of the text that were set to another width."""
    found: list[tuple[int, int]] = []
    for at in range(0, len(pairs), REGION):
        part = intervals[at : at + REGION]
        if len(part) < REGION // 2:
            break
        agreeing = sum(start <= full < end for start, end in part)
        width = full
        if agreeing < 0.75 * len(part):
            own, support = _stab(part)
            if support > agreeing + 0.2 * len(part):
                width = own
        if width != (found[-1][1] if found else full):
            found.append((pairs[at][0].start, width))
    return tuple(found)


def _mode(values: Iterable[int], default: int) -> int:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else default


def _with_gaps(found: Convention, lines: Sequence[Line], pairs: Sequence[tuple[Line, Line]]) -> Convention:
    """Adds gaps and indents: inside paragraphs from the sure pairs, between paragraphs from lines that end a sentence with much
    room."""
    gap_in = _mode((b.blank_before for _, b in pairs if not b.page_start), 0)
    indent = _mode((b.indent for _, b in pairs), 0)
    begun = [b for a, b in pairwise(lines) if a.text[-1] in ".!?»:" and a.width < 0.8 * found.full and not b.text[0].islower()]
    gap_between = max(gap_in, _mode((b.blank_before for b in begun if not b.page_start), gap_in))
    indented = [b.indent for b in begun if b.indent >= indent + 2]
    often = len(indented) >= 0.4 * len(begun) and len(indented) >= 2
    inside = sum(b.indent >= indent + 2 for _, b in pairs) <= 0.1 * len(pairs)
    return replace(
        found,
        gap_in=gap_in,
        gap_between=gap_between,
        indent=indent,
        indent_first=_mode(indented, indent) if often and inside else indent,
    )


def _with_first_lines(found: Convention, lines: Sequence[Line], goes_on: Sequence[bool]) -> Convention:
    """Adds the indent that first lines were printed with: they are full at a smaller width."""
    intervals = []
    for a, b, c, on in zip(lines, lines[1:], lines[2:], goes_on[1:], strict=False):
        ended = on and a.text[-1] in ".!?" and a.width < 0.85 * found.full
        if ended and not b.text[0].islower() and not b.text[0].isdigit() and b.text[-1] != "-":
            width = _columns(b) - AVERAGE * b.indent if found.by_columns else b.width + b.shift
            intervals.append((width, width + (AVERAGE * (_head(c) + 1) if found.by_columns else c.head + SPACE)))
    if len(intervals) < 6:
        return found
    first, support = _stab(intervals)
    as_others = sum(start <= found.full < end for start, end in intervals)
    if found.full * 0.7 < first < found.full and support >= 0.75 * len(intervals) and support > as_others + 0.1 * len(intervals):
        return replace(found, first_indent=found.full - first)
    return found


def _was_indented(above: Line | None, line: Line) -> bool:
    """A line with too little text to be full that breaks off in mid-sentence, under one that ends a sentence: the first of a paragraph,
    whose indent is not in the text."""
    return above is not None and above.text[-1] in ENDS and line.text[-1] not in ENDS[:4] and not line.text[0].islower()


def begins_by_width(above: Line, line: Line, convention: Convention) -> bool:
    """Whether a line is the first of a paragraph for certain: narrower than the others by no more than the indent that was printed, it
    breaks off in mid-sentence though the next word had room, in a text whose other lines are filled."""
    indent = convention.first_indent
    return 0 <= line.room < indent and convention.agreement >= FILLED and line.ends_full and _was_indented(above, line)


def _without_width(lines: Sequence[Line]) -> Convention:
    """The convention of a text whose lines are not wrapped."""
    gap = _mode([line.blank_before for line in lines[1:]], 0)
    indent = _mode([line.indent for line in lines], 0)
    return replace(UNWRAPPED, gap_in=0, gap_between=gap, indent=indent, indent_first=indent)


def with_ends(lines: list[Line], convention: Convention) -> list[Line]:
    """The same lines with `ends_full`, `room` and `inner` set, and with widths as the convention measures them."""
    if not convention.wrapped:
        return lines
    if convention.by_columns:
        for line in lines:
            line.width, line.head = _columns(line), AVERAGE * _head(line)
    regions = [*convention.regions, (1 << 62, 0)]
    region, full = 0, convention.full
    indent, gap_in = convention.first_indent, convention.gap_in
    begins, above = True, lines[0] if lines else None
    filled = convention.agreement >= FILLED
    for line, following in pairwise(lines):
        if regions[region][0] <= line.start:
            full, region = regions[region][1], region + 1
        text, width = line.text, line.width + line.shift
        # A line that is two, put together by a program that took out the hyphen between them, has the room of the second.
        reach = full if width <= TWICE * full else full * ceil(width / (WIDER * full))
        room = -1 if text[-1] == "-" and width + width > full and text[-2:-1].isalnum() else reach - width - SPACE - following.head
        line.room = room
        if room >= indent or (room >= 0 and not begins and not (filled and _was_indented(above, line))):
            begins, above = True, line
            continue
        above = line
        begins, line.ends_full = False, True
        following.inner = (following.blank_before <= gap_in or following.page_start) and runs_on(text, following.text)
    if lines:
        lines[-1].room = full - lines[-1].width - lines[-1].shift
    return lines
