package org.panscope.core.capture.pairing;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Finds the fence a driver made for a job. It makes exactly one inside its run callback, so in the
/// thread that runs the job its making stands beside the run event, in front of it or behind it as
/// the kernel's version has it. Once seen, a context belongs to a ring for good.
final class HardwareFences {
    private static final int MOST = 50_000;

    /// Drivers whose fences stand for no hardware.
    private static final Set<String> SOFTWARE =
            Set.of(
                    "drm_sched",
                    "dma_fence_array",
                    "dma_fence_chain",
                    "stub",
                    "vgem",
                    "detached-driver");

    private final LinkedHashMap<Integer, Beside> lastOfThread = new LinkedHashMap<>();
    private final Map<Long, Beside> made = new LinkedHashMap<>();
    private final Map<Long, String> ringOfContext = new LinkedHashMap<>();

    /// What a thread did last: made a fence, or ran a job.
    private static final class Beside {
        final long fence;
        final @Nullable Job job;
        boolean hasSignaled;

        Beside(long fence, @Nullable Job job) {
            this.fence = fence;
            this.job = job;
        }
    }

    static boolean isHardware(String driver, String timeline) {
        return !SOFTWARE.contains(driver) && !timeline.equals("unbound");
    }

    /// A thread makes a fence of a driver.
    ///
    /// @return the job it was made for, or null when that is not known yet
    @Nullable Job made(int thread, long fence) {
        Beside before = take(thread);
        Job job = before == null ? null : before.job;
        if (job != null && bind(fence, job)) {
            return job;
        }
        Beside now = new Beside(fence, null);
        made.put(fence, now);
        remember(thread, now);
        return null;
    }

    /// A thread runs a job.
    ///
    /// @return whether its fence is known, made before this and signalled already
    boolean run(int thread, Job job) {
        Beside before = take(thread);
        if (before != null && before.job == null && bind(before.fence, job)) {
            return before.hasSignaled;
        }
        remember(thread, new Beside(FenceKey.NONE, job));
        return false;
    }

    /// A fence signals that may be waiting for its job's run event.
    void signaled(long fence) {
        Beside waiting = made.get(fence);
        if (waiting != null) {
            waiting.hasSignaled = true;
        }
    }

    /// The thread does something else: what it did before stands beside nothing.
    void forget(int thread) {
        take(thread);
    }

    private @Nullable Beside take(int thread) {
        Beside before = lastOfThread.remove(thread);
        if (before != null) {
            made.remove(before.fence);
        }
        return before;
    }

    private boolean bind(long fence, Job job) {
        long context = FenceKey.context(fence);
        String ring = ringOfContext.get(context);
        if (ring != null && !ring.equals(job.ring)) {
            return false;
        }
        if (ring == null && ringOfContext.size() < MOST) {
            ringOfContext.put(context, job.ring);
        }
        job.hardware = fence;
        return true;
    }

    private void remember(int thread, Beside now) {
        lastOfThread.put(thread, now);
        if (lastOfThread.size() > MOST) {
            made.remove(lastOfThread.pollFirstEntry().getValue().fence);
        }
    }
}
