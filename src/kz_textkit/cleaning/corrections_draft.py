"""A cleaned document taken apart so that a person's decisions can be carried out on it: blocks as spans of the raw text with the edits
inside them, sections as lists of blocks.

Whatever is done here keeps the record whole: a block's text is its raw text with its edits, what stands between blocks is white space
or an edit, and no edit reaches over the border of a block. Offsets are those of the raw text. `Draft.finished` puts the document
together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import cast

from kz_textkit.alignment import Alignment, Edit, apply_edits
from kz_textkit.cleaning.corrections import NoPlace
from kz_textkit.cleaning.title import FoundTitle
from kz_textkit.document import SECTION_KINDS, Block, BlockKind, Decision, Document, Link, Section, SectionKind
from kz_textkit.layout.labels import heading_label, numbered_title, title_kind
from kz_textkit.record import edits_by_block

__all__ = ["RULE", "Draft", "Piece"]

RULE = "correction"
"""The rule that edits of a person are on record by."""

APART = frozenset({"note"})
"""Kinds of blocks that are set apart when the blocks before and after them are joined."""

_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
MOST_COMPARED = 4_000_000
"""Words of two texts, multiplied, up to which they are compared word by word."""
_HYPHENS = ("-", "‐", "¬", "\xad")


@dataclass
class Piece:
    """A block under correction."""

    kind: BlockKind
    start: int
    end: int
    edits: list[Edit]
    """In order; all within the span."""
    page: int | None
    block_id: str
    language: str
    whole: Block | None
    """The block that it was, and still is as long as this is not None."""
    is_recorded: bool = True
    """False for a block inside another one, whose edits stand in no record: the edit that takes it out of there has its text."""

    def text(self, raw: str) -> str:
        return self.whole.text if self.whole is not None else apply_edits(raw, self.edits, self.start, self.end)

    def alignment(self) -> Alignment:
        return self.whole.alignment if self.whole is not None else Alignment.of_span(self.start, self.end, self.edits)


@dataclass
class _Part:
    """A section under correction; `level` may be what a person wants until the tree is put together."""

    section_id: str
    kind: SectionKind
    number: str
    title: str
    level: int
    pieces: list[Piece] = field(default_factory=list)
    is_titled: bool = False
    """A person gave it its title."""


class Draft:
    """A document under correction."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.raw = document.raw.text
        self.title: str | None = None
        """Title of the document, where a person gave one."""
        self.suggestions = [e for e in document.edits if not e.applied]
        self.outside: list[Edit] = []
        self.parts: list[_Part] = []
        blocks = list(document.blocks)
        inside: dict[str, list[Edit]] = {}
        for block, edits in edits_by_block(blocks, (e for e in document.edits if e.applied)):
            if block is None:
                self.outside += edits
            else:
                inside[block.block_id] = edits
        for section in document.sections:
            part = _Part(section.section_id, section.kind, section.number, section.title, section.level)
            for block in section.blocks:
                is_recorded = block.block_id in inside
                edits = inside[block.block_id] if is_recorded else _edits_shown_by(self.raw, block)
                part.pieces.append(
                    Piece(
                        *(block.kind, block.raw_start, block.raw_end, edits, block.page),
                        *(block.block_id, block.language, block, is_recorded),
                    )
                )
            self.parts.append(part)

    # Finding.

    @property
    def pieces(self) -> list[Piece]:
        """All blocks in document order."""
        return [piece for part in self.parts for piece in part.pieces]

    def piece_at(self, start: int, end: int) -> Piece:
        """The block that holds a span: the shortest one. Raises `NoPlace` where none does."""
        holding = [piece for piece in self.pieces if piece.start <= start and end <= piece.end]
        # Of two blocks that touch, a place between them is in the second.
        holding = [piece for piece in holding if start < piece.end] or holding
        if not holding:
            if any(piece.start < end and start < piece.end for piece in self.pieces):
                raise NoPlace("it reaches over the border of a block: join the blocks first, or correct them one by one")
            raise NoPlace("what stands there is in no block")
        return min(holding, key=lambda piece: piece.end - piece.start)

    def part_of(self, piece: Piece) -> _Part:
        return next(part for part in self.parts if any(one is piece for one in part.pieces))

    def edits_at(self, start: int, end: int, rule: str) -> list[Edit]:
        """The applied edits of just this span, by this rule or with an empty one by any."""
        return [e for e in self.edits if (e.start, e.end) == (start, end) and rule in ("", e.rule)]

    @property
    def edits(self) -> list[Edit]:
        """The applied edits on record."""
        return [*self.outside, *(e for piece in self.pieces if piece.is_recorded for e in piece.edits)]

    def suggestions_at(self, start: int, end: int, rule: str) -> list[Edit]:
        return [e for e in self.suggestions if (e.start, e.end) == (start, end) and rule in ("", e.rule)]

    # Texts.

    def put(self, start: int, end: int, value: str) -> None:
        """Let the raw text of a span be `value` in the clean text. Raises `NoPlace` where that can't be."""
        value = _SPACE.sub(" ", value)
        try:
            piece = self.piece_at(start, end)
        except NoPlace:
            if any(one.start < end and start < one.end for one in self.pieces) or not value.strip():
                raise
            self._new_piece(start, end, value.strip())
            return
        if not value.strip():
            end = self._with_one_space(piece, start, end)
        self._replace_in(piece, start, end, value)
        self._changed(piece)
        self.suggestions = [e for e in self.suggestions if not (e.start < end and start < e.end) and (e.start, e.end) != (start, end)]

    def _replace_in(self, piece: Piece, start: int, end: int, value: str) -> None:
        """Replace a span of a block, word by word where its words can be told, so that as little as may be changes hands."""
        alignment = piece.alignment()
        first, last = alignment.to_target(start, end)
        now = piece.text(self.raw)[first:last]
        if not now or alignment.to_source(first, last) != (start, end) or not value.strip():
            piece.edits = _with(piece.edits, Edit(start, end, self.raw[start:end], value, RULE))
            return
        for a, b, words in reversed(_changes(now, value)):
            # Words that a rule made together with others change with them.
            text, alignment = piece.text(self.raw), piece.alignment()
            left, right = alignment.to_source(first + a, first + b)
            around = alignment.to_target(left, right)
            after = text[around[0] : first + a] + words + text[first + b : around[1]]
            # What was put in just before or after, and is replaced too, is in none of the raw characters.
            gone = {left} if around[0] > first + a else set[int]()
            gone |= {right} if around[1] < first + b else set()
            kept = [e for e in piece.edits if e.start != e.end or e.start not in gone]
            piece.edits = _with(kept, Edit(left, right, self.raw[left:right], after, RULE))
            piece.whole = None

    def undo(self, edit: Edit) -> None:
        """Let the raw text of an applied edit stand, as far as it can: line breaks cut a block, or become spaces."""
        holder = next((piece for piece in self.pieces if piece.is_recorded and edit in piece.edits), None)
        if holder is None:
            if not edit.before.strip():
                raise NoPlace("it took out nothing but white space between blocks, which makes no text")
            text = edit.before.strip()
            at = edit.start + edit.before.index(text)
            self._new_piece(at, at + len(text), _SPACE.sub(" ", text))
            return
        if edit.rule == "line_join" and "\n" in edit.before and not edit.before.strip():
            self.cut(holder, edit.end)
            return
        holder.edits.remove(edit)
        after = edit.before
        if "\n" in after:
            after = _SPACE.sub("", after) if after.strip() in _HYPHENS else _SPACE.sub(" ", after)
        holder.edits = _with(holder.edits, Edit(edit.start, edit.end, edit.before, after, RULE))
        self._changed(holder)

    def _keep_outside(self, edit: Edit, start: int, end: int) -> None:
        """What an edit took away beside a stretch that comes back stays away."""
        for left, right in ((edit.start, start), (end, edit.end)):
            if self.raw[left:right].strip():
                self.outside.append(edit._replace(start=left, end=right, before=self.raw[left:right], after=""))

    def _with_one_space(self, piece: Piece, start: int, end: int) -> int:
        """The end of a span that is taken out, with the space after it where one stands before it too."""
        before, after = self.raw[start - 1 : start], self.raw[end : end + 1]
        if start > piece.start and end < piece.end and before.isspace() and after.isspace():
            touched = any(e.start <= end < e.end or e.start < start <= e.end for e in piece.edits)
            return end if touched else end + 1
        return end

    # Structure.

    def cut(self, piece: Piece, at: int, kind: str = "") -> None:
        """Cut a block in two. Raises `NoPlace` where nothing would be on one side, or an edit reaches over the place."""
        edits = _parted(piece.edits, at)
        first = [e for e in edits if e.end <= at and not (e.start == e.end == at)]
        second = [e for e in edits if e.start >= at]
        texts = (apply_edits(self.raw, first, piece.start, at), apply_edits(self.raw, second, at, piece.end))
        if not all(text.strip() for text in texts):
            raise NoPlace("it is at the border of a block, which can't be cut there")
        if not piece.is_recorded:
            raise NoPlace("the block is a note inside a paragraph, which can't be cut")
        part = self.part_of(piece)
        inner = _index(part.pieces, piece)
        rest = Piece(
            cast("BlockKind", kind or ("paragraph" if piece.kind == "heading" else piece.kind)),
            *(at, piece.end, second, piece.page, "", piece.language, None),
        )
        piece.end, piece.edits, piece.whole = at, first, None
        # Notes inside the block that stand after the place follow the second part.
        while inner + 1 < len(part.pieces) and not part.pieces[inner + 1].is_recorded and part.pieces[inner + 1].start < at:
            inner += 1
        part.pieces.insert(inner + 1, rest)
        self._tidy(piece)
        self._tidy(rest)
        self._retitle(piece)
        if rest.kind == "heading":
            self._open_part(rest)

    def join(self, start: int, end: int, value: str) -> None:
        """Make the block at `start` and those after it, up to the one at `end`, one block. Raises `NoPlace` where there is none."""
        first = self.piece_at(start, start)
        pieces = self.pieces
        position = _index(pieces, first)
        following = [piece for piece in pieces[position + 1 :] if piece.is_recorded and piece.start >= first.end]
        chosen = [piece for piece in following if piece.start < end] or following[:1]
        if not first.is_recorded or not chosen:
            raise NoPlace("there is no block after it that it could be joined with")
        last = chosen[-1]
        apart = {id(piece) for piece in chosen[:-1] if piece.kind in APART and first.kind not in APART}
        value = _SPACE.sub(" ", value)
        for piece in chosen:
            if id(piece) in apart:
                self._take_apart(first, piece)
            else:
                self._join_two(first, piece, value)
        if last.kind == "heading" and first.kind == "heading":
            self._retitle(first)
        self._changed(first)

    def _take_apart(self, outer: Piece, note: Piece) -> None:
        """Let a note stand inside a block: the text between and the note itself are taken out of it."""
        between = self._between(outer.end, note.start)
        taken = Edit(note.start, note.end, self.raw[note.start : note.end], "", RULE)
        outer.edits += [*between, taken]
        outer.end, outer.whole = note.end, None
        note.is_recorded = False

    def _join_two(self, first: Piece, second: Piece, value: str) -> None:
        between = self._between(first.end, second.start)
        if value:
            widest = max(range(len(between)), key=lambda i: (not between[i].before.strip(), between[i].rule == RULE), default=None)
            if widest is None:
                between = [Edit(first.end, first.end, "", value, RULE)]
            else:
                between[widest] = between[widest]._replace(after=value)
        first.edits += [*between, *second.edits]
        first.end, first.whole = second.end, None
        if second.kind == "heading":
            self._close_part(second)
        part = self.part_of(second)
        part.pieces.pop(_index(part.pieces, second))
        if not part.pieces and len(self.parts) > 1:
            self.parts.remove(part)

    def _between(self, start: int, end: int) -> list[Edit]:
        """The edits that take out all that stands between two blocks; those outside them go along."""
        inside = [e for e in self.outside if start <= e.start and e.end <= end and e.start != e.end]
        self.outside = [e for e in self.outside if not (start <= e.start and e.end <= end)]
        found: list[Edit] = []
        position = start
        for e in sorted(inside, key=lambda e: e.start):
            if e.start > position:
                found.append(Edit(position, e.start, self.raw[position : e.start], "", RULE))
            found.append(e._replace(after=""))
            position = e.end
        if position < end:
            found.append(Edit(position, end, self.raw[position:end], "", RULE))
        return found

    def set_kind(self, piece: Piece, kind: str) -> None:
        """Give a block a kind; one that becomes a heading opens a section, one that was a heading opens none any more.

        Raises `NoPlace` where a note inside a paragraph would become a heading.
        """
        if piece.kind == kind:
            return
        if kind == "heading" and not piece.is_recorded:
            raise NoPlace("the block is a note inside a paragraph, which can't open a section: split the paragraph first")
        was = piece.kind
        piece.kind = cast("BlockKind", kind)
        if was == "heading":
            self._close_part(piece)
        if kind == "heading":
            self._open_part(piece)

    def set_title(self, piece: Piece, title: str) -> None:
        """Give the section of a heading a title. Raises `NoPlace` where the block is none."""
        part = self._part_under(piece)
        part.title = " ".join(title.split())
        part.is_titled = True

    def set_level(self, piece: Piece, level: int) -> None:
        """Give the section of a heading a level; those under it go along. Raises `NoPlace` where the block is no heading."""
        part = self._part_under(piece)
        at = _index(self.parts, part)
        by = level - part.level
        under = at + 1
        while under < len(self.parts) and self.parts[under].level > part.level:
            self.parts[under].level += by
            under += 1
        part.level = level
        self._settle()

    def _part_under(self, piece: Piece) -> _Part:
        part = self.part_of(piece)
        if part.pieces[0] is not piece or piece.kind != "heading":
            raise NoPlace("the block there is no heading that opens a section")
        return part

    def _open_part(self, piece: Piece) -> None:
        part = self.part_of(piece)
        at = _index(part.pieces, piece)
        number, title = _number_and_title(piece.text(self.raw))
        kind = _kind_of(piece.text(self.raw))
        if at == 0:
            if not part.title and not part.number:
                part.number, part.title, part.kind = number, title, kind
            return
        new = _Part("", kind, number, title, part.level, part.pieces[at:])
        del part.pieces[at:]
        self.parts.insert(_index(self.parts, part) + 1, new)
        self._settle()

    def _close_part(self, piece: Piece) -> None:
        """A section whose heading is none any more goes to the section before it; the first keeps its text without a title."""
        part = self.part_of(piece)
        at = _index(self.parts, part)
        if part.pieces[0] is not piece:
            return
        if at == 0:
            part.number = part.title = ""
            return
        self.parts[at - 1].pieces += part.pieces
        del self.parts[at]
        self._settle()

    def _settle(self) -> None:
        """Levels as deep as the sections around them allow."""
        above = 0
        for part in self.parts:
            part.level = max(1, min(part.level, above + 1))
            above = part.level

    # Keeping it whole.

    def _changed(self, piece: Piece) -> None:
        piece.whole = None
        self._tidy(piece)
        self._retitle(piece)

    def _retitle(self, piece: Piece) -> None:
        """The title of a section follows the text of its heading, unless a person gave it one."""
        if piece.kind != "heading":
            return
        part = next((part for part in self.parts if part.pieces and part.pieces[0] is piece), None)
        if part is not None and not part.is_titled:
            part.number, part.title = _number_and_title(piece.text(self.raw))

    def _tidy(self, piece: Piece) -> None:
        """Take white space from both ends of a block, and a block of which nothing is left out of the document."""
        moved: list[Edit] = []
        while piece.start < piece.end or piece.edits:
            e = piece.edits[0] if piece.edits and piece.edits[0].start == piece.start else None
            if e is None:
                if piece.start == piece.end or not self.raw[piece.start].isspace():
                    break
                piece.start += 1
            elif e.after.strip():
                piece.edits[0] = e._replace(after=e.after.lstrip())
                break
            else:
                moved += [e._replace(after="")] if e.before.strip() else []
                piece.start = e.end
                piece.edits.pop(0)
        while piece.start < piece.end or piece.edits:
            e = piece.edits[-1] if piece.edits and piece.edits[-1].end == piece.end else None
            if e is None:
                if not self.raw[piece.end - 1].isspace():
                    break
                piece.end -= 1
            elif e.after.strip():
                piece.edits[-1] = e._replace(after=e.after.rstrip())
                break
            else:
                moved += [e._replace(after="")] if e.before.strip() else []
                piece.end = e.start
                piece.edits.pop()
        if piece.is_recorded:
            self.outside += moved
            self._free_notes()
        if piece.start == piece.end and not piece.edits:
            if piece.kind == "heading":
                self._close_part(piece)
            part = self.part_of(piece)
            part.pieces.pop(_index(part.pieces, piece))
            if not part.pieces and not part.title and len(self.parts) > 1:
                self.parts.remove(part)
                self._settle()

    def _free_notes(self) -> None:
        """Notes that stood inside a block which no longer reaches over them are blocks as others are."""
        around = [(piece.start, piece.end) for piece in self.pieces if piece.is_recorded]
        for note in self.pieces:
            if not note.is_recorded and not any(start <= note.start and note.end <= end for start, end in around):
                self._uncover(note.start, note.end)
                self._move_before_what_follows(note)
                note.is_recorded = True

    def _move_before_what_follows(self, note: Piece) -> None:
        """A note that stood inside a block comes after what is before it in the raw text, and not after the end of that block."""
        part = self.part_of(note)
        at = _index(part.pieces, note)
        before = next((i for i, piece in enumerate(part.pieces) if piece.is_recorded and piece.start >= note.end), at)
        if before < at:
            part.pieces.pop(at)
            part.pieces.insert(before, note)

    def _uncover(self, start: int, end: int) -> None:
        """Let no edit outside the blocks take out anything of a span."""
        for e in [e for e in self.outside if e.start < end and start < e.end]:
            self.outside.remove(e)
            self._keep_outside(e, max(start, e.start), min(end, e.end))

    def _new_piece(self, start: int, end: int, text: str) -> None:
        """A paragraph of raw text that was in no block."""
        self._uncover(start, end)
        pieces = [piece for piece in self.pieces if piece.is_recorded]
        before = next((piece for piece in reversed(pieces) if piece.end <= start), None)
        page = before.page if before is not None else next((piece.page for piece in pieces), None)
        edits = [Edit(start, end, self.raw[start:end], text, RULE)]
        if _SPACE.sub(" ", self.raw[start:end]) == text:
            runs = _SPACE.finditer(self.raw, start, end)
            edits = [Edit(run.start(), run.end(), run[0], " ", RULE) for run in runs if run[0] != " "]
        new = Piece("paragraph", start, end, edits, page, "", self.document.language, None)
        if before is None:
            if not self.parts:
                self.parts.append(_Part("", "section", "", "", 1))
            elif self.parts[0].title or self.parts[0].number:
                self.parts.insert(0, _Part("", "front_matter", "", "", 1))
            self.parts[0].pieces.insert(0, new)
        else:
            part = self.part_of(before)
            at = _index(part.pieces, before) + 1
            while at < len(part.pieces) and not part.pieces[at].is_recorded:
                at += 1
            part.pieces.insert(at, new)
        self._tidy(new)

    def finished(self, find_title: Callable[[Sequence[Section]], FoundTitle], decisions: tuple[Decision, ...]) -> Document:
        """The corrected document; `find_title` finds the title of one where no person gave it."""
        document = self.document
        for part, part_id in zip(self.parts, _ids([part.section_id for part in self.parts], "s0000"), strict=True):
            part.section_id = part_id
        pieces = self.pieces
        for piece, block_id in zip(pieces, _ids([piece.block_id for piece in pieces], "b000000"), strict=True):
            piece.block_id = block_id
        sections: list[Section] = []
        around: list[str] = []
        changed: dict[str, Block] = {}
        for part in self.parts:
            blocks = tuple(self._block(piece, changed) for piece in part.pieces)
            around = around[: part.level - 1]
            parent = around[-1] if around else None
            around.append(part.section_id)
            sections.append(Section(part.section_id, parent, part.kind, part.number, part.title, part.level, blocks))
        named = FoundTitle(self.title, "person") if self.title else find_title(sections)
        # Of edits at one place that which puts something in before the next text comes first.
        applied = sorted(self.edits, key=lambda e: (e.start, e.end))
        return replace(
            document,
            edits=tuple(sorted([*applied, *self.suggestions], key=lambda e: e.start)),
            sections=tuple(sections),
            links=tuple(self._link(link) for link in document.links),
            title=named.text,
            title_from=named.source,
            decisions=decisions,
        )

    def _block(self, piece: Piece, changed: dict[str, Block]) -> Block:
        if piece.whole is not None:
            return replace(piece.whole, kind=piece.kind) if piece.whole.kind != piece.kind else piece.whole
        return Block(piece.kind, piece.text(self.raw), piece.alignment(), piece.page, piece.block_id, piece.language)

    def _link(self, link: Link) -> Link:
        """A link whose words may have moved in its block, or into another one."""
        if link.block_id is None or link.start is None or link.end is None:
            return link
        now = {piece.block_id: piece for piece in self.pieces}
        if (same := now.get(link.block_id)) is not None and same.whole is not None:
            return link
        was = next(block for block in self.document.blocks if block.block_id == link.block_id)
        start, end = was.alignment.to_source(link.start, link.end)
        for piece in now.values():
            if piece.start <= start and end <= piece.end:
                found = piece.alignment().to_target(start, end)
                if found[0] < found[1]:
                    return replace(link, block_id=piece.block_id, start=found[0], end=found[1])
        return replace(link, block_id=None, start=None, end=None)


