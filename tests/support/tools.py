"""The programs in `tools/`, of which two rooms have modules of one name, as modules of tests."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

from repository import ROOT

__all__ = ["load_tools"]


def load_tools(room: str, *names: str) -> list[ModuleType]:
    """Modules of `tools/ROOM`, which are not left where another room's would be taken for them."""
    folder = ROOT / "tools" / room
    own = {path.stem for path in folder.glob("*.py")}
    hidden = {name: sys.modules.pop(name) for name in own & sys.modules.keys()}
    sys.path.insert(0, str(folder))
    try:
        return [import_module(name) for name in names]
    finally:
        sys.path.remove(str(folder))
        for name in own:
            sys.modules.pop(name, None)
        sys.modules.update(hidden)
