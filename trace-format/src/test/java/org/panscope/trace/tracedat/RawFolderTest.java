package org.panscope.trace.tracedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Folders of ring-buffer pages.
class RawFolderTest {
    @TempDir private Path folder = Path.of(".");

    private static MemoryTrace read(Path folder) throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        DatImporter.importDat(
                folder,
                "folder",
                header -> {
                    opened.add(new MemoryTrace(header));
                    return opened.getLast();
                },
                TrackAssigner.perCpu(),
                Progress.NONE);
        return opened.getFirst();
    }

    private DatBuilder pages(ByteOrder order, int longBytes) {
        DatBuilder builder = new DatBuilder(6, order, longBytes, "none");
        builder.page("", 0, 1000, 0, builder.thing(5, 0, 7, -3, "first"));
        builder.page("", 3, 1001, 2, builder.thing(1, 0, 8, 4, "second"));
        return builder;
    }

    private void write(DatBuilder builder, String nameOfCpu, String formats) throws IOException {
        for (Map.Entry<Integer, List<byte[]>> cpu : builder.topPages().entrySet()) {
            Path file = folder.resolve(nameOfCpu.replace("N", cpu.getKey().toString()));
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, cpu.getValue().getFirst());
        }
        Path format = folder.resolve(formats).resolve("tests/thing/format");
        Files.createDirectories(format.resolveSibling("."));
        Files.writeString(format, DatBuilder.thingFormat());
        Files.writeString(folder.resolve(formats).resolve("header_page"), builder.headerPage());
    }

    @ParameterizedTest
    @CsvSource({
        "little, 8, cpuN.raw, formats",
        "big, 8, cpuN.raw, formats",
        "big, 4, cpuN.raw, events",
        "little, 4, per_cpu/cpuN/trace_pipe_raw, events"
    })
    void pagesOfEveryMachineAreRead(String order, int longBytes, String cpus, String formats)
            throws IOException {
        ByteOrder bytes = order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        write(pages(bytes, longBytes), cpus, formats);
        Files.writeString(folder.resolve("saved_cmdlines"), "7 a thread\n");
        Files.writeString(folder.resolve("trace_clock"), "local [mono] boot\n");
        assertTrue(RawFolder.isOne(folder));
        MemoryTrace trace = read(folder);
        assertEquals("mono", trace.header().clock());
        assertEquals("raw-pages", trace.header().format());
        assertEquals(order, trace.header().attributes().get("byte-order"));
        List<Event> events = trace.events();
        assertEquals(2, events.size());
        assertEquals(1002, trace.header().originNs());
        assertEquals("second", events.get(0).value("who"));
        assertEquals(3, events.get(0).header().cpu());
        assertEquals(3, events.get(1).timeNs());
        assertEquals(-3L, events.get(1).value("a"));
        assertEquals("a thread", events.get(1).header().comm());
        assertEquals(2L, trace.losses().getFirst().count());
    }

    @Test
    void aFolderWithoutFormatsIsRefused() throws IOException {
        write(pages(ByteOrder.LITTLE_ENDIAN, 8), "cpuN.raw", "elsewhere");
        assertTrue(
                String.valueOf(
                                assertThrows(DatFormatException.class, () -> read(folder))
                                        .getMessage())
                        .contains("neither formats/ nor events/"));
    }

    @Test
    void anyOtherFolderIsNone() throws IOException {
        Files.writeString(folder.resolve("cpu.txt"), "no pages");
        assertFalse(RawFolder.isOne(folder));
        assertFalse(RawFolder.isOne(folder.resolve("cpu.txt")));
    }
}
