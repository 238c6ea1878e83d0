"""Lectures, monographs, theses, articles, examinations, slides, syllabi, school work."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]


def lectures(w: Writer) -> None:
    """A course: lectures with a plan, sections whose titles the plan names, questions, literature."""
    w.notes = w.chance(0.25)
    w.title = w.m.one("names/subject")
    number = w.rng.choice((1, 1, 2, 5))
    plan_of = w.rng.choice(("Жоспар:", "Жоспары:", "Дәріс жоспары:", "Қарастырылатын сұрақтар:", "", "Жоспар"))
    label = w.rng.choice(("numbers", "numbers", "bare", "bullets"))
    questions, sources = w.chance(0.7), w.chance(0.3)
    while w.wants():
        w.numbered("lecture", 1, w.m.title("science"), number)
        titles = [w.m.title("science") for _ in range(w.rng.randint(2, 5))]
        if plan_of or w.chance(0.5):
            if plan_of:
                w.add("outline", plan_of, doubtful=True)
            for at, title in enumerate(titles, 1):
                w.add("outline", f"{w.label(label, at)}{title}{'' if label == 'bare' else '.'}")
        if w.chance(0.3):
            w.add(
                "para",
                f"{w.rng.choice(('Мақсаты', 'Дәрістің мақсаты', 'Түйінді сөздер', 'Негізгі ұғымдар'))}: {w.m.sentence('science')}",
            )
        if w.chance(0.3):
            w.para("science")
        for at, title in enumerate(titles, 1):
            w.numbered("sub", 2, title, at, number)
            w.paras("science", w.pace, 4 * w.pace)
            if w.chance(0.3):
                w.introduced(w.rng.choice(("clause", "aim", "thing")))
                if w.chance(0.5):
                    w.para("science")
            if w.chance(0.15):
                w.table(w.rng.randint(2, 5), w.rng.randint(2, 4))
                w.para("science")
        if questions:
            w.questions()
        if sources:
            w.sources(2, 6, level=2)
        number += 1


def monograph(w: Writer) -> None:
    """Chapters and numbered sections, lists, quotations, footnotes, figures."""
    w.title = w.m.title("science")
    w.notes = w.chance(0.6)
    if w.chance(0.3):
        w.heading(w.m.one("headings/part"), 1)
        w.paras("science", 2, 4)
    chapter = w.rng.choice((1, 1, 2, 3))
    sub = w.rng.choice((True, True, False))
    while w.wants():
        w.numbered("section", 1, w.m.title("science"), chapter)
        if w.chance(0.3):
            w.para("science")
        for at in range(1, w.rng.randint(2, 4) if sub else 2):
            if sub:
                w.numbered("sub", 2, w.m.title("science"), at, chapter)
            for _ in range(w.pace * w.rng.randint(2, 5)):
                _piece(w)
            if w.chance(0.2):
                for deep in range(1, w.rng.randint(2, 4)):
                    w.numbered("subsub", 3, w.m.title("science"), deep, at, chapter)
                    w.paras("science", 1, 2)
        chapter += 1
    if w.chance(0.4):
        w.sources()


def _piece(w: Writer) -> None:
    """A paragraph, or a list, a quotation, a figure between paragraphs."""
    w.para(w.rng.choice(("science", "history")), 2, 8)
    if w.chance(0.12):
        w.introduced(w.rng.choice(("clause", "aim", "thing")))
    elif w.chance(0.08):
        number = w.rng.randint(1, 20)
        w.add(
            "note",
            w.rng.choice(
                (
                    f"{number}-сурет. {w.m.title('science')}",
                    f"Сурет {number} – {w.m.title('science')}",
                    f"{number}-сурет – {w.m.one('headings/science')}.",
                )
            ),
            place="centre",
        )
    elif w.chance(0.06):
        w.stanza()
    elif w.chance(0.05):
        w.table(w.rng.randint(2, 5), w.rng.randint(2, 4))


def textbook(w: Writer) -> None:
    """A school book: paragraphs (§), bold words to learn, tasks, questions."""
    w.notes = w.chance(0.15)
    w.title = f"{w.m.one('names/subject')}, {w.rng.randint(5, 11)}-сынып"
    number = w.rng.randint(1, 30)
    shape = w.rng.choice(("§ {n}. {t}", "§{n}. {t}", "{n}. {t}", "{t}", "{n}-§. {t}", "{n}-сабақ. {t}"))
    rubrics = w.m.some("headings/questions", 1, 2)
    while w.wants():
        if w.chance(0.2):
            w.numbered("section", 1, w.m.title("science"), 1 + number // 8)
        w.heading(shape.format(n=number, t=w.m.title("science")), 2)
        w.paras("science", 2, 5)
        for _ in range(w.rng.randint(0, 2)):
            w.heading(w.m.one("headings/science"), 3)
            w.paras("science", 1, 3)
        if w.chance(0.2):
            w.add("para", f"{w.rng.choice(('Есте сақта!', 'Ереже.', 'Бұл қызық!', 'Анықтама.', 'МЫСАЛ.'))} {w.m.sentence('science')}")
        if w.chance(0.2):
            w.add("note", f"{w.rng.randint(1, 90)}-сурет. {w.m.title('science')}", place="centre")
        if w.chance(0.2):
            words = "; ".join(entry.split("\t")[0] for entry in w.m.some("entries", 2, 4))
            w.add("note", f"{w.rng.choice(('Жаңа сөздер', 'Сөздік', 'Тірек сөздер'))}: {words}.")
        w.heading(w.rng.choice(rubrics), 3)
        for at, question in enumerate(w.m.asked(3, 6), 1):
            w.add("question", f"{at}. {question}")
        number += 1


def thesis(w: Writer) -> None:
    """Title page, contents, abstract, introduction with aims, chapters, literature."""
    w.notes = w.chance(0.5)
    w.title = w.m.title("science")
    if w.chance(0.7):
        title_page(w)
    titles = [w.m.title("science") for _ in range(w.rng.randint(3, 7))]
    if w.chance(0.6):
        w.contents(
            [
                "Кіріспе",
                *(w.title_of("section", t, n).replace("\n", " ") for n, t in enumerate(titles, 1)),
                "Қорытынды",
                w.m.title("sources"),
            ]
        )
    w.heading("Кіріспе", 1)
    w.paras("science", 1, 3)
    for name in (
        "Зерттеудің өзектілігі",
        "Зерттеудің мақсаты",
        "Зерттеу нысаны",
        "Зерттеу пәні",
        "Ғылыми жаңалығы",
        "Практикалық маңызы",
    ):
        if w.chance(0.5):
            w.add("para", f"{name}{w.rng.choice(('.', ':', ' –'))} {w.m.paragraph('science', 1, 3)}")
    w.introduced("aim", 3, 6)
    for n, title in enumerate(titles, 1):
        if not w.wants():
            break
        w.numbered("section", 1, title, n)
        for _ in range(w.rng.randint(1, 3)):
            _piece(w)
        for at in range(1, w.rng.randint(1, 4)):
            w.numbered("sub", 2, w.m.title("science"), at, n)
            for _ in range(w.pace * w.rng.randint(1, 4)):
                _piece(w)
    w.heading("Қорытынды", 1)
    w.paras("science", 1, 3)
    w.sources()


def title_page(w: Writer) -> None:
    """The title page of school work and theses."""
    if w.chance(0.7):
        w.add("front", w.m.one("names/office").upper() if w.chance(0.5) else w.m.one("names/office"), place="centre")
    w.add("front", w.m.one("names/school"), place="centre", close=w.chance(0.5))
    w.add("heading", w.title.upper() if w.chance(0.4) else w.title, level=1, place="centre", apart=True)
    for line in w.rng.sample(
        ("Ғылыми жоба", "Диссертация", "Бағыты: қазақ тілі", "Секциясы: тарих", "Дипломдық жұмыс", "Реферат"), w.rng.randint(0, 2)
    ):
        w.add("front", line, place="centre")
    who = w.rng.choice(("Орындаған", "Жетекшісі", "Автор", "Тексерген", "Ғылыми жетекші"))
    for who in w.rng.sample(("Орындаған", "Жетекшісі", "Автор", "Тексерген", "Ғылыми жетекшісі"), w.rng.randint(1, 2)):
        w.add("front", f"{who}: {w.m.person()}", place="right", close=w.chance(0.3))
    w.add("front", f"{w.m.one('names/city')}{w.rng.choice((', ', ' – ', ' '))}{w.rng.randint(1998, 2024)}", place="centre", apart=True)


def article(w: Writer) -> None:
    """A journal article: index, author, title, abstract, key words, sections, bibliography."""
    w.notes = w.chance(0.4)
    w.title = w.m.title("science")
    if w.chance(0.5):
        w.add("front", f"{w.rng.choice(('ӘОЖ', 'УДК', 'ҒТАМР'))} {w.rng.randint(1, 950)}.{w.rng.randint(10, 900)}")
    if w.chance(0.5):
        _author(w)
        w.heading(w.title, 1)
    else:
        w.heading(w.title, 1)
        _author(w)
    if w.chance(0.7):
        if w.chance(0.5):
            w.heading(w.rng.choice(("Аңдатпа", "Түйін", "Түйіндеме")), 2)
            w.para("science")
        else:
            w.add("note", f"{w.rng.choice(('Аңдатпа.', 'Түйін.', 'Аңдатпа:'))} {w.m.paragraph('science', 2, 4)}")
        words = ", ".join(w.m.some("entries", 3, 6)).lower()
        words = ", ".join(part.split("\t")[0] for part in words.split(", ") if "\t" in part)
        w.add("note", f"{w.rng.choice(('Түйін сөздер', 'Кілт сөздер', 'Тірек сөздер'))}: {words}.")
        if w.chance(0.4):
            w.add("note", w.m.one("abstracts"))
    numbered = w.chance(0.5)
    names = w.rng.choice((("Кіріспе", "Материалдар мен әдістер", "Нәтижелер", "Талқылау", "Қорытынды"), None, None))
    at = 0
    while w.wants():
        if names and at < len(names):
            w.heading(f"{at + 1}. {names[at]}" if numbered else names[at], 2)
        elif names is None and at and w.chance(0.5):
            w.heading(w.m.title("science"), 2)
        for _ in range(w.pace * w.rng.randint(2, 5)):
            _piece(w)
        at += 1
    w.sources(level=2)


def _author(w: Writer) -> None:
    who = w.m.person(w.rng.choice(("two", "full", "source")))
    w.add("front", f"{who}\n{w.m.one('names/school')}, {w.m.one('names/city')}", place="centre")


def exam(w: Writer) -> None:
    """Tests with lettered answers, variants, open questions."""
    w.title = f"{w.m.one('names/subject')}: тест"
    w.heading(
        w.rng.choice((w.title, "Тест тапсырмалары", f"{w.m.one('names/subject')} пәнінен емтихан сұрақтары", "Жиынтық бағалау")), 1
    )
    label = w.rng.choice(("{}. ", "{}. ", "{}) ", "№{}. ", "{}."))
    letters = w.rng.choice(("ABCDE", "АВСДЕ", "абвгд", "abcde", "АӘБВГ"))
    mark = w.rng.choice((") ", ". ", ")", " ) "))
    one_line = w.chance(0.2)
    variant, number = 1, 1
    while w.wants():
        if w.chance(0.12):
            shape = w.rng.choice(("{}-нұсқа", "{} нұсқа", "Нұсқа {}", "{}-бөлім"))
            w.add("heading", shape.format(variant), level=2, place="centre", doubtful="бөлім" not in shape)
            if w.chance(0.3):
                w.add(
                    "note",
                    w.rng.choice(("Нұсқау: Сізге бір дұрыс жауабы бар тапсырмалар берілген.", "Нұсқау: бір дұрыс жауапты таңдаңыз.")),
                )
            variant, number = variant % 3 + 1, 1
        w.add("question", label.format(number) + w.m.question())
        if w.chance(0.85):
            answers = [f"{letters[at]}{mark}{answer}" for at, answer in enumerate(w.m.some("items/answer", 3, 5))]
            if one_line:
                w.add("item", "  ".join(answers))
            else:
                for answer in answers:
                    w.add("item", answer)
        number += 1


def slides(w: Writer) -> None:
    """Slides: titles, short lines with bullets, few sentences."""
    w.title = w.m.title("science")
    w.add("front", w.title.upper() if w.chance(0.4) else w.title)
    w.add("front", f"{w.rng.choice(('Орындаған', 'Дайындаған', 'Қабылдаған'))}: {w.m.person()}")
    own_pages = w.chance(0.8)
    while w.wants():
        title = w.m.title(w.rng.choice(("slide", "science")))
        w.heading(w.title_of("slide", title, w.rng.randint(1, 9)), 1, new_page=own_pages)
        if title == "Жоспар":
            for at in range(1, w.rng.randint(4, 7)):
                w.add("outline", f"{at}. {w.m.title('science')}")
            continue
        if w.chance(0.7):
            w.listed(
                w.m.some(f"items/{w.rng.choice(('clause', 'aim', 'thing', 'answer'))}", 2, 6),
                ends=False,
                labels=w.rng.choice(("bullets", "bullets", "bullets", "numbers", "bare")),
            )
        if w.chance(0.5):
            w.add("para", w.m.sentence("science"))
        if w.chance(0.1):
            w.table(w.rng.randint(2, 3), 3)
    if w.chance(0.5):
        w.heading(w.rng.choice(("Назарларыңызға рахмет!", "Назар аударғандарыңызға рақмет", "Сұрақтар?")), 1, new_page=own_pages)


def syllabus(w: Writer) -> None:
    """Weeks with topics, a table of hours, requirements, literature."""
    w.title = f"{w.m.one('names/subject')} пәнінің {w.rng.choice(('силлабусы', 'оқу бағдарламасы', 'жұмыс бағдарламасы'))}"
    w.heading(w.title, 1)
    for name, value in (
        ("Пән атауы", w.m.one("names/subject")), ("Кредит саны", str(w.rng.randint(2, 6))), ("Оқытушы", w.m.person("two")),
        ("Семестр", str(w.rng.randint(1, 8))), ("Сағат саны", str(w.rng.choice((34, 68, 90, 150)))),
    ):  # fmt: skip
        if w.chance(0.6):
            w.add("front", f"{name}: {value}")
    w.heading(w.rng.choice(("Пәннің сипаттамасы", "Түсінік хат", "Пәннің мақсаты мен міндеттері")), 2)
    w.paras("science", 1, 2)
    w.introduced("aim", 3, 6)
    if w.chance(0.6):
        w.table(w.rng.randint(4, 10), w.rng.randint(3, 5))
    week = 1
    while w.wants():
        w.numbered("week", 2, w.m.title("science"), week)
        w.paras("science", 1, 2)
        if w.chance(0.3):
            w.listed(w.m.some("items/aim", 2, 4))
        if w.chance(0.3):
            w.add(
                "para", f"{w.rng.choice(('Үй тапсырмасы', 'СӨЖ тақырыбы', 'Бақылау түрі', 'Оқу нәтижесі'))}: {w.m.sentence('science')}"
            )
        week += 1
    w.questions()
    w.sources(level=2)


def seminars(w: Writer) -> None:
    """Plans of seminars: topic, plan, literature, questions; next to no running text."""
    w.title = w.m.one("names/subject")
    w.heading(w.rng.choice(("Семинар сабақтарының жоспары", "Практикалық сабақтар", f"{w.title}: семинар сабақтары")), 1)
    shape = w.rng.choice(
        ("{n}-семинар. {t}", "{n}-семинар\n{t}", "№{n} практикалық сабақ\nТақырыбы: {t}", "{n}-тақырып. {t}", "Тақырып {n}. {t}")
    )
    plan = w.rng.choice(("Жоспар:", "Жоспары", "Сабақтың жоспары:", "Қаралатын мәселелер:", ""))
    label = w.rng.choice(("numbers", "numbers", "bullets", "bare"))
    sourced, asked = w.chance(0.6), w.chance(0.5)
    n = 1
    while w.wants():
        w.heading(shape.format(n=n, t=w.m.title("science")), 2)
        if plan:
            w.add("outline", plan, doubtful=True)
        for at in range(1, w.rng.randint(3, 7)):
            w.add("outline", f"{w.label(label, at)}{w.m.title('science')}{w.rng.choice(('', '', '.'))}")
        if w.chance(0.4):
            w.para("science", 1, 3)
        if asked:
            w.questions(2, 6, level=3)
        if sourced:
            w.sources(2, 5, level=3)
        n += 1


def lesson(w: Writer) -> None:
    """A teacher's plan of a lesson: fields, stages, tasks."""
    w.title = w.rng.choice(("Қысқа мерзімді жоспар", "Сабақ жоспары", "Ашық сабақ"))
    w.heading(w.title, 1)
    while w.wants():
        for name in ("Сабақтың тақырыбы", "Мақсаты", "Сабақтың түрі", "Көрнекілігі", "Күні", "Сыныбы"):
            value = w.m.date() if name == "Күні" else f"{w.rng.randint(1, 11)}-сынып" if name == "Сыныбы" else w.m.title("science")
            w.add("para", f"{name}: {value}")
        w.heading(w.rng.choice(("Сабақтың барысы", "Сабақтың барысы:", "Сабақ барысы")), 2)
        for at, stage in enumerate(("Ұйымдастыру кезеңі", "Үй тапсырмасын тексеру", "Жаңа сабақ", "Бекіту", "Бағалау"), 1):
            w.numbered("sub", 3, stage, at)
            w.paras("science", 1, 2)
            if w.chance(0.4):
                w.listed(w.m.asked(2, 4), labels="numbers")


