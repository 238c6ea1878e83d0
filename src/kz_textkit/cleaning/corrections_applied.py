"""Corrections carried out on a cleaned document, one after the other, each on what those before it left.

A text that a person decided on is an edit of the rule `correction`; kinds, titles, levels, joins and cuts change the structure. What
became of each decision is in `Document.decisions`; one that fits nowhere any more says why there, and changes nothing. Lemmas belong to
tokens, which come later (`annotation.corrected`); here only their places are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from kz_textkit.cleaning.corrections import Correction, NoPlace, anchored
from kz_textkit.cleaning.corrections_draft import Draft
from kz_textkit.cleaning.title import FoundTitle
from kz_textkit.document import Decision, Document, Section
from kz_textkit.record import keeps_everything

__all__ = ["corrected", "is_titled"]


def corrected(
    document: Document, corrections: Iterable[Correction], *, find_title: Callable[[Sequence[Section]], FoundTitle] | None = None
) -> Document:
    """A document with the corrections applied that were made for it. `find_title` finds a title in sections, where the text changed.

    >>> from hashlib import sha256
    >>> from kz_textkit.cleaning.clean import clean
    >>> from kz_textkit.cleaning.corrections import correction_at
    >>> from kz_textkit.document import RawDocument
    >>> text = "Біздің калалық кеңес жиналды."
    >>> raw = RawDocument("кеңес", "кеңес.txt", sha256(text.encode()).hexdigest(), "utf-8", text)
    >>> found = corrected(clean(raw), [correction_at(raw, "кеңес.txt", "accept", 7, 14, rule="missing_letter")])
    >>> found.text, [(e.after, e.rule) for e in found.edits]
    ('Біздің қалалық кеңес жиналды.', [('қалалық', 'correction')])
    """
    chosen = list(corrections)
    if not chosen:
        return document
    title = find_title or (lambda _: FoundTitle(document.title, document.title_from))
    result = _carried_out(document, chosen, frozenset(), title)
    if _is_whole(result):
        return result
    # However decisions may come together, none of the text must be lost by them: the one that would do so is left out.
    left_out: set[str] = set()
    for i, one in enumerate(chosen):
        if not _is_whole(_carried_out(document, chosen[: i + 1], left_out, title)):
            left_out.add(one.id)
    return _carried_out(document, chosen, left_out, title)


def _is_whole(document: Document) -> bool:
    return keeps_everything(document.raw.text, list(document.blocks), (e for e in document.edits if e.applied))


def _carried_out(
    document: Document,
    corrections: Sequence[Correction],
    left_out: AbstractSet[str],
    find_title: Callable[[Sequence[Section]], FoundTitle],
) -> Document:
    """The document with all corrections applied but those that are left out by their ids."""
    draft = Draft(document)
    decisions: list[Decision] = []
    for one in corrections:
        start, end, problem = one.start, one.end, ""
        try:
            start, end = anchored(one, document.raw.text, same_file=one.sha256 == document.raw.sha256)
            if one.id in left_out:
                raise NoPlace("it can't be carried out together with those before it")
            _carry_out(draft, one, start, end)
        except NoPlace as error:
            problem = str(error)
        decisions.append(Decision(one.id, one.action, start, end, one.before, one.value, one.by, one.made, problem))
    return draft.finished(find_title, tuple(decisions))


def is_titled(document: Document) -> bool:
    """Whether a person gave the document its title."""
    return any(one.action == "title" and not one.before and one.start == one.end == 0 and not one.problem for one in document.decisions)


def _carry_out(draft: Draft, one: Correction, start: int, end: int) -> None:
    """Apply one correction whose place is known. Raises `NoPlace` where it does not fit, and nothing was changed then."""
    match one.action:
        case "accept":
            _accept(draft, start, end, one.rule, one.value)
        case "reject":
            _reject(draft, start, end, one.rule)
        case "text":
            draft.put(start, end, one.value)
        case "kind":
            draft.set_kind(draft.piece_at(start, end), one.value)
        case "title" if not one.before and start == end == 0:
            draft.title = " ".join(one.value.split())
        case "title":
            draft.set_title(draft.piece_at(start, end), one.value)
        case "level":
            draft.set_level(draft.piece_at(start, end), int(one.value))
        case "join":
            draft.join(start, end, one.value)
        case "split":
            draft.cut(draft.piece_at(start, start), start, one.value)
        case "lemma":
            draft.piece_at(start, end)


def _accept(draft: Draft, start: int, end: int, rule: str, value: str) -> None:
    suggested = draft.suggestions_at(start, end, rule)
    if suggested:
        draft.put(start, end, value or suggested[0].after)
        return
    applied = draft.edits_at(start, end, rule)
    if applied and value in ("", applied[0].after):
        return
    if not value:
        raise NoPlace("there is no such edit or suggestion any more")
    draft.put(start, end, value)


def _reject(draft: Draft, start: int, end: int, rule: str) -> None:
    suggested = draft.suggestions_at(start, end, rule)
    if suggested:
        draft.suggestions = [e for e in draft.suggestions if e not in suggested]
        return
    applied = draft.edits_at(start, end, rule)
    if applied:
        draft.undo(applied[0])
        return
    if any(e.start < end and start < e.end for e in draft.edits):
        raise NoPlace("the edit reaches over another stretch of text now")
