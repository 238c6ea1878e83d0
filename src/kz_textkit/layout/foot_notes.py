"""Notes that are known for certain: at the end of a page or of the text, or among the lines of a text that shows no pages, each with a
mark that stands behind a word above it.

`шиті1` in a sentence and `1 Ескі сөз.` as the last line of its page say of each other what they are. Marks may be figures, bare or in
brackets or raised, or stars; extractors that take raised figures for lines of their own print the marks of a page above its notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kz_textkit.layout.convention import runs_on
from kz_textkit.layout.labels import is_source
from kz_textkit.layout.lines import Line

__all__ = ["known_notes"]

MOST_LINES = 8
"""Lines of a note."""
REACH = 80
"""Lines above a note that its mark stands in, where the text shows no pages."""

_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_LABEL = re.compile(
    r"(?P<before>[\[(]?)(?P<mark>\d{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\*{1,4})(?P<after>[\])]?)(?:(?P<alone>\Z)|\s*(?=[^\W\d_]|[«\"“<(]))"
)
_RULE = re.compile(r"[_\-–—=]{3,}|\*(?:\s\*){2,}")
_UNITS = frozenset(("см", "км", "мм", "дм", "га", "м"))
_ENDS = ".!?…"
_CLOSED = _ENDS + ")»"
"""What a note ends in whose mark could as well be the number of a title."""
_WORD = r"(?P<word>[^\W\d_]+)[»”\"'.,;:!?…)]{0,2}"


_GLUED = re.compile(
    r"(?P<word>[^\W\d_]{2,})[»”\"'.,;:!?…)]{0,2}(?P<mark>\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\)?|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\*{1,4})(?![\w*%\])]|[.,]\d)"
)
"""A mark behind a word."""
_CLOSING = r"[»”\"'.,;:!?…)]"
_BEHIND_WORD = re.compile(rf"(?=[\[(\d¹²³⁴⁵⁶⁷⁸⁹⁰*])(?:(?<=[^\W\d_])|(?<=[^\W\d_]{_CLOSING})|(?<=[^\W\d_]{_CLOSING}{_CLOSING}))")
"""Where such a mark may begin."""


class _Label(NamedTuple):
    """A line that begins with what may be the mark of a note."""

    line: int
    shape: str
    """The mark with its figure as 0."""
    value: int
    mark: str
    alone: bool


def known_notes(lines: Sequence[Line]) -> dict[int, str]:
    """Labels of lines, by index: `note`, `note_cont`, `mark` for marks and rules that have lines of their own, and `para_cont` where
    the sentence above the notes goes on overleaf.

    >>> from kz_textkit.layout.lines import read_lines
    >>> known_notes(read_lines("Оның қолында шиті1 бар еді, содан\\n1 Ескі сөз.\\n\\fол атып салды."))
    {2: 'para_cont', 1: 'note'}
    """
    labelled = {i: label for i, line in enumerate(lines) if (label := _label(line.text, i)) is not None}
    found: dict[int, str] = {}
    starts = [i for i, line in enumerate(lines) if line.page_start and i]
    for first, last in pairwise((0, *starts, len(lines))):
        found |= _on_page(lines, labelled, first, last)
    return _among_lines(lines, {i: label for i, label in labelled.items() if i not in found}) | found


def _on_page(lines: Sequence[Line], labelled: Mapping[int, _Label], first: int, last: int) -> dict[int, str]:
    """The notes at the end of the lines from `first` up to, not including, `last`, of which some are `labelled`."""
    labels = [labelled[i] for i in range(first + 1, last) if i in labelled] if labelled else []
    best: list[_Label] = []
    for at in range(len(labels) - 1, -1, -1):
        if last - labels[at].line > MOST_LINES + labels[at].alone * MOST_LINES:
            break
        chain = _upwards(labels, at)
        if len(chain) > len(best) and _is_certain(lines, first, chain):
            best = [*chain, *_downwards(labels[at:])]
    return _labelled(lines, best, last) if best else {}


def _label(text: str, i: int) -> _Label | None:
    match = _LABEL.match(text) if text[0] in "[(*" or text[0].isdigit() else None
    if match is None or (match["before"] == "(") > (match["after"] == ")") or (match["before"] == "[") != (match["after"] == "]"):
        return None
    mark = match["mark"]
    value = len(mark) if mark[0] == "*" else int(mark.translate(_RAISED))
    shape = match["before"] + ("*" if mark[0] == "*" else "0" if mark[0].isdecimal() else "¹") + match["after"]
    return _Label(i, shape, value, match["before"] + mark + match["after"], match["alone"] is not None)


def _upwards(labels: Sequence[_Label], at: int) -> list[_Label]:
    """The labels before label `at` that are of the same shape, each one less than the next and not far above it."""
    chain = [labels[at]]
    for label in reversed(labels[:at]):
        below = chain[0]
        if below.line - label.line > MOST_LINES:
            break
        alike = label.shape == below.shape and label.alone == below.alone and (not label.alone or below.line - label.line == 1)
        if alike and label.value == below.value - 1:
            chain.insert(0, label)
    return chain


def _downwards(labels: Sequence[_Label]) -> Iterator[_Label]:
    """The labels after the first that go on counting: their marks may have been misread."""
    value = labels[0].value
    for label in labels[1:]:
        if label.shape == labels[0].shape and label.alone == labels[0].alone and label.value == value + 1:
            value += 1
            yield label


def _is_certain(lines: Sequence[Line], first: int, chain: Sequence[_Label]) -> bool:
    """Whether the marks of a chain stand behind words above it, in their order."""
    top = chain[0].line
    if _is_list(lines, chain):
        return False
    above = [lines[i].text for i in range(first, top)]
    if chain[0].shape == "[0]" and any(is_source(lines[label.line].text[len(label.mark) :].strip()) for label in chain):
        return False
    marks = [label.mark for label in chain]
    if _stand_in_order(above, marks, ""):
        return True
    if not _stand_in_order(above, marks, r"\s?"):
        return False
    broken = lines[top - 1].text[-1] not in ".!?…:;»"
    return chain[0].alone or _RULE.fullmatch(lines[top - 1].text) is not None or broken


def _is_list(lines: Sequence[Line], chain: Sequence[_Label]) -> bool:
    """Whether lines with labels are items: under a colon, or parted by semicolons."""
    return lines[chain[0].line - 1].text[-1] == ":" or any(lines[label.line].text[-1] == ";" for label in chain)


def _stand_in_order(above: Sequence[str], marks: Sequence[str], space: str) -> bool:
    """Whether each mark stands behind a word, after the mark before it."""
    row, column = 0, 0
    for mark in marks:
        pattern = re.compile(rf"{_WORD}{space}{re.escape(mark)}(?![\w*%\])]|[.,]\d)")
        having = (k for k in range(row, len(above)) if mark in above[k])
        places = ((k, match) for k in having for match in pattern.finditer(above[k], column if k == row else 0))
        place = next(((k, m.end()) for k, m in places if len(m["word"]) > 1 and m["word"].lower() not in _UNITS), None)
        if place is None:
            return False
        row, column = place
    return True


def _labelled(lines: Sequence[Line], chain: Sequence[_Label], last: int) -> dict[int, str]:
    found: dict[int, str] = {}
    top = chain[0].line
    has_rule = _RULE.fullmatch(lines[top - 1].text) is not None
    if has_rule:
        found[top - 1] = "mark"
    if top - has_rule > 0 and last < len(lines) and runs_on(lines[top - 1 - has_rule].text, lines[last].text):
        found[last] = "para_cont"
    if not chain[0].alone:
        return found | dict.fromkeys(range(top, last), "note_cont") | {label.line: "note" for label in chain}
    below = chain[-1].line + 1
    found |= dict.fromkeys(range(top, below), "mark")
    begun = list(_begun(lines, below, last))
    if len(begun) == len(chain):
        return found | dict.fromkeys(range(below, last), "note_cont") | dict.fromkeys(begun, "note")
    return found | ({below: "note"} if below < last else {})


def _among_lines(lines: Sequence[Line], labels: Mapping[int, _Label]) -> dict[int, str]:
    """Notes where pages met that the text does not show: lines that begin with a mark which is glued to a word not far above.

    Each note of a run must have its own mark: items of a list have none.
    """
    wanted = {label.mark for label in labels.values() if not label.alone}
    if not wanted:
        return {}
    found: dict[int, str] = {}
    marks: dict[str, int] = {}
    run: list[_Label] = []
    for i, line in enumerate(lines):
        label = labels.get(i)
        if label is not None and not label.alone and (not run or i - run[-1].line <= MOST_LINES):
            follows = bool(run) and (label.shape, label.value) == (run[-1].shape, run[-1].value + 1)
            goes_on = line.ends_full or (i + 1 < len(lines) and runs_on(line.text, lines[i + 1].text))
            closed = label.shape != "0" or goes_on or line.text[-1] in _CLOSED
            if i - marks.get(label.mark, i - REACH - 1) <= REACH and (follows or not run) and closed:
                run.append(label)
                del marks[label.mark]
                continue
            if follows:  # the run is one of items
                run = []
        if run and i - run[-1].line > MOST_LINES:
            found |= _of_run(lines, run)
            run = []
        has_marks = any(map(line.text.__contains__, wanted)) and _BEHIND_WORD.search(line.text)
        for match in _GLUED.finditer(line.text) if has_marks else ():
            if match["word"].lower() not in _UNITS:
                marks[match["mark"]] = i
    return found | _of_run(lines, run)


def _of_run(lines: Sequence[Line], run: Sequence[_Label]) -> dict[int, str]:
    """The labels of a run of notes, and of the line that the sentence above it goes on in."""
    if not run or _is_list(lines, run):
        return {}
    found = {label.line: "note" for label in run}
    top = run[0].line
    if not top or lines[top - 1].text[-1] in _ENDS:
        return found
    has_rule = _RULE.fullmatch(lines[top - 1].text) is not None
    above = lines[top - 1 - has_rule].text if top > has_rule else ""
    for i in range(run[-1].line + 1, min(run[-1].line + MOST_LINES, len(lines))):
        if above and lines[i - 1].text[-1] in _ENDS and runs_on(above, lines[i].text):
            inside = dict.fromkeys(range(top, i), "note_cont")
            return inside | found | {i: "para_cont"} | ({top - 1: "mark"} if has_rule else {})
    return found


def _begun(lines: Sequence[Line], first: int, last: int) -> Iterator[int]:
    """Lines that begin a note, where the line above was not full."""
    for i in range(first, last):
        if i == first or not lines[i - 1].ends_full:
            yield i
