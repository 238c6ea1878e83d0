"""The data-set card of a corpus, `README.md`: what it is, of what and how it was made, under which licence, and how it is loaded.

The head, in YAML, is what the Hugging Face `datasets` library finds the tables by: the folder is loaded as it is, a configuration a
table. Source: *Dataset cards* and *Structure your repository* in the documentation of the Hugging Face Hub.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from kz_textkit.corpus.entries import entry_tables
from kz_textkit.corpus.licences import licence_in
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.corpus.totals import Totals
from kz_textkit.rules import rule_info

__all__ = ["LISTED", "Card", "Described", "card", "described", "licence_of", "save_card"]

CARD = "README.md"
"""Name of the card's file."""

LISTED = 50
"""Documents that are listed one by one."""

DEFAULT = "blocks"
"""The table that is loaded where none is named."""

_HUB_LICENCES = frozenset(
    (
        *("apache-2.0", "mit", "cc", "cc0-1.0", "odbl", "odc-by", "pddl", "gfdl", "gpl-3.0"),
        *(f"cc-by{more}-{version}" for more in ("", "-sa", "-nc", "-nd", "-nc-sa", "-nc-nd") for version in ("2.0", "3.0", "4.0")),
    )
)
"""Names of licences that the Hub knows."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))


@dataclass(frozen=True)
class Described:
    """What a card says of the documents."""

    listed: Sequence[Mapping[str, Any]]
    """Rows of the documents table, the first ones."""
    languages: Mapping[str, int]
    """Documents by language."""
    licence: tuple[str, str]
    """As `licence_of` gives it."""


@dataclass(frozen=True)
class Card:
    """What a card says."""

    name: str
    documents: Described
    number: int
    """How many they are."""
    tokens: Mapping[str, int]
    """Tokens of those that are listed, by id."""
    edits: Mapping[str, int]
    """Applied edits of all of them, by rule."""
    tool_version: str
    files: Mapping[str, Mapping[str, Sequence[str]]]
    """Of each table that is there, by split, the patterns of its files."""
    rows: Mapping[str, Mapping[str, int]]
    """Of each table, by split, its rows."""
    notes: Sequence[str] = ()
    """Paragraphs of the description, beside what all cards say."""


def save_card(folder: Path, totals: Totals, tool_version: str) -> None:
    """Write the card of the corpus whose tables are in `folder`, as `README.md` there; it does not depend on where the corpus is."""
    listed = list(islice(_rows(sorted((folder / "documents").glob("*.parquet"))), LISTED))
    there = [table for table in TABLES if totals.counts.get(table)]
    about = Card(
        name=(listed[0]["title"] if totals.documents == 1 else "") or f"{totals.documents:,} Kazakh texts",
        documents=Described(listed, totals.languages, licence_of(totals.licences)),
        number=totals.documents,
        tokens=_tokens(folder, len(listed)),
        edits=totals.edits,
        tool_version=tool_version,
        files={table: {"train": [f"{table}/*.parquet"]} for table in there},
        rows={table: {"train": totals.counts[table]} for table in there},
        notes=["`kz-textkit verify` proves that this folder is what was written, and that every raw text can be rebuilt from it."],
    )
    (folder / CARD).write_text(card(about), "utf-8")


def _tokens(folder: Path, number: int) -> dict[str, int]:
    """Tokens of the first documents, by id."""
    rows = (
        row for table in entry_tables(folder, ["doc_id", "counts"]) for batch in table.to_batches(LISTED) for row in batch.to_pylist()
    )
    return {row["doc_id"]: json.loads(row["counts"]).get("tokens", 0) for row in islice(rows, number)}


def described(rows: Iterable[Mapping[str, Any]]) -> Described:
    """What a card says of documents, from the columns doc_id, title, language and metadata of their rows, which pass once."""
    listed: list[Mapping[str, Any]] = []
    languages: Counter[str] = Counter()
    licences: Counter[str] = Counter()
    for row in rows:
        if len(listed) < LISTED:
            listed.append(row)
        languages[str(row["language"] or "und")] += 1
        licences[licence_in(row["metadata"])] += 1
    return Described(listed, languages, licence_of(licences))


def _rows(paths: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    for path in paths:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(LISTED, columns=["doc_id", "title", "language", "metadata"]):
                yield from batch.to_pylist()


def licence_of(licences: Mapping[str, int]) -> tuple[str, str]:
    """The licence of all documents as the Hub names it, and as they name it, from the documents by what they say, which may be nothing;
    `other` where the Hub knows none such, or they have several.

    >>> licence_of({"CC BY-SA 4.0": 12}), licence_of({"": 3}), licence_of({"CC BY 4.0": 2, "": 5})
    (('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('unknown', ''), ('other', 'CC BY 4.0; of 5 documents not said'))
    """
    named = ", ".join(filter(None, licences))
    if not named:
        return "unknown", ""
    if silent := licences.get("", 0):
        return "other", f"{named}; of {silent:,} documents not said"
    known = re.sub(r"[\s_]+", "-", named.lower().strip())
    return (known if known in _HUB_LICENCES else "other"), named


def card(about: Card) -> str:
    """The text of the card."""
    tokens = sum(about.rows.get("tokens", {}).values())
    sentences = sum(about.rows.get("sentences", {}).values())
    lines = [*_head(about), "", f"# {_plain(about.name)}", ""]
    noun = "document" if about.number == 1 else "documents"
    lines += [
        f"Kazakh texts, cleaned, structured and annotated: {about.number:,} {noun}, {sentences:,} sentences, "
        f"{tokens:,} tokens. Made with kz-textkit {about.tool_version}; every character leads back to the file that it came from "
        "(columns `raw_start` and `raw_end`, table `edits`).",
        "",
    ]
    lines += [paragraph + "\n" for paragraph in about.notes]
    lines += [*_licence(about), *_loading(about), *_tables(about), *_documents(about), *_cleaning(about)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(about: Card) -> list[str]:
    languages = sorted(about.documents.languages.items(), key=lambda found: (-found[1], found[0]))
    licence, named = about.documents.licence
    size = sum(about.rows.get(DEFAULT, {}).values())
    lines = ["---", f"pretty_name: {_yaml(about.name)}", "language:"]
    lines += [f"- {_yaml(language)}" for language, _ in languages if language != "und"] or ["- kk"]
    lines.append(f"license: {licence}")
    if licence == "other":
        lines.append(f"license_name: {_yaml(named)}")
    lines += ["size_categories:", f"- {next((name for bound, name in _SIZES if size < bound), '10M<n<100M')}"]
    lines += ["task_categories:", "- text-generation", "- token-classification", "tags:", "- corpus-linguistics", "- kazakh"]
    lines.append("configs:")
    for table, splits in about.files.items():
        lines.append(f"- config_name: {table}")
        if table == DEFAULT:
            lines.append("  default: true")
        lines.append("  data_files:")
        for split, patterns in splits.items():
            lines.append(f"  - split: {split}")
            lines.append("    path:" if len(patterns) > 1 else f"    path: {_yaml(patterns[0])}")
            lines += [f"    - {_yaml(pattern)}" for pattern in patterns] if len(patterns) > 1 else []
    return [*lines, "---"]


def _licence(about: Card) -> list[str]:
    _, named = about.documents.licence
    if not named:
        text = "The metadata say no licence: the rights are those of the sources. A column `licence` of `metadata.csv` says it."
    else:
        text = f"{_plain(named)}, as the metadata say."
    return ["## Licence", "", text, ""]


def _loading(about: Card) -> list[str]:
    table = DEFAULT if DEFAULT in about.files else next(iter(about.files), DEFAULT)
    split = next(iter(about.files.get(table, {"train": ()})))
    return [
        "## Loading",
        "",
        "```python",
        "from datasets import load_dataset",
        "",
        f'{table} = load_dataset("FOLDER", "{table}", split="{split}")  # FOLDER: where this file is',
        "```",
        "",
    ]


def _tables(about: Card) -> list[str]:
    splits = list(dict.fromkeys(split for found in about.rows.values() for split in found))
    lines = ["## Tables", "", "| table | " + " | ".join(splits) + " | columns |", "| --- |" + " ---: |" * len(splits) + " --- |"]
    for table in about.files:
        counts = " | ".join(f"{about.rows[table].get(split, 0):,}" for split in splits)
        lines.append(f"| `{table}` | {counts} | {', '.join(f'`{name}`' for name in SCHEMAS[table].names)} |")
    lines += ["", "What the columns mean:", ""]
    told: set[str] = set()
    for table in about.files:
        for column in SCHEMAS[table]:
            description = (column.metadata or {}).get(b"description", b"").decode()
            if column.name not in told or column.name in ("kind", "start", "end"):
                lines.append(f"- `{table}.{column.name}`: {description}")
            told.add(column.name)
    return [*lines, ""]


def _documents(about: Card) -> list[str]:
    lines = ["## Documents", "", "| document | title | language | tokens | metadata |", "| --- | --- | --- | ---: | --- |"]
    for row in about.documents.listed:
        said = json.loads(row["metadata"] or "{}")
        metadata = "; ".join(f"{name}: {value}" for name, value in sorted(said.items()) if name.lower() != "title" and value)
        cells = (row["doc_id"], row["title"], row["language"], f"{about.tokens.get(row['doc_id'], 0):,}", metadata)
        lines.append("| " + " | ".join(_plain(str(cell or "")) for cell in cells) + " |")
    if about.number > LISTED:
        lines += ["", f"and {about.number - LISTED:,} more, in the table `documents`."]
    return [*lines, ""]


def _cleaning(about: Card) -> list[str]:
    edits = Counter(about.edits)
    lines = ["## Cleaning", ""]
    if not edits:
        return [*lines, "Nothing had to be changed.", ""]
    lines += ["| rule | what | edits |", "| --- | --- | ---: |"]
    lines += [f"| `{rule}` | {_plain(rule_info(rule).labels['en'])} | {count:,} |" for rule, count in edits.most_common()]
    return [*lines, ""]


def _plain(text: str) -> str:
    """A text for a cell of a table or a line of Markdown."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _yaml(text: str) -> str:
    """A text in YAML; what JSON writes is YAML too."""
    return json.dumps(text, ensure_ascii=False)
