package org.panscope.app.quality;

import org.panscope.app.theme.Formats;
import org.panscope.core.capture.pairing.PairingReport;

import java.util.ArrayList;
import java.util.List;

/// What became of the events that found no partner, in words.
public final class Unpaired {
    private Unpaired() {}

    /// One phrase for each way in which events are alone; `none alone` when none is.
    public static String text(PairingReport.Count count) {
        List<String> parts = new ArrayList<>();
        add(parts, count.openAtEnd(), "still open at the end");
        add(parts, count.withoutBegin(), "without a beginning");
        add(parts, count.withoutEnd(), "without an end");
        if (count.unknown() > 0) {
            parts.add(Formats.grouped(count.unknown()) + " " + whyUnknown(count));
        }
        return parts.isEmpty() ? "none alone" : String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Formats.grouped(count) + " " + what);
        }
    }

    private static String whyUnknown(PairingReport.Count count) {
        return count.beginsRecorded()
                ? "beside a loss or the start, where nothing can be said"
                : "whose beginnings were not recorded";
    }
}
