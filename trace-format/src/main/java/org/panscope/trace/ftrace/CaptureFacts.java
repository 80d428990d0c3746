package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.Producer;
import org.panscope.trace.io.TraceHeader;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the lines before the first event say about the capture, and the trace header made of it.
final class CaptureFacts {
    private static final Pattern TRACER = Pattern.compile("# tracer: (\\S{1,64})");
    private static final Pattern ENTRIES =
            Pattern.compile(
                    "# entries-in-buffer/entries-written:"
                            + " (\\d{1,18})/(\\d{1,18})\\s+#P:(\\d{1,9})");
    private static final Pattern LATENCY =
            Pattern.compile("# \\S+ latency trace v\\S+ on (\\S{1,128})");
    private static final Pattern LATENCY_CPUS = Pattern.compile("# latency: .*#P:(\\d{1,9})\\)");
    private static final Pattern CPUS = Pattern.compile("cpus\\s*=\\s*(\\d{1,9})");
    private static final Pattern VERSION = Pattern.compile("version\\s*=\\s*(\\d{1,9})");

    private final String source;
    private final SortedMap<String, String> attributes = new TreeMap<>();
    private boolean fromKernelFile;
    private @Nullable Long overwritten;

    CaptureFacts(String source) {
        this.source = source;
    }

    /// Takes in a header line.
    void learn(String line) {
        if (learn(TRACER, line, "tracer")
                || learn(LATENCY, line, "uname")
                || learn(LATENCY_CPUS, line, "cpus")) {
            fromKernelFile = true;
        } else if (!learn(CPUS, line, "cpus") && !learn(VERSION, line, "trace-dat-version")) {
            learnEntries(line);
        }
    }

    /// Whether the text is the kernel's own file `trace`.
    boolean isFromKernelFile() {
        return fromKernelFile;
    }

    /// Events the ring buffer overwrote before the file was read, or null when the file does not
    /// say.
    @Nullable Long overwritten() {
        return overwritten;
    }

    TraceHeader header(TimeForm form, long originNs) {
        SortedMap<String, String> all = new TreeMap<>(attributes);
        all.put("timestamps", form.label());
        return new TraceHeader("ftrace-text", source, "unknown", originNs, Producer.name(), all);
    }

    private boolean learn(Pattern pattern, String line, String attribute) {
        Matcher matcher = pattern.matcher(line);
        boolean found = matcher.matches();
        if (found) {
            attributes.put(attribute, matcher.group(1));
        }
        return found;
    }

    private void learnEntries(String line) {
        Matcher entries = ENTRIES.matcher(line);
        if (entries.matches()) {
            fromKernelFile = true;
            attributes.put("entries-in-buffer", entries.group(1));
            attributes.put("entries-written", entries.group(2));
            attributes.put("cpus", entries.group(3));
            long missing = Long.parseLong(entries.group(2)) - Long.parseLong(entries.group(1));
            overwritten = missing > 0 ? missing : null;
        }
    }
}
