"""Pages of sites of all sorts as a browser copies them: menus, text of any genre, forms, lists of other pages, feet."""

from __future__ import annotations

from pages.writer import Writer

__all__ = ["GRAMMARS"]

_SORTS = ("gov", "news", "shop", "school", "culture", "service", "wiki")
_SUBJECTS = {
    "gov": ("formal", "law", "news"),
    "news": ("news", "history"),
    "shop": ("review", "instruction"),
    "school": ("history", "formal", "science"),
    "culture": ("story", "history"),
    "service": ("instruction", "formal", "cook"),
    "wiki": ("science", "history"),
}
_BETWEEN = (" ", " ", " | ", "  ", " · ", " • ")
_STEPS = (" / ", " > ", " » ", " › ", " → ", " • ", " ")


def site(w: Writer) -> None:
    """One page of a site, long or short; now and then another page of it, with the same menu, under it."""
    sort = w.rng.choice(_SORTS)
    name = w.rng.choice((w.m.one("names/publisher"), w.m.one("names/school"), w.m.title("news"), f"{w.m.one('names/city')} әкімдігі"))
    menu = w.m.some(f"sites/{sort}", 3, 14)
    top = w.m.some("sites/top", 0, 6)
    between, steps = w.rng.choice(_BETWEEN), w.rng.choice(_STEPS)
    while w.wants():
        w.title = w.m.title("news" if sort in ("news", "gov") else "science")
        _header(w, name, menu, top, between)
        if w.chance(0.5):
            path = [w.m.one("sites/crumb"), *w.rng.sample(menu, 1), w.title if w.chance(0.5) else w.m.one(f"sites/{sort}")]
            _links(w, path, steps, on_one_line=w.chance(0.7))
        _text(w, sort, between)
        _below(w, sort, menu, between)


def _links(w: Writer, entries: list[str], between: str, *, on_one_line: bool) -> None:
    """Links under each other or beside each other."""
    close = w.chance(0.7)
    for number, entry in enumerate([between.join(entries)] if on_one_line and entries else entries):
        w.add("running_head", entry, close=close and number > 0)


def _header(w: Writer, name: str, menu: list[str], top: list[str], between: str) -> None:
    parts = [
        lambda: _links(w, top, between, on_one_line=w.chance(0.5)),
        lambda: w.add("running_head", name.upper() if w.chance(0.2) else name),
        lambda: _links(w, [entry.upper() for entry in menu] if w.chance(0.12) else menu, between, on_one_line=w.chance(0.25)),
    ]
    if w.chance(0.4):
        w.rng.shuffle(parts)
    for part in parts:
        if w.chance(0.85):
            part()
    if w.chance(0.2):
        w.add("running_head", w.rng.choice(("Іздеу", "Іздеу...", "Сайттан іздеу", "Мәзір", "☰", "Негізгі мазмұнға өту")))


def _text(w: Writer, sort: str, between: str) -> None:
    genre = w.rng.choice(_SUBJECTS[sort])
    w.heading(w.title, 1)
    under = [lambda: _dated(w), lambda: _links(w, w.m.some("sites/act", 1, 3), between, on_one_line=w.chance(0.4))]
    w.rng.shuffle(under)
    for part in under:
        if w.chance(0.5):
            part()
    for _ in range(w.rng.choice((1, 1, 2, 2, 3, 5))):
        w.paras(genre, 1, 4)
        if w.chance(0.12):
            w.add(
                "running_head",
                f"{w.rng.choice(('Оқи отырыңыз', 'Тағы оқыңыз', 'Осы тақырыпта', 'Сондай-ақ оқыңыз'))}: {w.m.title('news')}",
            )
        if w.chance(0.25):
            w.introduced()
        if w.chance(0.12):
            w.questions(2, 4)
        if w.chance(0.35):
            w.table(w.rng.randint(3, 6), w.rng.randint(2, 3))
        if w.chance(0.12):
            w.stanza(2)
        if w.chance(0.4):
            w.heading(w.m.title("science"), 2)
            w.paras(genre, 1, 3)


def _dated(w: Writer) -> None:
    """When a text was written, by whom, how long it is."""
    time = f"{w.rng.randint(8, 22)}:{w.rng.randint(10, 59)}"
    shapes = (
        *(w.m.date(), f"{w.m.date()}, {time}", f"{w.m.date()}, {w.m.person('full')}", f"Жарияланған: {w.m.date()}"),
        *(f"Автор: {w.m.person('full')}", w.m.person("full"), f"Мәтін: {w.m.person('initials')}", f"Бүгін, {time}"),
    )
    for shape in w.rng.sample(shapes, w.rng.choice((1, 1, 2))):
        w.add("front", shape)
    if w.chance(0.2):
        w.add("running_head", f"Оқу уақыты – {w.rng.randint(2, 15)} мин")
    if w.chance(0.2):
        w.add("note", f"{w.rng.choice(('Фото:', 'Сурет:', 'Суретте:', 'Коллаж:'))} {w.m.person('full')}")


def _below(w: Writer, sort: str, menu: list[str], between: str) -> None:
    _links(w, w.m.some("sites/act", 0, 8), between, on_one_line=w.chance(0.3))
    for _ in range(w.rng.choice((0, 0, 1, 2, 3))):
        w.add("running_head", w.m.one("sites/side"))
        entries = [w.m.title("news") for _ in range(w.rng.randint(2, 6))]
        _links(w, entries if w.chance(0.6) else w.m.some(f"sites/{w.rng.choice(_SORTS)}", 2, 7), between, on_one_line=False)
    if w.chance(0.3):
        _links(w, menu, between, on_one_line=w.chance(0.3))
    _links(w, w.m.some("sites/foot", 2, 16), between, on_one_line=w.chance(0.1))


GRAMMARS = {"site": site}
