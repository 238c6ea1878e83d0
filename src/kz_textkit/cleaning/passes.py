"""Repair and layout of a text, again and again until there is nothing left to do: `clean(clean(x)) == clean(x)`.

What layout takes out or joins may uncover more: damage beside an address (`cабақhttp://…`), a space before a sign whose word was a
page number. So the clean text is looked at as if it had come from a file; where something is left to do it is done, and the record goes
on. Nearly always there is nothing, and where the first pass left the text as it was there is no need to look.

Notes that stand inside a paragraph (at the foot of a page that it goes over) follow it in the clean text, whose order is then not that
of the raw one. There the first pass is done again: with the repairs that were found to be wanted, or with the note between two parts.

Texts can lead back to one another, though only by their empty lines. They stand for each other then: the least of them is taken,
whichever was reached first, so that it stays when it is cleaned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TypedDict

from kz_textkit.alignment import Alignment, Edit, apply_edits, compose_edits
from kz_textkit.cleaning.marks import shift_marks
from kz_textkit.cleaning.repairing import repaired as repair
from kz_textkit.document import RawDocument
from kz_textkit.layout import LaidBlock, LaidLink, LaidSection, Layout, lay_out
from kz_textkit.layout.columns import column_edits
from kz_textkit.layout.known import lay_out_known
from kz_textkit.layout.marked_links import with_marked_links
from kz_textkit.layout.marked_spans import covers
from kz_textkit.repair import Repaired
from kz_textkit.settings import Settings
from kz_textkit.user_titles import read_user_titles

__all__ = ["BETWEEN", "Pass", "blocks_of", "passes_of"]

MOST = 12
"""Passes after which a text is kept as it is. None that anyone wrote is known to need more than 4."""
SOFT = "\xad¬"
"""What programs divide words by at the end of a line, and nothing else."""
_SHOWN = frozenset(("line", "block"))
"""Marks by which a format shows what the clean text alone does not: what they led to is kept (`layout.known`)."""
BETWEEN = ""
"""The rule of edits that lay out the white space between blocks, which are not on record."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A text repaired and laid out."""

    repaired: Repaired
    layout: Layout
    links: tuple[LaidLink, ...]
    """All links that were found so far, their mentions in offsets of the repaired text."""
    applied: list[Edit]
    """What makes the repaired text of the raw one; with the edits of layout of passes before, and `BETWEEN` their blocks."""
    text: str
    """The clean text."""
    seconds: tuple[float, float]
    """Of repair and of layout."""
    has_damaged: bool = False
    """Layout knew letters of misbuilt fonts, which are gone when its text is looked at again."""


def passes_of(raw: RawDocument, settings: Settings) -> list[Pass]:
    """The passes over a document that did something, at least one; the last one's text is at rest."""
    passes = [_first(raw, settings)]
    while len(passes) < MOST:
        last = passes[-1]
        if _is_untouched(last) or _is_least_of_circle(passes):
            break
        following = _next(raw, last, settings)
        if following is None:
            break
        passes.append(following)
    return passes


def _first(raw: RawDocument, settings: Settings) -> Pass:
    started = perf_counter()
    repaired = repair(raw.text, settings)
    applied = [e for e in repaired.edits if e.applied]
    # A format that knows where its lines stand has no columns side by side in its text.
    columns = column_edits(repaired.text) if not raw.marks else []
    if columns:
        applied = compose_edits(raw.text, applied, columns)
        repaired = replace(repaired, text=apply_edits(repaired.text, columns))
    return _laid(raw, repaired, applied, settings, perf_counter() - started)


def _laid(
    raw: RawDocument, repaired: Repaired, applied: list[Edit], settings: Settings, seconds: float = 0.0, *, nested: bool = True
) -> Pass:
    """A pass over a raw text that has been repaired, with what its format knows of it; `nested` as in `lay_out`."""
    started = perf_counter()
    marks = shift_marks(raw.marks, len(raw.text), applied)
    titles = read_user_titles(settings.titles)
    seen = _seen(applied)
    layout = lay_out(repaired.text, **seen, marks=marks, titles=titles, nested=nested)
    links = layout.links if covers(repaired.text, marks) else with_marked_links(layout.links, marks)
    return Pass(
        repaired,
        layout,
        tuple(links),
        applied,
        _text_of(repaired.text, layout),
        (seconds, perf_counter() - started),
        bool(seen["damaged"]),
    )


