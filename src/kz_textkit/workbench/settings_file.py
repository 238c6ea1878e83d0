"""The settings beside the texts, `kz-textkit.toml`, written from a form: the command line uses the same file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from kz_textkit.cleaning.repairing import check_rules
from kz_textkit.errors import UsageError
from kz_textkit.settings import PATHS, SETTINGS_FILE, Limits, Settings, load_settings
from kz_textkit.writing import write_whole

__all__ = ["settings_toml", "write_settings"]


def settings_toml(settings: Settings, folder: Path) -> str:
    """The choices that are not the default, as TOML; paths as they are seen from the folder.

    >>> print(settings_toml(Settings(restore_letters=True, words=("/а/сөздер.tsv",)), Path("/а/raw")))
    restore_letters = true
    words = ["../сөздер.tsv"]
    <BLANKLINE>
    """
    lines = []
    for choice in fields(Settings):
        value = getattr(settings, choice.name)
        if choice.name == "limits" or value == getattr(Settings(), choice.name):
            continue
        if choice.name in PATHS:
            value = [_seen_from(folder, path) for path in value]
        lines.append(f"{choice.name} = {_toml(value)}")
    limits = [
        f"{one.name} = {_toml(getattr(settings.limits, one.name))}"
        for one in fields(Limits)
        if getattr(settings.limits, one.name) != getattr(Limits(), one.name)
    ]
    return "\n".join([*lines, *(["", "[limits]", *limits] if limits else [])]) + "\n"


def write_settings(settings: Settings, folder: Path) -> None:
    """Write the settings into a folder of texts; the file that was there keeps its content beside it, as `.bak`.

    Raises `UsageError` where they name rules that there are not, or can't be written.
    """
    check_rules(settings)
    path = folder / SETTINGS_FILE
    try:
        before = path.read_bytes() if path.is_file() else None
        write_whole(path, settings_toml(settings, folder).encode())
        if before is not None:
            write_whole(path.with_name(f"{SETTINGS_FILE}.bak"), before)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from None
    if load_settings(path).digest != settings.digest:
        raise UsageError(f"{path} does not say what was chosen; please report it")


def _seen_from(folder: Path, path: str) -> str:
    if not Path(path).is_absolute() and not Path(path).exists():
        return path
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # Another drive.
        return Path(path).as_posix()


def _toml(value: object) -> str:
    if isinstance(value, frozenset):
        value = sorted(value)
    if isinstance(value, Mapping):
        raise TypeError("settings have no tables but the limits")
    return json.dumps(value, ensure_ascii=False)
