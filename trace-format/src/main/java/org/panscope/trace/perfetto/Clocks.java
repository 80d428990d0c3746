package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The clocks of a file and what they showed at the same moments. Times are converted by the
/// nearest earlier moment at which both clocks were read, or the first one, without correcting
/// their rates; clocks that were never read together over those in between.
///
/// perfetto: protos/perfetto/trace/clock_snapshot.proto
final class Clocks {
    static final int REALTIME = 1;
    static final int MONOTONIC = 3;
    static final int MONOTONIC_RAW = 5;
    static final int BOOTTIME = 6;

    private static final int FIRST_SCOPED = 64;
    private static final int LAST_SCOPED = 127;
    private static final int MOST_READINGS = 1 << 20;
    private static final int MOST_CLOCKS_READ_TOGETHER = 64;

    /// @param sequence the writer a clock belongs to, or -1 for those everybody may use
    record Clock(long sequence, int id) {}

    private record Reading(Clock clock, long ns) {}

    /// How a clock counts.
    ///
    /// @param unitNs length of a tick
    /// @param incremental whether packets tell the time since the packet before
    record Counting(long unitNs, boolean incremental) {}

    private final List<List<Reading>> moments = new ArrayList<>();
    private final Map<Clock, Counting> countings = new HashMap<>();
    private final Map<Clock, Set<Clock>> together = new LinkedHashMap<>();
    private final Map<Clock, Conversion> conversions = new HashMap<>();
    private final ProtoCursor cursor = new ProtoCursor();
    private long readings;
    private int primary;

    /// The clock with this number as a writer means it.
    static Clock clock(long sequence, int id) {
        return new Clock(id >= FIRST_SCOPED && id <= LAST_SCOPED ? sequence : -1, id);
    }

    /// Name of a clock, as the kernel's `trace_clock` has it where it has one.
    static String name(Clock clock) {
        return switch (clock.id()) {
            case REALTIME -> "realtime";
            case 2 -> "realtime-coarse";
            case MONOTONIC -> "mono";
            case 4 -> "mono-coarse";
            case MONOTONIC_RAW -> "mono_raw";
            case BOOTTIME -> "boot";
            default -> "clock " + Integer.toUnsignedString(clock.id());
        };
    }

    /// Takes in a snapshot.
    ///
    /// @param state whose incremental clocks begin anew, or null
    void add(ProtoCursor snapshot, long sequence, Sequences.@Nullable State state)
            throws ProtoException {
        List<Reading> moment = new ArrayList<>();
        while (snapshot.next()) {
            if (snapshot.field() == 2) {
                primary = snapshot.int32();
            } else if (snapshot.field() == 1
                    && !snapshot.isNumber()
                    && moment.size() < MOST_CLOCKS_READ_TOGETHER) {
                moment.add(reading(cursor.on(snapshot), sequence, state));
            }
        }
        if (state == null && readings + moment.size() <= MOST_READINGS) {
            readings += moment.size();
            keep(moment);
        }
    }

