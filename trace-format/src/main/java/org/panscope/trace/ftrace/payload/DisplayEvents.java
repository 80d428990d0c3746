package org.panscope.trace.ftrace.payload;

import java.util.List;

/// Vertical blanking and software timelines (drivers/gpu/drm/drm_trace.h;
/// drivers/dma-buf/sync_trace.h).
final class DisplayEvents {
    private DisplayEvents() {}

    static void register(PayloadDecoders decoders) {
        decoders.add(
                "drm_vblank_event",
                EventFormat.of("crtc:index seq:id time:ns high_prec:word")
                        .spelled("crtc=${crtc}, seq=${seq}, time=${time}, high-prec=${high_prec}")
                        .spelled("crtc=${crtc}, seq=${seq}"));
        EventFormat delivered =
                EventFormat.of("file:pointer crtc:index seq:id")
                        .spelled("file=${file}, crtc=${crtc}, seq=${seq}");
        for (String name : List.of("drm_vblank_event_queued", "drm_vblank_event_delivered")) {
            decoders.add(name, delivered);
        }
        decoders.add(
                "sync_timeline",
                EventFormat.of("name:text value:dec").spelled("name=${name} value=${value}"));
    }
}
