"""Page furniture goes, with a record; numbers, years and titles that only look like it stay."""

from __future__ import annotations

import pytest

from damage import wrap
from kz_textkit.alignment import apply_edits
from kz_textkit.layout import Layout, lay_out
from kz_textkit.layout.links import find_mentions, find_urls

PROSE = [
    "Қазақ халқының тұрмысында аң аулау мен құс салу ежелден келе жатқан кәсіп болып саналады. Әсіресе бүркіт баптап, түлкі алдыру "
    "жігіттің жігіті ғана айналысатын өнер деп бағаланған.",
    "Құсбегілер жас қыранды ұядан алып, айлар бойы үйретіп, томаға кигізіп, қолға қондырып баптайтын болған. Бүгінде бұл өнер қайта "
    "жаңғырып келеді, жарыстар өткізіліп, жас буын атадан қалған мұраны үйреніп жүр.",
    "Алайда қыран құстардың саны азайып бара жатқаны мамандарды алаңдатады, сондықтан оларды қорғау жөнінде арнайы заңдар қабылданды. "
    "Ұяларды күзету, жаралы құстарды емдеу жұмысы жолға қойылды.",
    "Құсбегілік туралы алғашқы кітаптар өткен ғасырда жарық көрді. Оларда қыранның түрлері, мінезі, жем таңдауы, ауруы мен емі "
    "егжей-тегжейлі баяндалған, көп деректер ел аузынан жиналған.",
]


def pages(count: int, head: str = "", foot: str = "", between: str = "\n") -> str:
    """Pages of wrapped prose; `{}` in head and foot stands for the page number."""
    lines = [line for k in range(count * 3) for line in wrap(f"{PROSE[k % 4]} ({k + 1}) {PROSE[(k + 1) % 4]}")]
    length = len(lines) // count
    sheets = []
    for number, at in enumerate(range(0, length * count, length), 1):
        sheet = lines[at : at + length]
        sheets.append("\n".join([head.format(number)] * bool(head) + sheet + [foot.format(number)] * bool(foot)))
    return between.join(sheets)


def texts(text: str, layout: Layout) -> list[str]:
    return [
        apply_edits(text, [e for e in layout.edits if b.start <= e.start and e.end <= b.end], b.start, b.end)
        for section in layout.sections
        for b in section.blocks
    ]


def removed(layout: Layout, rule: str) -> list[str]:
    return [edit.before for edit in layout.edits if edit.rule == rule]


@pytest.mark.parametrize("foot", ["{}", "- {} -", "– {} –", "{} | бет", "{}-бет", "Бет {}", "[{}]"])
@pytest.mark.parametrize("between", ["\n", "\n\f"])
def test_page_numbers_go_and_sentences_go_on_over_them(foot: str, between: str) -> None:
    text = pages(8, foot=foot, between=between)
    layout = lay_out(text)
    assert removed(layout, "page_number") == [foot.format(number) for number in range(1, 9)]
    assert layout.pages == 8
    assert [block.page for section in layout.sections for block in section.blocks][-1] == 8


def test_heads_go_from_page_after_page() -> None:
    text = pages(8, head="Қыран баптау өнері   {}", between="\f")
    layout = lay_out(text)
    assert len(removed(layout, "running_head")) == 8
    assert not any("өнері   " in block for block in texts(text, layout))


def test_prose_that_comes_again_at_the_top_of_pages_is_no_head() -> None:
    sheet = "\n".join(line for paragraph in PROSE for line in wrap(paragraph))
    layout = lay_out("\n\f".join([sheet] * 6))
    assert not removed(layout, "running_head")


@pytest.mark.parametrize(
    "text",
    [
        "Жылнама\n1991\nҚазақстан тәуелсіздігін жариялады.\n1992\nРәміздер қабылданды.\n1993\nВалюта енгізілді.\n1995\nЗаң қабылданды.",
        "Дүкендегі тауар\nкітап\n12\nдәптер\n30\nқалам\n45\nсызғыш\n51",
        "1\nКөктем келді.\n2\nЖаз шықты.\n3\nКүз түсті.\n4\nҚыс болды.",
    ],
    ids=["years", "cells", "parts of a poem"],
)
def test_numbers_on_lines_of_their_own_stay(text: str) -> None:
    layout = lay_out(text)
    assert not removed(layout, "page_number")


def test_years_between_paragraphs_are_no_page_numbers() -> None:
    text = "\n".join(f"{1990 + k}\n" + "\n".join(wrap(PROSE[k % 4])) for k in range(8))
    assert not removed(lay_out(text), "page_number")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("сөзhttp://example.kz/a сөз", ["http://example.kz/a"]),
        ("kk.wikipedia.org/wiki/Билік_түрі туралы", ["kk.wikipedia.org/wiki/Билік_түрі"]),
        ("http://a.kz/ http://b.kz/x?y=1.", ["http://a.kz/", "http://b.kz/x?y=1"]),
        ("http://a.kz/xhttp://b.kz/y", ["http://a.kz/x", "http://b.kz/y"]),
        ("http://example.kz/kaz/docs/\nK950001000_\n29", ["http://example.kz/kaz/docs/K950001000_"]),
        (
            "http://kk.wikipedia.org/wiki/%D0%91%D1\n%96%D0%BB\n%D1%96%D0%BC\nБілім",
            ["http://kk.wikipedia.org/wiki/%D0%91%D1%96%D0%BB%D1%96%D0%BC"],
        ),
        ("және/немесе, км/сағ, tel@example.kz, 2001/2002 оқу жылы", []),
    ],
)
def test_addresses_are_found_whole(text: str, addresses: list[str]) -> None:
    assert [url.address for url in find_urls(text)] == addresses


