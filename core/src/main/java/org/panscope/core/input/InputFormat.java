package org.panscope.core.input;

/// Formats Panscope can tell apart. Those it cannot read yet are named, so that the refusal can say
/// what to do instead.
public enum InputFormat {
    PSCOPE("pscope", ""),
    JSONL("jsonl", ""),
    SCENARIO("scenario", ""),
    FTRACE_TEXT("ftrace-text", ""),
    TRACE_DAT("trace.dat", ""),
    /// A folder of ring-buffer pages, one file for each CPU.
    RAW_PAGES("raw-pages", ""),
    PERFETTO("perfetto", ""),
    CHROME_JSON("chrome-json", ""),
    PANTHOR_COREDUMP("panthor-coredump", ""),
    KERNEL_LOG("kernel-log", ""),
    PANDECODE("pandecode", ""),
    U_TRACE("u_trace", ""),
    EMPTY("empty", "the file holds nothing"),
    UNKNOWN("unknown", "it is no trace, scenario or ftrace text");

    private final String label;
    private final String advice;

    InputFormat(String label, String advice) {
        this.label = label;
        this.advice = advice;
    }

    /// Name in `info` and messages.
    public String label() {
        return label;
    }

    /// Whether this version can open it.
    public boolean isReadable() {
        return advice.isEmpty();
    }

    /// What to do about a format that cannot be read.
    public String advice() {
        return advice;
    }
}
