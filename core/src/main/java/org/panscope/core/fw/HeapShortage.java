package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sim.Simulation;

import java.util.List;

/// What the streams of a group have to do with each other when one lacks tiler memory: one may have
/// the handler, another one may free the chunks. [TilerOom] is the state of a single stream.
final class HeapShortage {
    private final Simulation simulation;
    private final List<CommandStream> streams;

    HeapShortage(Simulation simulation, List<CommandStream> streams) {
        this.simulation = simulation;
        this.streams = streams;
    }

    /// Chunks of a heap may have become free: somebody may wait for them, in any queue.
    void memoryFreed() {
        long cause = simulation.current().cause();
        for (CommandStream stream : streams) {
            simulation.current().setCause(cause);
            stream.oom().memoryFreed();
        }
        simulation.current().setCause(cause);
    }

    /// The stream whose handler is to be run, or null. ASSUMPTION: fw.oom_handler: the own one
    /// first, then the first stream with the same heap.
    @Nullable CommandStream handlerFor(CommandStream needy) {
        if (needy.loop().handler().isPossible()) {
            return needy;
        }
        for (CommandStream stream : streams) {
            if (stream.loop().handler().isPossible()
                    && stream.core().heapVa == needy.core().stalledHeap()) {
                return stream;
            }
        }
        return null;
    }

    /// Whether a stream is in its handler for a heap, perhaps since before it was suspended.
    boolean isHandlerRunning(long heapVa) {
        return streams.stream().anyMatch(stream -> stream.loop().handler().isRunningFor(heapVa));
    }

    /// A handler has ended: whoever waits for it goes on.
    void handlerEnded() {
        for (CommandStream stream : streams) {
            stream.oom().handlerEnded();
        }
    }
}
