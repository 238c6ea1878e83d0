"""What was done to a text, in a form that people read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kz_textkit.alignment import Edit

__all__ = ["Explanation"]

_CONTEXT = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """A repaired text with its edits; as a string, one line an edit with its rule, its place and the words around it."""

    text: str
    """The repaired text."""
    edits: tuple[Edit, ...]
    """In offsets of `source`; suggestions have `applied=False`."""
    warnings: tuple[str, ...]
    source: str
    """The text as it was given."""

    @property
    def counts(self) -> dict[str, int]:
        """How many edits each rule made, most frequent first; suggestions are not counted."""
        return dict(Counter(e.rule for e in self.edits if e.applied).most_common())

    def lines(self, limit: int | None = None) -> list[str]:
        """One line an edit: place, rule, what became what, and the words around it; at most `limit` lines, then how many are left."""
        shown = self.edits if limit is None else self.edits[:limit]
        lines = [self._line(e) for e in shown]
        if len(shown) < len(self.edits):
            lines.append(f"... and {len(self.edits) - len(shown)} more")
        return lines + [f"warning: {warning}" for warning in self.warnings]

    def __str__(self) -> str:
        if not self.edits and not self.warnings:
            return "nothing to repair"
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        from kz_textkit.display.documents import explanation_html  # Only notebooks need it.

        return explanation_html(self.source, self.text, self.edits, self.warnings)

    def _line(self, edit: Edit) -> str:
        before = _plain(self.source[max(0, edit.start - _CONTEXT) : edit.start])
        after = _plain(self.source[edit.end : edit.end + _CONTEXT])
        kind = edit.rule if edit.applied else f"{edit.rule}?"
        return f"{edit.start:>8}  {kind:<15} {_shown(edit.before)} → {_shown(edit.after)}  {before}[{_plain(edit.before)}]{after}"


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _shown(text: str) -> str:
    # Visible in print: names for what can't be seen.
    return "".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in text) or "∅"
