package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which process a thread that writes `psm1` markers belongs to. Captures name threads; the process
/// is known from the column `tgid` where it was recorded, and from the marker `hdr`, which a client
/// writes once.
///
/// ASSUMPTION: while exactly one client has said `hdr`, a thread of which nothing is known is one
/// of its threads.
public final class Psm1Processes {
    private final Map<Integer, Integer> processOfThread = new TreeMap<>();
    private final Map<Integer, String> names = new TreeMap<>();

    /// The processes of a whole trace.
    public static Psm1Processes of(Trace trace) {
        Psm1Processes processes = new Psm1Processes();
        List<EventTypeInfo> types = trace.types();
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            EventTypeInfo type = types.get(cursor.typeIndex());
            int verb = type.fieldIndex("verb");
            if (verb >= 0 && cursor.value(verb) instanceof String text) {
                processes.learn(
                        cursor.pid(),
                        number(cursor, type.fieldIndex("tgid")),
                        cursor.comm(),
                        text,
                        number(cursor, type.fieldIndex("pid")));
            }
        }
        return processes;
    }

    private static @Nullable Long number(EventCursor cursor, int field) {
        return field >= 0 && cursor.value(field) instanceof Long number ? number : null;
    }

    /// Takes in one marker.
    ///
    /// @param pid the thread that wrote it
    /// @param tgid its process, where the capture tells
    /// @param comm the thread's name
    /// @param verb the marker's verb
    /// @param hdrPid the value of the key `pid`, where present
    public void learn(
            int pid,
            @Nullable Long tgid,
            @Nullable String comm,
            String verb,
            @Nullable Long hdrPid) {
        Integer process = processOfThread.get(pid);
        if (tgid != null) {
            process = tgid.intValue();
        } else if (verb.equals("hdr")
                && hdrPid != null
                && hdrPid > 0
                && hdrPid < Integer.MAX_VALUE) {
            process = hdrPid.intValue();
        }
        if (process != null) {
            processOfThread.put(pid, process);
            if (comm != null) {
                names.putIfAbsent(process, comm);
            }
        }
    }

    /// The process of a thread; the thread itself where nothing better is known.
    public int processOf(int pid) {
        Integer known = processOfThread.get(pid);
        if (known != null) {
            return known;
        }
        return names.size() == 1 ? names.keySet().iterator().next() : pid;
    }

    /// Name of a process, from the first of its threads that wrote a marker.
    public @Nullable String nameOf(int process) {
        return names.get(process);
    }
}
