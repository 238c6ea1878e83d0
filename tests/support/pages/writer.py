"""Writes documents block by block: what all kinds of documents have in common."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from pages.furniture import roman
from pages.material import Material, share
from pages.model import NOTE, Block

__all__ = ["BULLETS", "ORDINALS", "Writer"]

ORDINALS = (
    *("Бірінші", "Екінші", "Үшінші", "Төртінші", "Бесінші", "Алтыншы"),
    *("Жетінші", "Сегізінші", "Тоғызыншы", "Оныншы", "Он бірінші", "Он екінші"),
)
BULLETS = ("–", "•", "-", "—", "\uf0b7", "*", "▪", "", "o", "●", "♦", "✓", "–", "·", "\uf0fc", "➢", "-", "□", "◦", "\uf0a7")
_COLUMNS = {
    "Аймақ": "names/city", "Саны": "number", "Үлесі, %": "share", "Мерзімі": "names/month", "Жауаптылар": "names/post", "Жылы": "year",
    "Іс-шаралар атауы": "title", "Аты-жөні": "person", "Мың теңге": "thousands", "Орындалуы": "done", "Пән": "names/subject",
    "Көрсеткіш": "per cent", "Ұйым": "names/school", "Қажетті құралдар": "items/thing",
}  # fmt: skip
"""Heads of the columns of tables, and what stands under them."""
_GROUPS = ("chapter", "section", "sub", "subsub", "lecture", "article", "week", "act", "slide")
_LABELS = (
    "{n})",
    "{n}.",
    "{letter})",
    "({n})",
    "{letter}.",
    "{roman}.",
    "{n}",
    "{n} )",
    "{roman})",
    "{n}.\t",
    "{n})\t",
    "{n}.",
    "{letter})",
)


class Writer:
    """Collects the blocks of one document."""

    def __init__(self, material: Material, lines: int, width: int) -> None:
        self.m = material
        self.rng: random.Random = material.rng
        self.blocks: list[Block] = []
        self.title = ""
        self.author = material.person(self.rng.choice(("full", "initials", "two")))
        self._lines = lines
        self._width = width
        self._used = 0
        self._patterns = {group: material.one(f"shapes/{group}").replace("\\n", "\n") for group in _GROUPS}
        self._capitals = {level: self.rng.random() < (0.35, 0.2, 0.08, 0.05)[level - 1] for level in (1, 2, 3, 4)}
        self._spaced = self.rng.random() < 0.06
        self._place = self.rng.choice(("left", "centre", "centre"))
        self._bullet = self.rng.choice(share(BULLETS, material.split))
        self._label = self.rng.choice(share(_LABELS, material.split))
        self._asked = self.rng.choice(("{}. ", "{}. ", "{}) ", "{}.", "№{}. "))
        self._sourced = self.rng.choice(("{}. ", "{}. ", "{} ", "[{}] ", "{}) ", "", "{}.\t"))
        self._bare_verse = self.rng.choice((0.0, 0.0, 0.5, 0.8, 1.0))
        """Share of the lines of verse that lose the points and commas at their ends."""
        self._broken_verse = self.rng.random() < 0.15
        self._dash = self.rng.choice(("–", "–", "-", "—"))
        self._point = self.rng.random() < 0.06
        """Titles end in a point."""
        self._cyrillic = self.rng.random() < 0.3
        """Roman numerals are typed with Cyrillic letters."""
        self.pace = self.rng.choice((1, 1, 1, 2, 3, 6))
        """How many times more text than usual stands under a title."""
        self.linked = self.rng.choice((0.0, 0.0, 0.0, 0.05))
        """Share of paragraphs with an address in them."""
        self.notes = False
        """Whether running text has footnotes."""

    def wants(self) -> bool:
        """Whether the document is still too short."""
        return self._used < self._lines

    def add(self, kind: str, text: str, **more: object) -> None:
        block = Block(kind, text, **more)  # type: ignore[arg-type]
        self.blocks.append(block)
        self._used += sum(1 + len(line) // self._width for line in text.split("\n"))

    def chance(self, share_of: float) -> bool:
        return self.rng.random() < share_of

    # Titles

    def heading(self, text: str, level: int, **more: object) -> None:
        if self._capitals[level] and len(text) < 90:
            text = text.upper()
        if self._point and text[-1].isalnum():
            text += "."
        if self._spaced and level == 1 and len(text) < 22 and "\n" not in text:
            text = "   ".join(" ".join(word) for word in text.upper().split(" "))
        self.add("heading", text, level=level, **({"place": self._place} | more))

    def numbered(self, group: str, level: int, title: str, n: int, m: int = 1, l: int = 1) -> None:  # noqa: E741
        """A title with its number, as all titles of the group have them in this document."""
        self.heading(self.title_of(group, title, n, m, l), level)

    def title_of(self, group: str, title: str, n: int, m: int = 1, l: int = 1) -> str:  # noqa: E741
        numeral = roman(n).translate(str.maketrans("IX", "ІХ")) if self._cyrillic else roman(n)
        values = {
            "n": n,
            "m": m,
            "l": l,
            "r": numeral,
            "o": ORDINALS[(n - 1) % 12],
            "O": ORDINALS[(n - 1) % 12].upper(),
            "letter": "абвгдежз"[(n - 1) % 8],
        }
        return self._patterns[group].format(t=title, T=title.upper(), **values)

    # Running text

    def para(self, genre: str, low: int = 2, high: int = 7) -> None:
        """A paragraph, one in twelve of a single sentence; with footnotes where the document has them."""
        if self.chance(0.12):
            low = high = 1
        text = self.m.paragraph(genre, low, high)
        if self.chance(self.linked):
            text = f"{text[:-1]} ({self.address()}){text[-1]}"
        notes: list[str] = []
        if self.notes and self.chance(0.25):
            text, notes = self._noted(text)
        self.add("para", text, notes=tuple(notes))

    def address(self) -> str:
        host = self.rng.choice(
            ("http://www.kitap.kz", "https://kk.wikipedia.org/wiki", "https://adilet.zan.kz/kaz/docs", "http://e-history.kz")
        )
        parts = ("tarih", "K1500000414", "madeniet", "2019", "qazaq_tili", "id=1245")
        return "/".join([host, *(self.rng.choice(parts) for _ in range(self.rng.randint(1, 5)))])

    def paras(self, genre: str, low: int, high: int) -> None:
        for _ in range(self.rng.randint(low, high)):
            self.para(genre)

    def _noted(self, text: str) -> tuple[str, list[str]]:
        places = [match.end() for match in re.finditer(r"\w(?=[ .,;])", text)]
        chosen = sorted(self.rng.sample(places, min(len(places), self.rng.choice((1, 1, 2)))))
        for at in reversed(chosen):
            text = text[:at] + NOTE + text[at:]
        return text, [self.note() for _ in chosen]

    def note(self) -> str:
        return self.m.one("notes") if self.chance(0.7) else self.m.book()

    def speech(self, turns: Sequence[str]) -> None:
        """Turns of talk, each a paragraph that begins with a dash."""
        for turn in turns:
            self.add("para", f"{self._dash} {turn}")

    def talk(self, low: int, high: int) -> list[str]:
        pool = "story"
        return [self.m.one(f"speech/{pool}") if self.chance(0.6) else self.m.sentence(pool) for _ in range(self.rng.randint(low, high))]

    # Lists

    def listed(self, entries: Sequence[str], *, kind: str = "item", labels: str = "", ends: bool = True) -> None:
        """Entries of a list: with `numbers`, `bullets` or `bare`; those in small letters end in semicolons."""
        labels = labels or self.rng.choice(("numbers", "bullets", "bullets", "numbers", "bare"))
        for at, entry in enumerate(entries):
            text = entry
            if ends and entry[:1].islower() and not re.search(r"[.;:?!]$", entry) and labels != "bare":
                text += "." if at == len(entries) - 1 else ";"
            self.add(kind, f"{self.label(labels, at + 1)}{text}")

    def label(self, labels: str, number: int) -> str:
        if labels == "bare":
            return ""
        if labels == "bullets":
            return f"{self._bullet} "
        letter = "абвгдежзик"[(number - 1) % 10]
        return self._label.format(n=number, letter=letter, roman=roman(number).lower()) + " "

    def introduced(self, group: str = "clause", low: int = 2, high: int = 7) -> None:
        """A line that ends in a colon, and the list that it introduces."""
        intro = self.m.one("items/intro")
        lead = self.m.sentence("science") + " " if self.chance(0.4) else ""
        self.add("para", lead + intro)
        self.listed(self.m.some(f"items/{group}", low, high))

    def questions(self, low: int = 3, high: int = 9, *, level: int = 2) -> None:
        self.heading(self.m.title("questions") + self.rng.choice(("", "", ":")), level)
        label = self._asked
        for number, question in enumerate(self.m.asked(low, high), 1):
            self.add("question", label.format(number) + question)

    def sources(self, low: int = 4, high: int = 14, *, level: int = 1) -> None:
        self.heading(self.m.title("sources") + self.rng.choice(("", "", ":")), level)
        label = self._sourced
        for number in range(1, self.rng.randint(low, high) + 1):
            self.add("source", label.format(number) + self.m.book())

    def contents(self, entries: Sequence[str]) -> None:
        """A table of contents, with rising page numbers."""
        self.heading(self.m.title("contents"), 1)
        page = self.rng.choice((1, 3, 4, 5))
        for entry in entries:
            self.add("toc", f"{entry}\t{page}")
            page += self.rng.randint(0, 19)

    def table(self, rows: int, columns: int) -> None:
        """A table with a caption above it more often than not."""
        number = self.rng.randint(1, 12)
        caption = self.rng.choice(
            (f"{number}-кесте – {self.m.title('science')}", f"{number}-кесте. {self.m.title('office')}", f"Кесте {number}", "")
        )
        if caption:
            self.add("note", caption)
        kinds = self.rng.sample(tuple(_COLUMNS), min(columns - 1, len(_COLUMNS)))
        self.add("table", "\t".join(["№", *kinds]))
        for row in range(1, rows + 1):
            self.add("table", "\t".join([f"{row}{'.' if self._dash == '-' else ''}", *(self._cell(_COLUMNS[kind]) for kind in kinds)]))

    def _cell(self, sort: str) -> str:
        rng = self.rng
        if "/" in sort:
            return self.m.one(sort)
        made = {
            "number": lambda: str(rng.randint(1, 9000)),
            "thousands": lambda: f"{rng.randint(1, 99)} {rng.randint(100, 999)}",
            "share": lambda: f"{rng.randint(0, 99)},{rng.randint(0, 9)}",
            "per cent": lambda: f"{rng.randint(1, 100)}%",
            "person": lambda: self.m.person(rng.choice(("initials", "two", "full"))),
            "year": lambda: str(rng.randint(1990, 2024)),
            "title": lambda: self.m.title("office"),
            "done": lambda: rng.choice(("орындалды", "орындалуда", "–", "иә", "жоқ")),
        }
        return made[sort]()

    def stanza(self, stanzas: int = 1) -> None:
        """A stanza, or a long stretch of verse; in some documents without points and commas at the ends of lines."""
        lines = [line for _ in range(stanzas) for line in self.m.stanza()]
        if self._bare_verse:
            lines = [re.sub(r"[,.;:]+$", "", line) if self.chance(self._bare_verse) else line for line in lines]
        if self._broken_verse:
            lines = [part for line in lines for part in self._steps(line)]
        self.add("verse", "\n".join(lines), run_on=True)

    def _steps(self, line: str) -> list[str]:
        """A line of verse printed in steps, now and then."""
        words = line.split()
        if len(words) < 3 or not self.chance(0.3):
            return [line]
        at = self.rng.randint(1, len(words) - 1)
        return [" ".join(words[:at]), " ".join(words[at:])]

    def menu(self, low: int, high: int) -> None:
        """What stands above the text on a page of the web."""
        for entry in self.m.some("web/menu", low, high):
            self.add("running_head", entry)

    def page_end(self, low: int, high: int) -> None:
        """What stands below it."""
        for entry in self.m.some("web/foot", low, high):
            self.add("running_head", entry)

    def stars(self) -> None:
        self.add("mark", self.rng.choice(("* * *", "***", "* * *", "– – –", "⁂", "*", "ооо", "~ ~ ~")), place="centre")

    def signed(self, *, post: bool = True) -> None:
        """Who signed, in one line or in two."""
        who, office = self.m.person(self.rng.choice(("initials", "two", "full"))), self.m.one("names/post")
        if not post:
            self.add("front", who, place="right")
        elif self.chance(0.5):
            self.add("front", f"{office}{self.rng.choice((' ', '     ', ' ____________ ', '    '))}{who}")
        else:
            self.add("front", f"{office}\n{who}")
