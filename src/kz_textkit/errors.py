"""Errors for people: what is wrong, in which file, what to do. Every error that a user can cause is one of these."""

from __future__ import annotations

from unicodedata import combining

__all__ = ["CorpusError", "InputError", "KzTextkitError", "QueryError", "UsageError"]


class KzTextkitError(Exception):
    """The base of all errors that are raised on purpose; its text is one line that a user can act on."""


class InputError(KzTextkitError):
    """A file that can't be turned into text: unreadable, empty, binary, or not in the encoding that was forced."""

    def __init__(self, source: str, problem: str, remedy: str = "") -> None:
        self.source, self.problem, self.remedy = source, problem, remedy
        super().__init__(f"{source}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """What a process hands to another: made again from its parts, which the text alone doesn't give."""
        return InputError, (self.source, self.problem, self.remedy)


class CorpusError(KzTextkitError):
    """A folder that is no corpus, is one of another format version, or is damaged."""


class UsageError(KzTextkitError):
    """An option or a value that makes no sense."""


class QueryError(UsageError):
    """A query that is none; its text has the query in it, with a caret under the place."""

    SHOWN = 80
    """Characters of a long query that are shown, the place among them."""

    def __init__(self, problem: str, query: str, place: int) -> None:
        self.problem, self.query, self.place = problem, query, place
        first = max(0, min(place - self.SHOWN // 2, len(query) - self.SHOWN))
        shown = "".join(c if c.isprintable() else " " for c in query[first : first + self.SHOWN])
        columns = sum(not combining(c) for c in shown[: place - first])
        super().__init__(f"{problem}\n    {shown}\n    {' ' * columns}^")

    def __reduce__(self) -> tuple[type[QueryError], tuple[str, str, int]]:
        """As for ``InputError``."""
        return QueryError, (self.problem, self.query, self.place)