def _next(raw: RawDocument, last: Pass, settings: Settings) -> Pass | None:
    """A pass over the text of the last one; None where it changes nothing, or where the record could not go on."""
    started = perf_counter()
    repaired = repair(last.text, settings, suggest=False)
    own = [e for e in repaired.edits if e.applied]
    done = perf_counter()
    seen = _seen(own)
    if any(mark.kind in _SHOWN for mark in raw.marks):
        layout = lay_out_known(repaired.text, _sections_of(last, own))
    else:
        layout = lay_out(repaired.text, **seen, titles=read_user_titles(settings.titles))
    text = _text_of(repaired.text, layout)
    if text == last.text and not own and not layout.edits:
        return None
    laid = _laid_out(last.repaired.text, last.layout)
    if laid is None:
        further = _repaired_further(raw, last, own, settings)
        return None if further.text == last.text else further
    applied = compose_edits(raw.text, compose_edits(raw.text, last.applied, laid), own)
    led = tuple(_led(last, laid, own))
    # An address that stays in its sentence is found in every pass.
    known = {(link.url, link.mention) for link in led}
    links = (*led, *(link for link in layout.links if (link.url, link.mention) not in known))
    return Pass(repaired, layout, links, applied, text, (done - started, perf_counter() - done), bool(seen["damaged"]))


def _sections_of(last: Pass, own: Sequence[Edit]) -> list[LaidSection]:
    """The sections of a pass, their blocks in offsets of its clean text after these edits of it."""
    shift = Alignment.from_edits(len(last.text), own)
    placed: list[LaidBlock] = []
    at = 0
    for block, inside, before in _placed(last.layout):
        at += len(before)
        end = at + len(apply_edits(last.repaired.text, inside, block.start, block.end))
        first, after = shift.to_target(at, end)
        first = max(first, placed[-1].end if placed else 0)
        placed.append(LaidBlock(block.kind, first, max(first, after), block.page, block.language))
        at = end
    blocks = iter(placed)
    return [replace(section, blocks=tuple(next(blocks) for _ in section.blocks)) for section in last.layout.sections]


def _repaired_further(raw: RawDocument, last: Pass, own: Sequence[Edit], settings: Settings) -> Pass:
    """The last pass with repairs of its clean text made in the text that was laid out: where a note stands inside a paragraph, the
    order of the clean text is not that of the raw one, so that one record can't follow the other. Where there are no repairs, the note
    cuts the paragraph.
    """
    text = last.repaired.text
    edits = list(_led_back(last, own))
    applied = compose_edits(raw.text, last.applied, edits)
    return _laid(raw, replace(last.repaired, text=apply_edits(text, edits)), applied, settings, nested=bool(edits))


def _led_back(last: Pass, own: Sequence[Edit]) -> Iterator[Edit]:
    """Edits of the clean text of a pass as edits of the text that was laid out, as far as each is inside a block."""
    text = last.repaired.text
    at = next_own = 0
    found: list[Edit] = []
    for block, inside, before in _placed(last.layout):
        at += len(before)
        alignment = Alignment.of_span(block.start, block.end, inside)
        while next_own < len(own) and own[next_own].start <= at + alignment.target_length:
            e = own[next_own]
            if at <= e.start and e.end <= at + alignment.target_length:
                start, end = alignment.to_source(e.start - at, e.end - at)
                if text[start:end] == e.before:
                    found.append(e._replace(start=start, end=end))
            next_own += 1
        at += alignment.target_length
    position = 0
    for e in sorted(found, key=lambda e: (e.start, e.end)):
        if e.start >= position:
            yield e
            position = e.end


def _is_untouched(last: Pass) -> bool:
    """Layout left the text as it was, and would do so again."""
    return not (last.layout.edits or last.has_damaged) and last.text == last.repaired.text.rstrip("\n")


