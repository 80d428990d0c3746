package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/// A bundle of ftrace events of one CPU: everything but its events, and a way through those. Times
/// are those of the trace's clock.
///
/// perfetto: protos/perfetto/trace/ftrace/ftrace_event_bundle.proto
final class Bundle {
    private static final int EVENT = 2;
    private static final int MONO_RAW = 4;
    private static final int MOST_CPUS = 1 << 16;

    private final FileFacts facts;
    private final ProtoCursor events = new ProtoCursor();
    private final ProtoCursor event = new ProtoCursor();
    private MemorySegment bytes = MemorySegment.NULL;
    private long from;
    private long to;
    private int cpu = -1;
    private boolean lostBefore;
    private long compactFrom;
    private long compactTo;
    private long firstRead;
    private int clock;
    private long clockTime;
    private long bootTime;
    private boolean isClockKnown;
    private Clocks.Conversion conversion = Clocks.Conversion.NONE;
    private long eventStart;

    Bundle(FileFacts facts) {
        this.facts = facts;
    }

    /// Takes a packet with a bundle.
    ///
    /// @param descriptions where to put what the bundle says of its events, or null
    void read(Packet packet, @Nullable DescribedEvents descriptions) throws ProtoException {
        bytes = packet.bytes();
        from = packet.dataFrom();
        to = packet.dataTo();
        cpu = -1;
        lostBefore = false;
        compactFrom = 0;
        compactTo = 0;
        firstRead = 0;
        clock = 0;
        clockTime = 0;
        bootTime = 0;
        events.on(bytes, from, to);
        while (events.next()) {
            switch (events.field()) {
                case EVENT -> {}
                case 1 ->
                        cpu =
                                Long.compareUnsigned(events.number(), MOST_CPUS) >= 0
                                        ? -1
                                        : events.int32();
                case 3 -> lostBefore = events.flag();
                case 4 -> {
                    compactFrom = events.from();
                    compactTo = events.to();
                }
                case 5 -> clock = events.int32();
                case 6 -> clockTime = events.number();
                case 7 -> bootTime = events.number();
                case 9 -> firstRead = events.number();
                case 10 -> firstRead = firstRead == 0 ? events.number() : firstRead;
                case 11 -> {
                    if (descriptions != null) {
                        descriptions.add(event.on(events));
                    }
                }
                default -> {}
            }
        }
        chooseConversion();
        events.on(bytes, from, to);
    }

    private void chooseConversion() {
        isClockKnown = true;
        Clocks.Clock own = Clocks.clock(-1, Clocks.BOOTTIME);
        if (clock == MONO_RAW && (clockTime == 0 || bootTime == 0)) {
            own = Clocks.clock(-1, Clocks.MONOTONIC_RAW);
            clockTime = 0;
            bootTime = 0;
        } else if (clock != 0 && (clockTime == 0 || bootTime == 0)) {
            isClockKnown = false;
        }
        if (clock == 0 || !isClockKnown) {
            clockTime = 0;
            bootTime = 0;
        }
        Clocks.Conversion found = facts.clocks.conversion(own, facts.clock);
        isClockKnown &= found != null;
        conversion = found == null ? Clocks.Conversion.NONE : found;
    }

    /// Number of the CPU, or -1 when the bundle does not say.
    int cpu() {
        return cpu;
    }

    /// Whether events of this CPU are missing before it.
    boolean isLostBefore() {
        return lostBefore;
    }

    boolean hasCompact() {
        return compactTo > compactFrom;
    }

    ProtoCursor compact(ProtoCursor on) {
        return on.on(bytes, compactFrom, compactTo);
    }

    /// Time up to which this CPU had been read when the bundle was begun, in the bundle's clock; 0
    /// when it does not say.
    long firstRead() {
        return firstRead;
    }

    /// Whether its times could be converted.
    boolean isClockKnown() {
        return isClockKnown;
    }

    /// A time of the bundle in the trace's clock.
    long toNs(long own) {
        return conversion.convert(own - clockTime + bootTime);
    }

    MemorySegment bytes() {
        return bytes;
    }

    /// Starts at an event again, by what [#eventStart] gave.
    void seekEvent(long start) {
        events.seek(start);
    }

    /// Moves to the next event.
    ///
    /// @return false at the end of the bundle
    boolean nextEvent() throws ProtoException {
        eventStart = events.position();
        while (events.next()) {
            if (events.field() == EVENT && !events.isNumber()) {
                return true;
            }
            eventStart = events.position();
        }
        return false;
    }

    /// Where the current event begins, its tag included.
    long eventStart() {
        return eventStart;
    }

    /// The current event's message.
    ProtoCursor event(ProtoCursor on) throws ProtoException {
        return on.on(events);
    }

    /// The current event's time in the trace's clock, or [Long#MIN_VALUE] when it has none.
    long eventTime() throws ProtoException {
        event.on(events);
        while (event.next()) {
            if (event.field() == 1) {
                return toNs(event.number());
            }
        }
        return Long.MIN_VALUE;
    }
}
