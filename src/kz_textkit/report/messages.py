"""The words of the report in its languages, from `messages.tsv`: a line a message, a column a language.

Words in braces are filled in when the report is made; they must stand in each language, in any order. The word that goes with a number
stands behind it in its forms: `{n} {n:place|places}`, in Russian for one, for few, and for many: `{n} {n:место|места|мест}`. Numbers
are written as the language has them: `1,234.5` in English, `1 234,5` in Kazakh and Russian.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kz_textkit.errors import UsageError

__all__ = ["LANGUAGES", "Messages", "messages"]

LANGUAGES = ("en", "kk", "ru")

THIN_SPACE = "\u202f"
"""Between groups of digits in Kazakh and Russian; narrow, and no line breaks at it."""
MARKS = {"en": (",", "."), "kk": (THIN_SPACE, ","), "ru": (THIN_SPACE, ",")}
"""Between thousands, and before decimals."""


class _Number:
    """A number in print, and the form of the word beside it: `{n}` and `{n:place|places}`."""

    def __init__(self, written: str, value: float, language: str) -> None:
        self._written, self._form = written, plural_form(value, language)

    def __format__(self, forms: str) -> str:
        words = forms.split("|")
        return words[min(self._form, len(words) - 1)] if forms else self._written


def plural_form(value: float, language: str) -> int:
    """Which form of a word goes with a number, from 0. Source: Unicode CLDR, plural rules.

    >>> [plural_form(n, "ru") for n in (1, 2, 5, 11, 21, 2.5)], [plural_form(n, "en") for n in (1, 2)]
    ([0, 1, 2, 2, 0, 1], [0, 1])
    """
    if language == "kk":
        return 0
    if language == "en" or value != int(value):
        return int(value != 1)
    ones, tens = int(value) % 10, int(value) % 100
    if ones == 1 and tens != 11:
        return 0
    return 1 if 2 <= ones <= 4 and not 12 <= tens <= 14 else 2


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of one language; called with a key, gives the message."""

    language: str
    table: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The message `key` with `values` filled in; numbers are written as the language has them.

        >>> messages("kk")("places", n=1213)
        '1\u202f213 жерде'
        >>> [messages("ru")("times", n=n) for n in (1, 3, 12, 21)]
        ['1 раз', '3 раза', '12 раз', '21 раз']
        """
        filled = {name: _Number(self.number(v), v, self.language) if isinstance(v, int | float) else v for name, v in values.items()}
        return self.table[key].format(**filled)

    def number(self, value: float, decimals: int | None = None) -> str:
        """`value` in print; whole numbers without decimals, others with one, unless `decimals` says how many.

        >>> messages("ru").number(1234.56), messages("en").number(1234)
        ('1\u202f234,6', '1,234')
        """
        thousands, point = MARKS[self.language]
        digits = (0 if isinstance(value, int) else 1) if decimals is None else decimals
        return f"{value:,.{digits}f}".translate({ord(","): thousands, ord("."): point})

    def percent(self, share: float) -> str:
        """A share of 1 in per cent.

        >>> messages("en").percent(0.5), messages("kk").percent(0.5)
        ('50%', '50\\xa0%')
        """
        return f"{self.number(share * 100, 0)}{'' if self.language == 'en' else chr(0xA0)}%"


@cache
def messages(language: str) -> Messages:
    """The messages in `language`, one of `LANGUAGES`.

    Raises `UsageError` where there is no such language.
    """
    if language not in LANGUAGES:
        raise UsageError(f"there is no report in the language {language}: choose one of {', '.join(LANGUAGES)}")
    lines = files("kz_textkit.report").joinpath("messages.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Messages(language, {row["key"]: row[language] for row in rows})
