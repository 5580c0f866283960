#!/bin/sh
# A Slurm controller, a node of three processors and their munge on this machine, all in one folder, without systemd and
# without touching /etc. As root, with the packages slurmctld, slurmd, slurm-client and munge:
#
#   set -- FOLDER
#   . clusters/loopback/slurm_here.sh             # starts it and points sbatch, squeue and scancel to it
#   slurm_end                                     # ends it
#
# Jobs find `tidegate` on their path, or what TIDEGATE names.
slurm_place=$1
mkdir -p "$slurm_place/state" "$slurm_place/spool" "$slurm_place/munge"
export SLURM_CONF="$slurm_place/slurm.conf"
slurm_host=$(hostname -s)
cat >"$SLURM_CONF" <<CONF
ClusterName=loopback
SlurmctldHost=$slurm_host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$slurm_place/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,batch_sched_delay=0
SlurmUser=root
SlurmdUser=root
SlurmdTimeout=20
ReturnToService=2
JobRequeue=1
MailProg=/bin/true
SlurmdParameters=config_overrides
StateSaveLocation=$slurm_place/state
SlurmdSpoolDir=$slurm_place/spool
SlurmctldPidFile=$slurm_place/slurmctld.pid
SlurmdPidFile=$slurm_place/slurmd.pid
SlurmctldLogFile=$slurm_place/slurmctld.log
SlurmdLogFile=$slurm_place/slurmd.log
NodeName=$slurm_host NodeAddr=127.0.0.1 CPUs=3 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES State=UP
CONF
chmod 700 "$slurm_place/munge"
dd if=/dev/urandom of="$slurm_place/munge/key" bs=128 count=1 2>/dev/null
chmod 400 "$slurm_place/munge/key"
# The socket must be reachable through every folder above it, or munged wants to be told.
munged --force --key-file="$slurm_place/munge/key" --socket="$slurm_place/munge/socket" \
    --pid-file="$slurm_place/munge/pid" --log-file="$slurm_place/munge/log" --seed-file="$slurm_place/munge/seed"
if [ -n "${TIDEGATE:-}" ]; then
    mkdir -p "$slurm_place/bin"
    ln -sf "$(realpath "$TIDEGATE")" "$slurm_place/bin/tidegate"
    PATH=$slurm_place/bin:$PATH
fi
slurmctld
slurmd

# Says whether what was found is what was expected, and ends the script if not.
check() {
    if [ "$2" = "$3" ]; then echo "ok    $1"; else echo "FAIL  $1: expected $3, found $2" && exit 1; fi
}

slurm_end() {
    for pid in "$slurm_place/slurmd.pid" "$slurm_place/slurmctld.pid" "$slurm_place/munge/pid"; do
        if [ -s "$pid" ]; then kill "$(cat "$pid")" 2>/dev/null || true; fi
    done
}

slurm_tries=0
until [ "$(sinfo --noheader --format=%t 2>/dev/null)" = idle ]; do
    slurm_tries=$((slurm_tries + 1))
    if [ "$slurm_tries" -gt 60 ]; then
        echo "Slurm does not start; see $slurm_place/slurmctld.log and slurmd.log" >&2
        slurm_end
        exit 1
    fi
    sleep 1
done
