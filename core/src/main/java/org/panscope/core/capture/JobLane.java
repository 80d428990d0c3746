package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Jobs of the GPU scheduler: `queues` > ring.
///
/// Only events at queueing and running name the ring; the others name a fence. On new kernels that
/// is the job's finished fence, whose context belongs to one entity, and an entity changes its ring
/// only while it has no jobs; so the ring last seen with a context is right. On old kernels it is
/// the fence's address, valid from `drm_sched_job` to `drm_sched_process_job`. Fences of the
/// scheduler itself carry the ring as timeline, so a job's dependencies, printed before the job is
/// queued, find it too. Completions that still have no ring, as where addresses are hidden, take
/// that of the hardware's fence ([HardwareFenceRings]).
final class JobLane implements Lane {
    private final Map<Long, String> ringOfContext = new LinkedHashMap<>();
    private final Map<Long, String> ringOfFence = new LinkedHashMap<>();
    private final HardwareFenceRings hardware = new HardwareFenceRings();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        String ring = ring(event);
        if (ring != null && isRun(event)) {
            hardware.run(event, ring);
        } else if (ring == null && isDone(event)) {
            ring = hardware.lastSignalledOn(event.cpu());
        }
        return tracks.child(
                tracks.root("queues", "queues"), "ring", ring == null ? "ring unknown" : ring);
    }

    /// Takes in a fence event, which is placed elsewhere.
    void learnFrom(CaptureEvent fence) {
        Long context = fence.number("context");
        String timeline = fence.text("timeline");
        if (context == null || timeline == null) {
            return;
        }
        if ("drm_sched".equals(fence.text("driver"))) {
            ringOfContext.put(context & 0xffff_ffffL, timeline);
        } else {
            hardware.fence(fence, context & 0xffff_ffffL);
        }
    }

    private @Nullable String ring(CaptureEvent event) {
        String ring = event.text("name");
        if (ring == null) {
            ring = event.text("timeline");
        }
        Long context = event.number("fence_context");
        Long address = event.number("fence");
        if (context != null) {
            long key = context & 0xffff_ffffL;
            if (ring != null) {
                ringOfContext.put(key, ring);
            }
            return ring != null ? ring : ringOfContext.get(key);
        }
        if (address == null || address == 0) {
            return ring;
        }
        if (event.name().endsWith("_sched_process_job")) {
            return ringOfFence.remove(address);
        }
        // A dependency names the fence waited for, not the job's own.
        boolean own = event.name().endsWith("_sched_job") || event.name().equals("drm_run_job");
        if (ring != null && own) {
            ringOfFence.put(address, ring);
        }
        return ring;
    }

    private static boolean isRun(CaptureEvent event) {
        return event.name().equals("drm_sched_job_run") || event.name().equals("drm_run_job");
    }

    private static boolean isDone(CaptureEvent event) {
        return event.name().equals("drm_sched_job_done")
                || event.name().endsWith("_sched_process_job");
    }
}
