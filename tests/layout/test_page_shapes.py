"""Heads and feet of every shape go from pages that code sets, and nothing else goes."""

from __future__ import annotations

import random
from bisect import bisect_right
from itertools import accumulate

import pytest

from kz_textkit.layout.furniture import remove_furniture
from kz_textkit.layout.lines import read_lines
from pages import Block, Setting, Source, set_source

SENTENCES = (
    "Құсбегілер жас қыранды ұядан алып, айлар бойы үйретіп, томаға кигізіп, қолға қондырып баптайтын болған.",
    "Бүгінде бұл өнер қайта жаңғырып келеді, жарыстар өткізіліп, жас буын атадан қалған мұраны үйреніп жүр.",
    "Алайда қыран құстардың саны азайып бара жатқаны мамандарды алаңдатады, сондықтан арнайы заңдар қабылданды.",
    "Ұяларды күзету, жаралы құстарды емдеу жұмысы жолға қойылды, көктемде балапандар саналды.",
    "Құсбегілік туралы алғашқы кітаптар өткен ғасырда жарық көрді, көп деректер ел аузынан жиналған.",
)
SHAPES = (
    ("", "{n}"),
    ("- {n} -", ""),
    ("", "{n} / {N}"),
    ("", "{roman}"),
    ("{title}   {n}|{n}   {title}", ""),
    ("{author}|{title}", "{n} | бет"),
    ("{TITLE}\n{n}", ""),
    ("{journal} №{issue}, {year}", "[{n}]"),
    ("{date}   {title}", "{address}   {n}/{N}"),
    ("", "{author}\n{year}\n{n}"),
    ("{author}. {title}", "- {n} -"),
)


@pytest.mark.parametrize("page_end", ["\n", "\n\f"], ids=["no sign of pages", "form feeds"])
@pytest.mark.parametrize(("head", "foot"), SHAPES)
def test_what_is_printed_on_each_page_goes_and_nothing_else(head: str, foot: str, page_end: str) -> None:
    rng = random.Random(9)
    paragraphs = [" ".join(rng.choice(SENTENCES) + f" Бұл {k}-{j} дерек." for j in range(rng.randint(2, 6))) for k in range(60)]
    blocks = (Block("heading", "Қыран баптау өнері", 1), *(Block("para", text) for text in paragraphs))
    source = Source("memoir", "development", blocks, "Қыран баптау өнері", "Айдос Серікұлы")
    setting = Setting(width=30_000, indent=2000, height=34, head=head, foot=foot, first_page=7, page_end=page_end)
    text = set_source(source, setting, rng)
    starts = [0, *accumulate(len(line) + 1 for line in text.text.split("\n"))]
    gone = {bisect_right(starts, removal.start) - 1 for removal in remove_furniture(text.text, read_lines(text.text)).removals}
    wanted = {row for row, label in enumerate(text.labels) if label in ("page_number", "running_head")}
    assert len(wanted) >= 6
    assert gone <= wanted
    # The first head may be taken for the title of the text.
    assert wanted - gone <= {0, 1}
