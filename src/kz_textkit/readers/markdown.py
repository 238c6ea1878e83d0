"""Markdown (CommonMark, with tables and footnotes): the text stays as it is in the file, and marks say what its lines are.

What is mark-up in a block (`**`, `#`, the address of a link) is marked as furniture inside it, which cleaning takes out with a record.
Read by markdown-it-py; it does not say where inline mark-up stands, so the words it gives are found again in the lines of their block.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kz_textkit.document import Extraction, Mark, RawDocument
from kz_textkit.readers.files import read_file
from kz_textkit.readers.line_breaks import cut_lines
from kz_textkit.readers.marked_text import ordered
from kz_textkit.readers.plain_text import read_bytes
from kz_textkit.settings import Settings

__all__ = ["marks_of", "read"]

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z_]+):[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)
_KEYS = {"title": "title", "author": "author", "authors": "author", "date": "date", "lang": "language", "language": "language"}
_DESTINATION = re.compile(
    r"\]\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^()]*\))*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_REFERENCE = re.compile(r"\](?:\[[^\[\]]*\])?")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9}[.)]))(?=\s)[ \t]*")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>|<[!?][^>]*>", re.DOTALL)
_WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a Markdown file as it stands there, with its marks.

    Raises `InputError` as the reader of plain text does.
    """
    raw = read_bytes(read_file(path, settings.limits), str(path), settings.encoding, doc_id=path.stem)
    front = _FRONT_MATTER.match(raw.text)
    metadata = {
        _KEYS[key.lower()]: _unquoted(value) for key, value in _ENTRY.findall(front[1] if front else "") if key.lower() in _KEYS
    }
    digest = hashlib.sha256(raw.text.encode()).hexdigest()
    how = Extraction("markdown", "markdown-it-py", version("markdown-it-py"), {}, digest)
    return replace(raw, marks=marks_of(raw.text), extraction=how, metadata=metadata)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def marks_of(text: str) -> tuple[Mark, ...]:
    """The marks of a text that is written in Markdown.

    >>> text = "## Ән\\n\\nБұл – **ән**.\\n"
    >>> [(m.value["kind"], text[m.start : m.end]) for m in marks_of(text) if "kind" in m.value]
    [('heading', '## Ән'), ('furniture', '##'), ('furniture', '**'), ('furniture', '**')]
    """
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    # Each line end as one character, so that lines and offsets are those of the file.
    source = text[start:].replace("\r\n", " \n").replace("\r", "\n").replace("\x00", "\ufffd")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["text_join"])
    finder = _Finder(text, start, source)
    if front:
        finder.furniture(0, start)
    finder.read(parser.parse(source))
    return ordered(finder.marks)


