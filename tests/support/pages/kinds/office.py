"""Laws, decrees, minutes, letters, reports, forms."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]

_FIELDS = (
    *("Тегі", "Аты", "Әкесінің аты", "Туған күні", "Мекенжайы", "Телефоны", "ЖСН"),
    *("Білімі", "Жұмыс орны", "Қызметі", "Ұлты", "Күні", "Қолы"),
)


def law(w: Writer) -> None:
    """Chapters, articles with titles, numbered clauses, sub-items, editors' remarks."""
    w.title = f"{w.m.title('office')}"
    if w.chance(0.5):
        w.heading(
            w.rng.choice((f"«{w.title}» Қазақстан Республикасының Заңы", w.title, f"{w.title}\nҚазақстан Республикасының Заңы")), 1
        )
        if w.chance(0.6):
            w.add("front", f"Қазақстан Республикасының Заңы {w.m.date()} № {w.rng.randint(1, 600)}-{w.rng.choice(('V', 'IV', 'VI'))}")
        if w.chance(0.4):
            w.add("para", w.m.sentence("law"))
    chapters, chapter, article = w.chance(0.7), 1, w.rng.choice((1, 1, 5, 38))
    titled = w.chance(0.85)
    edited = w.rng.choice((0.0, 0.2, 0.7))
    published = w.chance(0.25)
    if published:
        w.menu(6, 40)
    numbered = w.rng.choice(("{n}. ", "{n}. ", "{n}.", ""))
    while w.wants():
        if chapters and (w.chance(0.25) or chapter == 1):
            w.numbered("section", 1, w.m.title("law"), chapter)
            chapter += 1
        title = w.title_of("article", w.m.title("law"), article)
        w.heading(title if titled else title.split(". ")[0], 2, place="left")
        clauses = w.rng.randint(1, 5)
        for n in range(1, clauses + 1):
            if numbered and clauses > 1:
                w.add("item", numbered.format(n=n) + w.m.paragraph("law", 1, 2))
            else:
                w.add("para", w.m.paragraph("law", 1, 3))
            if w.chance(0.25):
                _subitems(w)
        if w.chance(edited):
            _edited(w, article)
        article += 1
    if published:
        w.page_end(3, 12)
    elif w.chance(0.6):
        w.add("front", f"Қазақстан Республикасының\nПрезиденті{w.rng.choice((' ', '          '))}{w.m.person('initials')}")


def _edited(w: Writer, article: int) -> None:
    """What the editors of a law say of its changes."""
    date = f"{w.rng.randint(10, 31)}.0{w.rng.randint(1, 9)}.20{w.rng.randint(10, 25)}"
    number = f"{date} № {w.rng.randint(10, 400)}-{w.rng.choice(('IV', 'V', 'VI'))}"
    since = "(алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі) Заңымен."
    shapes = (
        f"Ескерту. {article}-бапқа өзгеріс енгізілді – ҚР {number} {since}",
        f"Ескерту. {article}-бап жаңа редакцияда - ҚР {number} {since}",
        f"Ескерту. {article}-бапқа өзгерістер енгізілді - ҚР {number} (алғашқы ресми жарияланған күнінен бастап), {number} Заңдарымен.",
        f"Ескерту. {article}-тармақша алып тасталды – ҚР {number} Заңымен.",
        f"{w.rng.randint(2, 9)}) алып тасталды – ҚР {number} {since}",
        f"ЗҚАИ-ның ескертпесі!\n{article}-бапқа өзгеріс енгізу көзделген – ҚР {number} Заңымен.",
    )
    w.add("note", w.rng.choice(shapes))


def _subitems(w: Writer) -> None:
    w.add(
        "para",
        w.rng.choice(
            (
                "Уәкілетті орган:",
                "Осы тармақтың мақсаты үшін мынадай ұғымдар қолданылады:",
                "Тараптардың бірі:",
                "Өтініште мыналар көрсетіледі:",
            )
        ),
    )
    clauses = w.m.some("items/clause", 2, 7)
    label = w.rng.choice(("{})", "{})", "{})"))
    for n, clause in enumerate(clauses, 1):
        w.add("item", f"{label.format(n)} {clause}{'.' if n == len(clauses) else ';'}")


