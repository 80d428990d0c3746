package org.panscope.trace.tracedat;

import com.github.luben.zstd.Zstd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/// Writes small `trace.dat` files of every kind, after the description of the format and not after
/// the reader.
final class DatBuilder {
    static final int THING = 100;

    private static final String THING_FORMAT =
            """
            name: thing
            ID: 100
            format:
            \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
            \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
            \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
            \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

            \tfield:int a;\toffset:8;\tsize:4;\tsigned:1;
            \tfield:__data_loc char[] who;\toffset:12;\tsize:4;\tsigned:0;
            \tfield:u16 pair[2];\toffset:16;\tsize:4;\tsigned:0;

            print fmt: "a=%d who=%s", REC->a, __get_str(who)
            """;

    private final int version;
    private final ByteOrder order;
    private final int longBytes;
    private final String codec;
    private final Map<String, Map<Integer, List<byte[]>>> pages = new LinkedHashMap<>();
    private final List<byte[]> options = new ArrayList<>();

    DatBuilder(int version, ByteOrder order, int longBytes, String codec) {
        this.version = version;
        this.order = order;
        this.longBytes = longBytes;
        this.codec = codec;
        pages.put("", new LinkedHashMap<>());
    }

    DatBuilder option(int id, String text) {
        return option(id, text.getBytes(StandardCharsets.UTF_8));
    }

    DatBuilder option(int id, byte[] data) {
        options.add(
                buffer(6 + data.length).putShort((short) id).putInt(data.length).put(data).array());
        return this;
    }

    // ---- records

    /// A `thing` with a short header.
    byte[] thing(int delta, int flags, int pid, int a, String who) {
        byte[] payload = payload(flags, pid, a, who);
        int words = (payload.length + 3) / 4;
        return buffer(4 + words * 4).putInt(head(words, delta)).put(payload).array();
    }

    /// A `thing` whose length stands in a word of its own.
    byte[] longThing(int delta, int flags, int pid, int a, String who) {
        byte[] payload = payload(flags, pid, a, who);
        int rounded = (payload.length + 3) / 4 * 4;
        return buffer(8 + rounded)
                .putInt(head(0, delta))
                .putInt(payload.length + 4)
                .put(payload)
                .array();
    }

    byte[] timeExtend(long delta) {
        return buffer(8).putInt(head(30, delta & 0x7ffffff)).putInt((int) (delta >>> 27)).array();
    }

    byte[] timeStamp(long absolute) {
        return buffer(8)
                .putInt(head(31, absolute & 0x7ffffff))
                .putInt((int) (absolute >>> 27))
                .array();
    }

    /// A record somebody threw away.
    byte[] discarded(int delta, int bytes) {
        return buffer(4 + bytes).putInt(head(29, delta)).putInt(bytes).array();
    }

    private int head(int kind, long delta) {
        return (int)
                (order == ByteOrder.BIG_ENDIAN ? (long) kind << 27 | delta : delta << 5 | kind);
    }

    private byte[] payload(int flags, int pid, int a, String who) {
        byte[] name = (who + "\0").getBytes(StandardCharsets.UTF_8);
        return buffer(20 + name.length)
                .putShort((short) THING)
                .put((byte) flags)
                .put((byte) 1)
                .putInt(pid)
                .putInt(a)
                .putInt(name.length << 16 | 20)
                .putShort((short) 1)
                .putShort((short) 65535)
                .put(name)
                .array();
    }

    /// A page of one CPU.
    ///
    /// @param lost events lost before it: 0 none, below 0 unknown
    DatBuilder page(String instance, int cpu, long time, long lost, byte[]... records) {
        byte[] bytes = new byte[4096];
        ByteBuffer page = ByteBuffer.wrap(bytes).order(order);
        page.putLong(time);
        int dataAt = 8 + longBytes;
        page.position(dataAt);
        for (byte[] record : records) {
            page.put(record);
        }
        int used = page.position() - dataAt;
        int commit = used | (lost != 0 ? 1 << 31 : 0) | (lost > 0 ? 1 << 30 : 0);
        if (lost > 0) {
            putLong(page, lost);
        }
        page.position(8);
        putLong(page, commit & 0xffff_ffffL);
        pages.computeIfAbsent(instance, key -> new LinkedHashMap<>())
                .computeIfAbsent(cpu, key -> new ArrayList<>())
                .add(bytes);
        return this;
    }

    private void putLong(ByteBuffer into, long value) {
        if (longBytes == 8) {
            into.putLong(value);
        } else {
            into.putInt((int) value);
        }
    }

    // ---- the file

    byte[] build() {
        return version == 6 ? buildV6() : buildV7();
    }

