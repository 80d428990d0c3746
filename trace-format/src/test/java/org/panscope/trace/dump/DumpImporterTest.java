package org.panscope.trace.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panscope.trace.event.KernelEvent.QueueCreated;
import org.panscope.trace.event.SchedEvent.CsStatus;
import org.panscope.trace.event.UserEvent.RingWrite;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.quality.Loss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

class DumpImporterTest {
    private static final String COREDUMP =
            """
            ---
            header:
              kernel: 6.16.0-rc5
              module: panthor
              driver_version: 1.4
              reason: CSG_PROGRESS_TIMEOUT
              timestamp: 1752969702000000001
            group:
              priority: 1
              queue_count: 2
              pid: 712
              comm: "vkcube: x"
              destroyed: 0
              csg_id: 3
            gpu:
              GPU_ID: 0xa8670000
              MMU_FEATURES: 0x2830
              MMU_FEATURES: 0x2831
            queues:
              - index: 0
                ring:
                  size: 65536
              - index: 1
            vmas: []
            """;

    private static final String HANG =
            """
            [  275.260000] usb 1-1: new device
            [  275.270215] mali fb000000.gpu: queue:GPU-9-0-1 at:0x0000005fffe78098 cmd:0x0148005fc5600040
            [  275.270216] mali fb000000.gpu: queue:GPU-9-0-1 at:0x0000005fffe780a0 cmd:0x024a000000000018
            [  275.270224] mali fb000000.gpu: Bind Idx,     Ringbuf addr,     Size, Prio,    Insert offset,   Extract offset, Active, Doorbell
            [  275.270226] mali fb000000.gpu:        2,       5fffe5d000,    10000,    8,            1e300,            1e190,      0,       -1
            [  275.270227] mali fb000000.gpu: Dumping instructions around the last Extract offset
            [  275.270227] mali fb000000.gpu: Instructions from Extract offset 1e180
            [  275.270228] mali fb000000.gpu: 0148005fc5600040 024a000000000018 2000484a00000000 0300000000020000 0148005fffeb6a20 024a000000000001 2601484a00fd0001 0000000000000000
            [  275.270228] mali fb000000.gpu: SAVED_CMD_PTR: 0x5fffe6b190
            [  275.270229] mali fb000000.gpu: SB_MASK: 0
            [  275.270233] mali fb000000.gpu: SYNC_WAIT: Waiting
            [  275.270234] mali fb000000.gpu: WAIT_CONDITION: greater than
            [  275.270235] mali fb000000.gpu: SYNC_POINTER: 0x5fffeb6ac8
            [  275.270236] mali fb000000.gpu: SYNC_VALUE: -1
            [  275.270237] mali fb000000.gpu: BLOCKED_REASON: SYNC_WAIT
            [  275.280000] mali fb000000.gpu: done
            """;

    private static final String DECODED =
            """
            CS queue 0:
              MOVE48 d72, #0x5fc5600040
              WAIT #2
            // XXX: something looks wrong
            Buffer: heap gpu 0x10000

              Draw:
                Width: 640
            """;

    private static final String CSV =
            """
            frame,batch,time_ns,event,
            0,0,0000000000001000,begin_render,width=640, height=480
            0,1,0000000000000900,begin_cmdbuf,
            0,0,0000000000002000,end_render,
            nonsense
            """;

    private static final String TEXT =
            """
            +----- NS -----+ +-- Δ --+  +----- MSG -----
            0000000000001000        +0: begin_render: width=640
            0000000000002000     +1000:    end_render
            ELAPSED: 1000 ns
            END OF FRAME 4
            +----- NS -----+ +-- Δ --+  +----- MSG -----
            0000000000003000        +0: barrier
            """;

