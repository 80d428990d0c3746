package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.record.EventListener;
import org.panscope.trace.event.FirmwareEvent.CsInstr;
import org.panscope.trace.event.FirmwareEvent.CsStep;
import org.panscope.trace.event.FirmwareEvent.Fault;
import org.panscope.trace.event.FirmwareEvent.FwCs;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Collects the faults a run reports and what the faulting streams did next, and compares them with
/// what a scenario expects.
final class FaultWatch implements EventListener {
    private final List<Seen> seen = new ArrayList<>();

    /// A reported fault.
    private static final class Seen {
        final Fault fault;
        @Nullable String stream;

        Seen(Fault fault) {
            this.fault = fault;
        }

        String text() {
            StringBuilder text = new StringBuilder(report(fault));
            text.append(hex(" ", fault.exception()));
            if (fault.cs() != null) {
                text.append(" queue ").append(fault.cs());
            }
            text.append(hex(" data ", fault.data())).append(hex(" info ", fault.info()));
            return stream == null ? text.toString() : text + " stream " + stream;
        }
    }

    @Override
    public void onEvent(long seq, EventHeader header, TraceEvent event) {
        switch (event) {
            case Fault fault -> seen.add(new Seen(fault));
            case FwCs cs when cs.step() == CsStep.STOP -> next(cs.csg(), cs.cs(), "stopped");
            case FwCs cs when cs.step() != CsStep.ACTIVE -> next(cs.csg(), cs.cs(), "goes_on");
            case CsInstr instruction -> next(instruction.csg(), instruction.cs(), "goes_on");
            default -> {}
        }
    }

    private void next(int csg, int cs, String what) {
        for (Seen one : seen) {
            Integer slot = one.fault.csg();
            Integer stream = one.fault.cs();
            if (one.stream == null
                    && slot != null
                    && stream != null
                    && slot == csg
                    && stream == cs) {
                one.stream = what;
            }
        }
    }

    /// What is wrong with the faults of the run, or null.
    ///
    /// @param expected objects of the shape [ScenarioShapes#FAULT], in the order of the reports
    @Nullable String complaint(List<Values> expected) {
        boolean same = expected.size() == seen.size();
        for (int i = 0; same && i < expected.size(); i++) {
            same = matches(expected.get(i), seen.get(i));
        }
        return same
                ? null
                : "the run reported "
                        + (seen.isEmpty()
                                ? "no fault"
                                : String.join("; ", seen.stream().map(Seen::text).toList()))
                        + ", expected "
                        + (expected.isEmpty()
                                ? "none"
                                : String.join(
                                        "; ", expected.stream().map(FaultWatch::text).toList()));
    }

    private static boolean matches(Values expected, Seen one) {
        Integer queue = one.fault.cs();
        return expected.text("report").equals(report(one.fault))
                && expected.number("exception") == one.fault.exception()
                && (!expected.has("queue") || (queue != null && expected.number("queue") == queue))
                && (!expected.has("data") || expected.number("data") == one.fault.data())
                && (!expected.has("info") || expected.number("info") == one.fault.info())
                && (!expected.has("stream") || expected.text("stream").equals(one.stream));
    }

    private static String text(Values expected) {
        StringBuilder text = new StringBuilder(expected.text("report"));
        text.append(hex(" ", expected.number("exception")));
        text.append(expected.has("queue") ? " queue " + expected.number("queue") : "");
        text.append(expected.has("data") ? hex(" data ", expected.number("data")) : "");
        text.append(expected.has("info") ? hex(" info ", expected.number("info")) : "");
        text.append(expected.has("stream") ? " stream " + expected.text("stream") : "");
        return text.toString();
    }

    private static String report(Fault fault) {
        return fault.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String hex(String label, long value) {
        return label + "0x" + Long.toHexString(value);
    }
}
