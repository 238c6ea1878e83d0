"""Abbreviations that a user adds to those of `tokenizer_exceptions`: tokens that keep their point, and do not end a sentence by it.

A row of their table is the abbreviation, where it stands, and what it stands for:

- `before`: before the name or number that it belongs to, so that no sentence ends with it (`құр. А. Нұрғали`);
- `after`: in the middle of a sentence as a rule (`1995 ж.`), which ends with it where a word follows that only opens sentences;
- `closing`: at the end of an enumeration, so that a capital letter after it begins a sentence (`т.б.`).

What a line of the table leaves out is `after`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer

__all__ = ["PLACES", "OwnAbbreviation", "add_abbreviations", "parse_own_abbreviations"]

PLACES = ("before", "after", "closing")
LONGEST = 30
"""Characters of the longest abbreviation."""


class OwnAbbreviation(NamedTuple):
    """A row of a user's table of abbreviations."""

    form: str
    """With its point; in small letters it is met with a capital too."""
    place: str = "after"
    full: str = ""
    """What it stands for."""

    @property
    def forms(self) -> tuple[str, ...]:
        """How it is written, within a sentence and at its beginning."""
        return tuple(dict.fromkeys((self.form, self.form[:1].upper() + self.form[1:])))


def parse_own_abbreviations(text: str) -> Iterator[OwnAbbreviation]:
    """The abbreviations of a table. Raises `ValueError` with the number of the line where one is none.

    >>> list(parse_own_abbreviations("# менің қысқартуларым\\nқұр.\\tbefore\\tқұрастырған\\n"))
    [OwnAbbreviation(form='құр.', place='before', full='құрастырған')]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        form, *rest = (column.strip() for column in line.replace(";", "\t").split("\t"))
        place, full = (*(rest or [""]), "", "")[:2]
        if "." not in form or not form[:1].isalpha() or len(form.split()) != 1 or len(form) > LONGEST:
            raise ValueError(f"line {number}: {form!r} is no abbreviation: one has a point, no space, {LONGEST} characters at most")
        if place not in ("", *PLACES):
            raise ValueError(f"line {number}: {place!r} is no place of an abbreviation; there are {', '.join(PLACES)}")
        yield OwnAbbreviation(form, place or "after", full)


def add_abbreviations(tokenizer: Tokenizer, abbreviations: Iterable[OwnAbbreviation]) -> None:
    """Let a tokenizer keep the abbreviations whole, with what they stand for as their norm.

    >>> import spacy
    >>> nlp = spacy.blank("kk")
    >>> add_abbreviations(nlp.tokenizer, [OwnAbbreviation("құр.", "before")])
    >>> [token.text for token in nlp("Құр. Асан")]
    ['Құр.', 'Асан']
    """
    for abbreviation in abbreviations:
        for form in abbreviation.forms:
            tokenizer.add_special_case(form, [{ORTH: form, NORM: abbreviation.full or form}])
