"""Conditions on documents, such as `year >= 1991 and genre = 'law'`: parsed here, and made into SQL that can do nothing else.

    condition   = and ("or" and)*
    and         = not ("and" not)*
    not         = "not" not | "(" condition ")" | comparison
    comparison  = column ("=" | "!=" | "<" | "<=" | ">" | ">=" | "like") value
                | column ["not"] "in" "(" value ("," value)* ")"
                | column "is" ["not"] "null"

A column is one of the documents table, in double quotes where its name has spaces or signs. A value is a number, or text in quotation
marks (a quotation mark in it is written twice). Against a number the column is read as a number, and where it can't be the document
does not match; in `like`, `%` stands for any text. Of a column that holds lists, `=` finds those that have the value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from kz_textkit.errors import QueryError
from kz_textkit.stats.sql import sql_name, sql_string

__all__ = ["document_condition"]

_SYMBOL = re.compile(
    r"""\s*(?:(?P<number>[-+]?\d+(?:\.\d+)?(?![\w.]))|(?P<name>[^\W\d]\w*)|(?P<double>"(?:[^"]|"")*")"""
    r"""|(?P<text>'(?:[^']|'')*'|«[^»]*»|“[^”]*”)|(?P<sign><=|>=|!=|<>|==|[=<>(),])|(?P<end>$))"""
)
SIGNS = {"=": "=", "==": "=", "!=": "<>", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
DEPTH_LIMIT = 40
LENGTH_LIMIT = 10_000


def document_condition(text: str, columns: Mapping[str, str]) -> str:
    """A condition as SQL on the documents table; `columns` are its columns with their DuckDB types.

    Raises `QueryError`, which points at the place, where it is none, or names a column that is not there.

    >>> document_condition("year >= 1991 and genre = 'заң'", {"year": "BIGINT", "genre": "VARCHAR"})
    '(TRY_CAST("year" AS DOUBLE) >= 1991 AND CAST("genre" AS VARCHAR) = \\'заң\\')'
    >>> document_condition("жыл = 1991", {"year": "BIGINT"})
    Traceback (most recent call last):
    ...
    kz_textkit.errors.QueryError: documents have no column жыл: choose one of year
        жыл = 1991
        ^
    """
    return _Parser(unicodedata.normalize("NFC", text), columns).condition()


class _Parser:
    """Recursive descent over symbols: (kind, text, place)."""

    def __init__(self, text: str, columns: Mapping[str, str]) -> None:
        self.text = text
        self.columns = columns
        self.depth = 0
        if len(text) > LENGTH_LIMIT:
            raise QueryError(f"a condition has at most {LENGTH_LIMIT} characters", text, 0)
        self.symbols = self._symbols()
        self.at = 0

    def condition(self) -> str:
        sql = self._any()
        if self._kind() != "end":
            raise self._unexpected("and, or, or the end")
        return sql

    def _symbols(self) -> Sequence[tuple[str, str, int]]:
        found: list[tuple[str, str, int]] = []
        at = 0
        while not found or found[-1][0] != "end":
            symbol = _SYMBOL.match(self.text, at)
            if symbol is None:
                at += len(self.text[at:]) - len(self.text[at:].lstrip())
                sign = self.text[at]
                problem = "this quotation mark is not closed" if sign in "'\"«“" else f"{sign} is neither column, value nor sign"
                raise QueryError(problem, self.text, at)
            kind = symbol.lastgroup or "end"
            found.append((kind, symbol[kind], symbol.start(kind)))
            at = symbol.end()
        return found

    def _any(self) -> str:
        return self._joined("or", " OR ", self._all)

    def _all(self) -> str:
        return self._joined("and", " AND ", self._not)

    def _joined(self, word: str, sign: str, part: Callable[[], str]) -> str:
        parts = [part()]
        while self._take_word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"

    def _not(self) -> str:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise QueryError(f"more than {DEPTH_LIMIT} conditions in conditions", self.text, self._place())
        if self._take_word("not"):
            sql = f"NOT coalesce({self._not()}, false)"
        elif self._take("("):
            sql = self._any()
            self._expect(")")
        else:
            sql = self._comparison()
        self.depth -= 1
        return sql

    def _comparison(self) -> str:
        name = self._column()
        kind, text, _ = self.symbols[self.at]
        if kind == "sign" and text in SIGNS:
            self.at += 1
            return self._compared(name, SIGNS[text], *self._value())
        if self._take_word("like"):
            _, value = self._value()
            return f"CAST({sql_name(name)} AS VARCHAR) LIKE {value if value.startswith(chr(39)) else sql_string(value)}"
        if self._take_word("is"):
            negated = self._take_word("not")
            if not self._take_word("null"):
                raise self._unexpected("null")
            return f"({sql_name(name)} IS {'NOT ' * negated}NULL)"
        negated = self._take_word("not")
        if not self._take_word("in"):
            raise self._unexpected("=, !=, <, <=, >, >=, like, in or is")
        self._expect("(")
        options = [self._compared(name, "=", *self._value())]
        while self._take(","):
            options.append(self._compared(name, "=", *self._value()))
        self._expect(")")
        either = f"({' OR '.join(options)})"
        return f"NOT coalesce({either}, false)" if negated else either

    def _compared(self, name: str, sign: str, is_number: bool, value: str) -> str:
        column = sql_name(name)
        if self.columns[name].endswith("[]"):
            text = sql_string(value) if is_number else value
            found = f"coalesce(list_contains(CAST({column} AS VARCHAR[]), {text}), false)"
            return f"NOT {found}" if sign == "<>" else found
        return f"TRY_CAST({column} AS DOUBLE) {sign} {value}" if is_number else f"CAST({column} AS VARCHAR) {sign} {value}"

    def _column(self) -> str:
        kind, text, place = self.symbols[self.at]
        if kind not in ("name", "double"):
            raise self._unexpected(f"a column ({', '.join(self.columns)})")
        name = text[1:-1].replace('""', '"') if kind == "double" else text
        known = {column.lower(): column for column in self.columns}
        if name.lower() not in known:
            raise QueryError(f"documents have no column {name}: choose one of {', '.join(self.columns)}", self.text, place)
        self.at += 1
        return known[name.lower()]

    def _value(self) -> tuple[bool, str]:
        """Whether the value is a number, and the value as SQL."""
        kind, text, place = self.symbols[self.at]
        if kind == "name":
            raise QueryError(f"text stands in quotation marks: '{text}'", self.text, place)
        if kind not in ("number", "text", "double"):
            raise self._unexpected("a number, or text in quotation marks")
        self.at += 1
        if kind == "number":
            return True, text
        quote = text[0]
        return False, sql_string(text[1:-1].replace(quote * 2, quote) if quote in "'\"" else text[1:-1])

    def _kind(self) -> str:
        return self.symbols[self.at][0]

    def _place(self) -> int:
        return self.symbols[self.at][2]

    def _take(self, sign: str) -> bool:
        found = self.symbols[self.at][:2] == ("sign", sign)
        self.at += found
        return found

    def _take_word(self, word: str) -> bool:
        kind, text, _ = self.symbols[self.at]
        found = kind == "name" and text.lower() == word
        self.at += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected(sign)

    def _unexpected(self, expected: str) -> QueryError:
        _, text, place = self.symbols[self.at]
        return QueryError(f"expected {expected}, found {text or 'the end'}", self.text, place)