def decree(w: Writer) -> None:
    """A decree, its points, the signature, and the rules that it approves."""
    w.title = w.m.title("office")
    office, number, date = w.m.one("names/office"), w.rng.randint(1, 900), w.m.date()
    if w.chance(0.4):
        w.add(
            "front",
            f"{office} басшысының\n{date} № {number} {w.rng.choice(('бұйрығы', 'қаулысы', 'шешімі'))}",
            place=w.rng.choice(("left", "right")),
        )
        w.heading(w.title, 1)
    else:
        w.heading(w.rng.choice(("Қаулы", "Бұйрық", "Шешім", "ҚАУЛЫ", "Өкім", f"{office} қаулысы")), 1)
        w.heading(w.title, 1)
        shape = w.rng.choice(("{date} № {n}", "{date}   № {n}   {city} қаласы", "{city} қ., {date}"))
        w.add("front", shape.format(date=date, n=number, city=w.m.one("names/city")))
    w.add("para", w.m.sentence("law").rstrip(".") + w.rng.choice((" ҚАУЛЫ ЕТЕДІ:", " БҰЙЫРАМЫН:", " шешім қабылдады:")))
    for n in range(1, w.rng.randint(3, 7)):
        w.add("item", f"{n}. {w.m.sentence('law')}")
        if w.chance(0.2):
            for k, clause in enumerate(w.m.some("items/clause", 2, 4), 1):
                w.add("item", f"{k}) {clause};")
    w.signed()
    n, point = 1, 1
    chapter = w.rng.choice(("{n}-тарау. {t}", "{n}. {t}", "{t}", "{n}-тарау. {t}", "{n} {t}"))
    while w.wants():
        if n == 1:
            w.add("front", f"{w.m.one('names/office')}\n{w.m.date()} № {w.rng.randint(1, 300)} қаулысымен\nбекітілген", place="right")
            w.heading(w.rng.choice((f"{w.title} қағидалары", f"{w.m.one('phrases/of')} тәртібі", f"{w.title}:\nҚАҒИДАЛАР")), 1)
        w.heading(chapter.format(n=n, t=w.m.title("law")), 2)
        for _ in range(w.rng.randint(2, 6)):
            w.add("item", f"{point}. {w.m.paragraph('law', 1, 2)}")
            if w.chance(0.2):
                _subitems(w)
            point += 1
        n += 1
    if w.chance(0.3):
        w.add("front", f"Келісілді:\n{w.m.one('names/school')}\n{w.m.date()}")
    for _ in range(w.rng.choice((0, 1, 1, 2))):
        _appendix(w, w.title)


def _appendix(w: Writer, title: str) -> None:
    """A form of the rules, with the stamp that says whose it is."""
    stamps = (
        f"«{title}» қағидаларына\n{w.rng.randint(1, 5)}-қосымша",
        f"{w.m.one('names/office')} басшысының\n{w.m.date()} № {w.rng.randint(1, 90)} бұйрығына\n{w.rng.randint(1, 5)}-қосымша",
        f"Қағидаларға\n{w.rng.randint(1, 9)}-қосымша",
        f"{w.rng.randint(1, 9)}-қосымша",
    )
    w.add("front", w.rng.choice(stamps), place=w.rng.choice(("left", "right", "right")))
    if w.chance(0.5):
        w.add("front", "нысан" if w.chance(0.5) else "Нысан", place="right")
    w.heading(w.rng.choice(("Өтініш", "ӨТІНІШ", "Келісім", "Анықтама", "Есеп нысаны", "Акт")), 2)
    blank = "_" * w.rng.randint(20, 45)
    w.add("para", f"Мен, {blank}")
    w.add("note", "(тегі, аты, әкесінің аты (бар болса))")
    w.add("para", w.m.paragraph("law", 1, 2))
    w.table(w.rng.randint(1, 4), w.rng.randint(3, 4))
    w.add("front", f"Қолы {'_' * 14}{w.rng.choice((' ', '      '))}Күні «__» ___________ 20__ ж.")


def minutes(w: Writer) -> None:
    """Minutes: number, date, those present, agenda, what was heard and decided."""
    w.title = f"№{w.rng.randint(1, 20)} хаттама"
    if w.chance(0.4):
        w.add("front", w.m.one("names/school"))
    w.heading(
        w.rng.choice((w.title, "ХАТТАМА", f"Педагогикалық кеңес отырысының № {w.rng.randint(1, 9)} хаттамасы", "Жиналыс хаттамасы")), 1
    )
    w.add("front", f"{w.m.one('names/city')} қаласы{w.rng.choice((', ', '      '))}{w.m.date()}")
    w.add("para", f"Төраға: {w.m.person('two')}")
    w.add("para", f"Хатшы: {w.m.person('two')}")
    w.add("para", f"Қатысқандар: {w.rng.randint(5, 60)} адам" + w.rng.choice((".", "", " (тізім қоса беріледі)")))
    w.add("para", w.rng.choice(("Күн тәртібі:", "КҮН ТӘРТІБІНДЕ:", "Күн тәртібінде:")), doubtful=True)
    agenda = [w.m.title("office") for _ in range(w.rng.randint(2, 5))]
    for n, point in enumerate(agenda, 1):
        w.add("item", f"{n}. {point}{w.rng.choice(('.', '', ''))}")
    shapes = (("Тыңдалды", "Қаулы етілді"), ("ТЫҢДАЛДЫ", "ШЕШІМ ҚАБЫЛДАНДЫ"), ("СӨЙЛЕДІ", "ҚАУЛЫ ЕТЕДІ"), ("ТЫҢДАЛДЫ", "ҚАУЛЫ ЕТТІ"))
    heard, decided = w.rng.choice(shapes)
    numbered, alone = w.chance(0.5), w.chance(0.4)
    n = 0
    while w.wants():
        question = agenda[n % len(agenda)]
        n += 1
        if w.chance(0.3):
            w.heading(f"{n}-мәселе. {question}", 2)
        opening, speech = f"{f'{n}. ' if numbered else ''}{heard}:", f"{w.m.person('two')} – {w.m.paragraph('formal', 1, 4)}"
        for line in (opening, speech) if alone else (f"{opening} {speech}",):
            w.add("para", line)
        if alone and w.chance(0.5):
            w.add("para", w.rng.choice(("СӨЙЛЕДІ:", "Сөз сөйлегендер:", "ЖАРЫССӨЗ:", "СӨЙЛЕДІ:")))
        for _ in range(w.rng.randint(0, 3)):
            w.add("para", f"{w.m.person('two')}{w.rng.choice((' – ', ': ', ' сөз сөйледі. '))}{w.m.paragraph('formal', 1, 3)}")
        w.add("para", f"{decided}:")
        w.listed([w.m.sentence("formal") for _ in range(w.rng.randint(1, 4))], labels="numbers")
        if w.chance(0.4):
            w.add("para", f"Дауыс берілді: «қарсы» – {w.rng.randint(0, 5)}, «қалыс қалды» – {w.rng.randint(0, 5)}.")
    w.signed()
    w.signed()