@dataclass(slots=True)
class _Finder:
    """Finds the words of tokens in the text again, and marks what stands between them."""

    text: str
    start: int
    source: str
    marks: list[Mark] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    covered: int = 0
    """Offset up to which the text is marked or passed over."""
    items: list[dict[str, Any]] = field(default_factory=list)
    """Open items of lists that have no text yet."""
    level: int = 0
    table: int = -1
    row: int = -1

    def __post_init__(self) -> None:
        self.covered = self.start
        self.lines = [self.start, *(self.start + m.end() for m in re.finditer("\n", self.source)), len(self.text)]

    def read(self, tokens: list[Token]) -> None:
        """Mark all that the tokens hold; what no token holds (definitions of links) is furniture."""
        i = 0
        while i < len(tokens):
            token = tokens[i]
            if token.type == "inline" and token.map is not None:
                before = tokens[i - 1]
                if before.type not in ("th_open", "td_open"):
                    self._inline(token, before)
            elif token.type == "tr_open" and token.map is not None:
                i = self._row(tokens, i)
            elif token.type in ("fence", "code_block"):
                self._code(token)
            elif token.type == "html_block":
                self._html(token)
            elif token.type == "table_open":
                self.table, self.row = self.table + 1, -1
            elif token.type in ("ordered_list_open", "bullet_list_open"):
                self.level += 1
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                self.level -= 1
            elif token.type == "list_item_open":
                self.items.append({"kind": "list_item", "level": self.level})
            elif token.type == "list_item_close" and self.items:
                self.items.pop()
            i += 1
        self._pass_over(len(self.text))

    def furniture(self, start: int, end: int) -> None:
        """Mark the words of a stretch as furniture, line by line."""
        for line in self.text[start:end].split("\n"):
            words = _WORDS.search(line)
            if words is not None:
                self.marks.append(Mark(start + words.start(), start + words.end(), "block", {"kind": "furniture"}))
            start += len(line) + 1

    def _pass_over(self, offset: int) -> None:
        """What stands before the next block is mark-up."""
        if offset > self.covered:
            self.furniture(self.covered, offset)
        self.covered = max(self.covered, offset)

    def _span(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 0)
        start, end = max(self.covered, self.lines[first]), self.lines[min(last, len(self.lines) - 1)]
        return start, max(start, end)

    def _inline(self, token: Token, before: Token) -> None:
        start, end = self._span(token)
        value: dict[str, Any] = {}
        if before.type == "heading_open":
            value = {"kind": "heading", "level": int(before.tag[1:])}
            # The line under a heading is part of it.
            end = max(end, self.lines[(before.map or (0, 0))[1]])
        elif self.items and self.items[-1]:
            value, self.items[-1] = self.items[-1], {}
        note = _NOTE.match(token.content)
        words = self._words(token, start, end)
        if not words:
            return
        if note is not None and not value:
            value = {"kind": "note", "note": note[1]}
            at = self.text.find(note[0].rstrip(), start, end)
            words = [(max(first, at + len(note[0])), last) for first, last in words if last > at + len(note[0])] or words
        self._mark(value, words, start, end, token.content if before.type == "paragraph_open" and not value else "")

    def _mark(self, value: dict[str, Any], words: list[tuple[int, int]], start: int, end: int, content: str) -> None:
        """Mark a block from its first sign to its last, and what is no word in it as furniture."""
        stretch = _WORDS.search(self.text, start, end)
        if stretch is None:
            return
        first, last = stretch.start(), max(stretch.end(), words[-1][1])
        if value.get("kind") == "list_item":
            number = _ITEM.match(self.text, self._item_at(first, words[0][0]))
            if number is not None and number[1]:
                value["number"] = number[1]
                words = [(number.start(1), number.end(1)), *words]
        blocks = [(first, last)]
        if content and "\n" in content:
            kind, cut = cut_lines(self.text[first:last])
            hard = self._is_hard(words)
            if hard and (kind or len(cut) > 1):
                value |= {"kind": kind} if kind else {}
                blocks = [(first + a, first + b) for a, b in cut]
        self._pass_over(first)
        self.marks += [Mark(a, b, "block", value) for a, b in blocks]
        at = first
        for word, after in [*words, (last, last)]:
            if word > at:
                self.furniture(at, word)
            at = max(at, after)
        for mark in _NOTE_MARK.finditer(self.text, first, last):
            self.marks.append(Mark(mark.start(), mark.end(), "anchor", {"note": mark[1]}))
        self.covered = last

    def _item_at(self, first: int, word: int) -> int:
        """Where the sign of an item is: the last one before its first word, in nested lists that begin on one line."""
        at = first
        while (sign := _ITEM.match(self.text, at)) is not None and sign.end() < word and sign.end() > at:
            at = sign.end()
        return at if _ITEM.match(self.text, at) else first

    def _is_hard(self, words: list[tuple[int, int]]) -> bool:
        """Whether every line of a paragraph but the last ends with a break that was meant: two spaces, or a backslash."""
        lines = self.text[words[0][0] : words[-1][1]].split("\n")[:-1]
        return all(line.rstrip("\r").endswith(("  ", "\\")) for line in lines)

    def _words(self, token: Token, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of a block that are its words; links and notes are marked on the way."""
        words: list[tuple[int, int]] = []
        links: list[tuple[int, Token]] = []
        at = start
        for child in token.children or ():
            if child.type in ("text", "code_inline", "text_special", "html_inline"):
                shown = child.markup if child.type == "text_special" and child.markup else child.content
                found = self._find(shown, at, end)
                if found is None or not shown:
                    continue
                if child.type == "html_inline":
                    at = found[1]
                    continue
                words.append((found[0] + (child.type == "text_special" and shown.startswith("\\")), found[1]))
                at = found[1]
            elif child.type == "link_open":
                links.append((len(words), child))
            elif child.type == "link_close" and links:
                first, opened = links.pop()
                if len(words) > first:
                    title = str(opened.attrGet("title") or "")
                    value = {"url": str(opened.attrGet("href") or "")} | ({"title": title} if title else {})
                    self.marks.append(Mark(words[first][0], words[-1][1], "link", value))
                at = self._after_link(at, end)
            elif child.type == "image":
                image = self.text.find("![", at, end)
                at = self._after_link(self.text.find("]", image, end), end) if image >= 0 else at
        return words

    def _find(self, shown: str, at: int, end: int) -> tuple[int, int] | None:
        found = self.text.find(shown, at, end)
        if found >= 0:
            return found, found + len(shown)
        # Code over several lines has its line ends as spaces.
        pattern = re.compile(r"\s+".join(re.escape(part) for part in shown.split()))
        match = pattern.search(self.text, at, end) if shown.strip() else None
        return match.span() if match else None

    def _after_link(self, at: int, end: int) -> int:
        """Where a link ends that has its words before `at`: behind its address."""
        bracket = self.text.find("]", at, end)
        if bracket < 0:
            return at
        found = _DESTINATION.match(self.text, bracket, end) or _REFERENCE.match(self.text, bracket, end)
        return found.end() if found else at

    def _row(self, tokens: list[Token], i: int) -> int:
        """A row of a table: cells, with what stands between them as furniture; returns the index of its end."""
        start, end = self._span(tokens[i])
        self.row += 1
        stretch = _WORDS.search(self.text, start, end)
        words: list[tuple[int, int]] = []
        column = 0
        at = start
        while tokens[i].type != "tr_close":
            if tokens[i].type == "inline":
                cell = self._words(tokens[i], at, end)
                if cell:
                    at = cell[-1][1]
                    value = {"kind": "table_cell", "table": self.table, "row": self.row, "column": column}
                    self.marks.append(Mark(cell[0][0], at, "block", value))
                    words += cell
                column += 1
            i += 1
        if stretch is not None and words:
            line_end = min(stretch.end(), end)
            self._pass_over(stretch.start())
            self.marks.append(Mark(stretch.start(), line_end, "block", {"kind": "table_row", "table": self.table, "row": self.row}))
            at = stretch.start()
            for word, after in [*words, (line_end, line_end)]:
                if word > at:
                    self.furniture(at, word)
                at = max(at, after)
            self.covered = line_end
        return i

    def _code(self, token: Token) -> None:
        start, end = self._span(token)
        lines = self.text[start:end].split("\n")
        if token.type == "fence":
            opening = len(lines[0]) + 1
            closing = end
            body = self.text[start + opening : end].rstrip()
            if body.rpartition("\n")[2].strip().startswith(token.markup[:3]):
                closing = start + opening + max(0, body.rfind("\n") + 1)
            start, end = min(start + opening, end), closing
        words = _WORDS.search(self.text, start, end)
        if words is not None:
            self._pass_over(words.start())
            self.marks.append(Mark(words.start(), words.end(), "block", {"kind": "code"}))
            self.covered = words.end()

    def _html(self, token: Token) -> None:
        """A block of HTML: its tags are furniture, and its words a paragraph a line."""
        start, end = self._span(token)
        at = start
        for tag in [*_TAG.finditer(self.text, start, end), None]:
            border = tag.start() if tag else end
            words = _WORDS.search(self.text, at, border)
            if words is not None:
                self._pass_over(words.start())
                self.marks.append(Mark(words.start(), words.end(), "block", {}))
                self.covered = words.end()
            at = tag.end() if tag else end
