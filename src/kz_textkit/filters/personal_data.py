"""Personal data in a text: telephone numbers, e-mail addresses, individual identification numbers (IIN), numbers of bank cards.

They are masked where a user asks for it, as edits of the rule `personal_data`: digits become `0`, so that a number stays a number of
that length and offsets stay; an address becomes `email@example.com`. The record keeps what stood there: who publishes a corpus that
must not hold it publishes exports, or leaves the folder `edits` out.

Facts: the IIN is that of the law on national registers of identification numbers (2007): date of birth, a figure for century and sex,
a number, and a check digit by weights 1 to 11, in a second round 3 to 11, 1, 2 where the first gives 10. Card numbers have the check
digit of ISO/IEC 7812-1 (Luhn). Telephone numbers are those that `phonenumbers` (the numbering plans of the ITU) takes to be valid, of
Kazakhstan where no country is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from importlib.util import find_spec
from types import MappingProxyType

import regex

from kz_textkit.alignment import Edit
from kz_textkit.errors import UsageError

__all__ = ["KINDS", "RULE", "check_kinds", "is_card_number", "is_iin", "personal_data"]

RULE = "personal_data"

EMAIL = "email@example.com"
"""What stands for an address; the domain is reserved for examples (RFC 2606)."""

REGION = "KZ"
MOST_NUMBERS = 65_535
"""Candidates of telephone numbers that are tried in a text."""

_email = regex.compile(r"(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}+@(?:[\p{L}\p{N}-]{1,63}+\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@])")
_twelve = regex.compile(r"(?<![\p{N}.,/-])\d{12}(?![\p{N}/-])")
_card = regex.compile(r"(?<![\p{N}.,/-])\d(?:[ \u00a0-]?\d){12,18}(?![\p{N}/-])")
_digit = regex.compile(r"\d")
_hints = regex.compile(r"@|\d(?:[^\p{L}\n]{0,4}\d){6}")
"""What a text without personal data hardly has."""


def is_iin(digits: str) -> bool:
    """Whether twelve digits can be an individual identification number: a date of birth, a century, and the check digit.

    >>> is_iin("900101300017"), is_iin("900101300018"), is_iin("901301300017")
    (True, False, False)
    """
    if len(digits) != 12 or not digits.isdecimal():
        return False
    year, month, day, century = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6])
    if not 1 <= century <= 6:
        return False
    try:
        date((18 + (century - 1) // 2) * 100 + year, month, day)
    except ValueError:
        return False
    numbers = list(map(int, digits))
    check = sum(weight * number for weight, number in zip(range(1, 12), numbers, strict=False)) % 11
    if check == 10:
        check = sum(weight * number for weight, number in zip((*range(3, 12), 1, 2), numbers, strict=False)) % 11
    return check == numbers[11]


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 digits have the check digit of a card number, and begin as one does.

    >>> is_card_number("4111111111111111"), is_card_number("4111111111111112"), is_card_number("0000000000000000")
    (True, False, False)
    """
    if not 13 <= len(digits) <= 19 or not digits.isdecimal() or digits[0] not in "2345689":
        return False
    doubled = [int(digit) * (2 if i % 2 else 1) for i, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _emails(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _email.finditer(text):
        if found[0] != EMAIL:
            yield found.start(), found.end(), EMAIL


def _iins(text: str) -> Iterator[tuple[int, int, str]]:
    return (_masked(text, *found.span()) for found in _twelve.finditer(text) if is_iin(found[0]))


def _cards(text: str) -> Iterator[tuple[int, int, str]]:
    return (_masked(text, *found.span()) for found in _card.finditer(text) if is_card_number("".join(_digit.findall(found[0]))))


def _phones(text: str) -> Iterator[tuple[int, int, str]]:
    # A sixteenth of a second to import, which only those wait for who ask for it.
    from phonenumbers import Leniency, PhoneNumberMatcher

    for found in PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID, max_tries=MOST_NUMBERS):
        yield _masked(text, found.start, found.end)


def _masked(text: str, start: int, end: int) -> tuple[int, int, str]:
    return start, end, _digit.sub("0", text[start:end])


KINDS: Mapping[str, Callable[[str], Iterator[tuple[int, int, str]]]] = MappingProxyType(
    {"email": _emails, "iin": _iins, "card": _cards, "phone": _phones}
)
"""The kinds of personal data, each with what finds it; an earlier one has the first say where two find the same place."""


def check_kinds(kinds: Set[str]) -> None:
    """Raise `UsageError` where a kind is none, or what finds it is not installed."""
    for kind in sorted(kinds - KINDS.keys()):
        raise UsageError(f"there is no kind of personal data {kind}: choose from {', '.join(KINDS)}")
    if "phone" in kinds and not find_spec("phonenumbers"):
        raise UsageError("to find telephone numbers, install kz-textkit with its part for web text: pip install 'kz-textkit[web]'")


def personal_data(text: str, kinds: Set[str] = KINDS.keys()) -> list[Edit]:
    """The edits that mask personal data of these kinds in a text; none where all of it is masked already.

    >>> [(e.before, e.after) for e in personal_data("Хат: aigul@mail.kz, тел. +7 701 123 45 67")]
    [('aigul@mail.kz', 'email@example.com'), ('+7 701 123 45 67', '+0 000 000 00 00')]
    """
    if not _hints.search(text):
        return []
    found: list[Edit] = []
    for kind in KINDS:
        if kind in kinds:
            taken = [(e.start, e.end) for e in found]
            found += [
                Edit(start, end, text[start:end], after, RULE, applied=True)
                for start, end, after in KINDS[kind](text)
                if not any(start < other_end and other_start < end for other_start, other_end in taken)
            ]
            found.sort()
    return found
