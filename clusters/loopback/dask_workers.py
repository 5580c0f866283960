"""Tries tidegate.distributed on this machine against processes that die. Needs the packages tidegate, distributed and, for
the second command, dask-jobqueue with a Slurm such as slurm_here.sh starts; and the program `tidegate`, which TIDEGATE names
if it is not on the path.

    python clusters/loopback/dask_workers.py             # a worker killed while it works, then the scheduler
    python clusters/loopback/dask_workers.py --slurm     # workers that are jobs of Slurm, one of them killed
"""

import filecmp
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dask.distributed import Client
from tidegate.distributed import ShardsFailed, run

PROGRAM = os.environ.get("TIDEGATE", "tidegate")
SHARDS = int(os.environ.get("SHARDS", "24"))
PATHS = int(os.environ.get("PATHS", "240000"))
STORY = "qt_goes_on"
PORT = 18786


def check(what, found):
    print("ok   " if found else "FAIL ", what, flush=True)
    if not found:
        sys.exit(1)


def files(folder):
    return {path.relative_to(folder): path for path in Path(folder).rglob("*") if path.is_file()}


def same(one, other):
    left, right = files(one), files(other)
    return left.keys() == right.keys() and all(filecmp.cmp(left[name], right[name], shallow=False) for name in left)


def shard_times(folder):
    shards = folder.with_name(folder.name + ".job") / "shards"
    return {path.name: path.stat().st_mtime_ns for path in shards.glob("*.tally")}


class Cluster:
    """A scheduler and three workers of one thread, as processes of their own that can be killed."""

    def __init__(self, place):
        dask = Path(sys.executable).with_name("dask")
        calm = dict(os.environ, RAYON_NUM_THREADS="1")

        def start(*words):
            log = open(place / "dask.log", "a")
            return subprocess.Popen([dask, *words], cwd=place, env=calm, stdout=log, stderr=log)

        address = f"tcp://127.0.0.1:{PORT}"
        self.scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard")
        options = ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny"]
        self.workers = {name: start("worker", address, "--name", name, *options) for name in ("one", "two", "three")}
        self.client = Client(address, timeout=60)
        self.client.wait_for_workers(3, timeout=60)

    def names(self):
        return {worker["name"] for worker in self.client.scheduler_info(n_workers=-1)["workers"].values()}

    def end(self):
        self.client.close(timeout=5)
        for process in [self.scheduler, *self.workers.values()]:
            process.kill()
            process.wait()


def worker_killed(place, whole):
    cluster = Cluster(place)
    killed = []

    def progress(arrived, _):
        if arrived >= 3 and not killed:
            busy = [name for name, keys in cluster.client.processing().items() if keys]
            address = busy[0]
            name = cluster.client.scheduler_info(n_workers=-1)["workers"][address]["name"]
            cluster.workers[name].send_signal(signal.SIGKILL)
            killed.append(name)

    began = time.time()
    folder = run(cluster.client, STORY, paths=PATHS, shards=SHARDS, folder=place / "worker", progress=progress)
    check(f"a worker that was busy is killed, and two others count all {SHARDS} shards", len(killed) == 1)
    check("it is gone", killed[0] not in cluster.names() and len(cluster.names()) == 2)
    check(f"the bytes of one process, after {time.time() - began:.1f} s", same(whole, folder))
    cluster.end()


def scheduler_killed(place, whole):
    cluster = Cluster(place)

    def progress(arrived, _):
        if arrived == 6:
            cluster.scheduler.send_signal(signal.SIGKILL)

    try:
        run(cluster.client, STORY, paths=PATHS, shards=SHARDS, folder=place / "scheduler", progress=progress)
        check("the scheduler is killed while shards are counted", False)
    except ShardsFailed as error:
        print("     ", error)
    cluster.end()
    before = shard_times(place / "scheduler")
    check(f"the scheduler is killed; {len(before)} of {SHARDS} shards are there", 6 <= len(before) < SHARDS)
    check("and no results", not (place / "scheduler").exists())
    cluster = Cluster(place)
    folder = run(cluster.client, STORY, paths=PATHS, shards=SHARDS, folder=place / "scheduler")
    after = shard_times(place / "scheduler")
    check("the same call leaves those alone", all(after[name] == time for name, time in before.items()))
    check("the bytes of one process", same(whole, folder))
    cluster.end()


def kill_all_of(job):
    """Kills every process of a job of the Slurm of this machine."""
    marks = {f"SLURM_JOB_ID={job}".encode(), b"SLURM_CLUSTER_NAME=loopback"}
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marks <= set(environment.read_bytes().split(b"\0")):
                os.kill(int(environment.parent.name), signal.SIGKILL)
        except OSError:
            # It has ended meanwhile.
            pass


def on_slurm(place, whole):
    from dask_jobqueue import SLURMCluster

    cluster = SLURMCluster(
        cores=1,
        processes=1,
        memory="500MB",
        walltime="00:20:00",
        interface="lo",
        scheduler_options={"interface": "lo", "dashboard": False},
        worker_extra_args=["--no-dashboard"],
        log_directory=str(place),
        job_script_prologue=["export RAYON_NUM_THREADS=1"],
    )
    cluster.adapt(minimum_jobs=3, maximum_jobs=3)
    client = Client(cluster)
    client.wait_for_workers(3, timeout=120)
    jobs = lambda: subprocess.run(["squeue", "--noheader", "--format=%A"], capture_output=True, text=True).stdout.split()
    first = jobs()
    check(f"three workers are jobs {' '.join(sorted(first))} of Slurm", len(first) == 3)

    def progress(arrived, _):
        if arrived == 3:
            kill_all_of(first[0])

    folder = run(client, STORY, paths=PATHS, shards=SHARDS, folder=place / "slurm", progress=progress)
    check("one of them is killed, and the bytes are those of one process", same(whole, folder))
    # Dask looks for a lost worker for fifteen seconds before it asks for another.
    patience = time.time() + 60
    while not (new := set(jobs()) - set(first)) and time.time() < patience:
        time.sleep(1)
    check(f"job {' '.join(new)} takes its place", len(new) == 1)
    client.close()
    cluster.close()


def main():
    place = Path(tempfile.mkdtemp(prefix="tidegate-dask-"))
    whole = place / "whole"
    began = time.time()
    subprocess.run(
        [PROGRAM, "run", STORY, "--paths", str(PATHS), "--out", whole], check=True, stdout=subprocess.DEVNULL
    )
    print(f"      one process: {time.time() - began:.1f} s")
    if "--slurm" in sys.argv:
        on_slurm(place, whole)
    else:
        worker_killed(place, whole)
        scheduler_killed(place, whole)
    print("all in", place)


if __name__ == "__main__":
    main()
