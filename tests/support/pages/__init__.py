"""Kazakh pages that label themselves: documents of known structure, set by code in the ways of the world.

`set_texts` gives labelled texts, deterministic by their seed; `README.md` lists kinds and settings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from labelled import LabelledText, Split
from pages.kinds import GRAMMARS
from pages.material import Material
from pages.model import Block, Source
from pages.setter import set_side_by_side, set_source
from pages.setting import Setting, choose
from pages.structured import STRUCTURED, draw
from pages.writer import Writer

__all__ = ["KINDS", "Block", "Setting", "Source", "compose", "drawn", "exists", "set_side_by_side", "set_source", "set_texts"]

_ASKED_FOR = ("site",)
"""Kinds that are drawn only where they are asked for: what was drawn before there were such stays as it was."""
KINDS: tuple[str, ...] = (*(kind for kind in GRAMMARS if kind not in _ASKED_FOR), *STRUCTURED)
"""Kinds of documents; those of `../shared` only where it is there."""
_OFTEN = dict.fromkeys(("novel", "monograph", "law", "poems", "epic"), 3) | dict.fromkeys(
    (
        *("lectures", "thesis", "slides", "encyclopedia", "research", "law_as_published", "textbook", "reviews", "web_news"),
        *("play", "minutes", "decree", "web_encyclopedia", "guidelines", "book_pages"),
    ),
    2,
)
"""Kinds that people bring more often than others."""
_ON_THE_WEB = (
    *("novel", "tales", "poems", "proverbs", "memoir", "interview", "article", "encyclopedia", "law", "recipes", "oration", "textbook"),
    *("lesson", "riddles", "chronicle", "law_as_published", "exam", "questions_answered", "dictionary", "decree"),
)
_SPLITS: tuple[Split, ...] = (*["training"] * 7, "development", "held_out", "held_out")  # type: ignore[assignment]


def set_texts(
    seed: int, count: int, *, kinds: Sequence[str] | None = None, marks: bool = False, split: Split | None = None
) -> Iterator[LabelledText]:
    """So many documents of 60 to 400 lines, of random kinds and settings.

    Seven of ten are for training, one for development, two are held out; `split` gives those of one alone. Sentences, titles,
    names and the shapes of settings are divided between the splits. With `marks`, documents come as out of a PDF reader:
    with `page` and `line` marks.

    >>> text = next(set_texts(1, 1, kinds=["letters"], split="training"))
    >>> text.kind, len(text.labels) == text.text.count("\\n") + 1
    ('letters', True)
    """
    for number in range(count):
        rng = random.Random(crc32(f"{seed}/{number}".encode()))
        yield _one(rng, *drawn(rng, kinds, split), marks)


def drawn(rng: random.Random, kinds: Sequence[str] | None, split: Split | None) -> tuple[str, Split]:
    """A kind and a split at random, such that there are documents of both."""
    of_split = split or rng.choice(_SPLITS)
    found = [kind for kind in kinds or KINDS if exists(kind, of_split)] or ["novel"]
    return rng.choices(found, [_OFTEN.get(kind, 1) for kind in found])[0], of_split


def exists(kind: str, split: Split) -> bool:
    """Whether a split has documents of the kind: some real documents belong to one split alone."""
    return kind in GRAMMARS or bool(STRUCTURED[kind]()[split])


def _one(rng: random.Random, kind: str, split: Split, marks: bool) -> LabelledText:
    setting = choose(split, rng, kind, marks=marks)
    lines = rng.randint(70, 260) // (1 + setting.inside)
    for _ in range(4):
        source = compose(kind, split, rng, lines=lines, width=setting.width // 500 if setting.wrapped else 10_000)
        if not setting.height and kind in _ON_THE_WEB and rng.random() < 0.35:
            source = _copied_from_the_web(source, rng)
        text = set_source(source, setting, rng)
        if len(text.labels) >= 60:
            break
        lines *= 2
    return text


def _copied_from_the_web(source: Source, rng: random.Random) -> Source:
    """The document with the menus above it and what stands below it on a page of the web."""
    material = Material(source.split, rng)
    above = [Block("running_head", entry) for entry in material.some("web/menu", 3, 40)]
    shares = [Block("running_head", entry) for entry in material.some("web/share", 0, 4)]
    below = [Block("running_head", entry) for entry in material.some("web/foot", 1, 10)]
    return replace(source, blocks=(*above, *source.blocks, *shares, *below))


def compose(kind: str, split: Split, rng: random.Random, *, lines: int = 120, width: int = 70) -> Source:
    """A document of about so many lines of so many characters, before it is set."""
    if kind in STRUCTURED:
        return draw(kind, split, rng, lines, width)
    writer = Writer(Material(split, rng), lines, width)
    GRAMMARS[kind](writer)
    return Source(kind, split, tuple(writer.blocks), writer.title, writer.author, "own")
