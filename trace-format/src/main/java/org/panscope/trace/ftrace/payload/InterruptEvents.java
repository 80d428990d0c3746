package org.panscope.trace.ftrace.payload;

import java.util.List;
import java.util.Map;

/// Interrupts and softirqs (include/trace/events/irq.h).
final class InterruptEvents {
    private InterruptEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "irq_handler_entry",
                EventFormat.of("irq:dec name:text").spelled("irq=${irq} name=${name}"));
        decoders.add(
                "irq_handler_exit",
                EventFormat.of("irq:dec ret:dec")
                        .spelled("irq=${irq} ret=handled", Map.of("ret", 1L))
                        .spelled("irq=${irq} ret=unhandled", Map.of("ret", 0L)));
        EventFormat softirq =
                EventFormat.of("vec:dec action:word").spelled("vec=${vec}{? [action=${action}]?}");
        for (String name : List.of("softirq_raise", "softirq_entry", "softirq_exit")) {
            decoders.add(name, softirq);
        }
    }
}
