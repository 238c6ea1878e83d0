"""Words that the dictionary has not: by frequency, with their lines; added with the paradigm shown, or corrected as misspelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kz_textkit.corpus.search import corpus_concordance
from kz_textkit.corpus.statistics import corpus_vocabulary
from kz_textkit.errors import UsageError
from kz_textkit.morphology.commonness import shared_analyzer
from kz_textkit.morphology.paradigm import grids_of, paradigm_of
from kz_textkit.morphology.user_words import KINDS, UserWord, parse_user_words
from kz_textkit.stats.cql.query import UPOS
from kz_textkit.stats.terms import fold_case
from kz_textkit.user_words import read_user_words
from kz_textkit.workbench.asking import asked_part, part_choices
from kz_textkit.workbench.downloads import FORMATS, table_download
from kz_textkit.workbench.rendering import address, is_partial, page, workspace_of
from kz_textkit.workbench.settings_file import write_settings
from kz_textkit.workbench.tables import table_view
from kz_textkit.workbench.views.document import opened
from kz_textkit.workbench.workspace import Workspace
from kz_textkit.writing import write_whole

__all__ = ["add", "correct", "correction", "in_capitals_of", "paradigm", "word", "words"]

WORDS_FILE = "words.tsv"
ALTERED = 2
"""Letters at the end of a lemma that its forms may have otherwise."""
MOST_TRIED, MOST_EXPLAINED = 400, 30
"""Unknown forms that a new word is tried on, and those that are named."""
LINES = 8
"""Lines of a word that are shown."""
MOST_PLACES = 500
"""Places that are corrected at once."""
TAGS = ("NOUN", "PROPN", "ADJ", "VERB", "ADV", "NUM", "PRON", "INTJ", "PART", "SCONJ", "CCONJ", "X")


def words(request: Request) -> Response:
    """The list."""
    workspace, query = workspace_of(request), request.query_params
    with workspace.counting() as corpus:
        choices = part_choices(corpus)
    table = _unknown(workspace, query)
    if query.get("format") in FORMATS:
        return table_download(table, f"words.{query['format']}")
    asked: dict[str, str] = defaultdict(str, query)
    return page(
        request,
        "words.html",
        view=table_view(table, query),
        own=read_user_words(workspace.settings.words),
        asked=asked,
        added=query.get("added", ""),
        corrected=query.get("corrected", ""),
        to=lambda **changed: address("/words", **{**asked, **changed}),
        pages_to=lambda number: address("/words", **{**asked, "page": number}),
        **choices,
    )


def _unknown(workspace: Workspace, query: Mapping[str, str]) -> pd.DataFrame:
    own = read_user_words(workspace.settings.words)
    analyzer = shared_analyzer(own)

    def make() -> pd.DataFrame:
        with workspace.counting() as corpus:
            return corpus_vocabulary(corpus, part, view="unknown", known=lambda form: any(one.known for one in analyzer.parse(form)))

    with workspace.reading() as corpus:
        part = asked_part(corpus, query)
    return workspace.kept.get(("unknown", workspace.stamp, part, own), make)


def word(request: Request) -> Response:
    """One word: its lines, what it may be, and the forms to add or correct it."""
    workspace = workspace_of(request)
    form = request.query_params.get("form", "")
    own = read_user_words(workspace.settings.words)
    lines = _lines(workspace, form, LINES)
    readings = shared_analyzer(own).parse(form)[:5] if form else []
    best = readings[0] if readings else None
    return page(
        request,
        "word.html",
        partial=is_partial(request),
        form=form,
        lines=lines.to_dict("records"),
        hits=int(lines.attrs["hits"]),
        readings=readings,
        lemma=best.lemma if best else form.lower(),
        upos=best.upos if best and best.upos in TAGS else "NOUN",
        tags=TAGS,
        kinds=sorted(KINDS),
        all_tags=UPOS,
    )


def _lines(workspace: Workspace, form: str, limit: int) -> pd.DataFrame:
    quoted = form.replace("\\", "\\\\").replace('"', '\\"')
    with workspace.reading() as corpus:
        path = corpus.path
    return corpus_concordance(path, f'[form="{quoted}" %cl]', limits=workspace.settings.limits, limit=limit, context=10)


def _word_of(values: dict[str, str]) -> UserWord:
    """The word of a form. Raises `UsageError` where it can't be one."""
    lemma, upos, kind = (" ".join(values.get(name, "").split()) for name in ("lemma", "upos", "kind"))
    try:
        return next(iter(parse_user_words(f"{lemma}\t{upos}\t{kind}".rstrip("\t"))))
    except (ValueError, StopIteration) as error:
        raise UsageError(str(error).removeprefix("line 1: ") or "write the lemma of a word") from None


