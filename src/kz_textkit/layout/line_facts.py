"""What the text of a line alone shows: how it begins and ends, its labels and numbers, its words. One row of named values for each
line.

Pure functions of the text of one line; the tables that they read can be corrected without knowing Python (`labels`, `title_words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from kz_textkit.alphabet import KAZAKH_LOWER, KAZAKH_UPPER
from kz_textkit.layout.labels import (
    HeadingLabel,
    caption,
    heading_label,
    is_no_title,
    is_question,
    is_source,
    list_label,
    normal_title,
    numbered_title,
    title_kind,
    toc_entry,
    unspaced,
)
from kz_textkit.layout.line_words import LAST_WORDS, LINE_WORDS, last_word, line_words
from kz_textkit.layout.lines import Line
from kz_textkit.layout.own_titles import LineTitle
from kz_textkit.layout.title_words import ends_in_verb, is_capitals, person_or_date

__all__ = ["FACTS", "LineFacts", "facts_of"]

LONGEST_NAME = 90
"""Characters of the longest line that is a name, a signature or a date."""
BARE_TITLE = 30
"""Characters of the longest line in small letters that may be a known title."""
LONG = 400
"""Characters beyond which a line is prose, whose words are not looked at."""

_RANKS = (
    "book",
    "module",
    "part",
    "piece",
    "act",
    "subpart",
    "chapter",
    "scene",
    "lecture",
    "topic",
    "lesson",
    "week",
    "word",
    "paragraph",
    "article",
    "appendix",
)
_LABEL_VALUES = ("none", *(f"{rank}, {rest}" for rank in _RANKS for rest in ("alone", "title", "prose")))

FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("begins", ("small", "capital", "digit", "dash", "bullet", "capital in quotes", "small in quotes", "bracket", "latin", "sign")),
    (
        "ends",
        (
            "letter",
            "capital",
            "digit",
            "point",
            "mark",
            "closed quotation",
            "quotation",
            "bracket",
            "colon",
            "semicolon",
            "comma",
            "hyphen",
            "dash",
            "sign",
        ),
    ),
    ("case", ("no letters", "small", "sentence", "names", "capitals", "first word in capitals")),
    ("words", ("0", "1", "2", "3", "4 to 6", "7 to 10", "11 to 15", "more")),
    ("figures", ("none", "few", "half", "most", "only")),
    ("list label", ("none", "bullet", "dash", "1.", "1)", "(1)", "а)", "I)", "№ 1", "1", "1.1", "I.", "[1]", "*")),
    ("after label", ("no label", "nothing", "small", "capital", "other")),
    ("label", _LABEL_VALUES),
    ("numbered", ("none", "number", "number, no point", "decimal", "decimal 3", "roman", "number alone", "roman alone")),
    ("known title", ("no", "front_matter", "questions", "back_matter", "contents", "outline", "lecture", "section", "never a title")),
    ("verb", ("long", "no", "yes", "two sentences")),
    ("person or date", ("no", "name", "date", "place and date")),
    (
        "kind of line",
        ("plain", "caption", "source", "asks", "note", "rule", "ornament", "letter-spaced", "said", "address", "in brackets"),
    ),
    ("columns", ("one", "two", "three", "more", "bars")),
    ("leader", ("none", "number at the end", "wide space and number", "dots and number", "dots", "number before")),
    ("markup", ("none", "# 1", "# 2", "# 3", "fence", "quote", "code", "table", "emphasis", "edit link")),
    ("alphabet", ("cyrillic", "mixed", "latin")),
    ("inner end", ("no", "yes")),
    ("last word", LAST_WORDS),
    ("line words", LINE_WORDS),
)
"""Names of the facts, each with the values that it can have."""


Number = tuple[str, int | None]
"""Style or rank of the number of a line, and its value."""


class LineFacts(NamedTuple):
    """The facts of a line, and what series and contexts are found by."""

    values: bytes
    """For each of `FACTS` which of its values the line has."""
    list_number: Number
    """Of the line as an item."""
    label_number: Number
    """Of the line as a heading."""
    context: str
    """`questions`, `sources`, `plan` or `contents` where the line is a title that announces those; else empty."""
    resets: bool
    """The line looks like a heading, under which what was announced before it does not hold any more."""


_LETTERS = KAZAKH_LOWER + KAZAKH_UPPER
_PROSE = re.compile(rf"[{KAZAKH_LOWER}](?!\))[{_LETTERS} ,«»–-]{{28,398}}[{_LETTERS},.;:–-]")
_SENTENCE = re.compile(rf"[{KAZAKH_UPPER}][{KAZAKH_LOWER}][{_LETTERS}0-9 .,:;!?…«»()№%–—-]{{3,397}}[{_LETTERS}.,:;!?…»]")
_SMALL_WORD = re.compile(rf" [{KAZAKH_LOWER}]")
_QUOTES = "«\"“„‘'"
_DASHES = "-–—−‒―"
_BULLETS = "•●○◦▪■□▫◆◇►▶▸➢➤✓✔✦★☆·∙+\uf0b7\uf0a7\uf0d8\uf0fc"
_SAID = re.compile(r"[,!?…]»?\s*[–—-]\s*(?:де[дпгйй]|сұра|айқай|айғай|күбір|жауап|күлді|қуан|таң|ойлан)")
_RULE = re.compile(r"[_\-–—=.*~\s]{3,}$")
_ORNAMENT = re.compile(r"[*•·∙☆★✦◆◇~#=—–-](?:\s*[*•·∙☆★✦◆◇~#=—–-])*$")
_NOTE = re.compile(
    r"(?:Ескерту|Ескертпе|Ескертулер|Примечание)\s*[.:]|[\w-]{2,12}[ндт][ыі]ң ескертпесі\b|\*+\s*[^\W\d]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,3}\]\s|†"
)
_CODE = re.compile(
    r"[{}]\s*$|^\s*(?:\$|>>>|//|#include|#!|fn |let |use |def |import |class |return |print|pub |for .*[:{]$)"
    r"|\w\(.*\)\s*;?$|[=!]=|->|=>|::|&&|\|\|"
)
_CODE_MARKS = frozenset("{};$>#=|&/(") | frozenset("fludciprtw")
_EMPHASIS = re.compile(r"^(?:\*\*|__)[^*_]+(?:\*\*|__)\W?$")
_EDIT_LINK = re.compile(r"\[(?:өңдеу|править|edit)\b[^\[\]]*\]\Z")
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|\+?\d[\d ()-]{8,}$")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?(?=\s|$)")
_BARE = re.compile(r"\d{1,3}(?=\s|[^\W\d]|$)")
_ROMAN_ITEM = re.compile(r"[IІVХXLС]{1,6}\.(?=\s)")
_BRACKETED = re.compile(r"\[\d{1,3}\]")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t)\S")
_DOTS = re.compile(r"\.{4,}|…{2,}|(?:\s\.){3,}|_{4,}|·{3,}")
_INNER_END = re.compile(rf"[^\W\d]{{2}}[.!?…]»?\s+[«\"“–]?\s?[{KAZAKH_UPPER}A-Z]")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_DIGIT = re.compile(r"\d")
_LITERATURE = ("әдебиет", "дереккөз", "дерек көз", "библиограф", "литератур", "сілтеме", "источник")
_WORD_COUNTS = ("0", "1", "2", "3", "4 to 6", "4 to 6", "4 to 6", "7 to 10", "7 to 10", "7 to 10", "7 to 10", *["11 to 15"] * 5)


def facts_of(lines: Sequence[Line]) -> list[LineFacts]:
    """The facts of each line.

    >>> from kz_textkit.layout.lines import read_lines
    >>> facts, = facts_of(read_lines("• тіл;"))
    >>> [values[code] for (_, values), code in zip(FACTS, facts.values, strict=True)][:2]
    ['bullet', 'semicolon']
    """
    return [_known(line.text) if line.own is None else _look(line.text, line.own) for line in lines]


@lru_cache(maxsize=1 << 14)
def _known(text: str) -> LineFacts:
    """The facts of a line. They are kept, because lines come again: heads and feet of pages, and all that is looked at a second time to
    see whether cleaning has come to rest."""
    if _PROSE.fullmatch(text):
        return _look_at_prose(text)
    return _look_at_sentence(text) if _SENTENCE.fullmatch(text) and "   " not in text else _look(text)


_AT = tuple({value: k for k, value in enumerate(values)} for _, values in FACTS)


@lru_cache(maxsize=1 << 12)
def _coded(row: tuple[str, ...]) -> bytes:
    return bytes(at[value] for at, value in zip(_AT, row, strict=True))


def _look(text: str, own: LineTitle | None = None) -> LineFacts:
    edit = _EDIT_LINK.search(text) if text[-1] == "]" else None
    if edit is not None and text[: edit.start()].strip():
        text = text[: edit.start()].rstrip()
    short = len(text) <= LONG
    spaced = unspaced(text) if text[1:2] == " " else text
    begins, ends = _begins(text), _ends(text)
    label = own.label if own is not None and own.label else heading_label(spaced) if short else None
    number = numbered_title(spaced) if short and label is None else None
    style, value, rest_at = _item(text)
    known = title_kind(spaced) if short and (begins != "small" or len(text) < BARE_TITLE) else None
    if own is not None and own.label is None:
        known = own.kind
    label_number: Number = _NO_NUMBER
    if label is not None:
        label_number = label.rank, label.value
    elif number is not None:
        parent = number.number.rpartition(".")[0] if number.rank == "decimal" else ""
        label_number = f"{number.rank} {parent}", number.value
    context = _context(spaced, known)
    inner = _has_inner_end(text if label is None else spaced[label.rest_at :])
    verb, person = _words(spaced, short, inner)
    row = (
        begins,
        ends,
        _case(spaced, begins),
        _count(text),
        _figures(text),
        style or "none",
        _after(text, style, rest_at),
        _label_value(label, spaced),
        _numbered_value(number, spaced),
        known or ("never a title" if short and is_no_title(text) else "no"),
        verb,
        person,
        _kind(text, spaced, begins, ends, short),
        _columns(text),
        _leader(text, short),
        "edit link" if edit is not None else _markup(text, short),
        _alphabet(text[:200]),
        "yes" if inner else "no",
        last_word(text),
        line_words(spaced),
    )
    return LineFacts(_coded(row), (style, value), label_number, context, label is not None or (known is not None and not context))


_NO_NUMBER: Number = ("", None)


def _look_at_prose(text: str) -> LineFacts:
    """The same for a line of prose that begins with a small letter and has nothing but words, which most lines are."""
    asks = text[-1] in ".зрқк" and is_question(text)
    kind = "asks" if asks else "source" if ("–" in text or "-" in text) and is_source(text) else "plain"
    count = len(text.split())
    words = _WORD_COUNTS[count] if count < len(_WORD_COUNTS) else "more"
    verb = "yes" if ends_in_verb(text) else "no"
    row = ("small", _ends(text), "small", words, *_OF_PROSE[:6], verb, "no", kind, *_OF_PROSE[6:], last_word(text), "none")
    return LineFacts(_coded(row), _NO_NUMBER, _NO_NUMBER, "", False)


def _look_at_sentence(text: str) -> LineFacts:
    """The same for a line that begins with a capital and a small letter and has nothing but words, figures and their usual signs."""
    label = heading_label(text)
    known = title_kind(text)
    inner = _has_inner_end(text if label is None else text[label.rest_at :])
    verb, person = _words(text, True, inner)
    ends = _ends(text)
    if text[0] == "Е" or "ескертпесі" in text or caption(text):
        kind = _kind(text, text, "capital", ends, True)
    elif ("–" in text or "—" in text or "- " in text or text[0] in "ДИ") and is_source(text):
        kind = "source"
    else:
        kind = "asks" if text[-1] in "?.!зрқк" and is_question(text) else "plain"
    row = (
        "capital",
        ends,
        "sentence" if _SMALL_WORD.search(text, 0, 120) else _case(text, "capital"),
        _count(text),
        _figures(text),
        "none",
        "no label",
        _label_value(label, text),
        "none",
        known or ("never a title" if is_no_title(text) else "no"),
        verb,
        person,
        kind,
        "one",
        _leader(text, True),
        _markup(text, True) if "(" in text or "::" in text else "none",
        "cyrillic",
        "yes" if inner else "no",
        last_word(text),
        line_words(text),
    )
    number: Number = _NO_NUMBER if label is None else (label.rank, label.value)
    context = _context(text, known)
    return LineFacts(_coded(row), _NO_NUMBER, number, context, label is not None or (known is not None and not context))


_OF_PROSE = ("none", "none", "no label", "none", "none", "no", "one", "none", "none", "cyrillic", "no")
"""Facts that lines of prose share: figures, labels and titles; columns, leaders, mark-up, alphabet, ends within."""


def _begins(text: str) -> str:
    first = text[0]
    if first in "oØü§" and text[1:2] == " " and list_label(text) is not None:
        return "bullet"
    if first.islower():
        return "latin" if first.isascii() else "small"
    if first.isupper():
        return "latin" if first.isascii() and first not in "IXVC" else "capital"
    if first.isdigit():
        return "digit"
    if first in _DASHES:
        return "dash"
    if first in _BULLETS:
        return "bullet"
    if first in _QUOTES:
        return "small in quotes" if text[1:2].islower() else "capital in quotes"
    return "bracket" if first in "([{" else "capital" if first.isalpha() else "sign"


_END_NAMES = {
    ".": "point",
    "!": "mark",
    "?": "mark",
    "…": "mark",
    ":": "colon",
    ";": "semicolon",
    ",": "comma",
    "-": "hyphen",
    "\xad": "hyphen",
    "¬": "hyphen",
    "\u2010": "hyphen",
    "\x02": "hyphen",
    "–": "dash",
    "—": "dash",
}


_OPEN = (files(__package__) / "data" / "open_abbreviations.txt").read_text(encoding="utf-8").split("\n")
_POINT = r"\.\s?"
_OPEN_WORDS = [word for word in _OPEN if word and not word.startswith("#")]
_ANY_OPEN = "|".join(_POINT.join(word[:-1].split(".")) for word in _OPEN_WORDS)
_LONGEST_OPEN = max(len(word) + word.count(".") for word in _OPEN_WORDS)
_OPEN_ABBREVIATION = re.compile(rf"(?<!\w)(?:{_ANY_OPEN})\.\Z", re.IGNORECASE)
"""Abbreviations that something must follow, at the end of a line; their points may have spaces after them."""


def _ends(text: str) -> str:
    last = text[-1]
    if last == "." and _OPEN_ABBREVIATION.search(text, max(0, len(text) - _LONGEST_OPEN)) is not None:
        return "letter"
    name = _END_NAMES.get(last)
    if name is not None:
        return name
    if last.isalpha():
        return "capital" if last.isupper() else "letter"
    if last.isdigit():
        return "digit"
    if last in "»\"”’'":
        return "closed quotation" if text[-2:-1] in ".!?…" else "quotation"
    return "bracket" if last in ")]}" else "sign"


def _case(text: str, begins: str) -> str:
    if begins == "small":
        return "small"
    if is_capitals(text):
        return "capitals"
    words = [word for word in text[:120].split() if word[0].isalpha()]
    if not words:
        return "no letters" if not _CYRILLIC.search(text) and not _LATIN.search(text) else "sentence"
    if words[0].isupper() and len(words[0]) > 2:
        return "first word in capitals"
    return "names" if len(words) > 1 and all(word[0].isupper() for word in words) else "sentence"


def _count(text: str) -> str:
    count = len(text.split()) if len(text) <= LONG else LONG
    return _WORD_COUNTS[count] if count < len(_WORD_COUNTS) else "more"


def _figures(text: str) -> str:
    text = text[:LONG]
    if not _DIGIT.search(text):
        return "none"
    count = len(_DIGIT.findall(text)) if not text.isalpha() else 0
    if not count:
        return "none"
    share = count / len(text)
    return "few" if share < 0.2 else "half" if share < 0.5 else "only" if not any(map(str.isalpha, text)) else "most"


def _item(text: str) -> tuple[str, int | None, int]:
    """Style, value and end of the label that an item would have."""
    first = text[0]
    if first == "[":
        found = _BRACKETED.match(text)
        return ("[1]", int(found.group()[1:-1]), found.end()) if found else ("", None, 0)
    if first.isdecimal():
        decimal = _DECIMAL.match(text)
        if decimal is not None:
            return "1.1", None, decimal.end()
    label = (
        list_label(text)
        if first in "0123456789(№" or not first.isalpha() or text[1:2] == ")" or text[1:3] == ". " or first in "IІVХXoØü"
        else None
    )
    if label is not None:
        style = label.style if label.style in ("bullet", "dash", "1.", "1)", "(1)", "I)", "№ 1") else "а)"
        return ("*", None, label.rest_at) if first == "*" else (style, label.value, label.rest_at)
    if first.isdecimal():
        bare = _BARE.match(text)
        return ("1", int(bare.group()), bare.end()) if bare else ("", None, 0)
    if first in "IІVХXLС":
        roman = _ROMAN_ITEM.match(text)
        return ("I.", None, roman.end()) if roman else ("", None, 0)
    return "", None, 0


def _after(text: str, style: str, rest_at: int) -> str:
    if not style:
        return "no label"
    rest = text[rest_at:].lstrip()[:1] if rest_at < len(text) else ""
    if not rest:
        return "nothing"
    return "small" if rest.islower() else "capital" if rest.isupper() or rest in _QUOTES else "other"


def _label_value(label: HeadingLabel | None, text: str) -> str:
    if label is None or label.rank not in _RANKS:
        return "none"
    rest = text[label.rest_at :]
    return f"{label.rank}, {'alone' if not rest else 'prose' if rest[0].islower() else 'title'}"


def _numbered_value(number: HeadingLabel | None, text: str) -> str:
    if number is None:
        return "none"
    alone = number.rest_at >= len(text)
    if number.rank == "decimal":
        return "decimal" if number.number.count(".") == 1 else "decimal 3"
    if number.rank == "roman":
        return "roman alone" if alone else "roman"
    return "number alone" if alone else "number" if number.closed else "number, no point"


def _context(text: str, known: str | None) -> str:
    if known == "back_matter" and any(word in normal_title(text) for word in _LITERATURE):
        return "sources"
    return {"questions": "questions", "outline": "plan", "contents": "contents"}.get(known or "", "")


def _has_inner_end(text: str) -> bool:
    """A sentence ends within the line and another begins."""
    if ". " not in text and "! " not in text and "? " not in text and "… " not in text and "» " not in text:
        return False
    return _INNER_END.search(text, 0, LONG) is not None


def _words(text: str, short: bool, inner: bool) -> tuple[str, str]:
    """What the words say: a finite verb at the end, two sentences; a name, a date."""
    if not short:
        return "long", "no"
    verb = "two sentences" if inner else "yes" if ends_in_verb(text) else "no"
    return verb, "no" if len(text) > LONGEST_NAME else person_or_date(text)


def _kind(text: str, spaced: str, begins: str, ends: str, short: bool) -> str:
    if begins in ("dash", "sign", "bullet", "digit", "bracket") or text[0] in "Ее" or (short and "ескертпесі" in text):
        if _RULE.match(text):
            return "rule"
        if _ORNAMENT.match(text):
            return "ornament"
        if _NOTE.match(text):
            return "note"
        if begins == "bracket" and text[-1] in ")]" and not text[1:2].isdigit():
            return "in brackets"
    if short and caption(text):
        return "caption"
    if not short:
        return "plain"
    if spaced is not text:
        return "letter-spaced"
    if begins == "dash" and _SAID.search(text):
        return "said"
    if ("–" in text or "—" in text or "- " in text or "/" in text or text[0] in "ДИ") and is_source(text):
        return "source"
    if text[-1] in "?.!зрқк" and is_question(text):
        return "asks"
    return "address" if ("@" in text or "www" in text or "http" in text or text[-1].isdigit()) and _ADDRESS.search(text) else "plain"


def _columns(text: str) -> str:
    if text.count("|") > 1:
        return "bars"
    if "   " not in text and "\t" not in text:
        return "one"
    gaps = len(_COLUMNS.findall(text[:LONG]))
    return ("one", "two", "three")[gaps] if gaps < 3 else "more"


def _leader(text: str, short: bool) -> str:
    if not short:
        return "none"
    if "..." in text or "…" in text or " . ." in text or "___" in text or "···" in text:
        dots = _DOTS.search(text)
        if dots is not None:
            return "dots and number" if text[-1].isdigit() else "dots"
    if text[-1].isdigit() and not text[0].isdigit():
        entry = toc_entry(text)
        if entry is not None:
            return "wide space and number" if entry.leader == "spaces" else "number at the end"
    return "none"


def _markup(text: str, short: bool) -> str:
    first = text[0]
    if first == "#":
        level = len(text) - len(text.lstrip("#"))
        if text[level : level + 1] == " ":
            return f"# {min(level, 3)}"
    if first in "`~" and text[:3] in ("```", "~~~"):
        return "fence"
    if first == ">":
        return "quote"
    if first == "|" and text.count("|") > 1:
        return "table"
    if first in "*_" and _EMPHASIS.match(text):
        return "emphasis"
    if text[-1] == ";" and text.isascii():
        return "code"
    return "code" if short and not _CODE_MARKS.isdisjoint(text) and _CODE.search(text) else "none"


def _alphabet(text: str) -> str:
    if not _LATIN.search(text):
        return "cyrillic"
    if text.isascii():
        return "latin" if _LATIN.search(text) else "cyrillic"
    latin = len(_LATIN.findall(text))
    return "cyrillic" if latin < 3 else "mixed" if _CYRILLIC.search(text) else "latin"
