package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder with ring-buffer pages as the kernel hands them out and what is needed to read them:
///
/// ```
/// cpu0.raw, cpu1.raw, ...   or per_cpu/cpu0/trace_pipe_raw, ...
/// formats/<system>/<event>/format, formats/header_page     or events/ instead of formats/
/// saved_cmdlines, trace_clock, kallsyms, uname             where they were copied
/// ```
///
/// kernel: Documentation/trace/ftrace.rst, trace_pipe_raw
public final class RawFolder {
    private static final Pattern CPU = Pattern.compile("cpu(\\d{1,5})(?:\\.raw)?");
    private static final int MOST_FORMATS = 50_000;
    private static final long LONGEST_TEXT = 64L << 20;

    private RawFolder() {}

    /// Whether a folder looks like one.
    public static boolean isOne(Path folder) throws IOException {
        return Files.isDirectory(folder) && !cpus(folder).isEmpty();
    }

    /// Maps the pages and reads what describes them.
    static DatContents read(Path folder, String source, Arena arena) throws IOException {
        SortedMap<Integer, Path> files = cpus(folder);
        Path formats = formats(folder);
        if (formats == null) {
            throw new DatFormatException(
                    source,
                    0,
                    "the folder has neither formats/ nor events/ to decode records with");
        }
        String headerPage = text(formats.resolve("header_page"));
        PageLayout layout = headerPage == null ? PageLayout.DEFAULT : PageLayout.parse(headerPage);
        SortedMap<Integer, MemorySegment> pages = new TreeMap<>();
        for (Map.Entry<Integer, Path> file : files.entrySet()) {
            pages.put(file.getKey(), map(file.getValue(), arena));
        }
        ByteOrder order = order(pages, layout);
        DatBytes none = new DatBytes(MemorySegment.ofArray(new byte[0]), order, source, 0);
        DatContents contents = new DatContents(none, source, 0, layout.pageBytes());
        contents.layout = layout;
        contents.cpuCount = files.size();
        contents.attributes.put("byte-order", order == ByteOrder.BIG_ENDIAN ? "big" : "little");
        List<DatBuffer.Cpu> cpus = new ArrayList<>();
        pages.forEach((cpu, bytes) -> {
            String name = source + ": CPU " + cpu;
            DatBytes data = new DatBytes(bytes, order, name, 0);
            cpus.add(new DatBuffer.Cpu(cpu, data, 0, bytes.byteSize()));
        });
        readFormats(formats, contents);
        String commands = text(folder.resolve("saved_cmdlines"));
        contents.commandLines(commands == null ? "" : commands);
        String clock = text(folder.resolve("trace_clock"));
        contents.clock = clock == null ? "" : DatContents.activeClock(clock);
        String symbols = text(folder.resolve("kallsyms"));
        contents.symbols.read(symbols == null ? "" : symbols);
        String uname = text(folder.resolve("uname"));
        if (uname != null) {
            contents.attributes.put("uname", uname.strip());
        }
        contents.buffers.add(new DatBuffer("", contents.clock, layout.pageBytes(), false, cpus));
        return contents;
    }

    private static SortedMap<Integer, Path> cpus(Path folder) throws IOException {
        SortedMap<Integer, Path> found = new TreeMap<>();
        for (Path entry : entries(folder)) {
            Matcher name = CPU.matcher(String.valueOf(entry.getFileName()));
            if (name.matches() && Files.isRegularFile(entry)) {
                found.put(Integer.valueOf(name.group(1)), entry);
            }
        }
        for (Path entry : entries(folder.resolve("per_cpu"))) {
            Matcher name = CPU.matcher(String.valueOf(entry.getFileName()));
            Path raw = entry.resolve("trace_pipe_raw");
            if (name.matches() && Files.isRegularFile(raw)) {
                found.putIfAbsent(Integer.valueOf(name.group(1)), raw);
            }
        }
        return found;
    }

    private static @Nullable Path formats(Path folder) {
        for (String name : List.of("formats", "events")) {
            if (Files.isDirectory(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        return null;
    }

    private static void readFormats(Path formats, DatContents contents) throws IOException {
        int read = 0;
        for (Path system : entries(formats)) {
            for (Path event : entries(system)) {
                String text = text(event.resolve("format"));
                if (text != null && read++ < MOST_FORMATS) {
                    contents.format(String.valueOf(system.getFileName()), text);
                }
            }
        }
    }

    /// What a folder holds, sorted; nothing when it is none.
    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            }
        }
        entries.sort(null);
        return entries;
    }

    private static @Nullable String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        if (Files.size(file) > LONGEST_TEXT) {
            throw new IOException(file + ": " + Files.size(file) + " bytes of text");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /// Pages do not say their byte order; the one in which their counts fit into a page is theirs.
    private static ByteOrder order(SortedMap<Integer, MemorySegment> pages, PageLayout layout)
            throws DatFormatException {
        int little = 0;
        int big = 0;
        for (MemorySegment bytes : pages.values()) {
            if (bytes.byteSize() >= layout.dataOffset()) {
                little += fits(bytes, layout, ByteOrder.LITTLE_ENDIAN);
                big += fits(bytes, layout, ByteOrder.BIG_ENDIAN);
            }
        }
        return big > little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static int fits(MemorySegment bytes, PageLayout layout, ByteOrder order)
            throws DatFormatException {
        DatBytes page = new DatBytes(bytes, order, "", 0);
        long commit = page.integer(layout.commitOffset(), layout.commitBytes(), false);
        long flags = 3L << 30;
        return (commit & ~flags) >= 0 && (commit & ~flags) <= layout.dataBytes() ? 1 : 0;
    }
}
