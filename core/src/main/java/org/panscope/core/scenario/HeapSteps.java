package org.panscope.core.scenario;

import org.panscope.core.scenario.StepRunner.StepFailure;
import org.panscope.core.scenario.StepRunner.Vm;
import org.panscope.core.user.DrmFile;
import org.panscope.core.user.HeapClient;
import org.panscope.core.user.IoctlResult;
import org.panscope.core.user.TilerHeap;

/// The steps about tiler heaps.
final class HeapSteps {
    /// What Mesa asks for: no limit in practice.
    private static final long MESA_TARGET_IN_FLIGHT = 65535;

    private final StepRunner runner;

    HeapSteps(StepRunner runner) {
        this.runner = runner;
    }

    /// A tiler heap and the file it belongs to.
    record Heap(DrmFile file, TilerHeap heap) {}

    void step(Step step) throws StepFailure {
        switch (step.kind()) {
            case TILER_HEAP_CREATE -> create(step);
            case TILER_HEAP_DESTROY -> {
                Heap heap = runner.object(step.args().text("heap"), Heap.class);
                StepRunner.check(step, new HeapClient(heap.file()).destroy(heap.heap().handle()));
            }
            default -> throw new IllegalStateException("step=" + step.kind());
        }
    }

    private void create(Step step) throws StepFailure {
        Values args = step.args();
        Vm vm = runner.vm(args);
        IoctlResult<TilerHeap> result =
                new HeapClient(vm.file())
                        .create(
                                vm.handle(),
                                new HeapClient.Request(
                                        (int) args.number("initial_chunk_count"),
                                        (int) args.number("chunk_size"),
                                        (int) args.number("max_chunks"),
                                        (int)
                                                args.number(
                                                        "target_in_flight",
                                                        MESA_TARGET_IN_FLIGHT)));
        if (StepRunner.check(step, result.errno())) {
            runner.define(args, new Heap(vm.file(), result.value()));
        }
    }
}