def exam_topics(w: Writer) -> None:
    """Long lists of questions for an examination, most of them nominal phrases; topics of students' work."""
    w.title = w.m.one("names/subject")
    while w.wants():
        w.heading(
            w.rng.choice(("Емтихан сұрақтары", "Емтихан сұрақтарының тізімі", f"{w.title} пәнінен бақылау сұрақтары", "Сұрақтар")), 1
        )
        label = w.rng.choice(("{}. ", "{}. ", "{}.", "{}) ", "{} "))
        asked = w.chance(0.3)
        for n in range(1, w.rng.randint(20, 60)):
            topic = w.m.question() if asked and w.chance(0.5) else w.m.title("science")
            w.add("question", label.format(n) + topic + (w.rng.choice(("", "", ".")) if topic[-1].isalpha() else ""))
        if w.chance(0.5):
            w.heading(w.rng.choice(("Реферат тақырыптары", "СӨЖ тақырыптары", "Курстық жұмыстардың тақырыптары")), 1)
            for n in range(1, w.rng.randint(8, 25)):
                w.add("item", label.format(n) + w.m.title("science") + w.rng.choice(("", "", " – реферат", " – баяндама")))
        if w.chance(0.3):
            w.sources(level=1)


GRAMMARS = {
    "exam_topics": exam_topics,
    "lectures": lectures,
    "monograph": monograph,
    "textbook": textbook,
    "thesis": thesis,
    "article": article,
    "exam": exam,
    "slides": slides,
    "syllabus": syllabus,
    "lesson": lesson,
    "seminars": seminars,
}
