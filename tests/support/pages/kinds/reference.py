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
            entries.append(w.title_of(group, title, n).replace("\n", ". "))
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
            w.add("para", f"{w.rng.choice(('Назар аударыңыз!', 'ЕСКЕРТУ!', 'Маңызды:', 'Кеңес:'))} {w.m.sentence('instruction')}")
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
        w.add("para", make + w.m.paragraph("cook", 2, 5))
        if w.chance(0.4):
            w.para("cook", 1, 3)


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


GRAMMARS = {
    "encyclopedia": encyclopedia,
    "dictionary": dictionary,
    "contents": contents,
    "manual": manual,
    "recipes": recipes,
    "book_pages": book_pages,
}
