package org.panscope.core.fw;

import org.panscope.core.fw.StreamEnvironment.HeapCounters;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.trace.event.FirmwareEvent.HeapStep;

/// What happens while the tiler of a stream has run out of heap memory.
///
/// ```
/// ask the host -> a chunk: go on
///              -> nothing: passes wait for their fragment work? wait until it frees chunks
///                          else a stream has a handler? run it, go on when it has ended
///                          else the job fails with OOM
/// ```
///
/// kernel: panthor_sched.c: group_process_tiler_oom; Mesa: panvk_vX_cmd_buffer.c and its handler
final class TilerOom {
    private final GroupInterface group;
    private final CommandStream stream;
    private final McuMemory memory;
    private Phase phase = Phase.NONE;
    private long bytesBefore;

    private enum Phase {
        NONE,
        ASKED,
        WAITS_FOR_FRAGMENTS,
        HANDLER_RUNS
    }

    TilerOom(GroupInterface group, CommandStream stream, McuMemory memory) {
        this.group = group;
        this.stream = stream;
        this.memory = memory;
    }

    /// The stream starts, perhaps again: an event of before that the host has not answered is
    /// withdrawn, and raised anew when a job needs memory again.
    void started() {
        group.withdrawEvent(stream.index(), FwBits.CS_TILER_OOM);
    }

    /// Whether jobs wait for memory that somebody was asked for.
    boolean isShort() {
        return phase != Phase.NONE;
    }

    /// The stream stops: nothing is out of memory.
    void forget() {
        phase = Phase.NONE;
    }

    /// A job cannot go on. Its bytes in memory are up to date for whoever looks.
    void ranOut() {
        if (phase != Phase.NONE) {
            return;
        }
        phase = Phase.ASKED;
        TilerMemory.publish(stream.core());
        TilerHeapContext heap = heap();
        HeapCounters counters = heap.counters();
        heap.tell(HeapStep.OUT_OF_MEMORY);
        stream.reporter().tilerOutOfMemory(counters, heapVa());
    }

    /// The host rang the stream: perhaps it has answered.
    void look() {
        boolean answered =
                phase == Phase.ASKED && !group.isEventPending(stream.index(), FwBits.CS_TILER_OOM);
        if (!answered) {
            return;
        }
        long in = group.csInput(stream.index());
        long first = memory.read64(in + CsInput.HEAP_START);
        long last = memory.read64(in + CsInput.HEAP_END);
        if (first != 0) {
            heap().give(first, last == 0 ? first : last, HeapStep.GROWN);
            goOn();
            return;
        }
        TilerHeapContext heap = heap();
        heap.tell(HeapStep.REFUSED);
        stream.core().retryStalled(false);
        if (stream.core().bytesMissing() == 0) {
            phase = Phase.NONE;
            return;
        }
        HeapCounters counters = heap.counters();
        if (counters.vertexCompleted - counters.fragmentCompleted > 0) {
            phase = Phase.WAITS_FOR_FRAGMENTS;
        } else {
            runHandler();
        }
    }

    /// Chunks of some heap were freed.
    void memoryFreed() {
        if (phase == Phase.WAITS_FOR_FRAGMENTS) {
            goOn();
        }
    }

    /// The handler of a stream of the group has ended.
    void handlerEnded() {
        if (phase == Phase.NONE) {
            return;
        }
        TilerMemory.reread(stream.core());
        if (phase != Phase.HANDLER_RUNS) {
            return;
        }
        stream.core().retryStalled(false);
        if (stream.core().bytesMissing() < bytesBefore) {
            goOn();
        } else {
            fail();
        }
    }

    private void runHandler() {
        bytesBefore = stream.core().bytesMissing();
        if (group.shortage().isHandlerRunning(heapVa())) {
            phase = Phase.HANDLER_RUNS;
            return;
        }
        CommandStream handler = group.shortage().handlerFor(stream);
        if (handler == null) {
            fail();
            return;
        }
        phase = Phase.HANDLER_RUNS;
        handler.loop().handler().enter(heapVa());
    }

    private void fail() {
        phase = Phase.NONE;
        stream.core().failStalled(ExceptionType.OOM, heapVa());
    }

    private void goOn() {
        phase = Phase.NONE;
        stream.core().retryStalled(true);
    }

    private TilerHeapContext heap() {
        StreamEnvironment environment = stream.core().environment;
        return new TilerHeapContext(environment, new GpuWords(environment), heapVa());
    }

    private long heapVa() {
        return stream.core().stalledHeap();
    }
}
