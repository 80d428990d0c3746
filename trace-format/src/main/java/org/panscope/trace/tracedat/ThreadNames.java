package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Names of threads by their number: those the file lists, and for others the first one that a
/// scheduler event gives, as trace-cmd does. A name a thread takes later shows in the events'
/// fields.
///
/// libtraceevent: plugins/plugin_sched_switch.c, write_and_save_comm
final class ThreadNames {
    /// More threads than a kernel has numbers for.
    private static final int MOST = 4 << 20;

    private static final String[][] NAMED = {
        {"prev_pid", "prev_comm"}, {"next_pid", "next_comm"}, {"pid", "comm"}
    };

    private static final int IDS = 1 << 16;

    /// Numbers up to here are looked up in an array.
    private static final int SMALL = 1 << 16;

    private final @Nullable String[] small = new @Nullable String[SMALL];
    private final Map<Integer, String> names = new HashMap<>();

    /// Fields that name threads, by the number of the event in the file.
    private final int[] @Nullable [] teachers = new int[IDS] @Nullable [];

    /// @param listed those the file lists
    ThreadNames(Map<Integer, String> listed) {
        put(0, "<idle>");
        listed.forEach(this::put);
    }

    @Nullable String of(int pid) {
        return pid >= 0 && pid < SMALL ? small[pid] : names.get(pid);
    }

    private void put(int pid, String name) {
        if (of(pid) != null) {
            return;
        }
        if (pid >= 0 && pid < SMALL) {
            small[pid] = name;
        } else if (names.size() < MOST) {
            names.put(pid, name);
        }
    }

    /// Takes in the names of an event that was written.
    ///
    /// @param id of the event in the file, which tells its fields, of whatever buffer
    void learn(int id, FieldRow row) {
        int[] fields = teachers[id];
        if (fields == null) {
            fields = teaches(row.type());
            teachers[id] = fields;
        }
        for (int i = 0; i < fields.length; i += 2) {
            if (row.has(fields[i])) {
                int pid = (int) row.number(fields[i]);
                if (of(pid) == null && row.value(fields[i + 1]) instanceof String comm) {
                    put(pid, comm);
                }
            }
        }
    }

    /// Pairs of a number's and a name's field.
    private static int[] teaches(EventTypeInfo type) {
        boolean known =
                type.name().equals("sched_switch")
                        || type.name().equals("sched_wakeup")
                        || type.name().equals("sched_wakeup_new");
        int[] found = new int[known ? NAMED.length * 2 : 0];
        int size = 0;
        for (int i = 0; known && i < NAMED.length; i++) {
            int pid = type.fieldIndex(NAMED[i][0]);
            int comm = type.fieldIndex(NAMED[i][1]);
            if (pid >= 0 && comm >= 0) {
                found[size++] = pid;
                found[size++] = comm;
            }
        }
        return Arrays.copyOf(found, size);
    }
}
