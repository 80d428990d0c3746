package org.panscope.core.sim;

import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;

/// Somebody who does things in a machine: a thread, an interrupt handler, the microcontroller. What
/// it is called, what it holds, and why it runs just now go into the header of its events.
public final class Actor {
    private final String comm;
    private final int pid;
    private final int leader;
    private final String context;
    private final List<String> locks = new ArrayList<>();
    private String lockText = "";
    private long cause = EventHeader.NO_CAUSE;
    private int cpu = EventHeader.UNKNOWN;

    /// @param comm name as the kernel would print it
    /// @param pid thread id, or [EventHeader#UNKNOWN] for hardware
    /// @param context `user`, `ioctl`, `irq`, `work`, `fw`, `gpu`, ...
    public Actor(String comm, int pid, String context) {
        this(comm, pid, pid, context);
    }

    /// @param leader pid of the thread group it belongs to
    public Actor(String comm, int pid, int leader, String context) {
        this.comm = comm;
        this.pid = pid;
        this.leader = leader;
        this.context = context;
    }

    public String comm() {
        return comm;
    }

    public int pid() {
        return pid;
    }

    /// Id of its thread group: the pid of a process.
    public int leader() {
        return leader;
    }

    /// Sequence number of the event that made this actor run, or [EventHeader#NO_CAUSE].
    public long cause() {
        return cause;
    }

    public void setCause(long seq) {
        cause = seq;
    }

    public String context() {
        return context;
    }

    /// The CPU it runs on or ran on last, or [EventHeader#UNKNOWN] in a machine without CPUs.
    public int cpu() {
        return cpu;
    }

    public void setCpu(int number) {
        cpu = number;
    }

    /// Names of the locks it holds, joined by `+`.
    public String locks() {
        return lockText;
    }

    void acquired(String lock) {
        locks.add(lock);
        lockText = String.join("+", locks);
    }

    void released(String lock) {
        locks.remove(locks.lastIndexOf(lock));
        lockText = String.join("+", locks);
    }

    EventHeader header(long timeNs, int track, long causeSeq) {
        return new EventHeader(timeNs, track, causeSeq, false, cpu, pid, comm, context, lockText);
    }
}
