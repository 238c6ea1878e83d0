"""What a line of a title page is: a title, or what stands beside one, as names, codes, places and kinds of text do.

Title pages of Kazakh books, theses and orders say who wrote the text, for which school or house, by whose leave, what kind of text it
is, where and when; and somewhere among this what it is called. The words stand in `data/title_page.tsv`, which a linguist can correct;
names, places with years, dates and codes are known by their shape.
"""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files

__all__ = ["is_kind_of_text", "is_name", "may_be_name", "named_work", "part_that_is_title", "says_nothing"]

LONGEST = 160
"""Characters of the longest title."""


def _rows() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    for line in files("kz_textkit.cleaning").joinpath("data/title_page.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, match = line.partition("\t")
            rows[match].append(words.casefold())
    return rows


_ROWS = _rows()
_WHOLE, _KINDS = frozenset(_ROWS["whole"]), frozenset(_ROWS["over"])
_START, _END = tuple(_ROWS["start"]), tuple(_ROWS["end"])
_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _ROWS['word']))})(?!\w)")
_BEFORE = re.compile(rf"\s*(?:{'|'.join(map(re.escape, sorted(_ROWS['before'], key=len, reverse=True)))})\s*[:–—-]\s*", re.IGNORECASE)

_INITIALS = r"[А-ЯӘҒҚҢӨҰҮҺІЁA-Z]\.\s?(?:[А-ЯӘҒҚҢӨҰҮҺІЁA-Z]\.\s?)?"
_CAPITALIZED = r"[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+(?:-[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+)?"
_UPPER = r"[А-ЯӘҒҚҢӨҰҮҺІЁ]{2,}"
_SURNAME = r"(?:[ое]в|[ое]ва|ин|ина|ұлы|қызы|ский|ская|тегі)"
_NAME = re.compile(
    rf"(?:{_INITIALS}(?:{_CAPITALIZED}|{_UPPER})|(?:{_CAPITALIZED}|{_UPPER})\s{_INITIALS})(?:\s*,.*)?"
    rf"|(?=.*{_SURNAME}\b)(?:(?:{_CAPITALIZED}|{_UPPER})(?:\s+|$)){{2,3}}",
    re.IGNORECASE | re.DOTALL,
)
_CASED = re.compile(rf"(?:(?:{_INITIALS}|{_CAPITALIZED}|{_UPPER}|,)\s*)+")
_YEAR = re.compile(r"(?:[^\W\d_][\w.-]*[\s,–—-]+){0,2}[«(]?(?:1[5-9]|20)\d\d[»)]?(?:\s*(?:ж|жыл|г)\.?)?\Z")
_DATE = re.compile(r"(?:1[5-9]|20)\d\d\s*жыл(?:ғы|дың)\s+\d{1,2}[\s-]|\d{1,2}[.]\d{1,2}[.]\d{2,4}")
_CODE = re.compile(r"[\W\d]*\Z|[\d.]{5,}\s*[–—-]|№\s*[\d\W]*(?:\Z|.*\b(?:1[5-9]|20)\d\d\b)|©")
_PLACE = re.compile(rf"(?:[\w-]+\s+){{0,2}}(?:{'|'.join(map(re.escape, _ROWS['place']))})\.?\Z")
_AFTER = re.compile(rf".*?(?<!\w)(?:{'|'.join(map(re.escape, _ROWS['after']))})\s+", re.IGNORECASE)
_KIND_FIRST = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(_KINDS, key=len, reverse=True)))})[\s.:–—-]+(?=[«\"А-ЯӘҒҚҢӨҰҮҺІЁ])", re.I
)
_CAPITAL_WORDS = re.compile(rf"(?:(?:{_CAPITALIZED}|{_UPPER})(?:\s+|$)){{2,3}}")
_TRAILING_CAPITALS = re.compile(r"(?<!\w)[А-ЯӘҒҚҢӨҰҮҺІЁ«][А-ЯӘҒҚҢӨҰҮҺІЁ«».,–—-]+(?:\s+[А-ЯӘҒҚҢӨҰҮҺІЁ\d«»().,–—-]+)+\Z")

_THIS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _ROWS['this']))})(?!\w)", re.IGNORECASE)
_STEMS = sorted({kind.rstrip("қкпы") for kind in _KINDS if " " not in kind or kind.startswith("оқу құрал")} | {"кіта", "еңбе"})
_QUOTED = re.compile(rf"«([^«»]{{3,90}})»\s+(?:[\w-]+\s+){{0,2}}?(?:{'|'.join(map(re.escape, _STEMS))})", re.IGNORECASE)


