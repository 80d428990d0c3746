package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/// The ring buffer of a queue as rows of instruction words, with everybody's idea of where it
/// begins and ends.
///
/// @param queue the queue
/// @param ringBytes size of the ring
/// @param rows in order of the free-running offset, or of the ring offset for a whole ring
public record RingView(ObjectId queue, long ringBytes, List<Row> rows) {
    private static final int WORD_BYTES = Long.BYTES;

    /// Rings beyond this are not looked at: the driver allows 64 KiB.
    private static final long MAX_RING_BYTES = 1 << 24;

    public RingView {
        rows = List.copyOf(rows);
    }

    /// How far a word has come.
    public enum Status {
        /// Executed; its place may be written again.
        CONSUMED,
        /// What the firmware executes now.
        EXECUTING,
        /// The firmware has seen an INSERT beyond it.
        FETCHED,
        /// INSERT in memory is beyond it; the firmware has not read that yet.
        PUBLISHED,
        /// Stored, INSERT not moved.
        WRITTEN,
        /// Left from an earlier round, or never written.
        STALE
    }

    /// A word of the ring.
    ///
    /// @param ringOffset from the start of the ring, in bytes
    /// @param freeOffset the same as a free-running offset
    /// @param word the instruction, or null when its bytes were not all observed
    /// @param text disassembly, empty for an unknown word
    /// @param status how far it has come
    /// @param insertOf who believes INSERT is here
    /// @param extractOf who believes EXTRACT is here
    /// @param writtenBy event that stored it, or -1
    public record Row(
            long ringOffset,
            long freeOffset,
            @Nullable Long word,
            String text,
            Status status,
            Set<Belief> insertOf,
            Set<Belief> extractOf,
            long writtenBy) {}

    /// The part of the ring that matters: from the lowest extract to the end of what was written,
    /// with `context` words before and after; never more than the whole ring. Null when the ring of
    /// the queue is not known.
    public static @Nullable RingView around(
            MachineState state, ObjectId queue, int context, LongFunction<String> disassembler) {
        Ring ring = Ring.of(state, queue);
        if (ring == null) {
            return null;
        }
        long margin = (long) context * WORD_BYTES;
        long from = Math.max(0, Math.max(ring.low() - margin, ring.high() - ring.bytes()));
        from -= from % WORD_BYTES;
        long to = Math.min(ring.high() + margin, from + ring.bytes());
        List<Row> rows = new ArrayList<>();
        for (long at = from; at < to; at += WORD_BYTES) {
            rows.add(row(state, ring, at, disassembler));
        }
        return new RingView(queue, ring.bytes(), rows);
    }

    /// The whole ring from its first byte on. A place that holds nothing new is shown as what it
    /// held last. Null when the ring of the queue is not known.
    public static @Nullable RingView whole(
            MachineState state, ObjectId queue, LongFunction<String> disassembler) {
        Ring ring = Ring.of(state, queue);
        if (ring == null) {
            return null;
        }
        List<Row> rows = new ArrayList<>();
        for (long offset = 0; offset < ring.bytes(); offset += WORD_BYTES) {
            long ahead = ring.low() + Math.floorMod(offset - ring.low(), ring.bytes());
            boolean isLive = ahead < ring.high() || ahead < ring.bytes();
            rows.add(row(state, ring, isLive ? ahead : ahead - ring.bytes(), disassembler));
        }
        return new RingView(queue, ring.bytes(), rows);
    }

    private static Row row(
            MachineState state, Ring ring, long at, LongFunction<String> disassembler) {
        long offset = at % ring.bytes();
        boolean[] known = new boolean[WORD_BYTES];
        byte[] bytes = state.memory().read(ring.bo(), offset, WORD_BYTES, known);
        boolean complete = true;
        for (boolean one : known) {
            complete &= one;
        }
        Long word =
                complete ? ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() : null;
        return new Row(
                offset,
                at,
                word,
                word == null ? "" : disassembler.apply(word),
                ring.status(at),
                ring.whoHas("insert", at),
                ring.whoHas("extract", at),
                state.memory().lastWriter(ring.bo(), offset));
    }