    private static final String JSON =
            """
            [
            {"frame": 3, "batches": [{"events": [
              {"event": "begin_render", "time_ns": "0000000000002000", "params": {"width": "640", "fmt": "R8"}},
              {"event": "end_render", "time_ns": "0000000000001000", "params": {}}], "duration_ns": 1000}]},
            {"frame": 4, "batches": [{"events": [{"event": "x", "ti\
            """;

    private static final Map<DumpFormat, String> FIXTURES =
            new TreeMap<>(
                    Map.of(
                            DumpFormat.PANTHOR_COREDUMP, COREDUMP,
                            DumpFormat.KERNEL_LOG, HANG,
                            DumpFormat.PANDECODE, DECODED,
                            DumpFormat.UTRACE_CSV, CSV,
                            DumpFormat.UTRACE_TEXT, TEXT,
                            DumpFormat.UTRACE_JSON, JSON));

    @TempDir private Path folder;

    private MemoryTrace imported(DumpFormat format, byte[] content, Progress progress)
            throws IOException {
        Path file = folder.resolve("dump");
        Files.write(file, content);
        MemoryTrace[] trace = new MemoryTrace[1];
        DumpImporter.importDump(
                format,
                file,
                "dump.txt",
                word -> "word " + Long.toHexString(word),
                header -> trace[0] = new MemoryTrace(header),
                progress);
        return Objects.requireNonNull(trace[0]);
    }

    private MemoryTrace imported(DumpFormat format) throws IOException {
        String text = Objects.requireNonNull(FIXTURES.get(format));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(format, DumpFormat.of(bytes), "recognised by its content");
        return imported(format, bytes, Progress.NONE);
    }

    private static List<Event> of(MemoryTrace trace, String type) {
        return trace.events().stream().filter(e -> e.type().name().equals(type)).toList();
    }

    private static <T> T only(MemoryTrace trace, Class<T> record) {
        List<T> found =
                trace.events().stream()
                        .map(Event::record)
                        .filter(record::isInstance)
                        .map(record::cast)
                        .toList();
        assertEquals(1, found.size(), record.getSimpleName());
        return found.getFirst();
    }

    private static List<String> reasons(MemoryTrace trace) {
        return trace.losses().stream().map(Loss::reason).toList();
    }

    @Test
    void everyDumpSaysWhatItIsFirst() throws IOException {
        for (DumpFormat format : FIXTURES.keySet()) {
            MemoryTrace trace = imported(format);
            Event first = trace.event(0);
            assertEquals("MARK", first.type().name(), format.name());
            assertEquals(trace.header().attributes().get("document"), first.value("text"));
        }
    }

    @Test
    void sectionsOfACoredumpAreEvents() throws IOException {
        MemoryTrace trace = imported(DumpFormat.PANTHOR_COREDUMP);

        assertEquals(List.of(), trace.losses());
        assertEquals("realtime", trace.header().clock());
        assertEquals(1_752_969_702_000_000_001L, trace.header().originNs());
        assertEquals("CSG_PROGRESS_TIMEOUT", trace.header().attributes().get("coredump.reason"));
        Event group = of(trace, "coredump_group").getFirst();
        assertEquals(712L, group.value("pid"));
        assertEquals("vkcube: x", group.value("comm"));
        Event gpu = of(trace, "coredump_gpu").getFirst();
        assertEquals(0xa867_0000L, gpu.value("GPU_ID"));
        assertEquals(0x2830L, gpu.value("MMU_FEATURES"));
        assertEquals(0x2831L, gpu.value("MMU_FEATURES_2"));
        List<Event> queues = of(trace, "coredump_queues");
        assertEquals(2, queues.size());
        assertEquals(65536L, queues.getFirst().value("ring.size"));
        assertEquals(1L, queues.getLast().value("index"));
        assertEquals("[]", of(trace, "coredump_document").getFirst().value("vmas"));
    }

