package org.panscope.trace.perfetto;

import org.panscope.trace.quality.DeferredLosses;

import java.util.SortedMap;
import java.util.TreeMap;

/// What the recorder itself counted as lost.
///
/// perfetto: protos/perfetto/trace/ftrace/ftrace_stats.proto,
/// protos/perfetto/common/trace_stats.proto
final class RecorderStats {
    private static final int AT_START = 1;
    private static final int MOST_CPUS = 1 << 16;

    private record Overrun(long overwritten, long dropped, long commits) {}

    private final SortedMap<Integer, Overrun> atStart = new TreeMap<>();
    private final SortedMap<Integer, Overrun> last = new TreeMap<>();
    private final SortedMap<String, Long> buffers = new TreeMap<>();
    private final SortedMap<String, String> unavailable = new TreeMap<>();
    private final ProtoCursor inner = new ProtoCursor();

    void addFtrace(ProtoCursor in) throws ProtoException {
        int phase = 0;
        SortedMap<Integer, Overrun> cpus = new TreeMap<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> phase = in.int32();
                case 2 -> cpu(inner.on(in), cpus);
                case 6 -> notRecorded(in.text(), "is not known to this kernel");
                case 7 -> notRecorded(in.text(), "could not be turned on");
                default -> {}
            }
        }
        (phase == AT_START ? atStart : last).putAll(cpus);
    }

    private void notRecorded(String event, String why) {
        if (unavailable.size() < 1000) {
            unavailable.put(event, why);
        }
    }

    private static void cpu(ProtoCursor in, SortedMap<Integer, Overrun> into)
            throws ProtoException {
        int cpu = 0;
        long overwritten = 0;
        long dropped = 0;
        long commits = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> cpu = in.int32();
                case 3 -> overwritten = in.number();
                case 4 -> commits = in.number();
                case 8 -> dropped = in.number();
                default -> {}
            }
        }
        if (into.size() < MOST_CPUS) {
            into.put(cpu, new Overrun(overwritten, dropped, commits));
        }
    }

    void addTrace(ProtoCursor in) throws ProtoException {
        SortedMap<String, Long> found = new TreeMap<>();
        while (in.next()) {
            if (in.field() == 1 && !in.isNumber()) {
                inner.on(in);
                while (inner.next()) {
                    String what = bufferLoss(inner.field());
                    if (!what.isEmpty()) {
                        found.merge(what, inner.number(), Long::sum);
                    }
                }
            }
        }
        // Every packet of this kind tells the sums so far.
        buffers.putAll(found);
    }

    private static String bufferLoss(int field) {
        return switch (field) {
            case 3 -> "chunks overwritten before they were read";
            case 18 -> "chunks discarded by a full buffer";
            case 19 -> "packets lost by writers for want of room";
            case 7 -> "patches that failed";
            case 9 -> "violations of the shared memory protocol";
            default -> "";
        };
    }

    void report(DeferredLosses losses) {
        last.forEach((cpu, end) -> {
            Overrun begin = atStart.getOrDefault(cpu, new Overrun(0, 0, 0));
            overrun(losses, cpu, "overrun", end.overwritten() - begin.overwritten());
            overrun(losses, cpu, "dropped events", end.dropped() - begin.dropped());
            overrun(losses, cpu, "commit overrun", end.commits() - begin.commits());
        });
        buffers.forEach((what, count) -> {
            if (count > 0) {
                losses.lost("buffer-overwritten", "trace buffer: " + count + " " + what, null);
            }
        });
        unavailable.forEach((event, why) -> losses.lost("not-recorded", event + " " + why, null));
    }

    private static void overrun(DeferredLosses losses, int cpu, String what, long count) {
        if (count > 0) {
            losses.lost(
                    "buffer-overwritten",
                    "CPU: " + cpu + ": " + what + " " + count,
                    count,
                    cpu,
                    null);
        }
    }
}
