"""Which lines belong together, and what each such piece of the page is: paragraph, list item, question, row of a table, source, note.

Whether a line begins a new piece is decided by the line before it and itself: blank lines and indents as far as this document uses them
(`convention`), the room that was left on the line before, how that line ends and this one begins, and labels of list items, whose
numbers have to go on from the one before where the line break alone proves nothing: prose wraps before "2)" as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kz_textkit.document import BlockKind
from kz_textkit.layout.convention import Convention
from kz_textkit.layout.headings import Heading
from kz_textkit.layout.labels import ListLabel, caption, is_question, is_source, is_table_like, list_label, normal_title
from kz_textkit.layout.lines import Line
from kz_textkit.layout.sections import Decided

__all__ = ["Piece", "find_pieces"]


class Piece(NamedTuple):
    """Lines `first` up to, not including, `last` that are one block."""

    kind: BlockKind
    first: int
    last: int


CLEAR_ROOM = 0.005
"""Room, as a share of the full width, that proves an end after a line that ends a sentence, before a capital."""
DOUBTFUL_ROOM = 0.03
"""Room below which more evidence is asked for than a sentence that ended."""
OPEN_ROOM = 0.40
"""The same after a line that breaks off before a small letter or a bracket, or after a comma or dash."""
FIGURE_ROOM = 0.15
"""The same after a line that breaks off before a number."""
CAPITAL_ROOM = 0.025
"""The same after a line that breaks off before a capital: of a name, or of a title."""
COLON_ROOM = 0.03
"""The same after a colon or semicolon before a small letter."""
POINT_ROOM = 0.10
"""The same after a point before a small letter, as after an abbreviation."""

FAR = 400
"""Characters of furniture between two lines that show the end of a page."""

_OPENING = "«\"“„(['‘"
_CLOSING = "»\"”)]'’"


def find_pieces(
    lines: Sequence[Line],
    convention: Convention,
    *,
    decided: Sequence[Decided] = (),
    headings: Sequence[Heading] = (),
) -> list[Piece]:
    """The pieces that all `lines` fall into, in order; those of `decided` among them. `headings` tell lists of questions and of
    literature.

    >>> from kz_textkit.layout.lines import read_lines
    >>> from kz_textkit.layout.convention import UNWRAPPED
    >>> [piece.kind for piece in find_pieces(read_lines("Сөз таптары:\\n1) зат есім;\\n2) сын есім."), UNWRAPPED)]
    ['paragraph', 'list_item', 'list_item']
    """
    fixed = {block.first: Piece(block.kind, block.first, block.last) for block in decided}
    contexts = _contexts(headings, len(lines))
    pieces: list[Piece] = []
    at = 0
    for first in [*sorted(fixed), len(lines)]:
        if first > at:
            pieces += _pieces_between(lines, at, first, convention, contexts)
        if first < len(lines) and first >= at:
            pieces.append(fixed[first])
            at = fixed[first].last
    return pieces


_LITERATURE = ("әдебиет", "дереккөз", "дерек көз", "библиограф", "литератур", "сілтеме", "источник")
_WITHIN = frozenset(("week", "topic", "lesson", "number", "decimal", "roman"))


def _contexts(headings: Sequence[Heading], count: int) -> list[str]:
    """For each line `questions` or `sources` where its section is a list of those, else an empty string."""
    contexts = [""] * count
    current, order = "", 0.0
    for k, heading in enumerate(headings):
        if heading.kind == "questions":
            current, order = "questions", heading.order
        elif heading.kind == "back_matter" and any(word in normal_title(heading.title) for word in _LITERATURE):
            current, order = "sources", heading.order
        elif not (heading.order > order and heading.rank in _WITHIN):
            current = ""
        if current:
            end = headings[k + 1].first if k + 1 < len(headings) else count
            contexts[heading.last : end] = [current] * (end - heading.last)
    return contexts


# --- where pieces begin


_LABEL_START = frozenset("0123456789(№•●○◦▪■□▫◆◇►▶▸➢➤✓✔✦★☆·∙*+-–—−")


def _label(text: str) -> ListLabel | None:
    """`list_label`, quick for the many lines that have none."""
    return list_label(text) if text[0] in _LABEL_START or ")" in text[1:8] else None


class _Starts:
    """Goes through the lines of a stretch without headings and decides which begin pieces."""

    def __init__(self, convention: Convention, numbered: set[int], opening: Line) -> None:
        self.convention = convention
        self.unit = max(1, convention.full)
        self.numbered = numbered
        """Offsets of lines that begin with bare numbers of a series."""
        self.labels: dict[str, int | None] = {}
        """Styles of labels open in the running list, with their last value."""
        self.in_series = False
        """The piece at hand is an item without label of a list whose items end in semicolons."""
        self.last_words: set[str] = set()
        """Last words of pieces just ended that have no final punctuation: items of a list often end in the same word."""
        self.shape = ""
        """How the piece at hand begins, if with a number."""
        self.room = 0
        """Room on the line before, its indent counted."""
        self.first_labels: list[ListLabel | None] = []
        """Labels that the pieces begin with, one for each."""
        self._remember(_label(opening.text), None, opening)

    def begins(self, before: Line, line: Line, after: Line | None, *, first: bool) -> bool:
        """Whether `line` begins a piece; `first` says that `before` did."""
        label = _label(line.text)
        self.room = before.room - (self.convention.first_indent if first else 0)
        starts = self._decide(before, line, after, label)
        if starts:
            self._remember(label, before, line)
        return starts

    def _remember(self, label: ListLabel | None, before: Line | None, line: Line) -> None:
        self.first_labels.append(label)
        if not self.convention.wrapped:
            return  # A line is a piece there: nothing more is asked.
        final = before.text[-1] if before is not None else ""
        self.shape = _shape(line.text)
        self.in_series = label is None and (final == ";" or (final == ":" and line.text[0].islower()))
        if label is not None:
            self.labels[label.style] = label.value
        elif line.blank_before > self.convention.gap_between:
            self.labels.clear()
        if before is not None and before.text[-1].isalpha():
            self.last_words.add(_last_word(before.text))
        else:
            self.last_words.clear()

    def _decide(self, before: Line, line: Line, after: Line | None, label: ListLabel | None) -> bool:
        convention, text = self.convention, line.text
        low = text[0].islower()
        open_end = _is_open(before.text)
        if not convention.wrapped:
            crossed = line.page_start or line.start - before.end > FAR
            return not (crossed and low and open_end and label is None)
        if _is_divided(before.text, text) and not (line.blank_before > convention.gap_in and not line.page_start and not low):
            return False
        if line.blank_before > convention.gap_in and not line.page_start:
            return not (open_end and low and self.room < 0)
        if convention.indent_first > convention.indent and not line.page_start:
            if line.indent >= convention.indent + 2:
                return not (open_end and low)
            if label is None and not (before.text[-1] in ".!?:" and self.room > 0.3 * self.unit):
                return False
        if line.start in self.numbered:
            return True
        if label is not None:
            return self._label_begins(before, text, label, open_end)
        if self._is_parallel(before, text):
            return True
        capital = text[0].isupper() or text[0] in _OPENING or text[0].isdigit()
        if capital and before.text[-1] in ".!?…»" and self.room < DOUBTFUL_ROOM * self.unit:
            return self._begins_in_doubt(line, after)
        return self.room >= 0 and self.room > self._proof(before.text, text, open_end=open_end) * self.unit

    def _is_parallel(self, before: Line, text: str) -> bool:
        """Whether a line begins a piece like those before it, or one that always stands alone, however full the line before was."""
        final = before.text[-1]
        if self.in_series and final == ";":
            return True
        if final.isalpha():
            return text[0].isupper() and _last_word(before.text) in self.last_words
        if final not in ".!?;)":
            return False
        return _STANDS_ALONE.match(text) is not None or (bool(self.shape) and _shape(text) == self.shape)

    def _begins_in_doubt(self, line: Line, after: Line | None) -> bool:
        """Whether a line begins a paragraph, where the sentence before ended in an almost full line.

        A first line is narrower by the indent: one that is not cannot be first; one that is full only with the indent must be.
        """
        indent = self.convention.first_indent
        if indent and line.width > self.convention.full - indent // 2:
            return False
        if indent and after is not None and _is_open(line.text):
            most = 1.3 if after.text[0].isupper() else 3.0
            if 0.1 * indent < line.room <= most * indent:
                return True
        return self.room >= CLEAR_ROOM * self.unit

    def _proof(self, before: str, text: str, *, open_end: bool) -> float:
        """Room that proves the end of a piece."""
        low = text[0].islower()
        if open_end:
            if low or text[0] in "([" or before[-1] in ",-–—":
                return OPEN_ROOM
            return CAPITAL_ROOM if text[0].isupper() or text[0] in '«"“' else FIGURE_ROOM
        if not low:
            return CLEAR_ROOM
        return COLON_ROOM if before[-1] in ":;" else POINT_ROOM

    def _label_begins(self, before: Line, text: str, label: ListLabel, open_end: bool) -> bool:
        """Whether a label at the beginning of a line is that of an item, and not of prose that is wrapped there."""
        final = before.text[-1]
        if label.style == "bullet":
            return True
        if label.value is not None and self.labels.get(label.style) == label.value - 1:
            return True
        if label.style == "dash":
            if final in ":;":
                return True
            if not open_end:
                capital = text[label.rest_at : label.rest_at + 1].isupper() or text[label.rest_at : label.rest_at + 1] in _OPENING
                return capital if self.room < 0 else self.room > CLEAR_ROOM * self.unit
            return self.room > (OPEN_ROOM / 2 if final != "," else CAPITAL_ROOM) * self.unit
        if self.room >= 0:
            return not open_end or self.room > CAPITAL_ROOM * self.unit
        if open_end:
            return False
        if label.value is None:
            return final in ":;" or (final == "." and label.style in self.labels)
        return label.value == 1 and final != ")"


_STANDS_ALONE = re.compile(
    r"(?:Ескерту|Ескертпе|Ескертулер|Примечание|Дерек\s?көз[ід]?[а-яі]*|Источник)\s*[.:]"
    r"|(?:(?:\d{1,2}-)?(?:анықтама|мысал|теорема|лемма|салдар|тапсырма)|Дәлелдеуі?|Шешуі|Жауабы|Практикалық сабақ|Семинар сабағы|СО?ӨЖ"
    r"|Определение|Теорема|Пример|Доказательство|Решение)(?:\s\d{1,2})?[.:]\s+(?-i:[А-ЯӘҒҚҢӨҰҮҺІ«])",
    re.IGNORECASE,
)
"""What begins with such a word and a point or colon is a piece of its own."""
_DIGITS = re.compile(r"\d+")


def _shape(text: str) -> str:
    """How a line that begins with a number begins, digits made equal; empty for other lines."""
    return _DIGITS.sub("0", " ".join(text[:40].split()[:2])) if text[0].isdigit() else ""


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1].lower()


def _is_open(text: str) -> bool:
    """Whether a line breaks off in the middle of a sentence."""
    last = text[-1]
    return last.isalnum() or last in ",-–—" or (last in _CLOSING and text[-2:-1] not in ".!?…;:")


def _is_divided(before: str, line: str) -> bool:
    """Whether a word, a compound or a range of numbers goes on from one line to the next."""
    return before[-1] == "-" and before[-2:-1].isalnum() and line[0].isalnum()


def _pieces_between(lines: Sequence[Line], at: int, end: int, convention: Convention, contexts: Sequence[str]) -> list[Piece]:
    """Pieces of a stretch of lines without headings."""
    starts = [at]
    numbered = _numbered_series(lines, at, end)
    decide = _Starts(convention, {lines[i].start for i in numbered}, lines[at])
    first = True
    for i in range(at + 1, end):
        if lines[i].inner:
            first = False
            continue
        following = lines[i + 1] if i + 1 < end else None
        first = decide.begins(lines[i - 1], lines[i], following, first=first)
        if first:
            starts.append(i)
    spans = list(zip(starts, [*starts[1:], end], strict=True))
    return _with_kinds(lines, spans, decide.first_labels, contexts, numbered)


_BARE_NUMBER = re.compile(r"(\d{1,2})\s+[^\W\d_a-zа-яәғқңөұүһі]|(\d{1,2})\s+[«\"“]")
FAR_IN_SERIES = 8
"""Lines between two numbers of one series."""


def _numbered_series(lines: Sequence[Line], at: int, end: int) -> set[int]:
    """Indices of lines that begin with a number without a point, of series that count on from 1: items, or rows of a table."""
    found: set[int] = set()
    chain: list[tuple[int, int]] = []
    for i in range(at, end):
        if not lines[i].text[0].isdigit():
            continue
        match = _BARE_NUMBER.match(lines[i].text)
        if match is None:
            continue
        value = int(match.group(1) or match.group(2))
        if chain and i - chain[-1][0] <= FAR_IN_SERIES and 0 < value - chain[-1][1] <= 3:
            chain.append((i, value))
        else:
            found.update(_if_series(chain))
            chain = [(i, value)] if value == 1 else []
    found.update(_if_series(chain))
    return found


def _if_series(chain: Sequence[tuple[int, int]]) -> list[int]:
    return [i for i, _ in chain] if len(chain) >= 3 else []


# --- kinds


_NOTE = re.compile(
    r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3})\s?[^\W_a-zа-яәғқңөұүһі]|\[?\d{1,2}[\])]?\s+(?:Қараңыз|Қара:|Қар\.|Сонда|Бұл да сонда|Там же|См\.|Ibid)"
)
_SOURCE_START = re.compile(r"(?:Дерек\s?көз|Источник)[^:.]{0,12}[:.]", re.IGNORECASE)
_NOTE_START = re.compile(r"(?:Ескерту|Ескертпе|Ескертулер|Примечание)\s*[:.]", re.IGNORECASE)
_SPECIAL_START = frozenset("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰*[ДдЕеИиПпКкСсТтРрФфШшҚқҮүГг")
"""What sources, notes, captions and parts of articles begin with."""
_ARTICLE_PART = re.compile(r"\d{1,3}-\d{1,2}[.)]\s")


def _with_kinds(
    lines: Sequence[Line],
    spans: Sequence[tuple[int, int]],
    labels: Sequence[ListLabel | None],
    contexts: Sequence[str],
    numbered: set[int],
) -> list[Piece]:
    """Pieces with their kinds: each from itself, then lists without labels and tables from their neighbours."""
    kinds = [_kind(lines, first, last, label, contexts[first]) for (first, last), label in zip(spans, labels, strict=True)]
    for k, (first, _) in enumerate(spans):
        if first in numbered and kinds[k] == "paragraph":
            kinds[k] = "question" if contexts[first] == "questions" else "list_item"
    _mark_speech(lines, spans, kinds)
    _mark_asked_items(lines, spans, kinds)
    _mark_columns(lines, spans, kinds)
    _mark_tables(lines, spans, kinds)
    _mark_unlabelled_items(lines, spans, kinds)
    _mark_bare_items(lines, spans, kinds)
    return [Piece(kind, first, last) for kind, (first, last) in zip(kinds, spans, strict=True)]


def _kind(lines: Sequence[Line], first: int, last: int, label: ListLabel | None, context: str) -> BlockKind:
    text = lines[first].text
    if context == "sources":
        return "source"
    if context == "questions" and (label is not None or is_question(lines[last - 1].text)):
        return "question"
    if text[0] in _SPECIAL_START:
        if _SOURCE_START.match(text):
            return "source"
        if _NOTE.match(text) or _NOTE_START.match(text) or (last - first < 3 and caption(text)):
            return "note"
        if _ARTICLE_PART.match(text):
            return "list_item"
    if label is not None:
        return "list_item"
    if last - first == 1 and ((_may_be_row(text) and is_table_like(text)) or text.count("|") > 1):
        return "table_row"
    if text[0].isdigit() and last - first < 4 and is_source(text):
        return "source"
    return "paragraph"


def _may_be_row(text: str) -> bool:
    return "\t" in text or "   " in text or text[-1].isdigit() or text[0].isdigit()


_SAID = re.compile(r"[,!?….]\s*[–—-]\s*(?:де[дпгйй]|сұра|айқай|айғай|күбір|жауап|күлді|қуан|таң|басын|ойлан)")


def _mark_speech(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Pieces that begin with a dash are speech, not items, where some of them surely are and the others could be."""
    dashed = [k for k, (first, _) in enumerate(spans) if kinds[k] == "list_item" and lines[first].text[0] in "-–—"]
    sure = [k for k in dashed if _is_speech(lines, *spans[k])]
    if len(sure) * 5 < len(dashed):
        dashed = []
    for k in {*sure, *(k for k in dashed if _may_be_speech(lines, *spans[k]))}:
        kinds[k] = "paragraph"


