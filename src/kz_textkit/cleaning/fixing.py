"""`fix` and `explain`: repair of a text that stays as it is otherwise."""

from __future__ import annotations

from kz_textkit.cleaning.repairing import check_rules, explained
from kz_textkit.repair import Explanation
from kz_textkit.settings import Settings, with_old_parameters

__all__ = ["explain", "fix"]


def fix(text: str, settings: Settings | None = None, *, restore_letters: bool = False) -> str:
    """The repaired text with runs of spaces inside its lines collapsed, as the settings say.

    `restore_letters` is the old name of a choice in them, and goes. Raises `UsageError` where the settings name unknown rules.

    >>> fix("Ҥкіметтің  ӛз калалық бағдарламасы")
    'Үкіметтің өз калалық бағдарламасы'
    >>> fix("Ҥкіметтің  ӛз калалық бағдарламасы", Settings(restore_letters=True))
    'Үкіметтің өз қалалық бағдарламасы'
    """
    return _explained(text, with_old_parameters(settings or Settings(), restore_letters=restore_letters)).text


def explain(text: str, settings: Settings | None = None, *, restore_letters: bool = False) -> Explanation:
    """What `fix` does to a text: its result with every edit, and the suggestions that it did not follow.

    >>> [(e.after, e.rule, e.applied) for e in explain("Біздің калалық кеңес ӛз жұмысын бастады").edits]
    [('қалалық', 'missing_letter', False), ('ө', 'legacy_letter', True)]
    """
    return _explained(text, with_old_parameters(settings or Settings(), restore_letters=restore_letters))


def _explained(text: str, settings: Settings) -> Explanation:
    check_rules(settings)
    return explained(text, settings)
