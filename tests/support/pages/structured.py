"""Documents whose structure is known because their format or their authors say it: laws in HTML, a book in Markdown, a made book with
its gold, and the tests' own originals and outlines.

Those of `../shared` belong to the split that their hand-labelled pages belong to, so that nothing of a held-out document is trained on.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import html

from labelled import Split
from pages.model import NOTE, Block, Source
from repository import SHARED, TESTS

__all__ = ["STRUCTURED", "draw", "law_blocks", "markdown_blocks"]

_REAL = SHARED / "documents" / "real"
_KINDS = {
    "paragraph": "para",
    "list_item": "item",
    "outline_item": "outline",
    "toc_entry": "toc",
    "table_row": "table",
    "caption": "note",
}
_OUTLINE_SPLITS: Mapping[str, Split] = {
    **dict.fromkeys(("article", "exam", "novel", "law"), "held_out"),
    **dict.fromkeys(("syllabus", "tales", "memo", "report"), "development"),
}  # type: ignore[dict-item]

Documents = Mapping[Split, Sequence[Sequence[Block]]]


def draw(kind: str, split: Split, rng: random.Random, lines: int, width: int) -> Source:
    """A stretch of one document of the kind, or several short ones after another, of about so many lines."""
    documents = STRUCTURED[kind]()[split]
    blocks: list[Block] = []
    used = 0
    for document in rng.sample(documents, len(documents)):
        titles = [at for at, block in enumerate(document) if block.kind == "heading" and block.level < 3]
        start = rng.choice(titles) if len(document) > 200 else 0
        for block in document[start:]:
            if used > lines:
                break
            blocks.append(block)
            used += sum(1 + len(line) // width for line in block.text.split("\n"))
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Source(
        kind, split, tuple(blocks), re.sub(r"^(\d+(-\d+)?-(бап|тарау)\.|[\W\d]+) *", "", title.replace("\n", " ")), "", "structured"
    )


# Laws


def law_blocks(page: str) -> list[Block]:
    """Blocks of a law as the legal information system publishes it (`<article>`: `h3` chapters, bold articles, class `note`).

    >>> [block.kind for block in law_blocks("<article><h3>1-тарау</h3><p><b>1-бап. Тіл</b></p><p>1. Тіл.</p></article>")]
    ['heading', 'heading', 'item']
    """
    article = html.fromstring(page).find(".//article") if "<html" in page else html.fromstring(page)
    blocks = []
    for text, kind in _stretches(article):
        if re.match(r"(Ескерту\.|ЗҚАИ|РҚАО|Қолданушы)", text) or kind == "note":
            blocks.append(Block("note", text))
        elif kind == "h3":
            blocks.append(Block("heading", text, 1, "centre"))
        elif kind == "b" and re.match(r"\d+(-\d+)?-бап", text):
            blocks.append(Block("heading", text, 2))
        else:
            blocks.append(Block("item" if re.match(r"\d+(-\d+)?[.)] ", text) else "para", text))
    return [block for block in blocks if block.text != "МАЗМҰНЫ"]


def _stretches(article: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Text of each line of the article as a browser shows it, with what it stands in."""
    loose: list[str] = []
    for child in article:
        if child.tag in ("table", "div"):
            continue
        if child.tag in ("p", "h3", "br"):
            yield from _line("".join(loose), "note")
            loose = [child.tail or ""]
        if child.tag in ("p", "h3"):
            whole = "b" if child.find("b") is not None else "note" if child.get("class") == "note" else child.tag
            for line in html.tostring(child, encoding="unicode", with_tail=False).split("<br>"):
                yield from _line(html.fromstring(f"<div>{line}</div>").text_content(), whole)
        elif child.tag != "br":
            loose += [child.text_content(), child.tail or ""]


def _line(text: str, kind: str) -> Iterator[tuple[str, str]]:
    text = " ".join(text.split())
    if len(text) > 3:
        yield text, kind


