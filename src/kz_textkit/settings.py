"""Every choice of a user in one object, from Python, a TOML file or the command line; it stands in the manifest of a corpus.

Settings are plain values, so that they compare, hash, and travel to other processes. What a file of words or rules holds is read by who
needs it; here stand the paths.

A file `kz-textkit.toml` beside the input, or one that is named, has them by their names:

    restore_letters = true
    rules_off = ["spacing"]
    words = ["сөздер.tsv"]          # paths begin at the folder of the file
    count_languages = ["kk", "ru"]

    [limits]
    query_seconds = 60
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from difflib import get_close_matches
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar
from warnings import warn

from kz_textkit.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = [
    "SETTINGS_FILE",
    "Limits",
    "Settings",
    "load_settings",
    "or_raise",
    "settings_beside",
    "settings_with",
    "with_old_parameters",
]

_T = TypeVar("_T", "Settings", "Limits")

SETTINGS_FILE = "kz-textkit.toml"
"""Name of the file that is looked for beside the input."""

LARGEST_FILE = 1_000_000
"""Bytes of the largest file of settings."""

PATHS = ("words", "titles", "abbreviations", "filters", "drop_lines")
"""Settings that are paths of files; what has no suffix is a name of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost before it becomes a failure that is named."""

    seconds: float = 600.0
    """Time to read, clean and annotate a file."""
    memory_mb: int = 4_000
    """Memory that the process that reads a file of a foreign format may take, in MiB."""
    file_mb: int = 2_000
    """Size of a file, in MiB."""
    expanded_mb: int = 1_000
    """Size of what a compressed file unpacks to, in MiB."""
    pages: int = 5_000
    """Pages of a PDF: about what is read, cleaned and annotated in the time that a file may take."""
    archive_members: int = 100_000
    """Files in an archive."""
    archive_depth: int = 3
    """Archives within archives."""
    query_seconds: float = 30.0
    """Time of one query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose; the defaults change nothing that is uncertain.

    >>> Settings(restore_letters=True) == Settings(restore_letters=True), len(Settings().digest)
    (True, 64)
    """

    encoding: str | None = None
    """Python codec that plain text files are taken to be in; detected where it is None."""
    restore_letters: bool = False
    """Put Kazakh letters back that were typed as Russian ones."""
    apply_suggestions: frozenset[str] = frozenset()
    """Rules whose suggestions are applied too."""
    rules_off: frozenset[str] = frozenset()
    """Rules of repair that are not to be used; those of layout can't be left out. Without `spacing` no space is put in, and lines keep
    theirs in `fix`, but a block of a corpus has one space between words all the same."""
    words: tuple[str, ...] = ()
    """Files of the user's own words."""
    titles: tuple[str, ...] = ()
    """Files of the user's own heading words."""
    abbreviations: tuple[str, ...] = ()
    """Files of the user's own abbreviations."""
    filters: tuple[str, ...] = ()
    """Sets of bounds (`web`), or files of one's own, that leave documents of poor quality out (`kz_textkit.filters`)."""
    mask: frozenset[str] = frozenset()
    """Kinds of personal data that are masked: `email`, `phone`, `iin`, `card`."""
    drop_lines: tuple[str, ...] = ()
    """Files of lines that are taken out of every text (`kz_textkit.filters.boilerplate`)."""
    whole_page: bool = False
    """Keep menus and footers of web pages as text."""
    text_column: str | None = None
    """Column of tables and records that holds the text; found where it is None and there is one candidate."""
    ocr: bool = True
    """Read scans by Tesseract where it is installed."""
    entities: bool = False
    """Find named entities: the table `entities`, and the column `entity` of the tokens."""
    syntax: bool = False
    """Parse sentences: the columns `head` and `deprel` of the tokens."""
    count_languages: frozenset[str] = frozenset({"kk"})
    """Languages whose words are counted; words of unknown language are."""
    limits: Limits = field(default_factory=Limits)

    @property
    def digest(self) -> str:
        """SHA-256 of all choices, in hexadecimal digits: the same for the same choices in every process."""
        return sha256(json.dumps(self.as_dict(), sort_keys=True).encode()).hexdigest()

    def as_dict(self) -> dict[str, object]:
        """The choices as plain values for JSON, sets as sorted lists, files by their name and the hash of what they hold.

        Raises `UsageError` where one of the files can't be read.
        """
        plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}
        for name in PATHS:
            plain[name] = [_file_of(path) if _is_path(path) or name != "filters" else path for path in plain[name]]
        return plain


