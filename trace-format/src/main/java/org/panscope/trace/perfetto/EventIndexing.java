package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The second walk over a file: when the events of each packet happened. A bundle of ftrace events
/// is one entry for each stretch in which times do not go back.
final class EventIndexing {
    /// The packet is an event, or several at one time.
    static final int PACKET = 0;

    /// A stretch of events of a bundle.
    static final int EVENTS = 1;

    /// The switches of a bundle that are stored as columns.
    static final int SWITCHES = 2;

    static final int WAKINGS = 3;

    private static final int KIND_SHIFT = PacketFile.PLACE_BITS;
    private static final long FIRST = 1L << 62;

    private final FileFacts facts;
    private final DeferredLosses losses;
    private final EventIndex index;
    private final Sequences sequences = new Sequences();
    private final ProtoCursor cursor = new ProtoCursor();
    private final ProtoCursor inner = new ProtoCursor();
    private final Bundle bundle;
    private final Map<Integer, Default> defaults = new HashMap<>();
    private final SortedMap<String, Long> unknownClocks = new TreeMap<>();
    private long withoutState;
    private long lastPanscopeNs = Long.MIN_VALUE;

    /// What events of a generation are about that say nothing themselves.
    ///
    /// @param track number of a track, or null
    record Default(@Nullable Long track, int pid, int tid) {}

    EventIndexing(FileFacts facts, DeferredLosses losses, EventIndex index) {
        this.facts = facts;
        this.losses = losses;
        this.index = index;
        bundle = new Bundle(facts);
    }

    // ---- what is in an entry

    static int kind(long place) {
        return (int) (place >>> KIND_SHIFT) & 7;
    }

    /// Whether it is the first of its packet in time.
    static boolean isFirst(long place) {
        return (place & FIRST) != 0;
    }

    static long packetPlace(long place) {
        return place & (1L << KIND_SHIFT) - 1;
    }

    static int generation(long detail) {
        return (int) (detail >>> 32);
    }

    /// Where in the packet a stretch of events begins.
    static long offset(long detail) {
        return detail & 0xffff_ffffL;
    }

    // ---- filling it

    /// Walks over the file.
    ///
    /// @return whether it was cancelled
    boolean run(PacketFile file, Progress progress) throws IOException {
        boolean cancelled = file.forEach(this::packet, null, progress);
        unknownClocks.forEach((clock, count) ->
                losses.lost(
                        "clock-unknown",
                        count
                                + " packets tell time by "
                                + clock
                                + ", which no snapshot compares with "
                                + Clocks.name(facts.clock),
                        count));
        if (withoutState > 0) {
            losses.lost(
                    "missing-state",
                    withoutState
                            + " packets refer to texts that were lost before the file or inside it",
                    withoutState);
        }
        return cancelled;
    }

    Default defaultOf(int generation) {
        return defaults.getOrDefault(generation, new Default(null, -1, -1));
    }

    private void packet(Packet packet) throws IOException {
        if (packet.machine() != 0) {
            return;
        }
        try {
            take(packet);
        } catch (ProtoException e) {
            losses.lost(
                    "damaged-packet",
                    String.valueOf(e.getMessage()),
                    null,
                    null,
                    PacketFile.offset(packet.location()));
        }
    }

    private void take(Packet packet) throws IOException {
        Sequences.State state = sequences.enter(packet);
        if (packet.has(Packet.STATE_NEEDED) && !state.isValid()) {
            withoutState++;
            return;
        }
        switch (packet.data()) {
            case Packet.FTRACE_EVENTS -> bundle(packet, state);
            case Packet.CLOCK_SNAPSHOT ->
                    facts.clocks.add(packet.data(cursor), packet.sequence(), state);
            case Packet.THREAD_DESCRIPTOR -> thread(packet, state);
            case Packet.TRACK_EVENT -> trackEvent(packet, state);
            case Packet.GPU_COUNTER_EVENT,
                    Packet.GPU_RENDER_STAGE_EVENT,
                    Packet.GPU_LOG,
                    Packet.GPU_MEM_TOTAL_EVENT,
                    Packet.VULKAN_API_EVENT -> {
                if (packet.hasTimestamp()) {
                    add(packet, state, packetTime(packet, state));
                }
            }
            default -> {}
        }
    }

    private void thread(Packet packet, Sequences.State state) throws ProtoException {
        TrackDescriptors.Owner owner = new TrackDescriptors.Owner();
        owner.takeThread(packet.data(cursor), facts.names);
        state.runsOn(owner.pid(), owner.tid(), owner.referenceMicros());
    }

    private void trackEvent(Packet packet, Sequences.State state) throws IOException {
        if (state.track() != null || state.thread() != 0) {
            defaults.putIfAbsent(
                    state.generation(),
                    new Default(
                            state.track(),
                            state.thread() == 0 ? -1 : state.process(),
                            state.thread() == 0 ? -1 : state.thread()));
        }
        Long time = packet.hasTimestamp() ? packetTime(packet, state) : legacyTime(packet, state);
        if (time != null && facts.panscope.isFrom(state.generation())) {
            // Its events stand in their own order, whatever their times.
            lastPanscopeNs = Math.max(lastPanscopeNs, time);
            time = lastPanscopeNs;
        }
        add(packet, state, time);
    }

