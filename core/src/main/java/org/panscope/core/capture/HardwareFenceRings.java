package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Which ring a driver's own fences belong to. A driver makes exactly one such fence inside its
/// run-job callback, so in the thread that runs the job it is made right before the run event (7.3)
/// or right after it (6.1, 6.12); its context belongs to that ring for good. A job's completion is
/// told right after the fence has signalled, on the same CPU, which finds the ring of completions
/// that name nothing.
final class HardwareFenceRings {
    private final Map<Long, String> ringOfContext = new LinkedHashMap<>();
    private final Map<Integer, Long> madeByThread = new TreeMap<>();
    private final Map<Integer, String> runByThread = new TreeMap<>();
    private final Map<Integer, Long> signalledOnCpu = new TreeMap<>();

    /// Takes in a fence of a driver.
    void fence(CaptureEvent event, long context) {
        if (event.name().endsWith("fence_init")) {
            String ring = runByThread.remove(event.header().pid());
            if (ring != null) {
                ringOfContext.putIfAbsent(context, ring);
            } else {
                madeByThread.put(event.header().pid(), context);
            }
        } else if (event.name().endsWith("fence_signaled")) {
            signalledOnCpu.put(event.cpu(), context);
        }
    }

    /// Takes in that a thread runs a job of a ring.
    void run(CaptureEvent event, String ring) {
        Long context = madeByThread.remove(event.header().pid());
        if (context != null) {
            ringOfContext.putIfAbsent(context, ring);
        } else {
            runByThread.put(event.header().pid(), ring);
        }
    }

    /// Ring of the driver's fence that signalled last on this CPU, or null when it is not known.
    @Nullable String lastSignalledOn(int cpu) {
        Long context = signalledOnCpu.get(cpu);
        return context == null ? null : ringOfContext.get(context);
    }
}
