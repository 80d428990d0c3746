package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Which thread each CPU runs, by the switches so far.
final class CpuStates {
    private static final int UNKNOWN = -1;

    private int[] pid = new int[0];
    private int[] prio = new int[0];
    private @Nullable String[] comm = new @Nullable String[0];

    /// The thread on a CPU, or -1 when no switch told.
    int pid(int cpu) {
        return cpu >= 0 && cpu < pid.length ? pid[cpu] : UNKNOWN;
    }

    /// Its priority; asked for only where [#pid] knows a thread.
    int prio(int cpu) {
        return prio[cpu];
    }

    @Nullable String comm(int cpu) {
        return cpu >= 0 && cpu < pid.length ? comm[cpu] : null;
    }

    void runs(int cpu, int nextPid, int nextPrio, @Nullable String nextComm) {
        if (cpu < 0) {
            return;
        }
        if (cpu >= pid.length) {
            int before = pid.length;
            pid = Arrays.copyOf(pid, cpu + 1);
            prio = Arrays.copyOf(prio, cpu + 1);
            comm = Arrays.copyOf(comm, cpu + 1);
            Arrays.fill(pid, before, pid.length, UNKNOWN);
        }
        pid[cpu] = nextPid;
        prio[cpu] = nextPrio;
        comm[cpu] = nextComm;
    }

    /// Events of a CPU were lost: nobody knows what it runs.
    void forget(int cpu) {
        if (cpu >= 0 && cpu < pid.length) {
            pid[cpu] = UNKNOWN;
            comm[cpu] = null;
        }
    }
}
