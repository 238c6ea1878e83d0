"""From a raw document to a clean one: repair, then layout, with one record of edits that leads back to the raw text.

Repair works on the raw text and layout on the repaired one. What comes out here is in offsets of the raw text alone: the edits of both
composed into one list, and for every block an alignment that leads from its clean text straight to the file.

The module is not called `clean`, because the function is: a package can't have a public function and a module of one name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import ceil
from os import PathLike
from time import perf_counter
from typing import NamedTuple

from kz_textkit.alignment import Alignment, Edit, apply_edits, compose_edits
from kz_textkit.cleaning.corrections import Correction, of_file, read_corrections
from kz_textkit.cleaning.corrections_applied import corrected
from kz_textkit.cleaning.languages import language_of_all, language_warnings, languages_of
from kz_textkit.cleaning.passes import BETWEEN, Pass, blocks_of, passes_of
from kz_textkit.cleaning.quality import quality_of, quality_warnings
from kz_textkit.cleaning.repairing import check_rules
from kz_textkit.cleaning.title import find_title
from kz_textkit.document import Block, BlockKind, Document, Link, RawDocument, Section
from kz_textkit.layout import LaidBlock, LaidLink, LaidSection, Layout
from kz_textkit.morphology.commonness import without_collection
from kz_textkit.settings import Settings, with_old_parameters

__all__ = ["clean"]


def clean(
    raw: RawDocument,
    settings: Settings | None = None,
    *,
    restore_letters: bool = False,
    apply_suggestions: frozenset[str] = frozenset(),
    corrections: Iterable[Correction] | str | PathLike[str] = (),
) -> Document:
    """The clean, structured document that a raw one contains, with every change on record.

    `settings` say which rules are used and which suggestions applied: that Kazakh letters which were typed as Russian ones are put back
    where the dictionary says so, for one, is suggested and not done otherwise. `restore_letters` and `apply_suggestions` are old names
    of choices in them, and go. Offsets of the edits are offsets in `raw.text`; so are those that the alignments of the blocks lead to.
    `corrections` are what people decided (`kz_textkit.cleaning.corrections`): those of this document, or a file of them, of which those
    of its source are taken; they come last, and what became of them is in `Document.decisions`.

    Raises `UsageError` where the settings name unknown rules, or the file of corrections can't be read.

    >>> from hashlib import sha256
    >>> text = "1-дәріс. Билiк туралы\\n\\nҤкіметтің  ӛз ҧстанымы бар.Ол оны ашық айтты.\\n"
    >>> document = clean(RawDocument("үлгі", "үлгі.txt", sha256(text.encode()).hexdigest(), "utf-8", text))
    >>> [(block.kind, block.text) for block in document.blocks]
    [('heading', '1-дәріс. Билік туралы'), ('paragraph', 'Үкіметтің өз ұстанымы бар. Ол оны ашық айтты.')]
    """
    chosen = with_old_parameters(settings or Settings(), restore_letters=restore_letters, apply_suggestions=apply_suggestions)
    check_rules(chosen)
    with without_collection():
        return _cleaned(raw, chosen, corrections)


def _cleaned(raw: RawDocument, chosen: Settings, corrections: Iterable[Correction] | str | PathLike[str]) -> Document:
    started = perf_counter()
    passes = passes_of(raw, chosen)
    first, last = passes[0], passes[-1]
    laid_at = perf_counter()
    layout = last.layout
    laid_blocks = [block for block, _ in blocks_of(layout)]
    applied = _cut_at(last.applied, sorted(offset for block in laid_blocks for offset in (block.start, block.end)))
    outer = Alignment.from_edits(len(raw.text), applied)
    drafts = _drafts(last.repaired.text, layout.edits, laid_blocks, outer)
    sections = layout.sections
    if last is not first:
        drafts = _as_known(drafts, [block for block, _ in blocks_of(first.layout)], Alignment.from_edits(len(raw.text), first.applied))
        sections = _sections_as_known(sections, first.layout.sections)
    language = language_of_all(draft.text for draft in drafts)
    blocks = _blocks(drafts, language)
    composed = list(_on_record(compose_edits(raw.text, applied, layout.edits), blocks))
    suggested = [e for e in first.repaired.edits if not e.applied]
    quality = quality_of(raw, blocks)
    seconds = [sum(times) for times in zip(*(made.seconds for made in passes), strict=True)]
    made_sections = _sections(sections, blocks)
    named = find_title(raw, made_sections, composed)
    document = Document(
        raw=raw,
        # The sort is stable, so edits at one place keep their order.
        edits=tuple(sorted([*composed, *suggested], key=lambda e: e.start)),
        sections=made_sections,
        links=_links(layout, last.links, laid_blocks, blocks),
        warnings=(
            *(*raw.warnings, *language_warnings(language), *quality_warnings(quality, blocks)),
            *_all_warnings(passes),
        ),
        pages=first.layout.pages,
        language=language,
        title=named.text,
        title_from=named.source,
        quality={**first.layout.quality, **quality},
        timings={"repair": seconds[0], "layout": laid_at - started - seconds[0], "compose": perf_counter() - laid_at},
    )
    if isinstance(corrections, (str, PathLike)):
        corrections = of_file(read_corrections(corrections).corrections, raw.source, raw.sha256)
    return corrected(document, corrections, find_title=lambda found: find_title(raw, found, composed))


NESTED = 8
"""Notes that are thought to stand inside one block at most, one after the other."""


def _on_record(edits: Iterable[Edit], blocks: Sequence[Block]) -> Iterator[Edit]:
    """The edits without those that laid out what lies between blocks; where a later pass joined the blocks, that is a join."""
    starts = [block.raw_start for block in blocks]
    for e in edits:
        if e.rule != BETWEEN:
            yield e
            continue
        at = bisect_right(starts, e.start) - 1
        # A note may stand inside the block before it.
        if any(e.end <= blocks[k].raw_end for k in range(at, max(-1, at - NESTED), -1)):
            yield e._replace(rule="line_join")


def _all_warnings(passes: Sequence[Pass]) -> list[str]:
    """What the first pass says, and what only the others do."""
    warnings = [*passes[0].repaired.warnings, *passes[0].layout.warnings]
    for made in passes[1:]:
        warnings += [warning for warning in made.layout.warnings if warning not in warnings]
    return warnings


class _Draft(NamedTuple):
    """A block before its language is known."""

    kind: BlockKind
    text: str
    alignment: Alignment
    page: int | None
    language: str
    """What its format says of it."""


def _as_known(drafts: Sequence[_Draft], known: Sequence[LaidBlock], outer: Alignment) -> list[_Draft]:
    """The blocks with what the first pass knew of them (`known`, which `outer` leads from to the raw text): their pages, and the kinds
    of those that are the same."""
    spans = [outer.to_source(block.start, block.end) for block in known]
    starts = [start for start, _ in spans]
    result: list[_Draft] = []
    for draft in drafts:
        raw_start, raw_end = draft.alignment.source_start, draft.alignment.source_end
        at = max(0, bisect_right(starts, raw_start) - 1)
        same, (start, end) = known[at], spans[at]
        covered = raw_start <= start and end <= raw_end
        kept = covered and (draft.kind == "heading") == (same.kind == "heading")
        kind, language = (same.kind, same.language) if kept else (draft.kind, draft.language)
        result.append(_Draft(kind, draft.text, draft.alignment, same.page, language))
    return result


def _sections_as_known(sections: Sequence[LaidSection], known: Sequence[LaidSection]) -> tuple[LaidSection, ...]:
    """The sections with kind, level and parents as the first pass had them, where it had the same."""
    if [len(section.blocks) for section in sections] != [len(section.blocks) for section in known]:
        return tuple(sections)
    return tuple(
        section if section.kind == before.kind == "contents" else replace(before, title=section.title, blocks=section.blocks)
        for section, before in zip(sections, known, strict=True)
    )


def _cut_at(edits: Sequence[Edit], borders: Sequence[int]) -> list[Edit]:
    """`edits` cut in two where the text that they put in goes over a border (offsets in the text they make, in order).

    A repair may replace text across what turns out to be the end of a block (`соңы.Басы` with a heading before it); an edit of the
    record belongs to one block or to none.
    """
    result: list[Edit] = []
    shift = 0
    for e in edits:
        start = e.start + shift
        length = len(e.after)
        shift += length - (e.end - e.start)
        if length > 1:
            first = bisect_right(borders, start)
            cuts = sorted({border - start for border in borders[first : bisect_left(borders, start + length, first)]})
            if cuts:
                result += _pieces(e, cuts)
                continue
        result.append(e)
    return result


def _pieces(edit: Edit, cuts: Sequence[int]) -> list[Edit]:
    """An edit in pieces: cut at these offsets of what it puts in; what it replaces is shared out in proportion.

    >>> [(e.before, e.after) for e in _pieces(Edit(5, 8, "а.О", "а. О", "spacing"), [2, 3])]
    [('', ' ')]
    """
    before, after = edit.before, edit.after
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)

    def source_of(cut: int) -> int:
        if cut <= head:
            return cut
        if cut >= len(after) - tail:
            return len(before) - (len(after) - cut)
        # Upwards: a piece at the end of a block that replaces nothing would stand at the end of it in the raw text, and be of none.
        return head + ceil((cut - head) * (len(before) - head - tail) / (len(after) - head - tail))

    pieces: list[Edit] = []
    start = source = 0
    for end in (*cuts, len(after)):
        source_end = source_of(end) if end < len(after) else len(before)
        if before[source:source_end] != after[start:end]:
            at = edit.start + source
            to = edit.start + source_end
            pieces.append(Edit(at, to, before[source:source_end], after[start:end], edit.rule, edit.applied, edit.score))
        start, source = end, source_end
    return pieces


def _drafts(text: str, edits: Sequence[Edit], laid: Sequence[LaidBlock], outer: Alignment) -> list[_Draft]:
    """The blocks of a layout with clean texts, aligned to the raw text through `outer` (from the repaired text to the raw one)."""
    drafts: list[_Draft] = []
    starts = [e.start for e in edits]
    # Where repair left all characters in their places, each block is a part of one stretch.
    one_to_one = len(outer.target_starts) == 1 and outer.target_length == outer.source_end - outer.source_start
    shift = outer.source_start if one_to_one else None
    for block in laid:
        inside = _inside(edits, starts, block) if block.own_edits is None else block.own_edits
        if inside:
            clean_text = apply_edits(text, inside, block.start, block.end)
            alignment = Alignment.of_span(block.start, block.end, inside).then(outer)
        else:
            start, end = block.start, block.end
            clean_text = text[start:end]
            if shift is not None and start < end:
                alignment = Alignment((0,), end - start, (start + shift,), (end + shift,))
            else:
                alignment = outer.part(start, end)
        drafts.append(_Draft(block.kind, clean_text, alignment, block.page, block.language))
    return drafts


def _blocks(drafts: Sequence[_Draft], language: str) -> list[Block]:
    """The blocks with their languages, in a document that is in this `language`."""
    width = max(6, len(str(len(drafts))))
    languages = languages_of([draft.text for draft in drafts], [draft.language for draft in drafts], language)
    return [
        Block(draft.kind, draft.text, draft.alignment, draft.page, f"b{number:0{width}}", own)
        for number, (draft, own) in enumerate(zip(drafts, languages, strict=True), 1)
    ]


def _inside(edits: Sequence[Edit], starts: Sequence[int], block: LaidBlock) -> Sequence[Edit]:
    """The edits, which start at `starts`, that are inside a block."""
    first = bisect_left(starts, block.start)
    return edits[first : bisect_left(starts, block.end, first)]


def _sections(laid: Sequence[LaidSection], blocks: Sequence[Block]) -> tuple[Section, ...]:
    width = max(4, len(str(len(laid))))
    ids = [f"s{number:0{width}}" for number in range(1, len(laid) + 1)]
    sections: list[Section] = []
    position = 0
    for section_id, section in zip(ids, laid, strict=True):
        own = tuple(blocks[position : position + len(section.blocks)])
        position += len(own)
        parent_id = None if section.parent is None else ids[section.parent]
        sections.append(Section(section_id, parent_id, section.kind, section.number, section.title, section.level, own))
    return tuple(sections)


def _links(layout: Layout, links: Sequence[LaidLink], laid: Sequence[LaidBlock], blocks: Sequence[Block]) -> tuple[Link, ...]:
    starts = [block.start for block in laid]
    edit_starts = [e.start for e in layout.edits]

    @cache
    def alignment_of(i: int) -> Alignment:
        """From the clean text of a block to the text laid out; there may be thousands of links in it."""
        return Alignment.of_span(laid[i].start, laid[i].end, _inside(layout.edits, edit_starts, laid[i]))

    def mention(link: LaidLink) -> tuple[Block, int, int] | None:
        """The block that the link is mentioned in, and where in its text."""
        if link.mention is None:
            return None
        start, end = link.mention
        i = bisect_right(starts, start) - 1
        if i < 0 or end > laid[i].end:
            return None
        found_start, found_end = alignment_of(i).to_target(start, end)
        return None if found_start == found_end else (blocks[i], found_start, found_end)

    found: list[Link] = []
    for link in links:
        place = mention(link)
        if place is None:
            found.append(Link(link.url, link.title, link.kind, link.page))
        else:
            block, start, end = place
            page = block.page if link.page is None else link.page
            found.append(Link(link.url, link.title, link.kind, page, block.block_id, start, end))
    return tuple(found)
