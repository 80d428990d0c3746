package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.LinkedHashMap;
import java.util.Map;

/// Work items of panthor and of the GPU scheduler: `work items` > function; others are left to
/// their CPU. A function counts when its symbol or module says so, or when it was once queued on a
/// workqueue of panthor, which also finds it where only addresses were recorded.
final class WorkLane implements Lane {
    /// Tracks of functions; [TypeLane#NONE] for one that nothing shows to be the GPU's so far.
    private final Map<String, Integer> lanes = new LinkedHashMap<>();

    @Override
    public TypeLane of(EventTypeInfo type) {
        TextField function = TextField.of(type, "function");
        TextField workqueue = TextField.of(type, "workqueue");
        boolean hasWork = type.fieldIndex("work") >= 0;
        return (tracks, row, header) -> {
            String name = hasWork ? function.of(row) : null;
            return name == null ? TypeLane.NONE : track(tracks, name, workqueue.of(row));
        };
    }

    private int track(TrackTable tracks, String function, @Nullable String queue) {
        Integer known = lanes.get(function);
        boolean isQueued = queue != null && queue.startsWith("panthor");
        if (known != null && (known != TypeLane.NONE || !isQueued)) {
            return known;
        }
        int lane =
                isQueued || isGpuFunction(function)
                        ? tracks.child(tracks.root("work", "work items"), "work", function)
                        : TypeLane.NONE;
        TrackTable.remember(lanes, function, lane);
        return lane;
    }

    private static boolean isGpuFunction(String function) {
        return function.contains("panthor")
                || function.contains("drm_sched")
                || function.endsWith("[gpu_sched]");
    }
}
