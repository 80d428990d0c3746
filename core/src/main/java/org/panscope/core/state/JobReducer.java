package org.panscope.core.state;

import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.schema.Unit;

/// drm_sched jobs and the timers that watch over them.
final class JobReducer {
    private JobReducer() {}

    static void job(StateBuilder state, SchedEvent.Job event) {
        ObjectId id = ObjectId.of("job", event.job());
        if (event.step() == SchedEvent.JobStep.FREED) {
            state.destroy(id);
            return;
        }
        ObjectEditor job =
                event.step() == SchedEvent.JobStep.CREATED ? state.create(id) : state.known(id);
        job.set(Belief.KERNEL, "group", event.gid(), Unit.ID)
                .set(Belief.KERNEL, "queue", event.queue(), Unit.INDEX)
                .set(Belief.KERNEL, "step", event.step())
                .set(Belief.KERNEL, "stream_va", event.streamVa(), Unit.GPU_VA)
                .set(Belief.KERNEL, "stream_size", event.streamSize(), Unit.BYTES)
                .set(Belief.KERNEL, "ring_start", event.ringStart(), Unit.BYTES)
                .set(Belief.KERNEL, "ring_end", event.ringEnd(), Unit.BYTES)
                .set(Belief.KERNEL, "credits", event.credits(), Unit.COUNT)
                .set(Belief.KERNEL, "finished_fence", event.finished())
                .set(Belief.KERNEL, "error", event.error(), Unit.ERRNO);
        String item = id.toString();
        ObjectEditor queue = Queues.known(state, event.gid(), event.queue());
        switch (event.step()) {
            case CREATED -> {
                if (event.credits() == null) {
                    state.retire(id); // only its submission was seen: nothing will free it
                }
            }
            case ARMED, FREED -> {}
            case PUSHED -> list(queue, "jobs_queued", item, true);
            case DEP_ADDED -> {
                String fence = event.fence();
                if (fence != null) {
                    list(job, "depends_on", fence, true);
                }
            }
            case DEP_WAIT -> job.set(Belief.KERNEL, "waits_for", event.fence());
            case RUN -> {
                job.clear(Belief.KERNEL, "waits_for")
                        .set(Belief.KERNEL, "done_fence", event.fence());
                list(queue, "jobs_queued", item, false);
            }
            case WRITTEN -> {
                job.set(Belief.KERNEL, "done_fence", event.fence());
                list(queue, "jobs_in_flight", item, true);
            }
            case DONE -> {
                job.clear(Belief.KERNEL, "waits_for");
                list(queue, "jobs_queued", item, false);
                list(queue, "jobs_in_flight", item, false);
                state.retire(id);
            }
        }
    }

    private static void list(ObjectEditor object, String quantity, String item, boolean add) {
        String before = object.text(Belief.KERNEL, quantity);
        String after = add ? TextList.addLast(before, item) : TextList.without(before, item);
        if (!after.equals(before)) {
            object.set(Belief.KERNEL, quantity, after);
        }
    }

    static void timer(StateBuilder state, SchedEvent.QueueTimer timer) {
        Queues.known(state, timer.gid(), timer.queue())
                .set(Belief.KERNEL, "timer", timer.step())
                .clear(Belief.KERNEL, "timer_remaining")
                .set(Belief.KERNEL, "timer_remaining", timer.remainingNs(), Unit.NS);
    }
}
