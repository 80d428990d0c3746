package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.isa.Assembler;
import org.panscope.core.isa.Isa;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.FirmwareEvent.HeapStep;
import org.panscope.trace.event.FirmwareEvent.TilerHeap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Tiler heap memory, seen by the host of a vertex queue (0) and a fragment queue (1).
class TilerHeapTest {
    private static final long HEAP = TestHost.DATA;
    private static final long CONTEXT = TestHost.DATA + 0x100;
    private static final long DESCRIPTOR = TestHost.DATA + 0x200;
    private static final long SAVED = TestHost.DATA + 0x300;
    private static final long CHUNKS = 0x80_0000;
    private static final int CHUNK_BYTES = 8192;
    private static final int CHUNK_VERTICES = (CHUNK_BYTES - 64) / 64;

    private final TestHost host = new TestHost();
    private final Assembler assembler = new Assembler(Isa.v10());
    private final List<BufferObject> chunks = new ArrayList<>();

    @BeforeEach
    void start() {
        host.boot();
        host.allowGraphics();
        host.data.write64(0x100 + 24, DESCRIPTOR);
        host.data.write32(0x200 + 4, CHUNK_BYTES);
        long first = chunk(0);
        host.data.write64(0x200 + 8, address(0));
        host.data.write64(0x200 + 16, address(0) + 64);
        host.data.write64(0x200 + 24, address(0) + CHUNK_BYTES);
        chunk(1);
        chunks.get(0).write64(0, encoded(1));
        assertEquals(encoded(0), first);
        host.startGroup(2);
        host.run();
    }

    @Test
    void drawTakesChunksAndFinishTilingTellsWhich() {
        draw(CHUNK_VERTICES + 1);
        host.run();
        assertEquals(
                List.of(
                        HeapStep.VT_START,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.TAKE_CHUNK,
                        HeapStep.VT_END),
                steps());
        assertEquals(encoded(0), host.data.read64(0x100 + 40));
        assertEquals(encoded(1), host.data.read64(0x100 + 48));
        assertEquals(encoded(1), chunks.get(0).read64(0));
        assertEquals(1, host.data.read32(0));
        assertEquals(1, host.data.read32(4));
    }

    @Test
    void freedChunksServeTheNextPass() {
        draw(2 * CHUNK_VERTICES);
        host.run();
        finishFragment();
        host.run();
        assertEquals(1, host.data.read32(12));
        clearContext();
        draw(2 * CHUNK_VERTICES);
        host.run();
        assertEquals(0, host.csAckEvents(0) & FwBits.CS_TILER_OOM);
        assertEquals(2, host.data.read32(4));
    }

    @Test
    void hostIsAskedWithTheHeapsCountersAndItsChunkIsUsed() {
        draw(3 * CHUNK_VERTICES);
        host.run();
        assertEquals(FwBits.CS_TILER_OOM, host.csAckEvents(0) & FwBits.CS_TILER_OOM);
        assertEquals(1, host.csOut(0, CsOutput.HEAP_VT_START));
        assertEquals(0, host.csOut(0, CsOutput.HEAP_VT_END));
        assertEquals(0, host.csOut(0, CsOutput.HEAP_FRAG_END));
        assertEquals((int) HEAP, host.csOut(0, CsOutput.HEAP_ADDRESS));
        assertTrue(host.stream(0).scoreboards() != 0, "the draw has not ended");

        long grown = chunk(2);
        host.host(() -> host.answerTiler(0, grown));
        host.run();
        assertEquals(0, host.stream(0).scoreboards());
        assertEquals(0, host.csOut(0, CsOutput.FAULT));
        assertEquals(encoded(2), host.data.read64(0x100 + 48));
        assertEquals(encoded(2), chunks.get(1).read64(0));
        assertTrue(steps().contains(HeapStep.GROWN));
    }

    @Test
    void withoutMemoryAndHandlerTheDrawFails() {
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(ExceptionType.OOM, host.csOut(0, CsOutput.FAULT) & 0xff);
        assertEquals((int) HEAP, host.csOut(0, CsOutput.FAULT_INFO));
        assertEquals(0, host.stream(0).scoreboards());
    }

