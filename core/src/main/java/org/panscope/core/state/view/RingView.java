package org.panscope.core.state.view;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.ConstantRegisters;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.view.StreamRow.Status;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The ring buffer of a queue word by word, with everybody's idea of where it begins and ends, and
/// the buffers called from it. Rows are in the order of the free-running offset.
public final class RingView implements StreamBlock {
    /// Words before the first one shown that are followed for what they leave in registers.
    private static final int WORDS_FOLLOWED_BEFORE = 512;

    /// Words looked at to find the call that leads to the current instruction.
    private static final int MOST_WORDS_SEARCHED = 1 << 16;

    private final RingState ring;
    private final StreamContext context;
    private final StreamWords words;
    private final StreamFlow flow;

    /// Index in `words` of the first row.
    private final int first;

    private final long from;
    private final int count;
    private final List<List<Long>> chains = new ArrayList<>();
    private @Nullable List<Long> current;

    private RingView(RingState ring, StreamContext context, MachineState state, long margin) {
        this.ring = ring;
        this.context = context;
        from = ring.firstShown(margin);
        count = (int) ((ring.endShown(margin, from) - from) / Long.BYTES);
        long scanFrom =
                Math.min(
                        from,
                        Math.max(
                                from - (long) WORDS_FOLLOWED_BEFORE * Long.BYTES,
                                ring.firstIntact()));
        first = (int) ((from - scanFrom) / Long.BYTES);
        words =
                StreamWords.ofRing(
                        state.memory(), ring.bo(), ring.bytes(), scanFrom, first + count);
        int intact = (int) Math.min(words.size(), (ring.firstIntact() - scanFrom) / Long.BYTES);
        flow = new StreamFlow(context.isa(), words, new ConstantRegisters(context.isa()), intact);
        findCurrent();
    }

    /// The part of the ring that matters: from the lowest extract to the end of what was written,
    /// with some words before and after; never more than the whole ring. Null when the ring of the
    /// queue is not known.
    ///
    /// @param margin words before and after
    public static @Nullable RingView around(
            MachineState state, ObjectId queue, int margin, Isa isa) {
        RingState ring = RingState.of(state, queue);
        return ring == null
                ? null
                : new RingView(
                        ring,
                        new StreamContext(isa, state, queue),
                        state,
                        (long) margin * Long.BYTES);
    }

    public ObjectId queue() {
        return ring.queue().id();
    }

    /// Size of the ring.
    public long ringBytes() {
        return ring.bytes();
    }

    /// All rows, made as they are asked for.
    public List<StreamRow> rows() {
        return new AbstractList<>() {
            @Override
            public StreamRow get(int index) {
                return row(index);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public StreamRow row(int index) {
        Long word = words.word(first + index);
        long at = from + (long) index * Long.BYTES;
        Long va = ring.va();
        return new StreamRow(
                0,
                at,
                at % ring.bytes(),
                va == null ? null : Long.valueOf(va + at % ring.bytes()),
                word,
                ring.status(at),
                ring.whoHas("insert", at),
                ring.whoHas("extract", at),
                words.writer(first + index),
                word == null ? null : context.reader().read(word, flow.before(first + index)));
    }

    @Override
    public int indexOf(long offset) {
        long index = (offset - from) / Long.BYTES;
        return (offset - from) % Long.BYTES == 0 && index >= 0 && index < count ? (int) index : -1;
    }

    @Override
    public @Nullable CalledBuffer called(int index) {
        StreamRow row = row(index);
        WordReading reading = row.reading();
        return reading == null || row.status() == Status.OVERWRITTEN
                ? null
                : CalledBuffer.of(
                        context, reading.call(), 1, row.status(), flow.before(first + index));
    }

    /// Row of the instruction being executed, or of the CALL it is inside of; -1 when there is
    /// none.
    public int executing() {
        Long at = ring.executing();
        return at == null ? -1 : indexOf(at);
    }

    /// First row somebody believes EXTRACT stands at, or -1.
    public int firstToExecute() {
        return indexOf(ring.low());
    }

    /// The calls around the current instruction, each as the path of offsets that leads to the
    /// calling word: `[[40], [40, 16]]`. Empty while execution is in the ring.
    public List<List<Long>> openCalls() {
        return chains;
    }

    /// Path of the current instruction, or of the last word on the way there that is known; null
    /// when nothing is executed.
    public @Nullable List<Long> current() {
        int row = executing();
        List<Long> found = current;
        return found != null || row < 0 ? found : List.of(from + (long) row * Long.BYTES);
    }

    /// The row at [#current], or null when nothing is executed or it is not known.
    public @Nullable StreamRow currentRow() {
        List<Long> path = current();
        StreamBlock block = this;
        for (int i = 0; path != null && i < path.size() && block != null; i++) {
            int index = block.indexOf(path.get(i));
            if (index < 0) {
                return null;
            }
            if (i == path.size() - 1) {
                return block.row(index);
            }
            block = block.called(index);
        }
        return null;
    }

    /// Address of the current instruction when it lies in a called buffer, or null.
    public @Nullable Long pcOutsideRing() {
        return ring.pcOutsideRing();
    }

    /// Finds the way from the CALL being executed to the current instruction.
    private void findCurrent() {
        Long pc = ring.pcOutsideRing();
        int call = executing();
        CalledBuffer buffer = pc == null || call < 0 ? null : called(call);
        if (pc == null || buffer == null) {
            return;
        }
        List<Long> addresses = new ArrayList<>();
        List<Long> path = new ArrayList<>(List.of(from + (long) call * Long.BYTES));
        if (new Search(pc, addresses, path).in(buffer)) {
            context.setCurrent(addresses);
        } else {
            chains.clear();
        }
    }

    /// Looks for an address in buffers that call each other.
    private final class Search {
        private final long pc;
        private final List<Long> addresses;
        private final List<Long> path;
        private int budget = MOST_WORDS_SEARCHED;

        Search(long pc, List<Long> addresses, List<Long> path) {
            this.pc = pc;
            this.addresses = addresses;
            this.path = path;
        }

        /// Whether the address lies in a buffer or in one it calls; leaves the way there.
        boolean in(CalledBuffer buffer) {
            chains.add(List.copyOf(path));
            int index = buffer.indexOfAddress(pc);
            if (index >= 0) {
                addresses.add(pc);
                path.add((long) index * Long.BYTES);
                current = List.copyOf(path);
                return true;
            }
            for (int i = 0; i < buffer.size() && budget-- > 0; i++) {
                CalledBuffer called = buffer.isCall(i) ? buffer.called(i) : null;
                if (called == null) {
                    continue;
                }
                StreamRow row = buffer.row(i);
                path.add(row.offset());
                addresses.add(Objects.requireNonNull(row.address(), "in a buffer"));
                if (in(called)) {
                    return true;
                }
                addresses.removeLast();
                path.removeLast();
            }
            chains.removeLast();
            return false;
        }
    }
}