def letters(w: Writer) -> None:
    """Letters: addressee, greeting, text, leave, signature, date."""
    w.title = "Хаттар"
    while w.wants():
        if w.chance(0.5):
            w.add(
                "front",
                f"{w.m.one('names/office')}\n{w.m.person('two')} мырзаға" if w.chance(0.5) else f"{w.m.person('father')}на",
                place="right",
            )
        if w.chance(0.4):
            w.add("front", w.m.date() + w.rng.choice(("", f", {w.m.one('names/city')}")), place=w.rng.choice(("left", "right")))
        w.add(
            "para",
            w.rng.choice(("Құрметті {}!", "Аса құрметті {}!", "Сәлем, {}!", "Қадірлі {},", "Құрметті әріптес!")).format(
                w.m.person("father")
            ),
        )
        w.paras("formal", 2, 5)
        if w.chance(0.3):
            w.listed([w.m.sentence("formal") for _ in range(w.rng.randint(2, 4))])
        w.add("para", w.rng.choice(("Құрметпен,", "Ізгі ниетпен,", "Сәлеммен", "Сау болыңыз.", "Сағынышты сәлеммен,")))
        w.signed(post=w.chance(0.5))
        if w.chance(0.3):
            w.stars()


def report(w: Writer) -> None:
    """A report with sections, lists, flattened tables, figures."""
    w.title = f"{w.rng.randint(2005, 2024)} жылғы есеп"
    w.heading(w.rng.choice((w.title, f"{w.m.one('names/school')}\nжұмысының есебі", w.m.title("office"))), 1)
    n = 1
    while w.wants():
        w.numbered("section", 2, w.m.title("office"), n)
        w.paras("formal", 1, 3)
        if w.chance(0.5):
            w.table(w.rng.randint(3, 9), w.rng.randint(3, 5))
            w.paras("formal", 1, 2)
        if w.chance(0.5):
            w.introduced("clause", 3, 6)
        n += 1
    w.signed()


def form(w: Writer) -> None:
    """Forms with fields to fill in, boxes, remarks."""
    w.title = w.rng.choice(("Сауалнама", "Өтініш", "Анкета", "Тіркеу парағы", "Келісімшарт"))
    w.heading(w.title, 1)
    line = w.rng.choice(("____________________", "....................", ": ______________", ":"))
    while w.wants():
        if w.chance(0.5):
            w.heading(
                w.rng.choice(("Жеке мәліметтер", "Білімі", "Еңбек жолы", "Байланыс деректері", "Отбасы жағдайы", "Қосымша мәліметтер")),
                2,
            )
        for name in w.rng.sample(_FIELDS, w.rng.randint(4, 9)):
            value = w.rng.choice((line, line, f": {w.m.person()}" if name in ("Тегі", "Аты") else f": {w.m.one('names/city')}"))
            w.add("para", f"{name}{value if value[0] in ':' else ' ' + value}")
        if w.chance(0.6):
            for n, question in enumerate(w.m.asked(2, 5), 1):
                w.add("question", f"{n}. {question}")
                if w.chance(0.6):
                    for answer in w.m.some("items/answer", 2, 4):
                        w.add("item", f"□ {answer}")
        if w.chance(0.4):
            w.para("formal", 1, 2)


GRAMMARS = {"law": law, "decree": decree, "minutes": minutes, "letters": letters, "report": report, "form": form}
