#!/usr/bin/env bash
# Installs the package into an environment of its own, as a user would, and runs its tests. Needs Python 3.11 or later with
# venv, a Rust toolchain, and the network or a cache for pip.
#
#   python/test.sh [ENVIRONMENT]      default: python/.venv
set -euo pipefail
cd "$(dirname "$0")"
environment="${1:-.venv}"

# What the main crate has compiled need not be compiled again.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../target}"

python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check '.[test]'
"$environment/bin/python" -m pytest -q
