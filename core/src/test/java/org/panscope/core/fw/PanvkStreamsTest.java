package org.panscope.core.fw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.isa.CsWords;
import org.panscope.core.mem.BufferObject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The streams that panvk records for its three subqueues, called from the rings as the kernel
/// calls them, with and without profiling.
class PanvkStreamsTest {
    private static final int VERTEX = 0;
    private static final int FRAGMENT = 1;
    private static final int COMPUTE = 2;

    private static final long CONTEXT = 0x7ffe_0000_1000L;
    private static final long CONTEXT_BYTES = 0x1000;
    private static final long SYNC_ARRAY = 0x7ffe_0000_4000L;
    private static final long TILER_CONTEXT = 0x7ffd_0001_0000L;
    private static final long FRAMEBUFFER = 0x7ffd_0002_0000L;
    private static final long STREAMS = 0x7000_0000L;
    private static final long RECORDS = 0x7100_0000L;
    private static final int RECORD_BYTES = 32;

    /// What the kernel has the job measure.
    enum Profiling {
        NONE,
        CYCLES,
        TIME,
        BOTH;

        boolean cycles() {
            return this == CYCLES || this == BOTH;
        }

        boolean time() {
            return this == TIME || this == BOTH;
        }
    }

    /// The descriptors of the streams are nowhere in memory.
    private final TestHost host =
            new TestHost(GpuParameters.defaults().with(GpuParameters.JOB_DESCRIPTOR_CHECKS, 0));

    private final BufferObject contexts = map(CONTEXT, 3 * CONTEXT_BYTES);
    private final BufferObject syncArray = map(SYNC_ARRAY, 4096);
    private final BufferObject tilerContext = map(TILER_CONTEXT, 4096);
    private final BufferObject framebuffer = map(FRAMEBUFFER, 4096);
    private final BufferObject streams = map(STREAMS, 16 * 4096);
    private final BufferObject records = map(RECORDS, 4096);
    private final int[] jobs = new int[3];
    private int streamsUsed;
    private int recordsUsed;

    @ParameterizedTest
    @EnumSource
    void frameOfThreeSubqueuesRunsToItsEnd(Profiling profiling) {
        prepare();
        for (int queue = 0; queue < 3; queue++) {
            submit(queue, profiling, initialisation(queue));
        }
        submit(FRAGMENT, profiling, resource("stream-render-pass.txt"));
        submit(VERTEX, profiling, resource("stream-draw.txt"));
        submit(COMPUTE, profiling, resource("stream-dispatch.txt"));
        submit(COMPUTE, profiling, resource("stream-barrier.txt"));
        host.ring();
        host.run();

        for (int queue = 0; queue < 3; queue++) {
            assertEquals(0, host.csOut(queue, CsOutput.FATAL), "queue=" + queue);
            assertEquals(0, host.csOut(queue, CsOutput.FAULT), "queue=" + queue);
            assertEquals(host.insert(queue), host.extract(queue), "queue=" + queue);
            assertEquals(jobs[queue], host.sync.read64(16L * queue), "queue=" + queue);
            assertEquals(0, host.sync.read32(16L * queue + 8), "queue=" + queue);
            assertEquals(1, contexts.read32(queue * CONTEXT_BYTES + 8), "queue=" + queue);
        }
        assertEquals(List.of(2L, 2L, 3L), List.of(object(0), object(16), object(32)));
        assertEquals(List.of(1L, 1L, 0L), progress(VERTEX));
        assertEquals(List.of(1L, 1L, 0L), progress(FRAGMENT));
        assertEquals(List.of(0L, 0L, 1L), progress(COMPUTE));
        assertEquals(TILER_CONTEXT, framebuffer.read64(56));
        checkRecords(profiling);
    }

    @Test
    void renderPassWaitsForTheEndOfTiling() {
        prepare();
        submit(FRAGMENT, Profiling.NONE, initialisation(FRAGMENT));
        submit(FRAGMENT, Profiling.NONE, resource("stream-render-pass.txt"));
        host.ring();
        host.run();
        assertEquals(SYNC_ARRAY, host.stream(FRAGMENT).waitVa());
        assertEquals(1, object(16));
        submit(VERTEX, Profiling.NONE, initialisation(VERTEX));
        submit(VERTEX, Profiling.NONE, resource("stream-draw.txt"));
        host.ring();
        host.run();
        assertEquals(2, object(16));
    }

