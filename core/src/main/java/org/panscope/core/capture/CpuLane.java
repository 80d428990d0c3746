package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;

/// Everything that belongs nowhere else: `cpus` > `cpu N`.
final class CpuLane implements Lane {
    @Override
    public Integer track(TrackTable tracks, CaptureEvent event) {
        String name = event.cpu() == EventHeader.UNKNOWN ? "cpu unknown" : "cpu " + event.cpu();
        return tracks.child(tracks.root("cpus", "cpus"), "cpu", name);
    }
}
