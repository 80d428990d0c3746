package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

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
