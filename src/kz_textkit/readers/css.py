"""The little of style sheets that says how text is set: weight, slant, size, alignment, capitals, what is not shown.

Rules with simple selectors alone (`p`, `.title`, `p.title`, lists of them), which is what office programs and e-books write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

__all__ = ["Look", "StyleSheet"]

MOST_RULES = 20_000
"""Rules beyond which a sheet is not read on."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-zA-Z][\w-]*)?(?:\.([\w-]+))?\Z")
_LENGTH = re.compile(r"([\d.]+)\s*(pt|px|em|rem|%)?\Z")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12, None: 0.75}


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set; None where nothing is said."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    centered: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    """In points."""

    def over(self, other: Look) -> Look:
        """These properties, and those of `other` where nothing is said here."""
        return Look(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.caps if self.caps is None else self.caps,
            other.centered if self.centered is None else self.centered,
            other.hidden if self.hidden is None else self.hidden,
            other.size if self.size is None else self.size,
        )

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(declarations: str) -> Look:
        """What declarations say.

        >>> Look.of("font-weight: bold; font-size: 14pt").bold, Look.of("text-align:center").centered
        (True, True)
        """
        found = {
            name.strip().lower(): value.replace("!important", "").strip().lower()
            for name, _, value in (part.partition(":") for part in declarations.split(";"))
        }
        weight, align, slant = found.get("font-weight"), found.get("text-align"), found.get("font-style")
        return Look(
            bold=None if weight is None else weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600),
            italic=None if slant is None else slant in ("italic", "oblique"),
            caps=None if "text-transform" not in found else found["text-transform"] == "uppercase",
            centered=None if align is None else align in ("center", "-webkit-center"),
            hidden=True if found.get("display") == "none" or found.get("visibility") == "hidden" else None,
            size=_points(found.get("font-size", "")),
        )


_PLAIN = Look()


def _points(value: str) -> float | None:
    found = _LENGTH.match(value)
    try:
        return round(float(found[1]) * _POINTS[found[2]], 2) if found else None
    except ValueError:
        return None


@dataclass(slots=True)
class StyleSheet:
    """Looks by element and class."""

    rules: dict[tuple[str, str], Look] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Read the rules of a sheet; rules for media and those with other selectors are passed over.

        >>> sheet = StyleSheet()
        >>> sheet.add("p.title, h1 { text-align: center }")
        >>> sheet.look("p", ("title",)).centered, sheet.look("p", ()).centered
        (True, None)
        """
        for rule in _RULE.finditer(_COMMENT.sub("", text)):
            look = Look.of(rule[2])
            if look == _PLAIN or len(self.rules) > MOST_RULES:
                continue
            for selector in rule[1].split(","):
                found = _SELECTOR.match(selector.strip())
                if found and (found[1] or found[2]):
                    key = ((found[1] or "").lower(), found[2] or "")
                    self.rules[key] = look.over(self.rules.get(key, _PLAIN))

    def look(self, tag: str, classes: tuple[str, ...]) -> Look:
        """How an element is set: rules for its class over those for its name."""
        look = self.rules.get((tag, ""), _PLAIN)
        for pair in (*(("", name) for name in classes), *((tag, name) for name in classes)):
            if pair in self.rules:
                look = self.rules[pair].over(look)
        return look
