"""What the package stands on: licences of all that is installed at run time, and the versions that CI installs."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from repository import ROOT

FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|SSPL|BUSL|CC[- ]BY[- ]NC)", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)

PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public License 2|Zlib|Unlicense|Public Domain|CC0|0BSD|HPND|PIL",
    re.IGNORECASE,
)


def runtime_distributions() -> dict[str, Distribution]:
    """Everything that comes with the package, without its extras: its dependencies, and theirs."""
    found: dict[str, Distribution] = {}
    waiting = ["kz-textkit"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # For another system or version of Python.
        for line in found[name].requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def licence(package: Distribution) -> str:
    """What a package says of its licence, in one line: its expression, its classifiers, or the first lines of the text."""
    metadata = package.metadata
    classifiers = [line.split("::")[-1].strip() for line in metadata.get_all("Classifier") or [] if line.startswith("License")]
    said = [metadata.get("License-Expression") or "", *classifiers, (metadata.get("License") or "")[:200]]
    if not any(said):
        files = [file for file in package.files or [] if re.search(r"licen[cs]e|copying", file.name, re.IGNORECASE)]
        said = [Path(str(package.locate_file(file))).read_text("utf-8", "replace")[:200] for file in files[:1]]
    return " ".join(" ".join(said).split())


def test_no_run_time_dependency_is_under_a_licence_that_binds_its_users() -> None:
    packages = runtime_distributions()
    assert {"spacy", "pyarrow", "duckdb", "pandas", "numpy", "lxml", "pypdfium2"} <= set(packages)
    licences = {name: licence(package) for name, package in packages.items()}
    wrong = {name: said for name, said in licences.items() if FORBIDDEN.search(LESSER.sub("", said)) and not PERMISSIVE.search(said)}
    assert wrong == {}
    unknown = {name: said for name, said in licences.items() if not PERMISSIVE.search(said)}
    assert unknown == {}


def test_the_lock_has_a_hash_for_everything_and_names_no_place_to_get_it_from() -> None:
    lock = ROOT / "requirements.lock"
    if not lock.exists():
        pytest.skip("no lock here")
    text = lock.read_text("utf-8")
    assert not re.search(r"https?://|--index-url|--extra-index|--find-links|--trusted-host|file:", text)
    pinned = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)(.*(?:\n    .*)*)", text, re.MULTILINE)
    assert len(pinned) > 30 and all("--hash=sha256:" in rest for _, _, rest in pinned)
    if sys.version_info[:2] != (3, 11):
        return  # The lock is for Python 3.11; others have other packages.
    names = {re.sub(r"[-_.]+", "-", name).lower() for name, _, _ in pinned}
    assert set(runtime_distributions()) - {"kz-textkit"} <= names | {"tomli", "colorama", "exceptiongroup", "typing-extensions"}
