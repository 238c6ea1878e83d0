"""What the words of a line say of it as a title: capitals, a finite verb, a name, a date, a point at the end.

Only the text of the line is looked at; how it stands among other lines is the matter of `plain_titles`. The endings of finite verbs
follow the paradigms of Kazakh grammars: past in -ды/-ді/-ты/-ті, participles in -ған/-ген/-қан/-кен, persons in
-мын/-мін/-мыз/-міз, and the predicates `бар`, `жоқ`, `керек`, `емес`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kz_textkit.layout.labels import is_no_title

__all__ = [
    "CLOSING",
    "MAX_LABELLED",
    "MAX_PLAIN",
    "has_two_sentences",
    "has_word",
    "is_capitals",
    "is_open",
    "is_sentence",
    "is_signature",
    "is_title_like",
    "signs_of_words",
]

CLOSING = ".!?…:;"
"""Characters that end a sentence or what leads to a list."""
MAX_LABELLED = 400
"""Characters of the longest title with a label."""
MAX_PLAIN = 170
"""Characters of the longest title without a label."""

_SENTENCE_END = re.compile(r"[.!?…:;»”\")\]]$")
_TWO_SENTENCES = re.compile(r"[^\W\d]{2}[.!?…]\s+[«\"“]?[^\W\da-zа-яәғқңөұүһі]")
_VERB = re.compile(
    r"(?:[аеыіяйиулнрмңзжғгвб]д[ыі]|[кқпстшхф]т[ыі]|(?:[аеыіяйиулнрмңзжғгвб]д|[кқпстшхф]т)[ыі][мң]|[мпб][ыі]н|[мпб][ыі]з|с[ыі]ң|(?:[аеыіяйулнрмңзжкқпстшғгв])с[ыі]н|[ғқ]ан|[гк]ен|еді|екен|емес|жоқ|керек|қажет|тиіс|бар|болар|мүмкін)"
    r"$",
    re.IGNORECASE,
)
_AFTER_VERB = '.!?…»"'
_LONGEST_ENDING = 6
_DIGIT = re.compile(r"\d")
_NAME = re.compile(
    r"(?:[^\W\d_]\.\s?){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+\W*$"
    r"|[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+(?:\s[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+)?\s[А-ЯӘҒҚҢӨҰҮҺІЁ]{3,}\W*$"
    r"|(?:[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+\s){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+(?:ұлы|қызы|ов|ев|ова|ева|ин|ина|бай|бек|ич|вна)\W*$"
)
_SIGNED = re.compile(
    r"(?:^|\s)(?:[А-ЯӘҒҚҢӨҰҮҺІЁ]\.\s?){1,2}[А-ЯӘҒҚҢӨҰҮҺІЁ][\w-]+$|\s[А-ЯӘҒҚҢӨҰҮҺІЁ][а-яәғқңөұүһіё]+\s[А-ЯӘҒҚҢӨҰҮҺІЁ]{3,}$"
)
"""A line that ends in the name of who signs it."""
_DATE = re.compile(
    r"(?:^|\s)(?:1[89]|20)\d\d(?:\s*[-–]?\s*ж(?:ыл[а-яәғқңөұүһі]*)?\.?)?\s*\W*$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^\d{1,2}\s+[а-яәғқңөұүһі]+(?:,|\s|$)"
)
_PLACE_DATE = re.compile(r"^[^\W\d_][\w.-]+(?: қаласы| қ\.)?\s?,?\s*(?:1[5-9]|20)\d\d\s*(?:ж\.|жыл|г\.)?$", re.IGNORECASE)
_EXPLAINS = re.compile(r":\s+[а-яәғқңөұүһі]")
_WORD = re.compile(r"[^\W\d_]{2}")


def has_word(text: str) -> bool:
    """There are two letters side by side."""
    return _WORD.search(text) is not None


def is_capitals(text: str) -> bool:
    """Written in capitals, a small word at the end aside.

    >>> is_capitals("СӨЗ ТАПТАРЫ"), is_capitals("ПАРЛАМЕНТ: 1996-1999 жылдар"), is_capitals("Абай ҚҰНАНБАЕВ"), is_capitals("БҰҰ")
    (True, True, False, False)
    """
    if text[:1].islower():
        return False
    capitals = sum(map(str.isupper, text))
    return capitals >= 4 and (text.isupper() or (capitals * 5 >= sum(map(str.isalpha, text)) * 3 and text.split(None, 1)[0].isupper()))


def is_sentence(text: str) -> bool:
    """A sentence with its final point and a finite verb before it, or more than one.

    >>> is_sentence("Ол ауылға келді."), is_sentence("Биліктің сипаты.")
    (True, False)
    """
    if text[-1:] not in ".!…":
        return False
    return _ends_in_verb(text) or _TWO_SENTENCES.search(text) is not None


def _ends_in_verb(text: str) -> bool:
    return _VERB.search(text.rstrip(_AFTER_VERB)[-_LONGEST_ENDING:]) is not None


def is_title_like(text: str, *, labelled: bool = False) -> bool:
    """Short enough for a title, and not open at its end."""
    return len(text) <= (MAX_LABELLED if labelled else MAX_PLAIN) and text[-1:] not in (";" if labelled else ",;")


def is_signature(text: str) -> bool:
    """A name, a date or the like on a line of its own: what stands above or below an article.

    >>> is_signature("Айгүл ӘБЕНОВА"), is_signature("Аудан әкімі Б. Сәрсенов"), is_signature("Күзгі өлең")
    (True, True, False)
    """
    if is_no_title(text):
        return True
    return len(text) <= 70 and any(sign is not None for sign in (_NAME.match(text), _SIGNED.search(text), _DATE.search(text)))


def is_open(text: str) -> bool:
    """Nothing at the end of the line ends a sentence."""
    return _SENTENCE_END.search(text) is None


def has_two_sentences(text: str) -> bool:
    """A sentence ends within the line and another begins."""
    return _TWO_SENTENCES.search(text) is not None


def signs_of_words(title: str) -> Iterator[str]:
    """The names of the signs in the words of `title` that it is a title, or is none (`plain_titles.WEIGHTS`)."""
    final = title[-1:]
    if final == ".":
        yield "final point"
    elif final == ":":
        yield "final colon"
    elif final == "?":
        yield "question"
    elif final not in "!…":
        yield "no final point"
    capitals = is_capitals(title)
    if capitals:
        yield "capitals"
    elif final != "?" and _ends_in_verb(title):
        yield "verb"
    if _TWO_SENTENCES.search(title):
        yield "two sentences"
    words = title.count(" ") + 1
    if words > 12:
        yield "many words"
    if words > 6 and final == ".":
        yield "long, with final point"
    if title[:1].isdigit():
        yield "numbered"
    if (words <= 4 and _NAME.match(title)) or (words <= 7 and not capitals and _SIGNED.search(title)):
        yield "name"
    if final == "." and _EXPLAINS.search(title):
        yield "explains after a colon"
    if words <= 8 and _DIGIT.search(title):
        if words <= 4 and _PLACE_DATE.search(title):
            yield "place and date"
        if not capitals and _DATE.search(title):
            yield "date"
