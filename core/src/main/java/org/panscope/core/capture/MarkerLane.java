package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldRow;

import java.util.LinkedHashMap;
import java.util.Map;

/// Markers of instrumented clients: `process <comm> <pid>` > `group <g>` > `queue <q>`, as far down
/// as the marker says; XGS queues beside the groups, everything else on the thread.
final class MarkerLane implements Lane {
    private final Psm1Processes processes = new Psm1Processes();
    private final Map<Place, Integer> lanes = new LinkedHashMap<>();

    @Override
    public TypeLane of(EventTypeInfo type) {
        return new Markers(type);
    }

    /// What decides where a marker stands.
    ///
    /// @param process its number
    /// @param name of the process
    /// @param thread number of the thread where the marker says no more, else 0
    /// @param comm name of that thread, else empty
    /// @param file number of the open device, null where the marker does not say
    private record Place(
            int process,
            String name,
            int thread,
            String comm,
            @Nullable Long file,
            @Nullable Long group,
            @Nullable Long queue,
            @Nullable Long xgsQueue) {

        int track(TrackTable tracks) {
            int parent = tracks.root("process", ("process " + name).strip() + " " + process);
            String behind = file == null ? "" : " file " + file;
            if (group != null) {
                int lane =
                        tracks.child(
                                parent, "group", "group " + Long.toUnsignedString(group) + behind);
                return queue == null
                        ? lane
                        : tracks.child(lane, "queue", "queue " + Long.toUnsignedString(queue));
            }
            return xgsQueue != null
                    ? tracks.child(
                            parent, "xgs", "xgs queue " + Long.toUnsignedString(xgsQueue) + behind)
                    : tracks.child(parent, "thread", (comm + " " + thread).strip());
        }
    }

    /// The markers of one type.
    private final class Markers implements TypeLane {
        private final TextField verb;
        private final NumberField tgid;
        private final NumberField pid;
        private final NumberField file;
        private final NumberField group;
        private final NumberField queue;
        private final NumberField xgsQueue;

        Markers(EventTypeInfo type) {
            verb = TextField.of(type, "verb");
            tgid = NumberField.of(type, "tgid");
            pid = NumberField.of(type, "pid");
            file = NumberField.of(type, "f");
            group = NumberField.of(type, "g");
            queue = NumberField.of(type, "q");
            xgsQueue = NumberField.of(type, "xq");
        }

        @Override
        public int track(TrackTable tracks, FieldRow row, EventHeader header) {
            String said = verb.of(row);
            int thread = header.pid();
            if (said == null || thread < 0) {
                return NONE;
            }
            Place place = place(row, thread, header.comm(), said);
            Integer known = lanes.get(place);
            if (known == null) {
                known = place.track(tracks);
                TrackTable.remember(lanes, place, known);
            }
            return known;
        }

        private Place place(FieldRow row, int thread, @Nullable String comm, String said) {
            processes.learn(thread, tgid.orNull(row), comm, said, pid.orNull(row));
            int process = processes.processOf(thread);
            String name = processes.nameOf(process);
            String own = comm == null ? "" : comm;
            Long inGroup = group.orNull(row);
            Long inXgs = inGroup == null ? xgsQueue.orNull(row) : null;
            boolean isThread = inGroup == null && inXgs == null;
            return new Place(
                    process,
                    name == null ? own : name,
                    isThread ? thread : 0,
                    isThread ? own : "",
                    isThread ? null : file.orNull(row),
                    inGroup,
                    inGroup == null ? null : queue.orNull(row),
                    inXgs);
        }
    }
}
