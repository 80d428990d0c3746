package org.panscope.trace.tracedat.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writes a `trace.dat` of version 6, as trace-cmd of a little-endian 64-bit machine would.
///
/// trace-cmd: Documentation/trace-cmd/trace-cmd.dat.v6.5.txt
public final class GeneratedDat {
    private static final int CPUS = 4;
    private static final String HEADER_PAGE =
            """
            \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
            \tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;
            \tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
            \tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;
            """;
    private static final String HEADER_EVENT =
            """
            # compressed entry header
            \ttype_len    :    5 bits
            \ttime_delta  :   27 bits
            \tarray       :   32 bits

            \tpadding     : type == 29
            \ttime_extend : type == 30
            \ttime_stamp : type == 31
            \tdata max type_len  == 28
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GeneratedDat() {}

    /// Writes a file of this many events, always the same bytes. The events are made twice, first
    /// only to know where the pages of each CPU begin, so that no page has to be kept.
    public static void write(Path file, long events) throws IOException {
        DatTraffic counted = new DatTraffic(CPUS, (cpu, number, page) -> {});
        long[] pages = counted.make(events);
        long[] offsets = new long[CPUS];
        byte[] head = new GeneratedDat().head(counted, pages, offsets);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            put(channel, head, 0);
            DatTraffic.Pages sink =
                    (cpu, number, page) ->
                            put(channel, page, offsets[cpu] + number * RingPages.PAGE_BYTES);
            new DatTraffic(CPUS, sink).make(events);
        }
    }

    private static void put(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left, at + left.position());
        }
    }

    /// Everything in front of the pages.
    ///
    /// @param pages how many each CPU has
    /// @param offsets takes where they begin
    private byte[] head(DatTraffic traffic, long[] pages, long[] offsets) {
        put(new byte[] {0x17, 0x08, 0x44});
        put("tracing6\0".getBytes(StandardCharsets.UTF_8));
        put(new byte[] {0, Long.BYTES});
        u32(RingPages.PAGE_BYTES);
        name("header_page");
        sized(HEADER_PAGE);
        name("header_event");
        sized(HEADER_EVENT);
        formats(traffic.groups());
        u32(0); // symbols
        u32(0); // formats of trace_printk
        sized(traffic.commandLines());
        u32(pages.length);
        put("options  \0".getBytes(StandardCharsets.UTF_8));
        put(new byte[2]);
        put("flyrecord\0".getBytes(StandardCharsets.UTF_8));
        long at = aligned(out.size() + 16L * pages.length);
        for (int cpu = 0; cpu < pages.length; cpu++) {
            offsets[cpu] = at;
            u64(at);
            u64(pages[cpu] * RingPages.PAGE_BYTES);
            at += pages[cpu] * RingPages.PAGE_BYTES;
        }
        put(new byte[(int) (aligned(out.size()) - out.size())]);
        return out.toByteArray();
    }

    private void formats(List<DatTraffic.Group> groups) {
        List<RecordFormat> own = groups.getFirst().formats();
        u32(own.size());
        for (RecordFormat format : own) {
            sized(format.text());
        }
        List<DatTraffic.Group> systems = groups.subList(1, groups.size());
        u32(systems.size());
        for (DatTraffic.Group group : systems) {
            name(group.system());
            u32(group.formats().size());
            for (RecordFormat format : group.formats()) {
                sized(format.text());
            }
        }
    }

    private static long aligned(long at) {
        return (at + RingPages.PAGE_BYTES - 1) / RingPages.PAGE_BYTES * RingPages.PAGE_BYTES;
    }

    private void name(String text) {
        put((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void sized(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        u64(bytes.length);
        put(bytes);
    }

    private void u32(int value) {
        put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private void u64(long value) {
        put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    private void put(byte[] bytes) {
        out.writeBytes(bytes);
    }
}
