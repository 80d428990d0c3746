package org.panscope.core.state.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.core.state.Belief;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.ReducedState;
import org.panscope.core.state.Reducer;
import org.panscope.core.state.StateBuilder;
import org.panscope.core.state.view.StreamRow.Status;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.MemoryEvent;
import org.panscope.trace.event.SchedEvent;
import org.panscope.trace.event.SyncEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.event.UserEvent;
import org.panscope.trace.io.EventHeader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
                        3, 0, 0, RING_VA, 4096, 1, 2, 0L, 0L, 24L, null, null, null, null));
        apply(new SchedEvent.Bind(3, 0, 1, 1, 0));
    }

    @Test
    void everyWordSaysHowFarItHasCome() {
        store(0, 40);
        insert(24);
        firmware(16, 8L, RING_VA + 8);
        insert(32);
        RingView ring = around(1);
        assertEquals(
                List.of(
                        Status.CONSUMED,
                        Status.EXECUTING,
                        Status.PUBLISHED,
                        Status.PUBLISHED,
                        Status.WRITTEN,
                        Status.STALE),
                ring.rows().stream().map(StreamRow::status).toList());
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
        RingView ring = around(0);
        assertEquals(
                List.of(4088L, 4096L, 4104L), ring.rows().stream().map(StreamRow::offset).toList());
        assertEquals(
                List.of(4088L, 0L, 8L), ring.rows().stream().map(StreamRow::ringOffset).toList());
        assertEquals(Status.FETCHED, ring.rows().getFirst().status());
    }

    @Test
    void unknownWordsHaveNoText() {
        apply(new UserEvent.RingWrite(3, 0, 0, 8, null, UserEvent.Writer.USER));
        RingView ring = around(0);
        assertNull(ring.rows().getFirst().word());
        assertEquals("", ring.rows().getFirst().text());
        assertEquals(Status.WRITTEN, ring.rows().getFirst().status());
    }

    @Test
    void aQueueWithoutAKnownRingHasNoView() {
        assertNull(RingView.around(state(), ObjectId.queue(9, 0), 0, Isa.v10()));
    }

    @Test
    void hostileOffsetsStillGiveAView() {
        insert(-1);
        firmware(Long.MIN_VALUE, Long.MAX_VALUE, null);
        assertEquals(512, around(4).size());
        assertEquals(512, around(4).rows().stream().filter(row -> row.word() != null).count());
    }

    @Test
    void aFullRingHasNoInstructionInExecutionWhileOneWasJustDone() {
        store(0, 4096);
        insert(4096);
        firmware(4096, 8, RING_VA); // EXTRACT moved behind the first word
        assertEquals(-1, around(0).executing());
        insert(4096 + 8);
        firmware(4096 + 8, 8, RING_VA + 8);
        assertEquals(0, around(0).executing());
    }

    @Test
    void wordsStoredARingLaterShowAsOverwritten() {
        store(0, 64);
        insert(64);
        store(4096, 16); // nothing was executed yet
        List<StreamRow> rows = around(0).rows();
        assertEquals(
                List.of(Status.OVERWRITTEN, Status.OVERWRITTEN, Status.PUBLISHED),
                rows.subList(0, 3).stream().map(StreamRow::status).toList());
        assertEquals(7, rows.getFirst().writtenBy(), "what is shown is the later word");
    }

    @Test
    void registersSyncObjectsAndScoreboardAreReadOffTheWords() {
        program(
                "MOVE48 d66, #0x200000",
                "MOVE32 r68, #0x1",
                "MOVE32 r69, #0x0",
                "SYNC_ADD64.system [d66], d68, #5, #3",
                "SYNC_ADD64.system [d90], d68, #0, #0",
                "WAIT #5");
        apply(
                new SyncEvent.SyncMem(
                        1,
                        0x20_0000,
                        8,
                        0L,
                        7,
                        0,
                        0,
                        SyncEvent.SyncWriter.GPU,
                        null,
                        null,
                        null,
                        null));
        List<StreamRow> rows = around(0).rows();
        WordReading add = reading(rows.get(3));
        assertEquals("d66=0x200000 d68=0x1", add.reads());
        assertEquals("0x200000 = 7", sync(add).text());
        assertEquals(ObjectId.sync(1, 0x20_0000), sync(add).object());
        assertEquals("wait 0,2 · signal 3", add.scoreboard());
        assertEquals("d90?", sync(reading(rows.get(4))).text());
        assertEquals("wait 0,2", reading(rows.get(5)).scoreboard());
        assertEquals("d66", reading(rows.get(0)).writes());
    }

    @Test
    void whatABranchMayMakeOfARegisterIsNotKnown() {
        program(
                "MOVE48 d66, #0x200000",
                "SYNC_ADD64.system [d66], d68, #0, #0",
                "MOVE48 d66, #0x300000",
                "BRANCH.ne r70, #-3");
        List<StreamRow> rows = around(0).rows();
        assertEquals("d66?", sync(reading(rows.get(1))).text());
    }

    @Test
    void anUnknownWordHidesWhatRegistersHoldBehindIt() {
        program("MOVE48 d66, #0x200000", "NOP", "SYNC_ADD64.system [d66], d68, #0, #0");
        apply(new UserEvent.RingWrite(3, 0, 8, 8, null, UserEvent.Writer.USER));
        List<StreamRow> rows = around(0).rows();
        assertNull(rows.get(1).word());
        assertEquals("d66?", sync(reading(rows.get(2))).text());
    }

    @Test
    void calledBuffersAreReadFromMemoryAndHoldTheCurrentInstruction() {
        call();
        inCalledBuffer(0x50_0008);
        RingView ring = around(2);
        assertEquals(2, ring.executing());
        assertEquals(Status.EXECUTING, ring.row(2).status());
        assertEquals("0x500000, 16 bytes", target(ring.row(2)).text());
        StreamBlock buffer = Objects.requireNonNull(ring.called(2));
        assertEquals(2, buffer.size());
        assertEquals(
                List.of(Status.CONSUMED, Status.EXECUTING),
                List.of(
                        Objects.requireNonNull(buffer.row(0).status()),
                        Objects.requireNonNull(buffer.row(1).status())));
        assertEquals("MOVE32 r20, #0x7", buffer.row(0).text());
        assertEquals(1, buffer.row(0).depth());
        assertEquals(0x50_0008L, buffer.row(1).address());
        assertEquals(List.of(List.of(16L)), ring.openCalls());
        StreamLines lines = new StreamLines(ring, ring.openCalls());
        assertEquals(ring.size() + 2, lines.size());
        assertTrue(lines.get(2).isOpen());
        assertEquals(Status.EXECUTING, lines.get(4).row().status());
        assertEquals(List.of(16L, 8L), lines.get(4).path());
        assertEquals(List.of(16L, 8L), ring.current());
        assertEquals(4, lines.indexOf(List.of(16L, 8L)));
        assertEquals(24, lines.get(5).row().offset());
        assertEquals(ring.size(), new StreamLines(ring, List.of()).size());
    }

    @Test
    void theWayToTheCurrentInstructionLeadsThroughCallsInCalls() {
        buffer(2, 0x60_0000, "NOP", "WAIT #1");
        buffer(3, 0x50_0000, "MOVE48 d40, #0x600000", "MOVE32 r42, #0x10", "CALL d40, r42");
        program("MOVE48 d92, #0x500000", "MOVE32 r94, #0x18", "CALL d92, r94", "NOP");
        inCalledBuffer(0x60_0008);
        RingView ring = around(0);
        assertEquals(List.of(List.of(16L), List.of(16L, 16L)), ring.openCalls());
        StreamLines lines = new StreamLines(ring, ring.openCalls());
        int current = lines.indexOf(List.of(16L, 16L, 8L));
        assertEquals("WAIT #1", lines.get(current).row().text());
        assertEquals(Status.EXECUTING, lines.get(current).row().status());
        assertEquals(Status.EXECUTING, lines.get(lines.indexOf(List.of(16L, 16L))).row().status());
        assertEquals(2, lines.get(current).row().depth());
    }

    @Test
    void aBufferWhoseBytesWereNotSeenIsUnknownAndNotCode() {
        program("MOVE48 d92, #0x500000", "MOVE32 r94, #0x10", "CALL d92, r94");
        StreamBlock buffer = Objects.requireNonNull(around(0).called(2));
        assertNull(buffer.row(0).word());
        program("CALL d92, r94");
        assertNull(around(0).called(0), "nobody knows the registers");
    }

    @Test
    void aBufferThatCallsItselfEnds() {
        buffer(2, 0x50_0000, "MOVE48 d92, #0x500000", "MOVE32 r94, #0x18", "CALL d92, r94");
        program("MOVE48 d92, #0x500000", "MOVE32 r94, #0x18", "CALL d92, r94");
        inCalledBuffer(0x70_0000);
        assertEquals(List.of(), around(2).openCalls());
        StreamBlock block = Objects.requireNonNull(around(2).called(2));
        int depth = 1;
        for (StreamBlock next = block.called(2); next != null; next = next.called(2)) {
            depth++;
        }
        assertEquals(8, depth);
    }

    /// A ring that calls two words at 0x500000.
    private void call() {
        buffer(2, 0x50_0000, "MOVE32 r20, #0x7", "WAIT #1");
        program("MOVE48 d92, #0x500000", "MOVE32 r94, #0x10", "CALL d92, r94", "NOP");
    }

    private void inCalledBuffer(long pc) {
        firmware(1 << 10, 16, RING_VA + 16);
        apply(new FirmwareEvent.CsInstr(0, 0, pc, 0, 1));
    }

    /// Stores a program at the start of the ring and submits it.
    private void program(String... lines) {
        byte[] data = code(lines);
        apply(new UserEvent.RingWrite(3, 0, 0, data.length, data, UserEvent.Writer.USER));
        insert(data.length);
    }

    /// Maps a buffer object of its own with a program in it.
    private void buffer(int bo, long va, String... lines) {
        apply(new MemoryEvent.BoCreate(bo + 10, null, null, 4096, "code"));
        apply(new MemoryEvent.VmMap(1, va, 4096, bo + 10, 0L, 0L));
        apply(new MemoryEvent.MemWrite(bo + 10, 0, code(lines), MemoryEvent.MemoryWriter.USER));
    }

    private static byte[] code(String... lines) {
        ByteBuffer words =
                ByteBuffer.allocate(lines.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Assembler assembler = new Assembler(Isa.v10());
        for (String line : lines) {
            words.putLong(assembler.word(line));
        }
        return words.array();
    }

    private RingView around(int margin) {
        return Objects.requireNonNull(RingView.around(state(), QUEUE, margin, Isa.v10()));
    }

    private static WordReading reading(StreamRow row) {
        return Objects.requireNonNull(row.reading(), row.text());
    }

    private static SyncReference sync(WordReading reading) {
        return Objects.requireNonNull(reading.sync(), reading.text());
    }

    private static WordReading.CallTarget target(StreamRow row) {
        return Objects.requireNonNull(reading(row).call(), row.text());
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
