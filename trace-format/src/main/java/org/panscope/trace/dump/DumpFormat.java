package org.panscope.trace.dump;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// Kinds of dumps, known by their content.
public enum DumpFormat {
    /// YAML of the kernel's devcoredump of panthor, as proposed in 2025.
    PANTHOR_COREDUMP,
    /// Mesa's u_trace, one event a line.
    UTRACE_TEXT,
    /// Mesa's u_trace as comma-separated values.
    UTRACE_CSV,
    /// Mesa's u_trace as JSON.
    UTRACE_JSON,
    /// The kernel's log, with or without a hang dump of the vendor's driver in it.
    KERNEL_LOG,
    /// Mesa's decoded command streams and descriptors.
    PANDECODE;

    private static final int LINES = 400;
    private static final String UTRACE_HEADER = "frame,batch,time_ns,event";
    private static final Pattern UTRACE_BATCH = Pattern.compile("\\+-+ NS -+\\+ .*MSG -+");
    private static final Pattern UTRACE_ARRAY =
            Pattern.compile(
                    "\\s*\\[\\s*\\{\\s*\"frame\"\\s*:\\s*\\d+\\s*,\\s*\"batches\".*",
                    Pattern.DOTALL);
    private static final Pattern COREDUMP_KEY =
            Pattern.compile(
                    "  (driver_version|reason|module|queue_count|csg_id|GPU_ID|GLB_VERSION): .*");

    /// The kind of a file that begins with these bytes, or null.
    public static @Nullable DumpFormat of(byte[] start) {
        String text = new String(start, StandardCharsets.UTF_8);
        if (UTRACE_ARRAY.matcher(text).matches()) {
            return UTRACE_JSON;
        }
        List<String> lines = text.lines().limit(LINES).toList();
        String first =
                lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
        if (first.startsWith(UTRACE_HEADER)) {
            return UTRACE_CSV;
        }
        if (first.equals("---")
                && lines.stream().anyMatch(line -> COREDUMP_KEY.matcher(line).matches())) {
            return PANTHOR_COREDUMP;
        }
        if (lines.stream().anyMatch(line -> UTRACE_BATCH.matcher(line.strip()).matches())) {
            return UTRACE_TEXT;
        }
        if (looksLikeLog(lines)) {
            return KERNEL_LOG;
        }
        return lines.stream().filter(PandecodeLines::isTelling).limit(2).count() == 2
                ? PANDECODE
                : null;
    }

    /// A line only the vendor's driver writes, or mostly lines with the log's times.
    private static boolean looksLikeLog(List<String> lines) {
        int timed = 0;
        int others = 0;
        for (String line : lines) {
            LogLine log = LogLine.of(line);
            if (VendorQueues.isTelling(log.text())) {
                return true;
            }
            if (log.timeNs() != null) {
                timed++;
            } else if (!line.isBlank()) {
                others++;
            }
        }
        return timed >= 2 && timed > others;
    }
}