    private @Nullable Long legacyTime(Packet packet, Sequences.State state) throws ProtoException {
        packet.data(cursor);
        while (cursor.next()) {
            if (cursor.field() == 16) {
                return cursor.number() * 1000;
            } else if (cursor.field() == 1) {
                return state.legacyMicros(cursor.number()) * 1000;
            }
        }
        return null;
    }

    private void add(Packet packet, Sequences.State state, @Nullable Long time) throws IOException {
        if (time != null) {
            index.add(time, packet.location() | FIRST, detail(state, 0));
        }
    }

    private static long detail(Sequences.State state, long offset) {
        return (long) state.generation() << 32 | offset;
    }

    /// Time of a packet in the trace's clock, or null when there is no way to tell.
    private @Nullable Long packetTime(Packet packet, Sequences.State state) {
        int id = packet.clock() != 0 ? packet.clock() : state.clock();
        if (id == 0) {
            id = facts.clocks.primary() != 0 ? facts.clocks.primary() : Clocks.BOOTTIME;
        }
        Clocks.Clock clock = Clocks.clock(packet.sequence(), id);
        Clocks.Counting counting = facts.clocks.counting(clock);
        long ticks =
                counting.incremental() && id >= 64
                        ? state.tick(id, packet.timestamp())
                        : packet.timestamp();
        Clocks.Conversion conversion = facts.clocks.conversion(clock, facts.clock);
        if (conversion == null) {
            unknownClocks.merge(Clocks.name(clock), 1L, Long::sum);
            return null;
        }
        return conversion.convert(ticks * counting.unitNs());
    }

    // ---- bundles

    private void bundle(Packet packet, Sequences.State state) throws IOException {
        bundle.read(packet, facts.described);
        if (bundle.cpu() >= 0 && bundle.firstRead() != 0) {
            facts.completeFrom.putIfAbsent(bundle.cpu(), bundle.toNs(bundle.firstRead()));
        }
        if (!bundle.isClockKnown()) {
            unknownClocks.merge("a clock of the kernel", 1L, Long::sum);
        }
        long switches = Long.MIN_VALUE;
        long wakings = Long.MIN_VALUE;
        if (bundle.hasCompact()) {
            bundle.compact(cursor);
            while (cursor.next()) {
                if (cursor.field() == 1 && !cursor.isNumber() && cursor.length() > 0) {
                    switches = bundle.toNs(firstPacked());
                } else if (cursor.field() == 7 && !cursor.isNumber() && cursor.length() > 0) {
                    wakings = bundle.toNs(firstPacked());
                }
            }
        }
        stretches(packet, state, firstOf(switches, wakings));
        compact(packet, state, SWITCHES, switches);
        compact(packet, state, WAKINGS, wakings);
    }

    private long firstPacked() throws ProtoException {
        inner.on(cursor);
        return inner.packed();
    }

    private static long firstOf(long one, long other) {
        if (one == Long.MIN_VALUE || other == Long.MIN_VALUE) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }

    private void compact(Packet packet, Sequences.State state, int kind, long time)
            throws IOException {
        if (time != Long.MIN_VALUE) {
            boolean isFirst = time == firstTime;
            firstTime = isFirst ? Long.MIN_VALUE : firstTime;
            index.add(
                    time,
                    packet.location() | (long) kind << KIND_SHIFT | (isFirst ? FIRST : 0),
                    detail(state, 0));
        }
    }

    /// Time of the earliest entry of the packet, for whoever has it first.
    private long firstTime;

    private void stretches(Packet packet, Sequences.State state, long compactFirst)
            throws IOException {
        firstTime = compactFirst;
        long last = Long.MIN_VALUE;
        boolean any = false;
        try {
            while (bundle.nextEvent()) {
                long time = bundle.eventTime();
                if (time == Long.MIN_VALUE) {
                    continue;
                }
                if (!any || time < last) {
                    boolean isFirst =
                            !any && (compactFirst == Long.MIN_VALUE || time <= compactFirst);
                    firstTime = isFirst ? Long.MIN_VALUE : firstTime;
                    any = true;
                    index.add(
                            time,
                            packet.location() | (long) EVENTS << KIND_SHIFT | (isFirst ? FIRST : 0),
                            detail(state, bundle.eventStart() - packet.from()));
                }
                last = time;
            }
        } catch (ProtoException e) {
            damaged(packet, String.valueOf(e.getMessage()));
        }
    }

    private void damaged(Packet packet, String what) {
        losses.lost(
                "damaged-packet",
                "a bundle of ftrace events: " + what,
                null,
                bundle.cpu() < 0 ? null : (Integer) bundle.cpu(),
                PacketFile.offset(packet.location()));
    }
}
