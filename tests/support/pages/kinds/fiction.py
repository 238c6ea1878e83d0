"""Novels, tales, poems, plays, talk."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]


def novel(w: Writer) -> None:
    """Chapters with bare, numbered or roman titles; speech; breaks of stars."""
    w.notes = w.chance(0.25)
    w.title = w.m.title("chapter")
    if w.chance(0.4):
        _title_page(w, ("Роман", "Повесть", "(роман)", "Хикаят", "Тарихи роман", "(әңгіме)"))
        if w.chance(0.2):
            _epigraph(w)
    parts = w.chance(0.25)
    chapter = w.rng.choice((1, 1, 1, 4, 11))
    level = 2 if parts else 1
    while w.wants():
        if parts and (chapter == 1 or w.chance(0.2)):
            w.numbered("section", 1, w.m.title("chapter"), 1 + chapter // 4)
        w.numbered("chapter", level, w.m.title("chapter"), chapter)
        chapter += 1
        for _ in range(w.pace * w.rng.randint(2, 7)):
            if w.chance(0.35):
                w.add("para", w.m.paragraph("story", 1, 3))
                w.speech(w.talk(2, 7))
            elif w.chance(0.1):
                w.stars()
                w.para("story")
            elif w.chance(0.08):
                w.add(
                    "para",
                    f"{w.m.person('father').split()[0]} {w.rng.choice(('былай деді', 'әндетіп қоя берді', 'сонда тұрып айтты'))}:",
                )
                w.stanza()
            else:
                w.para("story", 2, 9)


def _title_page(w: Writer, genres: tuple[str, ...]) -> None:
    """Author, title and genre of a book, before its first chapter."""
    w.add("front", w.author.upper() if w.chance(0.5) else w.author, place="centre")
    w.add("front", w.title.upper() if w.chance(0.6) else w.title, place="centre", apart=w.chance(0.6))
    if w.chance(0.7):
        w.add("front", w.rng.choice(genres), place="centre", close=w.chance(0.4))
    if w.chance(0.3):
        w.add("front", f"{w.m.one('names/city')}, {w.rng.randint(1960, 2022)}", place="centre", apart=True)


def _epigraph(w: Writer) -> None:
    w.add("front", f"{w.m.proverb()}\n{w.rng.choice(('Мақал', 'Халық даналығы', 'Абай', w.m.person('initials')))}", place="right")


def tales(w: Writer) -> None:
    """Short tales, each with a title and without numbers; proverbs."""
    w.title = w.rng.choice(("Ертегілер", "Аңыз әңгімелер", "Шешендік сөздер", "Балаларға тарту"))
    while w.wants():
        w.heading(w.m.title("chapter"), 1)
        w.paras("story", w.pace, 4 * w.pace)
        if w.chance(0.2):
            w.add("para", f"{w.rng.choice(('Сонда бала былай депті', 'Кемпір әндете жөнеліпті', 'Сонда батыр айтыпты'))}:")
            w.stanza()
            w.para("story", 1, 2)
        if w.chance(0.4):
            w.speech(w.talk(2, 5))
            w.para("story", 1, 2)
        if w.chance(0.2):
            w.add("source", f"({w.rng.choice(('Халық аузынан', 'Ел аузынан', 'Қазақ ертегісі'))})", place="right")


def proverbs(w: Writer) -> None:
    """Proverbs by theme, a line each."""
    w.title = "Мақал-мәтелдер"
    if w.chance(0.6):
        w.heading(w.rng.choice(("Мақал-мәтелдер", "Қазақ мақалдары", "Нақыл сөздер")), 1)
    themes = [
        "Отан туралы",
        "Еңбек туралы",
        "Оқу-білім туралы",
        "Достық туралы",
        "Батырлық",
        "Тіл туралы",
        "Туған жер",
        "Ата-ана мен бала",
    ]
    w.rng.shuffle(themes)
    for theme in themes:
        if not w.wants():
            break
        w.heading(theme, 2)
        for _ in range(w.rng.randint(4, 15)):
            w.add("para", w.m.proverb())


def poems(w: Writer) -> None:
    """Poems with and without titles, with dates, stars and dedications."""
    w.title = w.rng.choice(("Өлеңдер", "Таңдамалы өлеңдер", "Жүрек жыры", "Жыр кітабы"))
    if w.chance(0.3):
        _title_page(w, ("Өлеңдер", "Өлеңдер мен поэмалар", "Жыр жинағы", "(өлеңдер)"))
    elif w.chance(0.3):
        w.heading(w.title, 1)
    titled = w.rng.choice(("titles", "titles", "stars", "mixed"))
    level = 2 if w.blocks and w.blocks[-1].kind == "heading" else 1
    while w.wants():
        if titled == "titles" or (titled == "mixed" and w.chance(0.6)):
            w.heading(w.m.title("poem"), level)
            if w.chance(0.1):
                for part in range(1, w.rng.randint(3, 5)):
                    w.heading(str(part), level + 1)
                    w.stanza(w.rng.randint(1, 3))
                continue
            if w.chance(0.15):
                w.add(
                    "front",
                    f"{w.m.person('father')}{w.rng.choice(('ға', 'ге'))}"
                    if w.chance(0.5)
                    else f"({w.rng.choice(('Досыма', 'Анама', 'Ұстазыма'))})",
                    place="right",
                )
        else:
            w.stars()
        for _ in range(w.rng.randint(1, 5)):
            w.stanza()
        if w.chance(0.3):
            place = f"{w.m.one('names/city')}, {w.rng.randint(1960, 2015)}"
            w.add("front", w.rng.choice((str(w.rng.randint(1889, 2019)), w.m.date(), place)), place="right", doubtful=True)


def epic(w: Writer) -> None:
    """Long verse without stanzas, prose between, chapters of titles."""
    w.notes = w.chance(0.2)
    w.title = w.m.title("poem")
    w.heading(w.title, 1)
    if w.chance(0.7):
        w.add("front", w.rng.choice(("Поэма", "Дастан", "(жыр)", "Толғау")), place="centre")
    while w.wants():
        if w.chance(0.3):
            w.heading(w.m.title("chapter"), 2)
        if w.chance(0.3):
            w.para("story", 1, 4)
        w.stanza(w.rng.randint(2, 6))
        if w.chance(0.1):
            w.stars()


def play(w: Writer) -> None:
    """Acts and scenes, persons, speeches after names, remarks in brackets."""
    w.title = w.m.title("chapter")
    w.heading(w.title, 1)
    w.add("front", w.rng.choice(("Екі перделі драма", "Комедия", "Бір перделі пьеса", "Трагедия")), place="centre", doubtful=True)
    spaced = w.chance(0.3)
    roles = [" ".join(role) if spaced and " " not in role else role for role in w.m.some("names/role", 3, 7)]
    w.heading(w.rng.choice(("Қатысушылар", "Қатысатындар:", "Қатынасушылар", "ҚАТЫСУШЫЛАР:")), 2)
    for role in roles:
        w.add(
            "item",
            f"{role} – {w.rng.choice(('ауыл ақсақалы', 'оның досы', 'жиырма жаста', 'мұғалім', 'көрші'))}" if w.chance(0.6) else role,
        )
    shape = w.rng.choice(
        ("{name}. {text}", "{NAME}. {text}", "{name}: {text}", "{NAME}: {text}", "{name} ({how}). {text}", "{NAME}. – {text}")
    )
    apart = w.chance(0.15)
    scene = 1
    while w.wants():
        w.numbered("act", 1, w.m.title("chapter"), scene)
        scene += 1
        if w.chance(0.7):
            w.add("note", f"({w.m.sentence('story')})")
        for _ in range(w.rng.randint(6, 18)):
            name = w.rng.choice(roles)
            text = w.m.one("speech/story") if w.chance(0.6) else w.m.paragraph("story", 1, 2)
            how = w.rng.choice(("күліп", "ашулы", "орнынан тұрып", "ақырын"))
            if apart:
                w.add("para", f"{name}:")
                w.speech([text])
            else:
                w.add("para", shape.format(name=name, NAME=name.upper(), text=text, how=how))
            if w.chance(0.1):
                w.add("note", f"({w.rng.choice(('Шымылдық', 'Сахна қараңғыланады', 'Есіктен бөтен кісі кіреді', 'Үнсіздік'))}.)")
    if w.chance(0.3):
        w.add("front", w.rng.choice(("Соңы", "СОҢЫ", "Шымылдық", "Бітті.")), place="centre")


def interview(w: Writer) -> None:
    """A title, who talks, questions and answers with dashes or after names, a signature."""
    w.title = w.rng.choice(
        (f"«{w.m.one('headings/chapter')}»", w.m.one("headings/news"), f"{w.m.person('full')}: {w.m.sentence('story')}")
    )
    w.heading(w.title, 1)
    w.para("news", 1, 3)
    names = w.rng.choice((None, None, ("Тілші", w.m.person("initials")), ("Сұрақ", "Жауап"), ("Журналист", w.m.person("full"))))
    while w.wants():
        if w.chance(0.15):
            w.heading(w.m.title(w.rng.choice(("chapter", "news"))), 2)
        question = w.m.one("speech/interview") if w.chance(0.2) else w.m.question()
        answer = w.m.paragraph("news", 1, 5)
        if names:
            w.add("para", f"{names[0]}: {question}")
            w.add("para", f"{names[1]}: {answer}")
        else:
            w.speech((question, answer))
        if w.chance(0.25):
            w.para("news", 1, 4)
    if w.chance(0.6):
        w.add("source", f"{w.rng.choice(('Сұхбаттасқан', 'Әңгімелескен', 'Сұхбатты жүргізген'))} {w.m.person('upper')}", place="right")


def memoir(w: Writer) -> None:
    """Prose without chapters: dates, letters in it, quotations with the name of who said them."""
    w.notes = w.chance(0.2)
    w.title = w.rng.choice(("Күнделік", "Естелік", "Өмірбаян", "Қара сөздер"))
    w.heading(w.title, 1)
    while w.wants():
        if w.chance(0.15):
            w.add("para", w.m.sentence("story"))
            w.add("source", w.rng.choice((w.m.person("full"), f"({w.m.person('initials')})", "Халық даналығы", "Абай")), place="right")
        if w.chance(0.2):
            w.add("front", w.m.date() + w.rng.choice(("", ".")), place=w.rng.choice(("left", "right")), doubtful=True)
        w.paras("story", 1, 4)
        if w.chance(0.1):
            w.stars()


GRAMMARS = {
    "novel": novel,
    "tales": tales,
    "proverbs": proverbs,
    "poems": poems,
    "epic": epic,
    "play": play,
    "interview": interview,
    "memoir": memoir,
}
