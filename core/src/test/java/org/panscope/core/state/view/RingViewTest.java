package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.core.state.view.RingView.Status;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

class RingViewTest {
    private static final ObjectId QUEUE = ObjectId.queue(3, 0);
    private static final long RING_VA = 0x10_0000;
    private final StateBuilder builder = new StateBuilder();

    RingViewTest() {
        apply(new MemoryEvent.BoCreate(1, null, null, 4096, "ring"));
        apply(new MemoryEvent.BoCreate(2, null, null, 8192, "io"));
        apply(
                new KernelEvent.GroupCreateStep(
                        3, 1, KernelEvent.CreateStep.ALLOC, 1, 1, true, 1, 1, false));
        apply(
                new KernelEvent.QueueCreated(
                        3, 0, 0, RING_VA, 4096, 1, 2, 0, 0, 24, null, null, null, null));
        apply(new SchedEvent.Bind(3, 0, 1, 1, 0));
    }

    @Test
    void everyWordSaysHowFarItHasCome() {
        store(0, 40);
        insert(24);
        firmware(16, 8L, RING_VA + 8);
        insert(32);
        RingView ring = Objects.requireNonNull(RingView.around(state(), QUEUE, 1, Long::toString));
        assertEquals(
                List.of(
                        Status.CONSUMED,
                        Status.EXECUTING,
                        Status.PUBLISHED,
                        Status.PUBLISHED,
                        Status.WRITTEN,
                        Status.STALE),
                ring.rows().stream().map(RingView.Row::status).toList());
        assertEquals(EnumSet.of(Belief.APPLICATION, Belief.MEMORY), ring.rows().get(4).insertOf());
        assertEquals(EnumSet.of(Belief.FIRMWARE), ring.rows().get(2).insertOf());
        assertEquals(EnumSet.of(Belief.FIRMWARE, Belief.MEMORY), ring.rows().get(1).extractOf());
    }

    @Test
    void freeRunningOffsetsGoOnWhenTheRingWraps() {
        insert(4096);
        firmware(4096, 4096L, null);
        store(4096 - 8, 24);
        insert(4096 + 16);
        firmware(4096 + 16, 4096L - 8, null);
        RingView ring = Objects.requireNonNull(RingView.around(state(), QUEUE, 0, Long::toString));
        assertEquals(
                List.of(4088L, 4096L, 4104L),
                ring.rows().stream().map(RingView.Row::freeOffset).toList());
        assertEquals(
                List.of(4088L, 0L, 8L),
                ring.rows().stream().map(RingView.Row::ringOffset).toList());
        assertEquals(Status.FETCHED, ring.rows().getFirst().status());
        RingView whole = Objects.requireNonNull(RingView.whole(state(), QUEUE, Long::toString));
        assertEquals(512, whole.rows().size());
        assertEquals(4096, whole.rows().getFirst().freeOffset());
        assertEquals(4088, whole.rows().getLast().freeOffset());
    }

    @Test
    void unknownWordsHaveNoText() {
        apply(new UserEvent.RingWrite(3, 0, 0, 8, null, UserEvent.Writer.USER));
        RingView ring = Objects.requireNonNull(RingView.around(state(), QUEUE, 0, Long::toString));
        assertNull(ring.rows().getFirst().word());
        assertEquals("", ring.rows().getFirst().text());
        assertEquals(Status.WRITTEN, ring.rows().getFirst().status());
    }

    @Test
    void aQueueWithoutAKnownRingHasNoView() {
        assertNull(RingView.whole(state(), ObjectId.queue(9, 0), Long::toString));
    }

    @Test
    void hostileOffsetsStillGiveAView() {
        insert(-1);
        firmware(Long.MIN_VALUE, Long.MAX_VALUE, null);
        assertEquals(
                512,
                Objects.requireNonNull(RingView.whole(state(), QUEUE, Long::toString))
                        .rows()
                        .size());
        Objects.requireNonNull(RingView.around(state(), QUEUE, 4, Long::toString));
    }

    private void store(long at, int length) {
        byte[] data = new byte[length];
        apply(new UserEvent.RingWrite(3, 0, at, length, data, UserEvent.Writer.USER));
    }

    private void insert(long value) {
        apply(new UserEvent.InsertWrite(3, 0, null, value, UserEvent.Writer.USER));
    }

    private void firmware(long insert, long extract, @Nullable Long pc) {
        apply(
                new FirmwareEvent.FwCs(
                        0,
                        0,
                        CsStep.FETCH,
                        insert,
                        extract,
                        pc != null,
                        pc,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void apply(TraceEvent event) {
        new Reducer().apply(builder, builder.position(), EventHeader.at(0, 0), event);
    }

    private ReducedState state() {
        return builder.snapshot();
    }
}