def with_old_parameters(chosen: Settings, **given: Any) -> Settings:
    """The settings with what the old parameters of a function say, each of which is warned of where it says something.

    >>> from warnings import catch_warnings, simplefilter
    >>> with catch_warnings(record=True) as caught:
    ...     simplefilter("always")
    ...     with_old_parameters(Settings(), restore_letters=True, encoding=None).restore_letters, str(caught[0].message)
    (True, 'restore_letters= goes: write settings=Settings(restore_letters=True)')
    """
    said = {name: value for name, value in given.items() if value}
    for name, value in said.items():
        warn(f"{name}= goes: write settings=Settings({name}={value!r})", DeprecationWarning, stacklevel=3)
    if "apply_suggestions" in said:
        said["apply_suggestions"] |= chosen.apply_suggestions
    return replace(chosen, **said) if said else chosen


def or_raise(limit: str, remedy: str = "cut it in parts") -> str:
    """What to do about a file that is beyond a limit: `remedy`, or the line of the settings that raises it.

    >>> or_raise("pages")
    'cut it in parts, or set `pages` higher under [limits] in kz-textkit.toml'
    """
    return f"{remedy}, or set `{limit}` higher under [limits] in {SETTINGS_FILE}"


def load_settings(path: str | PathLike[str]) -> Settings:
    """The settings in a TOML file; relative paths in it begin at its folder.

    Raises `UsageError` where it can't be read, or says what no setting can be.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{file}: a file of settings has at most {LARGEST_FILE:,} bytes")
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror or error}") from None
    except (UnicodeDecodeError, RecursionError):
        raise UsageError(f"{file} is no file of settings: it has to be TOML in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file} is no file of settings: {error}") from None
    limits = content.pop("limits", {})
    if not isinstance(limits, dict):
        raise UsageError(f"{file}: limits is a table: write [limits], and the limits below it")
    chosen = _filled(Settings(), content, str(file))
    chosen = replace(chosen, limits=_filled(Limits(), limits, f"{file}: limits"))
    paths: dict[str, Any] = {
        name: tuple(str(file.parent / path) if _is_path(path) or name != "filters" else path for path in getattr(chosen, name))
        for name in PATHS
    }
    return replace(chosen, **paths)


def settings_with(chosen: Settings, given: Iterable[str]) -> Settings:
    """The settings with choices of a command line on top, each `NAME=VALUE` as a line of the TOML file has it; quotation marks around a
    text may be left out, and limits are named `limits.NAME`.

    Raises `UsageError` as `load_settings` does.

    >>> settings_with(Settings(), ["limits.pages=20000", "encoding=kz1048", 'rules_off=["spacing"]']).limits.pages
    20000
    """
    for choice in given:
        name, _, value = (part.strip() for part in choice.partition("="))
        if not name or not value:
            raise UsageError(f"{choice}: a choice is written NAME=VALUE, such as limits.pages=20000")
        try:
            typed = tomllib.loads(f"x = {value}")["x"]
        except (tomllib.TOMLDecodeError, RecursionError):
            typed = value
        table, _, inner = name.partition(".")
        if inner and table == "limits":
            chosen = replace(chosen, limits=_filled(chosen.limits, {inner: typed}, name))
        else:
            chosen = _filled(chosen, {name: typed}, choice)
    return chosen


def settings_beside(source: str | PathLike[str]) -> Settings:
    """The settings in `kz-textkit.toml` beside a file, or in a folder; the defaults where there is none.

    Raises `UsageError` as `load_settings` does.
    """
    place = Path(source)
    try:
        file = (place if place.is_dir() else place.parent) / SETTINGS_FILE
        is_there = file.is_file()
    except ValueError:  # A path with a NUL in it; who reads the input says so.
        is_there = False
    return load_settings(file) if is_there else Settings()


def _filled(chosen: _T, values: Mapping[str, object], where: str) -> _T:
    """`chosen` with the values, each of the type that the choice has."""
    known = {choice.name: getattr(chosen, choice.name) for choice in fields(chosen) if choice.name != "limits"}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise UsageError(
                f"{where}: there is no setting {name}; " + (f"did you mean {near[0]}?" if near else f"choose from {', '.join(known)}")
            )
        found[name] = _typed(known[name], value, f"{where}: {name}")
    return replace(chosen, **found)


def _typed(default: object, value: object, where: str) -> object:
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise UsageError(f"{where} is true or false")
    if isinstance(default, int | float):
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return type(default)(value)
        raise UsageError(f"{where} is a number above 0")
    if isinstance(default, frozenset | tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return type(default)(value)
        raise UsageError(f'{where} is a list of texts, such as ["kk"]')
    if isinstance(value, str):
        return value
    raise UsageError(f"{where} is a text in quotation marks")


def _is_path(name: str) -> bool:
    return bool(Path(name).suffix)


def _file_of(path: str) -> dict[str, str]:
    try:
        return {"name": Path(path).name, "sha256": sha256(Path(path).read_bytes()).hexdigest()}
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror or error}") from None
