package org.panscope.core.analysis.capture;

import org.panscope.core.analysis.RuleInfo;
import org.panscope.core.analysis.Severity;
import org.panscope.core.analysis.Texts;
import org.panscope.trace.io.EventCursor;

import java.util.List;
import java.util.regex.Pattern;

/// C7. Power cycling costs more than it saves.
final class PowerCyclingRule extends CaptureRule {
    private static final long WINDOW_NS = 1_000_000_000;
    private static final int LIMIT = 5;
    private static final Pattern GPU =
            Pattern.compile("(?i).*(gpu|panthor|mali|panfrost|v3d|adreno).*");

    private final long[] times = new long[LIMIT + 1];
    private final long[] seqs = new long[LIMIT + 1];
    private long count;
    private long quietUntilNs = Long.MIN_VALUE;

    PowerCyclingRule() {
        super(
                RuleInfo.ofCaptures(
                        "C7",
                        Severity.WARNING,
                        "The GPU is not resumed more than five times a second.",
                        List.of("rpm_resume"),
                        "devices whose name does not tell that they are a GPU"));
    }

    @Override
    public void see(EventCursor event, String name) {
        if (!name.equals("rpm_resume")) {
            return;
        }
        int field = event.type().fieldIndex("name");
        Object device = field < 0 ? null : event.value(field);
        if (device == null || !GPU.matcher(device.toString()).matches()) {
            return;
        }
        int at = (int) (count % times.length);
        times[at] = event.timeNs();
        seqs[at] = event.seq();
        count++;
        int oldest = (int) (count % times.length);
        if (count >= times.length
                && event.timeNs() - times[oldest] < WINDOW_NS
                && event.timeNs() >= quietUntilNs) {
            quietUntilNs = event.timeNs() + WINDOW_NS;
            report(
                    List.of(),
                    "device "
                            + device
                            + " was resumed "
                            + times.length
                            + " times within "
                            + Texts.duration(event.timeNs() - times[oldest])
                            + ".",
                    seqs[oldest],
                    event.seq());
        }
    }
}
