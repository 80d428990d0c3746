package org.panscope.trace.ftrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.Loss;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class LossTest {
    private static final String EVENT = "  a-1     [000] .....     1.000000: softirq_exit: vec=1";
    private static final String MARKER = "  a-1     [000] .....     1.000000: print: 0xff: psm1 db";

    @Test
    void captureSaysWhichCpuLostHowMuch() {
        MemoryTrace trace =
                Captures.text(
                        EVENT,
                        "##### CPU 2 buffer started ####",
                        EVENT,
                        "CPU:1 [LOST 341 EVENTS]",
                        "CPU:1 [LOST EVENTS]",
                        "CPU:0 [65 EVENTS DROPPED]",
                        "CPU:3 [EVENTS DROPPED]",
                        "CPU:3 [SUBBUFFER START]",
                        EVENT);

        assertEquals(3, trace.events().size());
        assertEquals(
                List.of(
                        "buffer-started",
                        "ring-overrun",
                        "ring-overrun",
                        "ring-overrun",
                        "ring-overrun"),
                trace.losses().stream().map(Loss::reason).toList());
        assertEquals(
                Arrays.asList(null, 341L, null, 65L, null),
                trace.losses().stream().map(Loss::count).toList());
        assertEquals(List.of(2, 1, 1, 0, 3), trace.losses().stream().map(Loss::cpu).toList());
        assertEquals(
                List.of(1L, 2L, 2L, 2L, 2L), trace.losses().stream().map(Loss::beforeSeq).toList());
        assertEquals(4L, trace.losses().get(1).line());
    }

    @Test
    void headerTellsHowMuchTheBufferOverwrote() {
        MemoryTrace trace =
                Captures.text(
                        "# tracer: nop",
                        "# entries-in-buffer/entries-written: 10/25   #P:2",
                        EVENT);

        assertEquals("buffer-overwritten", trace.losses().getFirst().reason());
        assertEquals(15L, trace.losses().getFirst().count());
        assertNull(trace.losses().getFirst().cpu());
    }

    @Test
    void damagedLineIsTold() {
        MemoryTrace trace = Captures.text(EVENT, "  a-1     [000] ...", EVENT);

        assertEquals(2, trace.events().size());
        Loss loss = trace.losses().getFirst();
        assertEquals("unparsed-line", loss.reason());
        assertEquals(2L, loss.line());
        assertEquals((long) EVENT.length() + 1, loss.offset());
        assertEquals(1, loss.beforeSeq());
        assertTrue(loss.message().startsWith("test.txt:2: no `task-pid"), loss::message);
    }

    @Test
    void markerGoesOnOverLineBreaksAndBlankLines() {
        MemoryTrace trace =
                Captures.text(MARKER, "", "two", "cpus=2", "", "# comment", EVENT, "three");

        assertEquals("psm1 db\n\ntwo\ncpus=2", trace.events().getFirst().value("buf"));
        assertNull(trace.events().getFirst().value("verb"));
        assertEquals(2, trace.events().size());
        assertEquals(8L, trace.losses().getFirst().line());
    }

    @Test
    void lineWithoutEndIsBounded() {
        String marker = MARKER + "x".repeat(200_000);
        MemoryTrace trace = Captures.text(EVENT, marker, EVENT);

        assertEquals(2, trace.events().size());
        assertEquals(2L, trace.losses().getFirst().line());
        assertTrue(trace.losses().getFirst().message().length() < 300);
    }

    @Test
    void fileOfDamageIsCountedNotListed() {
        String[] lines = new String[5000];
        Arrays.fill(lines, "damage");
        MemoryTrace trace = Captures.text(lines);

        assertEquals(1001, trace.losses().size());
        assertEquals(4000L, trace.losses().getLast().count());
        assertEquals(1001L, trace.losses().getLast().line());
    }

    @Test
    void fileOfLossesOpensItsTraceWithoutAnEvent() {
        String[] lines = new String[10_001];
        Arrays.fill(lines, "CPU:1 [LOST 3 EVENTS]");
        lines[10_000] = EVENT;
        MemoryTrace trace = Captures.text(lines);

        assertEquals(10_000, trace.losses().size());
        assertEquals(0, trace.header().originNs());
        assertEquals(1_000_000_000L, trace.events().getFirst().timeNs());
    }

    @Test
    void emptyFileIsAnEmptyTrace() {
        MemoryTrace trace = Captures.bytes(new byte[0]);

        assertEquals(List.of(), trace.events());
        assertEquals(List.of(), trace.losses());
        assertTrue(trace.isClosed());
    }

    @Test
    void bytesThatAreNoUtf8StayVisible() {
        byte[] capture = (MARKER + " é").getBytes(StandardCharsets.UTF_8);
        capture[capture.length - 3] = (byte) 0xff;

        assertEquals("psm1 db\\xffé", Captures.bytes(capture).events().getFirst().value("buf"));
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstLine() {
        MemoryTrace trace = Captures.text("\uFEFFcpus=2", EVENT);

        assertEquals(List.of(), trace.losses());
        assertEquals("2", trace.header().attributes().get("cpus"));
    }

    @Test
    void carriageReturnsAreNoPartOfALine() {
        MemoryTrace trace =
                Captures.bytes((EVENT + "\r\n" + MARKER + "\r\n").getBytes(StandardCharsets.UTF_8));

        assertEquals(1L, trace.events().get(0).value("vec"));
        assertEquals("psm1 db", trace.events().get(1).value("buf"));
        assertEquals("db", trace.events().get(1).value("verb"));
    }

    @Test
    void packedCapturesAreTheSame() throws IOException {
        byte[] plain = Files.readAllBytes(Captures.MICROS);
        MemoryTrace expected = Captures.bytes(plain);

        assertEquals(expected.events(), Captures.bytes(gzip(plain)).events());
        assertEquals(expected.events(), Captures.bytes(Zstd.compress(plain)).events());
        assertTrue(FtraceTextSniffer.looksLikeFtraceText(start(gzip(plain))));
        assertTrue(FtraceTextSniffer.looksLikeFtraceText(start(Zstd.compress(plain))));
    }

    @Test
    void cutPackedCaptureKeepsWhatCameBefore() throws IOException {
        byte[] plain = Files.readAllBytes(Captures.MICROS);
        for (byte[] packed : List.of(gzip(plain), Zstd.compress(plain))) {
            MemoryTrace trace = Captures.bytes(Arrays.copyOf(packed, packed.length * 2 / 3));

            assertEquals("truncated", trace.losses().getLast().reason());
            assertTrue(trace.events().size() > 500, () -> "events=" + trace.events().size());
            assertTrue(trace.events().size() < 2368);
        }
    }

    @Test
    void formsWithoutFieldsAreRefused() {
        String header = "# tracer: nop\n#\n";
        assertRefused(header + "146 0 17553003000 type: 14\n0 1 17553004000 type: 1\n", "raw");
        assertRefused(
                header
                        + "92000000 00000000 f8a1d40000000000 01000000\n92000000 00000000 "
                        + "f8a1d40000000001 02\n",
                "hex");
        assertRefused(header + "\u0001\u0002\u0003\u0000\u0000\u0000ab\n", "bin");
    }

    private static void assertRefused(String text, String option) {
        UnsupportedCaptureException refusal =
                assertThrows(
                        UnsupportedCaptureException.class,
                        () -> Captures.read(text.getBytes(StandardCharsets.UTF_8)));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("test.txt:3: "), message);
        assertTrue(message.contains("`" + option + "`"), message);
    }

    @Test
    void importStopsWhenNobodyWantsItAnyMore() throws IOException {
        byte[] capture = Files.readAllBytes(Captures.MICROS);
        List<MemoryTrace> opened = new ArrayList<>();
        ImportSummary summary =
                FtraceTextImporter.importText(
                        new ByteArrayInputStream(capture),
                        capture.length,
                        "test.txt",
                        header -> {
                            opened.add(new MemoryTrace(header));
                            return opened.getLast();
                        },
                        TrackAssigner.perCpu(),
                        new Progress() {
                            @Override
                            public void advance(long doneBytes, long totalBytes) {
                                assertEquals(capture.length, totalBytes);
                                assertTrue(doneBytes <= totalBytes);
                            }

                            @Override
                            public boolean isCancelled() {
                                return true;
                            }
                        });

        assertTrue(summary.cancelled());
        assertEquals(1023, summary.events());
        assertEquals("cancelled", opened.getFirst().losses().getLast().reason());
        assertTrue(opened.getFirst().isClosed());
    }

    @Test
    void snifferKnowsFtraceFromOtherText() throws IOException {
        assertTrue(
                FtraceTextSniffer.looksLikeFtraceText(start(Files.readAllBytes(Captures.NANOS))));
        assertTrue(looks(EVENT));
        assertTrue(looks("# tracer: nop\n#\n"));
        assertTrue(looks("CPU:1 [LOST 3 EVENTS]\n" + EVENT));
        assertFalse(looks(""));
        assertFalse(looks("{\"traceEvents\": []}"));
        assertFalse(looks("{\"systemTraceEvents\": \"" + "\\n".repeat(40) + EVENT + "\"}"));
        assertFalse(looks("# a note: with colon\nsome: text\n"));
        assertFalse(looks("\u0017\u0008Dtracing6\u0000" + EVENT));
    }

    private static boolean looks(String text) {
        return FtraceTextSniffer.looksLikeFtraceText(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] start(byte[] file) {
        return Arrays.copyOf(file, Math.min(file.length, 64 * 1024));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
