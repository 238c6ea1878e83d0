"""The query language of the concordance: the core of CQL, the language of CQP and Sketch Engine, parsed into a tree.

Source: S. Evert and the CWB Development Team, *CQP Interactive Language Tutorial* (CWB 3.5). What is here means what it means there.

| query | finds |
| --- | --- |
| `[lemma="билік"]` | the tokens of a lemma, in capitals or not |
| `[lemma="билік" & upos="NOUN"]` | both hold; `|` either; `!` not; parentheses group |
| `[form!="билік"]` | any token but that |
| `[feats="Tense=Past"]` | tokens that have this feature, among others; brackets of layers are meant so: `Person[psor]=3` |
| `[]` | any token |
| `"билі.*"` | a quoted value alone is a form: regular expression, capitals matter |
| `"билік" %c` | capitals don't matter (`%l`: take the value to the letter, it is no regular expression) |
| `билік` | a bare word is a lemma or a form, capitals don't matter |
| `[upos="ADJ"]+ [upos="NOUN"]` | repetition: `?` `*` `+` `{n}` `{n,}` `{,m}` `{n,m}` |
| `("жаңа" | "ескі") [upos="NOUN"]` | alternatives of whole patterns |
| `<s> [upos="ADV"]`, `"ма" "?" </s>` | at the beginning, or the end, of a sentence |
| `… within s` | all of it in one sentence |

Attributes are form (or word), lemma, upos (or pos), feats and is_stop (`"true"` or `"false"`). A regular expression has to match the
whole value; of feats, one whole feature, and `feats=""` finds tokens without any. Nothing is matched across the border of a block.

The parser is written by hand: the grammar has a dozen rules, and messages that say at each place what could stand there are most of it.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from kz_textkit.errors import QueryError

__all__ = [
    "ATTRIBUTES",
    "MATCH_LIMIT",
    "AllOf",
    "AnyOf",
    "Border",
    "Choice",
    "Comparison",
    "Condition",
    "Not",
    "Pattern",
    "Query",
    "Repeat",
    "Series",
    "Token",
    "comparisons_in",
    "literal_value",
    "most_tokens",
    "parse_query",
]

ATTRIBUTES = {"form": "form", "word": "form", "lemma": "lemma", "upos": "upos", "pos": "upos", "feats": "feats", "is_stop": "is_stop"}
"""Column by name in a query."""

UPOS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
"""The universal parts of speech. Source: Universal Dependencies, version 2."""

MATCH_LIMIT = 500
"""Tokens of the longest match, as in CQP; also the highest number in a repetition."""

DEPTH_LIMIT = 40
"""Parentheses in parentheses."""

QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "«": "»", "”": "”"}
"""Opening and closing quotation marks of values; word processors make the curly ones."""

_Parsed = TypeVar("_Parsed")

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\W\d]\w*")
_WORD = re.compile(r"""[^\s\[\](){}|&?*+=!%<>"“”„«»';:]+(?:'[^\s\[\](){}|&?*+=!%<>"“”„«»';:]+)*""")
_NUMBER = re.compile(r"[0-9]+")
_WITHIN = re.compile(r"within(?![^\s<])\s*")
_BORDER = re.compile(r"</?s\s*/?>")
_SENTENCE = re.compile(r"s(?!\S)|<s\s*/?>")
_SPECIAL = re.compile(r"[\\.*+?()\[\]{}|^$]")
_SCRIPTS = re.compile(r"\\[pP](?=\{|[A-Z])")
"""Classes of Unicode, which RE2 has and Python has not."""
_ESCAPED = re.compile(r"\\([\W_])")
_LAYER = re.compile(r"(?<=[A-Za-z])\[([a-z]{3,})\](?==)")
"""A layer of a feature of Universal Dependencies, such as `Person[psor]=3`: no class of letters."""


@dataclass(frozen=True)
class Comparison:
    """An attribute compared with a value; `start` is where the value stands in the query."""

    attribute: str
    value: str
    start: int = field(default=0, compare=False)
    negated: bool = False
    ignore_case: bool = False
    literal: bool = False


@dataclass(frozen=True)
class AllOf:
    """All of the parts hold; without parts, any token."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of the parts holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Condition = Comparison | AllOf | AnyOf | Not


@dataclass(frozen=True)
class Token:
    """One token for which the condition holds."""

    condition: Condition


@dataclass(frozen=True)
class Series:
    parts: tuple[Pattern, ...]


@dataclass(frozen=True)
class Choice:
    options: tuple[Pattern, ...]


@dataclass(frozen=True)
class Repeat:
    """The pattern, `least` to `most` times."""

    pattern: Pattern
    least: int
    most: int


@dataclass(frozen=True)
class Border:
    """No token, but the place between two sentences, before the first or after the last."""


Pattern = Token | Series | Choice | Repeat | Border


@dataclass(frozen=True)
class Query:
    """A parsed query: `text` in normal form C, which places of errors count in; `within` is what no match may cross."""

    text: str
    pattern: Pattern
    within: Literal["block", "sentence"] = "block"


def parse_query(text: str) -> Query:
    """Parse a query.

    Raises `QueryError`, which points at the place, where the query is not one.

    >>> parse_query('[upos="ADJ"] "би(лік|лер)" %c within s').within
    'sentence'
    >>> parse_query('[lemma="билік" upos="NOUN"]')
    Traceback (most recent call last):
    ...
    kz_textkit.errors.QueryError: expected &, | or ], found upos
        [lemma="билік" upos="NOUN"]
                       ^
    """
    return _Parser(unicodedata.normalize("NFC", text)).query()


def literal_value(test: Comparison) -> str | None:
    """The string that the value of `test` stands for; None where it is a regular expression.

    >>> literal_value(Comparison("form", r"т\\.б\\.")), literal_value(Comparison("form", "би.*"))
    ('т.б.', None)
    """
    if test.literal:
        return test.value
    plain = _ESCAPED.sub("", test.value)
    return None if _SPECIAL.search(plain) else _ESCAPED.sub(r"\1", test.value)


class _Parser:
    """Recursive descent; `at` is the place that is read next, always at the beginning of a symbol."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self._skip(0)

    def query(self) -> Query:
        if self.at == len(self.text):
            raise QueryError('the query is empty; write a word, or a token such as [lemma="билік"]', self.text, self.at)
        pattern = self._choice()
        within = self._within()
        if self.at < len(self.text):
            raise self._unexpected("a token pattern, a quantifier, |, within s or the end")
        if most_tokens(pattern) == 0:
            raise QueryError("this finds no token at all", self.text, 0)
        return Query(self.text, pattern, within)

    def _choice(self) -> Pattern:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Pattern:
        parts: list[Pattern] = []
        while (part := self._repeated()) is not None:
            parts.append(part)
        if not parts:
            raise self._unexpected("a word, a quoted form, [ or (")
        return parts[0] if len(parts) == 1 else Series(tuple(parts))

    def _repeated(self) -> Pattern | None:
        pattern = self._item()
        if pattern is None:
            return None
        counts = self._counts()
        return pattern if counts is None else Repeat(pattern, *counts)

    def _item(self) -> Pattern | None:
        if self.at == len(self.text) or self._at_within():
            return None
        if self._take("["):
            condition = AllOf(()) if self._at("]") else self._nested(self._either)
            self._expect("]", "&, | or ]")
            return Token(condition)
        if self._take("("):
            pattern = self._nested(self._choice)
            self._expect(")", "a token pattern, a quantifier, | or )")
            return pattern
        if self.text[self.at] in QUOTES:
            return Token(self._test("form", negated=False))
        if border := _BORDER.match(self.text, self.at):
            self._skip(border.end())
            return Border()
        return self._word()

    def _word(self) -> Pattern | None:
        word = _WORD.match(self.text, self.at)
        if word is None:
            return None
        self._skip(word.end())
        if self._at("=") or self._at("!="):
            raise QueryError('a condition stands in brackets, as in [lemma="билік"]', self.text, word.start())
        both = (Comparison(name, word[0], word.start(), ignore_case=True, literal=True) for name in ("form", "lemma"))
        return Token(AnyOf(tuple(both)))

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._take("|"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._condition()]
        while self._take("&"):
            parts.append(self._condition())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _condition(self) -> Condition:
        if self._take("!"):
            return Not(self._nested(self._condition))
        if self._take("("):
            condition = self._nested(self._either)
            self._expect(")", "&, | or )")
            return condition
        name = _NAME.match(self.text, self.at)
        if name is None:
            raise self._unexpected("an attribute, ! or (")
        if name[0] not in ATTRIBUTES:
            raise QueryError(f"there is no attribute {name[0]}: choose one of {', '.join(ATTRIBUTES)}", self.text, self.at)
        self._skip(name.end())
        if self._take("!="):
            return self._test(ATTRIBUTES[name[0]], negated=True)
        self._expect("=", "= or !=")
        return self._test(ATTRIBUTES[name[0]], negated=False)

    def _test(self, attribute: str, *, negated: bool) -> Comparison:
        value, start = self._quoted()
        flags = self._flags()
        literal = "l" in flags
        if attribute == "feats" and not literal:
            value = _LAYER.sub(r"\\[\1\\]", value)
        # A lemma has capitals or not by the dictionary, which nobody has to know by heart.
        ignore_case = "c" in flags or attribute == "lemma"
        test = Comparison(attribute, value.replace('\\"', '"') if literal else value, start, negated, ignore_case, literal)
        self._check(test)
        return test

    def _quoted(self) -> tuple[str, int]:
        opening = self.text[self.at : self.at + 1]
        if opening not in QUOTES:
            raise self._unexpected("a value in quotation marks")
        start = end = self.at + 1
        while end < len(self.text) and self.text[end] not in QUOTES[opening]:
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            raise QueryError("this quotation mark is not closed", self.text, self.at)
        self._skip(end + 1)
        return self.text[start:end], start

    def _flags(self) -> str:
        flags = ""
        while self._at("%"):
            self.at += 1
            if self.text[self.at : self.at + 1] not in ("c", "l"):
                raise self._unexpected("c or l right after %")
            while self.text[self.at : self.at + 1] in ("c", "l") and self.at < len(self.text):
                flags += self.text[self.at]
                self.at += 1
            self._skip(self.at)
        return flags

    def _check(self, test: Comparison) -> None:
        """Raise where the value of a test can't be one of its attribute."""
        value = literal_value(test)
        if value is None:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    re.compile(_SCRIPTS.sub(r"\\w", test.value))
            except re.error as error:
                place = test.start + min(error.pos or 0, len(test.value))
                raise QueryError(f"a broken regular expression: {error.msg}", self.text, place) from None
            except (OverflowError, ValueError, RecursionError):
                raise QueryError("a broken regular expression", self.text, test.start) from None
        elif test.attribute == "upos" and not test.ignore_case and value and value not in UPOS:
            raise QueryError(f"there is no part of speech {value}: choose one of {', '.join(UPOS)}", self.text, test.start)
        elif test.attribute == "feats" and value and "=" not in value:
            raise QueryError("a feature has a name and a value, as in Tense=Past", self.text, test.start)
        if test.attribute == "is_stop" and value not in ("true", "false"):
            raise QueryError("is_stop is true or false", self.text, test.start)

    def _counts(self) -> tuple[int, int] | None:
        for sign, counts in (("?", (0, 1)), ("*", (0, MATCH_LIMIT)), ("+", (1, MATCH_LIMIT))):
            if self._take(sign):
                return counts
        place = self.at
        if not self._take("{"):
            return None
        least = self._number()
        most = least
        if self._take(","):
            most = self._number()
            if least is None and most is None:
                raise self._unexpected("a number")
            least, most = least or 0, MATCH_LIMIT if most is None else most
        elif least is None:
            raise self._unexpected("a number, as in {2} or {0,3}")
        self._expect("}", "a number or }" if self.text[self.at - 1] == "," else "} or ,")
        if least is None or most is None or least > most:
            raise QueryError("the first number is higher than the second", self.text, place)
        return least, most

    def _number(self) -> int | None:
        digits = _NUMBER.match(self.text, self.at)
        if digits is None:
            return None
        if len(digits[0]) > 4 or int(digits[0]) > MATCH_LIMIT:
            raise QueryError(f"a match has at most {MATCH_LIMIT} tokens", self.text, self.at)
        self._skip(digits.end())
        return int(digits[0])

    def _at_within(self) -> bool:
        return _WITHIN.match(self.text, self.at) is not None

    def _within(self) -> Literal["block", "sentence"]:
        word = _WITHIN.match(self.text, self.at)
        if word is None:
            return "block"
        self.at = word.end()
        unit = _SENTENCE.match(self.text, self.at)
        if unit is None:
            raise self._unexpected("s, for sentence")
        self._skip(unit.end())
        return "sentence"

    def _nested(self, rule: Callable[[], _Parsed]) -> _Parsed:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise QueryError(f"more than {DEPTH_LIMIT} parentheses in parentheses", self.text, self.at)
        found = rule()
        self.depth -= 1
        return found

    def _at(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _take(self, sign: str) -> bool:
        if not self._at(sign):
            return False
        self._skip(self.at + len(sign))
        return True

    def _expect(self, sign: str, expected: str) -> None:
        if not self._take(sign):
            raise self._unexpected(expected)

    def _skip(self, at: int) -> None:
        space = _SPACE.match(self.text, at)
        self.at = space.end() if space else at

    def _unexpected(self, expected: str) -> QueryError:
        symbol = _NAME.match(self.text, self.at) or _WORD.match(self.text, self.at)
        found = symbol[0] if symbol else self.text[self.at : self.at + 1]
        return QueryError(f"expected {expected}, found {found or 'the end'}", self.text, self.at)


def most_tokens(pattern: Pattern) -> int:
    """Tokens of the longest match, at most `MATCH_LIMIT`."""
    if isinstance(pattern, Token):
        return 1
    if isinstance(pattern, Border):
        return 0
    if isinstance(pattern, Series):
        most = sum(map(most_tokens, pattern.parts))
    elif isinstance(pattern, Choice):
        most = max(map(most_tokens, pattern.options))
    else:
        most = pattern.most * most_tokens(pattern.pattern)
    return min(most, MATCH_LIMIT)


def comparisons_in(condition: Condition) -> Iterator[Comparison]:
    """All comparisons in a condition."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons_in(condition.part)
    else:
        for part in condition.parts:
            yield from comparisons_in(part)
