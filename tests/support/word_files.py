"""Word documents made of raw XML, for what no library writes: tracked changes, text boxes, fields, automatic numbers."""

from __future__ import annotations

import zipfile
from pathlib import Path

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "settings": "settings"}
ROOTS |= {"header1": "hdr", "footer1": "ftr"}
KINDS = {"header1": "header", "footer1": "footer"}


def word_file(path: Path, body: str, *, links: dict[str, str] | None = None, **parts: str) -> Path:
    """A document at `path` with the XML of its body and of other parts (`styles`, `numbering`, `footnotes`, `header1`, …).

    Relations of parts are named after them; `links` gives addresses by relation.
    """
    relations = [f'<Relationship Id="{name}" Type="{RELATIONS}/{KINDS.get(name, name)}" Target="{name}.xml"/>' for name in parts] + [
        f'<Relationship Id="{name}" Type="{RELATIONS}/hyperlink" Target="{url}" TargetMode="External"/>'
        for name, url in (links or {}).items()
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels", _relations([f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'])
        )
        package.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", _relations(relations))
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{ROOTS[name]} {NAMESPACES}>{xml}</w:{ROOTS[name]}>")
    return path


def _relations(lines: list[str]) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph: of plain text, or of runs where the content is XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if '<' in content else run(content)}</w:p>"


def styled(text: str, style: str) -> str:
    """A paragraph of a style."""
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def style(style_id: str, name: str, properties: str = "", *, based_on: str = "", default: bool = False) -> str:
    """A style of paragraphs."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    standard = ' w:default="1"' if default else ""
    named = f'<w:name w:val="{name}"/>{base}'
    return f'<w:style w:type="paragraph" w:styleId="{style_id}"{standard}>{named}<w:pPr>{properties}</w:pPr></w:style>'


def level(index: int, form: str, text: str, further: str = "", start: int = 1) -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{further}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: str, *numbers: str) -> str:
    """The part `numbering`: one list of these levels, and its numberings: 1, 2 … with what each overrides."""
    nums = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/>{inner}</w:num>' for i, inner in enumerate(numbers or ("",), 1))
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    """A cell: of plain text, or of blocks where the content is XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<' in content else paragraph(content)}</w:tc>"
