"""Repair as the settings say: rules switched off, suggestions applied, the dictionary's rules and those of other packages.

The rules of other packages (`kz_textkit.rules`) come last. What they ask for is looked at before it is done, so that nothing of theirs
can break the record; where they don't come to rest, the text is repaired without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypedDict

from kz_textkit.alignment import Edit
from kz_textkit.cleaning.restoration import BY_DICTIONARY, RESTORED, dictionary_rules
from kz_textkit.errors import UsageError
from kz_textkit.filters.boilerplate import boilerplate, read_lines
from kz_textkit.filters.personal_data import personal_data
from kz_textkit.repair import Explanation, Repaired, explain, repair
from kz_textkit.repair.engine import Rule
from kz_textkit.rules import RULES, foreign_rules, names_of
from kz_textkit.settings import Settings
from kz_textkit.user_words import read_user_words

__all__ = ["check_rules", "explained", "repaired"]

ForeignRules = Mapping[str, Callable[[str], list[Edit]]]


def check_rules(settings: Settings) -> None:
    """Raise `UsageError` where the settings name rules that there are not, or that can't be switched off."""
    foreign = foreign_rules()
    for name in sorted(settings.rules_off | settings.apply_suggestions):
        if name not in RULES and name not in foreign:
            known = ", ".join((*names_of("repair"), *foreign))
            raise UsageError(f"there is no rule {name}: choose from {known}")
        if name in settings.rules_off and name in names_of("removal"):
            raise UsageError(f"the rule {name} can't be switched off: layout rests on it; choose from {', '.join(names_of('repair'))}")


def repaired(text: str, settings: Settings, *, foreign: ForeignRules | None = None, suggest: bool = True) -> Repaired:
    """The repaired text, its spaces and lines as they were (`kz_textkit.repair.repair`). `foreign` are the rules of other packages, by
    default those that are installed. Without `suggest`, what the dictionary suggests is only sought where it is applied.

    >>> repaired("Ҥкіметтің  ӛз калалық бағдарламасы", Settings(rules_off=frozenset({"legacy_letter"}), restore_letters=True)).text
    'Ҥкіметтің  ӛз қалалық бағдарламасы'
    """
    watched = _watched(settings, foreign)
    result = repair(text, **_options(settings, watched, suggest=suggest))
    if watched and result.text == text and not result.edits and result.warnings:
        without = repair(text, **_options(settings, (), suggest=suggest))
        if without.edits or without.text != text or not without.warnings:
            names = ", ".join(rule.name for rule in watched)
            result = replace(
                without, warnings=(*without.warnings, f"rules of other packages don't come to rest, and were left out: {names}")
            )
    return replace(result, warnings=(*result.warnings, *_complaints(watched)))


def explained(text: str, settings: Settings, *, foreign: ForeignRules | None = None) -> Explanation:
    """What `fix` does to a text (`kz_textkit.repair.explain`)."""
    watched = _watched(settings, foreign)
    result = explain(text, **_options(settings, watched))
    return replace(result, warnings=(*result.warnings, *_complaints(watched)))


class _Options(TypedDict):
    apply_suggestions: frozenset[str]
    further: tuple[Rule, ...]
    off: frozenset[str]


def _options(settings: Settings, watched: tuple[_Watched, ...], *, suggest: bool = True) -> _Options:
    applied = settings.apply_suggestions | (RESTORED if settings.restore_letters else frozenset())
    words = read_user_words(settings.words)
    sought = suggest or not applied.isdisjoint(BY_DICTIONARY)
    return {
        "apply_suggestions": applied,
        "further": (
            *dictionary_rules(restore_letters=settings.restore_letters, suggest=sought, words=words),
            *((partial(personal_data, kinds=settings.mask),) if settings.mask else ()),
            *((partial(boilerplate, lines=read_lines(settings.drop_lines)),) if settings.drop_lines else ()),
            *watched,
        ),
        "off": settings.rules_off,
    }


def _watched(settings: Settings, foreign: ForeignRules | None) -> tuple[_Watched, ...]:
    rules = foreign_rules() if foreign is None else foreign
    return tuple(_Watched(name, rule) for name, rule in rules.items() if name not in settings.rules_off)


@dataclass
class _Watched:
    """A rule of another package, whose edits are looked at before they are made."""

    name: str
    rule: Rule
    complaints: dict[str, None] = field(default_factory=dict)

    def __call__(self, text: str) -> list[Edit]:
        try:
            found = sorted((Edit(*edit) for edit in self.rule(text)), key=lambda e: (e.start, e.end))
        except Exception as error:  # Whatever stands in the code of others.
            self._complain(f"failed ({type(error).__name__}: {' '.join(str(error).split())[:120]})")
            return []
        kept: list[Edit] = []
        end = 0
        for edit in found:
            if not 0 <= edit.start <= edit.end <= len(text) or text[edit.start : edit.end] != edit.before or edit.before == edit.after:
                self._complain("asked for edits of text that does not stand there")
            elif edit.applied and edit.start < end:
                self._complain("asked for edits over each other")
            else:
                end = max(end, edit.end if edit.applied else 0)
                kept.append(edit._replace(rule=self.name))
        return kept

    def _complain(self, what: str) -> None:
        self.complaints[f"the rule {self.name} of another package {what}; that was left out"] = None


def _complaints(watched: tuple[_Watched, ...]) -> tuple[str, ...]:
    return tuple(complaint for rule in watched for complaint in rule.complaints)
