package org.panscope.trace.perfetto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Tells whether bytes begin a Perfetto trace.
public final class PerfettoSniffer {
    private static final int PACKET_TAG = 0x0a;
    private static final int PACKETS_LOOKED_AT = 16;

    private PerfettoSniffer() {}

    /// Whether one of the first packets is well formed, as far as it is there.
    public static boolean looksLikePerfetto(byte[] first) {
        if (first.length == 0 || first[0] != PACKET_TAG || isText(first)) {
            return false;
        }
        MemorySegment bytes = MemorySegment.ofArray(first);
        ProtoCursor frame = new ProtoCursor().on(bytes, 0, first.length);
        boolean anyGood = false;
        try {
            for (int i = 0; i < PACKETS_LOOKED_AT && frame.next(); i++) {
                if (frame.field() != 1 || frame.isNumber()) {
                    return anyGood;
                }
                anyGood |= isPacket(bytes, frame.from(), frame.to());
            }
            return anyGood;
        } catch (ProtoException cut) {
            return anyGood || isCutPacket(bytes);
        }
    }

    /// A packet begins as a line break does.
    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPacket(MemorySegment bytes, long from, long to) {
        try {
            Packet packet = new Packet();
            packet.read(bytes, from, to, 0);
            return to > from;
        } catch (ProtoException e) {
            return false;
        }
    }

    /// Whether the first packet, of which the sample holds only the beginning, goes well up to the
    /// end of the sample: its first field must be one that packets have.
    private static boolean isCutPacket(MemorySegment bytes) {
        long at = 1;
        byte b;
        do {
            if (at >= Math.min(bytes.byteSize(), 7)) {
                return false;
            }
            b = bytes.get(ValueLayout.JAVA_BYTE, at++);
        } while (b < 0);
        ProtoCursor fields = new ProtoCursor().on(bytes, at, bytes.byteSize());
        int good = 0;
        try {
            while (fields.next()) {
                good++;
            }
            return good > 0;
        } catch (ProtoException cut) {
            return good > 0 || (fields.wire() == ProtoCursor.BYTES && fields.field() < 1024);
        }
    }
}