    @Test
    void hangDumpOfTheVendorsDriverIsQueuesAndTheirWords() throws IOException {
        MemoryTrace trace = imported(DumpFormat.KERNEL_LOG);

        assertEquals(List.of(), trace.losses());
        assertEquals(275_260_000_000L, trace.header().originNs());
        assertEquals(2, of(trace, "kernel_log").size());
        Event instruction = of(trace, "kbase_instruction").getFirst();
        assertEquals("GPU-9-0-1", instruction.value("queue"));
        assertEquals(0x5f_ffe7_8098L, instruction.value("at"));
        assertEquals("word 148005fc5600040", instruction.value("text"));
        assertEquals(10_215_000L, instruction.timeNs());
        QueueCreated created = only(trace, QueueCreated.class);
        assertEquals(0x5f_ffe5_d000L, created.ringVa());
        assertEquals(0x10000, created.ringSize());
        assertEquals(2, created.queue());
        assertNull(created.ringBo());
        RingWrite words = only(trace, RingWrite.class);
        assertEquals(0x1e180, words.at());
        assertEquals(64, words.length());
        assertEquals(0x40, Objects.requireNonNull(words.data())[0]);
        assertEquals(
                new CsStatus(
                        created.gid(),
                        2,
                        3,
                        0x1e300,
                        0x1e190,
                        null,
                        0x5f_ffeb_6ac8L,
                        0xffff_ffffL,
                        true,
                        null,
                        null,
                        null),
                only(trace, CsStatus.class));
        Event queue = of(trace, "kbase_queue").getFirst();
        assertEquals(0x170L, queue.value("pending"));
        assertEquals(0x5f_ffe6_b190L, queue.value("saved_cmd_ptr"));
        assertEquals("-1", queue.value("doorbell"));
    }

    @Test
    void queuesOfAnotherGroupAreNotThoseOfTheFirst() throws IOException {
        String table =
                """
                Bind Idx,     Ringbuf addr,     Size, Prio,    Insert offset,   Extract offset, Active, Doorbell
                       0,       5fffe5d000,    10000,    8,                8,                0,      0,       -1
                """;
        MemoryTrace trace =
                imported(
                        DumpFormat.KERNEL_LOG,
                        (table + table).getBytes(StandardCharsets.UTF_8),
                        Progress.NONE);

        assertEquals(
                List.of(1L, 2L),
                of(trace, "QUEUE_CREATED").stream().map(event -> event.value("gid")).toList());
    }

    @Test
    void linesOfPandecodeKeepTheirOrderAndHaveNoTimes() throws IOException {
        MemoryTrace trace = imported(DumpFormat.PANDECODE);

        assertEquals("none", trace.header().clock());
        assertEquals(
                List.of(
                        "pandecode_line 1 0 CS queue 0:",
                        "pandecode_instruction 2 2 MOVE48 d72, #0x5fc5600040",
                        "pandecode_instruction 3 2 WAIT #2",
                        "pandecode_warning 4 0 // XXX: something looks wrong",
                        "pandecode_buffer 5 0 Buffer: heap gpu 0x10000",
                        "pandecode_line 7 2 Draw:",
                        "pandecode_line 8 4 Width: 640"),
                trace.events().stream()
                        .skip(1)
                        .map(e ->
                                e.type().name()
                                        + " "
                                        + e.value("line")
                                        + " "
                                        + e.value("depth")
                                        + " "
                                        + e.value("text"))
                        .toList());
        assertEquals(0, trace.lastTimeNs());
    }

    @Test
    void csvOfUTraceIsSortedAndPaired() throws IOException {
        MemoryTrace trace = imported(DumpFormat.UTRACE_CSV);

        assertEquals(List.of("unparsed-line"), reasons(trace));
        assertEquals(900, trace.header().originNs());
        assertEquals(
                List.of("MARK", "begin_cmdbuf", "begin_render", "end_render"),
                trace.events().stream().map(event -> event.type().name()).toList());
        Event render = trace.event(2);
        assertEquals(100, render.timeNs());
        assertEquals("begin", render.value("phase"));
        assertEquals("render", render.value("name"));
        assertEquals("width=640, height=480", render.value("params"));
        assertEquals(1L, trace.event(1).value("batch"));
    }

