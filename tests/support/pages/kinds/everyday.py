"""Contracts, lives, programmes, chronicles, riddles, speeches, talk on a screen, articles as the web has them, Markdown."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]


def contract(w: Writer) -> None:
    """Numbered titles in capitals or small letters, clauses of two numbers, requisites, signatures."""
    w.title = w.rng.choice(("Еңбек шарты", "Жалға беру шарты", "Қызмет көрсету туралы шарт", "Сатып алу-сату шарты"))
    w.heading(w.rng.choice((w.title, f"{w.title} № {w.rng.randint(1, 400)}")), 1)
    w.add("front", f"{w.m.one('names/city')} қ.{w.rng.choice((' ', '          ', ', '))}{w.m.date()}")
    one, other = f"{w.m.one('names/school')} (бұдан әрі – Тапсырыс беруші) атынан директор {w.m.person('two')}", w.m.person("whole")
    w.add("para", f"{one} бір тараптан және {other} екінші тараптан төмендегілер туралы осы шартты жасасты:")
    n = 1
    titles = w.rng.choice(("{n}. {t}", "{n}. {t}", "{n} {t}", "{t}", "{n}-БӨЛІМ. {t}"))
    while w.wants():
        w.heading(titles.format(n=n, t=w.m.title("law")), 2)
        for k in range(1, w.rng.randint(2, 7)):
            w.add("item", f"{n}.{k}. {w.m.paragraph('law', 1, 2)}")
            if w.chance(0.2):
                for at, clause in enumerate(w.m.some("items/clause", 2, 4)):
                    w.add("item", f"{'абвг'[at]}) {clause};")
        n += 1
    w.heading(w.rng.choice((f"{n}. Тараптардың мекенжайлары мен деректемелері", "Тараптардың деректемелері")), 2)
    for side in ("Тапсырыс беруші", "Орындаушы"):
        w.add("front", f"{side}\n{w.m.person('two')} _______________")


def life(w: Writer) -> None:
    """Lives: a CV with years and places, prose of a life, lists of works."""
    while w.wants():
        w.title = w.m.person("whole")
        w.heading(w.title if w.chance(0.6) else "ТҮЙІНДЕМЕ", 1)
        for name in w.rng.sample(("Туған күні", "Мекенжайы", "Телефон", "Ұялы телефон", "Туған жері"), 3):
            value = (
                w.m.date()
                if "күні" in name
                else f"{w.m.one('names/city')} қ."
                if name == "Мекенжайы"
                else str(w.rng.randint(87000000000, 87999999999))
            )
            w.add("para", f"{name}: {value}")
        for title in w.rng.sample(("Білімі", "Еңбек жолы", "Марапаттары", "Тіл білуі", "Еңбектері", "Кәсіби дағдылары"), 3):
            w.heading(title + w.rng.choice(("", "", ":")), 2)
            year = w.rng.randint(1975, 2010)
            for _ in range(w.rng.randint(2, 5)):
                until = year + w.rng.randint(1, 6)
                entry = w.rng.choice((w.m.one("names/school"), w.m.one("names/post") + ", " + w.m.one("names/school")))
                w.add("item", w.rng.choice((f"{year}–{until} жж. – {entry}", f"{year}-{until} {entry}", f"{until} ж. {entry};")))
                year = until
        if w.chance(0.5):
            w.paras("history", 1, 3)


def programme(w: Writer) -> None:
    """A conference or feast hour by hour: times, what happens, who speaks."""
    w.title = w.rng.choice(("Ғылыми конференция бағдарламасы", "Мерекелік іс-шара", "Семинар-тренинг", "Апталық жоспар"))
    w.add("front", w.m.one("names/school"), place="centre")
    w.heading(w.title, 1)
    w.add("front", f"{w.m.date()}, {w.m.one('names/city')}", place="centre")
    day = 1
    while w.wants():
        w.heading(w.rng.choice((f"{day}-күн", f"{day}-секция. {w.m.title('science')}", w.m.date(), f"{day} СЕКЦИЯ")), 2)
        hour = w.rng.randint(8, 10)
        for _ in range(w.rng.randint(4, 9)):
            what = w.rng.choice(
                (
                    w.m.title("science"),
                    f"{w.m.person('two')}. {w.m.title('science')}",
                    "Үзіліс",
                    "Тіркеу",
                    "Ашылу салтанаты",
                    "Кофе-брейк",
                )
            )
            w.add("item", f"{hour}.{w.rng.choice(('00', '15', '30'))}{w.rng.choice((' – ', '  ', ' '))}{what}")
            hour += 1
        if w.chance(0.4):
            who = w.rng.choice((w.m.person("full"), w.m.one("names/school")))
            w.add("para", f"{w.rng.choice(('Модератор', 'Жетекшісі', 'Өтетін орны'))}: {who}")
        day += 1


def chronicle(w: Writer) -> None:
    """Paragraphs that begin with their year, under centuries and periods."""
    w.notes = w.chance(0.2)
    w.title = w.rng.choice(("Хронология", "Тарихи даталар", "Шежіре", "Атаулы күндер"))
    w.heading(w.title, 1)
    year = w.rng.randint(1400, 1800)
    shape = w.rng.choice(("{y} ж. – {t}", "{y} жыл. {t}", "{y} – {t}", "{y} ж. {t}", "{y}: {t}"))
    while w.wants():
        if w.chance(0.12):
            w.heading(
                w.rng.choice((f"{year // 100 + 1}-ғасыр", f"{w.m.title('science')}", "ЖАҢА ЗАМАН", f"{year}–{year + 80} жылдар")), 2
            )
        w.add("para", shape.format(y=year, t=w.m.paragraph("history", 1, 3)))
        year += w.rng.randint(0, 9)


def riddles(w: Writer) -> None:
    """Riddles with answers in brackets or at the end; counting rhymes and tongue twisters."""
    w.title = w.rng.choice(("Жұмбақтар", "Балалар әлемі", "Ойна да ойлан"))
    w.heading(w.title, 1)
    inline = w.chance(0.5)
    numbered = w.chance(0.5)
    while w.wants():
        w.heading(w.rng.choice(("Жұмбақтар", "Жаңылтпаштар", "Санамақтар", "Жануарлар туралы", "Табиғат", "Үй тұрмысы")), 2)
        answers = []
        for n, entry in enumerate(w.m.some("riddles", 5, 11), 1):
            riddle, answer = entry.split("\t")
            answers.append(answer)
            w.add("item" if numbered else "para", (f"{n}. " if numbered else "") + riddle + (f" ({answer})" if inline else ""))
        if not inline:
            w.add("para", "Жауаптары: " + ", ".join(f"{n}. {answer}" for n, answer in enumerate(answers, 1)) + ".")
        if w.chance(0.3):
            w.stanza()


def oration(w: Writer) -> None:
    """A speech: greeting, short paragraphs, calls, thanks; applause in brackets."""
    w.title = w.rng.choice(("Салтанатты жиында сөйлеген сөз", "Жолдау", "Құттықтау сөз", f"{w.m.person('two')} баяндамасы"))
    w.heading(w.title, 1)
    w.add("front", w.rng.choice((f"{w.m.one('names/city')}, {w.m.date()}", f"({w.m.date()})")))
    calls = (
        "Құрметті отандастар!",
        "Қымбатты достар!",
        "Ардақты ағайын!",
        "Құрметті депутаттар!",
        "Ханымдар мен мырзалар!",
        "Қадірлі ұстаздар!",
    )
    headed = w.chance(0.5)
    while w.wants():
        w.add("para", w.rng.choice(calls))
        w.paras(w.rng.choice(("news", "formal")), 2 * w.pace, 6 * w.pace)
        if w.chance(0.15):
            w.add("para", w.rng.choice(("(Қол шапалақтау.)", "[Ду қол шапалақ]", "(Залда қол соғу)")))
        if headed and w.chance(0.6):
            w.heading(
                w.rng.choice(
                    (w.m.title("office"), f"{w.rng.choice(('БІРІНШІ', 'ЕКІНШІ', 'ҮШІНШІ'))}. {w.m.title('office')}", w.m.title("news"))
                ),
                2,
            )
    w.add("para", w.rng.choice(("Назарларыңызға рақмет!", "Рақмет!", "Баршаңызға амандық тілеймін!")))


def questions_answered(w: Writer) -> None:
    """Questions of readers and answers to them."""
    w.title = w.rng.choice(("Сұрақ-жауап", "Жиі қойылатын сұрақтар", "Заңгер кеңесі"))
    w.heading(w.title, 1)
    shape = w.rng.choice((("heading", "{}"), ("para", "Сұрақ: {}"), ("para", "– {}"), ("para", "С: {}"), ("heading", "{n}. {}")))
    answer = {"– {}": "– {}", "Сұрақ: {}": "Жауап: {}", "С: {}": "Ж: {}"}.get(shape[1], "{}")
    n = 1
    while w.wants():
        question = shape[1].format(w.m.question(), n=n)
        if shape[0] == "heading":
            w.heading(question, 2)
        else:
            w.add("para", question)
        w.add("para", answer.format(w.m.paragraph(w.rng.choice(("law", "news")), 1, 4)))
        if w.chance(0.2):
            w.introduced("clause", 2, 5)
        n += 1


def chat(w: Writer) -> None:
    """Messages with names and times."""
    w.title = "Чат"
    users = w.m.some("names/man", 2, 4)
    shape = w.rng.choice(
        ("[{h:02}:{m:02}] {u}: {t}", "{u}, [{d}]: {t}", "{u}: {t}", "{h:02}:{m:02} {u} – {t}", "{d}, {h:02}:{m:02} - {u}: {t}")
    )
    hour, minute = w.rng.randint(8, 20), 0
    while w.wants():
        minute = (minute + w.rng.randint(0, 9)) % 60
        text = w.m.sentence(w.rng.choice(("forum", "review", "story")))
        w.add(
            "para",
            shape.format(h=hour, m=minute, u=w.rng.choice(users), t=text, d=f"{w.rng.randint(1, 28):02}.0{w.rng.randint(1, 9)}.2023"),
        )


def web_encyclopedia(w: Writer) -> None:
    """An article copied out of a web encyclopedia: menus, contents, sections with [өңдеу], references with arrows."""
    w.title = w.m.title("science")
    for entry in ("Уикипедия — ашық энциклопедиясынан алынған мәлімет", "Навигацияға өту", "Іздеуге өту")[: w.rng.randint(0, 3)]:
        w.add("running_head", entry)
    edit = w.rng.choice(("", "", "[өңдеу]", " [өңдеу]", " [өңдеу | қайнарын өңдеу]", "[өңдеу | қайнарын өңдеу]"))
    titles = [
        "Тарихы",
        "Географиясы",
        "Экономикасы",
        "Халқы",
        "Мәдениеті",
        "Этимологиясы",
        "Шығармалары",
        "Отбасы",
        "Климаты",
        "Құрылысы",
    ]
    titles += ["Өмірбаяны", "Еңбектері", "Марапаттары", "Түрлері", "Қызықты деректер", "Тағы қараңыз", "Жануарлар дүниесі", "Білімі"]
    while w.wants():
        w.heading(w.rng.choice((w.m.title("science"), w.m.person("full"), w.m.one("entries").split("\t")[0].capitalize())), 1)
        if w.chance(0.3):
            for name in w.rng.sample(
                ("Орналасуы", "Ауданы", "Халқы", "Туған күні", "Мамандығы", "Елі", "Құрылған жылы"), w.rng.randint(2, 5)
            ):
                w.add("table", f"{name}\t{w.rng.choice((w.m.one('names/city'), str(w.rng.randint(10, 2020)), w.m.date()))}")
        w.para("science", 2, 4)
        chosen = w.rng.sample(titles, w.rng.randint(3, 6))
        if w.chance(0.5):
            if w.chance(0.5):
                w.heading("Мазмұны", 2)
            else:
                w.add("running_head", "Мазмұны [жасыру]")
            for n, title in enumerate(chosen, 1):
                w.add("toc", f"{n} {title}")
        for title in chosen:
            w.heading(title + edit, 2)
            w.paras("science", 1, 3)
            if w.chance(0.15):
                w.heading(w.m.title("science") + edit, 3)
                w.para("science", 1, 3)
            if w.chance(0.3):
                w.listed([w.m.sentence("science") for _ in range(w.rng.randint(2, 5))], labels="bullets")
        w.heading(w.rng.choice(("Дереккөздер", "Сілтемелер", "Пайдаланылған әдебиет", "Әдебиеттер")) + edit, 2)
        arrow = w.rng.choice(("↑ ", "^ ", "{}. ", "• "))
        for n in range(1, w.rng.randint(3, 7)):
            w.add("source", arrow.format(n) + w.m.book())
        if w.chance(0.2):
            w.add("note", "Бұл — мақаланың бастамасы. Бұл мақаланы толықтырып, дамыту арқылы жобаға көмектесе аласыз.")
        if w.chance(0.5):
            w.add("running_head", f"Санаттар: {w.m.title('science')} | {w.rng.randint(1890, 1999)} жылы туғандар")
            w.add("running_head", f"Бұл бет соңғы рет {w.m.date()}, {w.rng.randint(10, 23)}:{w.rng.randint(10, 59)} кезінде өңделді.")


def markdown(w: Writer) -> None:
    """A guide as its author wrote it: # titles, fences, lists, tables of bars."""
    w.title = w.m.title("manual")
    w.add("heading", f"# {w.title}", level=1, apart=True)
    n = 0
    while w.wants():
        n += 1
        number = w.rng.choice(("", "", f"{n}. "))
        w.add("heading", f"## {number}{w.m.title('manual')}", level=2, apart=True)
        for _ in range(w.rng.randint(1, 3)):
            w.add("para", w.m.paragraph("instruction", 1, 4), apart=True)
        if w.chance(0.5):
            bullet = w.rng.choice(("- ", "* ", "1. ", "+ "))
            for at, entry in enumerate(w.m.some("items/clause", 2, 5)):
                w.add(
                    "item",
                    bullet.replace("1", str(at + 1)) + w.rng.choice(("", "", "**")).join(("", entry, "")),
                    apart=not at,
                    close=bool(at),
                )
        if w.chance(0.5):
            w.add("code", f"```{w.rng.choice(('', 'python', 'sh', 'text'))}\n{w.m.one('code')}\n```", run_on=True, apart=True)
        if w.chance(0.3):
            w.add("heading", f"### {w.m.title('manual')}", level=3, apart=True)
            w.add("para", w.m.paragraph("instruction", 1, 3), apart=True)
        if w.chance(0.2):
            w.add("note", f"> {w.m.sentence('instruction')}", apart=True)
        if w.chance(0.2):
            w.add("table", "| Аты | Мәні |", run_on=True, apart=True)
            w.add("table", "| --- | --- |", run_on=True, close=True)
            for _ in range(w.rng.randint(2, 4)):
                w.add("table", f"| {w.m.one('entries').split(chr(9))[0]} | {w.m.one('items/answer')} |", run_on=True, close=True)
        if w.chance(0.15):
            w.add("mark", w.rng.choice(("---", "***", "___")), apart=True)


