package org.panscope.trace.tracedat;

import java.util.ArrayList;
import java.util.List;

/// Version 6: parts one after the other, then options, then where each CPU's data are.
final class DatFileV6 {
    private static final int TAG_BYTES = 10;
    private static final int MOST_CPUS = 8192;
    private static final int BUFFER_OPTION = 3;

    private final DatContents contents;

    DatFileV6(DatContents contents) {
        this.contents = contents;
    }

    /// @param cursor behind the page size
    void read(DatCursor cursor) throws DatFormatException {
        DatFile.headerInfo(contents, cursor);
        DatFile.ftraceFormats(contents, cursor);
        DatFile.eventFormats(contents, cursor);
        DatFile.kernelSymbols(contents, cursor);
        DatFile.printFormats(contents, cursor);
        DatFile.commandLines(contents, cursor);
        int cpus = cpuCount(cursor, cursor.u32());
        contents.cpuCount = cpus;
        List<DatBytes> instances = new ArrayList<>();
        String tag = tag(cursor);
        if (tag.startsWith("options")) {
            options(cursor, instances);
            tag = tag(cursor);
        }
        if (tag.startsWith("latency")) {
            throw cursor.error("the file holds text of a latency tracer, no records");
        }
        if (!tag.startsWith("flyrecord")) {
            throw cursor.error("\"" + tag + "\" where the table of CPUs is due");
        }
        buffer("", cursor, cpus);
        for (DatBytes instance : instances) {
            DatCursor data = new DatCursor(instance, 0);
            long offset = data.s64();
            String name = data.name();
            DatCursor table = new DatCursor(contents.file, offset);
            tag(table);
            buffer(name, table, contents.cpuCount > 0 ? contents.cpuCount : cpus);
        }
    }

    private String tag(DatCursor cursor) throws DatFormatException {
        return cursor.text(TAG_BYTES);
    }

    private static int cpuCount(DatCursor cursor, long count) throws DatFormatException {
        if (count > MOST_CPUS) {
            throw cursor.error(count + " CPUs");
        }
        return (int) count;
    }

    private void options(DatCursor cursor, List<DatBytes> instances) throws DatFormatException {
        for (int id = cursor.u16(); id != 0; id = cursor.u16()) {
            DatBytes data = cursor.bytes(cursor.u32());
            if (id == BUFFER_OPTION) {
                instances.add(data);
            } else {
                contents.option(id, data);
            }
        }
    }

    /// A clock text follows the table if there is an option about it, which is asked of the top
    /// buffer only: instances repeat it.
    private void buffer(String name, DatCursor cursor, int count) throws DatFormatException {
        List<DatBuffer.Cpu> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < count; cpu++) {
            cpus.add(new DatBuffer.Cpu(cpu, contents.file, cursor.s64(), cursor.s64()));
        }
        if (name.isEmpty() && contents.hasClockOption) {
            String clock = DatContents.activeClock(cursor.text(cursor.size64()));
            contents.clock = clock.isEmpty() ? contents.clock : clock;
        }
        int pageBytes = Math.max(contents.pageBytes, contents.layout.pageBytes());
        contents.buffers.add(new DatBuffer(name, contents.clock, pageBytes, false, cpus));
    }
}
