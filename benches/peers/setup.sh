#!/bin/sh
# Makes the virtual environment of the peers: `benches/peers/setup.sh [FOLDER]`, by default `.venv` beside this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/.venv}
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
"$folder/bin/python" -m pip list --format json
