"""The plan of the house (DESIGN): no circle of imports, no arrow up, no build tool in the wheel, no module without end."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from repository import ROOT

SOURCE = ROOT / "src" / "kz_textkit"
PACKAGE = "kz_textkit"

ROOMS = ("repair", "layout", "morphology", "lang", "stats")
"""Rooms that know nothing of each other, of files or of the command line."""
BELOW = frozenset(("errors", "alphabet", "alignment", "document", "printable", "data", "conllu", "display"))
"""What stands below all rooms; `display` is what a value looks like in a notebook, and knows values alone."""
LONGEST = 700
"""Lines of the longest module."""


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def all_modules() -> frozenset[str]:
    return frozenset(module_name(path) for path in SOURCE.rglob("*.py"))


def imported(path: Path, *, inside: bool) -> set[str]:
    """The modules of ours that a module imports when it is loaded; with `inside`, those of its functions too."""
    tree = ast.parse(path.read_text("utf-8"))
    names = all_modules()
    package = module_name(path) if path.name == "__init__.py" else module_name(path).rpartition(".")[0]
    found: set[str] = set()

    def look(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and not inside:
                continue
            if isinstance(child, ast.Import):
                found.update(alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = ".".join([*package.split(".")[: len(package.split(".")) - child.level + 1], *filter(None, [child.module])])
                home = base if child.level else child.module or ""
                found.update(f"{home}.{alias.name}" if f"{home}.{alias.name}" in names else home for alias in child.names)
            look(child)

    look(tree)
    return {name for name in found if name.split(".")[0] == PACKAGE} & names


@cache
def graph(inside: bool = False) -> nx.DiGraph:
    found = nx.DiGraph()
    for path in SOURCE.rglob("*.py"):
        found.add_edges_from((module_name(path), name) for name in imported(path, inside=inside) if name != module_name(path))
    return found


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_no_module_imports_in_a_circle() -> None:
    assert len(graph().edges) > 1000
    circles = [sorted(found) for found in nx.strongly_connected_components(graph()) if len(found) > 1]
    assert circles == []


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_knows_nothing_of_the_others(name: str) -> None:
    known = {(a, b) for a, b in graph(inside=True).edges if room(a) == name and room(b) not in (name, "") and room(b) not in BELOW}
    assert known == set()


def test_only_the_command_line_and_the_workbench_know_the_command_line() -> None:
    assert {a for a, b in graph(inside=True).edges if room(b) == "cli" and room(a) not in ("cli", "workbench")} == set()


def test_nothing_below_the_pipeline_knows_it() -> None:
    above = ("pipeline", "cli", "workbench", "report", "")
    assert {(a, b) for a, b in graph(inside=True).edges if room(b) == "pipeline" and room(a) not in above} == set()


def test_no_module_is_without_end() -> None:
    long = {module_name(path): n for path in SOURCE.rglob("*.py") if (n := path.read_text("utf-8").count("\n")) > LONGEST}
    assert long == {}


def test_nothing_is_left_to_do_by_a_remark() -> None:
    places = [path for folder in ("src", "tools", "tests") for path in (ROOT / folder).rglob("*.py") if path.name != "test_house.py"]
    remarks = [
        f"{path.name}:{n}"
        for path in places
        for n, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if "TO" + "DO" in line or "FIX" + "ME" in line
    ]
    assert remarks == []
