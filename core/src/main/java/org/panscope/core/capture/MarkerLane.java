package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

/// Markers of instrumented clients: `process <comm> <pid>` > `group <g>` > `queue <q>`, as far down
/// as the marker says; XGS queues beside the groups, everything else on the thread.
final class MarkerLane implements Lane {
    private final Psm1Processes processes = new Psm1Processes();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        String verb = event.text("verb");
        int pid = event.header().pid();
        if (verb == null || pid < 0) {
            return null;
        }
        String comm = event.header().comm();
        processes.learn(pid, event.number("tgid"), comm, verb, event.number("pid"));
        int process = processes.processOf(pid);
        String name = processes.nameOf(process);
        if (name == null) {
            name = comm == null ? "" : comm;
        }
        int parent = tracks.root("process", ("process " + name).strip() + " " + process);
        String file = event.number("f") == null ? "" : " file " + event.number("f");
        Long group = event.number("g");
        if (group != null) {
            int lane =
                    tracks.child(parent, "group", "group " + Long.toUnsignedString(group) + file);
            Long queue = event.number("q");
            return queue == null
                    ? lane
                    : tracks.child(lane, "queue", "queue " + Long.toUnsignedString(queue));
        }
        Long xgsQueue = event.number("xq");
        return xgsQueue != null
                ? tracks.child(parent, "xgs", "xgs queue " + Long.toUnsignedString(xgsQueue) + file)
                : tracks.child(parent, "thread", ((comm == null ? "" : comm) + " " + pid).strip());
    }
}
