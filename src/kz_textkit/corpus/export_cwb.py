"""A corpus for the IMS Open Corpus Workbench: the vertical file, the entry of the registry, and the script that encodes it.

Nothing in the vertical file is taken for a word that is none: instead of `<g/>`, the column `space` says whether a space comes after a
token. Features are a feature set, so that `[feats contains "Case=Loc"]` finds them. Sections are not nested, which the Workbench does
not take as it is: `section_parent` names the one that a section belongs to. Sources: CWB Corpus Encoding and Management Manual, version
3.5, and CQP Query Language Tutorial. `encode.sh` needs the programs `cwb-encode` and `cwb-makeall` of the Workbench.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kz_textkit.corpus.export_vrt import write_vertical
from kz_textkit.corpus.metadata_attributes import TAKEN, attribute_names, metadata_columns, short_name
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import TokenRow
from kz_textkit.writing import replacing_folder

__all__ = ["STRUCTURES", "write_cwb"]

COLUMNS = ("lemma", "upos", "xpos", "feats/", "space", "entity", "head", "deprel")
"""Positional attributes after the word; a slash marks a feature set."""

STRUCTURES: Mapping[str, tuple[str, ...]] = {
    "section": ("id", "parent", "kind", "number", "level", "title"),
    "p": ("id", "kind", "page"),
    "s": ("id",),
    "name": ("label", "lemma"),
}
"""Structures below the document, with their attributes."""

SCRIPT = """#!/bin/sh
# Encodes this corpus for the IMS Open Corpus Workbench, in this folder. Afterwards:
#     cqp -e -r registry -D {upper}
# or copy registry/{name} to the registry of your system.
set -e
cd "$(dirname "$0")"
here=$(pwd)
rm -rf data && mkdir data
cwb-encode -xsB -c utf8 -d data -f corpus.vrt \\
    {attributes} \\
    {structures}
here="$here" awk '
    /^HOME / {{ print "HOME \\"" ENVIRON["here"] "/data\\""; next }}
    /^INFO / {{ print "INFO \\"" ENVIRON["here"] "/data/.info\\""; next }}
    {{ print }}' registry/{name} > registry/{name}.new
mv registry/{name}.new registry/{name}
cp info.txt data/.info
cwb-makeall -r registry -V {upper}
"""


def write_cwb(corpus: Corpus, output: Path) -> int:
    """Write a corpus into the folder `output`, whose name becomes that of the corpus; the number of tokens written."""
    name = short_name(output.resolve().name, "corpus")
    document = (*TAKEN, *attribute_names(metadata_columns(corpus)).values())
    structures = {"doc": document, **STRUCTURES}
    with replacing_folder(output, of="cwb") as folder:
        with (folder / "corpus.vrt").open("w", encoding="utf-8", newline="\n") as stream:
            written = write_vertical(corpus, stream, _columns, glue=False)
        (folder / "registry").mkdir()
        (folder / "registry" / name).write_text(_registry(name, output.resolve().name, structures), "utf-8")
        (folder / "info.txt").write_text(_info(corpus, written), "utf-8")
        script = folder / "encode.sh"
        script.write_text(_script(name, structures), "utf-8")
        script.chmod(0o755)
    return written


def _columns(token: TokenRow, space: bool) -> Sequence[str]:
    return (
        token.form,
        token.lemma or token.form,
        token.upos or "_",
        token.xpos or "_",
        f"|{token.feats}|" if token.feats else "|",
        "1" if space else "0",
        token.entity or "O",
        "_" if token.head is None else str(token.head),
        token.deprel or "_",
    )


def _script(name: str, structures: Mapping[str, Sequence[str]]) -> str:
    attributes = " ".join(f"-P {column}" for column in COLUMNS)
    declared = " ".join(f"-S {structure}:0+{'+'.join(names)}" for structure, names in structures.items())
    return SCRIPT.format(name=name, upper=name.upper(), attributes=attributes, structures=declared)


def _registry(name: str, title: str, structures: Mapping[str, Sequence[str]]) -> str:
    """The entry of the registry; the script puts the whole path of the data in."""
    quoted = title.replace('"', "'").replace("\\", "/")
    lines = [
        f'NAME "{quoted}"',
        f"ID   {name}",
        "HOME data",
        "INFO data/.info",
        "",
        '##:: charset  = "utf8"',
        '##:: language = "kk"',
        "",
    ]
    lines += [f"ATTRIBUTE {column.rstrip('/')}" for column in ("word", *COLUMNS)]
    for structure, names in structures.items():
        lines += ["", f"STRUCTURE {structure}", *(f"STRUCTURE {structure}_{attribute}" for attribute in names)]
    return "\n".join(lines) + "\n"


def _info(corpus: Corpus, tokens: int) -> str:
    documents = len(corpus.manifest.documents)
    return f"Kazakh texts, made with kz-textkit {corpus.manifest.tool_version}: {documents:,} documents, {tokens:,} tokens.\n"
