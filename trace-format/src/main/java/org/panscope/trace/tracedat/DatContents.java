package org.panscope.trace.tracedat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a file says beside its records. Filled by [DatFileV6] and [DatFileV7].
final class DatContents {
    final DatBytes file;
    final String source;
    final int version;
    final int pageBytes;
    DatCodec codec = DatCodec.NONE;
    PageLayout layout = PageLayout.DEFAULT;
    final SequencedMap<Integer, TracepointFormat> formats = new LinkedHashMap<>();
    final SortedMap<Integer, String> comms = new TreeMap<>();
    final Symbols symbols = new Symbols();
    final BinaryPrint binaryPrint = new BinaryPrint();
    final UnpackedMemory unpacked = new UnpackedMemory();
    final List<DatBuffer> buffers = new ArrayList<>();
    final List<String> cpuStats = new ArrayList<>();
    final SortedMap<String, String> attributes = new TreeMap<>();
    String clock = "";
    boolean hasClockOption;
    long offsetNs;
    @Nullable TscScale tscScale;
    @Nullable TimeShift timeShift;

    /// Whether times of a virtual machine are to be those of its host.
    boolean inHostTime;

    int cpuCount;

    /// @param file all of it
    /// @param pageBytes page size of the machine that wrote it
    DatContents(DatBytes file, String source, int version, int pageBytes) {
        this.file = file;
        this.source = source;
        this.version = version;
        this.pageBytes = pageBytes;
    }

    /// `header_page`: where things are in a page.
    void headerPage(String text) {
        layout = PageLayout.parse(text);
    }

    void format(String system, String text) {
        TracepointFormat format = TracepointFormat.parse(system, text);
        if (format != null) {
            formats.putIfAbsent(format.id(), format);
        }
    }

    /// Lines `pid comm`.
    void commandLines(String text) {
        for (String line : text.split("\n", -1)) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                Integer pid = number(line.substring(0, blank));
                if (pid != null) {
                    comms.put(pid, line.substring(blank + 1));
                }
            }
        }
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// The clock in brackets of `[local] global …`.
    static String activeClock(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']', open + 1);
        return open < 0 || close < 0 ? "" : text.substring(open + 1, close);
    }

    /// An option whose data are the same in both versions.
    void option(int id, DatBytes data) throws DatFormatException {
        switch (id) {
            case 1 -> offsetNs += 1000 * decimal(data);
            case 2 -> cpuStats.add(plain(data));
            case 4 -> {
                hasClockOption = true;
                clock = activeClock(plain(data));
            }
            case 5 -> attributes.put("uname", plain(data));
            case 7 -> offsetNs += decimal(data);
            case 8 -> {
                if (cpuCount == 0 && data.size() == Integer.BYTES) {
                    cpuCount = data.s32(0);
                }
            }
            case 9 -> attributes.put("trace-cmd", plain(data));
            case 11 -> attributes.put("trace-id", "0x" + Long.toHexString(data.s64(0)));
            case 12 -> {
                timeShift = new TimeShift(data);
                attributes.put(
                        "time-shift",
                        "to the host of trace-id 0x" + Long.toHexString(timeShift.peer()));
            }
            case 14 -> tscScale = new TscScale(data.u32(0), data.s32(4), data.s64(8));
            default -> {}
        }
    }

    private static String plain(DatBytes data) throws DatFormatException {
        String text = data.text(0, data.size());
        int nul = text.indexOf('\0');
        return (nul < 0 ? text : text.substring(0, nul)).strip();
    }

    private static long decimal(DatBytes data) throws DatFormatException {
        String text = plain(data);
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw data.error(0, "\"" + text + "\" is no time offset");
        }
    }

    /// Nanoseconds of a time stamp of a CPU.
    long toNs(long raw, int cpu) {
        TimeShift shift = timeShift;
        long stamp = inHostTime && shift != null ? shift.toHost(raw, cpu) : raw;
        TscScale scale = tscScale;
        return (scale == null || !clock.equals("x86-tsc") ? stamp : scale.toNs(stamp)) + offsetNs;
    }

    /// ns = offset + (stamp * mult >> shift).
    record TscScale(long mult, int shift, long offset) {
        long toNs(long stamp) {
            long high = Math.unsignedMultiplyHigh(stamp, mult);
            long low = stamp * mult;
            int s = shift & 63;
            return offset + (s == 0 ? low : low >>> s | high << (64 - s));
        }
    }
}
