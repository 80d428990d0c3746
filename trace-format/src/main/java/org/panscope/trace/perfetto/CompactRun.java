package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The switches or the wakings of a bundle, which are stored as columns.
///
/// perfetto: protos/perfetto/trace/ftrace/ftrace_event_bundle.proto, CompactSched
final class CompactRun extends Run {
    private static final int MOST_NAMES = 1 << 20;
    private static final int NAMES = 5;

    /// Columns by their field: time, state, pid, priority, name.
    private static final int[] SWITCH_COLUMNS = {1, 2, 3, 4, 6};

    /// Columns by their field: time, pid, CPU, priority, name.
    private static final int[] WAKING_COLUMNS = {7, 8, 9, 10, 11};

    private final Bundle bundle;
    private final FtraceDecoder decoder;
    private final boolean isSwitch;
    private final List<String> names = new ArrayList<>();
    private final ProtoCursor[] columns = new ProtoCursor[SWITCH_COLUMNS.length];
    private final long[] row = new long[SWITCH_COLUMNS.length];
    private long ownTime;
    private long timeNs;

    /// @param bundle read already
    CompactRun(long order, Bundle bundle, boolean isSwitch, FtraceDecoder decoder)
            throws ProtoException {
        super(order);
        this.bundle = bundle;
        this.isSwitch = isSwitch;
        this.decoder = decoder;
        int[] wanted = isSwitch ? SWITCH_COLUMNS : WAKING_COLUMNS;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ProtoCursor();
        }
        ProtoCursor compact = bundle.compact(new ProtoCursor());
        while (compact.next()) {
            if (compact.field() == NAMES && !compact.isNumber()) {
                if (names.size() >= MOST_NAMES) {
                    throw compact.error("more than " + MOST_NAMES + " names");
                }
                names.add(decoder.texts().get(compact));
            }
            for (int i = 0; i < wanted.length; i++) {
                if (compact.field() == wanted[i] && !compact.isNumber()) {
                    columns[i].on(compact);
                }
            }
        }
    }

    @Override
    long timeNs() {
        return timeNs;
    }

    @Override
    boolean advance() throws ProtoException {
        if (columns[0].atEnd()) {
            return false;
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].atEnd()) {
                throw columns[i].error("columns of different lengths");
            }
            row[i] = columns[i].packed();
        }
        ownTime += row[0];
        if (row[0] < 0 || ownTime < 0) {
            throw columns[0].error("a time beyond all times");
        }
        timeNs = bundle.toNs(ownTime);
        return true;
    }

    @Override
    void write() throws IOException {
        if (isSwitch) {
            writeSwitch();
        } else {
            writeWaking();
        }
    }

    private void writeSwitch() throws IOException {
        int cpu = bundle.cpu();
        CpuStates cpus = decoder.cpus();
        int previous = cpus.pid(cpu);
        @Nullable Object[] fields = {
            previous < 0 ? null : cpus.comm(cpu),
            previous < 0 ? null : (Long) (long) previous,
            previous < 0 ? null : (Long) (long) cpus.prio(cpu),
            row[1],
            name(row[4]),
            (long) (int) row[2],
            (long) (int) row[3]
        };
        decoder.writeCompact(FtraceEvents.SCHED_SWITCH, timeNs, cpu, previous, fields);
    }

    private void writeWaking() throws IOException {
        int cpu = bundle.cpu();
        @Nullable Object[] fields = {
            name(row[4]), (long) (int) row[1], (long) (int) row[3], null, (long) (int) row[2]
        };
        decoder.writeCompact(
                FtraceEvents.SCHED_WAKING, timeNs, cpu, decoder.cpus().pid(cpu), fields);
    }

    private @Nullable String name(long index) {
        return index >= 0 && index < names.size() ? names.get((int) index) : null;
    }
}
