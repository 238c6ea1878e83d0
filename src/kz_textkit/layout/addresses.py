"""Addresses that are a part of their sentence, and those that a page spilled into it.

A program that writes a page as plain text prints the targets of its links among the words; those are no text, and the sentence is whole
without them. Where somebody wrote the address itself, the sentence needs it: `egov.kz порталында`, `kitap.kz-тен`, `Мекенжайымыз:
www.kitap.kz`. Then it stays, and is a link all the same. The words that tell stand in `data/address_words.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from kz_textkit.layout.links import CASE_ENDING, Url

__all__ = ["spilled"]

NEAR = 60
"""Characters before and after an address that are looked at."""

_SUFFIX = re.compile(rf"[-‐‑’']{CASE_ENDING}(?![^\W\d_])")
_NAMED = re.compile(r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)[^\w\n]{0,3}[:–—][ \t]*\Z")
"""A word, and a colon or dash, just before an address."""
_NEXT_WORD = re.compile(r"\s[«\"“]?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)")
_OPENED, _CLOSED = re.compile(r"[ \t\u00a0]*[(\[<][ \t]*\Z"), re.compile(r"[ \t]*[)\]>]")


def spilled(text: str, urls: Iterable[Url]) -> list[Url]:
    """The addresses that are taken out of the text, each with the brackets around it where nothing else is in them.

    >>> from kz_textkit.layout.links import find_urls
    >>> text = "Билік (http://kk.wikipedia.org/wiki/X) туралы https://egov.kz сайтынан оқыңыз."
    >>> [text[url.start : url.end] for url in spilled(text, find_urls(text))]
    [' (http://kk.wikipedia.org/wiki/X)']
    """
    return [_with_brackets(text, url) for url in urls if not _is_needed(text, url)]


def _is_needed(text: str, url: Url) -> bool:
    """Whether the sentence would not be whole without an address."""
    if _SUFFIX.match(text, url.end):
        return True
    after = _NEXT_WORD.match(text, url.end, url.end + NEAR)
    if after is not None and after["word"].lower().startswith(_words("after")):
        return True
    before = _NAMED.search(text, max(0, url.start - NEAR), url.start)
    return before is not None and before["word"].lower().startswith(_words("before"))


def _with_brackets(text: str, url: Url) -> Url:
    opened = _OPENED.search(text, max(0, url.start - 3), url.start)
    closed = _CLOSED.match(text, url.end)
    return url if opened is None or closed is None else replace(url, start=opened.start(), end=closed.end())


@cache
def _words(place: str) -> tuple[str, ...]:
    lines = files("kz_textkit.layout").joinpath("data/address_words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(word for word, at in rows if at == place)