def _ids(known: Iterable[str], first: str) -> Iterator[str]:
    """Ids that are kept, and for what has none the one before with a number, so that all sort as they stand; `first` before all.

    >>> list(_ids(["", "b000012", "", "", "b000013"], "b000000"))
    ['b000000-001', 'b000012', 'b000012-001', 'b000012-002', 'b000013']
    """
    last, number = first, 0
    for one in known:
        if one > last:
            last, number = one, 0
            yield one
        else:
            number += 1
            yield f"{last}-{number:03}"


def _index(items: Sequence[object], item: object) -> int:
    return next(i for i, one in enumerate(items) if one is item)


def _with(edits: Sequence[Edit], new: Edit) -> list[Edit]:
    """Ordered edits with another one in its place; those inside it give way, and of those that it cuts into the rest stays.

    Raises `NoPlace` where that rest can't be told.
    """
    kept: list[Edit] = []
    for e in edits:
        is_beside = e.end <= new.start or e.start >= new.end
        if is_beside and (e.start, e.end) != (new.start, new.end):
            kept.append(e)
        elif not (new.start <= e.start and e.end <= new.end):
            kept += _outside_of(e, new.start, new.end)
    return sorted([*kept, new], key=lambda e: (e.start, e.end))


def _outside_of(e: Edit, start: int, end: int) -> list[Edit]:
    """The parts of an edit that are outside a span that cuts into it."""
    parts = [e]
    for at in (start, end):
        parts = [piece for part in parts for piece in _parted([part], at)]
    return [part for part in parts if part.end <= start or part.start >= end]


