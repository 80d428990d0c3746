package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Interrupts and softirqs (include/trace/events/irq.h).
final class InterruptEvents {
    private InterruptEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "irq_handler_entry",
                EventFormat.of("irq:dec name:text").spelled("irq=${irq} name=${name}"));
        decoders.add(
                "irq_handler_exit",
                EventFormat.of("irq:dec ret:handled").spelled("irq=${irq} ret=${ret}"));
        EventFormat softirq =
                EventFormat.of("vec:dec action:word").spelled("vec=${vec}{? [action=${action}]?}");
        for (String name : List.of("softirq_raise", "softirq_entry", "softirq_exit")) {
            decoders.add(name, softirq);
        }
    }
}
