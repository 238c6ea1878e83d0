"""Styles of a Word document: what a paragraph or run of a style looks like and is, over chains of styles that are based on others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from kz_textkit.readers.style_names import StyleRole, role_of_style

__all__ = ["LookedUp", "Styles", "Text", "W", "is_on", "property_value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset(("0", "false", "off", "none"))


@dataclass(frozen=True, slots=True)
class Text:
    """How a run is set; None where nothing is said of it."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    language: str | None = None

    def over(self, other: Text) -> Text:
        """These properties, and those of `other` where nothing is said here."""
        if self == _PLAIN:
            return other
        return Text(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.caps if self.caps is None else self.caps,
            other.hidden if self.hidden is None else self.hidden,
            other.size if self.size is None else self.size,
            other.language if self.language is None else self.language,
        )

    @classmethod
    def of(cls, properties: etree._Element | None) -> Text:
        """The properties that a `w:rPr` element sets."""
        if properties is None or not len(properties):
            return _PLAIN
        return cls(
            is_on(properties.find(W + "b")),
            is_on(properties.find(W + "i")),
            is_on(properties.find(W + "caps")),
            is_on(properties.find(W + "vanish")),
            _half_points(property_value(properties, "sz")),
            property_value(properties, "lang"),
        )


_PLAIN = Text()


def property_value(properties: etree._Element | None, name: str) -> str | None:
    """`w:val` of a property, or None."""
    found = properties.find(W + name) if properties is not None else None
    return found.get(W + "val") if found is not None else None


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a property that is on or off is on; None where it is not there."""
    return None if element is None else element.get(W + "val", "true") not in _OFF


def _half_points(value: str | None) -> float | None:
    return int(value) / 2 if value and value.isdigit() else None


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a style of paragraphs says, with all that it is based on."""

    name: str = ""
    role: StyleRole | None = None
    outline: int | None = None
    """Outline level from 1."""
    number: str | None = None
    """Id of the list that its paragraphs are items of."""
    number_level: int | None = None
    centered: bool = False
    keep_next: bool = False
    text: Text = _PLAIN


@dataclass(slots=True)
class Styles:
    """The styles of a document by id."""

    default: LookedUp = field(default_factory=LookedUp)
    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _paragraphs: dict[str, LookedUp] = field(default_factory=dict)
    _runs: dict[str, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles of a `w:styles` element; those of a document without any where it is None."""
        styles = cls()
        if root is None:
            return styles
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        base = replace(Text.of(defaults), language=None)
        styles.default = LookedUp(text=base)
        for style in root.iterfind(W + "style"):
            styles._elements[style.get(W + "styleId", "")] = style
        normal = next((s.get(W + "styleId", "") for s in root.iterfind(W + "style") if _is_default(s)), None)
        if normal is not None:
            styles.default = styles.paragraph(normal)
        return styles

    def paragraph(self, style_id: str | None) -> LookedUp:
        """What a style of paragraphs says; the default one where there is none of this id."""
        if style_id is None or style_id not in self._elements:
            # Some writers name a built-in style without defining it.
            role = role_of_style(style_id) if style_id else None
            return (
                replace(self.default, role=role, outline=role.level if role and role.kind == "heading" else None)
                if role
                else self.default
            )
        if style_id not in self._paragraphs:
            self._paragraphs[style_id] = self._look_up(style_id)
        return self._paragraphs[style_id]

    def run(self, style_id: str) -> Text:
        """What a style of characters says."""
        if style_id not in self._runs:
            chain = self._chain(style_id)
            text = _PLAIN
            for style in chain:
                text = Text.of(style.find(W + "rPr")).over(text)
            self._runs[style_id] = replace(text, language=None)
        return self._runs[style_id]

    def _chain(self, style_id: str) -> list[etree._Element]:
        """The style and those that it is based on, the most general first; loops are cut."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        following: str | None = style_id
        while following and following in self._elements and following not in seen:
            seen.add(following)
            chain.append(self._elements[following])
            following = property_value(chain[-1], "basedOn")
        return chain[::-1]

    def _look_up(self, style_id: str) -> LookedUp:
        found = replace(self.default, name="", role=None) if not _is_default(self._elements[style_id]) else self.default
        for style in self._chain(style_id):
            properties = style.find(W + "pPr")
            numbers = properties.find(W + "numPr") if properties is not None else None
            name = property_value(style, "name") or ""
            outline = property_value(properties, "outlineLvl")
            justified = property_value(properties, "jc")
            keep = is_on(properties.find(W + "keepNext")) if properties is not None else None
            level = property_value(numbers, "ilvl")
            found = LookedUp(
                name=name,
                # A style that is based on a heading is one too, unless its name or outline level says otherwise.
                role=role_of_style(name) or role_of_style(style.get(W + "styleId", "")) or _inherited(found.role),
                outline=_outline(outline, found.outline),
                number=property_value(numbers, "numId") or found.number,
                number_level=int(level) if level and level.isdigit() else found.number_level,
                centered=found.centered if justified is None else justified == "center",
                keep_next=found.keep_next if keep is None else keep,
                text=Text.of(style.find(W + "rPr")).over(found.text),
            )
        return replace(found, text=replace(found.text, language=None))


def _is_default(style: etree._Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default", "0") not in _OFF


def _inherited(role: StyleRole | None) -> StyleRole | None:
    return role if role is None or role.kind != "running_head" else None


def _outline(value: str | None, inherited: int | None) -> int | None:
    if value is None or not value.isdigit():
        return inherited
    # Nine is body text.
    return int(value) + 1 if int(value) < 9 else 0
