"""Counts and merges a run on a Ray cluster:

    tidegate plan qt_goes_on --paths 100000000 --shards 1000 --out /shared/qt.job
    python clusters/ray_shards.py /shared/qt.job 1000 /shared/qt

Every node must have `tidegate` on its path and be able to write the folders. What was counted stays; the same command goes
on with the rest. Ray opens a port without a password on every interface unless it is told otherwise.
"""

import subprocess
import sys

import ray


@ray.remote(num_cpus=1, max_retries=3, retry_exceptions=True)
def count(job, index):
    subprocess.run(["tidegate", "shard", job, str(index), "--threads", "1"], check=True, stdout=subprocess.DEVNULL)
    return index


def main(job, shards, out):
    ray.init(address="auto", log_to_driver=False)
    waiting = [count.remote(job, index) for index in range(int(shards))]
    while waiting:
        arrived, waiting = ray.wait(waiting)
        ray.get(arrived)
    return subprocess.run(["tidegate", "merge", job, "--out", out]).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
