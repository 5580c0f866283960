#!/bin/sh
# Runs a job array on a Slurm of this machine: one element is killed while it counts, the merge that waits for all of them
# does not run, the element is counted again, and the merged folder has the bytes of one process. As root, see
# slurm_here.sh.
#
#   clusters/loopback/slurm.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-$(mktemp -d)}
shards=${SHARDS:-12} paths=${PATHS:-400000}
set -- "$place/slurm"
. "$here/slurm_here.sh"
trap slurm_end EXIT
cd "$place"

states() { scontrol show job "$1" --oneliner 2>/dev/null | grep -o 'JobState=[A-Z_]*' | cut -d= -f2; }

# Waits until no element of a job is on its way any more.
settle() {
    while states "$1" | grep -qE 'PENDING|RUNNING|COMPLETING|CONFIGURING'; do sleep 1; done
}

# The process that counts an element of the array.
process_of() {
    for pid in $(pgrep -f "tidegate shard $job "); do
        if tr '\0' '\n' <"/proc/$pid/environ" | grep -qx "SLURM_ARRAY_TASK_ID=$1"; then echo "$pid" && return; fi
    done
    return 1
}

job=$place/qt.job
tidegate run qt_goes_on --paths "$paths" --out "$place/whole" >/dev/null
tidegate plan qt_goes_on --paths "$paths" --shards "$shards" --out "$job" >/dev/null

count=$(sbatch --parsable --array=0-$((shards - 1)) --export=ALL,JOB="$job" "$here/../slurm/array.sbatch")
merge=$(sbatch --parsable --dependency=afterok:"$count" --export=ALL,JOB="$job",OUT="$place/merged" \
    "$here/../slurm/merge.sbatch")
# As the kernel does where memory runs out.
until victim=$(process_of 2); do sleep 0.1; done
sleep 0.5
kill -KILL "$victim"
settle "$count"
check "elements that failed" "$(states "$count" | grep -c FAILED)" 1
check "elements that completed" "$(states "$count" | grep -c COMPLETED)" $((shards - 1))
check "the merge that waits for all has not run" "$(states "$merge")" PENDING
scancel "$merge"
check "files of shards" "$(ls "$job/shards" | grep -c 'tally$')" $((shards - 1))
check "what is missing is named" "$(tidegate merge "$job" --status | tail -1)" "help: tidegate shard $job 2"

again=$(sbatch --parsable --array=2 --export=ALL,JOB="$job" "$here/../slurm/array.sbatch")
merge=$(sbatch --parsable --dependency=afterok:"$again" --export=ALL,JOB="$job",OUT="$place/merged" \
    "$here/../slurm/merge.sbatch")
settle "$again"
settle "$merge"
check "the element again" "$(states "$again")" COMPLETED
check "the merge" "$(states "$merge")" COMPLETED
check "the bytes of one process" "$(diff -r "$place/whole" "$place/merged" && echo same)" same
echo "all in $place"
