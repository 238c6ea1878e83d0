"""The options that name a part of a corpus, the same in every command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kz_textkit.corpus.part import Part

__all__ = ["DocumentOption", "KindOption", "LongSectionOption", "SectionOption", "SubcorpusOption", "WhereOption", "part_of"]

_SECTION_HELP = "Of sections only: number, title or id, with the document before it where there are several (`doc:3`). Repeatable."
SectionOption = Annotated[list[str] | None, typer.Option("--section", "-s", metavar="NAME", help=_SECTION_HELP)]
LongSectionOption = Annotated[list[str] | None, typer.Option("--section", metavar="NAME", help=_SECTION_HELP)]
"""The same, where `-s` is something else."""
DocumentOption = Annotated[list[str] | None, typer.Option("--document", "-d", metavar="ID", help="Of documents only. Repeatable.")]
KindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", "-k", metavar="KIND", help="Of blocks of a kind only, such as `paragraph`, `heading`, `question`. Repeatable."
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option(
        "--where", metavar="CONDITION", help="Of documents whose metadata meet a condition, such as `year >= 1991 and genre = 'law'`."
    ),
]

SubcorpusOption = Annotated[
    str | None, typer.Option("--in", metavar="NAME", help="In a saved subcorpus (`kz-textkit subcorpus`) only.")
]


def part_of(
    corpus: Path,
    section: list[str] | None,
    document: list[str] | None,
    kind: list[str] | None,
    where: str | None,
    subcorpus: str | None,
) -> Part:
    """The part of a corpus that the options name."""
    from kz_textkit.corpus.part import Part

    part = Part(sections=tuple(section or ()), documents=tuple(document or ()), block_kinds=tuple(kind or ()), where=where or "")
    if subcorpus is None:
        return part
    from kz_textkit.corpus.subcorpora import joined
    from kz_textkit.corpus.subcorpora import subcorpus as saved

    return joined(saved(corpus, subcorpus), part)
