package org.panscope.core.state;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.schema.Unit;

/// What the kernel's own trace events say: fences, scheduler jobs, interrupts, work items, CPUs.
/// Events are known by name and fields, never by kernel version. Fence contexts and seqnos are
/// taken modulo 2^32 because the dma_fence events only print that much.
///
/// kernel: include/trace/events/dma_fence.h, sched.h, irq.h, workqueue.h;
/// drivers/gpu/drm/scheduler/gpu_scheduler_trace.h
final class CaptureReducer {
    private static final long LOW_32 = 0xffff_ffffL;

    private CaptureReducer() {}

    static void apply(StateBuilder state, Event event) {
        String type = event.type().name();
        String name = type.substring(type.lastIndexOf(':') + 1);
        switch (name) {
            case "dma_fence_init", "dma_fence_emit" -> fence(state, event, true);
            case "dma_fence_enable_signal" -> {
                ObjectEditor fence = fence(state, event, true);
                if (fence != null) {
                    fence.set(Belief.KERNEL, "signaling_enabled", true);
                }
            }
            case "dma_fence_signaled" -> {
                ObjectEditor fence = fence(state, event, true);
                if (fence != null) {
                    fence.set(Belief.KERNEL, "signaled", true);
                    state.retire(fence.id());
                }
            }
            case "dma_fence_wait_start" -> waits(state, event, true);
            case "dma_fence_wait_end" -> waits(state, event, false);
            case "dma_fence_destroy" -> {
                ObjectId id = fenceId(event, "context", "seqno");
                if (id != null) {
                    state.remove(id);
                }
            }
            case "drm_sched_job_queue", "drm_sched_job" -> job(state, event, "pushed");
            case "drm_sched_job_run", "drm_run_job" -> job(state, event, "run");
            case "drm_sched_job_done" -> job(state, event, "done");
            case "drm_sched_job_add_dep" -> dependency(state, event, "depends_on");
            case "drm_sched_job_unschedulable" -> dependency(state, event, "waits_for");
            case "irq_handler_entry" -> irq(state, event, "entry");
            case "irq_handler_exit" -> irq(state, event, "idle");
            case "workqueue_queue_work" -> work(state, event, "pending", true);
            case "workqueue_execute_start" -> {
                work(state, event, "pending", false);
                work(state, event, "running", true);
            }
            case "workqueue_execute_end" -> work(state, event, "running", false);
            case "sched_switch" -> schedSwitch(state, event);
            default -> {} // an opaque instant of its thread
        }
    }

    // ---- fences and jobs ----------------------------------------------------------------------

    private static @Nullable ObjectEditor fence(
            StateBuilder state, Event event, boolean namesAreReal) {
        ObjectId id = fenceId(event, "context", "seqno");
        if (id == null) {
            return null;
        }
        ObjectEditor fence = state.edit(id);
        if (fence.get(Belief.KERNEL, "signaled") == null) {
            fence.set(Belief.KERNEL, "signaled", false);
        }
        String driver = text(event, "driver");
        String timeline = text(event, "timeline");
        if (namesAreReal && driver != null && !driver.equals("detached-driver")) {
            fence.note(Belief.KERNEL, "driver", driver);
            fence.set(Belief.KERNEL, "timeline", timeline);
        }
        return fence;
    }

    private static void waits(StateBuilder state, Event event, boolean begins) {
        ObjectId id = fenceId(event, "context", "seqno");
        if (id == null || event.header().pid() < 0) {
            return;
        }
        ObjectEditor thread = state.edit(ObjectId.of("thread", event.header().pid()));
        if (begins) {
            thread.set(Belief.KERNEL, "waits_for", id.toString());
        } else {
            thread.clear(Belief.KERNEL, "waits_for");
        }
    }

    private static @Nullable ObjectId fenceId(Event event, String context, String seqno) {
        Long contextId = number(event, context);
        Long number = number(event, seqno);
        return contextId == null || number == null
                ? null
                : ObjectId.fence(contextId & LOW_32, number & LOW_32);
    }

    /// The finished fence of a job names the job: from fields of its own, or from a text such as
    /// `24:1`. Older kernels give a pointer only, which names nothing for long.
    private static @Nullable ObjectId jobFence(Event event) {
        ObjectId byFields = fenceId(event, "fence_context", "fence_seqno");
        return byFields != null ? byFields : fenceId(text(event, "fence"));
    }

