"""A corpus in the formats of others: one module a format, and here the table of them.

Some formats are one text, which may go to a file or a stream; others are a folder, with what the programs that read them need beside
the texts. Files and folders are there when they are complete, and take the place of nothing but an earlier export of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from kz_textkit.corpus.export_brat import write_brat
from kz_textkit.corpus.export_conllu import write_conllu
from kz_textkit.corpus.export_cwb import write_cwb
from kz_textkit.corpus.export_hf import write_hf
from kz_textkit.corpus.export_jsonl import write_jsonl
from kz_textkit.corpus.export_labels import write_label_studio, write_prodigy
from kz_textkit.corpus.export_sketch import write_sketch
from kz_textkit.corpus.export_spacy import write_spacy
from kz_textkit.corpus.export_tei import write_tei
from kz_textkit.corpus.export_vrt import write_vrt
from kz_textkit.corpus.export_webanno import write_webanno
from kz_textkit.corpus.reader import Corpus
from kz_textkit.errors import UsageError
from kz_textkit.writing import replacing

__all__ = ["EXPORT_FORMATS", "FOLDER_FORMATS", "TEXT_FORMATS", "export", "export_to_file"]

_TEXTUAL: Mapping[str, Callable[[Corpus, TextIO], int]] = {
    "conllu": write_conllu,
    "tei": write_tei,
    "vrt": write_vrt,
    "jsonl": write_jsonl,
    "prodigy": write_prodigy,
}

_FOLDERS: Mapping[str, Callable[[Corpus, Path], int]] = {
    "cwb": write_cwb,
    "sketch": write_sketch,
    "hf": write_hf,
    "brat": write_brat,
    "webanno": write_webanno,
    "label-studio": write_label_studio,
    "spacy": write_spacy,
}

TEXT_FORMATS: tuple[str, ...] = tuple(_TEXTUAL)
"""Names of the formats that are one text."""

FOLDER_FORMATS: tuple[str, ...] = tuple(_FOLDERS)
"""Names of the formats that are a folder; `spacy` is a file, where its name ends in `.spacy`."""

EXPORT_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "conllu": "CoNLL-U of Universal Dependencies",
        "tei": "TEI P5",
        "vrt": "the vertical file alone",
        "jsonl": "JSON Lines, one block a line",
        "prodigy": "JSON Lines of Prodigy",
        "cwb": "the IMS Open Corpus Workbench: vertical file, registry, script that encodes",
        "sketch": "Sketch Engine: vertical file and configuration",
        "hf": "a data set for Hugging Face `datasets`: tables in splits, card",
        "brat": "brat: texts, standoff annotations, configuration",
        "webanno": "WebAnno TSV, which INCEpTION imports",
        "label-studio": "Label Studio: tasks and configuration",
        "spacy": "spaCy's DocBin",
    }
)
"""What each format is."""


def export(corpus: Corpus, format: str, stream: TextIO) -> int:
    """Write a corpus as text; the number of things written (sentences, documents, tokens or blocks, by the format).

    Raises `UsageError` where there is no such format or it is not textual.
    """
    _check(format)
    if format not in _TEXTUAL:
        names = "-o FILE.spacy, or -o FOLDER for a large corpus" if format == "spacy" else "-o FOLDER"
        raise UsageError(f"the format {format} is not one text: say where to write it with {names}")
    return _TEXTUAL[format](corpus, stream)


def export_to_file(corpus: Corpus, format: str, output: Path) -> int:
    """Write a corpus to a file or, by the format, a folder, which is there when it is complete; the number of things written.

    Raises `UsageError` where there is no such format, the file can't be written, or the folder has something else in it.
    """
    _check(format)
    try:
        if format in _FOLDERS:
            return _FOLDERS[format](corpus, output)
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
