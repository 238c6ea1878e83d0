"""A corpus in the formats of others: one module a format, and here the table of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kz_textkit.corpus.export_conllu import write_conllu
from kz_textkit.corpus.export_jsonl import write_jsonl
from kz_textkit.corpus.export_spacy import write_spacy
from kz_textkit.corpus.export_tei import write_tei
from kz_textkit.corpus.export_vrt import write_vrt
from kz_textkit.corpus.reader import Corpus
from kz_textkit.errors import UsageError
from kz_textkit.writing import replacing

__all__ = ["EXPORT_FORMATS", "export", "export_to_file"]

_TEXTUAL: dict[str, Callable[[Corpus, TextIO], int]] = {
    "conllu": write_conllu,
    "tei": write_tei,
    "vrt": write_vrt,
    "jsonl": write_jsonl,
}

EXPORT_FORMATS: tuple[str, ...] = (*_TEXTUAL, "spacy")
"""Names of the formats."""


def export(corpus: Corpus, format: str, stream: TextIO) -> int:
    """Write a corpus as text; the number of things written (sentences, documents, tokens or blocks, by the format).

    Raises `UsageError` where there is no such format or it is not textual.
    """
    if format == "spacy":
        raise UsageError("the format spacy is not text: say where to write it with -o FILE.spacy, or -o FOLDER for a large corpus")
    _check(format)
    return _TEXTUAL[format](corpus, stream)


def export_to_file(corpus: Corpus, format: str, output: Path) -> int:
    """Write a corpus to a file, which is there when it is complete; the number of things written, as `export` says.

    Raises `UsageError` where there is no such format or the file can't be written.
    """
    _check(format)
    try:
        if format == "spacy":
            return write_spacy(corpus, output)
        if output.is_dir():
            raise UsageError(f"{output} is a folder: give the name of a file with -o")
        with replacing(output, newline="\n") as stream:
            written = _TEXTUAL[format](corpus, stream)
    except OSError as error:
        raise UsageError(f"the export can't be written: {error.strerror or error}: {output}") from error
    return written


def _check(format: str) -> None:
    if format not in EXPORT_FORMATS:
        raise UsageError(f"there is no format {format}: choose one of {', '.join(EXPORT_FORMATS)}")