    @Test
    void refusedTilerWaitsForFragmentWorkInFlight() {
        draw(2 * CHUNK_VERTICES);
        host.run();
        long context = CONTEXT + 0x80 + 0x200;
        host.data.write64(0x380 + 24, DESCRIPTOR);
        draw(context, CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(0, host.csOut(0, CsOutput.FAULT), "a pass may still free its chunks");
        assertTrue(host.stream(0).scoreboards() != 0);
        finishFragment();
        host.run();
        assertEquals(0, host.stream(0).scoreboards());
        assertEquals(0, host.csOut(0, CsOutput.FAULT));
        assertEquals(encoded(0), host.data.read64(0x380 + 40));
    }

    @Test
    void handlerFreesMemoryAndLeavesTheInterruptedStreamAsItWas() {
        installHandler(
                "MOVE48 d94, #" + hex(SAVED),
                "STORE_MULTIPLE [d94], r60:r61:r62:r63",
                "WAIT #1",
                "MOVE48 d60, #" + hex(CONTEXT),
                "LOAD_MULTIPLE r64:r65:r66:r67, [d60 + 40]",
                "WAIT #1",
                "FINISH_FRAGMENT d66, d64, #0, #0",
                "MOVE48 d62, #0x0",
                "STORE_MULTIPLE [d60 + 40], r62:r63",
                "STORE_MULTIPLE [d60 + 48], r62:r63",
                "WAIT #1",
                "LOAD_MULTIPLE r60:r61:r62:r63, [d94]",
                "WAIT #1");
        push(
                1,
                "MOVE48 d60, #0x123456789abc",
                "MOVE48 d62, #" + hex(TestHost.SYNC),
                "MOVE48 d68, #0x0",
                "SYNC_WAIT64gt.inherit d62, d68",
                "MOVE32 r70, #0x77");
        host.ring();
        host.run();
        assertEquals(FwBits.BLOCKED_REASON_SYNC_WAIT, host.stream(1).blockedReason());

        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(0, host.csOut(0, CsOutput.FAULT));
        assertEquals(0, host.stream(0).scoreboards(), "the draw has ended");
        assertTrue(steps().contains(HeapStep.HANDLER_ENTER));
        assertTrue(steps().contains(HeapStep.HANDLER_EXIT));

        CommandStream interrupted = host.stream(1);
        assertEquals(FwBits.BLOCKED_REASON_SYNC_WAIT, interrupted.blockedReason());
        assertEquals(0x5678_9abc, interrupted.register(60));
        assertEquals(0x1234, interrupted.register(61));
        assertEquals(0, interrupted.register(70));
        host.sync.write64(0, 1);
        host.host(() -> host.gpu.registers().write32(org.panscope.core.hw.Regs.doorbell(0), 1));
        host.run();
        assertEquals(0x77, interrupted.register(70));
    }

    @Test
    void handlerThatFreesNothingDoesNotSaveTheDraw() {
        installHandler("MOVE32 r71, #0x1");
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(1, host.stream(1).register(71));
        assertEquals(ExceptionType.OOM, host.csOut(0, CsOutput.FAULT) & 0xff);
    }

    @Test
    void handlerHasAllCallLevelsToItself() {
        // Seven calls inside, on top of the frame that does not count.
        host.code.write64(0x400, assembler.word("CALL d80, r82"));
        installHandler(
                "MOVE48 d80, #" + hex(TestHost.CODE + 0x400), "MOVE32 r82, #0x8", "CALL d80, r82");
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(ExceptionType.CS_CALL_STACK_OVERFLOW, host.csOut(1, CsOutput.FATAL) & 0xff);
        long deepest =
                host.recorder.ofType(FirmwareEvent.CsInstr.class).stream()
                        .map(e -> (FirmwareEvent.CsInstr) e.event())
                        .filter(e -> e.cs() == 1)
                        .mapToInt(FirmwareEvent.CsInstr::depth)
                        .max()
                        .orElseThrow();
        assertEquals(8, deepest);
    }

    @Test
    void suspendedShortageIsAskedForAgain() {
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertEquals(FwBits.CS_TILER_OOM, host.csAckEvents(0) & FwBits.CS_TILER_OOM);
        assertEquals(2, steps().stream().filter(s -> s == HeapStep.OUT_OF_MEMORY).count());
        long grown = chunk(2);
        host.host(() -> host.answerTiler(0, grown));
        host.run();
        assertEquals(0, host.stream(0).scoreboards());
        assertEquals(encoded(2), host.data.read64(0x100 + 48));
    }

    @Test
    void heapsAtOneAddressOfTwoAddressSpacesCountApart() {
        long nowhere = 0x7000_0000L;
        String[] pass = {
            "MOVE48 d50, #" + hex(nowhere), "HEAP_SET d50", "HEAP_OPERATION.vt_start #0, #0"
        };
        push(0, pass);
        push(0, pass);
        host.ring();
        host.run();
        host.gpu.setAddressSpaceOwner(TestHost.GROUP_AS, 8);
        push(0, pass);
        host.ring();
        host.run();

        List<String> heaps = new ArrayList<>();
        host.mcu.project(
                new ProjectionSink() {
                    @Override
                    public void word(String block, String name, long value) {}

                    @Override
                    public void heap(
                            @Nullable Integer vmId,
                            long contextVa,
                            HeapStep step,
                            int vtStart,
                            int vtEnd,
                            int fragEnd,
                            @Nullable Long chunk) {
                        heaps.add(ObjectId.heap(vmId, contextVa) + " " + vtStart);
                    }

                    @Override
                    public void stream(int csg, int cs, CommandStream stream) {}
                });
        assertEquals(List.of("heap:7@0x70000000 2", "heap:8@0x70000000 1"), heaps);
        assertEquals(List.of(7, 7, 8), tilerHeaps().map(TilerHeap::vmId).toList());
    }

    @Test
    void nextGroupOnTheSlotIsNotAskedInPlaceOfTheOneBefore() {
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.requestState(FwBits.CSG_STATE_TERMINATE));
        host.run();
        assertEquals(FwBits.CS_TILER_OOM, host.csAckEvents(0) & FwBits.CS_TILER_OOM);

        host.setCs(0, CsInput.REQ, host.csIn(0, CsInput.REQ) & ~FwBits.CS_STATE_MASK);
        host.host(() -> host.requestState(FwBits.CSG_STATE_START));
        host.run();
        assertFalse(host.stream(0).isRunning(), "the next group does not use the stream");
        assertEquals(0, host.csAckEvents(0) & FwBits.CS_TILER_OOM);
    }

