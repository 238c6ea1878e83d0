"""What the beginning (or the whole) of a line says it is: a heading's label, a list item, an entry of the table of contents, a source.

Pure functions over the text of one line. They give *candidates*: "1-бап" also stands at the beginning of a line of prose that happens
to be wrapped there. What the line is, is decided in `headings`, `contents` and `paragraphs`, which see the lines around it.

The words come from tables that can be corrected without reading code: `data/heading_labels.tsv`, `data/titles.tsv`,
`data/not_titles.tsv`, `data/ordinals.tsv`. Their rows were collected from the way Kazakh laws, school books, theses and lecture
notes are headed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, cast

from kz_textkit.alphabet import KAZAKH_UPPER
from kz_textkit.document import SectionKind

__all__ = [
    "HeadingLabel",
    "ListLabel",
    "TocEntry",
    "caption",
    "heading_label",
    "is_no_title",
    "is_question",
    "is_source",
    "is_table_like",
    "list_label",
    "normal_title",
    "numbered_title",
    "roman_value",
    "title_kind",
    "toc_entry",
    "unspaced",
]


def _table(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]


class HeadingLabel(NamedTuple):
    """A label such as `1-дәріс.`, with what stands after it."""

    rank: str
    """What it numbers (`lecture`, `chapter`, `article`, ...), `decimal` and `number` for bare numbers, `roman` for bare Roman ones."""
    order: float
    """Guess of its place in a tree of sections: smaller stands above."""
    kind: SectionKind
    number: str
    """As printed, without the closing point."""
    value: int | None
    """The last part of the number as an integer, where it is one."""
    rest_at: int
    """Offset in the line of the title after the label; the length of the line where nothing comes."""
    closed: bool
    """A point, colon or bracket closes the label."""


class ListLabel(NamedTuple):
    """A label of a list item: a bullet, or a number or letter with its punctuation."""

    style: str
    """`bullet`, `dash`, or the shape of the label: `1.`, `1)`, `(1)`, `а)`, `I)`, `№ 1`."""
    value: int | None
    rest_at: int


class TocEntry(NamedTuple):
    """A line of a table of contents that ends with a page number."""

    title: str
    page: int
    leader: str
    """`dots`, `spaces`, or `none` where one space stands before the number."""


_RANKS = {word: (rank, float(order), kind) for word, rank, order, kind in _table("heading_labels.tsv") if kind != "note"}
_CAPTIONS = [word for word, _, _, kind in _table("heading_labels.tsv") if kind == "note"]
_UNITS = {word: int(value) for word, value, place in _table("ordinals.tsv") if place == "unit"}
_TENS = {word: int(value) for word, value, place in _table("ordinals.tsv") if place == "ten"}
_WHOLE = {word: int(value) for word, value, place in _table("ordinals.tsv") if place == "whole"}
_TITLES: dict[str, dict[str, str]] = {"whole": {}, "start": {}, "end": {}}
for _title, _match, _kind in _table("titles.tsv"):
    _TITLES[_match][_title] = _kind
_NOT_TITLES = tuple(row[0] for row in _table("not_titles.tsv"))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


# Roman numerals are typed with Cyrillic look-alikes as often as not.
_ROMAN_LETTERS = str.maketrans("ІӀХСМѴ", "IIXCMV")
_ROMAN = r"(?-i:[IІӀVѴXХLCС]{1,7})(?![\w])"
_DIGITS = r"\d{1,4}(?:[-.–]\d{1,4}){0,4}"
_ORDINAL = rf"(?:(?:{_any_of(_TENS)})\s+)?(?:{_any_of(_UNITS)})|{_any_of(_WHOLE)}"
_WORDS = _any_of(word for word in _RANKS if word != "§")
_AFTER = r"(?P<after>\s*[.:)]+|\s*[-–—](?=\s)|\s*$|(?=\s))\s*[-–—]?\s*"

_LABEL = re.compile(
    rf"""[«"“(\[]?(?:
      (?:№\s*)?(?P<n1>{_DIGITS}|{_ROMAN})(?:\s*[-–—]\s*(?:ші|шы)|\s*[-–—]?\s*(?:інші|ыншы|нші|ншы|ші|шы|ая|я|й))?[.)]?\s*[-–—]?\s*
        (?P<w1>{_WORDS})(?!\w)(?!-)
    | (?P<w2>{_WORDS})\s*[-–—]?\s*(?:№\s*|N\s*)?(?P<n2>{_DIGITS}|{_ROMAN}|(?-i:[{KAZAKH_UPPER}A-Z])(?![\w]))(?![\w-])
    | (?P<n3>{_ORDINAL})\s+(?P<w3>{_WORDS})(?!\w)(?!-)
    | §+\s*(?P<n4>{_DIGITS})(?!\w)
    | (?P<n5>{_DIGITS})\s*[-–—.]?\s*§
    )(?:\s+тақырыбы)?{_AFTER}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TOPIC = re.compile(
    r"(?P<w>дәріс|лекция|сабақ|семинар|тема|тақырып)(?:т[ыі]ң|н[ыі]ң|д[ыі]ң)?\s+(?:тақырыбы|лекции|урока|занятия)\s*:\s*", re.IGNORECASE
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?(?:\s+|(?=[^\W\d])|$)")
_NUMBER = re.compile(r"(\d{1,3})([.)]?)(?:\s+|(?=[^\W\d])|$)")
_BARE_ROMAN = re.compile(rf"({_ROMAN})([.)]?)(?:\s+|$)")
_CAPTION = re.compile(
    rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*\s*[-–—]?\s*(?:ші\s+|шы\s+)?(?:{_any_of(_CAPTIONS)})|(?:{_any_of(_CAPTIONS)})\s*№?\s*\d{{1,3}}(?:\.\d{{1,3}})*)"
    r"(?!\w)\s*(?:[.:–—-]|$)",
    re.IGNORECASE,
)


