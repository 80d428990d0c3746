package org.panscope.trace.perfetto;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.DeferredLosses;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// The packets of a file, in file order or by their place. Packed packets are as good as others;
/// inside of them nothing is unpacked again.
///
/// A place is a number that grows from packet to packet: the offset of the packet's tag, or for a
/// packed one the block and the offset inside the unpacked block.
final class PacketFile {
    private static final int PACKET = 1;
    private static final int PACKETS_PER_PROGRESS = 8192;
    private static final int BLOCK_SHIFT = 26;
    private static final long PACKED = 1L << 58;
    private static final long BLOCK_MASK = (1L << BLOCK_SHIFT) - 1;

    /// How many bits of a number a place needs.
    static final int PLACE_BITS = 59;

    private final MemorySegment file;
    private final String source;
    private final PackedBlocks blocks;
    private final ProtoCursor frame = new ProtoCursor();
    private final ProtoCursor inner = new ProtoCursor();
    private final Packet packet = new Packet();

    /// @param source name of the file, for messages
    PacketFile(MemorySegment file, String source) {
        this.file = file;
        this.source = source;
        blocks = new PackedBlocks(file);
    }

    /// Takes packets, one after the other. The packet is valid during the call.
    @FunctionalInterface
    interface Visitor {
        void packet(Packet packet) throws IOException;
    }

    /// Shows every packet that can be read.
    ///
    /// @param losses told of what cannot be read, or null when somebody was told before
    /// @return whether it was cancelled
    boolean forEach(Visitor visitor, @Nullable DeferredLosses losses, Progress progress)
            throws IOException {
        Walk walk = new Walk(visitor, losses);
        frame.on(file, 0, file.byteSize());
        long packets = 0;
        long at = 0;
        try {
            while (true) {
                at = frame.position();
                if (!frame.next()) {
                    return false;
                }
                walk.field(frame, at, at, true);
                if (++packets % PACKETS_PER_PROGRESS == 0) {
                    progress.advance(at, file.byteSize());
                    if (progress.isCancelled()) {
                        return true;
                    }
                }
            }
        } catch (ProtoException e) {
            walk.lost("truncated", "the file is cut off or damaged here: " + e.getMessage(), at);
            return false;
        }
    }

    /// The packet at a place that [#forEach] showed. The same object every time.
    Packet load(long place) throws ProtoException {
        MemorySegment bytes = file;
        long at = place;
        if ((place & PACKED) != 0) {
            bytes = blocks.get((int) ((place & ~PACKED) >>> BLOCK_SHIFT));
            at = place & BLOCK_MASK;
        }
        frame.on(bytes, at, bytes.byteSize());
        if (!frame.next()) {
            throw new ProtoException("no packet at " + place);
        }
        packet.read(bytes, frame.from(), frame.to(), place);
        return packet;
    }

    /// Offset in the file of what is at a place, or null for what is packed.
    static @Nullable Long offset(long place) {
        return (place & PACKED) != 0 ? null : (Long) place;
    }

    private final class Walk {
        private final Visitor visitor;
        private final @Nullable DeferredLosses losses;

        Walk(Visitor visitor, @Nullable DeferredLosses losses) {
            this.visitor = visitor;
            this.losses = losses;
        }

        void lost(String reason, String what, long offset) {
            if (losses != null) {
                losses.lost(reason, what, null, null, offset);
            }
        }

        /// @param place of the field
        /// @param offset in the file, for messages
        void field(ProtoCursor cursor, long place, long offset, boolean mayUnpack)
                throws IOException {
            if (cursor.field() != PACKET || cursor.isNumber()) {
                lost("unknown-field", "field " + cursor.field() + " outside of packets", offset);
                return;
            }
            try {
                packet.read(cursor.bytes(), cursor.from(), cursor.to(), place);
                boolean isPacked =
                        packet.data() == Packet.ZLIB_PACKETS
                                || packet.data() == Packet.ZSTD_PACKETS;
                if (!isPacked) {
                    visitor.packet(packet);
                } else if (mayUnpack) {
                    block(
                            blocks.add(
                                    packet.dataFrom(),
                                    packet.dataTo(),
                                    packet.data() == Packet.ZSTD_PACKETS),
                            offset);
                } else {
                    lost("nested-packing", "packed packets inside packed packets", offset);
                }
            } catch (ProtoException e) {
                lost("damaged-packet", String.valueOf(e.getMessage()), offset);
            }
        }

        private void block(int block, long offset) throws IOException {
            MemorySegment plain = blocks.get(block);
            String problem = blocks.problemOf(block);
            if (problem != null) {
                lost("damaged-packet", problem, offset);
            }
            if (losses != null) {
                blocks.account(plain, source);
            }
            inner.on(plain, 0, plain.byteSize());
            long base = PACKED | (long) block << BLOCK_SHIFT;
            try {
                for (long at = 0; inner.next(); at = inner.position()) {
                    field(inner, base | at, offset, false);
                }
            } catch (ProtoException e) {
                lost("truncated", "packed packets are cut off: " + e.getMessage(), offset);
            }
        }
    }
}
