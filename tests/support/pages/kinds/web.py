"""News, newspapers, reviews, forums, subtitles."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]


def newspaper(w: Writer) -> None:
    """A page of a newspaper: rubrics, headlines, short paragraphs, signatures."""
    w.title = w.rng.choice(("Ана тілі", "Ауыл айнасы", "Халық сөзі", "Жаңа өмір"))
    if w.chance(0.4):
        w.add("running_head", f"№ {w.rng.randint(1, 99)} ({w.rng.randint(1000, 9999)}) {w.m.date()}")
        w.add("running_head", f"«{w.title.upper()}»")
    while w.wants():
        if w.chance(0.25):
            w.heading(w.rng.choice(("ҚОҒАМ", "Спорт", "Мәдениет", "ЖАҢАЛЫҚТАР", "Экономика", "Тағзым")), 1)
        w.heading(_headline(w), 2)
        if w.chance(0.2):
            w.add("para", w.m.sentence("news"))
        w.paras("news", 2, 6)
        if w.chance(0.2):
            w.heading(w.m.title("news"), 3)
            w.paras("news", 1, 3)
        if w.chance(0.5):
            where = f"{w.m.person('upper')},\n{w.m.one('names/city')}"
            shapes = (w.m.person("upper"), w.m.person("full") + ".", where, "Өз тілшіміз", "ҚазАқпарат")
            w.add("source", w.rng.choice(shapes), place="right")
    if w.chance(0.3):
        w.add("running_head", f"{w.rng.choice(('Бас редактор', 'Редактор'))} {w.m.person('upper')}")
        w.add("running_head", f"Индекс {w.rng.randint(10000, 99999)}. Таралымы {w.rng.randint(1000, 20000)} дана.")


def _headline(w: Writer) -> str:
    title = w.m.title("news")
    return w.rng.choice(
        (title, title, title.upper(), f"«{title}»", f"{title}!", w.m.sentence("news").rstrip(".") if w.chance(0.5) else title)
    )


def web_news(w: Writer) -> None:
    """Pages copied out of a browser: menus, title, date, text, links to share, comments, other news."""
    w.title = w.m.title("news")
    w.menu(4, 40)
    while w.wants():
        w.heading(_headline(w), 1)
        time = f"{w.m.date()}, {w.rng.randint(10, 23)}:{w.rng.randint(10, 59)}"
        w.add(
            "front",
            w.rng.choice((w.m.date(), time, f"{w.m.date()} | {w.m.person('full')}", f"Автор: {w.m.person('full')}")),
            doubtful=True,
        )
        if w.chance(0.3):
            w.add(
                "note",
                f"{w.rng.choice(('Фото:', 'Сурет:'))} {w.rng.choice((w.m.person('full'), 'ашық дереккөз', w.m.one('names/school')))}",
            )
        for _ in range(w.rng.randint(3, 9)):
            w.para("news", 1, 4)
            if w.chance(0.08):
                w.add("running_head", f"{w.rng.choice(('Оқи отырыңыз', 'Тағы оқыңыз', 'Оқыңыз'))}: {w.m.title('news')}")
        if w.chance(0.3):
            w.add("url", f"https://{w.rng.choice(('egemen', 'qazaquni', 'bilim', 'aikyn'))}.kz/news/{w.rng.randint(1000, 99999)}")
        if w.chance(0.3):
            w.heading(w.m.title("news"), 2)
            w.paras("news", 1, 3)
        for entry in w.m.some("web/share", 1, 5):
            w.add("running_head", entry)
        if w.chance(0.3):
            _comments(w)
        if w.chance(0.3):
            w.heading(w.rng.choice(("Ұқсас жаңалықтар", "Соңғы жаңалықтар", "Тағы оқыңыз")), 2)
            for _ in range(w.rng.randint(3, 6)):
                w.add("toc", w.m.title("news"))
        w.page_end(2, 10)
        if w.wants() and w.chance(0.5):
            w.menu(3, 12)


def _comments(w: Writer) -> None:
    w.heading(w.rng.choice(("Пікірлер", f"Пікірлер ({w.rng.randint(1, 90)})")), 2)
    for _ in range(w.rng.randint(2, 5)):
        w.add("front", w.m.one("names/user"), doubtful=True)
        w.add("para", _said(w, w.rng.choice(("review", "forum"))))


def reviews(w: Writer) -> None:
    """Short reviews, a line or two each, without any titles."""
    w.title = "Пікірлер"
    if w.chance(0.3):
        w.heading(w.rng.choice(("Пікірлер", "Сатып алушылардың пікірлері", "Қонақтар пікірі")), 1)
    if w.chance(0.3):
        _starred(w)
    shape = w.rng.choice(("{t}", "{t}", "{t}", "{u}: {t}", "«{t}»", "{t} ({u})", "{t} {r}/5", "– {t}"))
    places = w.chance(0.3)
    while w.wants():
        if places and w.chance(0.12):
            name, sort = w.m.one("names/publisher"), w.rng.choice(("дүкені", "қонақүйі", "балабақшасы", "кафесі", "емханасы"))
            w.heading(w.rng.choice((f"«{name}» {sort}", f"{name} {sort}")), 2)
        w.add("para", shape.format(t=_said(w, "review"), u=w.m.one("names/man"), r=w.rng.randint(1, 5)))


def _starred(w: Writer) -> None:
    """Reviews with names, dates and stars, as a site has them."""
    w.menu(3, 12)
    while w.wants():
        for line in w.rng.sample((w.m.one("names/user"), w.m.date()), w.rng.randint(1, 2)):
            w.add("front", line, doubtful=True)
        stars = w.rng.randint(1, 5)
        if w.chance(0.7):
            w.add("mark", "★" * stars + "☆" * (5 - stars))
        for _ in range(w.rng.choice((1, 1, 2))):
            w.add("para", _said(w, "review"))
        if w.chance(0.6):
            w.add("running_head", w.rng.choice((f"Пайдалы {w.rng.randint(0, 20)}   Жауап беру", "Жауап беру", "Пайдалы", "Шағымдану")))
    w.page_end(2, 6)


def _said(w: Writer, genre: str) -> str:
    """One remark, or a few with the points that people leave out put in."""
    remarks = [w.m.sentence(genre).rstrip("." if w.chance(0.5) else " ") for _ in range(w.rng.choice((1, 1, 1, 2, 3)))]
    return " ".join([f"{remark}." if remark[-1].isalnum() and w.chance(0.8) else remark for remark in remarks[:-1]] + remarks[-1:])


def forum(w: Writer) -> None:
    """Posts with names and dates above them."""
    w.title = "Форум"
    while w.wants():
        w.heading(w.m.question() if w.chance(0.5) else w.m.title("manual"), 1)
        shape = w.rng.choice(("{user} {date}", "{user}\n{date}", "{user} жазды:", "{date}, {user}", "{user}:"))
        for _ in range(w.rng.randint(3, 12)):
            w.add("front", shape.format(user=w.m.one("names/user"), date=w.m.date()), doubtful=True)
            for _ in range(w.rng.choice((1, 1, 1, 2))):
                w.add("para", _said(w, "forum"))
            if w.chance(0.3):
                w.add("running_head", w.rng.choice(("Жауап беру", "Ұнайды", "Дәйексөз келтіру", "Жоғарыға", "Шағымдану")))


def subtitles(w: Writer) -> None:
    """Talk of a film in short pieces, without speakers, some in brackets."""
    w.title = "Субтитр"
    timed = w.chance(0.4)
    number = w.rng.randint(1, 400)
    seconds = w.rng.randint(1, 900)
    while w.wants():
        if timed:
            at = f"00:{seconds // 60:02}:{seconds % 60:02},{w.rng.randint(0, 999):03}"
            w.add("page_number", str(number), apart=True)
            w.add("mark", f"{at} --> 00:{(seconds + 3) // 60:02}:{(seconds + 3) % 60:02},000", close=True)
        text = w.m.one("speech/story") if w.chance(0.5) else w.m.sentence("story")
        if w.chance(0.12):
            sound = w.rng.choice(("музыка", "күлкі", "есік қағылды", "ит үреді", "жел гуілі", "алқыс"))
            w.add("note", w.rng.choice(("[{}]", "({})", "♪ {} ♪")).format(sound), close=timed)
        elif w.chance(0.15):
            w.add("para", f"– {text}", close=timed)
            w.add("para", f"– {w.m.one('speech/story')}", close=timed)
        else:
            w.add("para", w.rng.choice((text, text, f"– {text}")), close=timed)
        number += 1
        seconds += w.rng.randint(2, 7)


GRAMMARS = {"newspaper": newspaper, "web_news": web_news, "reviews": reviews, "forum": forum, "subtitles": subtitles}
