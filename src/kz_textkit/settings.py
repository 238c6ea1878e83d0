"""Every choice of a user in one object, from Python, a TOML file or the command line; it stands in the manifest of a corpus.

Settings are plain values, so that they compare, hash, and travel to other processes. What a file of words or rules holds is read by who
needs it; here stand the paths.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256

__all__ = ["Limits", "Settings"]


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
    pages: int = 20_000
    """Pages of a PDF."""
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
    """Rules that are not to be used."""
    words: tuple[str, ...] = ()
    """Files of the user's own words."""
    titles: tuple[str, ...] = ()
    """Files of the user's own heading words."""
    abbreviations: tuple[str, ...] = ()
    """Files of the user's own abbreviations."""
    whole_page: bool = False
    """Keep menus and footers of web pages as text."""
    text_column: str | None = None
    """Column of tables and records that holds the text; found where it is None and there is one candidate."""
    ocr: bool = True
    """Read scans by Tesseract where it is installed."""
    count_languages: frozenset[str] = frozenset({"kk"})
    """Languages whose words are counted; words of unknown language are."""
    limits: Limits = field(default_factory=Limits)

    @property
    def digest(self) -> str:
        """SHA-256 of all choices, in hexadecimal digits: the same for the same choices in every process."""
        return sha256(json.dumps(self.as_dict(), sort_keys=True).encode()).hexdigest()

    def as_dict(self) -> dict[str, object]:
        """The choices as plain values for JSON, sets as sorted lists."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}
