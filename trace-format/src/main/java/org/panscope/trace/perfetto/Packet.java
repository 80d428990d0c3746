package org.panscope.trace.perfetto;

import java.lang.foreign.MemorySegment;

/// One packet: what its head says, and where its parts are. Reused for all packets.
///
/// perfetto: protos/perfetto/trace/trace_packet.proto
final class Packet {
    static final int FTRACE_EVENTS = 1;
    static final int PROCESS_TREE = 2;
    static final int CLOCK_SNAPSHOT = 6;
    static final int TRACK_EVENT = 11;
    static final int TRACE_CONFIG = 33;
    static final int FTRACE_STATS = 34;
    static final int TRACE_STATS = 35;
    static final int PROCESS_DESCRIPTOR = 43;
    static final int THREAD_DESCRIPTOR = 44;
    static final int SYSTEM_INFO = 45;
    static final int ZLIB_PACKETS = 50;
    static final int GPU_COUNTER_EVENT = 52;
    static final int GPU_RENDER_STAGE_EVENT = 53;
    static final int TRACK_DESCRIPTOR = 60;
    static final int GPU_LOG = 63;
    static final int VULKAN_API_EVENT = 65;
    static final int GPU_MEM_TOTAL_EVENT = 71;
    static final int ZSTD_PACKETS = 133;

    static final int STATE_CLEARED = 1;
    static final int STATE_NEEDED = 2;

    private final ProtoCursor cursor = new ProtoCursor();
    private MemorySegment bytes = MemorySegment.NULL;
    private long location;
    private long from;
    private long to;

    private boolean hasTimestamp;
    private long timestamp;
    private int clock;
    private long sequence;
    private int flags;
    private boolean dropped;
    private boolean first;
    private int machine;
    private long internedFrom;
    private long internedTo;
    private long defaultsFrom;
    private long defaultsTo;
    private int data;
    private long dataFrom;
    private long dataTo;

    /// Reads the head of a packet.
    ///
    /// @param place where the packet is, for [PacketFile#load]
    void read(MemorySegment message, long first, long afterLast, long place) throws ProtoException {
        bytes = message;
        from = first;
        to = afterLast;
        location = place;
        clear();
        cursor.on(message, first, afterLast);
        while (cursor.next()) {
            takeField();
        }
    }

    private void clear() {
        hasTimestamp = false;
        timestamp = 0;
        clock = 0;
        sequence = 0;
        flags = 0;
        dropped = false;
        first = false;
        machine = 0;
        internedFrom = 0;
        internedTo = 0;
        defaultsFrom = 0;
        defaultsTo = 0;
        data = 0;
        dataFrom = 0;
        dataTo = 0;
    }

    private void takeField() throws ProtoException {
        switch (cursor.field()) {
            case 8 -> {
                timestamp = cursor.number();
                hasTimestamp = true;
            }
            case 58 -> clock = cursor.int32();
            case 10 -> sequence = cursor.number() & 0xffff_ffffL;
            case 13 -> flags |= cursor.int32();
            case 41 -> flags |= cursor.flag() ? STATE_CLEARED : 0;
            case 42 -> dropped = cursor.flag();
            case 87 -> first = cursor.flag();
            case 98 -> machine = cursor.int32();
            case 12 -> {
                internedFrom = cursor.from();
                internedTo = cursor.to();
            }
            case 59 -> {
                defaultsFrom = cursor.from();
                defaultsTo = cursor.to();
            }
            default -> {
                if (!cursor.isNumber()) {
                    data = cursor.field();
                    dataFrom = cursor.from();
                    dataTo = cursor.to();
                }
            }
        }
    }

    MemorySegment bytes() {
        return bytes;
    }

    long location() {
        return location;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    boolean hasTimestamp() {
        return hasTimestamp;
    }

    /// Time in the packet's own clock.
    long timestamp() {
        return timestamp;
    }

    /// The clock the packet names, or 0.
    int clock() {
        return clock;
    }

    /// The writer it comes from. Numbers of several machines do not clash.
    long sequence() {
        return (long) machine << 32 | sequence;
    }

    /// 0 is the machine that recorded.
    int machine() {
        return machine;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// Whether packets of this writer before it are missing.
    boolean isAfterLoss() {
        return dropped;
    }

    /// Whether the writer says that this is its first packet.
    boolean isFirst() {
        return first;
    }

    boolean hasInterned() {
        return internedTo > internedFrom;
    }

    ProtoCursor interned(ProtoCursor on) {
        return on.on(bytes, internedFrom, internedTo);
    }

    boolean hasDefaults() {
        return defaultsTo > defaultsFrom;
    }

    ProtoCursor defaults(ProtoCursor on) {
        return on.on(bytes, defaultsFrom, defaultsTo);
    }

    /// Field number of what the packet is about, or 0.
    int data() {
        return data;
    }

    ProtoCursor data(ProtoCursor on) {
        return on.on(bytes, dataFrom, dataTo);
    }

    long dataFrom() {
        return dataFrom;
    }

    long dataTo() {
        return dataTo;
    }
}