def named_work(text: str) -> str:
    """The title of the work that a sentence of its preface names; empty where none does.

    >>> named_work("Ұсынылып отырған «Дала геологиясы» оқу құралы студенттерге арналған."), named_work("Ол «Абай жолы» романын оқыды.")
    ('Дала геологиясы', '')
    """
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        found = _QUOTED.search(sentence)
        if found is not None and _THIS.search(sentence, 0, found.start()) is not None:
            return found[1].strip()
    return ""


def is_name(line: str) -> bool:
    """Whether a line is somebody's name, with initials or with the ending of a surname.

    >>> is_name("Б. Т. Тұяқбаева"), is_name("Сейдахмет Оразбаев"), is_name("Абай жолы"), is_name("Қан мен тер")
    (True, True, False, False)
    """
    line = line.strip()
    return _CASED.fullmatch(line) is not None and _NAME.fullmatch(line) is not None


def may_be_name(line: str) -> bool:
    """Whether a line may be somebody's name: two or three words, each with a capital.

    >>> may_be_name("ЖАНАТ АСЫЛХАН"), may_be_name("Менің ауылым")
    (True, False)
    """
    return _CAPITAL_WORDS.fullmatch(line.strip()) is not None


def is_kind_of_text(line: str) -> bool:
    """Whether a line says what kind of text it is, and no more.

    >>> is_kind_of_text("Роман"), is_kind_of_text("(Монография)"), is_kind_of_text("Роман туралы ой")
    (True, True, False)
    """
    return bool({line.strip(" .:").casefold(), line.strip(' .:()«»"').casefold()} & _KINDS)


def says_nothing(line: str) -> bool:
    """Whether a line of a title page is no title: a code, an institution, leave to print, a place and year, who did what.

    >>> [says_nothing(line) for line in ("ӘОЖ 811.512", "Алматы, 2006", "«№ 12 орта мектеп» КММ", "Жетекшісі: Сәуле Тілеуова")]
    [True, True, True, True]
    >>> says_nothing("Ауылымыздың ауызсуы")
    False
    """
    plain = " ".join(line.casefold().strip(' .:()«»"').split())
    return (
        plain in _WHOLE
        or _begins(plain, _START)
        or plain.endswith(_END)
        or _WORD.search(plain) is not None
        or _PLACE.match(plain) is not None
        or any(pattern.match(line.strip()) for pattern in (_YEAR, _DATE, _CODE))
    )


def _begins(plain: str, words: tuple[str, ...]) -> bool:
    """Whether a line begins with one of these, as words of their own."""
    return plain.startswith(words) and any(plain.startswith(word) and not plain[len(word) : len(word) + 1].isalpha() for word in words)


def part_that_is_title(line: str) -> str:
    """The title in a line that has more: what stands after `Тақырыбы:`, or in capitals after a name.

    >>> part_that_is_title("Тақырыбы: Ауылымыздың ауызсуы"), part_that_is_title("Б. Т. Тұяқбаева ҚАЗАҚ ТІЛІНІҢ ТАРИХЫ")
    ('Ауылымыздың ауызсуы', 'ҚАЗАҚ ТІЛІНІҢ ТАРИХЫ')
    """
    found = _BEFORE.match(line)
    if found is not None and found.end() < len(line):
        return line[found.end() :].strip()
    after = _AFTER.match(line)
    if after is not None and line[after.end() : after.end() + 1].isupper():
        return line[after.end() :].strip()
    kind = _KIND_FIRST.match(line)
    if kind is not None and (line[kind.end()].isupper() or line[kind.end()] in '«"') and len(line) - kind.end() > 3:
        return line[kind.end() :].strip()
    capitals = _TRAILING_CAPITALS.search(line)
    if capitals is not None and is_name(line[: capitals.start()]):
        return capitals.group().strip()
    return line
