"""Encyclopedias, dictionaries, contents, manuals, recipes, books' first and last pages."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]


def encyclopedia(w: Writer) -> None:
    """Entries that begin with their word in capitals, under letters; sources after them."""
    w.notes = w.chance(0.1)
    w.title = "Қазақ энциклопедиясы"
    letters = list("АӘБВГҒДЕЖЗИКҚЛМНОӨПРСТУҰҮФХШІ")
    at = w.rng.randint(0, 20)
    shape = w.rng.choice(("{W} – {t}", "{W}, {t}", "{W} ({date}) – {t}", "{w} – {t}", "{W}, {s} – {t}"))
    lettered, sourced, headed = w.chance(0.4), w.chance(0.5), w.chance(0.3)
    while w.wants():
        if lettered and w.chance(0.15):
            w.heading(letters[at % len(letters)], 1, place="centre")
            at += 1
        word = w.m.one("entries").split("\t")[0]
        text = w.m.paragraph("science", 1, 5)
        dates = f"{w.rng.randint(1790, 1960)}–{w.rng.randint(1961, 2020)}"
        names = {
            "W": word.upper(),
            "w": word.capitalize(),
            "s": "  ".join(" ".join(part) for part in (word, w.m.one("entries").split("\t")[0])),
        }
        w.add("para", shape.format(**names, t=text[0].lower() + text[1:], date=dates))
        if w.chance(0.3):
            w.para("history")
        if headed and w.chance(0.3):
            for title in w.rng.sample(("Зерттелуі", "Түрлері", "Шығармашылығы", "Тарихы", "Таралуы", "Құрылысы"), 2):
                w.heading(title, 2)
                w.para("science", 1, 4)
        if sourced and w.chance(0.6):
            w.add("source", f"{w.rng.choice(('Әдеб.:', 'Шығ.:', 'Дерек:'))} {w.m.book()}")
        if sourced and w.chance(0.4):
            w.add("source", w.m.person("initials") + w.rng.choice((".", "")), place="right")


def dictionary(w: Writer) -> None:
    """Short entries, alphabetical letters between them."""
    w.title = "Түсіндірме сөздік"
    shape = w.rng.choice(("{w}, {t}", "{W} {t}", "{w} – {t}", "{W}. {t}", "{w} {t}", "{w} [{w}] {t}"))
    entries = sorted({w.m.one("entries") for _ in range(40)})
    while w.wants():
        last = ""
        for entry in entries:
            word, text = entry.split("\t")
            if word[0] != last and w.chance(0.7):
                w.heading(word[0].upper() if w.chance(0.8) else f"{word[0].upper()}{word[0]}", 1, place="centre")
            last = word[0]
            w.add("para", shape.format(w=word, W=word.upper(), t=text) + (f" {w.m.sentence('story')}" if w.chance(0.5) else ""))


def contents(w: Writer) -> None:
    """Tables of contents of books, with parts, at the beginning or end of some text."""
    w.title = w.m.title("science")
    if w.chance(0.5):
        w.paras("science", 2, 5)
    while w.wants():
        group = w.rng.choice(("section", "chapter", "lecture"))
        entries = []
        for n in range(1, w.rng.randint(8, 30)):
            title = w.m.title("chapter" if group == "chapter" else "science")
            entries.append(w.title_of(group, title, n).replace("\n", ". ").replace("Тақырыбы: ", ""))
            if group == "section" and w.chance(0.5):
                entries += [w.title_of("sub", w.m.title("science"), k, n) for k in range(1, w.rng.randint(2, 4))]
        if w.chance(0.5):
            entries = ["Кіріспе", *entries, "Қорытынды"]
        w.contents(entries)
        if w.chance(0.6):
            w.heading(w.m.one("headings/part"), 1)
            w.paras("science", 3, 8)


def manual(w: Writer) -> None:
    """Steps, warnings, code, short titles."""
    w.title = w.rng.choice(("Пайдалану нұсқаулығы", "Бағдарламалау негіздері", "Нұсқаулық", "Пайдаланушы кітапшасы"))
    w.heading(w.title, 1)
    n = 1
    code = w.chance(0.6)
    while w.wants():
        w.numbered(w.rng.choice(("section",)), 2, w.m.title("manual"), n)
        w.paras("instruction", 1, 3)
        if w.chance(0.5):
            w.add("para", w.rng.choice(("Ол үшін:", "Мына қадамдарды орындаңыз:", "Қажетті құралдар:", "Орнату тәртібі:")))
            w.listed([w.m.sentence("instruction") for _ in range(w.rng.randint(2, 6))], labels=w.rng.choice(("numbers", "bullets")))
        if code and w.chance(0.6):
            w.add("para", w.rng.choice(("Мысалы:", "Мына команданы енгізіңіз:", "Бағдарлама мәтіні төменде берілген:")))
            w.add("code", w.m.one("code"), run_on=True)
            if w.chance(0.5):
                w.para("instruction", 1, 2)
        if w.chance(0.25):
            warning = f"{w.rng.choice(('Назар аударыңыз!', 'ЕСКЕРТУ!', 'Маңызды:', 'Кеңес:'))} {w.m.sentence('instruction')}"
            w.add("note", warning, doubtful=True)
        if w.chance(0.3):
            w.numbered("sub", 3, w.m.title("manual"), 1, n)
            w.paras("instruction", 1, 2)
        n += 1


def recipes(w: Writer) -> None:
    """Groups of dishes, dishes, what is needed, how it is made."""
    w.title = w.rng.choice(("Қазақ тағамдары", "Ұлттық тағамдар", "Аспаз кітабы"))
    if w.chance(0.5):
        w.heading(w.title, 1)
    need = w.rng.choice(("Қажетті өнімдер:", "Қажет:", "Құрамы:", "Керекті заттар:", ""))
    make = w.rng.choice(("Дайындалуы: ", "Дайындау тәсілі: ", "", "", "Пісірілуі. "))
    bare = w.rng.choice(("bare", "bare", "bullets"))
    while w.wants():
        if w.chance(0.3):
            w.heading(w.m.one("headings/dishes"), 1 if not w.blocks else 2)
        w.heading(w.m.one("headings/dish"), 3)
        if need:
            w.add("para", need)
            w.listed(w.m.some("items/food", 3, 9), labels=bare, ends=False)
        else:
            w.add("para", ", ".join(w.m.some("items/food", 3, 8)) + ".")
        if w.chance(0.35):
            w.add("para", w.rng.choice(("Дайындалуы:", "Дайындау тәсілі:", "Пісірілуі:")))
            for n in range(1, w.rng.randint(3, 7)):
                w.add("item", f"{n}. {w.m.sentence('cook')}")
        else:
            w.add("para", make + w.m.paragraph("cook", 2, 5))
        if w.chance(0.3):
            w.para("cook", 1, 3)
        if w.chance(0.15):
            w.add("note", f"{w.rng.choice(('Кеңес.', 'Кеңес:', 'Ескерту:'))} {w.m.sentence('cook')}")


def book_pages(w: Writer) -> None:
    """First and last pages of books: title, imprint, dedication, foreword with signature, contents."""
    w.notes = w.chance(0.2)
    w.title = w.m.title("science")
    code = f"{w.author[0]} {w.rng.randint(10, 99)}"
    while w.wants():
        w.add("front", w.author, place="centre")
        w.add("front", w.title.upper() if w.chance(0.5) else w.title, place="centre", apart=True)
        w.add("front", w.rng.choice(("Оқу құралы", "Монография", "Оқулық", "Роман", "Өлеңдер жинағы", "Зерттеулер")), place="centre")
        w.add(
            "front",
            w.m.one("names/city") + w.rng.choice((", ", "\n", " – ")) + str(w.rng.randint(1960, 2024)),
            place="centre",
            apart=True,
        )
        w.add(
            "front",
            f"ӘОЖ {w.rng.randint(10, 900)}.{w.rng.randint(10, 99)}\nКБЖ {w.rng.randint(10, 90)}.{w.rng.randint(1, 9)}я73\n{code}",
            apart=True,
        )
        w.add("front", f"Пікір жазғандар:\n{w.m.person('two')} – ф.ғ.д., профессор\n{w.m.person('two')} – ф.ғ.к., доцент")
        w.add(
            "front",
            f"{w.m.person('source')}\n{code} {w.title}: Оқу құралы. – {w.m.one('names/city')}: {w.m.one('names/publisher')}, "
            f"{w.rng.randint(1990, 2023)}. – {w.rng.randint(80, 400)} б.",
        )
        w.add("front", f"ISBN 978-601-{w.rng.randint(10, 99)}-{w.rng.randint(1000, 9999)}-{w.rng.randint(0, 9)}")
        if w.chance(0.5):
            w.para("science", 1, 3)
        w.add(
            "front", f"© {w.author}, {w.rng.randint(1990, 2023)}\n© «{w.m.one('names/publisher')}» баспасы, {w.rng.randint(1990, 2023)}"
        )
        w.heading(w.m.one("headings/part"), 1)
        w.paras("science", 2, 6)
        if w.chance(0.6):
            w.add("front", w.rng.choice(("Автор", w.author, "Баспадан", "Құрастырушылар")), place="right")
        w.contents([w.title_of("section", w.m.title("science"), n).replace("\n", ". ") for n in range(1, w.rng.randint(5, 14))])
        for n in range(1, w.rng.randint(2, 4)):
            w.numbered("section", 1, w.m.title("science"), n)
            w.paras("science", 2, 5)


def bibliography(w: Writer) -> None:
    """An index of books: years or subjects as titles, running numbers, annotations, an index of names."""
    w.title = "Библиографиялық көрсеткіш"
    w.heading(w.rng.choice((w.title, "Еңбектерінің хронологиялық көрсеткіші", f"{w.m.person('full')}: көрсеткіш")), 1)
    number = w.rng.choice((1, 1, 57, 412))
    year = w.rng.randint(1940, 1990)
    by_year = w.chance(0.5)
    while w.wants():
        w.heading(
            str(year) if by_year else w.rng.choice(("Кітаптар", "Мақалалар", "Аудармалары", "Ол туралы", w.m.title("science"))), 2
        )
        for _ in range(w.rng.randint(2, 9)):
            w.add("source", f"{number}. {w.m.book()}")
            number += 1
            if w.chance(0.2):
                w.add("note", f"{w.rng.choice(('Кітапта', 'Мақалада', 'Еңбекте'))} {w.m.title('science').lower()} қарастырылған.")
        year += 1


def guidelines(w: Writer) -> None:
    """Rules for annotators or editors: numbered titles, definitions, examples in two levels of bullets, wide tables."""
    w.title = w.rng.choice(("Белгілеу нұсқаулығы", "Емле анықтамалығы", "Терминдерді рәсімдеу ережелері", "Редактор жаднамасы"))
    w.heading(w.title, 1)
    outer, inner = w.rng.choice(
        (
            ("{}. ", "o "),
            ("{}. ", "– "),
            ("{}) ", "• "),
            ("\uf0b7 ", "o "),
            ("• ", "– "),
            ("– ", "• "),
            ("1) ", "– "),
            ("➢ ", "✓ "),
            ("- ", "* "),
        )
    )
    quoted = w.rng.choice(("[{}]", "«{}»", "{}", "‘{}’", "<{}>"))
    chapter = 1
    while w.wants():
        w.heading(
            w.rng.choice(
                (
                    f"{chapter} [{w.rng.choice(('LAW', 'DATE', 'TIME', 'GPE'))}] {w.m.title('slide')}",
                    f"{chapter}. {w.m.title('science')}",
                )
            ),
            1,
        )
        w.para("science", 1, 3)
        for rule in range(1, w.rng.randint(3, 6)):
            w.heading(
                w.rng.choice((f"{rule}. {w.m.title('science')}", f"{chapter}.{rule} {w.m.title('science')}", w.m.title("science"))), 2
            )
            if w.chance(0.6):
                w.add("para", f"{w.m.sentence('science')} {w.rng.choice(('Мысалы:', 'Мысалдар:', 'Салыстырыңыз:'))}")
            nominal = w.chance(0.5)
            for n in range(1, w.rng.randint(2, 6)):
                w.add("item", outer.format(n) + (w.m.title("science") if nominal else w.m.sentence("science")))
                if w.chance(0.08):
                    w.add("para", w.rng.choice(("Бірақ", "Бірақ:", "немесе", "Салыстырыңыз:")))
                for _ in range(w.rng.choice((0, 0, 1, 2))):
                    words = ", ".join(
                        quoted.format(w.m.one(table)) for table in ("names/city", "names/school", "names/month", "items/answer")
                    )
                    w.add("item", inner + words)
        if w.chance(0.3):
            _marked(w)
        chapter += 1


def _marked(w: Writer) -> None:
    """A long table of words and of what each may be."""
    names = w.rng.sample(("CARDINAL", "DATE", "TIME", "MONEY", "PERCENTAGE", "иә", "жоқ", "+", "–", "кейде"), 4)
    w.add("table", "\t".join(("Сөз", *names)))
    for _ in range(w.rng.randint(6, 25)):
        word = w.m.one("entries").split("\t")[0]
        w.add("table", "\t".join((word, *(w.rng.choice((name, name, "-")) for name in names))))


def directory(w: Writer) -> None:
    """Lists of bodies, posts and persons: a line each or two, with or without numbers, under short titles."""
    w.title = w.rng.choice(("Телефон анықтамалығы", "Мекемелер тізімі", "Құрамы", "Қызметкерлер тізімі"))
    w.heading(w.title, 1)
    shape = w.rng.choice(("{o}", "{p} – {o}", "{p}, {o}", "{o} {p}", "{p} – {post}", "{o} ({c})", "{post} {p}"))
    labels = w.rng.choice(("bare", "bare", "numbers", "bullets"))
    while w.wants():
        w.heading(w.rng.choice((w.m.title("office"), f"{w.m.one('names/office')} құрамы", w.m.one("names/school"))), 2)
        if w.chance(0.4):
            w.add("para", f"{w.m.sentence('formal').rstrip('.')}:")
        entries = []
        for _ in range(w.rng.randint(4, 15)):
            who, post = w.m.person(w.rng.choice(("whole", "father"))), w.m.one("names/post")
            body = w.rng.choice(
                (w.m.one("names/school"), f"{w.m.one('phrases/of')} {w.rng.choice(('бөлімі', 'комиссиясы', 'басқармасы', 'кеңесі'))}")
            )
            entries.append(shape.format(o=body, p=who, post=post, c=w.m.one("names/city")))
        w.listed(entries, labels=labels, ends=False)


GRAMMARS = {
    "guidelines": guidelines,
    "directory": directory,
    "bibliography": bibliography,
    "encyclopedia": encyclopedia,
    "dictionary": dictionary,
    "contents": contents,
    "manual": manual,
    "recipes": recipes,
    "book_pages": book_pages,
}