def paradigm(request: Request) -> Response:
    """How a word would go that is not added yet."""
    workspace = workspace_of(request)
    new = _word_of(dict(request.query_params))
    analyzer = shared_analyzer((*read_user_words(workspace.settings.words), new))
    cells = [cell for cell in paradigm_of(analyzer, new.lemma) if cell.upos == new.upos]
    form = request.query_params.get("form", "")
    fits = any(one.known and one.lemma == new.lemma for one in analyzer.parse(form)) if form else True
    explained = _explained(_unknown(workspace, {}), analyzer, new)
    return page(
        request,
        "paradigm.html",
        grids=grids_of(cells)[:3],
        form=form,
        fits=fits,
        word=new,
        count=len(cells),
        explained=explained[:MOST_EXPLAINED],
        forms=len(explained),
        occurrences=sum(count for _, count in explained),
    )


def _explained(unknown: pd.DataFrame, analyzer: Any, new: UserWord) -> list[tuple[str, int]]:
    """The unknown forms that a word more would explain, with how often they occur."""
    stem = fold_case(new.lemma)[: max(len(new.lemma) - ALTERED, 2)]
    likely = unknown[unknown["form"].map(fold_case).str.startswith(stem)].head(MOST_TRIED)
    return [
        (form, int(count))
        for form, count in likely[["form", "count"]].itertuples(index=False)
        if any(one.known and one.lemma == new.lemma for one in analyzer.parse(form))
    ]


def correction(request: Request) -> Response:
    """What the correction of a spelling changes, each place with a tick, before it is decided."""
    workspace = workspace_of(request)
    wrong, right = request.query_params.get("form", ""), " ".join(request.query_params.get("right", "").split())
    if not wrong or not right or wrong == right:
        raise UsageError("write how the word is spelled")
    lines = _lines(workspace, wrong, MOST_PLACES)
    rows = [{**line, "after": in_capitals_of(str(line["node"]), right)} for line in lines.to_dict("records")]
    known = any(one.known for one in shared_analyzer(read_user_words(workspace.settings.words)).parse(right))
    return page(
        request, "correction.html", form=wrong, right=right, rows=rows, hits=int(lines.attrs["hits"]), known=known, shown_rows=len(rows)
    )


def add(request: Request, form: FormData) -> Response:
    """Add a word to the user's own, and have the settings name the file."""
    workspace = workspace_of(request)
    new = _word_of({name: str(value) for name, value in form.items()})
    folders, settings = workspace.folders, workspace.settings
    if not folders.sources.is_dir():
        raise UsageError("words are named by the settings beside the texts: name their folder, or add files first")
    path = folders.beside(WORDS_FILE)
    if new not in read_user_words(settings.words):
        _append(path, new)
    if not any(Path(known).resolve() == path.resolve() for known in settings.words):
        write_settings(replace(settings, words=(*settings.words, str(path))), folders.sources)
    return RedirectResponse(address("/words", added=new.lemma), 303)


def _append(path: Path, new: UserWord) -> None:
    try:
        before = path.read_text("utf-8-sig") if path.is_file() else ""
        line = "\t".join(filter(None, new))
        write_whole(path, f"{before}{'' if not before or before.endswith(chr(10)) else chr(10)}{line}\n".encode())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} can't be written: {error}") from None


def correct(request: Request, form: FormData) -> Response:
    """Decide that a word is misspelled, at all of its places that were ticked."""
    workspace = workspace_of(request)
    wrong, right = str(form.get("form", "")), " ".join(str(form.get("right", "")).split())
    if not wrong or not right or wrong == right:
        raise UsageError("write how the word is spelled")
    lines = _lines(workspace, wrong, MOST_PLACES)
    ticked = set(map(str, form.getlist("place")))
    made = []
    for line in lines.to_dict("records"):
        if form.get("listed") == "1" and f"{line['document']}/{line['raw_start']}" not in ticked:
            continue
        sheet = opened(workspace, str(line["document"])).sheet
        value = in_capitals_of(str(line["node"]), right)
        made.append(workspace.decisions.make(sheet, "text", int(line["raw_start"]), int(line["raw_end"]), value=value))
    if not made:
        raise UsageError("no place was ticked, so nothing was decided" if ticked or form.get("listed") else f"{wrong} is nowhere there")
    workspace.decisions.add(made)
    return RedirectResponse(address("/words", corrected=len(made)), 303)


def in_capitals_of(like: str, word: str) -> str:
    """A word in the capitals of another.

    >>> in_capitals_of("Калалық", "қалалық"), in_capitals_of("КАЛА", "қала")
    ('Қалалық', 'ҚАЛА')
    """
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
