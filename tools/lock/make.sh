#!/usr/bin/env bash
# Makes requirements.lock anew: a version and the hashes of every package that CI installs (the package with all its extras, and what
# builds it), for Python 3.11. Run it after a change of the dependencies in pyproject.toml; what it finds is what the package index that
# pip is set up with has today. No address of an index goes into the file.
#
#     tools/lock/make.sh [--upgrade]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${PYTHON:-python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "the lock is for Python 3.11: set PYTHON to one" >&2; exit 2; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet 'pip-tools>=7.4'
"$scratch/venv/bin/pip-compile" --quiet --generate-hashes --all-extras --build-deps-for editable --allow-unsafe --strip-extras \
    --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
    --output-file requirements.lock "$@" pyproject.toml
# A remark of the tool, which is of no use here.
sed -i '/^# The following packages are considered/d' requirements.lock
