"""Damage as it happens to Kazakh text in the world, done by code to clean originals, so that the originals are the gold.

`python tests/support/damage.py` writes `corpus/raw/` anew from `tests/originals/`. Each damaged document is one that a linguist would
know:

- lectures out of a PDF: every line broken, a blank line after each, letters of a misbuilt font (another one in the titles), Latin
  look-alikes, link targets spilled at the foot of a page, bullets from a private-use font, page numbers, a table of contents;
- a law out of an old editor: bytes of KZ-1048 once read as windows-1251, form feeds, a running head with page numbers, words broken at
  line ends;
- a story in an 8-bit file: indented paragraphs, soft hyphens and no-break spaces, spaces lost after sentence ends.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from kz_textkit.layout.widths import printed_width
from repository import RAW, TESTS

ORIGINALS = TESTS / "originals"
CORPUS = RAW

TEXT_WIDTH = 34_000
"""Printed width of a full line, in thousandths of an em: 17 cm at 14 points."""
INDENT = 2_500
"""Printed width of the indent of a paragraph's first line."""


@dataclass(frozen=True)
class Original:
    """A block of a clean original."""

    kind: str
    text: str
    level: int = 0
    section_kind: str = ""
    number: str = ""


def read_original(name: str) -> list[Original]:
    """The blocks of `tests/originals/NAME.txt`."""
    blocks = []
    for line in (ORIGINALS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("%"):
            continue
        tag, text = re.fullmatch(r"\[([^\]]+)\] (.+)", line).groups()  # type: ignore[union-attr]
        kind, *rest = tag.split()
        if kind == "heading":
            level, section_kind, number = rest
            blocks.append(Original(kind, text, int(level), section_kind, number.strip("-")))
        else:
            blocks.append(Original(kind, text))
    return blocks


# Letters


def misbuilt_font(text: str) -> str:
    """The letters of the body face: `ө` has the code of another letter."""
    return text.translate(str.maketrans("өӨ", "ӛӚ"))


def misbuilt_title_font(text: str) -> str:
    """The letters of the title face, which is misbuilt in more places."""
    return text.translate(str.maketrans("өӨұҰүҮ", "ӛӚҧҦҥҤ"))


def latin_look_alikes(text: str, rng: random.Random, share: float = 0.02) -> str:
    """Latin letters typed for Cyrillic ones, in a `share` of the words that keep a letter which is only Cyrillic."""
    table = str.maketrans("іасеорхІАСЕОРХ", "iaceopxIACEOPX")

    def damage(word: re.Match[str]) -> str:
        typed = word[0].translate(table)
        return typed if rng.random() < share and re.search("[а-яәғқңөұүӛ]", typed) else word[0]

    return re.sub(r"\w{4,}", damage, text)


def kz1048_read_as_cp1251(text: str) -> str:
    """Bytes of KZ-1048 shown with the letters of windows-1251."""
    return text.encode("kz1048").decode("cp1251")


def soft_hyphens(text: str, rng: random.Random, share: float = 0.03) -> str:
    """Soft hyphens inside a `share` of the long words."""
    return re.sub(r"\w{8,}", lambda w: w[0][:4] + "\xad" + w[0][4:] if rng.random() < share else w[0], text)


def lost_spaces(text: str, rng: random.Random, share: float = 0.15) -> str:
    """No space after a `share` of the sentence ends."""
    lower, upper = "а-яәғқңөұүі", "А-ЯӘҒҚҢӨҰҮІ"
    return re.sub(rf"([{lower}]{{3}}\.) (?=[{upper}][{lower}])", lambda m: m[1] if rng.random() < share else m[0], text)


# Lines and pages


def unbroken(word: str) -> Iterable[str]:
    """No head of a word: it is not broken over lines."""
    return ()


def wrap(text: str, indent: int = INDENT, hyphenate: Callable[[str], Iterable[str]] = unbroken) -> list[str]:
    """`text` in lines as a typesetter fills them: by printed width, broken at spaces and after the hyphens of compounds.

    `indent` is that of the first line; `hyphenate` gives the heads of a word after which it may be broken with a hyphen.
    """
    lines, line, room = [], "", TEXT_WIDTH - indent
    pieces = re.findall(r"\S+?(?<=\w)-(?=\w)|\S+|\s+", text)
    for piece in pieces:
        if printed_width(line + piece.rstrip()) <= room:
            line += piece
            continue
        heads = [h for h in hyphenate(piece) if printed_width(line + h + "-") <= room]
        if heads:
            line += heads[-1] + "-"
            piece = piece[len(heads[-1]) :]
        lines.append(line.rstrip())
        line, room = piece.lstrip(), TEXT_WIDTH
    return [*lines, line.rstrip()]


def syllables(word: str) -> Iterator[str]:
    """Heads of a word up to the end of each syllable but the last, none shorter than two letters."""
    if not word.isalpha():
        return
    for m in re.finditer(r"(?<=[аәеиоөұүыіуэюя])(?=[бвгғджзйкқлмнңпрстфхһцчшщ][аәеиоөұүыіуэюя])", word.lower()):
        if 2 <= m.start() <= len(word) - 3:
            yield word[: m.start()]


def paginate(lines: list[str], length: int) -> list[list[str]]:
    """`lines` in pages of `length` lines."""
    return [lines[i : i + length] for i in range(0, len(lines), length)]


# Documents

MENTIONS = {
    "Отырар": "Отырар",
    "Арал теңізінің": "Арал теңізі",
    "Сырдария": "Сырдария",
    "мұраб": "Мұраб",
    "атмосферадағы": "Атмосфера",
    "артезиан": "Артезиан суы",
}
"""Words of the lectures that were links, with the titles of the pages they led to."""


def lectures_out_of_a_pdf(seed: int = 1) -> tuple[str, list[Original]]:
    """The raw text of the lectures, and the blocks that it holds."""
    rng = random.Random(seed)
    gold = [
        replace(b, text="• " + b.text[2:]) if b.text.startswith("– ") and b.kind == "list_item" else b
        for b in read_original("su_zhane_dala")
    ]
    body: list[str] = []
    starts: dict[int, str] = {}
    for block in gold:
        if block.kind == "heading":
            body.append("")
            if block.level == 1:
                starts[len(body)] = block.text
        text = misbuilt_title_font(block.text) if block.kind == "heading" else misbuilt_font(latin_look_alikes(block.text, rng))
        indent = 0 if block.kind in ("table_row", "outline_item") else INDENT
        body += [line.replace("• ", "\uf0b7 ") for line in wrap(text, indent=indent)]
        if block.kind == "heading":
            body.append("")
    pages = paginate(body, 40)
    raw: list[str] = []
    unlinked = dict(MENTIONS)
    for number, page in enumerate(pages, 1):
        lines = page
        text = " ".join(lines)
        urls = [f"http://kk.wikipedia.org/wiki/{quote(t.replace(' ', '_'))}" for w, t in unlinked.items() if w in text]
        unlinked = {w: t for w, t in unlinked.items() if w not in text}
        sheet = "".join(f"{line} \n\n" if line else "\n\n" for line in lines)
        if urls:
            sheet += "\n".join(urls) + "\n"
        if number > 1:
            sheet += f"\n\n{number} \n\n"
        raw.append(sheet if number > 1 or urls else sheet.rstrip("\n") + "\n")
    gold += [Original("heading", "Мазмұны", 1, "contents")]
    contents = "\n\nМазмҧны \n\n\n\n"
    for line_number, title in starts.items():
        page_number = line_number // 40 + 1
        gold.append(Original("toc_entry", f"{title} {page_number}"))
        contents += f"{misbuilt_font(title)} {'.' * (90 - len(title))} {page_number} \n\n"
    return " ".join(raw) + contents, gold


def law_out_of_an_old_editor(seed: int = 2) -> tuple[str, list[Original]]:
    """The raw text of the law-like document, and the blocks that it holds."""
    gold = read_original("auyldyk_kitaphana_turaly")
    body: list[str] = []
    for block in gold:
        if block.kind == "heading":
            body += ["", *wrap(block.text, indent=0), ""]
        else:
            body += wrap(block.text, hyphenate=syllables)
    head = "Ауылдық кітапхана туралы ереже"
    sheets = [
        "\n".join(([head, ""] if number > 1 else []) + page) + f"\n\n- {number} -\n"
        for number, page in enumerate(paginate(body, 45), 1)
    ]
    return kz1048_read_as_cp1251("\f".join(sheets)), gold


def story_in_an_8_bit_file(seed: int = 3) -> tuple[str, list[Original]]:
    """The raw text of the story, and the blocks that it holds."""
    rng = random.Random(seed)
    gold = read_original("atamnyn_qorzhyny")
    body: list[str] = []
    for block in gold:
        if block.kind == "heading":
            body += ["", block.text, ""]
            continue
        first, *rest = wrap(soft_hyphens(lost_spaces(block.text, rng), rng))
        body += [f"    {first}", *rest]
    pages = paginate(body, 38)
    text = "\n".join(line for number, page in enumerate(pages, 1) for line in (*page, "", f"{number} | бет", ""))
    return text.replace("– ", "–\xa0"), gold


DOCUMENTS: dict[str, tuple[Callable[[], tuple[str, list[Original]]], str]] = {
    "su_zhane_dala": (lectures_out_of_a_pdf, "utf-8"),
    "auyldyk_kitaphana_turaly": (law_out_of_an_old_editor, "utf-8"),
    "atamnyn_qorzhyny": (story_in_an_8_bit_file, "kz1048"),
}
"""Each document of `corpus/raw/`: what damages it, and the encoding of its file."""


def main() -> None:
    """Write `corpus/raw/`."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    for name, (damage, encoding) in DOCUMENTS.items():
        (CORPUS / f"{name}.txt").write_bytes(damage()[0].encode(encoding))


if __name__ == "__main__":
    main()
