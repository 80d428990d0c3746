package org.panscope.trace.tracedat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How the clock of a virtual machine relates to that of its host, sampled while both recorded: for
/// each virtual CPU what to multiply times with and what to add.
///
/// trace-cmd: lib/trace-cmd/trace-input.c, timestamp_host_sync
final class TimeShift {
    private static final int INTERPOLATE = 1;
    private static final int MOST_CPUS = 8192;

    private final long peer;
    private final boolean interpolates;
    private final List<Sample[]> cpus = new ArrayList<>();

    /// @param time of the machine itself, at which the others hold
    private record Sample(long time, long offset, long scaling, int fraction) {}

    /// Reads the option: peer, flags, CPUs, and for each of these a count and columns; newer files
    /// have the binary places of the scaling behind all that.
    TimeShift(DatBytes data) throws DatFormatException {
        DatCursor cursor = new DatCursor(data, 0);
        peer = cursor.s64();
        interpolates = (cursor.u32() & INTERPOLATE) != 0;
        long count = cursor.u32();
        if (count > MOST_CPUS) {
            throw cursor.error("time shifts of " + count + " CPUs");
        }
        List<long[][]> columns = new ArrayList<>();
        for (int cpu = 0; cpu < count; cpu++) {
            int samples = samples(cursor, data);
            columns.add(
                    new long[][] {
                        longs(cursor, samples), longs(cursor, samples), longs(cursor, samples)
                    });
        }
        boolean hasFractions = cursor.at() < data.size();
        for (long[][] cpu : columns) {
            long[] fractions =
                    hasFractions ? longs(cursor, cpu[0].length) : new long[cpu[0].length];
            cpus.add(sorted(cpu, fractions));
        }
    }

    private static int samples(DatCursor cursor, DatBytes data) throws DatFormatException {
        long samples = cursor.u32();
        if (samples > (data.size() - cursor.at()) / (3 * Long.BYTES)) {
            throw cursor.error(samples + " samples of a clock");
        }
        return (int) samples;
    }

    private static long[] longs(DatCursor cursor, int count) throws DatFormatException {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = cursor.s64();
        }
        return values;
    }

    private static Sample[] sorted(long[][] columns, long[] fractions) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < columns[0].length; i++) {
            samples.add(
                    new Sample(
                            columns[0][i], columns[1][i], columns[2][i], (int) fractions[i] & 63));
        }
        samples.sort(Comparator.comparingLong(Sample::time));
        List<Sample> distinct = new ArrayList<>();
        for (Sample sample : samples) {
            if (distinct.isEmpty() || distinct.getLast().time() != sample.time()) {
                distinct.add(sample);
            }
        }
        return distinct.toArray(new Sample[0]);
    }

    /// The host's trace, as its option TRACEID names it.
    long peer() {
        return peer;
    }

    /// A time of a virtual CPU as the host's clock showed it; the same where nothing is known.
    long toHost(long stamp, int cpu) {
        Sample[] samples = cpu >= 0 && cpu < cpus.size() ? cpus.get(cpu) : new Sample[0];
        if (samples.length == 0) {
            return stamp;
        }
        if (samples.length == 1) {
            return stamp + samples[0].offset();
        }
        int from = 0;
        while (from < samples.length - 2 && samples[from + 1].time() <= stamp) {
            from++;
        }
        Sample earlier = samples[from];
        Sample later = samples[from + 1];
        long offset = earlier.offset();
        if (interpolates) {
            double share = (double) (stamp - earlier.time()) / (later.time() - earlier.time());
            offset += Math.round(share * (later.offset() - earlier.offset()));
        }
        long high = Math.multiplyHigh(stamp, earlier.scaling());
        long low = stamp * earlier.scaling();
        int places = earlier.fraction();
        long scaled = places == 0 ? low : (high << (Long.SIZE - places)) | (low >>> places);
        return scaled + offset;
    }
}
