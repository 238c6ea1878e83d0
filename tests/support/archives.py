"""Packages and archives written part by part, sound ones and such as break readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["slides", "zipped"]

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def zipped(parts: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """A ZIP archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def slides(*shapes: str, notes: str = "") -> bytes:
    """A file of slides, each given as the XML of its shapes; `notes` are those of the first."""
    ids = "".join(f'<p:sldId id="{256 + i}" r:id="rId{i}"/>' for i in range(len(shapes)))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(*((f"rId{i}", "slide", f"slides/slide{i + 1}.xml") for i in range(len(shapes)))),
        "docProps/core.xml": '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Дала</dc:title></c>',
    }
    for i, shape in enumerate(shapes, 1):
        tree = f"<p:cSld><p:spTree>{shape}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{i}.xml"] = f"<p:sld {_A} {_P} {_R}>{tree}</p:sld>"
    links = [("rId9", "hyperlink", "https://kk.wikipedia.org/wiki/%D0%94%D0%B0%D0%BB%D0%B0")]
    if notes:
        links.append(("rId8", "notesSlide", "../notesSlides/notesSlide1.xml"))
        tree = f"<p:cSld><p:spTree>{shape_of('body', notes)}</p:spTree></p:cSld>"
        parts["ppt/notesSlides/notesSlide1.xml"] = f"<p:notes {_A} {_P} {_R}>{tree}</p:notes>"
    parts["ppt/slides/_rels/slide1.xml.rels"] = _relations(*links)
    return zipped(parts)


def shape_of(role: str, *paragraphs: str, y: int = 0) -> str:
    """A shape with a placeholder of this role and these paragraphs; a text box where the role is empty."""
    placeholder = f'<p:nvPr><p:ph type="{role}"/></p:nvPr>' if role else ""
    place = f'<p:spPr><a:xfrm><a:off x="0" y="{y}"/></a:xfrm></p:spPr>' if y else ""
    body = "".join(f"<a:p>{p if p.startswith('<') else run(p)}</a:p>" for p in paragraphs)
    return f"<p:sp><p:nvSpPr>{placeholder}</p:nvSpPr>{place}<p:txBody>{body}</p:txBody></p:sp>"


def run(text: str, link: str = "") -> str:
    """A run of text, with the id of a link."""
    properties = f'<a:rPr><a:hlinkClick r:id="{link}"/></a:rPr>' if link else ""
    return f"<a:r>{properties}<a:t>{text}</a:t></a:r>"


def _relations(*relations: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}/{kind}" Target="{target}" TargetMode="{"Ex" if kind == "hyperlink" else "In"}ternal"/>'
        for key, kind, target in relations
    )
    return f"<Relationships {_REL}>{lines}</Relationships>"