def _is_speech(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a piece that begins with a dash is somebody speaking: asking, crying out, or said to say so."""
    text = lines[last - 1].text
    if (text[-1] in "!?…" or lines[first].text[-1] in "!?…") and _may_be_speech(lines, first, first + 1):
        return True
    return any(_SAID.search(line.text) for line in lines[first:last])


def _may_be_speech(lines: Sequence[Line], first: int, last: int) -> bool:
    begin = lines[first].text[1:].lstrip()[:1]
    return (begin.isupper() or begin in _OPENING) and lines[last - 1].text[-1] not in ";,"


def _mark_asked_items(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Numbered items that end in question marks are questions, if there are several."""
    asked = [
        k
        for k, (first, last) in enumerate(spans)
        if kinds[k] == "list_item" and lines[first].text[0].isdigit() and lines[last - 1].text[-1] == "?"
    ]
    if len(asked) >= FEWEST_QUESTIONS:
        for k in asked:
            kinds[k] = "question"


_CELLS = re.compile(r"\s{3,}|\t")


def _mark_columns(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Lines in columns, next to one another, are rows of a table."""
    columns = [
        len(_CELLS.split(lines[first].text)) if last - first == 1 and ("   " in lines[first].text or "\t" in lines[first].text) else 1
        for first, last in spans
    ]
    for k, cells in enumerate(columns):
        if (
            cells > 1
            and kinds[k] in ("paragraph", "list_item")
            and max(columns[max(0, k - 1) : k] + columns[k + 1 : k + 2], default=1) > 1
        ):
            kinds[k] = "table_row"


_ROW = re.compile(r"(\d{1,3})\.?\s+[^\W_]")
_HEADER = re.compile(r"№(?:\s*(?:р/с|р/н|п/п|б/с))?\s+[^\W\d]|Р/с\s")


def _mark_tables(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Rows that follow the header of a flattened table (`№ Атауы Саны`) and are numbered from 1."""
    for k, (first, last) in enumerate(spans):
        if last - first != 1 or not _HEADER.match(lines[first].text):
            continue
        expected = 1
        for j in range(k + 1, len(spans)):
            row = _ROW.match(lines[spans[j][0]].text)
            if row is None or int(row.group(1)) != expected:
                break
            kinds[j] = "table_row"
            expected += 1
        if expected > 1:
            kinds[k] = "table_row"


FEWEST_QUESTIONS = 2
FEWEST_ITEMS = 3
"""Pieces without final punctuation, one after another, that make a list."""


def _mark_bare_items(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Items of a list without labels and punctuation: names, posts, departments, one a line."""
    run: list[int] = []
    for k, (first, last) in enumerate([*spans, (-1, -1)]):
        bare = k < len(spans) and kinds[k] == "paragraph" and last - first <= 3 and _is_bare(lines[first], lines[last - 1])
        if bare:
            run.append(k)
            continue
        if len(run) >= FEWEST_ITEMS:
            for j in run:
                kinds[j] = "list_item"
        run = []


def _is_bare(first: Line, last: Line) -> bool:
    return (last.text[-1].isalpha() or last.text[-1] in ")»") and not first.text[0].islower() and len(last.text) < 120


def _mark_unlabelled_items(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Items of a list without labels: what follows a colon and ends in semicolons, up to the one that ends in a full stop."""
    inside = False
    for k, (first, last) in enumerate(spans):
        text, final = lines[first].text, lines[last - 1].text[-1]
        if kinds[k] != "paragraph":
            inside = kinds[k] == "list_item" and final == ";" and _label(text) is None
            continue
        after_colon = k > 0 and lines[spans[k - 1][1] - 1].text[-1] == ":"
        before_low = text[0].islower()
        if (inside or after_colon) and (final == ";" or (inside and (before_low or final in ".,")) or (after_colon and before_low)):
            kinds[k] = "list_item"
            inside = final in ";,"
        else:
            inside = False
