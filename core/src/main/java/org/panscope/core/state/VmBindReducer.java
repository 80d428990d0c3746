package org.panscope.core.state;

import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent.JobStep;
import org.panscope.trace.schema.Unit;

/// Operations of asynchronous VM_BINDs, and the queues of address spaces they wait in.
final class VmBindReducer {
    private static final String QUEUE = "bind_queue";

    private VmBindReducer() {}

    static void apply(StateBuilder state, MemoryEvent.VmBindJob event) {
        ObjectId id = ObjectId.of("job", event.job());
        if (event.step() == JobStep.FREED) {
            state.destroy(id);
            return;
        }
        ObjectEditor job = event.step() == JobStep.CREATED ? state.create(id) : state.known(id);
        job.set(Belief.KERNEL, "vm", event.vmId(), Unit.ID)
                .set(Belief.KERNEL, "step", event.step())
                .set(Belief.KERNEL, "op", event.op())
                .set(Belief.KERNEL, "va", event.va(), Unit.GPU_VA)
                .set(Belief.KERNEL, "size", event.size(), Unit.BYTES)
                .set(Belief.KERNEL, "bo", event.bo(), Unit.ID)
                .set(Belief.KERNEL, "bo_offset", event.boOffset(), Unit.BYTES)
                .set(Belief.KERNEL, "flags", event.flags(), Unit.HEX)
                .set(Belief.KERNEL, "finished_fence", event.finished())
                .set(Belief.KERNEL, "error", event.error(), Unit.ERRNO);
        switch (event.step()) {
            case PUSHED -> queue(state, event, true);
            case DEP_ADDED -> {
                String fence = event.fence();
                if (fence != null) {
                    String before = job.text(Belief.KERNEL, "depends_on");
                    job.set(Belief.KERNEL, "depends_on", TextList.addLast(before, fence));
                }
            }
            case DEP_WAIT -> job.set(Belief.KERNEL, "waits_for", event.fence());
            case RUN -> {
                job.clear(Belief.KERNEL, "waits_for");
                queue(state, event, false);
            }
            case DONE -> {
                job.clear(Belief.KERNEL, "waits_for");
                queue(state, event, false);
                state.retire(id);
            }
            case CREATED, ARMED, WRITTEN, FREED -> {}
        }
    }

    private static void queue(StateBuilder state, MemoryEvent.VmBindJob event, boolean add) {
        ObjectEditor vm = state.known(ObjectId.of("vm", event.vmId()));
        String job = ObjectId.of("job", event.job()).toString();
        String before = vm.text(Belief.KERNEL, QUEUE);
        String after = add ? TextList.addLast(before, job) : TextList.without(before, job);
        if (!after.equals(before)) {
            vm.set(Belief.KERNEL, QUEUE, after);
        }
    }
}