    /// The quantities of a queue that say what its ring holds.
    ///
    /// @param extract what has been executed; the firmware's word, or memory's, or the kernel's
    /// @param fetched INSERT as the firmware read it
    /// @param published INSERT in memory
    /// @param written end of what was stored
    /// @param pc address of the current instruction when it lies in the ring, as a ring offset
    private record Ring(
            ObjectState queue,
            int bo,
            long bytes,
            long extract,
            long fetched,
            long published,
            long written,
            @Nullable Long pc) {

        static @Nullable Ring of(MachineState state, ObjectId id) {
            ObjectState queue = state.object(id);
            Long bo = queue == null ? null : number(queue, "ring_bo", Belief.KERNEL);
            Long bytes = queue == null ? null : number(queue, "ring_size", Belief.KERNEL);
            if (queue == null
                    || bo == null
                    || bytes == null
                    || bytes < WORD_BYTES
                    || bytes > MAX_RING_BYTES) {
                return null;
            }
            long extract = any(queue, "extract", Belief.FIRMWARE, Belief.MEMORY, Belief.KERNEL);
            long fetched = any(queue, "insert", Belief.FIRMWARE);
            long published = any(queue, "insert", Belief.MEMORY, Belief.APPLICATION, Belief.KERNEL);
            long written =
                    Math.max(
                            any(queue, "written", Belief.APPLICATION),
                            any(queue, "written", Belief.KERNEL));
            return new Ring(
                    queue,
                    bo.intValue(),
                    bytes,
                    extract,
                    fetched,
                    published,
                    written,
                    executing(queue, bytes));
        }

        /// Offset of the instruction being executed, or null when it is not one of the ring.
        private static @Nullable Long executing(ObjectState queue, long bytes) {
            Long pc = number(queue, "pc", Belief.FIRMWARE);
            Long va = number(queue, "ring_va", Belief.KERNEL);
            Cell active = queue.get(Belief.FIRMWARE, "active");
            boolean runs = active != null && active.value().equals(true);
            return !runs || pc == null || va == null || pc < va || pc >= va + bytes
                    ? null
                    : pc - va;
        }

        /// First byte that is not done with.
        long low() {
            return clamp(Math.min(extract, Math.min(published, written)));
        }

        /// First byte nobody wrote.
        long high() {
            return Math.min(clamp(Math.max(written, Math.max(published, extract))), low() + bytes);
        }

        /// Hostile applications store any number: keep arithmetic from overflowing.
        private static long clamp(long offset) {
            return Math.max(0, Math.min(offset, Long.MAX_VALUE / 4));
        }

        Status status(long at) {
            if (at < extract) {
                return at < extract - bytes ? Status.STALE : Status.CONSUMED;
            }
            boolean inReach = at < Math.max(fetched, published);
            if (inReach && pc != null && pc == at % bytes) {
                return Status.EXECUTING;
            }
            return at < fetched
                    ? Status.FETCHED
                    : at < published
                            ? Status.PUBLISHED
                            : at < written ? Status.WRITTEN : Status.STALE;
        }

        Set<Belief> whoHas(String quantity, long at) {
            Set<Belief> who = EnumSet.noneOf(Belief.class);
            for (Belief belief : Belief.values()) {
                Long offset = number(queue, quantity, belief);
                if (offset != null && offset == at) {
                    who.add(belief);
                }
            }
            return who;
        }

        private static long any(ObjectState queue, String quantity, Belief... beliefs) {
            for (Belief belief : beliefs) {
                Long number = number(queue, quantity, belief);
                if (number != null) {
                    return number;
                }
            }
            return 0;
        }

        private static @Nullable Long number(ObjectState queue, String quantity, Belief belief) {
            Cell cell = queue.get(belief, quantity);
            return cell != null && cell.value() instanceof Long number ? number : null;
        }
    }
}