    private Reading reading(ProtoCursor in, long sequence, Sequences.@Nullable State state)
            throws ProtoException {
        int id = 0;
        long time = 0;
        long unit = 1;
        boolean incremental = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.int32();
                case 2 -> time = in.number();
                case 3 -> incremental = in.flag();
                case 4 -> unit = Math.max(1, in.number());
                default -> {}
            }
        }
        Clock clock = clock(sequence, id);
        if (unit != 1 || incremental) {
            countings.put(clock, new Counting(unit, incremental));
        }
        if (incremental && state != null) {
            state.startClock(id, time);
        }
        return new Reading(clock, time * unit);
    }

    private void keep(List<Reading> moment) {
        moments.add(moment);
        for (Reading one : moment) {
            for (Reading other : moment) {
                if (!one.clock().equals(other.clock())) {
                    together.computeIfAbsent(one.clock(), key -> new HashSet<>())
                            .add(other.clock());
                }
            }
        }
    }

    /// How a clock counts; absolute nanoseconds unless a snapshot says something else.
    Counting counting(Clock clock) {
        return countings.getOrDefault(clock, new Counting(1, false));
    }

    /// The clock the file says it is in, or 0.
    int primary() {
        return primary;
    }

    boolean isRead(Clock clock) {
        return together.containsKey(clock);
    }

    /// How times of a clock become those of another, or null when nobody knows. Ask when all
    /// snapshots are in.
    @Nullable Conversion conversion(Clock from, Clock to) {
        if (from.equals(to)) {
            return Conversion.NONE;
        }
        Conversion known = conversions.get(from);
        if (known == null) {
            List<Clock> path = path(from, to);
            if (path.isEmpty()) {
                return null;
            }
            known = new Conversion(tables(path));
            conversions.put(from, known);
        }
        return known;
    }

    /// What the clocks that every kernel has showed at a moment, by their names; those not related
    /// to the one it is told in are left out.
    SortedMap<String, Long> others(Clock from, long ns) {
        SortedMap<String, Long> shown = new TreeMap<>();
        for (int id : List.of(REALTIME, MONOTONIC, MONOTONIC_RAW, BOOTTIME)) {
            Clock clock = clock(-1, id);
            List<Clock> path = clock.equals(from) ? List.of() : path(from, clock);
            if (!path.isEmpty()) {
                shown.put(name(clock), new Conversion(tables(path)).convert(ns));
            }
        }
        return shown;
    }

    /// The clocks from one to the other, fewest first; empty when there is no way.
    private List<Clock> path(Clock from, Clock to) {
        Map<Clock, Clock> cameFrom = new HashMap<>();
        ArrayDeque<Clock> open = new ArrayDeque<>(List.of(from));
        cameFrom.put(from, from);
        while (!open.isEmpty() && !cameFrom.containsKey(to)) {
            Clock clock = open.remove();
            together.getOrDefault(clock, Set.of()).stream()
                    .sorted(Comparator.comparingInt(Clock::id).thenComparingLong(Clock::sequence))
                    .forEach(next -> {
                        if (cameFrom.putIfAbsent(next, clock) == null) {
                            open.add(next);
                        }
                    });
        }
        List<Clock> path = new ArrayList<>();
        if (cameFrom.containsKey(to)) {
            for (Clock clock = to;
                    !clock.equals(from);
                    clock = cameFrom.getOrDefault(clock, from)) {
                path.addFirst(clock);
            }
            path.addFirst(from);
        }
        return path;
    }

    private List<Table> tables(List<Clock> path) {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i + 1 < path.size(); i++) {
            tables.add(table(path.get(i), path.get(i + 1)));
        }
        return tables;
    }

    private Table table(Clock from, Clock to) {
        List<long[]> pairs = new ArrayList<>();
        for (List<Reading> moment : moments) {
            Reading one = find(moment, from);
            Reading other = find(moment, to);
            if (one != null && other != null) {
                pairs.add(new long[] {one.ns(), other.ns() - one.ns()});
            }
        }
        pairs.sort(Comparator.comparingLong(pair -> pair[0]));
        return new Table(
                pairs.stream().mapToLong(pair -> pair[0]).toArray(),
                pairs.stream().mapToLong(pair -> pair[1]).toArray());
    }

    private static @Nullable Reading find(List<Reading> moment, Clock clock) {
        for (Reading reading : moment) {
            if (reading.clock().equals(clock)) {
                return reading;
            }
        }
        return null;
    }

    /// From one clock to the next.
    private static final class Table {
        private final long[] from;
        private final long[] difference;
        private int last;

        Table(long[] from, long[] difference) {
            this.from = from;
            this.difference = difference;
        }

        long convert(long ns) {
            boolean isSame =
                    (last == 0 || from[last] <= ns)
                            && (last + 1 == from.length || ns < from[last + 1]);
            if (!isSame) {
                int found = Arrays.binarySearch(from, ns);
                last = found >= 0 ? found : Math.max(0, -found - 2);
                // Of several readings at one time the last holds.
                while (last + 1 < from.length && from[last + 1] == from[last]) {
                    last++;
                }
            }
            return ns + difference[last];
        }
    }

    /// From one clock to another.
    static final class Conversion {
        static final Conversion NONE = new Conversion(List.of());

        private final List<Table> tables;

        private Conversion(List<Table> tables) {
            this.tables = tables;
        }

        /// @param ns a time in ns of the one clock
        long convert(long ns) {
            long result = ns;
            for (int i = 0; i < tables.size(); i++) {
                result = tables.get(i).convert(result);
            }
            return result;
        }
    }
}