def _is_least_of_circle(passes: Sequence[Pass]) -> bool:
    """The last text was there before, and is the least of those since."""
    texts = [made.text for made in passes]
    last = texts.pop()
    return last in texts and last == min(texts[len(texts) - 1 - texts[::-1].index(last) :])


class _Seen(TypedDict):
    damaged: list[tuple[int, int]]
    soft: frozenset[int]


def _seen(edits: Sequence[Edit]) -> _Seen:
    """What layout is to know of the applied edits that made its text: letters of misbuilt fonts, hyphens that are of the line alone."""
    shown = [e if e.after == "-" and e.before in SOFT else e._replace(rule="") for e in edits]
    soft = frozenset(start for rule in {e.rule for e in shown} - {""} for start, _ in _targets(shown, rule))
    return {"damaged": _targets(edits, "legacy_letter"), "soft": soft}


def _targets(edits: Sequence[Edit], rule: str) -> list[tuple[int, int]]:
    """Spans, in the text that the applied `edits` make, of what one rule put there."""
    spans, shift = [], 0
    for e in edits:
        if e.rule == rule:
            spans.append((e.start + shift, e.start + shift + len(e.after)))
        shift += len(e.after) - (e.end - e.start)
    return spans


def blocks_of(layout: Layout) -> Iterator[tuple[LaidBlock, str]]:
    """The blocks of a layout in order, each with what stands before it in the clean text: nothing, a line break or an empty line."""
    before = ""
    for section in layout.sections:
        for block in section.blocks:
            yield block, before
            before = "\n"
        before = before and "\n\n"


def _placed(layout: Layout) -> Iterator[tuple[LaidBlock, Sequence[Edit], str]]:
    """The blocks of a layout, each with the edits inside it and with what stands before it."""
    starts = [e.start for e in layout.edits]
    for block, before in blocks_of(layout):
        first = bisect_left(starts, block.start)
        inside = layout.edits[first : bisect_left(starts, block.end, first)] if block.own_edits is None else block.own_edits
        yield block, inside, before


def _text_of(text: str, layout: Layout) -> str:
    """The clean text that a layout makes of a text."""
    pieces: list[str] = []
    for block, inside, before in _placed(layout):
        pieces += (before, apply_edits(text, inside, block.start, block.end) if inside else text[block.start : block.end])
    return "".join(pieces)


def _laid_out(text: str, layout: Layout) -> list[Edit] | None:
    """All edits that make the clean text of a text; None where a note stands inside a paragraph, which it follows in the clean text."""
    edits = layout.edits
    result: list[Edit] = []
    at = position = 0
    for block, before in (*blocks_of(layout), (None, "")):
        start, end = (block.start, block.end) if block is not None else (len(text), len(text))
        if start < position:
            return None
        first = at
        while at < len(edits) and (edits[at].start < start or block is None):
            at += 1
        result += _between(text, position, start, edits[first:at], before)
        first = at
        while at < len(edits) and edits[at].start < end:
            at += 1
        result += edits[first:at]
        position = end
    return result


def _between(text: str, start: int, end: int, edits: Sequence[Edit], wanted: str) -> Iterator[Edit]:
    """Edits that leave `wanted` of what lies between two blocks: the edits there, and white space."""
    if wanted and (start == end or (edits and edits[0].start == start)):
        yield Edit(start, start, "", wanted, BETWEEN)
        wanted = ""
    position = start
    for e in (*edits, None):
        stop = end if e is None else e.start
        if stop > position:
            if text[position:stop] != wanted:
                yield Edit(position, stop, text[position:stop], wanted, BETWEEN)
            wanted = ""
        if e is not None:
            yield e._replace(after="")
            position = e.end


def _led(last: Pass, laid: Sequence[Edit], own: Sequence[Edit]) -> Iterator[LaidLink]:
    """The links of the last pass with their mentions in the text that the next one has repaired."""
    through = Alignment.from_edits(len(last.repaired.text), laid)
    into = Alignment.from_edits(len(last.text), own)
    for link in last.links:
        if link.mention is not None:
            start, end = into.to_target(*through.to_target(*link.mention))
            link = replace(link, mention=(start, end) if start < end else None)
        yield link
