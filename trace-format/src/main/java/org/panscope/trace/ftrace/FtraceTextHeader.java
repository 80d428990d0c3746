package org.panscope.trace.ftrace;

/// The comment lines the kernel's file `trace` begins with.
///
/// kernel: kernel/trace/trace.c, print_event_info, print_func_help_header_irq
final class FtraceTextHeader {
    private static final String LEGEND =
            """
            #
            #                                _-----=> irqs-off/BH-disabled
            #                               / _----=> need-resched
            #                              | / _---=> hardirq/softirq
            #                              || / _--=> preempt-depth
            #                              ||| / _-=> migrate-disable
            #                              |||| /     delay
            #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
            #              | |         |   |||||     |         |
            """;

    private FtraceTextHeader() {}

    static String of(long entries, int cpus) {
        return "# tracer: nop\n#\n# entries-in-buffer/entries-written: "
                + entries
                + "/"
                + entries
                + "   #P:"
                + cpus
                + "\n"
                + LEGEND;
    }
}
