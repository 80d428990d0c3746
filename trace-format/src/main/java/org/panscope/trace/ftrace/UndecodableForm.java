package org.panscope.trace.ftrace;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/// Forms of the kernel's `trace` file that leave out what events hold or say it in a way only the
/// kernel that wrote it could read.
enum UndecodableForm {
    RAW("raw"),
    HEX("hex"),
    BIN("bin");

    private static final Pattern RAW_LINE = Pattern.compile("\\d{1,10} \\d{1,4} \\d{1,20} .*");
    private static final Pattern HEX_LINE =
            Pattern.compile("[0-9a-f]{8} [0-9a-f]{2,8} [0-9a-f]{16}( [0-9a-f]{2,16})*");

    private final String option;

    UndecodableForm(String option) {
        this.option = option;
    }

    /// The form that all these lines have, or null.
    static @Nullable UndecodableForm of(List<String> lines) {
        for (UndecodableForm form : values()) {
            if (!lines.isEmpty() && lines.stream().allMatch(line -> form.fits(line.strip()))) {
                return form;
            }
        }
        return null;
    }

    UnsupportedCaptureException refusal(String source, long line) {
        return new UnsupportedCaptureException(
                source
                        + ":"
                        + line
                        + ": the text was written with the trace option `"
                        + option
                        + "`, which leaves out the events' fields; capture again after"
                        + " `echo no"
                        + option
                        + " > /sys/kernel/tracing/trace_options`");
    }

    private boolean fits(String line) {
        return switch (this) {
            case RAW -> RAW_LINE.matcher(line).matches();
            case HEX -> HEX_LINE.matcher(line).matches();
            case BIN -> isMostlyControls(line);
        };
    }

    private static boolean isMostlyControls(String line) {
        long controls = line.chars().filter(c -> c < ' ' && c != '\t').count();
        return controls > 0 && controls * 4 >= line.length();
    }
}
