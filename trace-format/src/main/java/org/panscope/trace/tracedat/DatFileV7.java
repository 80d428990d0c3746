package org.panscope.trace.tracedat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Version 7: sections, found through chained sections of options.
final class DatFileV7 {
    private static final int SECTION_HEAD = 16;
    private static final int COMPRESSED = 1;
    private static final int MOST_CPUS = 8192;

    private final DatContents contents;
    private final DatBytes file;

    DatFileV7(DatContents contents) {
        this.contents = contents;
        file = contents.file;
    }

    /// @param cursor behind the page size
    void read(DatCursor cursor) throws DatFormatException {
        long at = cursor.at();
        contents.codec = DatCodec.named(cursor.name(), file, at);
        contents.attributes.put("compression", contents.codec.name().toLowerCase(Locale.ROOT));
        cursor.name();
        long next = cursor.s64();
        Set<Long> seen = new HashSet<>();
        List<DatBytes> buffers = new ArrayList<>();
        while (next != 0) {
            if (!seen.add(next)) {
                throw file.error(next, "the sections of options form a circle");
            }
            next = options(new DatCursor(section(next), 0), buffers);
        }
        for (DatBytes buffer : buffers) {
            buffer(new DatCursor(buffer, 0));
        }
    }

    /// What a section holds, unpacked.
    private DatBytes section(long offset) throws DatFormatException {
        DatCursor head = new DatCursor(file, offset);
        head.u16();
        boolean compressed = (head.u16() & COMPRESSED) != 0;
        head.u32();
        long size = head.size64();
        if (!compressed) {
            return file.slice(offset + SECTION_HEAD, size);
        }
        long packed = head.u32();
        long plain = head.u32();
        return contents.codec.unpack(file, head.at(), packed, plain, contents.source);
    }

    /// @return where the next section of options is, 0 for none
    private long options(DatCursor cursor, List<DatBytes> buffers) throws DatFormatException {
        while (true) {
            int id = cursor.u16();
            DatBytes data = cursor.bytes(cursor.u32());
            switch (id) {
                case 0 -> {
                    return data.size() >= 8 ? data.s64(0) : 0;
                }
                case 3 -> buffers.add(data);
                case 16 -> DatFile.headerInfo(contents, part(data));
                case 17 -> DatFile.ftraceFormats(contents, part(data));
                case 18 -> DatFile.eventFormats(contents, part(data));
                case 19 -> DatFile.kernelSymbols(contents, part(data));
                case 20 -> DatFile.printFormats(contents, part(data));
                case 21 -> DatFile.commandLines(contents, part(data));
                default -> contents.option(id, data);
            }
        }
    }

    private DatCursor part(DatBytes option) throws DatFormatException {
        return new DatCursor(section(option.s64(0)), 0);
    }

    private void buffer(DatCursor option) throws DatFormatException {
        long sectionAt = option.s64();
        String name = option.name();
        String clock = option.name();
        long pageBytes = option.u32();
        long count = option.u32();
        if (count > MOST_CPUS || pageBytes < 64 || pageBytes > 16 << 20) {
            throw option.error(count + " CPUs, sub-buffers of " + pageBytes + " bytes");
        }
        List<DatBuffer.Cpu> cpus = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            cpus.add(new DatBuffer.Cpu((int) option.u32(), file, option.s64(), option.s64()));
        }
        boolean compressed = (file.u16(sectionAt + 2) & COMPRESSED) != 0;
        if (name.isEmpty() && !clock.isEmpty()) {
            contents.clock = clock;
        }
        contents.buffers.add(new DatBuffer(name, clock, (int) pageBytes, compressed, cpus));
    }
}
