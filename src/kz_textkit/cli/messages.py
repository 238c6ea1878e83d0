"""What the command line says, in the language of whoever reads it: English, Kazakh or Russian.

Messages are made in English, wherever something goes wrong or is found, and are their own ids: the library knows no languages, what
is stored in a corpus (warnings, failures) is the same whoever made it, and a message that nobody has translated yet is in English. They
are put into another language where they are printed, by the catalogues in `locale/` (gettext; `tools/messages` keeps them): a text is
recognised by its message, with what stands at its numbered places.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "DOMAIN",
    "LANGUAGES",
    "LOCALE",
    "OPTION",
    "counted",
    "current_language",
    "help_text",
    "language_asked_for",
    "paragraphs",
    "said",
    "translated",
    "use_language",
]

LANGUAGES = ("en", "kk", "ru")
DOMAIN = "kz_textkit"
LOCALE = Path(__file__).parents[1] / "locale"
VARIABLES = ("KZ_TEXTKIT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of the environment that name a language, the weightiest first: our own, and those of gettext."""
OPTION = "--lang"

LONGEST = 2_000
"""Characters of the longest text that is looked at: what is longer was made by nobody for people."""
DEEPEST = 3
"""Messages within messages that are put into the language."""

_PLACE = re.compile(r"\{(\d+)\}")
_CODE = re.compile(r"`[^`]*`")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def language_asked_for(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language that the options before the command name, else the environment; English where that is none of ours.

    >>> language_asked_for(["--lang", "kk", "run"], {}), language_asked_for(["run"], {"LANG": "ru_RU.UTF-8"})
    ('kk', 'ru')
    """
    for i, argument in enumerate(arguments):
        if not argument.startswith("-"):
            break
        if argument.startswith(OPTION):
            named = argument.partition("=")[2] or "".join(arguments[i + 1 : i + 2])
            return named if named in LANGUAGES else "en"
    for variable in VARIABLES:
        if value := environment.get(variable):
            code = re.split(r"[_.@:-]", value)[0].lower()
            return code if code in LANGUAGES else "en"
    return "en"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A message with numbered places, to recognise texts by."""

    id: str
    literals: tuple[str, ...]
    places: tuple[int, ...]
    pattern: re.Pattern[str]


class _Words:
    """The catalogue of a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = gettext.translation(DOMAIN, LOCALE, [language], fallback=True)
        ids = _ids_of(LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo")
        self._ids = frozenset(ids)
        self._patterns = sorted((_pattern_of(text) for text in ids if _PLACE.search(text)), key=lambda p: -sum(map(len, p.literals)))

    def of(self, text: str, depth: int = 0) -> str:
        """A text in this language; the text itself where it is no message and holds none."""
        if text in self._ids:
            return self._words.gettext(text)
        if len(text) > LONGEST:
            return text
        for known in self._patterns:
            if all(literal in text for literal in known.literals) and (found := known.pattern.fullmatch(text)):
                values = dict(zip(known.places, found.groups(), strict=True))
                return self.filled(known.id, values, depth)
        if depth >= DEEPEST:
            return text
        for mark in (": ", "; "):
            # What is wrong with a file, or what is wrong and what to do: each is a message of its own.
            pieces = text.split(mark, 1) if mark == ": " else text.split(mark)
            if len(pieces) > 1:
                others = [piece if " " not in piece else self.of(piece, depth + 1) for piece in pieces]
                if others != pieces:
                    return mark.join(others)
        return text

    def filled(self, message: str, values: Mapping[int, str], depth: int = 0) -> str:
        """A message with its places filled, in the form that goes with the first number among them."""
        count = next((int(v.replace(",", "")) for _, v in sorted(values.items()) if _COUNT.fullmatch(v)), 0)
        words = self._words.ngettext(message, message, count)
        if words == message:
            words = self._words.gettext(message)

        def value(place: re.Match[str]) -> str:
            given = values.get(int(place[1]), "")
            return self.of(given, depth + 1) if " " in given and depth < DEEPEST else given

        return _PLACE.sub(value, words)

    def counted(self, one: str, many: str, count: int) -> str:
        """The form of a pair of messages that goes with a number."""
        return self._words.ngettext(one, many, count)


def _ids_of(file: Path) -> list[str]:
    """The ids in a .mo file, but those that have a form for each number."""
    try:
        data = file.read_bytes()
    except OSError:
        return []
    count, table = struct.unpack_from("<II", data, 8)
    entries = [struct.unpack_from("<II", data, table + 8 * i) for i in range(count)]
    return [data[at : at + length].decode() for length, at in entries if length and b"\0" not in data[at : at + length]]


def _pattern_of(message: str) -> _Pattern:
    pieces = _PLACE.split(message)
    literals, places = pieces[::2], tuple(map(int, pieces[1::2]))
    pattern = "(.*?)".join(map(re.escape, literals))
    return _Pattern(message, tuple(literal for literal in literals if literal), places, re.compile(pattern, re.DOTALL))


_current: list[_Words] = []
"""The catalogue in use; none for English."""


def use_language(language: str) -> None:
    """Say everything in this language from now on, what the library of the command line says too."""
    if language == current_language():
        return
    _current[:] = [] if language == "en" else [_Words(language)]
    from typer import rich_utils  # What it shows in `--help`; not loaded for English.

    for name in TYPER_TEXTS:
        english = _typer_texts.setdefault(name, getattr(rich_utils, name, ""))
        setattr(rich_utils, name, translated(english))


TYPER_TEXTS = (
    *("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ERRORS_PANEL_TITLE"),
    *("DEPRECATED_STRING", "DEFAULT_STRING", "ENVVAR_STRING", "REQUIRED_LONG_STRING", "ABORTED_TEXT", "RICH_HELP"),
)
_typer_texts: dict[str, str] = {}
"""The texts of Typer in English."""


def current_language() -> str:
    """The language that messages are in."""
    return _current[0].language if _current else "en"


def translated(text: str) -> str:
    """A message that was made in English, in the language in use."""
    return _current[0].of(text) if _current else text


def said(message: str, *values: object) -> str:
    """A message in the language in use, with the values at its places.

    >>> said("{0}: {1} pages", "а.pdf", "1,200")
    'а.pdf: 1,200 pages'
    """
    given = dict(enumerate(map(str, values)))
    if _current:
        return _current[0].filled(message, given)
    return _PLACE.sub(lambda place: given[int(place[1])], message)


def counted(count: int, one: str, many: str) -> str:
    """A number of things, in the form that the language has for it.

    >>> counted(1, "{0} file", "{0} files"), counted(1200, "{0} file", "{0} files")
    ('1 file', '1,200 files')
    """
    words = _current[0].counted(one, many, count) if _current else one if count == 1 else many
    return words.replace("{0}", f"{count:,}")


def paragraphs(text: str) -> Iterator[str]:
    """The messages of a text of `--help`: its paragraphs, but those that are code alone.

    >>> list(paragraphs("Түзет.\\n\\n`kz-textkit fix`\\n\\nБір\\nжол"))
    ['Түзет.', 'Бір жол']
    """
    for paragraph in re.split(r"\n\s*\n", text):
        line = " ".join(paragraph.split())
        if any(map(str.isalpha, _CODE.sub("", line))):
            yield line


def help_text(text: str) -> str:
    """A text of `--help` in the language in use; paragraphs without words in it stay as they are."""
    if not _current:
        return text
    pieces = [(piece, " ".join(piece.split())) for piece in re.split(r"\n\s*\n", text)]
    return "\n\n".join(translated(line) if translated(line) != line else piece for piece, line in pieces)
