package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The tracks that writers of track events have described.
///
/// perfetto: protos/perfetto/trace/track_event/track_descriptor.proto
final class TrackDescriptors {
    private static final int MOST = 1 << 18;

    /// A track.
    ///
    /// @param parent number of the enclosing one, 0 for none
    /// @param pid process it belongs to, or -1
    /// @param tid thread it is, or -1
    /// @param isCounter whether its events are values
    /// @param multiplier what values are to be multiplied with
    /// @param isIncremental whether values are differences to the one before
    record Described(
            long parent,
            String name,
            int pid,
            int tid,
            boolean isCounter,
            String unit,
            long multiplier,
            boolean isIncremental) {}

    private final Map<Long, Described> tracks = new HashMap<>();
    private final ProtoCursor inner = new ProtoCursor();
    private long refused;

    @Nullable Described get(long uuid) {
        return tracks.get(uuid);
    }

    long refused() {
        return refused;
    }

    /// Takes in a descriptor; one that comes again with more of a name replaces the older.
    void add(ProtoCursor in, ProcessNames names) throws ProtoException {
        long uuid = 0;
        long parent = 0;
        String name = "";
        Owner owner = new Owner();
        Counting counting = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> uuid = in.number();
                case 5 -> parent = in.number();
                case 2, 10, 13 -> name = in.text();
                case 3 -> owner.takeProcess(inner.on(in), names);
                case 4 -> owner.takeThread(inner.on(in), names);
                case 8 -> counting = Counting.read(inner.on(in));
                default -> {}
            }
        }
        boolean isCounter = counting != null;
        Described described =
                new Described(
                        parent,
                        name.isEmpty() ? owner.name : name,
                        owner.pid,
                        owner.tid,
                        isCounter,
                        counting == null ? "" : counting.unit(),
                        counting == null ? 1 : counting.multiplier(),
                        counting != null && counting.isIncremental());
        Described known = tracks.get(uuid);
        if (known == null && tracks.size() >= MOST) {
            refused++;
        } else if (known == null || !described.name().isEmpty()) {
            tracks.put(uuid, described);
        }
    }

    /// The process or thread a track stands for.
    static final class Owner {
        private int pid = -1;
        private int tid = -1;
        private long referenceMicros;
        private String name = "";

        void takeProcess(ProtoCursor in, ProcessNames names) throws ProtoException {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> pid = in.int32();
                    case 6 -> name = in.text();
                    default -> {}
                }
            }
            names.learnProcess(pid, name);
        }

        void takeThread(ProtoCursor in, ProcessNames names) throws ProtoException {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> pid = in.int32();
                    case 2 -> tid = in.int32();
                    case 5 -> name = in.text();
                    case 6 -> referenceMicros = in.number();
                    default -> {}
                }
            }
            names.learnAnywhere(tid, name);
        }

        int pid() {
            return pid;
        }

        int tid() {
            return tid;
        }

        long referenceMicros() {
            return referenceMicros;
        }
    }

    private record Counting(String unit, long multiplier, boolean isIncremental) {
        static Counting read(ProtoCursor in) throws ProtoException {
            String unit = "";
            long multiplier = 1;
            boolean isIncremental = false;
            while (in.next()) {
                switch (in.field()) {
                    case 3 -> unit = unit.isEmpty() ? word(in.int32()) : unit;
                    case 4 -> multiplier = in.number();
                    case 5 -> isIncremental = in.flag();
                    case 6 -> unit = in.text();
                    default -> {}
                }
            }
            return new Counting(unit, multiplier == 0 ? 1 : multiplier, isIncremental);
        }

        private static String word(int unit) {
            return switch (unit) {
                case 1 -> "ns";
                case 2 -> "count";
                case 3 -> "bytes";
                default -> "";
            };
        }
    }
}
