"""A corpus for Sketch Engine and NoSketch Engine: the vertical file, and the configuration that they compile it by.

Names of metadata are short Latin ones in the files and shown as they were written. Source: the documentation of the configuration file
(https://www.sketchengine.eu/documentation/corpus-configuration-file-all-features/).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kz_textkit.corpus.export_cwb import STRUCTURES
from kz_textkit.corpus.export_vrt import write_vertical
from kz_textkit.corpus.metadata_attributes import TAKEN, attribute_names, metadata_columns
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import TokenRow
from kz_textkit.writing import replacing_folder

__all__ = ["write_sketch"]

LOWERCASE = """ATTRIBUTE lc {
    LABEL "word (lowercase)"
    DYNAMIC utf8lowercase
    DYNLIB internal
    ARG1 "C"
    FUNTYPE s
    FROMATTR word
    DYNTYPE index
    TRANSQUERY yes
}"""

GLUE = """STRUCTURE g {
    DISPLAYTAG 0
    DISPLAYBEGIN "_EMPTY_"
}"""

ABOUT = """corpus.vert   the vertical file: word, lemma, tag (UPOS), xpos, feats; <g/> where no space stands between two tokens
corpus.conf   its configuration

Sketch Engine: upload corpus.vert as a vertical file, and paste corpus.conf as its configuration (expert settings).
NoSketch Engine: in this folder, `compilecorp --no-ske corpus.conf`.
"""


def write_sketch(corpus: Corpus, output: Path) -> int:
    """Write a corpus into the folder `output`; the number of tokens written."""
    with replacing_folder(output, of="sketch") as folder:
        with (folder / "corpus.vert").open("w", encoding="utf-8", newline="\n") as stream:
            written = write_vertical(corpus, stream, _columns, glue=True)
        (folder / "corpus.conf").write_text(_configuration(corpus, output.resolve().name), "utf-8")
        (folder / "README.txt").write_text(ABOUT, "utf-8")
    return written


def _columns(token: TokenRow, _: bool) -> Sequence[str]:
    return token.form, token.lemma or token.form, token.upos or "_", token.xpos or "_", token.feats or "_"


def _configuration(corpus: Corpus, name: str) -> str:
    """The configuration; values in quotation marks must hold none."""
    said = attribute_names(metadata_columns(corpus))
    lines = [
        f'NAME "{_quoted(name)}"',
        'PATH "manatee"',
        'VERTICAL "corpus.vert"',
        'ENCODING "utf-8"',
        'LANGUAGE "Kazakh"',
        f'INFO "Made with kz-textkit {corpus.manifest.tool_version}"',
        'DOCSTRUCTURE "doc"',
        'SHORTREF "=doc.title"',
        "",
        "ATTRIBUTE word",
        LOWERCASE,
        "ATTRIBUTE lemma",
        'ATTRIBUTE tag {\n    LABEL "part of speech (UPOS)"\n}',
        'ATTRIBUTE xpos {\n    LABEL "tag of Apertium"\n}',
        'ATTRIBUTE feats {\n    LABEL "features (UD)"\n    MULTIVALUE yes\n    MULTISEP "|"\n}',
        "",
        _structure("doc", [(attribute, "") for attribute in TAKEN] + [(short, label) for label, short in said.items()]),
        *(_structure(structure, [(attribute, "") for attribute in names]) for structure, names in STRUCTURES.items()),
        GLUE,
    ]
    return "\n".join(lines) + "\n"


def _structure(name: str, attributes: Sequence[tuple[str, str]]) -> str:
    inner = [
        f'    ATTRIBUTE {attribute} {{\n        LABEL "{_quoted(label)}"\n    }}' if label else f"    ATTRIBUTE {attribute}"
        for attribute, label in attributes
    ]
    return "\n".join([f"STRUCTURE {name} {{", *inner, "}"])


def _quoted(text: str) -> str:
    return " ".join(text.replace('"', "'").split())
