package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;

/// Which ring a driver's own fences belong to. A driver makes exactly one such fence inside its
/// run-job callback, so in the thread that runs the job it is made right before the run event (7.3)
/// or right after it (6.1, 6.12); its context belongs to that ring for good. A job's completion is
/// told right after the fence has signalled, on the same CPU, which finds the ring of completions
/// that name nothing.
final class HardwareFenceRings {
    private final NumberMap ringOfContext = new NumberMap();
    private final NumberMap madeByThread = new NumberMap();
    private final NumberMap runByThread = new NumberMap();
    private final NumberMap signalledOnCpu = new NumberMap();

    /// Takes in that a driver made a fence.
    void made(EventHeader header, long context) {
        long ring = runByThread.remove(header.pid());
        if (ring != NumberMap.ABSENT) {
            ringOfContext.putIfAbsent(context, ring);
        } else {
            madeByThread.put(header.pid(), context);
        }
    }

    /// Takes in that a fence of a driver signalled.
    void signalled(EventHeader header, long context) {
        signalledOnCpu.put(header.cpu(), context);
    }

    /// Takes in that a thread runs a job of a ring.
    void run(EventHeader header, int ring) {
        long context = madeByThread.remove(header.pid());
        if (context != NumberMap.ABSENT) {
            ringOfContext.putIfAbsent(context, ring);
        } else {
            runByThread.put(header.pid(), ring);
        }
    }

    /// Ring of the driver's fence that signalled last on this CPU, or [RingNames#UNKNOWN].
    int lastSignalledOn(int cpu) {
        long context = signalledOnCpu.get(cpu);
        long ring = context == NumberMap.ABSENT ? context : ringOfContext.get(context);
        return ring == NumberMap.ABSENT ? RingNames.UNKNOWN : (int) ring;
    }
}
