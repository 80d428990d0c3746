package org.panscope.core.capture.pairing;

import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;

/// What threads work on and when the GPU last interrupted: the surroundings that tell an end
/// brought about by the hardware from one that a timeout or a reset brought about.
final class Workers {
    /// An interrupt this long ago has nothing to do with a signal any more.
    private static final long NEAR_NS = 10_000_000;

    /// panthor gives a job this long (kernel: drivers/gpu/drm/panthor/panthor_sched.c,
    /// JOB_TIMEOUT_MS).
    private static final long JOB_TIMEOUT_NS = 5_000_000_000L;

    private static final int MOST_THREADS = 50_000;

    private final Map<Integer, String> functions = new LinkedHashMap<>();
    private long lastJobInterruptNs = Long.MIN_VALUE;

    void workStarted(String function, EventCursor event) {
        if (functions.size() < MOST_THREADS) {
            functions.put(event.pid(), function);
        }
    }

    void workEnded(EventCursor event) {
        functions.remove(event.pid());
    }

    void interrupt(String name, EventCursor event) {
        if (name.contains("job") || name.contains("mali") || name.contains("gpu")) {
            jobInterrupt(event);
        }
    }

    void jobInterrupt(EventCursor event) {
        lastJobInterruptNs = event.timeNs();
    }

    /// Whether a timeout or a reset rather than the hardware ends a job at this event.
    ///
    /// @param runNs when the job was handed to the hardware
    /// @param isUnbroken whether no events were lost since
    boolean endsByTimeout(long runNs, boolean isUnbroken, EventCursor event) {
        String function = functions.get(event.pid());
        String context = event.context();
        boolean isInterrupt = "hardirq".equals(context) || "softirq".equals(context);
        if (function != null && !isInterrupt && isRescue(function)) {
            return true;
        }
        boolean isLate = event.timeNs() - runNs >= JOB_TIMEOUT_NS;
        boolean isInterruptNear =
                lastJobInterruptNs != Long.MIN_VALUE
                        && event.timeNs() - lastJobInterruptNs <= NEAR_NS;
        return isUnbroken && isLate && "task".equals(context) && !isInterruptNear;
    }

    private static boolean isRescue(String function) {
        return function.contains("timedout")
                || function.contains("timeout")
                || function.contains("reset");
    }
}
