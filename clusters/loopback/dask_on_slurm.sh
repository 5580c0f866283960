#!/bin/sh
# Dask workers that are jobs of a Slurm of this machine, one of them killed. As root, see slurm_here.sh; PYTHON names a Python
# that has tidegate, distributed and dask-jobqueue.
#
#   PYTHON=.venv/bin/python clusters/loopback/dask_on_slurm.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
set -- "${1:-$(mktemp -d)}"
. "$here/slurm_here.sh"
trap slurm_end EXIT
"${PYTHON:-python3}" "$here/dask_workers.py" --slurm
