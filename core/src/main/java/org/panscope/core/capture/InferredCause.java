package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;

import java.util.OptionalLong;
import java.util.Set;

/// Which earlier event of a capture most likely made an event happen. The kernel does not say; what
/// stands close by on the same CPU, in the same thread, or names the same fence or work item does.
/// So a chain can be followed: an interrupt's handler wakes its thread, the thread runs, queues a
/// work item, a worker takes it up and signals a fence, and who waits for that fence goes on.
///
/// Looks back over a bounded number of events, so it may be asked at every step.
public final class InferredCause {
    private static final int LOOK_BACK = 20_000;
    private static final long LOW_32 = 0xffff_ffffL;

    private final Trace trace;
    private final Event event;
    private final int cpu;
    private final int pid;

    private InferredCause(Trace trace, Event event) {
        this.trace = trace;
        this.event = event;
        cpu = event.header().cpu();
        pid = event.header().pid();
    }

    /// What an earlier event must be, and what must not lie between.
    private interface Match {
        Verdict of(Event candidate);
    }

    private enum Verdict {
        FOUND,
        GO_ON,
        GIVE_UP
    }

    /// The cause of an event: the recorded one, else, for captures, the inferred one.
    public static OptionalLong of(Trace trace, long seq) {
        long recorded = trace.cause(seq);
        if (recorded != EventHeader.NO_CAUSE) {
            return OptionalLong.of(recorded);
        }
        if (trace.header().isEmulated() || !trace.types().get(trace.typeIndex(seq)).isDynamic()) {
            return OptionalLong.empty();
        }
        return new InferredCause(trace, trace.event(seq)).find();
    }

    private OptionalLong find() {
        return switch (name(event)) {
            case "irq_handler_exit" -> back(this::entryOfLine, "irq_handler_entry");
            case "softirq_exit" -> back(this::entryOfVector, "softirq_entry");
            case "sched_waking", "sched_wakeup", "workqueue_queue_work" -> surroundings();
            case "sched_switch" ->
                    back(
                            each -> found(same(each, "pid", number(event, "next_pid"))),
                            "sched_waking",
                            "sched_wakeup");
            case "gpu_job_irq" ->
                    back(each -> found(same(each, "next_pid", (long) pid)), "sched_switch");
            case "workqueue_execute_start" ->
                    back(
                            each -> found(same(each, "work", number(event, "work"))),
                            "workqueue_queue_work");
            case "workqueue_execute_end" ->
                    back(each -> found(each.header().pid() == pid), "workqueue_execute_start");
            case "drm_sched_job_run", "drm_run_job" ->
                    back(each -> found(isSameJob(each)), "drm_sched_job_queue", "drm_sched_job");
            case "drm_sched_job_done", "drm_sched_process_job" ->
                    back(each -> found(each.header().cpu() == cpu), "dma_fence_signaled");
            case "dma_fence_wait_end", "fence_wait_end" ->
                    back(each -> found(isSameFence(each)), "dma_fence_signaled", "fence_signaled");
            case "dma_fence_signaled", "fence_signaled" -> signal();
            default -> OptionalLong.empty();
        };
    }

    /// A job's finished fence signals behind its completion; any other fence signals out of what
    /// runs.
    private OptionalLong signal() {
        OptionalLong done = back(each -> found(namesThisFence(each)), "drm_sched_job_done");
        return done.isPresent() ? done : surroundings();
    }

    /// What this event happened in: the interrupt handler on its CPU, or the work item or the turn
    /// of its thread.
    private OptionalLong surroundings() {
        if ("hardirq".equals(event.header().context())) {
            return back(this::openHandler, "irq_handler_entry", "irq_handler_exit");
        }
        if ("softirq".equals(event.header().context())) {
            return back(this::openSoftirq, "softirq_entry", "softirq_exit");
        }
        OptionalLong item =
                back(this::openItem, "workqueue_execute_start", "workqueue_execute_end");
        if (item.isPresent()) {
            return item;
        }
        String comm = event.header().comm();
        return comm != null && comm.startsWith("irq/")
                ? back(each -> found(same(each, "next_pid", (long) pid)), "sched_switch")
                : OptionalLong.empty();
    }

    private Verdict openHandler(Event each) {
        return open(each.header().cpu() == cpu, name(each).equals("irq_handler_entry"));
    }

    private Verdict openSoftirq(Event each) {
        return open(each.header().cpu() == cpu, name(each).equals("softirq_entry"));
    }

    private Verdict openItem(Event each) {
        return open(each.header().pid() == pid, name(each).equals("workqueue_execute_start"));
    }

    private static Verdict open(boolean isHere, boolean begins) {
        return !isHere ? Verdict.GO_ON : begins ? Verdict.FOUND : Verdict.GIVE_UP;
    }

    private Verdict entryOfLine(Event each) {
        return found(each.header().cpu() == cpu && same(each, "irq", number(event, "irq")));
    }

    private Verdict entryOfVector(Event each) {
        return found(each.header().cpu() == cpu && same(each, "vec", number(event, "vec")));
    }

    private static Verdict found(boolean is) {
        return is ? Verdict.FOUND : Verdict.GO_ON;
    }

    private boolean isSameJob(Event each) {
        Long context = number(event, "fence_context");
        if (context != null) {
            return same(each, "fence_context", context)
                    && same(each, "fence_seqno", number(event, "fence_seqno"));
        }
        String ring = text(event, "name");
        return same(each, "id", number(event, "id"))
                && ring != null
                && ring.equals(text(each, "name"));
    }

    private boolean isSameFence(Event each) {
        return same(each, "context", number(event, "context"))
                && same(each, "seqno", number(event, "seqno"));
    }

    private boolean namesThisFence(Event each) {
        return equal32(number(each, "fence_context"), number(event, "context"))
                && equal32(number(each, "fence_seqno"), number(event, "seqno"));
    }

    /// Fences print 32 bits of what jobs print in full.
    private static boolean equal32(@Nullable Long one, @Nullable Long other) {
        return one != null && other != null && (one & LOW_32) == (other & LOW_32);
    }

    private static boolean same(Event each, String field, @Nullable Long wanted) {
        return wanted != null && wanted.equals(number(each, field));
    }

    /// The nearest earlier event of these names that matches.
    private OptionalLong back(Match match, String... names) {
        Set<String> wanted = Set.of(names);
        boolean[] isWanted = new boolean[trace.types().size()];
        for (int i = 0; i < isWanted.length; i++) {
            String name = trace.types().get(i).name();
            isWanted[i] = wanted.contains(name.substring(name.lastIndexOf(':') + 1));
        }
        long last = Math.max(0, event.seq() - LOOK_BACK);
        for (long seq = event.seq() - 1; seq >= last; seq--) {
            if (isWanted[trace.typeIndex(seq)]) {
                Verdict verdict = match.of(trace.event(seq));
                if (verdict != Verdict.GO_ON) {
                    return verdict == Verdict.FOUND ? OptionalLong.of(seq) : OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    private static String name(Event event) {
        String name = event.type().name();
        return name.substring(name.lastIndexOf(':') + 1);
    }

    private static @Nullable Long number(Event event, String field) {
        return event.type().fieldIndex(field) >= 0 && event.value(field) instanceof Long number
                ? number
                : null;
    }

    private static @Nullable String text(Event event, String field) {
        return event.type().fieldIndex(field) >= 0 && event.value(field) instanceof String text
                ? text
                : null;
    }
}
