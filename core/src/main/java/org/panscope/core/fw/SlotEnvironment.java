package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.hw.Access;
import org.panscope.core.hw.BoLocation;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.HeapStep;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SyncEvent;

/// The machine around a stream on a CSG slot: memory through the group's address space, sync
/// notifications, reports through the firmware interface.
final class SlotEnvironment implements StreamEnvironment {
    private final Gpu gpu;
    private final GroupInterface group;
    private final CommandStream stream;
    private final Endpoints endpoints;

    SlotEnvironment(Gpu gpu, GroupInterface group, CommandStream stream, Endpoints endpoints) {
        this.gpu = gpu;
        this.group = group;
        this.stream = stream;
        this.endpoints = endpoints;
    }

    @Override
    public GpuParameters parameters() {
        return gpu.parameters();
    }

    @Override
    public PhysicalMemory memory() {
        return gpu.memory();
    }

    @Override
    public long timestamp() {
        return gpu.timestamp();
    }

    @Override
    public long cycleCount() {
        return gpu.cycleCount();
    }

    @Override
    public int latestFlushId() {
        return gpu.latestFlushId();
    }

    @Override
    public long translate(long va, int sizeBytes, Access access) {
        return gpu.mmu().translate(group.addressSpace(), va, access);
    }

    @Override
    public void memoryFault(long va, int exception, Access access) {
        if (exception == ExceptionType.CS_BUS_FAULT) {
            stream.reporter().fatal(exception, 0, va);
            return;
        }
        stream.loop().stall();
        gpu.reportMmuFault(group.addressSpace(), va, exception, access);
    }

    @Override
    public void fault(int exception, int data, long info) {
        stream.reporter().fault(exception, data, info);
    }

    @Override
    public void fatal(int exception, int data, long info) {
        stream.reporter().fatal(exception, data, info);
    }

    @Override
    public Simulation.Timer after(long delayNs, Runnable action) {
        return gpu.simulation().schedule(gpu.actor(), delayNs, Simulation.HARDWARE, action);
    }

    @Override
    public void stored(long physicalAddress, byte[] data) {
        BoLocation location = gpu.locate(physicalAddress);
        if (location != null) {
            gpu.simulation()
                    .emit(
                            stream.track(),
                            new MemoryEvent.MemWrite(
                                    location.boId(),
                                    location.offset(),
                                    data,
                                    MemoryEvent.MemoryWriter.GPU));
        }
    }

    @Override
    public void syncStored(SyncStore store) {
        BoLocation location = gpu.locate(store.physicalAddress());
        gpu.simulation()
                .follow(
                        stream.track(),
                        new SyncEvent.SyncMem(
                                vmId(),
                                store.va(),
                                store.sizeBytes(),
                                store.oldValue(),
                                store.newValue(),
                                store.oldError(),
                                store.newError(),
                                SyncEvent.SyncWriter.GPU,
                                null,
                                null,
                                location == null ? null : location.boId(),
                                location == null ? null : location.offset()));
        group.syncStored(store.systemScope());
    }

    @Override
    public void syncEvaluated(
            long va, long value, long reference, boolean greater, boolean satisfied) {
        @Nullable Integer vmId = vmId() < 0 ? null : (Integer) vmId();
        gpu.simulation()
                .emit(
                        stream.track(),
                        new SyncEvent.SyncWaitEval(
                                vmId,
                                va,
                                value,
                                reference,
                                greater,
                                satisfied,
                                SyncEvent.Evaluator.FIRMWARE,
                                null,
                                null));
    }

    @Override
    public void flushPerformed() {
        gpu.flushPerformed();
    }

    @Override
    public long progressOf(int queue) {
        return group.progressOf(queue);
    }

    @Override
    public void progressChanged() {
        group.progressChanged();
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public long instructionAddress() {
        return stream.pc();
    }

    @Override
    public void endpointFault(long va, int exception) {
        gpu.reportMmuFault(group.addressSpace(), va, exception, Access.READ);
    }

    @Override
    public void heapChanged(
            HeapStep step, long contextVa, HeapCounters counters, @Nullable Long chunk) {
        HeapBook.Key heap = new HeapBook.Key(vmId(), contextVa);
        group.heaps().note(heap, step, counters, chunk);
        gpu.simulation()
                .follow(
                        stream.track(),
                        new FirmwareEvent.TilerHeap(
                                contextVa,
                                step,
                                group.index(),
                                stream.index(),
                                counters.vertexStarted,
                                counters.vertexCompleted,
                                counters.fragmentCompleted,
                                chunk,
                                heap.knownVmId()));
    }

    @Override
    public void heapMemoryFreed() {
        group.shortage().memoryFreed();
    }

    @Override
    public void tilerOutOfMemory() {
        stream.oom().ranOut();
    }

    @Override
    public HeapCounters heap(long contextVa) {
        return group.heaps().counters(new HeapBook.Key(vmId(), contextVa));
    }

    @Override
    public @Nullable Instrumentation instrumentation() {
        return stream.instrumentation();
    }

    @Override
    public void protectedModeNeeded() {
        group.raiseStreamEvent(stream.index(), FwBits.CS_PROTM_PENDING);
    }

    @Override
    public void changeSharedSlot(int entry, int change) {
        group.changeSharedSlot(entry, change);
    }

    @Override
    public void scoreboardChanged() {
        stream.loop().scoreboardChanged();
    }

    @Override
    public long cause() {
        return gpu.simulation().current().cause();
    }

    @Override
    public void setCause(long seq) {
        gpu.simulation().current().setCause(seq);
    }

    private int vmId() {
        return gpu.addressSpaceOwner(group.addressSpace());
    }
}