def roman_value(number: str) -> int | None:
    """Value of a Roman numeral, Cyrillic look-alikes taken for their Latin letters; None where it is none.

    >>> roman_value("ХІV"), roman_value("IIII"), roman_value("СІ")
    (14, None, 101)
    """
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "M": 1000}
    latin = number.translate(_ROMAN_LETTERS)
    if not latin or not re.fullmatch(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", latin):
        return None
    digits = [values[letter] for letter in latin]
    return sum(-one if one < following else one for one, following in zip(digits, [*digits[1:], 0], strict=True))


def _value(number: str) -> int | None:
    if number[0].isdigit():
        return int(re.split(r"[-.–]", number)[-1])
    roman = roman_value(number)
    if roman is not None:
        return roman
    words = number.casefold().split()
    if len(words) == 2:
        return _TENS.get(words[0], 0) + _UNITS.get(words[1], 0)
    if words[0] in _UNITS or words[0] in _WHOLE:
        return _UNITS.get(words[0]) or _WHOLE[words[0]]
    return ord(number) if len(number) == 1 else None


_FIRST_WORDS = frozenset(word.split()[0] for word in {*_RANKS, *_UNITS, *_WHOLE, *_TENS})
_TOPIC_WORDS = ("дәріс", "лекци", "сабақ", "семин", "тема", "тақыр")
_FIRST_LETTERS = frozenset(word[:2].casefold() for word in (*_FIRST_WORDS, *_TOPIC_WORDS))
_NUMBER_FIRST = frozenset('0123456789№«"“([IІӀVѴXХLCС')
_AFTER_NUMBER = re.compile(
    r"[«\"“(\[№\s]*(?:[\d.–-]+|[IІӀVѴXХLCС]+)[.)]?\s*[-–—]?\s*(?:(?:ші|шы|інші|ыншы|нші|ншы|ая|я|й)\s+)?([^\W\d]+|§)?"
)
_ORDINAL_ENDING = ("ші", "шы", "ая", "я", "й")


def _may_have_label(text: str) -> bool:
    """What is cheapest to see of a line: the word that its number stands before, or its first word, can be that of a label."""
    first = text[0]
    if first in _NUMBER_FIRST:
        match = _AFTER_NUMBER.match(text)
        if match is None or not match[1]:
            return match is not None and match.end() < len(text) and _may_have_word(text[match.end() :].lstrip())
        return match[1] == "§" or match[1].casefold() in _FIRST_WORDS or (first in 'СС«"“([' and _may_have_word(text.lstrip('«"“([')))
    return first == "§" or _may_have_word(text)


def _may_have_word(text: str) -> bool:
    if text[:2].casefold() not in _FIRST_LETTERS and text[:1] != "§":
        return False
    word = text[:24].split(None, 1)[0].rstrip(".:№N-–0123456789").casefold()
    return word in _FIRST_WORDS or word.startswith(_TOPIC_WORDS)


def heading_label(text: str) -> HeadingLabel | None:
    """The label with a word (`1-дәріс`, `ІІ тарау`, `Бірінші бөлім`, `§ 5`, `12-1-бап`) that the line begins with.

    After the label the line must end, or punctuation close it, or a capital, digit or quotation mark follow: "2-тарау бойынша" is
    prose.

    >>> label = heading_label("1-дәріс.  «Тіл» пәні")
    >>> label.rank, label.number, "1-дәріс.  «Тіл» пәні"[label.rest_at:]
    ('lecture', '1', '«Тіл» пәні')
    >>> heading_label("Он екінші бөлім").value, heading_label("ІІІ ТАРАУ").number
    (12, 'ІІІ')
    >>> heading_label("5-бапта көрсетілген") is heading_label("5-бап бойынша") is None
    True
    """
    if not text or text[0].islower() or not _may_have_label(text):
        return None
    match = _LABEL.match(text)
    if match is None:
        topic = _TOPIC.match(text)
        if topic is None:
            return None
        rank, order, kind = _RANKS[topic["w"].casefold()]
        return HeadingLabel(rank, order, cast(SectionKind, kind), "", None, topic.end(), True)
    word = match["w1"] or match["w2"] or match["w3"] or "§"
    number = match["n1"] or match["n2"] or match["n3"] or match["n4"] or match["n5"]
    rest_at = match.end()
    closed = bool(match["after"].strip())
    follows = text[rest_at : rest_at + 1]
    if follows and not closed and not (follows.isupper() or follows.isdigit() or follows in "«\"“„‘('") and word != "§":
        return None
    rank, order, kind = _RANKS[" ".join(word.casefold().split())]
    return HeadingLabel(rank, order, cast(SectionKind, kind), number, _value(number), rest_at, closed)


def numbered_title(text: str) -> HeadingLabel | None:
    """The bare number (`1.2`, `1.`, `II.`, `3` alone) that the line begins with, if a title could follow it.

    >>> numbered_title("1.2 Зерттеу әдістері").number, numbered_title("ІІ. Сөз таптары").rank
    ('1.2', 'roman')
    >>> numbered_title("1.5 миллион теңге") is numbered_title("С. Сейфуллин") is None
    True
    """
    first = text[:1]
    if first.isdigit():
        match = _DECIMAL.match(text)
        rank = "decimal"
        if match is None:
            match, rank = _NUMBER.match(text), "number"
    elif first and first in "IІӀVѴXХLCС":
        match, rank = _BARE_ROMAN.match(text), "roman"
    else:
        return None
    if match is None:
        return None
    number = match[1]
    value = roman_value(number) if rank == "roman" else _value(number)
    follows = text[match.end() : match.end() + 1]
    if rank == "roman" and len(number) == 1 and value in (50, 100):
        return None  # The initial of a name: no text that is numbered so goes so far.
    if value is None or (follows and not (follows.isupper() or follows in '«"“„')):
        return None
    # Bare numbers stand below labels with words, `I` above `1`, and that above `1.1`.
    order = {"roman": 7.2, "number": 7.4, "decimal": 7.5 + number.count(".") / 10}[rank]
    closed = rank == "decimal" or bool(match[2])
    return HeadingLabel(rank, order, "section", number, value, match.end(), closed)


_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){3,}(?:\s{2,}[^\W\d_](?: [^\W\d_])+)*[.:]?")


