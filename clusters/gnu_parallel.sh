#!/bin/sh
# Counts and merges a run on this machine, or on those of a file of host names, with GNU parallel:
#
#   clusters/gnu_parallel.sh JOB SHARDS [OUT] [HOSTS]
#
# JOB is what `tidegate plan … --shards SHARDS --out JOB` made, by its absolute path if there are HOSTS, all of which must
# reach it. What was counted stays; the same command goes on with the rest.
set -eu
job=$1 shards=$2 out=${3:-output/run} hosts=${4:-}
seq 0 $((shards - 1)) |
    parallel --jobs 100% --retries 3 --halt soon,fail=20% ${hosts:+--sshloginfile "$hosts"} \
        tidegate shard "$job" {} --threads 1
exec tidegate merge "$job" --out "$out"
