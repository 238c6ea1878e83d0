"""Words that documents are written with: the tables of `data/`, and, where `../shared` lies beside the repository, its sentences.

Everything is divided between training, development and held-out texts, so that no sentence, title or name of one is in another.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from labelled import Split
from repository import SHARED, TESTS

__all__ = ["DATA", "Material", "entries", "share"]

DATA = Path(__file__).parent / "data"
T = TypeVar("T")

_SHARES: tuple[Split, ...] = ("training", "training", "training", "development", "held_out")
_OWN = {
    "story": ("story", "history"),
    "science": ("science", "history"),
    "law": ("law", "formal"),
    "news": ("news", "formal"),
    "history": ("history", "science"),
    "instruction": ("instruction",),
    "cook": ("cook",),
    "formal": ("formal", "law"),
    "review": ("review",),
    "forum": ("forum", "review"),
}
_FOREIGN = {
    "story": ("tatoeba", "classics"),
    "science": ("wikipedia",),
    "history": ("wikipedia",),
    "news": ("kaznerd",),
    "formal": ("kaznerd",),
    "instruction": ("tatoeba",),
    "cook": ("tatoeba",),
    "review": ("tatoeba",),
    "forum": ("tatoeba",),
    "proverb": ("common_voice",),
}


def share(options: Sequence[T], split: Split) -> list[T]:
    """The part of `options` that a split may use: three of five for training. Lists of fewer than five are for all.

    >>> share([1, 2, 3, 4, 5], "held_out")
    [5]
    """
    if len(options) < 5:
        return list(options)
    return [option for at, option in enumerate(options) if _SHARES[at % 5] == split]


def entries(table: str) -> list[str]:
    """Entries of `data/`, by `table/group`."""
    return _tables()[table]


@lru_cache(maxsize=1)
def _tables() -> dict[str, list[str]]:
    """`table/group` to the entries of it."""
    tables: dict[str, list[str]] = defaultdict(list)
    for path in sorted(DATA.glob("*.tsv")):
        for line in _lines(path):
            group, _, text = line.partition("\t")
            tables[path.stem if path.stem == "entries" else f"{path.stem}/{group}"].append(line if path.stem == "entries" else text)
    for name in ("questions", "notes", "riddles", "abstracts"):
        tables[name] = _lines(DATA / f"{name}.txt")
    for name in ("verse", "code"):
        text = (DATA / f"{name}.txt").read_text(encoding="utf-8").partition("\n")[2]
        tables[name] = [piece.strip("\n") for piece in text.split("\n\n")]
    for path in sorted((TESTS / "outlines").glob("*.txt")):
        genre = (
            "law" if path.stem in ("law", "oldlaw", "decree") else "story" if path.stem in ("story", "tales", "novel") else "science"
        )
        for paragraph in re.findall(r"^\[paragraph\] (.+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            tables[f"sentences/{genre}"] += [s for s in _sentences(paragraph) if re.fullmatch(r"[А-ЯӘҒҚҢӨҰҮІ«].{15,}[.?!…»]", s)]
    return dict(tables)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[а-яәғқңөұүіһ»][.?!…])\s+(?=[А-ЯӘҒҚҢӨҰҮІ«])", text)


@lru_cache(maxsize=1)
def _shared() -> dict[str, list[str]]:
    """Sentences of the shared folder by name of file; nothing where it is absent."""
    plain = SHARED / "data" / "plain"
    if not plain.is_dir():
        return {}
    pools = {path.stem: _clean(path.read_text(encoding="utf-8").split("\n")) for path in sorted(plain.glob("*.txt"))}
    news = SHARED / "data" / "kaznerd" / "IOB2_valid.txt"
    if news.is_file():
        pools["kaznerd"] = _clean(_joined(piece) for piece in news.read_text(encoding="utf-8").split("\n\n"))
    for name in ("29-III", "561-IV"):
        page = SHARED / "documents" / "real" / f"law_{name}_kk.html"
        if page.is_file():
            pools[f"law {name}"] = _clean(_law_sentences(page.read_text(encoding="utf-8")))
    return pools


def _law_sentences(page: str) -> list[str]:
    paragraphs = (re.sub(r"<[^>]+>|&nbsp;", " ", text) for text in re.findall(r"<p id=[^>]*>(.*?)</p>", page, re.DOTALL))
    plain = (re.sub(r"^[\d-]+[.)]\s*", "", " ".join(text.split())) for text in paragraphs)
    return [sentence for text in plain for sentence in _sentences(text)]


def _clean(sentences) -> list[str]:  # type: ignore[no-untyped-def]
    """Whole sentences of a usual length that begin as sentences do; each once."""
    wanted = re.compile(r"(?:[А-ЯӘҒҚҢӨҰҮІҺ«\"]|\d{1,4}[ -])[^\n\t|{}<>=*]{8,420}[.?!…»\"]")
    whole = (sentence.strip() for sentence in sentences)
    paired = (s for s in dict.fromkeys(whole) if s.count("(") == s.count(")") and s.count("«") == s.count("»"))
    return [s for s in paired if wanted.fullmatch(s) and not re.search(r"\b\w{1,2}\.$|\(\)", s)]


def _joined(tokens: str) -> str:
    """A sentence of CoNLL rows with the spaces of print."""
    text = " ".join(line.rpartition(" ")[0] for line in tokens.split("\n") if " " in line)
    text = re.sub(r" ([.,:;?!…)»%])", r"\1", text)
    return re.sub(r"([(«]) |(?<=\d,) (?=\d)", r"\1", text)


@lru_cache(maxsize=16)
def _verses(split: Split) -> list[list[str]]:
    """Stanzas: own ones, and those of the shared verse put together of its sentences."""
    stanzas = [stanza.split("\n") for stanza in share(_tables()["verse"], split)]
    lines: list[str] = []
    for name in ("abai", "classics"):
        for sentence in _shared().get(name, ()):
            cut = re.split(r"(?<=[,.:;?!-]) (?=[А-ЯӘҒҚҢӨҰҮІ])|(?<=\w\w \w{3}|\w{6}) (?=[А-ЯӘҒҚҢӨҰҮІ][а-яә-ө]+ \w+ )", sentence)
            if len(cut) > 1 and max(map(len, cut)) < 48 and _split_of(sentence) == split:
                lines += cut
    for proverb in _shared().get("common_voice", ()):
        halves = re.split(r"(?<=[,;]) ", proverb)
        if len(halves) == 2 and all(14 <= len(half) <= 40 for half in halves) and _split_of(proverb) == split:
            lines += [half[0].upper() + half[1:] for half in halves]
    rng = random.Random(len(lines))
    while lines:
        size = rng.choice((4, 4, 4, 4, 5, 6, 8, 8))
        stanzas.append(lines[:size])
        lines = lines[size:]
    return [stanza for stanza in stanzas if len(stanza) > 1]


def _split_of(text: str) -> Split:
    return _SHARES[crc32(text.encode()) % 5]


@lru_cache(maxsize=64)
def _pool(genre: str, split: Split) -> tuple[list[str], list[str]]:
    """Sentences of a genre: own and shared."""
    own = [s for g in _OWN.get(genre, ()) for s in share(_tables()[f"sentences/{g}"], split)]
    foreign = [s for g in _FOREIGN.get(genre, ()) for s in _shared().get(g, ()) if _split_of(s) == split]
    if genre == "law" and split != "development":
        # The second law is held out wherever it is labelled.
        foreign += _shared().get("law 29-III" if split == "training" else "law 561-IV", ())
    return own, foreign


class Material:
    """Draws sentences, titles, names and numbers of one split at random."""

    def __init__(self, split: Split, rng: random.Random) -> None:
        self.split: Split = split
        self.rng = rng
        self._recent: dict[str, list[str]] = defaultdict(list)

    def one(self, table: str) -> str:
        """An entry of `data/`, by `table/group`, such as `names/city`."""
        return self._fresh(table, share(_tables()[table], self.split))

    def _fresh(self, name: str, pool: Sequence[str]) -> str:
        """One of `pool` that was not drawn just before, where there is one."""
        recent = self._recent[name]
        for _ in range(6):
            drawn = self.rng.choice(pool)
            if drawn not in recent:
                break
        recent.append(drawn)
        del recent[: -min(60, len(pool) * 2 // 3)]
        return drawn

    def some(self, table: str, low: int, high: int) -> list[str]:
        """Different entries of a table, as many as there are."""
        entries = share(_tables()[table], self.split)
        return self.rng.sample(entries, min(len(entries), self.rng.randint(low, high)))

    def sentence(self, genre: str) -> str:
        own, foreign = _pool(genre, self.split)
        few = len(own) / (len(own) + 60)
        pool = foreign if foreign and (not own or self.rng.random() > few) else own
        return self._fresh(f"sentence {genre} {pool is own}", pool)

    def paragraph(self, genre: str, low: int = 2, high: int = 7) -> str:
        return " ".join(self.sentence(genre) for _ in range(self.rng.randint(low, high)))

    def proverb(self) -> str:
        foreign = _pool("proverb", self.split)[1]
        return self.rng.choice(foreign) if foreign else self.sentence("story")

    def stanza(self) -> list[str]:
        return self.rng.choice(_verses(self.split))

    def title(self, group: str) -> str:
        """A title of `headings.tsv`; of science, as often one put together of `phrases.tsv`."""
        if group in ("science", "office", "law") and self.rng.random() < 0.6:
            context = self.one("phrases/context") if self.rng.random() < 0.1 else ""
            title = f"{self.one('phrases/of')} {self.one('phrases/thing')}"
            # Titles of laws are long.
            for _ in range(self.rng.choice((0, 0, 0, 0, 1, 1, 2)) if group != "science" else 0):
                of, thing = self.one("phrases/of"), self.one("phrases/thing")
                title += f"{self.rng.choice((', ', ' және ', ' мен оған байланысты '))}{of[0].lower() + of[1:]} {thing}"
            return f"{title} {context}".replace(" :", ":").rstrip()
        return self.one(f"headings/{group}")

    def question(self) -> str:
        """A question or task; as often one put together of `phrases.tsv`."""
        if self.rng.random() < 0.5:
            return self.one("questions")
        of, thing = self.one("phrases/of"), self.one("phrases/thing")
        return self.one("phrases/ask").format(of=of, of1=of[0].lower() + of[1:], thing=thing)

    def asked(self, low: int, high: int) -> list[str]:
        return list(dict.fromkeys(self.question() for _ in range(self.rng.randint(low, high))))

    def person(self, shape: str = "") -> str:
        """A name as print has it: `А. С. Омаров`, `Омаров А.С.`, `Асқар Омаров`, `Асқар Серікұлы`."""
        woman = self.rng.random() < 0.4
        first = self.one("names/woman" if woman else "names/man")
        father, surname = self.one("names/man"), self.one("names/surname") + ("а" if woman else "")
        shapes = {
            "initials": f"{first[0]}. {surname}",
            "two": f"{first[0]}.{father[0]}. {surname}",
            "source": f"{surname} {first[0]}.{father[0]}.",
            "full": f"{first} {surname}",
            "father": f"{first} {father}{'қызы' if woman else 'ұлы'}",
            "upper": f"{first} {surname.upper()}",
            "whole": f"{surname} {first} {father}{'қызы' if woman else 'ұлы'}",
        }
        return shapes[shape or self.rng.choice(tuple(shapes))]

    def date(self) -> str:
        day, month, year = self.rng.randint(1, 28), self.one("names/month"), self.rng.randint(1932, 2025)
        shapes = (
            f"{year} жылғы {day} {month}",
            f"{day} {month} {year} жыл",
            f"{day:02}.{self.rng.randint(1, 12):02}.{year}",
            f"«{day:02}» {month} {year} ж.",
            f"{day} {month} {year}",
            f"{year} ж. {day} {month}",
        )
        return self.rng.choice(shapes)

    def book(self, number: int | None = None, *, mark: str = "{}. ") -> str:
        """An entry of a bibliography."""
        title = self.title(self.rng.choice(("science", "science", "chapter", "poem"))).rstrip("?!.")
        year, pages, city, house = (
            self.rng.randint(1935, 2023),
            self.rng.randint(24, 560),
            self.one("names/city"),
            self.one("names/publisher"),
        )
        who = self.person("source")
        shapes = (
            f"{who} {title}. – {city}: {house}, {year}. – {pages} б.",
            f"{who} {title}. {city}: {house}, {year}.",
            f"{who} {title} // {house} журналы. – {year}. – №{self.rng.randint(1, 12)}. – {pages}-{pages + 6}-б.",
            f"{who}, {self.person('source')} {title}. – {city}, {year}. – {pages} бет.",
            f"{title} / ред. {self.person('two')}. – {city}: {house}, {year}.",
            f"{who} {title}. [Электрондық ресурс]. URL: http://{self.rng.choice(('www.', ''))}kitap{pages}.kz/{year}/{pages}.html",
        )
        return (mark.format(number) if number else "") + self.rng.choice(shapes)