# Markdown


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of a Markdown file, as printed: without its signs.

    >>> [(block.kind, block.text) for block in markdown_blocks("## Орнату" + chr(10) + chr(10) + "- `бір` қадам")]
    [('heading', 'Орнату'), ('item', '– бір қадам')]
    """
    blocks = []
    for piece in re.findall(r"```.*?```|(?:(?!```)[^\n]+\n?)+", text, re.DOTALL):
        if piece.startswith("```"):
            blocks.append(Block("code", "\n".join(piece.strip().split("\n")[1:-1]), run_on=True))
            continue
        for part in re.split(r"\n(?=\s*(?:[-*]|\d+\.) )", piece.strip()):
            plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", lambda match: match[1] or "", " ".join(part.split()))
            if part.startswith("#"):
                hashes = re.match(r"#+", part)
                blocks.append(Block("heading", plain.lstrip("# "), len(hashes[0]) if hashes else 1))
            elif re.match(r"\s*([-*]|\d+\.) ", part):
                blocks.append(Block("item", re.sub(r"^[-*]? ", "– ", plain) if part.lstrip()[0] in "-*" else plain))
            elif plain and not plain.startswith(("|", ">", "---")):
                blocks.append(Block("para", plain))
    return blocks


# What there is


@lru_cache(maxsize=1)
def _laws() -> Documents:
    training, held_out = (law_blocks((_REAL / f"law_{name}_kk.html").read_text(encoding="utf-8")) for name in ("29-III", "561-IV"))
    middle = len(training) * 4 // 5
    return {"training": [training[:middle]], "development": [training[middle:]], "held_out": [held_out]}


@lru_cache(maxsize=1)
def _guide() -> Documents:
    blocks = markdown_blocks((_REAL / "rust_book_chapter_01.md").read_text(encoding="utf-8"))
    return {"training": [], "development": [], "held_out": [blocks]}


@lru_cache(maxsize=1)
def _made() -> Documents:
    blocks: list[Block] = []
    for kind, text in json.loads((SHARED / "documents" / "made" / "gold.json").read_text(encoding="utf-8")):
        if kind == "note" and blocks and blocks[-1].kind in ("para", "item"):
            last = blocks.pop()
            blocks.append(Block(last.kind, last.text + NOTE, notes=(*last.notes, text)))
        elif kind == "heading":
            blocks.append(Block("heading", text, 1 if re.match(r"\d+-дәріс|Алғы", text) else 2))
        else:
            blocks.append(Block(_KINDS.get(kind, kind), text))
    return {"training": [blocks], "development": [], "held_out": []}


@lru_cache(maxsize=1)
def _own() -> Documents:
    """`tests/originals` and `tests/outlines`."""
    documents: dict[Split, list[list[Block]]] = {"training": [], "development": [], "held_out": []}
    for path in sorted((TESTS / "originals").glob("*_*.txt")):
        documents["training"].append(_tagged(path))
    for path in sorted((TESTS / "outlines").glob("*.txt")):
        documents[_OUTLINE_SPLITS.get(path.stem, "training")].append(_tagged(path))
    return documents


def _tagged(path: Path) -> list[Block]:
    """Blocks of a file of `[kind] text` lines; the parts of a title become one."""
    blocks: list[Block] = []
    for tag, text in re.findall(r"^\[([^\]]+)\] (.+)", path.read_text(encoding="utf-8"), re.MULTILINE):
        kind, *rest = tag.split()
        if kind == "heading-goes-on":
            last = blocks.pop()
            blocks.append(Block("heading", f"{last.text}\n{text}", last.level))
        elif kind == "heading":
            blocks.append(Block("heading", text, int(rest[0])))
        elif kind == "verse":
            blocks.append(Block("verse", text.replace("/", "\n"), run_on=True))
        else:
            numbered = kind == "paragraph" and path.stem in ("decree", "oldlaw") and re.match(r"\d+\. ", text)
            name = kind == "paragraph" and text[-1].isalnum() and len(text.split()) < 6
            blocks.append(Block("item" if numbered else _KINDS.get(kind, kind), text, doubtful=name))
    return blocks


def _available() -> dict[str, Callable[[], Documents]]:
    kinds: dict[str, Callable[[], Documents]] = {"outlines": _own}
    if _REAL.is_dir():
        kinds |= {"law_as_published": _laws, "guide_as_published": _guide, "made_book": _made}
    return kinds


STRUCTURED: Mapping[str, Callable[[], Documents]] = _available()
"""Kinds of structured documents at hand, with what gives them by split."""
