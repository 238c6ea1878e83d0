"""Bounds of the signals: a text with a signal beyond one of them is left out where the filter is asked for.

`bounds.tsv` holds the set `web`, each bound with the signal, where it comes from, and what it finds. A set of one's own is a file with
the same columns; a signal that is not in it is not looked at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kz_textkit.errors import UsageError
from kz_textkit.filters.signals import SIGNALS

__all__ = ["SETS", "Bound", "bounds_named", "broken_bounds"]

SETS = ("web",)
"""Names of the sets of bounds that come with the package."""

LARGEST_FILE = 1_000_000
"""Bytes of the largest file of bounds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A signal and the values between which a text is taken in."""

    signal: str
    least: float | None
    most: float | None
    about: str = ""
    """What a text beyond the bound is."""

    def broken_by(self, value: float) -> bool:
        """Whether a value is beyond the bound.

        >>> Bound("words", 50, None).broken_by(12)
        True
        """
        return (self.least is not None and value < self.least) or (self.most is not None and value > self.most)

    def complaint(self, value: float) -> str:
        """What is said of a text with this value.

        >>> Bound("known_words", 0.5, None, "no Kazakh words").complaint(0.123)
        'no Kazakh words (known_words 0.12, at least 0.5)'
        """
        below = self.least is not None and value < self.least
        bound = f"at least {self.least:g}" if below else f"at most {self.most:g}"
        return f"{self.about or 'out of bounds'} ({self.signal} {round(value, 2):g}, {bound})"


def bounds_named(names: Iterable[str]) -> tuple[Bound, ...]:
    """The bounds of the sets with these names, or of files with these paths, in their order.

    A file has the columns `signal`, `least`, `most`, `about`, separated by tabs (`.tsv`) or commas; lines that begin with `#` are
    remarks.

    Raises `UsageError` where there is no such set, or a file can't be read or says of no signal something that is a bound.

    >>> bounds_named(["web"])[0].signal
    'words'
    """
    return tuple(bound for name in names for bound in (_own(name) if name in SETS else _of_file(Path(name))))


def broken_bounds(signals: Mapping[str, float], bounds: Iterable[Bound]) -> Iterator[tuple[Bound, float]]:
    """The bounds that a text with these signals is beyond, with its value.

    >>> [bound.signal for bound, _ in broken_bounds({"words": 3, "digits": 0.0}, bounds_named(["web"]))]
    ['words']
    """
    for bound in bounds:
        value = signals.get(bound.signal)
        if value is not None and bound.broken_by(value):
            yield bound, value


@cache
def _own(name: str) -> tuple[Bound, ...]:
    return tuple(_bounds(files("kz_textkit.filters").joinpath("bounds.tsv").read_text("utf-8"), "\t", name))


def _of_file(path: Path) -> tuple[Bound, ...]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path}: it is too large to be a table of filters")
        content = path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"there are no filters {path}: choose {', '.join(SETS)}, or give a file of your own, which can't be read: {reason}"
        ) from None
    return tuple(_bounds(content, "\t" if path.suffix == ".tsv" else ",", str(path)))


def _bounds(content: str, separator: str, name: str) -> Iterator[Bound]:
    lines = [line for line in content.splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=separator)
    if not {"signal", "least", "most"} <= set(rows.fieldnames or ()):
        raise UsageError(f"{name}: a table of filters has the columns signal, least, most, about")
    for row in rows:
        signal = (row["signal"] or "").strip()
        if signal not in SIGNALS:
            raise UsageError(f"{name}: there is no signal {signal}: choose from {', '.join(SIGNALS)}")
        least, most = (_number(row[column], f"{name}: {column} of {signal}") for column in ("least", "most"))
        yield Bound(signal, least, most, (row.get("about") or "").strip())


def _number(text: str | None, where: str) -> float | None:
    if not text or not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"{where} is a number, or empty") from None
