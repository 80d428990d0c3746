package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/// Interrupt handlers: `irq` > `irq <number> <name>`. An exit shows only the number; a line may be
/// shared by several handlers, but those of one CPU run one after the other.
final class InterruptLane implements Lane {
    private final Map<Long, String> lastName = new TreeMap<>();

    @Override
    public @Nullable Integer track(TrackTable tracks, CaptureEvent event) {
        Long irq = event.number("irq");
        if (irq == null) {
            return null;
        }
        long key = (long) event.cpu() << 32 | (irq & 0xffff_ffffL);
        String name = event.text("name");
        if (name != null) {
            lastName.put(key, name);
        }
        String known = lastName.get(key);
        return tracks.child(
                tracks.root("irq", "irq"),
                "irq",
                "irq " + irq + (known == null ? "" : " " + known));
    }
}