    private static @Nullable ObjectId fenceId(@Nullable String text) {
        int colon = text == null ? -1 : text.indexOf(':');
        if (text == null || colon < 0) {
            return null;
        }
        Long context = unsigned(text.substring(0, colon));
        Long seqno = unsigned(text.substring(colon + 1));
        return context == null || seqno == null
                ? null
                : ObjectId.fence(context & LOW_32, seqno & LOW_32);
    }

    private static @Nullable ObjectEditor jobOf(StateBuilder state, Event event) {
        ObjectId fence = jobFence(event);
        return fence == null
                ? null
                : state.edit(new ObjectId("job", fence.key()))
                        .note(Belief.KERNEL, "finished_fence", fence.toString());
    }

    private static void job(StateBuilder state, Event event, String step) {
        ObjectEditor job = jobOf(state, event);
        if (job == null) {
            return;
        }
        String ring = text(event, "ring");
        job.set(Belief.KERNEL, "step", step)
                .set(Belief.KERNEL, "ring", ring == null ? text(event, "name") : ring)
                .set(Belief.KERNEL, "client_id", number(event, "client_id"), Unit.ID);
        if (!step.equals("pushed")) {
            job.clear(Belief.KERNEL, "waits_for");
        }
        if (step.equals("done")) {
            state.retire(job.id());
        }
    }

    private static void dependency(StateBuilder state, Event event, String quantity) {
        ObjectEditor job = jobOf(state, event);
        ObjectId on = fenceId(event, "ctx", "seqno");
        if (job == null || on == null) {
            return;
        }
        String fence = on.toString();
        job.set(
                Belief.KERNEL,
                quantity,
                quantity.equals("waits_for")
                        ? fence
                        : TextList.addLast(job.text(Belief.KERNEL, quantity), fence));
    }

    // ---- the machine around the GPU -----------------------------------------------------------

    private static void irq(StateBuilder state, Event event, String handler) {
        Long irq = number(event, "irq");
        if (irq != null) {
            state.edit(ObjectId.of("irq", irq))
                    .set(Belief.KERNEL, "name", text(event, "name"))
                    .set(Belief.KERNEL, "handler", handler)
                    .set(Belief.KERNEL, "cpu", cpu(event), Unit.INDEX);
        }
    }

    private static void work(StateBuilder state, Event event, String quantity, boolean value) {
        Object function = event.value("function");
        if (function != null) {
            String name =
                    function instanceof Long address
                            ? "0x" + Long.toHexString(address)
                            : function.toString();
            if (!name.isEmpty()) {
                state.edit(new ObjectId("work", name))
                        .set(Belief.KERNEL, quantity, value)
                        .set(Belief.KERNEL, "workqueue", text(event, "workqueue"));
            }
        }
    }

    private static void schedSwitch(StateBuilder state, Event event) {
        Long cpu = cpu(event);
        Long next = number(event, "next_pid");
        Long previous = number(event, "prev_pid");
        String comm = text(event, "next_comm");
        if (cpu != null && next != null) {
            state.edit(ObjectId.of("cpu", cpu))
                    .set(Belief.KERNEL, "thread", next, Unit.ID)
                    .set(Belief.KERNEL, "comm", comm);
        }
        if (previous != null && previous != 0) {
            Object why = event.value("prev_state");
            state.edit(ObjectId.of("thread", previous))
                    .set(Belief.KERNEL, "running", false)
                    .set(Belief.KERNEL, "off_cpu_state", why == null ? null : why.toString());
        }
        if (next != null && next != 0) {
            state.edit(ObjectId.of("thread", next))
                    .set(Belief.KERNEL, "running", true)
                    .clear(Belief.KERNEL, "off_cpu_state")
                    .set(Belief.KERNEL, "comm", comm);
        }
    }

    private static @Nullable Long cpu(Event event) {
        return event.header().cpu() < 0 ? null : (long) event.header().cpu();
    }

    // ---- fields -------------------------------------------------------------------------------

    private static @Nullable Long number(Event event, String field) {
        Object value = event.value(field);
        return value instanceof Long number
                ? number
                : value instanceof String text ? unsigned(text) : null;
    }

    private static @Nullable String text(Event event, String field) {
        return event.value(field) instanceof String text ? text : null;
    }

    private static @Nullable Long unsigned(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return null; // twenty digits beyond 2^64
        }
    }
}
