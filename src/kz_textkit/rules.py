"""The rules of the record: what every edit's `rule` may be, and what it is called. The only list of them; it stands in `rules.tsv`.

Other packages add rules of repair by an entry point of the group `kz_textkit.repair_rules`: its name is the name of the rule, and
what it leads to a function from a text to the edits that it asks for, as those of `kz_textkit.repair` are.

    # pyproject.toml of the other package
    [project.entry-points."kz_textkit.repair_rules"]
    old_spelling = "my_package:old_spelling"

    # my_package.py
    def old_spelling(text: str) -> list[Edit]:
        return [Edit(m.start(), m.end(), m[0], "большевик", "old_spelling", applied=True) for m in re.finditer("большебек", text)]

    old_spelling.labels = {"en": "Old spelling", "kk": "Ескі емле", "ru": "Старое правописание"}  # may be left out

They run after the rules of this package, on the repaired text, until nothing is left to do: what a rule puts there, it must not ask
to change again. An edit that is not one (places outside the text, text that does not stand there, edits over each other) is left out,
and a warning of the document says so.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from kz_textkit.alignment import Edit
from kz_textkit.errors import UsageError

__all__ = ["GROUP", "RULES", "RuleInfo", "foreign_rules", "names_of", "rule_info"]

GROUP = "kz_textkit.repair_rules"
LANGUAGES = ("en", "kk", "ru")


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What there is to say of a rule."""

    name: str
    does: Literal["repair", "removal"]
    """Puts a text right, or takes away what is no text."""
    listed: bool
    """Whether its short edits are listed by what became what."""
    labels: Mapping[str, str]
    """What people call it, by language: `en`, `kk`, `ru`."""
    about: Mapping[str, str]
    """A sentence on it, by language."""
    is_ours: bool = True
    """Not of another package."""

    @property
    def phrase(self) -> str:
        """Its English name within a sentence.

        >>> RULES["legacy_letter"].phrase
        'letters of misbuilt fonts'
        """
        return self.phrase_in("en")

    def phrase_in(self, language: str) -> str:
        """Its name within a sentence of a language: `en`, `kk`, `ru`."""
        return self.labels[language][:1].lower() + self.labels[language][1:]


def _read() -> dict[str, RuleInfo]:
    lines = files("kz_textkit").joinpath("rules.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        row["name"]: RuleInfo(
            row["name"],
            "repair" if row["does"] == "repair" else "removal",
            row["listed"] == "yes",
            {language: row[language] for language in LANGUAGES},
            {language: row[f"about_{language}"] for language in LANGUAGES},
        )
        for row in rows
    }


RULES: Mapping[str, RuleInfo] = MappingProxyType(_read())
"""The rules of this package by name, in the order in which summaries and reports have them."""


def rule_info(name: str) -> RuleInfo:
    """What there is to say of a rule, ours or of another package; of one that is not installed here, its name.

    >>> rule_info("homoglyph").labels["kk"], rule_info("old_spelling").labels["en"]
    ('Сырты ұқсас әріптер', 'Old spelling')
    """
    if name in RULES:
        return RULES[name]
    given = getattr(foreign_rules().get(name), "labels", {})
    label = str(given.get("en", "") if isinstance(given, Mapping) else "") or name.replace("_", " ").capitalize()
    labels = {language: str(given.get(language, label)) if isinstance(given, Mapping) else label for language in LANGUAGES}
    return RuleInfo(name, "repair", True, labels, dict.fromkeys(LANGUAGES, ""), is_ours=False)


def names_of(does: Literal["repair", "removal"], found: Mapping[str, object] = MappingProxyType({})) -> tuple[str, ...]:
    """The names of the rules that repair, or that remove; with those among `found` that are of other packages.

    >>> names_of("repair", {"old_spelling": 3})[-2:]
    ('correction', 'old_spelling')
    """
    foreign = [rule_info(name) for name in found if name not in RULES]
    return tuple(rule.name for rule in (*RULES.values(), *foreign) if rule.does == does)


@cache
def foreign_rules() -> Mapping[str, Callable[[str], list[Edit]]]:
    """The rules of other packages by name, in the order of their names.

    Raises `UsageError` where one of them can't be loaded, or has the name of a rule of ours.
    """
    found: dict[str, Callable[[str], list[Edit]]] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        if entry.name in RULES:
            raise UsageError(f"the rule {entry.name} of {entry.value} has the name of a rule of kz-textkit: give it another")
        try:
            found[entry.name] = entry.load()
        except Exception as error:  # Whatever stands in the code of others.
            problem = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise UsageError(
                f"the rule {entry.name} can't be loaded from {entry.value}: {problem}; repair or remove that package"
            ) from None
    return MappingProxyType(found)
