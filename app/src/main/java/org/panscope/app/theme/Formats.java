package org.panscope.app.theme;

/// The one place where values become text.
public final class Formats {
    /// U+2009, between groups of three digits.
    private static final char THIN_SPACE = '\u2009';

    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_S = 1_000_000_000;
    private static final int KIB = 1024;

    private Formats() {}

    /// Unit of times on an axis.
    public enum TimeUnit {
        NS("ns", 1),
        US("µs", NS_PER_US),
        MS("ms", NS_PER_MS),
        S("s", NS_PER_S);

        private final String symbol;
        private final long ns;

        TimeUnit(String symbol, long ns) {
            this.symbol = symbol;
            this.ns = ns;
        }

        public String symbol() {
            return symbol;
        }

        /// Its length in ns.
        public long ns() {
            return ns;
        }

        /// The largest unit that fits into a length at least once.
        public static TimeUnit fitting(long lengthNs) {
            long length = Math.abs(lengthNs);
            return length >= NS_PER_S
                    ? S
                    : length >= NS_PER_MS ? MS : length >= NS_PER_US ? US : NS;
        }
    }

    /// A time to the nanosecond: `1 234 567 ns`.
    public static String time(long ns) {
        return grouped(ns) + " ns";
    }

    /// A time in a unit with as many digits after the point as a resolution needs, without the
    /// unit: labels of one axis share unit and digits.
    public static String timeIn(long ns, TimeUnit unit, long resolutionNs) {
        String sign = ns < 0 ? "-" : "";
        long size = Math.abs(ns);
        int digits = 0;
        long step = unit.ns();
        while (step > 1 && step > Math.max(1, resolutionNs)) {
            step /= 10;
            digits++;
        }
        StringBuilder text = new StringBuilder(sign).append(grouped(size / unit.ns()));
        if (digits > 0) {
            String rest = Long.toString(size % unit.ns() / step);
            text.append('.').append("0".repeat(digits - rest.length())).append(rest);
        }
        return text.toString();
    }

    /// A length of time in the unit that suits it, to at most three digits after the point: `12.5
    /// µs`.
    public static String duration(long ns) {
        TimeUnit unit = TimeUnit.fitting(ns);
        if (unit == TimeUnit.NS) {
            return time(ns);
        }
        String text = timeIn(ns, unit, unit.ns() / 1000);
        while (text.endsWith("0")) {
            text = text.substring(0, text.length() - 1);
        }
        return (text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                + " "
                + unit.symbol();
    }

    /// An address: `0x` and 16 digits.
    public static String address(long va) {
        String digits = Long.toHexString(va);
        return "0x" + "0".repeat(16 - digits.length()) + digits;
    }

    /// A size in bytes: `64 KiB`, `1 000 B`.
    public static String size(long bytes) {
        if (bytes != 0 && bytes % (KIB * KIB) == 0) {
            return grouped(bytes / (KIB * KIB)) + " MiB";
        }
        if (bytes != 0 && bytes % KIB == 0) {
            return grouped(bytes / KIB) + " KiB";
        }
        return grouped(bytes) + " B";
    }

    /// A count with its thousands apart.
    public static String grouped(long value) {
        String digits = Long.toString(value);
        int first = digits.startsWith("-") ? 1 : 0;
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > first; at -= 3) {
            text.insert(at, THIN_SPACE);
        }
        return text.toString();
    }
}
