package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;

import java.util.LinkedHashMap;
import java.util.Map;

/// Everything that belongs nowhere else: `cpus` > `cpu N`.
final class CpuLane implements Lane {
    private final Map<Integer, Integer> known = new LinkedHashMap<>();

    @Override
    public Integer track(TrackTable tracks, CaptureEvent event) {
        Integer track = known.get(event.cpu());
        if (track == null) {
            String name = event.cpu() == EventHeader.UNKNOWN ? "cpu unknown" : "cpu " + event.cpu();
            track = tracks.child(tracks.root("cpus", "cpus"), "cpu", name);
            known.put(event.cpu(), track);
        }
        return track;
    }
}
