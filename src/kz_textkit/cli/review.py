"""The command `review`: suggestions one after the other, answered by keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kz_textkit.cli.application import CorrectionsOption, app
from kz_textkit.cli.messages import counted, current_language, said
from kz_textkit.cli.printing import console, one_line
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    from kz_textkit.cleaning.corrections import Correction
    from kz_textkit.cleaning.corrections_review import Question, Review

__all__ = ["review"]

KEYS = "a yes · r no · A R the same for all like this · t own text · s skip · u undo · q quit"


@app.command()
def review(
    place: Annotated[Path, typer.Argument(metavar="FILE|CORPUS", help="A raw file, or a corpus made by `kz-textkit run`.")],
    corrections: CorrectionsOption = None,
    rule: Annotated[str | None, typer.Option("--rule", "-r", metavar="RULE", help="Only suggestions of this rule.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; it is kept with each decision.")] = "",
) -> None:
    """Go through what is suggested, and decide: each decision is kept in `corrections.jsonl` at once.

    The keys: `a` accepts, `r` rejects, `A` and `R` do so wherever the same is suggested, `t` asks for a text of your own, `s` leaves it
    open, `u` takes the last answer back, `q` ends. Where the input is no terminal, each line of it is an answer (`t шағала`).
    `kz-textkit run` applies what was decided.

    **Examples**

    `kz-textkit review дәріс.pdf`

    `kz-textkit review corpus/clean --rule missing_letter --by "А. Б."`
    """
    from kz_textkit.cleaning.corrections import append_corrections, read_corrections
    from kz_textkit.cleaning.corrections_review import Review

    file = corrections or _file_for(place)
    known = read_corrections(file).corrections if file.exists() else ()
    asked = (question for question in _questions(place, file, known) if rule in (None, question.edit.rule))
    session = Review(asked, lambda one: append_corrections(file, [one]), by)
    out = console()
    if not session.questions:
        out.print(said("There is nothing to decide: no suggestion is open."))
        return
    out.print(counted(len(session.questions), "{0} suggestion", "{0} suggestions") + ". " + said(KEYS))
    _ask(session)
    decided = sum(session.counts.values())
    counts = ", ".join(f"{said(_DONE[action])} {count:,}" for action, count in session.counts.items() if count)
    done = counts or said("nothing decided")
    out.print(said("{0}; left open {1}.", done, f"{session.left:,}") + (f" → {one_line(str(file))}" if decided else ""))


_DONE = {"accept": "accepted", "reject": "rejected", "text": "replaced"}


def _ask(session: Review) -> None:
    while (question := session.question) is not None:
        _show(question, session)
        while not (answer := _answer()):
            pass
        key, _, value = answer.partition(" ")
        match key:
            case "a" | "A":
                session.answer("accept", all_alike=key == "A")
            case "r" | "R":
                session.answer("reject", all_alike=key == "R")
            case "t":
                value = value.strip() or _line("text: ").strip()
                if value:
                    session.answer("text", value=value)
            case "s":
                session.skip()
            case "u":
                if not session.undo():
                    console().print(said("There is nothing to take back."))
            case "q":
                return
            case _:
                console().print(said(KEYS))


def _show(question: Question, session: Review) -> None:
    from rich.text import Text

    from kz_textkit.cleaning.excerpts import line_and_column
    from kz_textkit.corpus.places import Places, places_of
    from kz_textkit.rules import rule_info

    e = question.edit
    where = Places(places_of(question.raw)).cited(e.start) or "{}:{}".format(*line_and_column(question.raw.text, e.start))
    out = console()
    line = Text(one_line(question.left))
    line.append(f"[{one_line(e.before)}]", style="bold red")
    line.append(" → ")
    line.append(f"[{one_line(e.after)}]", style="bold green")
    line.append(one_line(question.right))
    out.print()
    out.print(Text(f"{session.position + 1:,}/{len(session.questions):,}  {question.source} {where}", style="dim"))
    out.print(line)
    alike = session.alike()
    counts = f"{question.before_count:,} × {one_line(e.before)}, {question.after_count:,} × {one_line(e.after)}"
    more = "; " + said("{0} like this", f"{alike:,}") if alike > 1 else ""
    rule = rule_info(e.rule).phrase_in(current_language())
    out.print(Text(said("{0}, score {1}; in the text {2}", rule, f"{e.score:.2f}", counts) + more, style="dim"))


def _answer() -> str:
    """A key of the terminal, or a line of other input; `q` at its end."""
    if not sys.stdin.isatty():
        return _line("")
    print("a/r/s/u/q? ", end="", flush=True)
    key = typer.getchar()
    print(key if key.isprintable() else "")
    # Ctrl-C is an interruption everywhere else too; Ctrl-D ends the input.
    if key == "\x03":
        raise KeyboardInterrupt
    return _LAYOUT.get(key, key) if key != "\x04" else "q"


_LAYOUT = dict(zip("фкыегйФК", "arstuqAR", strict=True))
"""What the keys write with a Kazakh or Russian layout of the keyboard."""


def _line(prompt: str) -> str:
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        return "q"
    key, space, value = line.strip().partition(" ")
    return _LAYOUT.get(key, key) + space + value if not prompt else line.strip()


def _file_for(place: Path) -> Path:
    """The file that corrections of a raw file or a corpus are kept in."""
    from kz_textkit.cleaning.corrections import CORRECTIONS_FILE, corrections_above
    from kz_textkit.corpus.raw_texts import input_of
    from kz_textkit.corpus.reader import Corpus

    if not place.is_dir():
        return corrections_above(place) or place.parent / CORRECTIONS_FILE
    given = input_of(Corpus(place))
    if given is None or not given.exists():
        raise UsageError(
            f"{place} was made of {given or 'files'} that are not there now: say with --corrections where decisions are kept"
        )
    return (given if given.is_dir() else given.parent) / CORRECTIONS_FILE


def _questions(place: Path, file: Path, known: tuple[Correction, ...]) -> Iterator[Question]:
    """What is to be asked of a raw file, or of all documents of a corpus."""
    from kz_textkit.cleaning.clean import clean
    from kz_textkit.cleaning.corrections import of_file
    from kz_textkit.cleaning.corrections_review import questions
    from kz_textkit.corpus.raw_texts import edits_of, raw_text_of, source_inside
    from kz_textkit.corpus.reader import Corpus
    from kz_textkit.readers import read_all
    from kz_textkit.settings import settings_beside

    if place.is_dir():
        corpus = Corpus(place)
        for entry in corpus.manifest.documents:
            if entry.suggestions:
                source, record = source_inside(corpus, entry), entry.doc_id[len(entry.file) + 1 :]
                own = [one for one in of_file(known, source, entry.sha256) if one.record == record]
                yield from questions(raw_text_of(corpus, entry), edits_of(corpus, entry.doc_id), source, record=record, decided=own)
        return
    inside = place.resolve()
    folder = file.resolve().parent
    source = inside.relative_to(folder).as_posix() if inside.is_relative_to(folder) else place.name
    chosen = settings_beside(folder)
    for raw in read_all(place, settings=chosen):
        record = raw.doc_id[-7:] if raw.doc_id[-8:-7] == "-" and raw.doc_id[-7:].isdigit() else ""
        own = [one for one in of_file(known, source, raw.sha256) if one.record == record]
        document = clean(raw, chosen, corrections=own)
        yield from questions(raw, document.edits, source, record=record, decided=own)
