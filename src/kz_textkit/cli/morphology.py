"""Commands on words and their annotation: `analyze`, `evaluate` and `spell`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kz_textkit.cli.application import FAILED, FormatOption, WordsOption, app, complain
from kz_textkit.cli.printing import check_format, one_line, print_rows
from kz_textkit.errors import InputError, UsageError

if TYPE_CHECKING:
    from kz_textkit.morphology import MorphAnalyzer

__all__ = ["analyze", "evaluate", "spell"]

ANALYSIS_COLUMNS = ("form", "lemma", "upos", "feats", "segments", "morphemes", "score", "known", "unit")
ANALYSIS_TABLE = ("form", "lemma", "upos", "feats", "morphemes", "score", "unit")
"""What a table has room for; `unit` tells what is known from what is guessed."""

PARADIGM_COLUMNS = ("lemma", "upos", "feats", "forms")
"""Columns of `--paradigm` and `--generate`."""

SCORE_COLUMNS = ("from", "metric", "precision", "recall", "f1", "aligned_accuracy", "gold", "system", "correct")
FRACTIONS = ("precision", "recall", "f1", "aligned_accuracy")

LEAST_SCORE = 0.05
"""Score of the least likely reading that is shown when not all are asked for."""


@app.command()
def analyze(
    words: Annotated[list[str], typer.Argument(metavar="WORD...|-", help="Words, or `-` for those on standard input.")],
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="All readings, or with --paradigm all forms; the likeliest or commonest otherwise.")
    ] = False,
    paradigm: Annotated[bool, typer.Option("--paradigm", "-p", help="All forms of the words, which are lemmas.")] = False,
    generate: Annotated[
        tuple[str, str] | None,
        typer.Option("--generate", "-g", metavar="UPOS FEATS", help="The forms of the words, which are lemmas, with these features."),
    ] = None,
    own: WordsOption = None,
    format: FormatOption = "table",
) -> None:
    """Analyse words: lemma, part of speech, features and morphemes of each reading, the likeliest first.

    A word stands for itself here; `kz-textkit run` and `kz.load()` choose the reading that suits the sentence. `unit` says what found
    the reading: the dictionary, or a guess from the suffixes.

    **Examples**

    `kz-textkit analyze билігімізден тапқан`

    `kz-textkit analyze --paradigm кітап`, as school grammars print it; with `--all` every cell with its features, and the rarer forms

    `kz-textkit analyze бала --generate NOUN "Case=Dat|Number=Plur"`

    `kz-textkit analyze нейрожеліден --words сөздер.tsv`

    `kz-textkit analyze - --format csv < сөздер.txt > талдау.csv`
    """
    from kz_textkit.morphology.commonness import shared_analyzer
    from kz_textkit.morphology.paradigm import forms_of, grids_of, paradigm_of

    check_format(format)
    if paradigm and generate:
        raise UsageError("choose one of --paradigm and --generate")
    from kz_textkit.user_words import read_user_words

    analyzer = shared_analyzer(read_user_words(own or ()))
    given = list(_given(words))
    if paradigm or generate:
        found = [
            paradigm_of(analyzer, w, full=everything) if paradigm else forms_of(analyzer, w, *(generate or ("", ""))) for w in given
        ]
        rows = [{**cell._asdict(), "forms": ", ".join(cell.forms)} for cells in found for cell in cells]
        if format == "table" and paradigm and not everything:
            for word, cells in zip(given, found, strict=True):
                for grid in grids_of(cells):
                    print(f"{word}  {grid.title}")
                    print_rows(
                        [dict(zip(grid.columns, row, strict=True)) for row in grid.rows], grid.columns, format, wide=grid.columns[-1]
                    )
            rows = []
        if format == "table":
            rows = [{**row, "feats": row["feats"].replace("|", " ")} for row in rows]
        if rows or format != "table":
            print_rows(rows, PARADIGM_COLUMNS, format, wide="forms")
        missing = [word for word, cells in zip(given, found, strict=True) if not cells]
        if missing:
            complain(f"the dictionary has no such lemma, or no such form of it: {', '.join(map(one_line, missing))}")
            raise typer.Exit(FAILED)
    elif format == "table":
        readings = [row for word in given for row in _analyses(analyzer, word, everything=everything)]
        print_rows(_for_people(readings), ANALYSIS_TABLE, format, numbers=("score",), wide="morphemes")
    else:
        print_rows((row for word in given for row in _analyses(analyzer, word, everything=everything)), ANALYSIS_COLUMNS, format)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.conllu", help="A CoNLL-U file that is right.")],
    profile: Annotated[
        str, typer.Option("--profile", metavar="ktb|house", help="Annotation policy: that of the treebank UD_Kazakh-KTB, or our own.")
    ] = "ktb",
    format: FormatOption = "table",
) -> None:
    """Score tokens, sentences, lemmas, parts of speech, features and syntax of the pipeline against a gold file, as CoNLL 2018 does.

    `raw` is what the pipeline makes of the raw text; `gold tokens`, what it makes of the tokens and sentences of the file. Words whose
    tokens it cuts otherwise count as errors of all that follows. The pipeline has learnt from `kk_ktb-dev.conllu` of UD_Kazakh-KTB, so
    its scores there say nothing of new texts. Gold files are taken to follow the treebank's policy of annotation; `--profile house`
    is that of `run` and `kz.load()` (docs/annotation-policy.md).

    **Examples**

    `kz-textkit evaluate менің-мәтінім.conllu`

    `kz-textkit evaluate менің-мәтінім.conllu --format csv > бағалау.csv`
    """
    from kz_textkit.annotation.components import load
    from kz_textkit.annotation.evaluate import evaluate as evaluate_pipeline
    from kz_textkit.morphology.policy import PROFILES

    check_format(format)
    if profile not in PROFILES:
        raise UsageError(f"there is no annotation policy {profile!r}; choose one of {', '.join(PROFILES)}")
    nlp = load(syntax=True)
    frames = {given: evaluate_pipeline(nlp, gold, gold_tokens=given != "raw", profile=profile) for given in ("raw", "gold tokens")}
    rows = [{"from": given, **_row(scores)} for given, frame in frames.items() for scores in frame.to_dict("records")]
    if format == "table":
        rows = [{name: _percent(value) if name in FRACTIONS else value for name, value in row.items()} for row in rows]
    print_rows(rows, SCORE_COLUMNS, format, numbers=SCORE_COLUMNS[2:])


@app.command()
def spell(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts of any format that `run` reads.")],
    most: Annotated[int, typer.Option("--suggestions", "-n", min=0, metavar="N", help="How many suggestions a word gets at most.")] = 3,
    names: Annotated[bool, typer.Option("--names", help="Also words that always have a capital, which mostly are names.")] = False,
    own: WordsOption = None,
    format: FormatOption = "table",
) -> None:
    """List the words of Kazakh texts that the dictionary does not know, with what may have been meant, the most frequent first.

    The texts are cleaned as `run` does it; nothing is changed. Blocks in other languages are passed over.

    **Examples**

    `kz-textkit spell дәріс.docx`

    `kz-textkit spell *.txt --words сөздер.tsv --format csv > қателер.csv`
    """
    from kz_textkit.cleaning.clean import clean
    from kz_textkit.morphology.commonness import commonness_with
    from kz_textkit.morphology.spelling import suggestions, unknown_words
    from kz_textkit.readers import read
    from kz_textkit.user_words import read_user_words

    check_format(format)
    words = read_user_words(own or ())
    known = commonness_with(words)
    found: Counter[str] = Counter()
    failed = False
    for file in files:
        try:
            blocks = clean(read(file)).blocks
        except InputError as error:
            complain(str(error))
            failed = True
            continue
        for block in blocks:
            if block.language in (None, "", "kk", "und"):
                found.update(unknown_words(block.text, words))
    lower = {word.lower() for word in found if word.islower()}
    rows = [
        {"form": form, "count": count, "suggestions": ", ".join(s.form for s in suggestions(form, most, known=known)) if most else ""}
        for form, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if names or form.lower() in lower
    ]
    print_rows(rows, ("form", "count", "suggestions"), format, numbers=("count",), wide="suggestions")
    if failed:
        raise typer.Exit(FAILED)


def _row(scores: Mapping[Hashable, Any]) -> dict[str, Any]:
    """A row of scores, with None where pandas has a number that is none."""
    return {str(name): None if value != value else value for name, value in scores.items()}


def _percent(fraction: float | None) -> str:
    """A fraction as per cent with two decimals.

    >>> _percent(0.91604), _percent(None)
    ('91.60', '')
    """
    return "" if fraction is None else f"{fraction:.2%}"[:-1]


def _given(words: Iterable[str]) -> Iterator[str]:
    """The words of the command line; those on standard input in the place of `-`."""
    for word in words:
        if word == "-":
            yield from (found for line in sys.stdin for found in line.split())
        else:
            yield word


def _analyses(analyzer: MorphAnalyzer, word: str, *, everything: bool) -> Iterator[dict[str, Any]]:
    from kz_textkit.morphology.house_analyses import house_analyses

    for number, reading in enumerate(house_analyses(analyzer.parse(word))):
        if number and reading.score < LEAST_SCORE and not everything:
            break
        yield {
            "form": reading.form,
            "lemma": reading.lemma,
            "upos": reading.upos,
            "feats": reading.feats,
            "segments": "|".join(surface for surface, _, _ in reading.morphemes),
            "morphemes": "+".join(f"{surface}<{tag}>" for surface, tag, _ in reading.morphemes),
            "score": reading.score,
            "known": reading.known,
            "unit": reading.unit,
        }


def _for_people(readings: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Readings with a word only where it is new, scores in two digits, and features and morphemes that can be cut between lines."""
    last = None
    for row in readings:
        form = "" if row["form"] == last else row["form"]
        last = row["form"]
        yield {
            **row,
            "form": form,
            "feats": row["feats"].replace("|", " "),
            "morphemes": row["morphemes"].replace("+", " + "),
            "score": f"{row['score']:.2f}",
        }
