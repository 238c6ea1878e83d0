"""How a block is set, counted over its letters: bold, italic, capitals, size, declared language."""

from __future__ import annotations

from collections import Counter
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
    named: Counter[str] = field(default_factory=Counter)
    sizes: Counter[float] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def count(self, text: str, names: tuple[str, ...] = (), size: float = 0.0, language: str = "") -> None:
        """Count the letters and figures of a run that is set so."""
        letters = len(text) - text.count(" ")
        if not letters or text.isspace():
            return
        self.letters += letters
        self.sizes[size] += letters
        for name in names:
            self.named[name] += letters
        if language:
            self.languages[language] += letters

    def share(self, name: str) -> float:
        """Share of the letters that a name was counted with."""
        return self.named[name] / self.letters if self.letters else 0.0

    def value(self, text: str) -> dict[str, Any]:
        """What holds of nearly all letters, for the value of a mark; `text` is that of the block."""
        value: dict[str, Any] = {name: True for name in self.named if self.share(name) >= NEARLY_ALL}
        if self.letters:
            size = self.sizes.most_common(1)[0][0]
            if size:
                value["size"] = size
        if self.languages:
            code, count = self.languages.most_common(1)[0]
            language = declared_language(code, text) if count >= NEARLY_ALL * self.letters else ""
            if language:
                value["language"] = language
        return value
