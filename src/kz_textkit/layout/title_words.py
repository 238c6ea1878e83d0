"""What the words of a line say of it as a title: capitals, a finite verb, a name, a date, a point at the end.

Only the text of the line is looked at; how it stands among other lines is the matter of `plain_titles`. The endings of finite verbs
follow the paradigms of Kazakh grammars: past in -ды/-ді/-ты/-ті, participles in -ған/-ген/-қан/-кен, persons in
-мын/-мін/-мыз/-міз, and the predicates `бар`, `жоқ`, `керек`, `емес`.
"""

from __future__ import annotations

import re
from importlib.resources import files

from kz_textkit.alphabet import KAZAKH_LOWER, KAZAKH_UPPER

__all__ = [
    "CLOSING",
    "MAX_LABELLED",
    "MAX_PLAIN",
    "ends_in_verb",
    "is_capitals",
    "is_sentence",
    "is_title_like",
    "person_or_date",
]

CLOSING = ".!?…:;"
"""Characters that end a sentence or what leads to a list."""
MAX_LABELLED = 400
"""Characters of the longest title with a label."""
MAX_PLAIN = 170
"""Characters of the longest title without a label."""

_TWO_SENTENCES = re.compile(rf"[^\W\d]{{2}}[.!?…]\s+[«\"“]?[^\W\da-z{KAZAKH_LOWER}]")
_AFTER_VERB = '.!?…»"'
_LONGEST_ENDING = 8
_ENDINGS = tuple((files(__package__) / "data" / "finite_endings.txt").read_text(encoding="utf-8").split("\n")[1:-1])
_DIGIT = re.compile(r"\d")
_CAPITAL, _SMALL = f"[{KAZAKH_UPPER}]", f"[{KAZAKH_LOWER}]"
_NAME = re.compile(
    rf"(?:[^\W\d_]\.\s?){{1,2}}{_CAPITAL}[\w-]+\W*$"
    rf"|{_CAPITAL}{_SMALL}+(?:\s{_CAPITAL}{_SMALL}+)?\s{_CAPITAL}{{3,}}\W*$"
    rf"|(?:{_CAPITAL}{_SMALL}+\s){{1,2}}{_CAPITAL}{_SMALL}+(?:ұлы|қызы|ов|ев|ова|ева|ин|ина|бай|бек|ич|вна)\W*$"
)
_SIGNED = re.compile(rf"(?:^|\s)(?:{_CAPITAL}\.\s?){{1,2}}{_CAPITAL}[\w-]+$|\s{_CAPITAL}{_SMALL}+\s{_CAPITAL}{{3,}}$")
"""A line that ends in the name of who signs it."""
_DATE = re.compile(
    rf"(?:^|\s)(?:1[89]|20)\d\d(?:\s*[-–]?\s*ж(?:ыл{_SMALL}*)?\.?)?\s*\W*$|^\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    rf"|^\d{{1,2}}\s+{_SMALL}+(?:,|\s|$)"
    r"|^(?:1[5-9]|20)\d\d\s+жыл(?:дың|ғы)\s+«?\d{1,2}»?"
)
_PLACE_DATE = re.compile(r"^[^\W\d_][\w.-]+(?: қаласы| қ\.)?\s?,?\s*(?:1[5-9]|20)\d\d\s*(?:ж\.|жыл|г\.)?$", re.IGNORECASE)


def is_capitals(text: str) -> bool:
    """Written in capitals, a small word at the end aside.

    >>> is_capitals("СӨЗ ТАПТАРЫ"), is_capitals("ПАРЛАМЕНТ: 1996-1999 жылдар"), is_capitals("Абай ҚҰНАНБАЕВ"), is_capitals("БҰҰ")
    (True, True, False, False)
    """
    whole = text.isupper()
    if text[:1].islower() or not (whole or next(iter(text.split(None, 1)), "").isupper()):
        return False
    capitals = sum(map(str.isupper, text))
    return capitals >= 4 and (whole or capitals * 5 >= sum(map(str.isalpha, text)) * 3)


def is_sentence(text: str) -> bool:
    """A sentence with its final point and a finite verb before it, or more than one.

    >>> is_sentence("Ол ауылға келді."), is_sentence("Биліктің сипаты.")
    (True, False)
    """
    if text[-1:] not in ".!…":
        return False
    return ends_in_verb(text) or _TWO_SENTENCES.search(text) is not None


def ends_in_verb(text: str) -> bool:
    """The last word ends as finite verbs do (`data/finite_endings.txt`).

    >>> ends_in_verb("Ол ауылға келді."), ends_in_verb("Биліктің сипаты")
    (True, False)
    """
    return text.rstrip(_AFTER_VERB)[-_LONGEST_ENDING:].lower().endswith(_ENDINGS)


def person_or_date(text: str) -> str:
    """`name` of a line that ends in who wrote or signs it, `date`, `place and date`, or `no`.

    >>> person_or_date("Аудан әкімі Б. Сәрсенов"), person_or_date("2019 жылғы 14 наурыз"), person_or_date("Күзгі өлең")
    ('name', 'date', 'no')
    """
    words = text.count(" ") + 1
    capitals = text.isupper()
    if (words <= 4 and _NAME.match(text)) or (words <= 7 and not capitals and _SIGNED.search(text)):
        return "name"
    if words <= 8 and _DIGIT.search(text):
        if words <= 4 and _PLACE_DATE.search(text):
            return "place and date"
        if not capitals and _DATE.search(text):
            return "date"
    return "no"


def is_title_like(text: str, *, labelled: bool = False) -> bool:
    """Short enough for a title, and not open at its end."""
    return len(text) <= (MAX_LABELLED if labelled else MAX_PLAIN) and text[-1:] not in (";" if labelled else ",;")
