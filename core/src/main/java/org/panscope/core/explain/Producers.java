package org.panscope.core.explain;

import org.jspecify.annotations.Nullable;
import org.panscope.core.isa.Isa;
import org.panscope.core.isa.MemoryOperand;
import org.panscope.core.state.AddressSpace;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ObjectState;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.view.RingView;
import org.panscope.core.state.view.StreamBlock;
import org.panscope.core.state.view.StreamRow;
import org.panscope.core.state.view.StreamRow.Status;
import org.panscope.core.state.view.SyncReference;
import org.panscope.core.state.view.WordReading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who would write a sync object: instructions that stand in rings and called buffers and are not
/// executed, and operations of XGS jobs. The same memory counts as the same object, whatever the
/// address space. Rings are read when somebody asks for the first time.
final class Producers {
    /// Words looked at in all rings together; what lies beyond is not found.
    private static final int MOST_WORDS = 1 << 18;

    private final Known known;
    private final TraceFacts facts;
    private final Isa isa;
    private @Nullable Map<String, List<Instruction>> instructions;
    private int wordsLeft = MOST_WORDS;

    /// An instruction that is not executed yet.
    ///
    /// @param queue its queue
    /// @param row where it stands
    /// @param isLate whether it was stored when INSERT had announced the place already, and the
    ///   firmware is past it
    record Instruction(ObjectId queue, StreamRow row, boolean isLate) {
        /// Whether INSERT is beyond it, so that it will be executed.
        boolean isAnnounced() {
            Status status = row.status();
            return !isLate
                    && (status == Status.PUBLISHED
                            || status == Status.FETCHED
                            || status == Status.EXECUTING);
        }
    }

    Producers(Known known, TraceFacts facts, Isa isa) {
        this.known = known;
        this.facts = facts;
        this.isa = isa;
    }

    /// The instructions that would write a sync object.
    List<Instruction> instructionsFor(long vm, long va) {
        Map<String, List<Instruction>> found = instructions;
        if (found == null) {
            found = new LinkedHashMap<>();
            for (ObjectState queue : known.ofKind("queue")) {
                readRing(queue.id(), found);
            }
            instructions = found;
        }
        return found.getOrDefault(place(vm, va), List.of());
    }

    /// The operations of jobs that are not over which would.
    List<XgsFacts.Signal> signalsFor(long vm, long va) {
        return facts.xgs().pending().stream()
                .filter(signal -> isAt(signal, place(vm, va)))
                .toList();
    }

    /// The operations that would have, and were never executed.
    List<XgsFacts.Lost> lostFor(long vm, long va) {
        return facts.xgs().lost().stream()
                .filter(lost -> isAt(lost.signal(), place(vm, va)))
                .toList();
    }

    /// Whether not everything was looked at.
    boolean isIncomplete() {
        return wordsLeft <= 0;
    }

    private boolean isAt(XgsFacts.Signal signal, String place) {
        Integer vm = signal.vm();
        return vm != null && place(vm, signal.va()).equals(place);
    }

    private void readRing(ObjectId queue, Map<String, List<Instruction>> found) {
        Long vm = known.number(Known.groupOf(queue), Belief.KERNEL, "vm");
        Long extract = known.any(queue, "extract", Belief.FIRMWARE, Belief.MEMORY, Belief.KERNEL);
        var late = facts.queues().queue(queue).late;
        int margin =
                late == null || extract == null
                        ? 0
                        : Math.clamp((extract - late.event().at()) / Long.BYTES, 0, 8192);
        RingView ring = vm == null ? null : RingView.around(known.state(), queue, margin, isa);
        if (ring != null && vm != null) {
            readBlock(ring, queue, vm, late == null ? -1 : late.seq(), found);
        }
    }

    private void readBlock(
            StreamBlock block,
            ObjectId queue,
            long vm,
            long lateWriter,
            Map<String, List<Instruction>> found) {
        for (int i = 0; i < block.size() && wordsLeft-- > 0; i++) {
            StreamRow row = block.row(i);
            Status status = row.status();
            boolean isLate = status == Status.CONSUMED && row.writtenBy() == lateWriter;
            if (!isLate
                    && (status == Status.CONSUMED
                            || status == Status.STALE
                            || status == Status.OVERWRITTEN)) {
                continue;
            }
            WordReading reading = row.reading();
            if (reading == null) {
                continue;
            }
            MemoryOperand memory = reading.use().memory();
            SyncReference sync = reading.sync();
            Long va = sync == null ? null : sync.va();
            if (memory != null
                    && va != null
                    && memory.access().isSyncObject()
                    && memory.access().writes()) {
                found.computeIfAbsent(place(vm, va), missing -> new ArrayList<>())
                        .add(new Instruction(queue, row, isLate));
            }
            StreamBlock called = row.canOpen() ? block.called(i) : null;
            if (called != null) {
                readBlock(called, queue, vm, lateWriter, found);
            }
        }
    }

    /// The memory behind an address, or the address where that is not known.
    private String place(long vm, long va) {
        AddressSpace.Place place =
                known.state() instanceof ReducedState reduced
                        ? reduced.addressSpace((int) vm).resolve(va)
                        : null;
        return place == null ? vm + "@" + va : "bo" + place.bo() + "+" + place.offset();
    }
}
