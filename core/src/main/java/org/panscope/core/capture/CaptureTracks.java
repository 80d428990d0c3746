package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.TraceWriter;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

import java.util.IdentityHashMap;

/// Tracks for the events of a captured board, by what they are about and not by the CPU they ran
/// on.
///
/// ```
/// process <comm> <pid> > group <g> > queue <q>     markers of instrumented clients
/// queues               > <ring>                    jobs of the GPU scheduler
/// csg slots            > slot <n>                  probes that tell a slot
/// kernel               > scheduler                 probes that tell none
/// fences               > <timeline> ctx <context>
/// gpu                  > <device> job irq | power | frequency, memory
/// irq                  > irq <number> <name>
/// work items           > <function>                of panthor and the GPU scheduler
/// cpus                 > cpu <n>                   everything else
/// ```
///
/// One object serves one trace.
public final class CaptureTracks implements TrackAssigner {
    private final JobLane jobs = new JobLane();
    private final Lane fences = new FenceLane(jobs);
    private final Lane interrupts = new InterruptLane();
    private final Lane work = new WorkLane();
    private final Lane gpu = new GpuLane();
    private final Lane slots = new SlotLane();
    private final Lane markers = new MarkerLane();
    private final CpuLane cpus = new CpuLane();
    private final IdentityHashMap<EventTypeInfo, TypeLane> lanes = new IdentityHashMap<>();
    private @Nullable TrackTable table;

    @Override
    public int trackFor(TraceWriter writer, FieldRow row, EventHeader header) {
        TrackTable tracks = table;
        if (tracks == null) {
            tracks = new TrackTable(writer);
            table = tracks;
        } else if (!tracks.isFor(writer)) {
            throw new IllegalStateException("one object of CaptureTracks serves one trace");
        }
        TypeLane lane = lanes.get(row.type());
        if (lane == null) {
            lane = familyOf(row.type()).of(row.type());
            lanes.put(row.type(), lane);
        }
        int track = lane.track(tracks, row, header);
        return track == TypeLane.NONE ? cpus.track(tracks, row, header) : track;
    }

    /// By its name and the fields it has.
    private Lane familyOf(EventTypeInfo type) {
        String name = type.name();
        if (name.startsWith("dma_fence_") || name.startsWith("fence_")) {
            return fences;
        }
        if (name.startsWith("drm_sched_")
                || name.equals("drm_run_job")
                || name.startsWith("amd_sched_")
                || name.equals("amdgpu_cs_ioctl")
                || name.equals("amdgpu_sched_run_job")) {
            return jobs;
        }
        if (name.startsWith("workqueue_")) {
            return work;
        }
        if (name.startsWith("irq_handler_")) {
            return interrupts;
        }
        if (name.startsWith("gpu_") || name.startsWith("devfreq_")) {
            return gpu;
        }
        if (SlotLane.isProbe(name)) {
            return slots;
        }
        boolean isMarker = type.fieldIndex("verb") >= 0 && type.fieldIndex("buf") >= 0;
        return isMarker ? markers : cpus;
    }
}