def unspaced(text: str) -> str:
    """A letter-spaced title put together; any other text as it is.

    >>> unspaced("К І Р І С П Е"), unspaced("А Л Ғ Ы   С Ө З"), unspaced("Ол ай мен күн")
    ('КІРІСПЕ', 'АЛҒЫ СӨЗ', 'Ол ай мен күн')
    """
    if text[1:2] != " " or not _SPACED.fullmatch(text):
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text))


_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 12)
def normal_title(text: str) -> str:
    """A title for comparison: no case, no punctuation, one space between words.

    >>> normal_title("«Саяси билік» пәнінің мақсаты.") == normal_title("Саяси билік пәнінің мақсаты")
    True
    """
    return _NOT_LETTERS.sub(" ", unspaced(text).casefold()).strip()


MAX_KNOWN = 90
"""Characters of the longest line that can be a known title."""


_KNOWN_HEADS = frozenset(title[:2] for match in ("whole", "start") for title in _TITLES[match])
_KNOWN_ENDS = frozenset(title.split()[-1] for title in _TITLES["end"])


def _may_be_known(text: str) -> bool:
    """What is cheapest to see: the line begins, or ends, as one of the known titles does."""
    if text[:4].lstrip('«"“')[:2].casefold() in _KNOWN_HEADS or text[1:2] == " ":
        return True
    return text.rpartition(" ")[2].rstrip('.:!?»”")').casefold() in _KNOWN_ENDS


