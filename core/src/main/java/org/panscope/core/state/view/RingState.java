package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.Belief;
import org.panscope.core.state.Cell;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.view.StreamRow.Status;

import java.util.EnumSet;
import java.util.Set;

/// The quantities of a queue that say what its ring holds.
///
/// @param queue the queue
/// @param bo buffer object of the ring
/// @param bytes size of the ring
/// @param va GPU address of the ring, or null
/// @param extract what has been executed; the firmware's word, or memory's, or the kernel's
/// @param fetched INSERT as the firmware read it
/// @param published INSERT in memory
/// @param written end of what was stored
/// @param pc address of the current instruction, or null while nothing is executed
record RingState(
        ObjectState queue,
        int bo,
        long bytes,
        @Nullable Long va,
        long extract,
        long fetched,
        long published,
        long written,
        @Nullable Long pc) {
    private static final int WORD_BYTES = Long.BYTES;

    /// Rings beyond this are not looked at: the driver allows 64 KiB.
    private static final long MAX_RING_BYTES = 1 << 24;

    /// The ring of a queue, or null when it is not known.
    static @Nullable RingState of(MachineState state, ObjectId id) {
        ObjectState queue = state.object(id);
        Long bo = queue == null ? null : QueueBinding.ringMemory(queue);
        Long bytes = queue == null ? null : number(queue, "ring_size", Belief.KERNEL);
        if (queue == null
                || bo == null
                || bytes == null
                || bytes < WORD_BYTES
                || bytes % WORD_BYTES != 0
                || bytes > MAX_RING_BYTES) {
            return null;
        }
        return new RingState(
                queue,
                bo.intValue(),
                bytes,
                number(queue, "ring_va", Belief.KERNEL),
                any(queue, "extract", Belief.FIRMWARE, Belief.MEMORY, Belief.KERNEL),
                any(queue, "insert", Belief.FIRMWARE),
                any(queue, "insert", Belief.MEMORY, Belief.APPLICATION, Belief.KERNEL),
                Math.max(
                        any(queue, "written", Belief.APPLICATION),
                        any(queue, "written", Belief.KERNEL)),
                pc(queue));
    }

    private static @Nullable Long pc(ObjectState queue) {
        Cell active = queue.get(Belief.FIRMWARE, "active");
        boolean runs = active != null && active.value().equals(true);
        return runs ? number(queue, "pc", Belief.FIRMWARE) : null;
    }

    /// First byte that is not done with.
    long low() {
        long low = clamp(Math.min(extract, Math.min(published, written)));
        return low - low % WORD_BYTES;
    }

    /// First byte nobody wrote, at most a ring behind the first that is not done with.
    private long high() {
        return Math.min(clamp(Math.max(written, Math.max(published, extract))), low() + bytes);
    }

    /// First byte whose place has not been stored to a whole ring later.
    long firstIntact() {
        long end = clamp(written);
        return Math.max(0, end - end % WORD_BYTES - bytes);
    }

    /// Where a window on the ring begins.
    long firstShown(long margin) {
        long from = Math.max(0, Math.max(low() - margin, high() - bytes));
        return from - from % WORD_BYTES;
    }

    /// Where it ends; never more than a ring.
    long endShown(long margin, long from) {
        long high = high() + (WORD_BYTES - 1);
        return Math.min(high - high % WORD_BYTES + margin, from + bytes);
    }

    /// Offset of the word being executed, which while a buffer is called is the CALL; null when
    /// nothing is executed.
    @Nullable Long executing() {
        Long at = pc;
        if (at == null) {
            return null;
        }
        if (pcOutsideRing() != null) {
            return extract;
        }
        Long base = va;
        if (base == null) {
            return null;
        }
        long ahead = Math.floorMod(at - base - extract, bytes);
        boolean isDone = ahead == bytes - WORD_BYTES && isToldWithExtract();
        return clamp(extract) == extract && !isDone ? Long.valueOf(extract + ahead) : null;
    }

    /// Whether the current instruction was told by the event that moved EXTRACT: behind itself,
    /// then.
    private boolean isToldWithExtract() {
        Cell current = queue.get(Belief.FIRMWARE, "pc");
        Cell moved = queue.get(Belief.FIRMWARE, "extract");
        return current != null && moved != null && current.writtenBy() == moved.writtenBy();
    }

    /// The current instruction's address when it does not lie in the ring, or null.
    @Nullable Long pcOutsideRing() {
        Long at = pc;
        Long base = va;
        Long depth = number(queue, "call_depth", Belief.FIRMWARE);
        boolean isOutside =
                at != null && base != null && (at < base || at >= base + bytes) && depth != null;
        return isOutside && depth != null && depth > 0 ? at : null;
    }

    /// Hostile applications store any number: keep arithmetic from overflowing.
    private static long clamp(long offset) {
        return Math.max(0, Math.min(offset, Long.MAX_VALUE / 4));
    }

    Status status(long at) {
        if (at < firstIntact()) {
            return Status.OVERWRITTEN;
        }
        if (at < extract) {
            return at < extract - bytes ? Status.STALE : Status.CONSUMED;
        }
        Long current = executing();
        if (at < Math.max(fetched, published) && current != null && current == at) {
            return Status.EXECUTING;
        }
        return at < fetched
                ? Status.FETCHED
                : at < published ? Status.PUBLISHED : at < written ? Status.WRITTEN : Status.STALE;
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
