package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.nio.ByteOrder;

/// The records of one CPU, in order: its pages one after the other, unpacked chunk by chunk where
/// they are packed.
///
/// kernel: kernel/trace/ring_buffer.c, rb_advance_reader; libtraceevent: kbuffer-parse.c
final class CpuRecords {
    /// Told of what is missing.
    interface Losses {
        void lost(String reason, String what, @Nullable Long count, int cpu, long offset);
    }

    private static final int TIME_BITS = 27;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;
    private static final long ABSOLUTE_TOP = 0xf8L << 56;
    private static final int COMMIT_MASK = (1 << TIME_BITS) - 1;
    private static final int LOST = 1 << 31;
    private static final int LOST_COUNTED = 1 << 30;
    private static final int PADDING = 29;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_STAMP = 31;

    private final DatContents contents;
    private final DatBuffer buffer;
    private final DatBuffer.Cpu cpu;
    private final Losses losses;
    private final boolean bigEndian;

    private DatBytes chunk;
    private long chunkAt;
    private long nextChunk;
    private long chunksLeft;
    private long pageEnd;
    private long at;
    private long stamp;
    private long payload;
    private int payloadBytes;
    private boolean ended;

    /// @throws DatFormatException if its data begin beyond the end of the file
    CpuRecords(DatContents contents, DatBuffer buffer, DatBuffer.Cpu cpu, Losses losses)
            throws DatFormatException {
        this.contents = contents;
        this.buffer = buffer;
        this.cpu = cpu;
        this.losses = losses;
        bigEndian = contents.file.order() == ByteOrder.BIG_ENDIAN;
        DatBytes data = contents.file.sliceAsFarAsThere(cpu.offset(), cpu.size());
        if (data.size() < cpu.size()) {
            lost(
                    "truncated",
                    "the data of CPU "
                            + cpu.cpu()
                            + " are cut off: "
                            + data.size()
                            + " of "
                            + cpu.size()
                            + " bytes are there",
                    null,
                    cpu.offset() + data.size());
        }
        if (buffer.compressed() && cpu.size() > 0) {
            chunksLeft = contents.file.u32(cpu.offset());
            nextChunk = cpu.offset() + 4;
            chunk = data.slice(0, 0);
        } else {
            chunk = data;
        }
    }

    DatBuffer buffer() {
        return buffer;
    }

    int cpu() {
        return cpu.cpu();
    }

    /// Raw time of the record.
    long stamp() {
        return stamp;
    }

    /// Where the record is: in these bytes, from here on, so many.
    DatBytes bytes() {
        return chunk;
    }

    long payload() {
        return payload;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /// Bytes of the file that were used up.
    long consumedBytes() {
        return ended
                ? cpu.size()
                : buffer.compressed() ? nextChunk - cpu.offset() : Math.min(chunkAt, cpu.size());
    }

    /// Moves to the next record.
    ///
    /// @return false at the end
    boolean next() {
        while (!ended) {
            try {
                if (at >= pageEnd) {
                    if (!nextPage()) {
                        ended = true;
                    }
                } else if (record()) {
                    return true;
                }
            } catch (DatFormatException e) {
                lost("damaged-page", String.valueOf(e.getMessage()), null, chunk.inFile(at));
                at = pageEnd;
                ended |= chunk.size() == 0;
            }
        }
        return false;
    }

    private boolean nextPage() throws DatFormatException {
        while (chunkAt >= chunk.size()) {
            if (chunksLeft == 0) {
                return false;
            }
            nextChunk();
        }
        PageLayout layout = contents.layout;
        long page = chunkAt;
        chunkAt += buffer.pageBytes();
        if (chunk.size() - page < layout.dataOffset()) {
            return false;
        }
        stamp = chunk.s64(page);
        int commit =
                (int)
                        chunk.integer(
                                page
                                        + layout.commitOffset()
                                        + (bigEndian && layout.commitBytes() == 8 ? 4 : 0),
                                4,
                                true);
        long used = commit & COMMIT_MASK;
        long most = Math.min(buffer.pageBytes(), chunk.size() - page) - layout.dataOffset();
        if (used > most) {
            lost(
                    "damaged-page",
                    "a page says it holds " + used + " bytes, of " + most,
                    null,
                    chunk.inFile(page));
            used = most;
        }
        at = page + layout.dataOffset();
        pageEnd = at + used;
        if ((commit & LOST) != 0) {
            boolean counted = (commit & LOST_COUNTED) != 0 && used + layout.commitBytes() <= most;
            Long count =
                    counted ? (Long) chunk.integer(pageEnd, layout.commitBytes(), false) : null;
            lost(
                    "ring-overrun",
                    "events of CPU " + cpu.cpu() + " were lost before this page",
                    count,
                    chunk.inFile(page));
        }
        return true;
    }

    private void nextChunk() throws DatFormatException {
        long packed = contents.file.u32(nextChunk);
        long plain = contents.file.u32(nextChunk + 4);
        long from = nextChunk + 8;
        nextChunk = from + packed;
        chunksLeft--;
        chunkAt = 0;
        chunk = contents.file.slice(from, 0);
        chunk = contents.codec.unpack(contents.file, from, packed, plain, contents.source);
    }

    /// Takes in what is at the current place.
    ///
    /// @return whether it is a record with a payload
    private boolean record() throws DatFormatException {
        int head = chunk.s32(at);
        int kind = bigEndian ? head >>> TIME_BITS : head & 0x1f;
        long delta = bigEndian ? head & TIME_MASK : (head & 0xffff_ffffL) >>> 5;
        switch (kind) {
            case PADDING -> {
                if (delta == 0) {
                    at = pageEnd;
                } else {
                    long length = chunk.u32(at + 4);
                    stamp += delta;
                    at += 4 + length;
                }
            }
            case TIME_EXTEND -> {
                stamp += (chunk.u32(at + 4) << TIME_BITS) + delta;
                at += 8;
            }
            case TIME_STAMP -> {
                long absolute = (chunk.u32(at + 4) << TIME_BITS) + delta;
                stamp = (absolute & ~ABSOLUTE_TOP) | (stamp & ABSOLUTE_TOP);
                at += 8;
            }
            case 0 -> {
                long length = chunk.u32(at + 4);
                if (length < 4 || length > pageEnd - at - 4) {
                    throw chunk.error(at, "a record of " + length + " bytes");
                }
                stamp += delta;
                payload = at + 8;
                payloadBytes = (int) length - 4;
                at += 4 + (length + 3 & -4L);
                return true;
            }
            default -> {
                int length = kind * 4;
                if (length > pageEnd - at - 4) {
                    throw chunk.error(at, "a record beyond the end of its page");
                }
                stamp += delta;
                payload = at + 4;
                payloadBytes = length;
                at += 4 + length;
                return true;
            }
        }
        return false;
    }

    private void lost(String reason, String what, @Nullable Long count, long offset) {
        losses.lost(reason, what, count, cpu.cpu(), offset);
    }
}
