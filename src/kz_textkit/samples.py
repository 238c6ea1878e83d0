"""Sample texts that come with the library, so that a notebook or a first try needs no file of one's own.

They were written for this project and damaged by code: a course of three lectures, a tale, a text about a library (plain text), a page
about a museum (Word) and one about an orchard (PDF).
"""

from __future__ import annotations

from pathlib import Path

from kz_textkit.errors import UsageError

__all__ = ["sample_texts"]

INSTALLED = Path(__file__).with_name("sample_texts")
IN_REPOSITORY = Path(__file__).parents[2] / "corpus" / "raw"


def sample_texts() -> Path:
    """The folder with the sample texts.

    Raises `UsageError` where this copy of the library came without them.

    >>> "su_zhane_dala.txt" in [path.name for path in sample_texts().iterdir()]
    True
    """
    for folder in (INSTALLED, IN_REPOSITORY):
        if folder.is_dir():
            return folder
    raise UsageError("this copy of kz-textkit came without its sample texts: install it from a wheel, or clone the repository")