def test_an_address_goes_from_the_text_and_is_tied_to_its_word() -> None:
    lines = wrap(
        "Билік қоғамдағы қатынастарды реттейді, ал саясаттану оны ғылым ретінде зерттейді, сондықтан студент екеуін де білуі тиіс."
    )
    urls = [
        "http://kk.wikipedia.org/wiki/%D2%9A%D0%BE%D2%93%D0%B0%D0%BC",
        "http://kk.wikipedia.org/w/index.php?title=%D0%A1%D0%B0%D1%8F%D1%81%D0%B0%D1%82%D1%82%D0%B0%D0%BD%D1%83&action=edit&redlink=1",
    ]
    text = "\n".join([lines[0], *urls, *lines[1:]])
    layout = lay_out(text)
    assert [(link.title, link.kind) for link in layout.links] == [("Қоғам", "article"), ("Саясаттану", "redlink")]
    assert [text[slice(*link.mention)] for link in layout.links if link.mention] == ["қоғамдағы", "саясаттану"]
    assert texts(text, layout) == [" ".join(lines)]


def test_no_word_is_lost_with_furniture() -> None:
    text = pages(6, head="{} Қыран баптау өнері", foot="", between="\n\f")
    layout = lay_out(text)
    kept = " ".join(texts(text, layout)).split()
    gone = [word for edit in layout.edits if edit.rule in ("page_number", "running_head", "url") for word in edit.before.split()]
    assert sorted(kept + gone) == sorted(text.split())


def test_a_person_is_found_by_initial_and_surname() -> None:
    text = "Бұл туралы Т. Джефферсон да айтқан. Сэмюэл Хантингтонның пікірі басқа."
    mentions = find_mentions(["Томас Джефферсон", "Cэмюель Хантингтон", "Роберт Даль"], text, [(0, len(text))])
    assert [mention and text[slice(*mention)] for mention in mentions] == ["Т. Джефферсон", "Сэмюэл Хантингтонның", None]


def test_pages_are_found_where_more_chapters_than_pages_are_numbered() -> None:
    lines: list[str] = []
    for number, paragraphs in enumerate((4, 10, 4, 4, 12, 4), 1):
        lines += ["", str(number), ""] + [line for k in range(paragraphs) for line in wrap(PROSE[(number + k) % 4])]
    sheets = [lines[at : at + 32] for at in range(0, len(lines), 32)]
    text = "\n".join("\n".join([*sheet, "", str(number), ""]) for number, sheet in enumerate(sheets, 47))
    removed = [edit.before for edit in lay_out(text).edits if edit.rule == "page_number"]
    assert removed == [str(number) for number in range(47, 47 + len(sheets))]


def test_a_head_that_ends_in_an_abbreviation_goes() -> None:
    text = pages(6, head="{} бет     «ДАЛА ТЫНЫСЫ»     № 23   12 сәуір 2003 ж.")
    assert not any("ТЫНЫСЫ" in block for block in texts(text, lay_out(text)))


@pytest.mark.parametrize(("head", "foot"), [("", "{glued}"), ("{glued}", "")])
def test_a_number_glued_to_the_text_of_its_page_goes(head: str, foot: str) -> None:
    sheets = pages(6).split("\n")
    length = len(sheets) // 6
    text = ""
    for number in range(6):
        sheet = sheets[number * length : (number + 1) * length]
        sheet[-1] = sheet[-1].rstrip(".,") + str(number + 31) * bool(foot)
        sheet[0] = str(number + 31) * bool(head) + sheet[0]
        text += "\n".join(sheet) + "\n\f"
    assert removed(lay_out(text), "page_number") == [str(number + 31) for number in range(6)]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\f"])
def test_heads_that_alternate_over_a_year_and_a_number_go(between: str) -> None:
    sheets = pages(4, foot="{}").split("\n")
    length = len(sheets) // 4
    heads = ["Құсбегілік өнері", "Айдар Тоқтаров"]
    feet = "Алматы кітапханасы\n2011"
    parts = [[heads[k % 2], *sheets[k * length : (k + 1) * length - 1], feet, str(k + 3)] for k in range(4)]
    layout = lay_out(between.join("\n".join(part) for part in parts))
    # What the text begins with is its title.
    gone = " ".join(e.before for e in layout.edits if e.rule in ("running_head", "page_number"))
    assert all(gone.count(one) == times for one, times in (("Құсбегілік", 1), ("Айдар", 2), ("кітапханасы", 4), ("2011", 4)))


def test_a_refrain_is_no_head() -> None:
    verses = [f"{first}\n{second}" for first in ("Ақ қайың", "Көк теңіз", "Кең дала") for second in ("желге иіледі", "түнде тербеледі")]
    text = "\n\n".join(f"{verse}\nЕлім менің, жерім менің" for verse in verses * 3)
    assert not removed(lay_out(text), "running_head")


def test_numbers_of_pages_go_from_a_text_that_is_clean_but_for_them() -> None:
    lines = ["Су мен дала", ""]
    for number in (5, 6, 7):
        lines += [*(f"{PROSE[k % 4]} ({number * k})" for k in range(5)), f"{number} | бет"]
    assert removed(lay_out("\n".join(lines)), "page_number") == ["5 | бет", "6 | бет", "7 | бет"]