def _parted(edits: Iterable[Edit], at: int) -> list[Edit]:
    """Edits of which none reaches over a place. Raises `NoPlace` where one can't be cut there."""
    found: list[Edit] = []
    for e in edits:
        if not e.start < at < e.end:
            found.append(e)
            continue
        cut = at - e.start
        before, after = e.before, e.after
        if len(before) == len(after) or before[:cut] == after[:cut]:
            halves = ((before[:cut], after[:cut]), (before[cut:], after[cut:]))
        elif after.endswith(before[cut:]):
            halves = ((before[:cut], after[: len(after) - len(before) + cut]), (before[cut:], before[cut:]))
        elif not after.strip():
            halves = ((before[:cut], after), (before[cut:], ""))
        else:
            raise NoPlace(f"it goes through the middle of an edit («{' '.join(before.split())[:40]}», {e.rule})")
        start = e.start
        for part_before, part_after in halves:
            if part_before != part_after:
                found.append(e._replace(start=start, end=start + len(part_before), before=part_before, after=part_after))
            start += len(part_before)
    return found


def _changes(now: str, value: str) -> list[tuple[int, int, str]]:
    """Spans of a text, never empty, and what they become in another one; words that both have in one order stay.

    >>> _changes("Біздің калалық кеңес", "Біздің қалалық кеңес")
    [(7, 14, 'қалалық')]
    >>> _changes("Бір үш", "Бір екі үш")
    [(3, 4, ' екі ')]
    """
    if now == value:
        return []
    ours, theirs = _WORDS.findall(now), _WORDS.findall(value)
    if len(ours) * len(theirs) > MOST_COMPARED:
        return [(0, len(now), value)]
    places = [0]
    for word in ours:
        places.append(places[-1] + len(word))
    found: list[tuple[int, int, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        put = "".join(theirs[c:d])
        if a == b and a > 0:
            a, put = a - 1, ours[a - 1] + put
        elif a == b:
            b, put = b + 1, put + ours[b]
        found.append((places[a], places[b], put))
    return found


def _edits_shown_by(raw: str, block: Block) -> list[Edit]:
    """The edits that lead from the raw text to that of a block, as its alignment shows them."""
    alignment, found = block.alignment, list[Edit]()
    position = block.raw_start
    ends = (*alignment.target_starts[1:], alignment.target_length)
    for target, target_end, start, end in zip(
        alignment.target_starts, ends, alignment.source_starts, alignment.source_ends, strict=True
    ):
        if start > position:
            found.append(_like(raw, position, start, ""))
        text = block.text[target:target_end]
        if len(text) == end - start:
            found += [_like(raw, start + i, start + i + 1, c) for i, c in enumerate(text) if raw[start + i] != c]
        else:
            found.append(_like(raw, start, end, text))
        position = end
    return found


def _like(raw: str, start: int, end: int, after: str) -> Edit:
    """An edit of which no record tells the rule."""
    before = raw[start:end]
    rule = ("hyphen_join" if before.strip() else "line_join") if "\n" in before else "homoglyph" if len(before) == len(after) else RULE
    return Edit(start, end, before, after, rule)


def _number_and_title(text: str) -> tuple[str, str]:
    """Number and title of a heading from its text.

    >>> _number_and_title("2-тарау. Сын есім")
    ('2', 'Сын есім')
    """
    label = heading_label(text) or numbered_title(text)
    title = text if label is None else text[label.rest_at :]
    title = " ".join(title.split())
    if title.endswith((".", ":")) and not title.endswith("..") and len(title) > 3:
        title = title[:-1].rstrip()
    return ("" if label is None else label.number), title


def _kind_of(text: str) -> SectionKind:
    """The kind of section that a heading opens.

    >>> _kind_of("2-дәріс. Сын есім"), _kind_of("Сын есім")
    ('lecture', 'section')
    """
    label = heading_label(text)
    kind = label.kind if label is not None else title_kind(text)
    return cast("SectionKind", kind) if kind in SECTION_KINDS else "section"
