"""What a document is called, and what says so: its format, its title page, its first heading, the heads of its pages, its file.

A linguist calls a book by its title, not by the author above it, the code of a library or the preface that it opens with. So the lines
before the text are looked at as a title page (`title_page`): what is no title for certain is left out, and of the rest that line is
taken which more speaks for: a heading, larger letters than those of the text, the words along the heads of the pages, the title in the
properties of the file, the kind of text named beside it. A text without such lines is called as its properties say, where those
are Kazakh, as the heads of its pages do, by the first heading that is no part of it (`Алғы сөз`, `1-тарау`), as its preface calls
it, by its file, and in the last resort by its first words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from textwrap import shorten
from typing import NamedTuple

from kz_textkit.alignment import Edit
from kz_textkit.cleaning.title_page import is_kind_of_text, is_name, may_be_name, named_work, part_that_is_title, says_nothing
from kz_textkit.document import Block, RawDocument, Section
from kz_textkit.layout.labels import heading_label, title_kind

__all__ = ["FoundTitle", "find_title", "title_of"]

TITLED = frozenset(("wiki", "jsonl", "csv", "tsv", "parquet", "xlsx", "epub", "fb2"))
"""Formats whose documents say what they are called; programs that write Word files and PDFs put there what they like."""

HEADED = frozenset(("docx", "odt", "doc", "rtf"))
"""Formats with running heads of their own."""

TITLE_LENGTH = 120
"""Longest document title that is taken from running text where there is no heading."""

HEADS = 3
"""Pages that must have the same words at their head before these are taken for the title."""

LONGEST_TITLE_PAGE = 16
"""Blocks that a title page has at most."""
LONGEST_LINE = 200
"""Characters of the longest line of a title page."""
LARGER = 1.15
"""Size of letters against that of most of the text which shows a title."""

_ON_TITLE_PAGES = frozenset(("heading", "front", "paragraph", "verse", "note", "list_item"))

_NUMBERS = re.compile(r"^[\W\d]+|[\W\d]+$")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]{3,}")
_WORD = re.compile(r"[^\W\d_]{4,}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]+")
_ROMAN = re.compile(r"[IVXLCІХVСХ]{1,6}\.?|\d{1,3}\.?")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXІХ]{1,5}\.)\s+\S")
_LABELLED = re.compile(r"(?:\d{1,2}[.)]|[-–—•·▪*])\s")
_LETTERS = re.compile(r"[^\W\d_]+")


class FoundTitle(NamedTuple):
    """A title, and what says so: `metadata`, `title page`, `heading`, `running head`, `preface`, `file name`, `first words`; empty
    where there is none."""

    text: str
    source: str


def title_of(raw: RawDocument, sections: Sequence[Section], edits: Iterable[Edit]) -> str:
    """The title of a document; empty for one without text.

    >>> from kz_textkit.cleaning.clean import clean
    >>> clean(RawDocument("а", "дәрістер/Абай жолы.txt", "", "utf-8", "Алғы сөз\\n\\nБұл кітап ел туралы жазылған еді.\\n")).title
    'Абай жолы'
    """
    return find_title(raw, sections, edits).text


def find_title(raw: RawDocument, sections: Sequence[Section], edits: Iterable[Edit]) -> FoundTitle:
    """The title of a document and what says so. `edits` are those on record, of which the running heads are looked at.

    >>> from kz_textkit.cleaning.clean import clean
    >>> text = "Мұрат Оспанов\\n\\nКӨКТЕМ\\n\\nРоман\\n\\n1-тарау. Жол\\n\\nКөктемде қар еріп, су тасыды.\\n"
    >>> raw = RawDocument("а", "0001.txt", "", "utf-8", text)
    >>> find_title(raw, clean(raw).sections, [])
    FoundTitle(text='КӨКТЕМ', source='title page')
    """
    blocks = [block for section in sections if section.kind != "contents" for block in section.blocks]
    if not blocks:
        return FoundTitle("", "")
    given = " ".join(raw.metadata.get("title", "").split())
    if given and raw.extraction is not None and raw.extraction.format in TITLED:
        return _short(given, "metadata")
    # A format that knows its running heads has each once.
    head = _at_the_heads(edits, 1 if raw.extraction is not None and raw.extraction.format in HEADED else HEADS)
    found = _of_title_page(raw, blocks, given, head) or _of_heading(sections)
    if found:
        return found
    for text, source in ((given if _CYRILLIC.search(given) else "", "metadata"), (head, "running head")):
        if text and title_kind(text) is None:
            return _short(text, source)
    named = _of_preface(sections)
    if named:
        return _short(named, "preface")
    # The heading of a preface is never the title of the work.
    line = next((b.text for b in blocks[:LONGEST_TITLE_PAGE] if not (says_nothing(b.text) or _is_part(b.text))), blocks[0].text)
    first = shorten(line[: 2 * TITLE_LENGTH], TITLE_LENGTH, placeholder="…")
    name = _of_file(raw.source)
    is_line = len(line) <= TITLE_LENGTH and line[-1] not in ".:;,!?" and not _is_part(line) and len(_plain(line)) > 1
    if is_line or not name:
        return FoundTitle(first, "first words")
    return _short(name, "file name")


def _short(text: str, source: str) -> FoundTitle:
    return FoundTitle(shorten(text, TITLE_LENGTH, placeholder="…"), source)


def _is_part(text: str) -> bool:
    """Whether a line names a part of a document, as prefaces, contents and chapters do, or is a number alone."""
    return title_kind(text) is not None or heading_label(text) is not None or _ROMAN.fullmatch(text.strip()) is not None


def _title_page(blocks: Sequence[Block]) -> list[Block]:
    """The blocks before the text begins: short ones, up to the first that is a sentence, a part, or an entry of something."""
    page: list[Block] = []
    for block in blocks[:LONGEST_TITLE_PAGE]:
        text = block.text
        begins = block.kind not in _ON_TITLE_PAGES or (block.kind == "heading" and _is_part(text)) or _LABELLED.match(text) is not None
        is_prose = block.kind != "heading" and (len(text) > LONGEST_LINE or (text[-1] in ".!?…;," and len(text.split()) > 3))
        # A title over verse, after other lines, is that of the first poem.
        begins = begins or (block.kind == "verse" and len(page) > 1 and page[-1].kind == "heading")
        if begins or (is_prose and not says_nothing(text) and not is_name(text)):
            break
        page.append(block)
    return page


def _of_title_page(raw: RawDocument, blocks: Sequence[Block], given: str, head: str) -> FoundTitle | None:
    page = _title_page(blocks)
    sizes = _sizes(raw, page)
    known = {plain for text in (given, head) if len(plain := _plain(text)) > 3}
    scored: list[tuple[float, int, str]] = []
    for i, block in enumerate(page):
        text = part_that_is_title(block.text)
        plain = _plain(text)
        is_known = any(plain == other or (len(plain) > 8 and plain in other) for other in known)
        beside = is_kind_of_text(text) or is_name(text) or says_nothing(text)
        if len(plain) < 2 or _is_part(text) or (beside and not is_known):
            continue
        beside_kind = any(is_kind_of_text(page[k].text) for k in (i - 1, i + 1) if 0 <= k < len(page))
        is_largest = sizes[i] >= LARGER and sizes[i] == max(sizes)
        shown = 1.5 * is_largest + 3.0 * is_known + 2.0 * (text != block.text) + 1.5 * beside_kind
        scored.append((shown + _looks(block, text) - 0.1 * i, i, text))
    last = len(page) - 1
    if len(scored) > 1 and scored[-1][1] == last and last + 1 < len(blocks):
        # The line right above the text is the title of its first part, where there are others.
        scored[-1] = (scored[-1][0] - 2.5 - 2.0 * (_NUMBERED.match(page[last].text) is not None), last, scored[-1][2])
    if any(_CYRILLIC.search(text) for *_, text in scored):
        scored = [(score - 1.5 * (_CYRILLIC.search(text) is None), i, text) for score, i, text in scored]
    # Where lines stand beside it that stand beside titles, what is left of them is one, though little speaks for it.
    enough = ENOUGH if len(scored) == len(page) else ENOUGH - 1.2
    score, _, text = max(scored, default=(0.0, 0, ""), key=lambda one: one[0])
    return _short(text.rstrip(" .:"), "title page") if text and score >= enough else None


def _looks(block: Block, text: str) -> float:
    """How much the looks of a line speak for its being the title of a document."""
    shown = _BY_KIND.get(block.kind, 0.0)
    shown += (text.isupper() and len(text) > 3 and not may_be_name(text)) + text.rstrip(' .»"').endswith(" туралы")
    against = may_be_name(text) + 1.5 * is_kind_of_text(text.split()[-1]) + 2.0 * (text[-1] in ".,;:!?")
    return shown - against


_BY_KIND = {"heading": 2.0, "front": 1.0, "verse": -2.0}
ENOUGH = 0.5
"""What must speak for a line of a title page."""


def _plain(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))


def _sizes(raw: RawDocument, page: Sequence[Block]) -> list[float]:
    """Size of the letters of each block of a title page against that of most of the text; 1 where the format does not say."""
    sized = [mark for mark in raw.marks if mark.kind in ("line", "block") and mark.value.get("size")]
    usual: Counter[float] = Counter()
    for mark in sized:
        usual[float(mark.value["size"])] += mark.end - mark.start
    size = usual.most_common(1)[0][0] if usual else 0.0
    if size <= 0:
        return [1.0] * len(page)
    starts = [mark.start for mark in sized]
    found = [sized[max(0, bisect_right(starts, block.raw_start) - 1)] for block in page]
    return [float(mark.value["size"]) / size for mark in found]


def _of_heading(sections: Sequence[Section]) -> FoundTitle | None:
    """The first heading, where it stands over the whole text: nothing that is long stands before it, and it does not come again."""
    headed = [section for section in sections if section.title and section.kind != "contents"]
    if not headed or sum(len(section.blocks) for section in sections[: sections.index(headed[0])]) > LONGEST_TITLE_PAGE:
        return None
    first = headed[0]
    shown = first.blocks[0].text if first.blocks and first.blocks[0].kind == "heading" else first.title
    beside = [section for section in headed[1:] if section.parent_id == first.parent_id]
    if (
        title_kind(shown) is not None
        or len(_plain(shown)) < 2
        or says_nothing(shown)
        or (beside and (_is_part(shown) or _NUMBERED.match(shown)))
    ):
        return None
    if any(section.title == first.title for section in headed[1:]) or shown[-1] in "?!,":
        return None
    return _short(shown.rstrip(" .:"), "heading")


def _of_preface(sections: Sequence[Section]) -> str:
    """What the preface that a text begins with calls the work it stands before."""
    preface = next((section for section in sections if section.kind != "contents"), None)
    if preface is None or preface.kind != "front_matter":
        return ""
    return next((named for block in preface.blocks if block.kind == "paragraph" and (named := named_work(block.text))), "")


def _at_the_heads(edits: Iterable[Edit], least: int) -> str:
    """The words that stand at the head of most pages, without their numbers."""
    heads = Counter(
        head
        for e in edits
        if e.applied and e.rule == "running_head" and (head := _NUMBERS.sub("", " ".join(e.before.split()))) and _CYRILLIC.search(head)
    )
    head, count = next(iter(heads.most_common(1)), ("", 0))
    return head if count >= least and len(head) <= TITLE_LENGTH and not is_name(head) else ""


def _of_file(source: str) -> str:
    """The name of the file as words, where it has any.

    >>> _of_file("raw/Абай_жолы.txt"), _of_file("000_7bb1e2f804af1cf3.txt"), _of_file("scan0012.pdf")
    ('Абай жолы', '', '')
    """
    name = " ".join(PurePosixPath(source).stem.replace("_", " ").split())
    words = [word for word in _WORD.findall(name) if not _HEXADECIMAL.fullmatch(word) and word.lower() not in _SAYS_NOTHING]
    return name if words else ""


_SAYS_NOTHING = frozenset(
    ("scan", "page", "document", "untitled", "file", "text", "image", "book", "copy", "жаңа", "құжат", "документ", "новый")
)
"""Words that programs call files by."""
