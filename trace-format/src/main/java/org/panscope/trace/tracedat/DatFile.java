package org.panscope.trace.tracedat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Finds the parts of a `trace.dat` file.
///
/// trace-cmd: Documentation/trace-cmd/trace-cmd.dat.v6.5.txt, trace-cmd.dat.v7.5.txt
final class DatFile {
    private static final byte[] MAGIC = {0x17, 0x08, 0x44, 't', 'r', 'a', 'c', 'i', 'n', 'g'};
    private static final int MOST_PARTS = 1 << 20;

    private DatFile() {}

    /// Reads everything but the records.
    ///
    /// @throws DatFormatException if it is no such file, or is cut off before its records
    static DatContents read(MemorySegment all, String source) throws DatFormatException {
        DatBytes raw = new DatBytes(all, ByteOrder.LITTLE_ENDIAN, source, 0);
        for (int i = 0; i < MAGIC.length; i++) {
            if (raw.u8(i) != (MAGIC[i] & 0xff)) {
                throw raw.error(i, "no trace.dat: it does not begin with the magic bytes");
            }
        }
        DatCursor start = new DatCursor(raw, MAGIC.length);
        String version = start.name();
        ByteOrder order = start.u8() == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int userLong = start.u8();
        DatBytes file = raw.in(order);
        DatCursor cursor = new DatCursor(file, start.at());
        long pageBytes = cursor.u32();
        if (pageBytes < 64 || pageBytes > 1 << 20) {
            throw file.error(cursor.at() - 4, "pages of " + pageBytes + " bytes");
        }
        DatContents contents = new DatContents(file, source, number(version), (int) pageBytes);
        contents.attributes.put("trace-dat-version", version);
        contents.attributes.put("byte-order", order == ByteOrder.BIG_ENDIAN ? "big" : "little");
        contents.attributes.put("user-long-bytes", Integer.toString(userLong));
        switch (version) {
            case "6" -> new DatFileV6(contents).read(cursor);
            case "7" -> new DatFileV7(contents).read(cursor);
            default ->
                    throw file.error(
                            MAGIC.length, "version \"" + version + "\" is neither 6 nor 7");
        }
        return contents;
    }

    private static int number(String version) {
        return version.equals("7") ? 7 : 6;
    }

    // ---- parts that both versions have

    static void headerInfo(DatContents contents, DatCursor cursor) throws DatFormatException {
        String page = cursor.name();
        if (!page.equals("header_page")) {
            throw cursor.error("\"" + page + "\" where header_page is due");
        }
        contents.headerPage(cursor.text(cursor.size64()));
        cursor.name();
        cursor.skip(cursor.size64());
    }

    static void ftraceFormats(DatContents contents, DatCursor cursor) throws DatFormatException {
        long count = count(cursor);
        for (long i = 0; i < count; i++) {
            contents.format("ftrace", cursor.text(cursor.size64()));
        }
    }

    static void eventFormats(DatContents contents, DatCursor cursor) throws DatFormatException {
        long systems = count(cursor);
        for (long i = 0; i < systems; i++) {
            String system = cursor.name();
            long count = count(cursor);
            for (long j = 0; j < count; j++) {
                contents.format(system, cursor.text(cursor.size64()));
            }
        }
    }

    static void kernelSymbols(DatContents contents, DatCursor cursor) throws DatFormatException {
        contents.symbols.read(cursor.text(cursor.u32()));
    }

    static void printFormats(DatContents contents, DatCursor cursor) throws DatFormatException {
        contents.binaryPrint.read(cursor.text(cursor.u32()));
    }

    static void commandLines(DatContents contents, DatCursor cursor) throws DatFormatException {
        contents.commandLines(cursor.text(cursor.size64()));
    }

    private static long count(DatCursor cursor) throws DatFormatException {
        long count = cursor.u32();
        if (count > MOST_PARTS) {
            throw cursor.error(count + " parts");
        }
        return count;
    }
}