def title_kind(text: str) -> str | None:
    """What the title in the tables opens: a kind of section, `outline` for a plan, or None for a line that is no known title.

    >>> title_kind("К І Р І С П Е"), title_kind("Пайдаланылған әдебиеттер тізімі:"), title_kind("Тақырыпты пысықтау сұрақтары:")
    ('front_matter', 'back_matter', 'questions')
    >>> title_kind("Кіріспе бөлімде айтылды.") is None
    True
    """
    return _title_kind(text) if len(text) <= MAX_KNOWN and text and _may_be_known(text) else None


@lru_cache(maxsize=1 << 12)
def _title_kind(text: str) -> str | None:
    normal = normal_title(text)
    whole = _TITLES["whole"].get(normal)
    if whole is not None:
        return whole
    if text[-1:] in ".,;":
        return None
    words = normal.split()
    if len(words) > 9 or (not text[:1].isupper() and text[:1] not in '«"“'):
        return None
    for size in (1, 2, 3):
        ending = _TITLES["end"].get(" ".join(words[-size:]))
        if ending is not None and len(words) >= size:
            return ending
    if len(words) <= 6:
        for start, kind in _TITLES["start"].items():
            if normal.startswith(start):
                return kind
    return None


def is_no_title(text: str) -> bool:
    """The line begins like something that stands alone without being a title: a library code, key words, a mark of the press.

    >>> is_no_title("ӘОЖ 811.512.122"), is_no_title("Кілт сөздер: тіл, сөз"), is_no_title("Кілт пен құлып")
    (True, True, False)
    """
    if not text.startswith(_NOT_TITLES):
        return False
    start = next(start for start in _NOT_TITLES if text.startswith(start))
    return not text[len(start) : len(start) + 1].isalpha()


_BULLET = re.compile(r"(?P<bullet>[•●○◦▪■□▫◆◇►▶▸➢➤✓✔✦★☆·∙*+]|[oØü§](?=\s+[^\sa-zA-Z\d]))\s*|(?P<dash>[-–—−])\s+")
"""Bullets of word processors are also letters of fonts of signs, which come out of PDF as what their codes are in others."""
_ASTERISM = re.compile(r"[*•·∙☆★✦◆◇](?:\s*[*•·∙☆★✦◆◇]){2,}$")
"""`* * *` between parts of a text."""
_LIST = re.compile(
    r"(?P<number>\d{1,3})\*?(?P<close>[.)])(?:\s+|(?=[^\W\d]))|\((?P<bracket>\d{1,3})\)\s*|(?P<letter>[^\W\d_])\)\s*|№\s?(?P<no>\d{1,3})[.)]?\s+"
    rf"|(?P<roman>{_ROMAN})\)\s*"
)


def list_label(text: str) -> ListLabel | None:
    """The label of a list item that the line begins with.

    >>> list_label("• тіл").style, list_label("2) сөз").style, list_label("а) дыбыс").style, list_label("(3) буын").value
    ('bullet', '1)', 'а)', 3)
    >>> list_label("o тіл").style, list_label("§ 5. Тіл"), list_label("* * *")
    ('bullet', None, None)
    """
    match = _BULLET.match(text)
    if match is not None and _ASTERISM.match(text) is not None:
        return None
    if match is not None:
        return ListLabel("bullet" if match["bullet"] else "dash", None, match.end())
    match = _LIST.match(text)
    if match is None:
        return None
    if match["number"]:
        return ListLabel("1" + match["close"], int(match["number"]), match.end())
    if match["bracket"]:
        return ListLabel("(1)", int(match["bracket"]), match.end())
    if match["no"]:
        return ListLabel("№ 1", int(match["no"]), match.end())
    if match["roman"]:
        return ListLabel("I)", roman_value(match["roman"]), match.end())
    return ListLabel("а)", None, match.end())


