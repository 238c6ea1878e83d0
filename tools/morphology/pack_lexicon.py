"""Packs the dictionary, a file a source, so that it need not be worked out whenever a program starts.

    python tools/morphology/pack_lexicon.py

To be run after every change of the tables that `kz_textkit.morphology.lexicon` reads, or of that module; a test tells. Licences
are those of the tables of the same name.
"""

from __future__ import annotations

from kz_textkit.morphology.lexicon import SOURCES, digest_of_tables, worked_out
from kz_textkit.morphology.stems import pack
from paths import MORPHOLOGY


def packed_files() -> dict[str, str]:
    """The packed files by name."""
    entries, digest = list(worked_out().entries()), digest_of_tables()
    return {f"{source}.packed": pack(entries, source, digest) for source in SOURCES}


def main() -> None:
    """Writes them."""
    for name, content in packed_files().items():
        (MORPHOLOGY / "lexicon" / name).write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
