package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// Interrupt handlers: `irq` > `irq <number> <name>`. An exit shows only the number; a line may be
/// shared by several handlers, but those of one CPU run one after the other.
final class InterruptLane implements Lane {
    private final Map<Long, Handler> handlers = new LinkedHashMap<>();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        Long irq = event.number("irq");
        if (irq == null) {
            return null;
        }
        long key = (long) event.cpu() << 32 | (irq & 0xffff_ffffL);
        String name = event.text("name");
        Handler known = handlers.get(key);
        if (known == null || (name != null && !name.equals(known.name()))) {
            String shown = name == null ? "" : " " + name;
            int track = tracks.child(tracks.root("irq", "irq"), "irq", "irq " + irq + shown);
            known = new Handler(name, track);
            handlers.put(key, known);
        }
        return known.track();
    }

    /// @param name of the handler last seen, null for none
    private record Handler(@Nullable String name, int track) {}
}
