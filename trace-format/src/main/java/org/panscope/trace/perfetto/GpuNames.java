package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Names of a GPU's counters, and of its queues and stages where a writer of the older kind lists
/// them.
///
/// perfetto: protos/perfetto/common/gpu_counter_descriptor.proto,
/// protos/perfetto/trace/gpu/gpu_render_stage_event.proto
final class GpuNames {
    private static final int MOST = 1 << 16;

    private record Key(long sequence, int list, long id) {}

    private final Map<Key, String> names = new HashMap<>();
    private final ProtoCursor middle = new ProtoCursor();
    private final ProtoCursor inner = new ProtoCursor();

    static final int COUNTERS = 0;
    static final int QUEUES = 2;
    static final int STAGES = 3;

    @Nullable String name(long sequence, int list, long id) {
        return names.get(new Key(sequence, list, id));
    }

    /// Takes in a counter packet that may describe its counters.
    void addCounters(long sequence, ProtoCursor in) throws ProtoException {
        while (in.next()) {
            if (in.field() == 1 && !in.isNumber()) {
                middle.on(in);
                while (middle.next()) {
                    if (middle.field() == 1 && !middle.isNumber()) {
                        counter(sequence, inner.on(middle));
                    }
                }
            }
        }
    }

    private void counter(long sequence, ProtoCursor in) throws ProtoException {
        long id = 0;
        String name = "";
        while (in.next()) {
            if (in.field() == 1) {
                id = in.number();
            } else if (in.field() == 2) {
                name = in.text();
            }
        }
        put(new Key(sequence, COUNTERS, id), name);
    }

    /// Takes in a render stage packet that may list queues and stages.
    void addSpecifications(long sequence, ProtoCursor in) throws ProtoException {
        while (in.next()) {
            if (in.field() == 7 && !in.isNumber()) {
                long[] next = new long[4];
                middle.on(in);
                while (middle.next()) {
                    int list = middle.field();
                    if ((list == QUEUES || list == STAGES) && !middle.isNumber()) {
                        put(new Key(sequence, list, next[list]++), description(inner.on(middle)));
                    }
                }
            }
        }
    }

    private static String description(ProtoCursor in) throws ProtoException {
        String name = "";
        while (in.next()) {
            name = in.field() == 1 ? in.text() : name;
        }
        return name;
    }

    private void put(Key key, String name) {
        if (names.size() < MOST) {
            names.put(key, name);
        }
    }
}
