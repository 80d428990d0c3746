package org.panscope.core.capture;

import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

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
    private static final int MOST = TrackTable.MAX_TRACKS;

    private final JobLane jobs;
    private final Map<Long, String> timelines = new LinkedHashMap<>();

    /// Tracks of contexts: those that have a name, and those that have none so far.
    private final NumberMap named = new NumberMap();

    private final NumberMap nameless = new NumberMap();

    /// @param jobs whose rings the fences tell of
    FenceLane(JobLane jobs) {
        this.jobs = jobs;
    }

    @Override
    public TypeLane of(EventTypeInfo type) {
        return new Fences(type);
    }

    /// The events of one type.
    private final class Fences implements TypeLane {
        private final JobLane.Lessons lessons;
        private final boolean hasAll;
        private final NumberField context;
        private final TextField driver;
        private final TextField timeline;

        Fences(EventTypeInfo type) {
            lessons = jobs.new Lessons(type);
            context = NumberField.of(type, "context");
            driver = TextField.of(type, "driver");
            timeline = TextField.of(type, "timeline");
            hasAll = driver.index() >= 0 && timeline.index() >= 0 && type.fieldIndex("seqno") >= 0;
        }

        @Override
        public int track(TrackTable tracks, FieldRow row, EventHeader header) {
            if (!context.isIn(row)) {
                return NONE;
            }
            long key = context.of(row) & 0xffff_ffffL;
            lessons.learn(row, header, key);
            if (!hasAll) {
                return NONE;
            }
            long lane = named.get(key);
            return lane == NumberMap.ABSENT ? find(tracks, row, key) : (int) lane;
        }

        /// The track of a context that has no name so far, or no room.
        private int find(TrackTable tracks, FieldRow row, long key) {
            String name = timeline.of(row);
            boolean isNamed =
                    name != null
                            && !name.equals(DETACHED_TIMELINE)
                            && !DETACHED_DRIVER.equals(driver.of(row));
            if (isNamed) {
                timelines.put(key, name);
            }
            long lane = nameless.get(key);
            if (!isNamed && lane != NumberMap.ABSENT) {
                return (int) lane;
            }
            String known = timelines.get(key);
            int found =
                    tracks.child(
                            tracks.root("fences", "fences"),
                            "timeline",
                            (known == null ? "" : known + " ") + "ctx " + key);
            if (lane != NumberMap.ABSENT || named.size() + nameless.size() < MOST) {
                nameless.remove(key);
                (known == null ? nameless : named).put(key, found);
            }
            return found;
        }
    }
}
