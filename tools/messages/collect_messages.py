"""The messages of the command line, as they stand in the source: errors, warnings, notes, and the texts of `--help`.

A message is an English text with its places numbered (`it has {0} pages, and {1} are the limit`), which is its id in the catalogues.
Those of errors are found where an error of `kz_textkit.errors` is made or a line is printed, those of `--help` at the commands
themselves, so that a new command or error needs no list to stand in.

    python tools/messages/collect_messages.py            # says which have no translation yet
    python tools/messages/collect_messages.py --update   # writes them into src/kz_textkit/locale/*/LC_MESSAGES/kz_textkit.po
    python tools/messages/collect_messages.py --compile  # makes the .mo files of the .po files

The catalogues are edited by hand (or with any editor of PO files); `--compile` comes after.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import typer.main
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kz_textkit.cli import app
from kz_textkit.cli.messages import DOMAIN, LANGUAGES, LOCALE, paragraphs
from kz_textkit.cli.printing import SECTION_KINDS
from kz_textkit.cli.review import KEYS

SOURCE = Path(__file__).parents[2] / "src" / "kz_textkit"

ERRORS = frozenset(("UsageError", "CorpusError", "InputError", "QueryError", "BadCondition", "OverBudget", "Failure"))
"""Whose texts people see."""
PRINTED = frozenset(("complain", "print_note", "said", "or_raise", "progress_bar"))
"""Functions whose texts people see."""
PLAIN = ("morphology/user_words", "layout/own_titles", "lang/kk/own_abbreviations")
"""Modules whose `ValueError` becomes an error of a file."""
WARNERS = (
    *("cleaning/languages", "cleaning/quality", "cleaning/repairing", "layout/quality", "layout/contents", "layout/sections"),
    *("readers/office", "readers/pdf", "readers/pdf_book", "readers/ocr", "readers/wiki", "readers/html_main", "readers/docx"),
    *("corpus/verification", "corpus/writer", "corpus/sources", "pipeline/metadata", "pipeline/discover", "pipeline/batch"),
    *("pipeline/process", "repair/rounds", "readers/plain_text", "readers/detection", "readers/epub", "readers/archive"),
)
"""Modules whose texts of three words and more are warnings."""


def template(node: ast.expr) -> str | None:
    """The message that an expression gives, where it is a text; parts that are only known when it is made are numbered.

    >>> template(ast.parse("f'{path}: {n:,} pages'").body[0].value)
    '{0}: {1} pages'
    """
    if isinstance(node, ast.Constant):
        return numbered(node.value) if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        text, number = "", 0
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value)
            else:
                text += f"{{{number}}}"
                number += 1
        return text
    return None


def numbered(text: str) -> str:
    """A text for `str.format` with its places numbered.

    >>> numbered("{share:.0%} of {name}"), numbered("{0} files"), numbered("{'text': 1}")
    ('{0} of {1}', '{0} files', "{'text': 1}")
    """
    numbers = iter(range(len(text)))
    return re.sub(r"\{[a-z_]+(?::[^{}]*)?\}", lambda _: f"{{{next(numbers)}}}", text)


def texts(node: ast.AST) -> Iterator[str]:
    """All messages within an expression; both sides of a condition, and what is added up."""
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        found = template(node)
        if found is not None:
            yield found
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.Tuple, ast.List)):
        for child in ast.iter_child_nodes(node):
            yield from texts(child)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from texts(value)


def is_message(text: str) -> bool:
    """A text that a person reads: words with a space between them."""
    if "%s" in text:
        return False  # For the log.
    words = [word for word in text.replace("{", " {").split() if word[0] != "{"]
    return sum(any(map(str.isalpha, word)) for word in words) >= 2 or (text[:1].isupper() and text.isalpha())


def name_of(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def docstrings(tree: ast.Module) -> set[int]:
    """Ids of the constants that are docstrings, and of parts of f-strings."""
    found = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return found | {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}


def of_module(path: Path) -> Iterator[str]:
    """The messages of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    module = path.relative_to(SOURCE).with_suffix("").as_posix()
    errors = ERRORS | {"ValueError"} if module in PLAIN else ERRORS
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node) in errors | PRINTED:
            arguments = node.args[1:] if name_of(node) in ("InputError", "Failure") else node.args
            for argument in (*arguments, *(keyword.value for keyword in node.keywords)):
                yield from (text for text in texts(argument) if name_of(node) in ("said", "progress_bar") or is_message(text))
    if module in WARNERS:
        skipped = docstrings(tree)
        for node in ast.walk(tree):
            if id(node) not in skipped and isinstance(node, (ast.Constant, ast.JoinedStr)):
                found = template(node) or ""
                if len([word for word in found.split() if word.isalpha()]) >= 3 and is_message(found):
                    yield found