    @Test
    void handlerOfASuspendedStreamGoesOnWhereItWas() {
        installHandler(
                "MOVE48 d84, #" + hex(TestHost.SYNC + 16),
                "SYNC_WAIT64gt.inherit d84, d82",
                "MOVE48 d60, #" + hex(CONTEXT),
                "LOAD_MULTIPLE r64:r65:r66:r67, [d60 + 40]",
                "WAIT #1",
                "FINISH_FRAGMENT d66, d64, #0, #0",
                "MOVE48 d62, #0x0",
                "STORE_MULTIPLE [d60 + 40], r62:r63",
                "STORE_MULTIPLE [d60 + 48], r62:r63",
                "WAIT #1");
        push(1, "MOVE48 d80, #" + hex(TestHost.SYNC), "MOVE48 d82, #0x0");
        push(1, "SYNC_WAIT64gt.inherit d80, d82");
        host.ring();
        host.run();
        draw(3 * CHUNK_VERTICES);
        host.run();
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertEquals(TestHost.SYNC + 16, host.stream(1).waitVa(), "the handler waits");
        host.host(() -> host.requestState(FwBits.CSG_STATE_SUSPEND));
        host.run();
        assertFalse(steps().contains(HeapStep.HANDLER_EXIT), "the handler was suspended");
        host.host(() -> host.requestState(FwBits.CSG_STATE_RESUME));
        host.run();
        assertTrue((host.csAckEvents(0) & FwBits.CS_TILER_OOM) != 0, "asked again");
        host.host(() -> host.answerTiler(0, 0));
        host.run();
        assertTrue(host.stream(0).scoreboards() != 0, "the draw waits for the handler");
        host.sync.write64(16, 1);
        host.host(() -> host.gpu.registers().write32(org.panscope.core.hw.Regs.doorbell(0), 1));
        host.run();

        assertEquals(0, host.csOut(0, CsOutput.FAULT));
        assertEquals(0, host.stream(0).scoreboards(), "the draw has ended");
        assertEquals(1, steps().stream().filter(s -> s == HeapStep.HANDLER_ENTER).count());
        assertEquals(1, steps().stream().filter(s -> s == HeapStep.HANDLER_EXIT).count());
        long waitVa = TestHost.RING + 0x1_0000L + host.insert(1) - 8;
        assertEquals(FwBits.BLOCKED_REASON_SYNC_WAIT, host.stream(1).blockedReason());
        assertEquals(1, instructions(1, waitVa), "the interrupted wait was told of once");
    }

