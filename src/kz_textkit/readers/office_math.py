"""Formulas of Word (Office Math) as a line of text: fractions by a slash, powers by `^`, indices by `_`, as Word's own linear form."""

from __future__ import annotations

from lxml import etree

__all__ = ["M", "linear"]

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def linear(element: etree._Element) -> str:
    """The text of an `m:oMath` or an element in it.

    >>> from lxml import etree
    >>> parts = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    >>> linear(etree.fromstring(f'<m:oMath xmlns:m="{M[1:-1]}">{parts}</m:oMath>'))
    '(a+b)/2'
    """
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(M)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
    if name in ("sSup", "sSub", "sSubSup", "sPre"):
        below = f"_{_grouped(element, 'sub')}" if name != "sSup" else ""
        above = f"^{_grouped(element, 'sup')}" if name != "sSub" else ""
        return f"{below}{above}{_part(element, 'e')}" if name == "sPre" else f"{_grouped(element, 'e')}{below}{above}"
    if name == "rad":
        degree = _part(element, "deg")
        return f"√({degree}&{_part(element, 'e')})" if degree else f"√{_grouped(element, 'e')}"
    if name == "nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        limits = "".join(f"{mark}{_grouped(element, part)}" for mark, part in (("_", "sub"), ("^", "sup")) if _part(element, part))
        return f"{sign.get(M + 'val', '∫') if sign is not None else '∫'}{limits} {_part(element, 'e')}"
    if name == "d":
        return _delimited(element)
    if name in ("limLow", "limUpp"):
        return f"{_part(element, 'e')}{'_' if name == 'limLow' else '^'}{_grouped(element, 'lim')}"
    if name == "m":
        rows = ("&".join(linear(cell) for cell in row.iterfind(M + "e")) for row in element.iterfind(M + "mr"))
        return f"({'; '.join(rows)})"
    if name == "eqArr":
        return "; ".join(linear(line) for line in element.iterfind(M + "e"))
    return "".join(linear(child) for child in element)


def _part(element: etree._Element, name: str) -> str:
    found = element.find(M + name)
    return "".join(linear(child) for child in found) if found is not None else ""


def _grouped(element: etree._Element, name: str) -> str:
    text = _part(element, name)
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _delimited(element: etree._Element) -> str:
    signs = {
        name: found.get(M + "val", standard) if (found := element.find(f"{M}dPr/{M}{name}")) is not None else standard
        for name, standard in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    }
    return signs["begChr"] + signs["sepChr"].join(linear(part) for part in element.iterfind(M + "e")) + signs["endChr"]