def counted_of(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of messages that say how many: of one, and of many."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        pair = (
            node.elts
            if isinstance(node, ast.Tuple)
            else node.args[1:]
            if isinstance(node, ast.Call) and name_of(node) == "counted"
            else ()
        )
        found = [template(one) for one in pair if isinstance(one, ast.Constant)]
        if len(found) == 2 and found[0] is not None and found[1] is not None and all(text.startswith("{0} ") for text in found):
            yield found[0], found[1]


def of_help() -> Iterator[str]:
    """The texts of `--help`."""
    group = typer.main.get_command(app)
    for command in (group, *group.commands.values()):  # type: ignore[attr-defined]
        for text in (command.help, command.epilog, *(getattr(parameter, "help", None) for parameter in command.params)):
            yield from paragraphs(text or "")


TYPER = (
    *("Arguments", "Options", "Commands", "Error", "Aborted.", "(deprecated) ", "[default: {}]", "[env var: {}]", "[required]"),
    *("Try [blue]'{command_path} {help_option}'[/] for help.", "Missing command.", "Usage:", "Show this message and exit."),
    *("No such command '{0}'.", "No such option: {0}", "Missing argument '{0}'.", "Missing option '{0}'."),
    *("Invalid value for '{0}': {1}", "Option '{0}' requires an argument.", "Got unexpected extra argument ({0})"),
    *("Got unexpected extra arguments ({0})", "Option '{0}' requires {1} arguments.", "'{0}' is not a valid integer."),
    *("{0} is not in the range {1}.", "Did you mean {0}?", "No such option: {0} Did you mean {1}?", "'{0}' is not a valid float."),
    *("No such command '{0}'. Did you mean '{1}'?", "Install completion for the current shell."),
    *(
        "Show completion for the current shell, to copy it or customize the installation.",
        "No such option: {0} (Possible options: {1})",
    ),
)
"""Messages of the library that the command line is made with."""
AROUND = (
    "warning: {0}",
    "warning: {0}: {1}",
    "mended: {0}",
    "{0} is missing",
    "{0} is no file of this corpus: it is not in its manifest",
    "a pipe",
    "a socket",
    "a device",
    "a folder",
    "a link",
    "{0} edits",
    *("cut it in parts", "{0}, or set `{1}` higher under [limits] in {2}"),
    *("accepted", "rejected", "replaced"),
    KEYS,
)
"""Messages of one word, or around others, that nothing else tells from other texts."""


@cache
def collected() -> dict[str, str]:
    """All messages, each once, in the order of their modules; those that say how many with the message of many."""
    found = dict.fromkeys((*TYPER, *AROUND, *of_help(), *SECTION_KINDS.values()), "")
    for path in sorted(SOURCE.rglob("*.py")):
        found.update(dict.fromkeys((text.strip() for text in of_module(path) if any(map(str.isalpha, text))), ""))
        if path.parent.name == "cli":
            found.update(counted_of(path))
    return found


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(language: str) -> Catalog:
    """What a language has."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def id_of(message: Message) -> str:
    found = message.id
    return str(found[0] if isinstance(found, (tuple, list)) else found)


def untranslated(language: str) -> list[str]:
    """The messages that a language has no words for."""
    has = {id_of(message) for message in catalogue(language) if message.id and is_whole(message)}
    return [text for text in collected() if text not in has]


def is_whole(message: Message) -> bool:
    """Whether a message has words, in all its forms."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def compiled(language: str) -> bytes:
    """The .mo file of a language."""
    file = BytesIO()
    write_mo(file, catalogue(language))
    return file.getvalue()


def update(language: str) -> None:
    """Add what is missing to a catalogue, without words yet; what has words and is in the source no more goes."""
    words = catalogue(language)
    wanted = collected()
    for message in list(words):
        if message.id and id_of(message) not in wanted:
            words.delete(message.id)
    has = {id_of(message) for message in words}
    for text, many in wanted.items():
        if text not in has:
            words.add((text, many) if many else text, ("",) * words.num_plurals if many else "")
    with po_file(language).open("wb") as file:
        write_po(file, words, width=130, omit_header=False)


def main(arguments: list[str]) -> int:
    others = [language for language in LANGUAGES if language != "en"]
    if "--update" in arguments:
        for language in others:
            update(language)
    if "--compile" in arguments:
        for language in others:
            po_file(language).with_suffix(".mo").write_bytes(compiled(language))
    missing = {language: untranslated(language) for language in others}
    for language, found in missing.items():
        print(f"{language}: {len(found)} of {len(collected())} messages have no words")
        for text in found:
            print(f"    {text}")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