    private long instructions(int cs, long pc) {
        return host.recorder.ofType(FirmwareEvent.CsInstr.class).stream()
                .map(entry -> (FirmwareEvent.CsInstr) entry.event())
                .filter(event -> event.cs() == cs && event.pc() == pc)
                .count();
    }

    @Test
    void withoutTilerContextADrawNeedsNoMemory() {
        draw(0, 100 * CHUNK_VERTICES);
        host.run();
        assertEquals(0, host.stream(0).scoreboards());
        assertFalse(steps().contains(HeapStep.TAKE_CHUNK));
    }

    private void draw(int vertices) {
        draw(CONTEXT, vertices);
    }

    private void draw(long context, int vertices) {
        push(
                0,
                "MOVE48 d50, #" + hex(HEAP),
                "HEAP_SET d50",
                "HEAP_OPERATION.vt_start #0, #0",
                "MOVE48 d40, #" + hex(context),
                "MOVE32 r33, #" + hex(vertices),
                "MOVE32 r34, #0x1",
                "REQ_RESOURCE.idvs",
                "RUN_IDVS.varying_srt0.varying_fau0.varying_tsd0.frag_srt0.frag_tsd0 r0, #0",
                "REQ_RESOURCE",
                "REQ_RESOURCE.tiler",
                "FINISH_TILING",
                "REQ_RESOURCE",
                "WAIT #1",
                "HEAP_OPERATION.vt_end #0, #0");
        host.ring();
    }

    private void finishFragment() {
        push(
                1,
                "MOVE48 d50, #" + hex(HEAP),
                "HEAP_SET d50",
                "MOVE48 d52, #" + hex(CONTEXT),
                "LOAD_MULTIPLE r76:r77:r78:r79, [d52 + 40]",
                "WAIT #1",
                "FINISH_FRAGMENT.frag_end d78, d76, #0, #0");
        host.ring();
    }

    private void installHandler(String... lines) {
        for (int i = 0; i < lines.length; i++) {
            host.code.write64(i * 8L, assembler.word(lines[i]));
        }
        push(
                1,
                "MOVE48 d50, #" + hex(HEAP),
                "HEAP_SET d50",
                "MOVE48 d52, #" + hex(TestHost.CODE),
                "MOVE32 r54, #" + hex(lines.length * 8L));
        host.push(1, 0x19L << 56 | 52L << 40 | 54L << 32 | 2);
        host.ring();
        host.run();
    }

    private void clearContext() {
        for (int at = 0x100 + 40; at < 0x180; at += 8) {
            host.data.write64(at, 0);
        }
    }

    private void push(int queue, String... lines) {
        for (String line : lines) {
            host.push(queue, assembler.word(line));
        }
    }

    private long chunk(int number) {
        BufferObject chunk = new BufferObject(100 + number, "chunk", host.memory, CHUNK_BYTES);
        chunks.add(chunk);
        host.groupTable.map(address(number), chunk);
        return encoded(number);
    }

    private static long address(int number) {
        return CHUNKS + number * 0x1_0000L;
    }

    private static long encoded(int number) {
        return address(number) | CHUNK_BYTES >> 12;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private List<HeapStep> steps() {
        return tilerHeaps().map(TilerHeap::step).toList();
    }

    private Stream<TilerHeap> tilerHeaps() {
        return host.recorder.ofType(TilerHeap.class).stream()
                .map(entry -> (TilerHeap) entry.event());
    }
}
