package org.panscope.trace.tracedat.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final OutputStream out;
    private long position;

    private GeneratedDat(OutputStream out) {
        this.out = out;
    }

    /// Writes a file of this many events, always the same bytes.
    public static void write(Path file, long events) throws IOException {
        DatTraffic traffic = new DatTraffic(CPUS);
        RingPages[] cpus = traffic.make(events);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new GeneratedDat(out).file(traffic, cpus);
        }
    }

    private void file(DatTraffic traffic, RingPages[] cpus) throws IOException {
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
        u32(cpus.length);
        put("options  \0".getBytes(StandardCharsets.UTF_8));
        put(new byte[2]);
        put("flyrecord\0".getBytes(StandardCharsets.UTF_8));
        long at = aligned(position + 16L * cpus.length);
        for (RingPages cpu : cpus) {
            long size = (long) cpu.pages().size() * RingPages.PAGE_BYTES;
            u64(at);
            u64(size);
            at += size;
        }
        put(new byte[(int) (aligned(position) - position)]);
        for (RingPages cpu : cpus) {
            for (byte[] page : cpu.pages()) {
                put(page);
            }
        }
    }

    private void formats(List<DatTraffic.Group> groups) throws IOException {
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

    private void name(String text) throws IOException {
        put((text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private void sized(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        u64(bytes.length);
        put(bytes);
    }

    private void u32(int value) throws IOException {
        put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private void u64(long value) throws IOException {
        put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }
}
