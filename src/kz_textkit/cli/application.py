"""The Typer application, and what every command does the same way: options, errors in one line, exit codes.

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kz_textkit.cli.messages import LANGUAGES, OPTION, current_language, help_text, language_asked_for, translated, use_language
from kz_textkit.errors import CorpusError, KzTextkitError, UsageError
from kz_textkit.faults import log_fault
from kz_textkit.printable import printable

if TYPE_CHECKING:
    from kz_textkit.settings import Settings

__all__ = [
    "FAILED",
    "AbbreviationsOption",
    "CorrectionsOption",
    "DropLinesOption",
    "EncodingOption",
    "FiltersOption",
    "FormatOption",
    "MaskOption",
    "OcrOption",
    "QuietOption",
    "RestoreOption",
    "RulesOffOption",
    "SetOption",
    "SettingsOption",
    "TitlesOption",
    "WordsOption",
    "app",
    "chosen_settings",
    "complain",
]

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130

DEBUG_VARIABLE = "KZ_TEXTKIT_DEBUG"


def complain(line: str) -> None:
    """Print one line on standard error, or the lines of one message, in the language in use, with nothing in it that a terminal would
    obey."""
    first, *rest = line.split("\n")
    print("kz-textkit: " + "\n".join(map(printable, (translated(first), *rest))), file=sys.stderr)


class _Group(TyperGroup):
    """Turns whatever goes wrong in a command into one line and an exit code, in the language of the user."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        use_language(language_asked_for(args))
        for command in (self, *self.commands.values()):
            _in_language(command)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except Exception as error:
            raise _in_words(error) from None

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # Here, where an error of it can be told.
            return result
        except (UsageError, CorpusError) as error:
            complain(str(error))
            raise typer.Exit(WRONG_USAGE) from None
        except KzTextkitError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            complain("interrupted; the same command takes the work up again")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read our output has enough, as `head` does.
            _silence()
            raise typer.Exit(0) from None
        except OSError as error:
            complain(_said_by_the_system(error))
            _silence()
            raise typer.Exit(FAILED) from None
        except MemoryError:
            complain("there is not enough memory for this; take a part of the corpus, or another machine")
            raise typer.Exit(FAILED) from None
        except Exception as error:
            # Exceptions of the command line parser go their way; others are errors of ours, and no user should see a traceback.
            if type(error).__module__.startswith(("typer", "click")):
                raise _in_words(error) from None
            if os.environ.get(DEBUG_VARIABLE):
                raise
            if isinstance(error, ValueError) and "null byte" in str(error):
                complain("a name of a file has a NUL character in it, which no file can have")
                raise typer.Exit(WRONG_USAGE) from None
            what = f"{type(error).__name__}: {' '.join(str(error).split())}"
            complain(f"internal error ({what}); please report it, with {log_fault(error)}")
            raise typer.Exit(FAILED) from None


def _in_language(command: Any) -> None:
    """Put the texts of a command into the language in use."""
    command.help, command.epilog = (help_text(text or "") or None for text in (command.help, command.epilog))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = help_text(parameter.help)
    if current_language() != "en":
        made = command.get_help_option

        def get_help_option(ctx: Any) -> Any:
            option = made(ctx)
            if option is not None:
                option.help = help_text(option.help or "")
            return option

        command.get_help_option = get_help_option


def _in_words(error: Exception) -> Exception:
    """What the parser of the command line says, in the language in use."""
    if hasattr(error, "format_message"):
        line = translated(error.format_message())
        error.format_message = lambda: line
    return error


def _said_by_the_system(error: OSError) -> str:
    problem = error.strerror or str(error)
    return f"{os.fsdecode(error.filename)}: {problem}" if error.filename is not None else f"the output can't be written: {problem}"


def _silence() -> None:
    """Let nothing more be written to standard output: what is left in it would fail again when Python ends."""
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