    @Test
    void textOfUTraceCountsFramesAndBatches() throws IOException {
        MemoryTrace trace = imported(DumpFormat.UTRACE_TEXT);

        assertEquals(List.of(), trace.losses());
        assertEquals("width=640", trace.event(1).value("params"));
        assertEquals("end_render", trace.event(2).type().name());
        assertEquals(5L, trace.event(3).value("frame"));
        assertEquals(0L, trace.event(3).value("batch"));
        assertNull(trace.event(3).value("phase"));
    }

    @Test
    void jsonOfUTraceMayBeCutOff() throws IOException {
        MemoryTrace trace = imported(DumpFormat.UTRACE_JSON);

        assertEquals(List.of("truncated"), reasons(trace));
        assertEquals(
                List.of("MARK", "end_render", "begin_render"),
                trace.events().stream().map(event -> event.type().name()).toList());
        assertEquals(640L, trace.event(2).value("width"));
        assertEquals("R8", trace.event(2).value("fmt"));
        assertEquals(3L, trace.event(2).value("frame"));
    }

    // ---- damage -------------------------------------------------------------------------------

    @Test
    void mutatedDumpsNeverFail() throws IOException {
        byte[] spice = "{}[]\",:\n-= 0xf".getBytes(StandardCharsets.UTF_8);
        for (Map.Entry<DumpFormat, String> fixture : FIXTURES.entrySet()) {
            byte[] good = fixture.getValue().getBytes(StandardCharsets.UTF_8);
            for (int seed = 0; seed < 500; seed++) {
                Random random = new Random(seed);
                byte[] bad = good.clone();
                for (int i = random.nextInt(1, 8); i > 0; i--) {
                    int at = random.nextInt(bad.length);
                    bad[at] =
                            random.nextBoolean()
                                    ? spice[random.nextInt(spice.length)]
                                    : (byte) random.nextInt();
                }
                if (random.nextInt(3) == 0) {
                    bad = Arrays.copyOf(bad, random.nextInt(bad.length));
                }
                try {
                    DumpFormat.of(bad);
                    assertNotNull(imported(fixture.getKey(), bad, Progress.NONE));
                } catch (RuntimeException e) {
                    throw new AssertionError(fixture.getKey() + " seed=" + seed, e);
                }
            }
        }
    }

    @Test
    void hugeAndDeepDumpsStaySmall() throws IOException {
        StringBuilder deep = new StringBuilder("---\n");
        for (int i = 0; i < 5000; i++) {
            deep.append(" ".repeat(Math.min(i, 2000))).append("k").append(i).append(":\n");
        }
        deep.append(" ".repeat(2000)).append("v: 1\n").append("x".repeat(100_000)).append(": 1\n");
        MemoryTrace trace =
                imported(
                        DumpFormat.PANTHOR_COREDUMP,
                        deep.toString().getBytes(StandardCharsets.UTF_8),
                        Progress.NONE);

        assertTrue(trace.eventCount() >= 1);
        assertTrue(reasons(trace).contains("unparsed-line"), () -> reasons(trace).toString());
    }

    @Test
    void cancellingIsTold() throws IOException {
        Progress stop =
                new Progress() {
                    @Override
                    public void advance(long doneBytes, long totalBytes) {
                        assertTrue(doneBytes <= totalBytes);
                    }

                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        for (DumpFormat format :
                List.of(DumpFormat.KERNEL_LOG, DumpFormat.UTRACE_CSV, DumpFormat.PANDECODE)) {
            String text = Objects.requireNonNull(FIXTURES.get(format)).repeat(1000);
            MemoryTrace trace = imported(format, text.getBytes(StandardCharsets.UTF_8), stop);
            assertEquals("cancelled", reasons(trace).getLast(), format.name());
        }
    }
}
