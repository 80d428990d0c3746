package org.panscope.trace.ftrace;

/// How a capture writes its times; kept in the trace header, since it says how exact they are.
enum TimeForm {
    MICROSECONDS("seconds with microseconds"),
    NANOSECONDS("seconds with nanoseconds"),
    /// A bare number: nanoseconds for the clock `boot`, something else for counters.
    INTEGER("integer"),
    /// Microseconds since the start of the buffer.
    RELATIVE("relative microseconds"),
    /// The capture has no times.
    NONE("none");

    private final String label;

    TimeForm(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