app = typer.Typer(
    name="kz-textkit",
    cls=_Group,
    help="From raw Kazakh files to a clean, structured, annotated corpus with term frequencies.",
    epilog="Start with `kz-textkit run FOLDER -o CORPUS`, then look at it with `kz-textkit freq CORPUS`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

CorrectionsOption = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="Corrections that people made (`kz-textkit review`); `corrections.jsonl` beside the input, where there is one, otherwise.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        "-e",
        metavar="CODEC",
        help="Take the files to be in this encoding, such as `windows-1251`, `kz1048`, `utf-16`; detected otherwise.",
    ),
]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", metavar="table|csv|json", help="How to print: for people or for programs.")
]
RestoreOption = Annotated[
    bool,
    typer.Option(
        "--restore-letters",
        help="Put Kazakh letters back that were typed as Russian ones (`калалық`, `казак тили`); only suggested otherwise.",
    ),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings", metavar="FILE", help="Settings in a TOML file; `kz-textkit.toml` beside the input, where there is one, otherwise."
    ),
]
RulesOffOption = Annotated[
    list[str] | None,
    typer.Option("--rules-off", metavar="RULE", help="A rule of repair that is not to be used, such as `spacing`. Repeatable."),
]
WordsOption = Annotated[
    list[Path] | None,
    typer.Option("--words", metavar="FILE", help="A table of your own words: lemma, tab, UPOS (NOUN, PROPN, VERB, …). Repeatable."),
]
TitlesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--titles",
        metavar="FILE",
        help="A table of your own titles: title, tab, whole|start|end|label, tab, what it opens (section, lecture, …). Repeatable.",
    ),
]
AbbreviationsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--abbreviations",
        metavar="FILE",
        help="A table of your own abbreviations: abbreviation with its point, tab, before|after|closing. Repeatable.",
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Any setting, as a line of the file has it: `limits.pages=20000`. Repeatable."),
]
OcrOption = Annotated[
    bool | None,
    typer.Option("--ocr/--no-ocr", help="Read scans by Tesseract where it is installed; settings can say no, too."),
]
FiltersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filters", metavar="NAME", help="Leave documents of poor quality out: `web`, or a table of bounds of your own. Repeatable."
    ),
]
MaskOption = Annotated[
    list[str] | None,
    typer.Option("--mask", metavar="KIND", help="Mask personal data: `email`, `phone`, `iin`, `card`, each by itself. Repeatable."),
]
DropLinesOption = Annotated[
    list[Path] | None,
    typer.Option("--drop-lines", metavar="FILE", help="Lines that go out of every text, as `kz-textkit lines` finds them. Repeatable."),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress bar and no summary; warnings and errors are still printed.")
]


def chosen_settings(
    source: Path | None,
    *,
    file: Path | None = None,
    encoding: str | None = None,
    restore_letters: bool = False,
    rules_off: list[str] | None = None,
    text_column: str | None = None,
    whole_page: bool = False,
    entities: bool = False,
    syntax: bool = False,
    words: list[Path] | None = None,
    titles: list[Path] | None = None,
    abbreviations: list[Path] | None = None,
    ocr: bool | None = None,
    further: list[str] | None = None,
    filters: list[str] | None = None,
    mask: list[str] | None = None,
    drop_lines: list[Path] | None = None,
) -> Settings:
    """The settings of the file that is named, or of that beside `source`, with what the command line says on top."""
    from dataclasses import replace

    from kz_textkit.settings import Settings, load_settings, settings_beside, settings_with

    found = load_settings(file) if file is not None else settings_beside(source) if source is not None else Settings()
    chosen = replace(
        found,
        encoding=encoding or found.encoding,
        restore_letters=restore_letters or found.restore_letters,
        rules_off=found.rules_off | frozenset(rules_off or ()),
        text_column=text_column or found.text_column,
        whole_page=whole_page or found.whole_page,
        entities=entities or found.entities,
        syntax=syntax or found.syntax,
        words=(*found.words, *map(str, words or ())),
        titles=(*found.titles, *map(str, titles or ())),
        abbreviations=(*found.abbreviations, *map(str, abbreviations or ())),
        ocr=found.ocr if ocr is None else ocr,
        filters=(*found.filters, *(filters or ())),
        mask=found.mask | frozenset(mask or ()),
        drop_lines=(*found.drop_lines, *map(str, drop_lines or ())),
    )
    return settings_with(chosen, further or ())


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("kz-textkit"))
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar="|".join(LANGUAGES),
            help="Language of messages and help; that of the system where it is one of these.",
        ),
    ] = None,
) -> None:
    """From raw Kazakh files to a clean, structured, annotated corpus with term frequencies."""
    if lang not in (None, *LANGUAGES):
        raise UsageError(f"there is no language {lang}: choose one of {', '.join(LANGUAGES)}")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Files and pipes get UTF-8 on every system; a terminal gets what it can show.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
