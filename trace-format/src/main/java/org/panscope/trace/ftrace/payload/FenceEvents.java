package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Fences: one spelling for all events of the system `dma_fence`, which was `fence` before 4.10.
/// The kernel cuts context and seqno to 32 bits here (include/trace/events/dma_fence.h).
final class FenceEvents {
    private static final List<String> NAMES =
            List.of(
                    "init",
                    "emit",
                    "enable_signal",
                    "signaled",
                    "wait_start",
                    "wait_end",
                    "destroy",
                    "annotate_wait_on");

    private FenceEvents() {}

    static void register(PayloadDecoders decoders) {
        EventFormat format =
                EventFormat.of("driver:text timeline:text context:id seqno:id")
                        .spelled(
                                "driver=${driver} timeline=${timeline} context=${context}"
                                        + " seqno=${seqno}");
        for (String name : NAMES) {
            decoders.add("dma_fence_" + name, format);
            decoders.add("fence_" + name, format);
        }
    }
}