_ASKING = re.compile(r"(?:\?|(?:[аеыі]ң[ыі]з|(?:ң[ыі]зд[ае]р)|[ыі]ңд[ае]р|[ае]йық|[ае]йік)[.!]?)$")
LONGEST_ASKING = 12
"""Characters at the end of a line among which the ending stands that asks."""


def is_question(text: str) -> bool:
    """The line asks or tells the reader to do something: it ends in a question mark or a polite imperative.

    >>> is_question("Сөз таптарын атаңыз."), is_question("Тіл деген не?"), is_question("Тіл туралы айтты.")
    (True, True, False)
    """
    return _ASKING.search(text, max(0, len(text) - LONGEST_ASKING)) is not None


_DOTTED = re.compile(
    r"^(?P<title>\S.*?)\s*(?:\.{3,}|…+|(?:\s?\.\s){3,}|_{3,}|·{3,})[.…_·\s]*(?P<page>\d{1,4})(?:\s*(?:бет|б|с|стр)\.?)?$"
)
_SPACES = re.compile(r"^(?P<title>\S.*?\S)(?:\s{2,}|\t+\s*)(?P<page>\d{1,4})$")
_ONE_SPACE = re.compile(r"^(?P<title>\S.*[^\W\d»\")].*?)\s(?P<page>\d{1,4})$")


def toc_entry(text: str) -> TocEntry | None:
    """The line as an entry of a table of contents, if it ends in a page number. One space before it is the weakest sign.

    >>> toc_entry("Кіріспе........ 4")
    TocEntry(title='Кіріспе', page=4, leader='dots')
    >>> toc_entry("2-тарау. Зат есім      27").leader, toc_entry("Зат есім 27").leader
    ('spaces', 'none')
    """
    if not text[-1:].isdigit() and text[-1:] not in "тбср.":
        return None
    for pattern, leader in ((_DOTTED, "dots"), (_SPACES, "spaces"), (_ONE_SPACE, "none")):
        if leader == "dots" and not ("..." in text or "…" in text or ". ." in text or "___" in text or "···" in text):
            continue
        match = pattern.match(text)
        if match is not None:
            return TocEntry(match["title"].rstrip(" .…_·\t"), int(match["page"]), leader)
    return None


_SOURCE = re.compile(
    r"//\s|[–—-]\s*(?:Алматы|Астана|Нұр-Сұлтан|Алма-Ата|М\.|Москва|СПб\.?|Л\.|Киев|Қарағанды|Шымкент|Түркістан|Ташкент)\s*[.:,]"
    r"|[–—-]\s*\d{1,4}\s*(?:бет|б|с)\.|Дерек\s?көз|Источник\s*:|\bISBN\b"
)
_SOURCE_STARTS = ("Дерек көз", "Дереккөз", "Источник:")
_AUTHOR = re.compile(r"^(?:\[?\d{1,3}[\].)]*\s*)?[^\W\d_][\w'’-]+,?\s+[^\W\d_]\.\s?(?:[^\W\d_]\.)?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def is_source(text: str) -> bool:
    """The line looks like an entry of a list of literature, or says where something comes from.

    >>> is_source("1. Сейітов С. Сөз өнері. – Алматы: Мектеп, 1998. – 240 б.")
    True
    >>> is_source("Ол 1998 жылы Алматыда туған.")
    False
    """
    found = len(_SOURCE.findall(text))
    if not found:
        return False
    return text.startswith(_SOURCE_STARTS) or found + (_AUTHOR.match(text) is not None) + (_YEAR.search(text) is not None) >= 2


_COLUMN = re.compile(r"\S(?:\s{3,}|\t)\S")


def is_table_like(text: str) -> bool:
    """The line looks like a row of a flattened table: columns kept apart by wide spaces, or mostly figures.

    >>> is_table_like("Алматы     1250     14,5"), is_table_like("Алматы – үлкен қала.")
    (True, False)
    """
    if "\t" in text or "   " in text:
        return len(_COLUMN.findall(text)) >= 2
    words = text.split()
    figures = sum(word[0].isdigit() or word in "-–—" for word in words)
    return len(words) >= 3 and figures * 2 >= len(words) + 1


def caption(text: str) -> bool:
    """The line is the label or caption of a table or figure.

    >>> caption("1-кесте. Жалғаулар"), caption("Сурет 3 – Карта"), caption("1-кестеде берілген")
    (True, True, False)
    """
    return _CAPTION.match(text) is not None
