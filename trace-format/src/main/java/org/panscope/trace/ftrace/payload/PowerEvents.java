package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Runtime power management of devices (include/trace/events/rpm.h).
final class PowerEvents {
    private PowerEvents() {}

    static void register(PayloadDecoders decoders) {
        EventFormat usage =
                EventFormat.of(
                                "name:text flags:bare_hex usage_count:count disable_depth:count"
                                        + " runtime_auto:dec request_pending:dec irq_safe:dec"
                                        + " child_count:count")
                        .spelled(
                                "${name} flags-${flags} cnt-${usage_count|-2}"
                                    + " dep-${disable_depth|-2} auto-${runtime_auto}"
                                    + " p-${request_pending} irq-${irq_safe} child-${child_count}");
        for (String name : List.of("rpm_suspend", "rpm_resume", "rpm_idle", "rpm_usage")) {
            decoders.add(name, usage);
        }
        decoders.add(
                "rpm_return_int",
                EventFormat.of("ip:word name:text ret:dec").spelled("${ip}:${name} ret=${ret}"));
        decoders.add(
                "rpm_status",
                EventFormat.of("name:text status:word").spelled("${name} status=${status}"));
    }
}
