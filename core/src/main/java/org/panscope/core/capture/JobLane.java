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
    private final Map<String, Integer> lanes = new LinkedHashMap<>();
    private final Map<Long, Boolean> isSchedulers = new LinkedHashMap<>();
    private final HardwareFenceRings hardware = new HardwareFenceRings();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        String ring = ring(event);
        if (ring != null && isRun(event)) {
            hardware.run(event, ring);
        } else if (ring == null && isDone(event)) {
            ring = hardware.lastSignalledOn(event.cpu());
        }
        String name = ring == null ? "ring unknown" : ring;
        Integer known = lanes.get(name);
        if (known == null) {
            known = tracks.child(tracks.root("queues", "queues"), "ring", name);
            TrackTable.remember(lanes, name, known);
        }
        return known;
    }

    /// Takes in a fence event, which is placed elsewhere.
    void learnFrom(CaptureEvent fence) {
        Long context = fence.number("context");
        if (context == null) {
            return;
        }
        long key = context & 0xffff_ffffL;
        Boolean isScheduler = isSchedulers.get(key);
        if (isScheduler == null || fence.name().endsWith("fence_init")) {
            String driver = fence.text("driver");
            String timeline = fence.text("timeline");
            if (driver == null || timeline == null) {
                return;
            }
            isScheduler = driver.equals("drm_sched");
            isSchedulers.put(key, isScheduler);
            if (isScheduler) {
                ringOfContext.put(key, timeline);
            }
        }
        if (!isScheduler) {
            hardware.fence(fence, key);
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
