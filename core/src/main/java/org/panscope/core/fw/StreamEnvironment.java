package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Simulation;

/// What executing instructions see of the rest of the machine. A [CommandStream] on a CSG slot is
/// one such environment; a tool that runs a stream by itself can be another.
public interface StreamEnvironment {
    GpuParameters parameters();

    PhysicalMemory memory();

    long timestamp();

    long cycleCount();

    int latestFlushId();

    /// Physical address of a word that does not cross a page, or a negative exception code, as
    /// [org.panscope.core.hw.GpuMmu#translate].
    long translate(long va, int sizeBytes, Access access);

    /// An access did not translate; the stream stops until the host reacted.
    void memoryFault(long va, int exception, Access access);

    /// A recoverable report: the stream goes on in error state.
    void fault(int exception, int data, long info);

    /// The end of this stream.
    void fatal(int exception, int data, long info);

    /// Lets time pass for an asynchronous operation.
    Simulation.Timer after(long delayNs, Runnable action);

    /// Bytes of a buffer were stored by the GPU.
    void stored(long physicalAddress, byte[] data);

    /// A sync object was stored; waiters in reach shall look again.
    void syncStored(SyncStore store);

    /// A sync object was compared for a waiting stream.
    void syncEvaluated(long va, long value, long reference, boolean greater, boolean satisfied);

    /// The caches were flushed.
    void flushPerformed();

    /// Progress counter of a queue of the same group.
    long progressOf(int queue);

    /// The own progress counter changed.
    void progressChanged();

    /// What runs its jobs.
    default Endpoints endpoints() {
        return Endpoints.UNLIMITED;
    }

    /// Address of the instruction that is executed now.
    default long instructionAddress() {
        return 0;
    }

    /// Counters of a tiler heap, which all queues share.
    HeapCounters heap(long contextVa);

    /// Where trace points are written, or null when the host configured nothing.
    default @Nullable Instrumentation instrumentation() {
        return null;
    }

    /// The stream cannot go on outside protected mode.
    default void protectedModeNeeded() {}

    /// Adds to a scoreboard slot that the queues of a group share; it never falls below 0.
    void changeSharedSlot(int entry, int change);

    /// Slots drained: a blocked instruction may go on.
    void scoreboardChanged();

    /// Sequence number of the event that the next events follow from, or -1.
    long cause();

    /// Sets what the next events follow from.
    void setCause(long seq);

    /// The instrumentation buffer of a queue, in the group's address space.
    ///
    /// @param sizeBytes a multiple of 4, not 0
    /// @param offsetVa address of the 64-bit count of bytes ever written
    record Instrumentation(long baseVa, long sizeBytes, long offsetVa) {}

    /// A store to a sync object.
    ///
    /// @param sizeBytes width of the value, 4 or 8
    /// @param systemScope whether the host is told too
    record SyncStore(
            long va,
            long physicalAddress,
            int sizeBytes,
            long oldValue,
            long newValue,
            int oldError,
            int newError,
            boolean systemScope) {}

    /// Counters of a tiler heap context.
    final class HeapCounters {
        int vertexStarted;
        int vertexCompleted;
        int fragmentCompleted;
    }
}
