"""Addresses printed in a text: found, put together where they were broken, decoded, and tied to the words that they belong to.

A word processor that writes a page with hyperlinks as plain text prints the targets at the foot of the page, in the order of the words
that carried them. What makes a URL is RFC 3986; `title`, `action=edit` and `redlink=1` are the query parameters of MediaWiki, in which
a *red link* leads to an article that nobody has written yet.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, unquote_plus

from kz_textkit.alphabet import LATIN_TO_CYRILLIC
from kz_textkit.document import LinkKind

__all__ = ["CASE_ENDING", "Url", "decode", "find_mentions", "find_urls"]


@dataclass(frozen=True, slots=True)
class Url:
    """An address in a text: its span, which may reach over line breaks, and the address put together again."""

    start: int
    end: int
    address: str


LONGEST = 2048
"""Characters of the longest stretch of an address without white space, about what browsers take; what goes beyond is text. There are
texts of millions of characters without any white space."""

# Where an address may begin: a scheme, `www.`, or a path after a name that ends in a top-level domain. Each begins with a character
# that is rare in Kazakh prose, so that the search is quick.
_DOMAINS = "kz|қаз|ru|рф|com|org|net|edu|gov|info|io|eu|uk|de|fr|tr|uz|kg|by|ua|su|int|wiki"
_SIGN = re.compile(r"/|www\.|WWW\.")
_SCHEME_BEFORE = re.compile(r"(?:https?|ftp|hxxp):\Z", re.IGNORECASE)
_NAME_BEFORE = re.compile(rf"(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:{_DOMAINS})\Z")
# A run of characters that addresses are made of, and letters of other alphabets where a segment of the path begins with them.
_RUN = re.compile(r"[!#-;=?-~]+(?:(?<=[/=_-])[^\W\d_a-zA-Z][^\s«»\"<>]*)?")
_NEXT_ADDRESS = re.compile(r"(?<![/=:])(?:https?://|www\.)", re.IGNORECASE)
_SPACE = re.compile(r"\s{1,8}")
_GOES_ON = re.compile(r"[%&=?#/_]|\.(?:html?|php|aspx?|pdf|docx?)\b|[0-9A-Fa-f]{2}%")
_BROKEN_ESCAPE = re.compile(r"%[0-9A-Fa-f]?\Z")
_ESCAPES_AT_END = re.compile(r"(?:%[0-9A-Fa-f]{2})+\Z")
CASE_ENDING = "(?:[дтнғг]?[ыі]ң|[дтн][ыі]ң|[дтн][ыі]|[дтн][ае]н?|[ғгқк][ае]|[мбп]ен|[дт][ае][ғг][ыі])"
"""A case ending, as it is written behind a name in foreign letters, after a hyphen: `kitap.kz-тен`."""
_ENDING_AT_END = re.compile(rf"(?<=[A-Za-z0-9/])[-‐‑]{CASE_ENDING}\Z")
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def find_urls(text: str) -> list[Url]:
    """The addresses in `text`, in order, those put together that were broken over lines.

    >>> broken = "http://kk.wikipedia.org/w/index.php?title=%D0%91%D1%96%\\nD0%BB%D1%96%D0%BC\\n&action=edit&redlink=1\\nБілім"
    >>> [url.address for url in find_urls(broken)]
    ['http://kk.wikipedia.org/w/index.php?title=%D0%91%D1%96%D0%BB%D1%96%D0%BC&action=edit&redlink=1']
    >>> [url.address for url in find_urls("Толығырақ www.example.kz/kaz сайтында; хат: tel@example.kz.")]
    ['www.example.kz/kaz']
    """
    urls: list[Url] = []
    reached = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < reached:
            continue
        start = _beginning(text, sign, reached)
        run = _RUN.match(text, start, start + LONGEST) if start is not None else None
        if run is None:
            continue
        urls.append(_assemble(text, run))
        reached = urls[-1].end
    return urls


def _beginning(text: str, sign: re.Match[str], floor: int) -> int | None:
    """Where the address with this sign begins, or None where the sign belongs to no address."""
    at = sign.start()
    if sign.group() != "/":
        return at
    if text.startswith("://", at - 1):
        found = _SCHEME_BEFORE.search(text, max(floor, at - 6), at)
    elif text[at - 1 : at].isalpha() and text[at + 1 : at + 2].strip():
        found = _NAME_BEFORE.search(text, max(floor, at - 80), at)
    else:
        return None
    return None if found is None else found.start()


def _assemble(text: str, run: re.Match[str]) -> Url:
    """The address that begins with `run`, with the pieces on the next lines that belong to it."""
    start, end, piece = run.start(), run.end(), run.group()
    address = ""
    while True:
        another = _NEXT_ADDRESS.search(piece, 4)
        if another is not None:
            piece, end = piece[: another.start()], end - len(piece) + another.start()
            break
        gap = _SPACE.match(text, end)
        following = _RUN.match(text, gap.end(), gap.end() + LONGEST) if gap else None
        if gap is None or following is None:
            break
        if not _continues(address + piece, following.group(), same_line="\n" not in gap.group()):
            break
        address += piece
        piece, end = following.group(), following.end()
    kept = _ENDING_AT_END.sub("", _without_closing_marks(piece))
    return Url(start, end - len(piece) + len(kept), address + kept)


def _continues(address: str, piece: str, *, same_line: bool) -> bool:
    """Whether `piece`, the next word of the text, belongs to an address that was broken before it."""
    if _NEXT_ADDRESS.match(piece) or not piece[:1].isascii():
        return False
    if _BROKEN_ESCAPE.search(address):
        return re.match(r"[0-9A-Fa-f]", piece) is not None
    escapes = _ESCAPES_AT_END.search(address)
    if escapes is not None and _cut_inside_letter(escapes.group()):
        return piece.startswith("%")
    if piece[0] in "%&" or (piece[0] in "=?_" and len(piece) > 1):
        return True
    if same_line or address[-1] in ".,;)":
        return False
    return address[-1] in "/_=&-?%" and _GOES_ON.search(piece) is not None and piece.isascii()


def _cut_inside_letter(escapes: str) -> bool:
    """Whether percent-escapes end before the last byte of a letter in UTF-8."""
    octets = bytes.fromhex(escapes.replace("%", ""))
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _without_closing_marks(piece: str) -> str:
    """An address without the punctuation of the sentence that it ends."""
    while piece:
        last = piece[-1]
        if last in ".,;:!?'*" or (last in _CLOSERS and piece.count(last) > piece.count(_CLOSERS[last])):
            piece = piece[:-1]
        else:
            break
    return piece


_TITLE = re.compile(r"[?&]title=([^&#]*)")
_WIKI = re.compile(r"/wiki/([^?#]+)")
_RED = re.compile(r"[?&](?:redlink=1|action=edit)\b")


def decode(address: str) -> tuple[str, LinkKind]:
    """Title of the page that an address leads to (empty where it names none), and the kind of link.

    >>> decode("http://kk.wikipedia.org/wiki/%D2%9A%D0%BE%D2%93%D0%B0%D0%BC")
    ('Қоғам', 'article')
    >>> decode("http://kk.wikipedia.org/w/index.php?title=%D0%A1%D1%83%D0%B1%D1%8A%D0%B5%D0%BA%D1%82&action=edit&redlink=1")
    ('Субъект', 'redlink')
    >>> decode("https://example.kz/kaz")
    ('', 'external')
    """
    query, path = _TITLE.search(address), _WIKI.search(address)
    if query is not None:
        title = unquote_plus(query.group(1))
    elif path is not None:
        title = unquote(path.group(1))
    else:
        return "", "external"
    return " ".join(title.replace("_", " ").split()), "redlink" if _RED.search(address) else "article"


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)\Z")
# An initial or first name, at the end of what is searched; letters are compared whatever alphabet they were typed in.
_NAME_PART = re.compile(r"(?<![^\W_])([^\W\d_])[^\W\d_]*\.?\s+\Z")
_LOOK_ALIKE = str.maketrans(LATIN_TO_CYRILLIC)
# Final consonants that are voiced before a suffix: кітап, кітабы.
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}


def find_mentions(titles: Sequence[str], text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """For each title, in the order of the addresses, the span of the words in `text` that it explains, or None.

    Only the `spans` of the text, in order, are searched: the lines of a page. Case is ignored; the last word of a title may bear
    suffixes in the text. Among several places the first one after the mention before is taken, since the order of the addresses is the
    order of their words.

    >>> text = "Билік қоғамда тәртіп сақтайды, қоғам билікті бақылайды."
    >>> [mention and text[slice(*mention)] for mention in find_mentions(["Тәртіп", "Қоғам", "Хандық"], text, [(0, len(text))])]
    ['тәртіп', 'қоғам', None]
    """
    if not spans:
        return [None] * len(titles)
    page = _Page(text, spans)
    found: list[tuple[int, int] | None] = []
    last_title, reached = "", spans[0][0]
    for title in titles:
        sought = [match.group().lower() for match in _WORD.finditer(_IN_BRACKETS.sub("", title))]
        floor = reached + (title != last_title)
        place = _choose(list(page.places(sought)), floor) or _choose(list(page.places_of_name(sought)), floor)
        found.append(place)
        if place is not None:
            reached, last_title = max(reached, place[0]), title
    return found


class _Page:
    """The text of some spans, searched for words by how they begin."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.first = spans[0][0]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        page = text[self.first : self.ends[-1]]
        lowered = page.lower()
        # A few letters become two when lowered, which would shift all that follows.
        self.text = lowered if len(lowered) == len(page) else page

    def places(self, sought: list[str]) -> Iterator[tuple[int, int, bool]]:
        """Where a title's words stand: the span in the text, and whether they are there without suffixes."""
        if not sought or len(sought[0]) < 2:
            return
        stem = sought[0][:-1] if len(sought[0]) > 3 and sought[0][-1] in _VOICED else sought[0]
        at = self.text.find(stem)
        while at >= 0:
            here = self._words_at(at, len(sought))
            if len(here) == len(sought) and all(_bears(match.group(), title) for match, title in zip(here, sought, strict=True)):
                words = [match.group() for match in here]
                yield self.first + at, self.first + here[-1].end(), words == sought
            at = self.text.find(stem, at + 1)

    def places_of_name(self, sought: list[str]) -> Iterator[tuple[int, int, bool]]:
        """Where a title of two words stands as a name whose first part is an initial, or is spelled in another way."""
        if len(sought) != 2 or len(sought[1]) < 4:
            return
        for start, end, _ in self.places(sought[1:]):
            before = _NAME_PART.search(self.text, max(0, start - self.first - 20), start - self.first)
            if before is not None and before.group(1).translate(_LOOK_ALIKE) == sought[0][0].translate(_LOOK_ALIKE):
                yield self.first + before.start(), end, False

    def _words_at(self, at: int, count: int) -> list[re.Match[str]]:
        """The next `count` words from the one that begins at `at`; none where no word of the spans begins there."""
        if at and self.text[at - 1].isalnum():
            return []
        line = bisect_right(self.starts, self.first + at) - 1
        if self.first + at >= self.ends[line]:
            return []
        return list(islice(_WORD.finditer(self.text, at), count))


def _bears(word: str, stem: str) -> bool:
    """Whether `word` is `stem`, with suffixes or without."""
    if word.startswith(stem):
        return len(stem) > 2 or word == stem
    voiced = _VOICED.get(stem[-1])
    return voiced is not None and len(stem) > 3 and word.startswith(stem[:-1] + voiced)


def _choose(places: list[tuple[int, int, bool]], floor: int) -> tuple[int, int] | None:
    """The first place from `floor` on that is free of suffixes, or the first at all; else one before it."""
    later = places[bisect_left(places, (floor, 0, False)) :]
    for choice in (later, places):
        if choice:
            near = [place for place in choice if place[2]] or choice
            return near[0][:2]
    return None
