package org.panscope.app.cli;

import org.panscope.core.capture.Psm1Markers;
import org.panscope.trace.ftrace.FtraceTextWriter;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;

/// ftrace text, as the kernel's file `trace` holds it.
final class FtraceExport implements TextExport {
    private static final int TYPES_NAMED = 4;

    @Override
    public String label() {
        return "ftrace";
    }

    @Override
    public List<String> write(Trace trace, Writer out, Options options) throws IOException {
        FtraceTextWriter text =
                new FtraceTextWriter(
                        trace,
                        options.nanoseconds(),
                        options.markers() ? new Psm1Markers(trace)::of : event -> List.of());
        FtraceTextWriter.Summary summary = text.write(out);
        if (summary.lines() == 0) {
            throw new IOException(
                    trace.header().source()
                            + ": no event is a tracepoint; record with --tracepoints all");
        }
        List<String> remarks = new ArrayList<>();
        if (!summary.leftOut().isEmpty()) {
            remarks.add(sentence(summary.leftOut()));
        }
        if (!trace.losses().isEmpty()) {
            remarks.add("what this trace lost (see info) is not told in the text");
        }
        return remarks;
    }

    private static String sentence(SortedMap<String, Long> leftOut) {
        long all = leftOut.values().stream().mapToLong(Long::longValue).sum();
        StringJoiner names = new StringJoiner(", ");
        leftOut.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(TYPES_NAMED)
                .forEach(entry -> names.add(entry.getValue() + " " + entry.getKey()));
        if (leftOut.size() > TYPES_NAMED) {
            names.add("...");
        }
        return all + " events have no tracepoint and were left out: " + names;
    }
}
