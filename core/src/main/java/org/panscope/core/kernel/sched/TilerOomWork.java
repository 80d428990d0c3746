package org.panscope.core.kernel.sched;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.kernel.fwhost.FwBlock;
import org.panscope.core.kernel.heap.HeapPool;
import org.panscope.core.kernel.heap.HeapPool.Growth;
import org.panscope.core.uapi.Errno;

/// Answers streams whose tiler ran out of heap memory: a work item of one group, on a workqueue of
/// its own, since it allocates memory. The scheduler's lock is not held meanwhile, so the group can
/// lose its slot.
///
/// kernel: panthor_sched.c, group_tiler_oom_work, group_process_tiler_oom
final class TilerOomWork {
    private final Scheduler sched;
    private final Group group;

    TilerOomWork(Scheduler sched, Group group) {
        this.sched = sched;
        this.group = group;
    }

    void run() {
        int streams = group.takeTilerOom();
        for (; streams != 0; streams &= streams - 1) {
            process(Integer.numberOfTrailingZeros(streams));
        }
        group.put();
    }

    /// What a stream published with its event.
    private record Shortage(
            @Nullable HeapPool pool, long heapVa, int vtStart, int vtEnd, int fragEnd) {

        /// Render passes whose counts cannot be: rendered before tiled, or none being tiled.
        boolean isInconsistent() {
            return Integer.compareUnsigned(fragEnd, vtEnd) > 0
                    || Integer.compareUnsigned(vtEnd, vtStart) >= 0;
        }

        /// What its heap gives; as inconsistent counts do, a missing pool means -EINVAL.
        Growth grow() {
            return pool == null || isInconsistent()
                    ? new Growth(Errno.EINVAL, 0)
                    : pool.grow(heapVa, vtStart - fragEnd);
        }
    }

    private void process(int cs) {
        Shortage shortage = read(cs);
        if (shortage == null) {
            return;
        }
        Growth growth = shortage.grow();
        if (growth.errno() != 0 && growth.errno() != Errno.ENOMEM) {
            sched.kernel().log("group_process_tiler_oom", "Failed to extend the tiler heap");
            group.addFatal(1 << cs);
            sched.queueTick(0);
            return;
        }
        boolean answered = answer(cs, growth.chunk());
        HeapPool pool = shortage.pool();
        if (!answered && growth.chunk() != 0 && pool != null) {
            pool.giveBack(shortage.heapVa(), growth.chunk());
        }
    }

    /// Null when the group has lost its slot: the firmware asks again when it is back.
    private @Nullable Shortage read(int cs) {
        Shortage shortage = null;
        sched.lock().lock();
        if (group.csgId() >= 0) {
            FwBlock stream = sched.firmware().cs(group.csgId(), cs);
            shortage =
                    new Shortage(
                            sched.heaps().find(group.vm()),
                            stream.output64(CsOutput.HEAP_ADDRESS),
                            stream.output32(CsOutput.HEAP_VT_START),
                            stream.output32(CsOutput.HEAP_VT_END),
                            stream.output32(CsOutput.HEAP_FRAG_END));
        }
        sched.lock().unlock();
        return shortage;
    }

    /// Hands the chunk over, or 0 for none, unless the group has lost its slot.
    private boolean answer(int cs, long chunk) {
        sched.lock().lock();
        int slot = group.csgId();
        if (slot >= 0) {
            FwBlock stream = sched.firmware().cs(slot, cs);
            stream.write64(CsInput.HEAP_START, "heap_start", chunk);
            stream.write64(CsInput.HEAP_END, "heap_end", chunk);
            stream.acknowledge(FwBits.CS_TILER_OOM);
            sched.firmware().csg(slot).toggleDoorbellReq(1 << cs);
            sched.firmware().ringCsgDoorbells(1 << slot);
        }
        sched.lock().unlock();
        return slot >= 0;
    }
}
