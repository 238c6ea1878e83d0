"""Damage done by code to clean text, set on pages, and how much of it `clean` undoes: characters, and whole paragraphs.

    python tests/benchmarks/score_damage.py [--paragraphs 400] [--seed 5] [--show 0]

Needs ../shared. Paragraphs of three to seven sentences of the encyclopedia in `data/plain` (only sentences that repair leaves as they
are: the rest is not clean) stand in documents of 20. Each document is damaged in one of three ways (`tests/support/damage.py`): as
lectures out of a PDF (letters of a misbuilt font, Latin look-alikes, every line broken and parted, page numbers), as a law out of an
old editor (KZ-1048 read as windows-1251, words divided at line ends, form feeds, running heads; paragraphs show by nothing but the
room on their last lines), as a story in an 8-bit file (soft hyphens, no-break spaces, lost spaces after sentences, indented
paragraphs). A paragraph is whole where a block has its text, character for character. `--show` prints so many that are not, with what
was made of them.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path

import kz_textkit as kz
from kz_textkit.document import RawDocument

TESTS = Path(__file__).resolve().parents[1]
SHARED = TESTS.parents[1] / "shared"
sys.path.insert(0, str(TESTS / "support"))

from damage import (  # noqa: E402
    kz1048_read_as_cp1251,
    latin_look_alikes,
    lost_spaces,
    misbuilt_font,
    paginate,
    soft_hyphens,
    syllables,
    wrap,
)

EACH = 20
"""Paragraphs of a document."""
PAGE = 36
"""Lines of a page."""
HEAD = "Энциклопедиялық жинақ"


def paragraphs(count: int, rng: random.Random) -> list[str]:
    """So many clean paragraphs."""
    lines = (SHARED / "data" / "plain" / "wikipedia.txt").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if re.fullmatch(r"[А-ЯӘҒҚҢӨҰҮҺІ].{30,300}[.!?]", line) and kz.fix(line) == line]
    rng.shuffle(sentences)
    made: list[str] = []
    while len(made) < count:
        size = rng.randint(3, 7)
        taken, sentences = sentences[:size], [*sentences[size:], *sentences[:size]]
        made.append(" ".join(taken))
    return made


def lectures(blocks: Sequence[str], rng: random.Random) -> str:
    """Every line is broken, a blank line after each, letters of a misbuilt font, Latin ones, a number at the end of each page."""
    lines = [line for block in blocks for line in wrap(latin_look_alikes(misbuilt_font(block), rng))]
    return "".join("\n\n".join(page) + f"\n\n{number}\n\n" for number, page in enumerate(paginate(lines, PAGE), 5))


def law(blocks: Sequence[str], rng: random.Random) -> str:
    """Bytes of KZ-1048 shown as windows-1251, divided words, form feeds, a running head with the number of the page."""
    lines = [line for block in blocks for line in wrap(block, hyphenate=syllables)]
    pages = paginate(lines, PAGE)
    return kz1048_read_as_cp1251("\f".join("\n".join((f"{HEAD} {n}", "", *page)) + "\n" for n, page in enumerate(pages, 3)))


def story(blocks: Sequence[str], rng: random.Random) -> str:
    """Indented paragraphs, soft hyphens, no-break spaces, spaces lost after sentence ends."""
    lines: list[str] = []
    for block in blocks:
        first, *rest = wrap(lost_spaces(soft_hyphens(block, rng), rng))
        lines += ["    " + first.replace(" – ", "\xa0– "), *rest]
    return "\n".join(lines) + "\n"


WAYS: dict[str, Callable[[Sequence[str], random.Random], str]] = {"lectures": lectures, "law": law, "story": story}


def encodable(text: str) -> bool:
    """Whether the 8-bit encoding has all of it."""
    try:
        text.encode("kz1048").decode("cp1251")
    except UnicodeError:
        return False
    return True


def missed(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Characters that are wrong, compared between the paragraphs that are right."""
    wrong = 0
    for tag, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag != "equal":
            one, other = "\n".join(wanted[a:b]), "\n".join(found[c:d])
            same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
            wrong += max(len(one), len(other)) - same
    return wrong


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    given = [text for text in paragraphs(arguments.paragraphs * 2, rng) if encodable(text)][: arguments.paragraphs]
    counts: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
    shown = 0
    for number, at in enumerate(range(0, len(given), EACH)):
        blocks = given[at : at + EACH]
        way = list(WAYS)[number % len(WAYS)]
        text = WAYS[way](blocks, rng)
        found = [block.text for block in kz.clean(RawDocument("а", "а.txt", sha256(text.encode()).hexdigest(), "utf-8", text)).blocks]
        whole = set(found)
        counts[way] += Counter(paragraphs=len(blocks), whole=sum(block in whole for block in blocks), characters=sum(map(len, blocks)))
        counts[way]["wrong"] += missed(blocks, found)
        for block in blocks:
            if block not in whole and shown < arguments.show:
                shown += 1
                near = [other for other in found if other[:25] == block[:25] or other[-25:] == block[-25:]]
                print(f"--- {way}\nwanted {block}", *(f"found  {other}" for other in near), sep="\n")
    total: Counter[str] = Counter()
    for way, count in counts.items():
        total.update(count)
        print(row(way, count))
    print(row("all", total))


def row(name: str, count: Counter[str]) -> str:
    """A line of the result."""
    restored, whole = 1 - count["wrong"] / count["characters"], count["whole"] / count["paragraphs"]
    return (
        f"{name:10} characters right {restored:.5f} of {count['characters']:,}  paragraphs whole {whole:.3f} of {count['paragraphs']}"
    )


if __name__ == "__main__":
    main()
