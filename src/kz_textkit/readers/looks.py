"""How a block is set, counted over its letters: bold, italic, capitals, size, declared language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kz_textkit.readers.languages import declared_language

__all__ = ["Looks"]

NEARLY_ALL = 0.9
"""Share of the letters from which a look is the look of the block."""


@dataclass(slots=True)
class Looks:
    """Letters of a block by how they are set.

    >>> looks = Looks()
    >>> looks.count("Алғы сөз", ("bold",), 14.0)
    >>> looks.value("Алғы сөз")
    {'bold': True, 'size': 14.0}
    """

    letters: int = 0
    named: dict[str, int] = field(default_factory=dict)
    sizes: dict[float, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    def count(self, text: str, names: tuple[str, ...] = (), size: float = 0.0, language: str = "") -> None:
        """Count the letters and figures of a run that is set so."""
        letters = len(text) - text.count(" ")
        if not letters or text.isspace():
            return
        self.letters += letters
        self.sizes[size] = self.sizes.get(size, 0) + letters
        for name in names:
            self.named[name] = self.named.get(name, 0) + letters
        if language:
            self.languages[language] = self.languages.get(language, 0) + letters

    def share(self, name: str) -> float:
        """Share of the letters that a name was counted with."""
        return self.named.get(name, 0) / self.letters if self.letters else 0.0

    def value(self, text: str) -> dict[str, Any]:
        """What holds of nearly all letters, for the value of a mark; `text` is that of the block."""
        value: dict[str, Any] = {name: True for name in self.named if self.share(name) >= NEARLY_ALL}
        if self.letters:
            size = max(self.sizes, key=self.sizes.__getitem__)
            if size:
                value["size"] = size
        if self.languages:
            code = max(self.languages, key=self.languages.__getitem__)
            language = declared_language(code, text) if self.languages[code] >= NEARLY_ALL * self.letters else ""
            if language:
                value["language"] = language
        return value
