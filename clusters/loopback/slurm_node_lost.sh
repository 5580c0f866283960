#!/bin/sh
# Loses the only node of a Slurm of this machine while it counts a job array, and gives it back: the elements that it had are
# queued again by Slurm, and the merge that waits for all of them runs without anybody doing anything. Takes some three minutes,
# most of them Slurm's patience. As root, see slurm_here.sh.
#
#   clusters/loopback/slurm_node_lost.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-$(mktemp -d)}
shards=${SHARDS:-12} paths=${PATHS:-400000}
set -- "$place/slurm"
. "$here/slurm_here.sh"
trap slurm_end EXIT
cd "$place"

node() { sinfo --noheader --format=%t; }

job=$place/qt.job
tidegate run qt_goes_on --paths "$paths" --out "$place/whole" >/dev/null
tidegate plan qt_goes_on --paths "$paths" --shards "$shards" --out "$job" >/dev/null
count=$(sbatch --parsable --array=0-$((shards - 1)) --export=ALL,JOB="$job" "$here/../slurm/array.sbatch")
sbatch --dependency=afterok:"$count" --export=ALL,JOB="$job",OUT="$place/merged" "$here/../slurm/merge.sbatch" >/dev/null
until pgrep -f "tidegate shard $job " >/dev/null; do sleep 0.1; done
sleep 0.5
kill -KILL "$(cat "$slurm_place/slurmd.pid")" $(pgrep -f 'slurmstepd: \[') $(pgrep -f "tidegate shard $job ")
while node | grep -qx 'mix\|alloc'; do sleep 1; done
echo "      the node is lost: $(node)"
slurmd
waited=0
until [ -d "$place/merged" ] || [ "$waited" -gt 400 ]; do
    waited=$((waited + 1))
    sleep 1
done
requeued=$(grep -c 'requeue JobId.*due to node failure' "$slurm_place/slurmctld.log")
check "elements were queued again ($requeued)" $((requeued > 0)) 1
check "the bytes of one process" "$(diff -r "$place/whole" "$place/merged" && echo same)" same
echo "all in $place"
