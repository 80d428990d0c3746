package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Fences: `fences` > `<timeline> ctx <context>`.
///
/// The kernel prints contexts cut to 32 bits, so that is the key. Once a fence has signalled, newer
/// kernels print `detached-driver` and `signaled-timeline` for it, which tell nothing: a context
/// keeps the name it was seen with before, and has none (`ctx 7`) until one is seen.
final class FenceLane implements Lane {
    private static final String DETACHED_DRIVER = "detached-driver";
    private static final String DETACHED_TIMELINE = "signaled-timeline";

    private final Map<Long, String> timelines = new LinkedHashMap<>();
    private final Map<Long, Integer> lanes = new LinkedHashMap<>();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        Long context = event.number("context");
        if (context == null || !event.has("driver", "timeline", "seqno")) {
            return null;
        }
        long key = context & 0xffff_ffffL;
        Integer lane = lanes.get(key);
        if (lane != null && timelines.containsKey(key)) {
            return lane;
        }
        String timeline = event.text("timeline");
        boolean named =
                timeline != null
                        && !timeline.equals(DETACHED_TIMELINE)
                        && !DETACHED_DRIVER.equals(event.text("driver"));
        if (named) {
            timelines.put(key, timeline);
        } else if (lane != null) {
            return lane;
        }
        int found = lane(tracks, key);
        TrackTable.remember(lanes, key, found);
        return found;
    }

    private int lane(TrackTable tracks, long key) {
        String known = timelines.get(key);
        String name = (known == null ? "" : known + " ") + "ctx " + key;
        return tracks.child(tracks.root("fences", "fences"), "timeline", name);
    }
}
