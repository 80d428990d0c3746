package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.ftrace.ImportSummary;
import org.panscope.trace.ftrace.payload.BinaryShapes;
import org.panscope.trace.ftrace.payload.Payload;
import org.panscope.trace.ftrace.payload.PayloadPrinter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.quality.Loss;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// `trace.dat` files of every kind, and a real one compared with what trace-cmd printed of it.
class DatImporterTest {
    private static final Path CAPTURES = Path.of("../samples/captures");
    private static final Path SAMPLE = CAPTURES.resolve("panscope-sample.dat");
    private static final Path REPORT = CAPTURES.resolve("panscope-sample.report-t.txt");

    @TempDir private Path directory = Path.of(".");

    private static MemoryTrace dat(Path file) throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        ImportSummary summary =
                DatImporter.importDat(
                        file,
                        "test.dat",
                        header -> {
                            opened.add(new MemoryTrace(header));
                            return opened.getLast();
                        },
                        TrackAssigner.perCpu(),
                        Progress.NONE);
        MemoryTrace trace = opened.getFirst();
        assertEquals(summary.events(), trace.events().size());
        assertEquals(summary.losses(), trace.losses().size());
        assertTrue(trace.isClosed());
        return trace;
    }

    private MemoryTrace dat(byte[] bytes) throws IOException {
        return dat(Files.write(directory.resolve("x.dat"), bytes));
    }

    private static MemoryTrace text(Path file) throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            FtraceTextImporter.importText(
                    in,
                    "test.txt",
                    header -> {
                        opened.add(new MemoryTrace(header));
                        return opened.getLast();
                    },
                    TrackAssigner.perCpu(),
                    Progress.NONE);
        }
        return opened.getFirst();
    }

    // ---- a real capture

    @Test
    void sampleIsEventForEventWhatTraceCmdPrinted() throws IOException {
        MemoryTrace binary = dat(SAMPLE);
        assertSameEvents(text(REPORT), binary);
        assertEquals(List.of(), binary.losses());
    }

    /// A capture from elsewhere and what `trace-cmd report -t` printed of it, as `-Dpanscope.dat`
    /// and `-Dpanscope.report` name them.
    @Test
    @EnabledIfSystemProperty(named = "panscope.dat", matches = ".+")
    void captureNamedIsEventForEventWhatTraceCmdPrinted() throws IOException {
        assertSameEvents(
                text(Path.of(System.getProperty("panscope.report"))),
                dat(Path.of(System.getProperty("panscope.dat"))));
    }

    /// Compares all that text can carry; a difference names the first event that has one.
    private static void assertSameEvents(MemoryTrace printed, MemoryTrace binary) {
        assertEquals(printed.header().originNs(), binary.header().originNs());
        for (int i = 0; i < printed.events().size(); i++) {
            Event wanted = printed.events().get(i);
            Event found = binary.events().get(i);
            String place = "event " + i + ": " + wanted + " but " + found;
            assertEquals(wanted.timeNs(), found.timeNs(), place);
            assertEquals(wanted.type().name(), found.type().name(), place);
            assertEquals(wanted.header().cpu(), found.header().cpu(), place);
            assertEquals(wanted.header().pid(), found.header().pid(), place);
            assertEquals(wanted.header().comm(), shown(found.header().comm()), place);
            if (wanted.header().context() != null) { // a column not every version prints
                assertEquals(wanted.header().context(), found.header().context(), place);
            }
            assertSameValues(wanted, found, place);
        }
        assertEquals(printed.events().size(), binary.events().size());
    }

    /// Text has what stands in front of its column of a fixed width, with blanks between them: of
    /// those at the end of a name nothing is left.
    private static @Nullable String shown(@Nullable String comm) {
        return comm == null ? null : comm.stripTrailing();
    }

    /// Compares values by name. Where the text calls them otherwise than the record does, or has a
    /// number the way only text has it, what Panscope itself prints of the record is read like the
    /// line, and that is compared.
    private static void assertSameValues(Event wanted, Event found, String place) {
        List<FieldInfo> fields = wanted.type().fields();
        boolean sameFields = fields.stream().allMatch(field -> has(found.type(), field));
        Payload payload = sameFields ? null : printed(found);
        for (FieldInfo field : fields) {
            Object value =
                    payload == null ? found.value(field.name()) : value(payload, field.name());
            assertEquals(wanted.value(field.name()), value, () -> field.name() + " of " + place);
        }
        assertEquals(
                fields.size(), payload == null ? fields.size() : payload.values().length, place);
    }

    private static boolean has(EventTypeInfo type, FieldInfo wanted) {
        int index = type.fieldIndex(wanted.name());
        return index >= 0 && type.fields().get(index).kind() == wanted.kind();
    }

    private static Payload printed(Event event) {
        @Nullable Object[] values = new @Nullable Object[event.fieldCount()];
        Arrays.setAll(values, event::value);
        String text = new PayloadPrinter().print(event.type(), values);
        return new BinaryShapes().ofText(event.type().name(), text);
    }

    private static @Nullable Object value(Payload payload, String name) {
        List<FieldInfo> fields = payload.fields().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return payload.values()[i];
            }
        }
        return null;
    }

    @Test
    void fieldsThatTextDoesNotShowAreKept() throws IOException {
        MemoryTrace binary = dat(SAMPLE);
        MemoryTrace printed = text(REPORT);
        TreeSet<String> more = new TreeSet<>();
        for (int i = 0; i < printed.events().size(); i++) {
            Event wanted = printed.events().get(i);
            for (FieldInfo field : binary.events().get(i).type().fields()) {
                if (wanted.type().fieldIndex(field.name()) < 0) {
                    more.add(wanted.type().name() + "." + field.name());
                }
            }
        }
        assertEquals("6", binary.header().attributes().get("trace-dat-version"));
        assertEquals("local", binary.header().clock());
        assertEquals("little", binary.header().attributes().get("byte-order"));
        assertTrue(String.valueOf(binary.header().attributes().get("uname")).contains("7.3.4"));
        assertEquals(List.of("sched_switch.prev_state_bits"), List.copyOf(more));
    }

    // ---- every kind of file

    @ParameterizedTest
    @CsvSource({
        "6, little, 8, none",
        "6, big, 8, none",
        "6, little, 4, none",
        "6, big, 4, none",
        "7, little, 8, none",
        "7, big, 4, none",
        "7, little, 8, zlib",
        "7, little, 8, zstd",
        "7, big, 8, zstd"
    })
    void recordsOfEveryKindAreRead(int version, String order, int longBytes, String codec)
            throws IOException {
        DatBuilder dat = builder(version, order, longBytes, codec);
        dat.page(
                "",
                0,
                1000,
                0,
                dat.thing(0, 0, 7, -5, "first"),
                dat.discarded(10, 12),
                dat.longThing(20, 0x08, 0, 6, "in an interrupt"),
                dat.timeExtend(1L << 30),
                dat.thing(5, 0x10, 8, 7, ""));
        dat.page(
                "",
                1,
                1010,
                0,
                dat.thing(1, 0x40, 9, 8, "other cpu"),
                dat.timeStamp(5_000_000_000L),
                dat.thing(1, 0, 9, 9, "late"));
        MemoryTrace trace = dat(dat.build());

        assertEquals(List.of(), trace.losses());
        assertEquals(1000, trace.header().originNs());
        assertEquals(
                List.of(
                        "0 0 7 a thread task -5 first 1,65535",
                        "11 1 9 null nmi 8 other cpu 1,65535",
                        "30 0 0 <idle> hardirq 6 in an interrupt 1,65535",
                        (30 + (1L << 30) + 5) + " 0 8 other softirq 7  1,65535",
                        "4999999001 1 9 null task 9 late 1,65535"),
                trace.events().stream().map(DatImporterTest::line).toList());
    }

    private static DatBuilder builder(int version, String order, int longBytes, String codec) {
        return new DatBuilder(
                version,
                order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                longBytes,
                codec);
    }

    private static String line(Event event) {
        return event.timeNs()
                + " "
                + event.header().cpu()
                + " "
                + event.header().pid()
                + " "
                + event.header().comm()
                + " "
                + event.header().context()
                + " "
                + event.value("a")
                + " "
                + event.value("who")
                + " "
                + event.value("pair");
    }

    @ParameterizedTest
    @CsvSource({"6, little, 8", "6, big, 4", "7, little, 8"})
    void lostEventsAreTold(int version, String order, int longBytes) throws IOException {
        DatBuilder dat = builder(version, order, longBytes, "none");
        dat.page("", 0, 1000, 0, dat.thing(0, 0, 7, 1, "a"));
        dat.page("", 0, 2000, 17, dat.thing(0, 0, 7, 2, "b"));
        dat.page("", 0, 3000, -1, dat.thing(0, 0, 7, 3, "c"));
        MemoryTrace trace = dat(dat.build());
        assertEquals(3, trace.events().size());
        assertEquals(2, trace.losses().size());
        Loss counted = trace.losses().get(0);
        assertEquals("ring-overrun", counted.reason());
        assertEquals(17L, counted.count());
        assertEquals(0, counted.cpu());
        assertEquals(1, counted.beforeSeq());
        assertEquals(null, trace.losses().get(1).count());
        assertEquals(2, trace.losses().get(1).beforeSeq());
    }

    @Test
    void instancesSayWhichBufferTheyAre() throws IOException {
        DatBuilder dat = builder(7, "little", 8, "none");
        dat.page("", 0, 1000, 0, dat.thing(0, 0, 7, 1, "top"));
        dat.page("gpu", 0, 1001, 0, dat.thing(0, 0, 7, 2, "instance"));
        MemoryTrace trace = dat(dat.build());
        assertEquals(-1, trace.events().get(0).type().fieldIndex("buffer"));
        assertEquals("gpu", trace.events().get(1).value("buffer"));
        assertEquals("boot", trace.header().clock());
    }

    @Test
    void offsetsAreAddedAndOverrunsTold() throws IOException {
        DatBuilder dat = builder(6, "little", 8, "none");
        dat.option(7, "500\0").option(1, "0x2\0").option(5, "Linux board 7.0\0");
        dat.option(2, "CPU: 0\nentries: 1\noverrun: 12\ndropped events: 0\n\0");
        dat.page("", 0, 1000, 0, dat.thing(0, 0, 7, 1, "a"));
        MemoryTrace trace = dat(dat.build());
        assertEquals(1000 + 500 + 2000, trace.header().originNs());
        assertEquals("Linux board 7.0", trace.header().attributes().get("uname"));
        assertEquals("buffer-overwritten", trace.losses().getFirst().reason());
        assertEquals(12L, trace.losses().getFirst().count());
    }

    // ---- files that are broken

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11, 20, 300, 4000})
    void fileCutBeforeItsRecordsIsRefusedWithTheOffset(int length) throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        DatFormatException refusal =
                assertThrows(DatFormatException.class, () -> dat(Arrays.copyOf(whole, length)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("offset 0x"), refusal::toString);
    }

    @Test
    void fileCutInItsRecordsIsReadAsFarAsItGoes() throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        MemoryTrace all = dat(SAMPLE);
        MemoryTrace part = dat(Arrays.copyOf(whole, whole.length - 20_000));
        assertTrue(part.events().size() > 100 && part.events().size() < all.events().size());
        assertEquals("truncated", part.losses().getFirst().reason());
    }

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(SAMPLE);
        Random random = new Random(4);
        int read = 0;
        for (int round = 0; round < 300; round++) {
            byte[] mutant = whole.clone();
            int changes = 1 + random.nextInt(20);
            for (int i = 0; i < changes; i++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            try {
                dat(mutant);
                read++;
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("test.dat"), e::toString);
            }
        }
        assertTrue(read > 100, "read=" + read);
    }

    @Test
    void unknownEventsAreKeptAsBytes() throws IOException {
        DatBuilder dat = builder(6, "little", 8, "none");
        byte[] stranger = dat.thing(0, 0, 7, 1, "a");
        stranger[4] = 99;
        dat.page("", 0, 1000, 0, stranger);
        Event event = dat(dat.build()).events().getFirst();
        assertEquals("unknown_99", event.type().name());
        assertTrue(event.value("raw") instanceof byte[] raw && raw.length == 24);
    }
}
