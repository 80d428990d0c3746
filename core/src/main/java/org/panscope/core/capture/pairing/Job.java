package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;

/// A job of the GPU scheduler on its way. Which of its names are known depends on the kernel: new
/// ones print the finished fence, old ones the address of that fence and an id within the ring.
final class Job {
    final String ring;
    final String id;
    final long address;

    /// [FenceKey] of its finished fence.
    long finished;

    /// [FenceKey] of the driver's fence for it.
    long hardware = FenceKey.NONE;

    /// The interval it is in: queued, then run. Null once it is over.
    @Nullable Pair pair;

    long runNs;
    boolean endsByTimeout;

    Job(String ring, String id, long address, long finished) {
        this.ring = ring;
        this.id = id;
        this.address = address;
        this.finished = finished;
    }

    boolean isRunning() {
        return pair != null && pair.kind() == PairKind.JOB_RUN;
    }
}
