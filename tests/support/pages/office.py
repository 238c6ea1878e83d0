"""Documents set by LibreOffice, as people set them: justified or not, in columns, with footnotes, heads and feet, soft hyphens."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from damage import syllables
from pages.model import HYPHEN, NOTE, Block, Source

__all__ = ["Sheet", "marginal_of", "office_of", "printed_by_office", "sheet_of"]


@dataclass(frozen=True)
class Sheet:
    """How a word processor sets a document; lengths are in centimetres."""

    page: tuple[float, float] = (21.0, 29.7)
    margin: float = 2.0
    font: str = "Liberation Serif"
    size: int = 12
    justified: bool = True
    indent: float = 1.0
    after: float = 0.0
    leading: int = 100
    columns: int = 1
    soft_hyphens: bool = False
    head: str = ""
    """`title`, `author`, `number`, `sides` (one on odd, another on even pages), `section` or nothing."""
    foot: str = ""
    """`number`, `dashes` or nothing."""
    titles: str = "center"
    title_gap: tuple[float, float] = (0.4, 0.2)
    title_size: int = 14
    title_bold: bool = True
    new_pages: bool = False
    """Titles of the first level, or of slides, open a page."""
    items_indented: float = 0.0
    bullets: str = ""
    """What items without a mark get."""
    boxed: bool = True
    """Tables are tables, not rows with tabs."""
    verse_indent: float = 2.0
    empty: bool = False
    """Empty paragraphs stand before and after titles, as many people set them apart."""


_A4, _SLIDE = (21.0, 29.7), (25.4, 19.05)
_BOOKS = ((14.8, 21.0), (13.0, 20.0), (11.0, 18.0), (17.0, 24.0))


def sheet_of(kind: str, rng: random.Random) -> Sheet:
    """A way to set a document of that kind, at random."""
    slides = kind == "slides"
    book = not slides and rng.random() < 0.5
    size = rng.choice((18, 20, 24)) if slides else rng.choice((10, 11, 12)) if book else rng.choice((11, 12, 14, 14))
    gap = rng.choice((0.0, 0.0, 0.2, 0.35)) if not book else 0.0
    return Sheet(
        page=(25.4, 19.05)
        if slides
        else rng.choice(((14.8, 21.0), (13.0, 20.0), (11.0, 18.0), (17.0, 24.0)))
        if book
        else (21.0, 29.7),
        margin=rng.choice((1.5, 2.0)) if book or slides else rng.choice((1.5, 2.0, 2.5, 3.0)),
        font=rng.choice(("Liberation Serif", "Liberation Serif", "Liberation Sans", "DejaVu Serif", "DejaVu Sans")),
        size=size,
        justified=not slides and (book or rng.random() < 0.7),
        indent=0.0 if slides or (gap and rng.random() < 0.5) else rng.choice((0.5, 0.75, 1.0, 1.25)),
        after=gap,
        leading=100 if book or slides else rng.choice((100, 115, 150, 150, 200)),
        columns=2 if kind in ("newspaper", "encyclopedia", "dictionary") and rng.random() < 0.6 else 1,
        soft_hyphens=book and rng.random() < 0.7,
        head=rng.choice(("", "title", "author", "number", "sides", "section") if book else ("", "", "", "number", "title")),
        foot=rng.choice(("number", "number", "dashes", "")),
        titles="left" if slides and rng.random() < 0.5 else rng.choice(("center", "center", "center", "left", "indent")),
        title_gap=rng.choice(((0.0, 0.0), (0.4, 0.2), (0.4, 0.4), (1.0, 0.5), (0.2, 0.0))),
        title_size=size + rng.choice((0, 0, 2, 4)) + (8 if slides else 0),
        title_bold=rng.random() < 0.8,
        new_pages=slides or rng.random() < 0.3,
        items_indented=rng.choice((0.0, 0.0, 0.6, 1.25)),
        bullets=rng.choice(("", "", "• ", "– ", "\u27a2 ")) if slides else rng.choice(("", "", "", "• ", "- ")),
        boxed=rng.random() < 0.7,
        verse_indent=rng.choice((0.0, 1.5, 3.0)),
        empty=not slides and rng.random() < 0.25,
    )


def printed_by_office(sources: Sequence[tuple[Source, Sheet]], folder: Path) -> list[Path | None]:
    """PDF files of the documents, in `folder`; None for what LibreOffice did not print, all of them where it is absent."""
    program = shutil.which("soffice")
    names = [f"{number:04}" for number in range(len(sources))]
    for name, (source, sheet) in zip(names, sources, strict=True):
        (folder / f"{name}.fodt").write_text(office_of(source, sheet), encoding="utf-8")
    with TemporaryDirectory() as profile:
        for begin in range(0, len(names) if program else 0, 40):
            files = [str(folder / f"{name}.fodt") for name in names[begin : begin + 40]]
            command = [
                str(program),
                "--headless",
                f"-env:UserInstallation=file://{profile}",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
            ]
            subprocess.run([*command, *files], capture_output=True, check=False, timeout=600)
    return [path if path.is_file() else None for path in (folder / f"{name}.pdf" for name in names)]


def marginal_of(source: Source, sheet: Sheet) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand at the head and at the foot of a page, with `#` for its number."""
    title, author = _short(source.title), _short(source.author or source.title)
    shapes = {
        "": (),
        "number": ("#",),
        "dashes": ("– # –",),
        "title": (title,),
        "author": (f"{author}#", f"{author}\n#"),
        "sides": (f"{title}#", f"{title}\n#", f"#{author}", f"#\n{author}"),
        "section": tuple(block.text for block in source.blocks if block.kind == "heading"),
    }
    return shapes[sheet.head], shapes[sheet.foot]


