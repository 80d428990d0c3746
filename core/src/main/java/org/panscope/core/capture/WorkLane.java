package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Work items of panthor and of the GPU scheduler: `work items` > function; others are left to
/// their CPU. A function counts when its symbol or module says so, or when it was once queued on a
/// workqueue of panthor, which also finds it where only addresses were recorded.
final class WorkLane implements Lane {
    private final Map<String, Integer> lanes = new LinkedHashMap<>();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        String function = event.text("function");
        if (function == null || !event.has("work")) {
            return null;
        }
        Integer known = lanes.get(function);
        if (known != null) {
            return known;
        }
        String queue = event.text("workqueue");
        if ((queue == null || !queue.startsWith("panthor")) && !isGpuFunction(function)) {
            return null;
        }
        int lane = tracks.child(tracks.root("work", "work items"), "work", function);
        TrackTable.remember(lanes, function, lane);
        return lane;
    }

    private static boolean isGpuFunction(String function) {
        return function.contains("panthor")
                || function.contains("drm_sched")
                || function.endsWith("[gpu_sched]");
    }
}