def research(w: Writer) -> None:
    """School research: questionnaire, diagrams, appendix after a title page."""
    w.notes = w.chance(0.2)
    w.title = w.m.title("science")
    for title in ("Кіріспе", "Негізгі бөлім", "Зерттеу бөлімі"):
        w.heading(title if w.chance(0.6) else title.upper(), 1)
        for name in w.rng.sample(
            ("Өзектілігі", "Мақсаты", "Болжамы", "Зерттеу әдістері", "Зерттеу кезеңдері", "Жаңалығы"), w.rng.randint(1, 3)
        ):
            w.add("para", f"{name}{w.rng.choice((': ', ' – ', '. '))}{w.m.sentence('science')}")
        w.introduced("aim", 2, 5)
        w.paras("science", 2, 4)
    n = 1
    while w.wants():
        w.numbered("sub", 2, w.m.title("science"), n, 2)
        w.paras("science", 1, 3)
        if w.chance(0.5):
            w.add("para", w.rng.choice(("Сауалнама сұрақтары:", "Оқушыларға мынадай сұрақтар қойылды:")))
            for at, question in enumerate(w.m.asked(3, 6), 1):
                w.add("question", f"{at}. {question}")
            w.para("science", 1, 3)
        if w.chance(0.4):
            w.add("note", f"{n}-{w.rng.choice(('сурет', 'диаграмма'))}. {w.m.title('science')}", place="centre")
        if w.chance(0.3):
            w.table(w.rng.randint(2, 6), 3)
        n += 1
    w.heading("Қорытынды", 1)
    w.paras("science", 1, 3)
    w.sources(4, 8)
    w.heading(w.rng.choice(("Қосымша", "Қосымша 1", "ҚОСЫМША А")), 1)
    w.add("note", f"1-сурет. {w.m.title('science')}")


GRAMMARS = {
    "contract": contract,
    "life": life,
    "programme": programme,
    "chronicle": chronicle,
    "riddles": riddles,
    "oration": oration,
    "questions_answered": questions_answered,
    "chat": chat,
    "web_encyclopedia": web_encyclopedia,
    "markdown": markdown,
    "research": research,
}
