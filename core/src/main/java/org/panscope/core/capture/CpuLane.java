package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

/// Everything that belongs nowhere else: `cpus` > `cpu N`.
final class CpuLane implements Lane, TypeLane {
    private final NumberMap known = new NumberMap();

    @Override
    public TypeLane of(EventTypeInfo type) {
        return this;
    }

    @Override
    public int track(TrackTable tracks, FieldRow row, EventHeader header) {
        int cpu = header.cpu();
        long track = known.get(cpu);
        if (track == NumberMap.ABSENT) {
            String name = cpu == EventHeader.UNKNOWN ? "cpu unknown" : "cpu " + cpu;
            track = tracks.child(tracks.root("cpus", "cpus"), "cpu", name);
            known.put(cpu, track);
        }
        return (int) track;
    }
}