    @Test
    void iterationsGoRoundTheFiveSlots() {
        prepare();
        submit(COMPUTE, Profiling.NONE, initialisation(COMPUTE));
        List<Integer> iterations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            submit(COMPUTE, Profiling.NONE, resource("stream-dispatch.txt"));
            host.ring();
            host.run();
            iterations.add(contexts.read32(COMPUTE * CONTEXT_BYTES + 8));
        }
        assertEquals(List.of(1, 2, 3, 4, 0, 1), iterations);
        assertEquals(7, object(32));
        assertEquals(List.of(0L, 0L, 6L), progress(COMPUTE));
    }

    @Test
    void dispatchRunsAloneToo() {
        TestStream alone = new TestStream();
        alone.words(CONTEXT, SYNC_ARRAY, 4);
        alone.words(SYNC_ARRAY, 1, 0, 1, 0, 1, 0);
        alone.set64(90, CONTEXT);
        alone.runWords(resource("stream-dispatch.txt")).ended();
        assertEquals(2, alone.memory(SYNC_ARRAY + 32));
        assertEquals(0, alone.memory32(CONTEXT + 8));
        assertEquals(1, alone.pair(88));
    }

    @Test
    void kernelSlotRunsAloneAsARing() {
        TestStream alone = new TestStream().asRing();
        alone.text(0x50_0000, "MOVE32 r0, #0x1", "NOP", "NOP", "MOVE32 r1, #0x2");
        alone.runWords(resource("stream-kernel-job.txt")).ended();
        assertEquals(1, alone.memory(0x40_0000));
        assertEquals(0, alone.memory(0x40_0008));
        assertEquals(2, alone.register(1));
        assertEquals(List.of(0, 1, 1, 1, 1, 0), alone.depths().subList(5, 11));
    }

    // ---- what the driver does -----------------------------------------------------------------

    private void prepare() {
        host.allEndpoints = true;
        host.boot();
        for (int queue = 0; queue < 3; queue++) {
            contexts.write64(queue * CONTEXT_BYTES, SYNC_ARRAY);
            syncArray.write64(16L * queue, 1);
        }
        tilerContext.write64(40, 0x7ffd_0100_0000L);
        tilerContext.write64(48, 0x7ffd_0100_0000L);
        host.startGroup(3);
        host.run();
    }

    /// The words of the initialisation stream, with the subqueue's own context.
    private static long[] initialisation(int queue) {
        long[] words = resource("stream-init.txt");
        words[0] = CsWords.move48(90, CONTEXT + queue * CONTEXT_BYTES);
        return words;
    }

    /// Calls a stream as the kernel does.
    private void submit(int queue, Profiling profiling, long... stream) {
        long va = STREAMS + streamsUsed;
        for (long word : stream) {
            streams.write64(streamsUsed, word);
            streamsUsed += Long.BYTES;
        }
        long record = RECORDS + (long) recordsUsed++ * RECORD_BYTES;
        List<Long> words = new ArrayList<>();
        words.add(CsWords.move32(94, 0));
        words.add(CsWords.flushCache2(94, 0, 0));
        profile(words, profiling, record);
        words.add(CsWords.move48(92, va));
        words.add(CsWords.move32(94, Long.BYTES * stream.length));
        words.add(CsWords.waitSlots(1));
        words.add(CsWords.call(92, 94));
        profile(words, profiling, record + Long.BYTES);
        words.add(CsWords.move48(92, TestHost.SYNC + 16L * queue));
        words.add(CsWords.move48(94, 1));
        words.add(CsWords.waitSlots(0xff));
        words.add(CsWords.syncAdd64(92, 94, CsWords.SCOPE_SYSTEM, true));
        words.add(CsWords.errorBarrier());
        while (words.size() % 8 != 0) {
            words.add(CsWords.nop());
        }
        host.push(queue, words.stream().mapToLong(Long::longValue).toArray());
        jobs[queue]++;
    }

    private static void profile(List<Long> words, Profiling profiling, long record) {
        if (profiling.cycles()) {
            words.add(CsWords.move48(92, record));
            words.add(CsWords.storeState(CsWords.STATE_CYCLE_COUNT, 92, 0));
        }
        if (profiling.time()) {
            words.add(CsWords.move48(94, record + 16));
            words.add(CsWords.storeState(CsWords.STATE_TIMESTAMP, 94, 0));
        }
    }

    // ---- what came of it ----------------------------------------------------------------------

    private void checkRecords(Profiling profiling) {
        for (int i = 0; i < recordsUsed; i++) {
            long at = (long) i * RECORD_BYTES;
            long cycles = records.read64(at + 8) - records.read64(at);
            long ticks = records.read64(at + 24) - records.read64(at + 16);
            assertEquals(profiling.cycles(), records.read64(at) != 0, "record=" + i);
            assertEquals(profiling.time(), records.read64(at + 16) != 0, "record=" + i);
            if (profiling.cycles()) {
                // At 1 GHz a cycle is a ns; the flush, the WAIT and the stream lie in between.
                assertTrue(cycles > 2_000 && cycles < 1_000_000, "record=" + i + ": " + cycles);
            }
            if (profiling == Profiling.BOTH) {
                long inTicks = cycles * 24 / 1_000;
                assertTrue(Math.abs(ticks - inTicks) <= 3, "record=" + i + ": " + ticks);
            }
        }
    }

    private long object(long offset) {
        return syncArray.read64(offset);
    }

    private List<Long> progress(int queue) {
        StreamCore core = host.stream(queue).core();
        return List.of(core.pair(84), core.pair(86), core.pair(88));
    }

    private BufferObject map(long va, long sizeBytes) {
        BufferObject bo = new BufferObject(1000, "panvk", host.memory, sizeBytes);
        host.groupTable.map(va, bo);
        return bo;
    }

    private static long[] resource(String name) {
        String path = "/org/panscope/core/isa/" + name;
        try (InputStream in = PanvkStreamsTest.class.getResourceAsStream(path)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, path).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(0, 16), 16))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
