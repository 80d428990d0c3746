package org.panscope.core.report.fences;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Figures as text.
final class Words {
    /// Places listed of one kind; more are only counted.
    static final int MOST_PLACES = 20;

    private Words() {}

    static String duration(long ns) {
        long size = Math.abs(ns);
        return size < 1_000
                ? ns + " ns"
                : size < 1_000_000
                        ? tenths(ns, 1_000) + " us"
                        : size < 1_000_000_000
                                ? tenths(ns, 1_000_000) + " ms"
                                : tenths(ns, 1_000_000_000) + " s";
    }

    private static String tenths(long ns, long unit) {
        long tenths = Math.round((double) ns * 10 / unit);
        return tenths % 10 == 0
                ? Long.toString(tenths / 10)
                : String.format(Locale.ROOT, "%d.%d", tenths / 10, Math.abs(tenths % 10));
    }

    static String share(long part, long whole) {
        return whole == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    static String of(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /// The first of them, and how many there are beside.
    static List<String> some(List<String> places) {
        if (places.size() <= MOST_PLACES) {
            return places;
        }
        List<String> some = new ArrayList<>(places.subList(0, MOST_PLACES));
        some.add("and " + (places.size() - MOST_PLACES) + " more");
        return some;
    }
}
