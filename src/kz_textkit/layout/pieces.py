"""From the label of each line to blocks and headings: what begins where, what goes on, and what a heading says of itself.

No line is judged here. A heading's label, number and title are read from its text (`labels`), for the tree of sections to be built
from (`sections`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from kz_textkit.document import BlockKind, SectionKind
from kz_textkit.layout.labels import heading_label, numbered_title, title_kind, unspaced
from kz_textkit.layout.lines import Line
from kz_textkit.layout.own_titles import LineTitle
from kz_textkit.layout.title_words import is_capitals

__all__ = ["LABEL_OF", "Heading", "Piece", "headings_of", "pieces_of"]

KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "para": "paragraph",
    "item": "list_item",
    "question": "question",
    "outline": "outline_item",
    "toc": "toc_entry",
    "table": "table_row",
    "source": "source",
    "note": "note",
    "verse": "verse",
    "code": "code",
    "front": "front",
    "mark": "note",
}
"""Kind of the block that a line with each label begins."""
LABEL_OF = {block: label for label, block in reversed(KINDS.items())}
"""The label of a line that begins a block of each kind."""
_A_LINE_EACH = ("verse", "code")
_BLOCK_OF = {label: (block, False) for label, block in KINDS.items()} | {
    f"{label}_cont": (block, label not in _A_LINE_EACH) for label, block in KINDS.items()
}
"""For each label the kind of its block, and whether a block of that kind goes on."""


class Piece(NamedTuple):
    """Lines `first` up to, not including, `last` that are one block."""

    kind: BlockKind
    first: int
    last: int
    around: tuple[tuple[int, int], ...] = ()
    """Stretches of lines between those that are other blocks, set between them on the page: notes at the foot of a page."""

    def lines(self) -> Iterator[int]:
        """Indices of its lines."""
        at = self.first
        for first, last in (*self.around, (self.last, self.last)):
            yield from range(at, first)
            at = last


class Heading(NamedTuple):
    """A heading: the lines from `first` up to (not including) `last`, and what they say."""

    first: int
    last: int
    rank: str
    """Rank of its label; `known` for a title in the tables, `capitals` and `plain` for the others."""
    order: float
    kind: SectionKind
    number: str = ""
    value: int | None = None
    title: str = ""
    """Title over one line; line-end hyphens are not decided here."""
    label: str = ""
    """The label as printed, number and all (`1-дәріс.`); empty for titles without one."""


def pieces_of(labels: Sequence[str], *, nested: bool = True) -> list[Piece]:
    """The blocks that lines with these labels make, in order; lines of verse and of program text are blocks of their own.

    A paragraph that goes on after notes goes around them, where notes may be `nested`; the notes follow it.

    >>> pieces_of(["heading", "para", "para_cont", "verse", "verse_cont"])[1:3]
    [Piece(kind='paragraph', first=1, last=3, around=()), Piece(kind='verse', first=3, last=4, around=())]
    """
    pieces: list[Piece] = []
    at = cut = -1
    noted = False
    for i, label in enumerate(labels):
        block, goes_on = _BLOCK_OF[label]
        if goes_on and at >= 0 and pieces[at].kind == block and pieces[at].last == i:
            pieces[at] = pieces[at]._replace(last=i + 1)
        elif nested and goes_on and block == "paragraph" and cut >= 0 and noted:
            above = pieces[cut]
            pieces[cut] = above._replace(last=i + 1, around=(*above.around, (above.last, i)))
            at = cut
        else:
            # What a paragraph goes around are notes, with the rule above them; a mark alone it does not.
            if block != "note":
                cut = -1
            elif at >= 0 and pieces[at].kind == "paragraph":
                cut, noted = at, False
            noted |= label.startswith("note")
            pieces.append(Piece(block, i, i + 1))
            at = len(pieces) - 1
    return pieces


def headings_of(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[Heading]:
    """What the headings among the pieces say.

    >>> from kz_textkit.layout.lines import read_lines
    >>> heading, = headings_of(read_lines("ІІ тарау\\nЗат есім"), [Piece("heading", 0, 2)])
    >>> heading.rank, heading.number, heading.title
    ('chapter', 'ІІ', 'Зат есім')
    """
    for piece in pieces:
        if piece.kind == "heading":
            yield _read(piece.first, piece.last, [line.text for line in lines[piece.first : piece.last]], lines[piece.first].own)


def _read(first: int, last: int, texts: list[str], own: LineTitle | None = None) -> Heading:
    texts[0] = unspaced(texts[0])
    text = " ".join(texts)
    label = own.label if own is not None and own.label else heading_label(texts[0])
    if label is not None and label.rest_at >= len(texts[0]):
        title = " ".join(texts[1:])
    else:
        label = label or heading_label(text) or numbered_title(text)
        title = text if label is None else text[label.rest_at :]
    title = " ".join(title.split())
    if label is not None:
        printed = text[: label.rest_at].strip()
        return Heading(first, last, label.rank, label.order, label.kind, label.number, label.value, title, printed)
    known = own.kind if own is not None else title_kind(text)
    if known is not None and known != "outline":
        return Heading(first, last, "known", 1.0, cast(SectionKind, known), title=unspaced(title))
    return Heading(first, last, "capitals" if is_capitals(text) else "plain", 9.0, "section", title=title)
