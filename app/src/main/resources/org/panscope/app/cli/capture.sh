#!/bin/sh
# Records what a kernel says of a Mali GPU with panthor, for Panscope. Made by `panscope capture-script`.
#
#   sudo sh capture.sh [-t SECONDS] [-o FILE] [COMMAND ...]
#
# With COMMAND it records while that runs, else for SECONDS (10). Needs root and tracefs, nothing else; where trace-cmd
# is installed the file is binary (trace.dat), else it is text, packed if there is a gzip. Bring the file back and open
# it with `panscope open FILE`.
#
# It records into an instance of its own, so that other users of tracing are not disturbed, and removes it at the end.
set -u

MARKERS=@MARKERS@
KPROBES=@KPROBES@
INSTANCE=panscope
BUFFER_KB=20480

say() { printf '%s\n' "capture: $*" >&2; }
fail() { say "$*"; exit 1; }

seconds=10
out=
while getopts t:o:h option; do
  case $option in
    t) seconds=$OPTARG ;;
    o) out=$OPTARG ;;
    *) sed -n '2,10p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))

# ---- where tracing is

tracefs=${PANSCOPE_TRACEFS:-}
if [ -z "$tracefs" ]; then
  for place in /sys/kernel/tracing /sys/kernel/debug/tracing; do
    if [ -e "$place/trace_clock" ]; then tracefs=$place; break; fi
  done
  if [ -z "$tracefs" ] && mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null; then
    tracefs=/sys/kernel/tracing
  fi
fi
[ -n "$tracefs" ] && [ -e "$tracefs/trace_clock" ] ||
  fail "no tracefs: the kernel lacks CONFIG_FTRACE, or this is not root"
[ -w "$tracefs/trace_clock" ] || fail "$tracefs is not writable: run this as root"

# ---- what there is, and what will be missing

wanted='dma_fence gpu_scheduler panthor irq workqueue sched/sched_switch sched/sched_waking drm devfreq rpm gpu_mem power/cpu_frequency'
events=
missing=
for event in $wanted; do
  if [ -e "$tracefs/events/$event/enable" ]; then
    events="$events $event"
  else
    missing="$missing $event"
  fi
done
[ -n "$events" ] || fail "none of the events is there:$missing"
for event in $missing; do
  case $event in
    dma_fence) say "missing $event: no fences will be seen" ;;
    gpu_scheduler) say "missing $event: no jobs will be seen; is gpu-sched loaded?" ;;
    panthor) say "missing $event: no job interrupts' masks, no power of shader cores (kernels before 7)" ;;
    sched/*) say "missing $event: who runs on a CPU will not be seen" ;;
    *) say "missing $event" ;;
  esac
done
say "not to be seen in any capture without markers: rings, INSERT and EXTRACT, doorbells, slots"

clock=
for name in mono boot global; do
  if grep -qw "$name" "$tracefs/trace_clock"; then clock=$name; break; fi
done
[ -n "$clock" ] || { clock=local; say "only the clock local: times of different CPUs may differ"; }

# ---- the instance

root=$tracefs/instances/$INSTANCE
if ! mkdir "$root" 2>/dev/null && [ ! -d "$root" ]; then
  fail "no instance can be made below $tracefs/instances"
fi
probes=
put() { # value file
  printf '%s\n' "$1" >"$2" 2>/dev/null || say "cannot write $1 to $2"
}
finish() {
  put 0 "$root/tracing_on"
  for probe in $probes; do
    # A probe in use cannot be removed, and opening the list to overwrite it would remove everybody's.
    put 0 "$root/events/$probe/enable"
    printf '%s\n' "-:$probe" 2>/dev/null >>"$tracefs/kprobe_events" || say "cannot remove the probe $probe"
  done
  rmdir "$root" 2>/dev/null || true
}
trap 'finish; exit 130' INT TERM

put 0 "$root/tracing_on"
put "$clock" "$root/trace_clock"
put "$BUFFER_KB" "$root/buffer_size_kb"
[ -e "$root/options/record-tgid" ] && put 1 "$root/options/record-tgid"
for event in $events; do put 1 "$root/events/$event/enable"; done

if [ "$KPROBES" = 1 ]; then
  # Where groups are bound and unbound, what ticks do, and when jobs are written into a ring, with the arguments that
  # tell which group and which slot (panthor_sched.c). Where arguments cannot be recorded, the event is named after the
  # call alone, so that nobody takes it for more.
  case $(uname -m) in *64*) pointer=x64 ;; *) pointer=x32 ;; esac
  while read -r function arguments; do
    if ! grep -qw "$function" "$tracefs/available_filter_functions" 2>/dev/null; then
      say "missing probe: $function is inlined, or panthor is not loaded"
      continue
    fi
    probe=panscope/$function
    if ! printf '%s\n' "p:$probe $function $arguments" 2>/dev/null >>"$tracefs/kprobe_events"; then
      probe=panscope/${function}_called
      say "no arguments of $function: slots will not be told"
      printf '%s\n' "p:$probe $function" 2>/dev/null >>"$tracefs/kprobe_events" || continue
    fi
    probes="$probes $probe"
    put 1 "$root/events/$probe/enable"
  done <<EOF
group_bind_locked group=\$arg1:$pointer csg_id=\$arg2:u32
group_unbind_locked group=\$arg1:$pointer
csg_slot_prog_locked csg_id=\$arg2:u32 priority=\$arg3:u32
csgs_upd_ctx_apply_locked update_mask=+0(\$arg2):x32
sched_process_csg_irq_locked csg_id=\$arg2:u32
tick_work
tick_ctx_apply
queue_run_job job=\$arg1:$pointer
panthor_sched_kick
EOF
fi

if [ "$MARKERS" = 1 ]; then
  # Markers go to the instance, if the user-mode driver is told so.
  PANSCOPE_TRACE_MARKER=$root/trace_marker
  export PANSCOPE_TRACE_MARKER
  say "markers: the driver writes psm1 lines to \$PANSCOPE_TRACE_MARKER ($PANSCOPE_TRACE_MARKER)"
fi

# ---- recording

put 1 "$root/tracing_on"
status=0
if [ $# -gt 0 ]; then
  "$@" || status=$?
  say "the command ended with $status"
else
  sleep "$seconds"
fi
put 0 "$root/tracing_on"

lost=0
for stats in "$root"/per_cpu/cpu*/stats; do
  [ -e "$stats" ] || continue
  over=$(sed -n 's/^overrun: *//p' "$stats")
  lost=$((lost + ${over:-0}))
done
[ "$lost" = 0 ] || say "$lost events were overwritten: record for a shorter time, or raise BUFFER_KB in this script"

stamp=$(date +%Y%m%d-%H%M%S 2>/dev/null || echo now)
if command -v trace-cmd >/dev/null 2>&1 && [ -z "${PANSCOPE_TRACEFS:-}" ]; then
  file=${out:-panscope-$stamp.dat}
  trace-cmd extract -B "$INSTANCE" -o "$file" >/dev/null 2>&1 || file=
else
  file=
fi
if [ -z "$file" ]; then
  file=${out:-panscope-$stamp.txt}
  cat "$root/trace" >"$file" || fail "cannot write $file"
  if [ -z "$out" ] && command -v gzip >/dev/null 2>&1; then gzip -f "$file" && file=$file.gz; fi
fi
finish
say "bring back $file"
printf '%s\n' "$file"
exit "$status"
