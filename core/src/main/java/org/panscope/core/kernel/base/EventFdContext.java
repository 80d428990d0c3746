package org.panscope.core.kernel.base;

import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.ThreadListener;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.OpenFile;
import org.panscope.trace.event.KernelEvent;

/// An `eventfd_ctx`: a 64-bit counter that signals add to and a read empties.
///
/// kernel: fs/eventfd.c
public final class EventFdContext implements EventFd, OpenFile {
    private final Simulation sim;
    private final int fd;
    private final int id;
    private final int track;
    private final WaitQueue readers;
    private String owner;
    private long counter;

    /// @param fd descriptor in the process
    /// @param id identity in the trace
    /// @param track lane of its events
    public EventFdContext(Simulation sim, int fd, int id, int track) {
        this.sim = sim;
        this.fd = fd;
        this.id = id;
        this.track = track;
        owner = "eventfd:" + id;
        readers = new WaitQueue(sim, ThreadListener.Rest.INTERRUPTIBLE);
    }

    @Override
    public int fd() {
        return fd;
    }

    public int id() {
        return id;
    }

    public long counter() {
        return counter;
    }

    /// Object id of who signals it: itself, until somebody takes it.
    public String owner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }

    /// `eventfd_signal`. Readers run on because of it.
    public void signal() {
        long cause = sim.current().cause();
        counter++;
        sim.follow(track, new KernelEvent.Eventfd(owner, id, counter - 1, counter));
        readers.wakeAll();
        sim.current().setCause(cause);
    }

    @Override
    public long read(long timeoutNs) {
        if (!readers.awaitInterruptible(() -> counter != 0, timeoutNs)) {
            return 0;
        }
        long value = counter;
        counter = 0;
        sim.emit(track, new KernelEvent.Eventfd(owner, id, value, 0));
        return value;
    }
}