def _short(title: str, most: int = 36) -> str:
    """A title that has room on a line of small pages."""
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0]


def office_of(source: Source, sheet: Sheet) -> str:
    """The document in the flat format of OpenDocument."""
    head = f"<style:header>{_marginal(sheet.head, source)}</style:header>" if sheet.head else ""
    if sheet.head == "sides":
        head += f"<style:header-left>{_marginal('left', source)}</style:header-left>"
    foot = f"<style:footer>{_marginal(sheet.foot, source)}</style:footer>" if sheet.foot else ""
    pages = f'<style:master-page style:name="Standard" style:page-layout-name="page">{head}{foot}</style:master-page>'
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{_styles(sheet)}</office:styles>'
        f"<office:automatic-styles>{_page_layout(sheet)}</office:automatic-styles><office:master-styles>{pages}</office:master-styles>"
        f"<office:body><office:text>{''.join(_body(source, sheet))}</office:text></office:body></office:document>"
    )
    return _NOT_IN_XML.sub("", document)


_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold, U+FFFE at a division among it: the word is whole again."""


_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("style", "style"), ("text", "text"), ("table", "table")),
        *(("fo", "xsl-fo-compatible"), ("svg", "svg-compatible")),
    )
)


def _page_layout(sheet: Sheet) -> str:
    columns = f'<style:columns fo:column-count="{sheet.columns}" fo:column-gap="0.7cm"/>' if sheet.columns > 1 else ""
    width, height = sheet.page
    return (
        f'<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="{width}cm" fo:page-height="{height}cm" '
        f'fo:margin="{sheet.margin}cm">{columns}</style:page-layout-properties>'
        '<style:header-style><style:header-footer-properties fo:margin-bottom="0.4cm" fo:min-height="0.6cm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:margin-top="0.4cm" fo:min-height="0.6cm"/></style:footer-style>'
        '</style:page-layout><style:style style:name="cell" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
    )


def _styles(sheet: Sheet) -> str:
    across = f'fo:text-align="{"justify" if sheet.justified else "left"}"'
    text = f'fo:line-height="{sheet.leading}%" fo:margin-bottom="{sheet.after}cm"'
    before, after = sheet.title_gap
    indented = sheet.titles == "indent"
    titles = (
        f'fo:text-align="{"left" if indented else sheet.titles}" fo:text-indent="{sheet.indent if indented else 0}cm" '
        f'fo:margin-top="{before}cm" fo:margin-bottom="{after}cm" fo:keep-with-next="always"'
    )
    bold = 'fo:font-weight="bold"' if sheet.title_bold else ""
    title = f'fo:font-size="{sheet.title_size}pt" {bold}'
    inside = sheet.items_indented
    rows = {
        "para": (f'{across} fo:text-indent="{sheet.indent}cm" {text}', ""),
        "item": (f'{across} fo:margin-left="{inside}cm" fo:text-indent="{0 if inside else sheet.indent}cm" {text}', ""),
        "source": (f'{across} fo:text-indent="{sheet.indent}cm" {text}', ""),
        "heading": (titles, title),
        "page_heading": (f'{titles} fo:break-before="page"', title),
        "verse": (f'fo:margin-left="{sheet.verse_indent}cm" fo:margin-bottom="{max(0.3, sheet.after)}cm"', ""),
        "right": (f'fo:text-align="end" {text}', ""),
        "centre": (f'fo:text-align="center" {text}', ""),
        "left": (text, ""),
        "cell": ("", f'fo:font-size="{sheet.size - 1}pt"'),
        "note": ('fo:text-align="justify"', f'fo:font-size="{sheet.size - 2}pt"'),
        "marginal": ('fo:text-align="center"', f'fo:font-size="{max(8, sheet.size - 2)}pt"'),
        "code": ("", 'fo:font-family="DejaVu Sans Mono" fo:font-size="9pt"'),
    }
    made = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {letters}/></style:style>"
        for name, (paragraph, letters) in rows.items()
    )
    return (
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'fo:font-family="{sheet.font}" fo:font-size="{sheet.size}pt" fo:language="kk" fo:country="KZ"/></style:default-style>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{made}'
        '<style:style style:name="toc" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties>'
        '<style:tab-stops><style:tab-stop style:type="right" style:leader-style="dotted" style:leader-text="." '
        f'style:position="{sheet.page[0] - 2 * sheet.margin:.2f}cm"/></style:tab-stops></style:paragraph-properties></style:style>'
        '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-numbering-at="document"/>'
    )


def _marginal(what: str, source: Source) -> str:
    number = '<text:page-number text:select-page="current"/>'
    apart = '<text:s text:c="12"/>'
    title, author = escape(_short(source.title)), escape(_short(source.author or source.title))
    text = {
        "number": number,
        "dashes": f"– {number} –",
        "title": title,
        "author": f"{author}{apart}{number}",
        "sides": f"{title}{apart}{number}",
        "left": f"{number}{apart}{author}",
        "section": '<text:chapter text:display="name" text:outline-level="1"/>',
    }[what]
    return f'<text:p text:style-name="marginal">{text}</text:p>'


def _body(source: Source, sheet: Sheet) -> Iterator[str]:
    rows: list[Block] = []
    begun = False
    before = "heading"
    for block in source.blocks:
        if rows and block.kind != "table":
            yield _table(rows)
            rows = []
        if block.kind == "table" and sheet.boxed:
            rows.append(block)
            continue
        opens = begun and block.kind == "heading" and sheet.new_pages and block.level < 2
        begun = begun or block.kind != "heading"
        empty = _EMPTY if sheet.empty and (block.kind == "heading") != (before == "heading") else ""
        element = 'text:h text:outline-level="1"' if block.kind == "heading" else "text:p"
        yield f'{empty}<{element} text:style-name="{_style_of(block, opens=opens)}">{_inline(block, sheet)}</{element[:6]}>'
        begun = begun and not opens
        before = block.kind
    if rows:
        yield _table(rows)


_EMPTY = '<text:p text:style-name="left">\xa0</text:p>'


def _style_of(block: Block, *, opens: bool) -> str:
    if block.kind == "heading":
        return "page_heading" if opens else "heading"
    if block.place != "left":
        return block.place
    return {"question": "item", "outline": "item", "front": "left", "table": "left", "mark": "centre", "note": "para"}.get(
        block.kind, block.kind
    )


def _inline(block: Block, sheet: Sheet) -> str:
    text = block.text.replace(HYPHEN, "")
    if sheet.soft_hyphens and block.kind in ("para", "item", "source"):
        text = re.sub(r"\w{6,}", _softened, text)
    text = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    text = re.sub(r" {2,}", lambda run: f'<text:s text:c="{len(run[0])}"/>', text)
    pieces = text.split(NOTE)
    for number, note in enumerate(block.notes, 1):
        pieces[number] = _note(note) + pieces[number]
    return "".join(pieces)


def _softened(word: re.Match[str]) -> str:
    """A word with soft hyphens between its syllables."""
    heads = [len(head) for head in syllables(word[0])]
    return "\xad".join(word[0][a:b] for a, b in zip([0, *heads], [*heads, len(word[0])], strict=True))


def _note(text: str) -> str:
    return (
        '<text:note text:note-class="footnote"><text:note-citation/><text:note-body>'
        f'<text:p text:style-name="note">{escape(text)}</text:p></text:note-body></text:note>'
    )


def _table(rows: Sequence[Block]) -> str:
    cells = [row.text.split("\t") for row in rows]
    wide = max(map(len, cells))
    columns = f'<table:table-column table:number-columns-repeated="{wide}"/>'
    return f"<table:table>{columns}{''.join(_row(row, wide) for row in cells)}</table:table>"


def _row(cells: Sequence[str], wide: int) -> str:
    filled = [*cells, *[""] * (wide - len(cells))]
    inside = "".join(
        f'<table:table-cell table:style-name="cell"><text:p text:style-name="cell">{escape(cell)}</text:p></table:table-cell>'
        for cell in filled
    )
    return f"<table:table-row>{inside}</table:table-row>"
