"""Metadata of documents as attributes of formats that ask for short Latin names (the Corpus Workbench, Sketch Engine).

A column `автор` becomes `avtor`, by the Latin alphabet of 2021 without its marks; names that would be one, or are those of attributes
that we write ourselves, get a number.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

from kz_textkit.corpus.reader import Corpus
from kz_textkit.scripts.transliteration import transliterate

__all__ = ["attribute_names", "metadata_attributes", "metadata_columns", "short_name"]

TAKEN = ("id", "source", "sha256", "title", "language")
"""Attributes of a document that we write ourselves."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def metadata_columns(corpus: Corpus) -> list[str]:
    """The names of all metadata of a corpus, in order; without `title`, where that says no more than the titles of the documents do."""
    found: set[str] = set()
    has_titles = False
    for row in corpus.table("documents", columns=["title", "metadata"]).to_pylist():
        said = json.loads(row["metadata"] or "{}")
        found.update(said)
        has_titles = has_titles or said.get("title") not in (None, "", row["title"])
    return sorted(found - (set() if has_titles else {"title"}))


def attribute_names(columns: Iterable[str]) -> dict[str, str]:
    """A short Latin name of its own for each column.

    >>> attribute_names(["автор", "жылы", "title", "Жанр/түр", "1-бөлім"])
    {'автор': 'avtor', 'жылы': 'jyly', 'title': 'title_2', 'Жанр/түр': 'janr_tur', '1-бөлім': 'm_1_bolim'}
    """
    names: dict[str, str] = {}
    taken = set(TAKEN)
    for column in columns:
        stem = short_name(column, "m")
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name)
        names[column] = name
    return names


def metadata_attributes(metadata: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The values of a document by the short names."""
    return {names[column]: value for column, value in metadata.items() if column in names}


def short_name(text: str, otherwise: str) -> str:
    """A text as a name of small Latin letters, digits and low lines; one that would not begin with a letter has `otherwise` before it.

    >>> short_name("Дәрістер жинағы (2024)", "corpus")
    'darister_jinagy_2024'
    """
    latin = transliterate(text, "latin-2021", source="cyrillic").replace("ı", "i")
    plain = unicodedata.normalize("NFKD", latin).lower().encode("ascii", "ignore").decode()
    name = _NOT_IN_NAMES.sub("_", plain).strip("_")[:40]
    return name if name[:1].isalpha() else f"{otherwise}_{name}".rstrip("_")
