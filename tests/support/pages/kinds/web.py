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
    """A page copied out of a browser: menus, title, date, text, links to share, comments."""
    w.title = w.m.title("news")
    for entry in w.m.some("web/menu", 4, 8):
        w.add("running_head", entry)
    while w.wants():
        w.heading(_headline(w), 1)
        w.add(
            "front",
            w.rng.choice(
                (w.m.date(), f"{w.m.date()}, {w.rng.randint(10, 23)}:{w.rng.randint(10, 59)}", f"{w.m.date()} | {w.m.person('full')}")
            ),
        )
        w.paras("news", 3, 8)
        if w.chance(0.3):
            w.add("url", f"https://{w.rng.choice(('egemen', 'qazaquni', 'bilim', 'aikyn'))}.kz/news/{w.rng.randint(1000, 99999)}")
        if w.chance(0.3):
            w.heading(w.m.title("news"), 2)
            w.paras("news", 1, 3)
        for entry in w.m.some("web/share", 1, 4):
            w.add("running_head", entry)
        if w.chance(0.5):
            break
    for entry in w.m.some("web/foot", 2, 5):
        w.add("running_head", entry)
    while w.wants():
        w.heading(_headline(w), 1)
        w.paras("news", 2, 6)


def reviews(w: Writer) -> None:
    """Short reviews, a line or two each, without any titles."""
    w.title = "Пікірлер"
    if w.chance(0.3):
        w.heading(w.rng.choice(("Пікірлер", "Сатып алушылардың пікірлері", "Қонақтар пікірі")), 1)
    shape = w.rng.choice(("{t}", "{t}", "{t}", "{u}: {t}", "«{t}»", "{t} ({u})", "{t} {r}/5", "– {t}"))
    while w.wants():
        w.add("para", shape.format(t=_said(w, "review"), u=w.m.one("names/man"), r=w.rng.randint(1, 5)))


def _said(w: Writer, genre: str) -> str:
    """One remark, or a few with the points that people leave out put in."""
    remarks = [w.m.sentence(genre) for _ in range(w.rng.choice((1, 1, 1, 2, 3)))]
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
            w.add("mark", f"{number}\n{at} --> 00:{(seconds + 3) // 60:02}:{(seconds + 3) % 60:02},000", apart=True, doubtful=True)
        text = w.m.one("speech/story") if w.chance(0.5) else w.m.sentence("story")
        text = w.rng.choice((text, text, f"– {text}", f"[{w.rng.choice(('музыка', 'күлкі', 'есік қағылды'))}]"))
        w.add("para", text, close=timed)
        number += 1
        seconds += w.rng.randint(2, 7)


GRAMMARS = {"newspaper": newspaper, "web_news": web_news, "reviews": reviews, "forum": forum, "subtitles": subtitles}
