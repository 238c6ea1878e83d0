"""What the package stands on: licences of all that is installed at run time, and the versions that CI installs."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lock_audit import verdict
from repository import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General Public|SSPL|BUSL|CC[- ]BY[- ]NC)", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)

PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public License 2|Zlib|Unlicense|Public Domain|CC0|0BSD|HPND|PIL",
    re.IGNORECASE,
)


def canonical(name: str) -> str:
    """The name of a package as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def runtime_distributions() -> dict[str, Distribution]:
    """Everything that comes with the package, without its extras: its dependencies, and theirs."""
    found: dict[str, Distribution] = {}
    waiting = ["kz-textkit"]
    while waiting:
        name = canonical(waiting.pop())
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
    names = {canonical(name) for name, _, _ in pinned}
    assert set(runtime_distributions()) - {"kz-textkit"} <= names | {"tomli", "colorama", "exceptiongroup", "typing-extensions"}


def test_the_lock_has_a_version_that_fits_of_everything_that_pyproject_names() -> None:
    """`tools/lock/make.sh` makes it anew."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = pyproject["project"]["optional-dependencies"]
    named = [*pyproject["project"]["dependencies"], *pyproject["build-system"]["requires"]]
    named += [line for name in extras for line in extras[name]]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {canonical(name): version for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", lock, re.MULTILINE)}
    on_311 = {"python_version": "3.11", "python_full_version": "3.11.7"}
    wanting = {
        line
        for line in named
        if (wanted := Requirement(line)).marker is None or wanted.marker.evaluate({**on_311, "extra": ""})
        if not wanted.specifier.contains(locked.get(canonical(wanted.name), "0.dev0"), prereleases=True)
        or canonical(wanted.name) not in locked
    }
    assert wanting == set()


def test_what_an_audit_says_is_one_line_and_a_mirror_without_the_service_is_none() -> None:
    sound, unknown = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}
    weak = {"name": "c", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    assert verdict({"dependencies": [sound, unknown]}) == ("no weakness is known of 1 of 2 packages; 1 could not be looked up", True)
    assert verdict({"dependencies": [unknown]}) == ("not reachable: none of 1 packages could be looked up", True)
    assert verdict({"dependencies": [sound, weak]}) == ("weaknesses are known of these versions:\n  c 1: PYSEC-1, mended in 2", False)