    private ByteArrayOutputStream start() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, new byte[] {0x17, 0x08, 0x44});
        put(out, ("tracing" + version + "\0").getBytes(StandardCharsets.UTF_8));
        out.write(order == ByteOrder.BIG_ENDIAN ? 1 : 0);
        out.write(longBytes);
        put(out, buffer(4).putInt(4096).array());
        return out;
    }

    /// The format file of [#thing].
    static String thingFormat() {
        return THING_FORMAT;
    }

    /// The pages of the top buffer's CPUs, as the kernel hands them out.
    Map<Integer, List<byte[]>> topPages() {
        return pages.getOrDefault("", Map.of());
    }

    /// The file `header_page`.
    String headerPage() {
        return """
        \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
        \tfield: local_t commit;\toffset:8;\tsize:%1$d;\tsigned:1;
        \tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;
        \tfield: char data;\toffset:%2$d;\tsize:%3$d;\tsigned:1;
        """
                .formatted(longBytes, 8 + longBytes, 4096 - 8 - longBytes);
    }

    private byte[] headerInfo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, "header_page\0".getBytes(StandardCharsets.UTF_8));
        sized(out, headerPage());
        put(out, "header_event\0".getBytes(StandardCharsets.UTF_8));
        sized(out, "# compressed entry header\n");
        return out.toByteArray();
    }

    private void sized(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(out, buffer(8).putLong(bytes.length).array());
        put(out, bytes);
    }

    private byte[] eventFormats() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, buffer(4).putInt(1).array());
        put(out, "tests\0".getBytes(StandardCharsets.UTF_8));
        put(out, buffer(4).putInt(1).array());
        sized(out, THING_FORMAT);
        return out.toByteArray();
    }

    private byte[] commandLines() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sized(out, "7 a thread\n8 other\n");
        return out.toByteArray();
    }

    private byte[] buildV6() {
        ByteArrayOutputStream out = start();
        put(out, headerInfo());
        put(out, buffer(4).putInt(0).array());
        put(out, eventFormats());
        put(out, buffer(4).putInt(0).array());
        put(out, buffer(4).putInt(0).array());
        put(out, commandLines());
        Map<Integer, List<byte[]>> top = pages.getOrDefault("", Map.of());
        put(out, buffer(4).putInt(top.size()).array());
        put(out, "options  \0".getBytes(StandardCharsets.UTF_8));
        options.forEach(option -> put(out, option));
        put(out, buffer(2).putShort((short) 0).array());
        put(out, "flyrecord\0".getBytes(StandardCharsets.UTF_8));
        long at = (out.size() + 16L * top.size() + 4095) / 4096 * 4096;
        for (List<byte[]> cpu : top.values()) {
            long size = 4096L * cpu.size();
            put(out, buffer(16).putLong(at).putLong(size).array());
            at += size;
        }
        align(out);
        top.values().forEach(cpu -> cpu.forEach(page -> put(out, page)));
        return out.toByteArray();
    }

    private static void align(ByteArrayOutputStream out) {
        while (out.size() % 4096 != 0) {
            out.write(0);
        }
    }

    private byte[] buildV7() {
        ByteArrayOutputStream out = start();
        put(out, (codec + "\0" + "\0").getBytes(StandardCharsets.UTF_8));
        int pointer = out.size();
        put(out, new byte[8]);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        offsetOption(parts, 16, section(out, 16, headerInfo()));
        offsetOption(parts, 18, section(out, 18, eventFormats()));
        offsetOption(parts, 21, section(out, 21, commandLines()));
        options.forEach(option -> put(parts, option));
        for (Map.Entry<String, Map<Integer, List<byte[]>>> buffer : pages.entrySet()) {
            put(parts, bufferOption(out, buffer.getKey(), buffer.getValue()));
        }
        put(parts, buffer(14).putShort((short) 0).putInt(8).putLong(0).array());
        long optionsAt = out.size();
        put(
                out,
                buffer(16)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putInt(0)
                        .putLong(parts.size())
                        .array());
        put(out, parts.toByteArray());
        byte[] file = out.toByteArray();
        ByteBuffer.wrap(file).order(order).putLong(pointer, optionsAt);
        return file;
    }

    private void offsetOption(ByteArrayOutputStream parts, int id, long at) {
        put(parts, buffer(14).putShort((short) id).putInt(8).putLong(at).array());
    }

    private long section(ByteArrayOutputStream out, int id, byte[] data) {
        long at = out.size();
        byte[] packed = codec.equals("none") ? data : pack(data);
        int flags = codec.equals("none") ? 0 : 1;
        int extra = 8 * flags;
        put(
                out,
                buffer(16)
                        .putShort((short) id)
                        .putShort((short) flags)
                        .putInt(0)
                        .putLong(packed.length + extra)
                        .array());
        if (flags != 0) {
            put(out, buffer(8).putInt(packed.length).putInt(data.length).array());
        }
        put(out, packed);
        return at;
    }

    private byte[] bufferOption(
            ByteArrayOutputStream out, String name, Map<Integer, List<byte[]>> cpus) {
        long sectionAt = out.size();
        int flags = codec.equals("none") ? 0 : 1;
        put(
                out,
                buffer(16)
                        .putShort((short) 3)
                        .putShort((short) flags)
                        .putInt(0)
                        .putLong(0)
                        .array());
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        put(data, buffer(8).putLong(sectionAt).array());
        put(data, (name + "\0boot\0").getBytes(StandardCharsets.UTF_8));
        put(data, buffer(8).putInt(4096).putInt(cpus.size()).array());
        for (Map.Entry<Integer, List<byte[]>> cpu : cpus.entrySet()) {
            align(out);
            long at = out.size();
            if (flags == 0) {
                cpu.getValue().forEach(page -> put(out, page));
            } else {
                put(out, buffer(4).putInt(cpu.getValue().size()).array());
                for (byte[] page : cpu.getValue()) {
                    byte[] packed = pack(page);
                    put(out, buffer(8).putInt(packed.length).putInt(page.length).array());
                    put(out, packed);
                }
            }
            put(data, buffer(20).putInt(cpu.getKey()).putLong(at).putLong(out.size() - at).array());
        }
        return buffer(6 + data.size())
                .putShort((short) 3)
                .putInt(data.size())
                .put(data.toByteArray())
                .array();
    }

    private byte[] pack(byte[] data) {
        if (codec.equals("zstd")) {
            return Zstd.compress(data);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length + 1024];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }
}
