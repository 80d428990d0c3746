package org.panscope.core.capture;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.schema.EventTypeInfo;

import java.util.ArrayList;
import java.util.List;

/// Interrupt handlers: `irq` > `irq <number> <name>`. An exit shows only the number; a line may be
/// shared by several handlers, but those of one CPU run one after the other.
final class InterruptLane implements Lane {
    private final NumberMap placeOfLine = new NumberMap();
    private final List<Handler> handlers = new ArrayList<>();

    @Override
    public TypeLane of(EventTypeInfo type) {
        NumberField irq = NumberField.of(type, "irq");
        TextField name = TextField.of(type, "name");
        return (tracks, row, header) ->
                irq.isIn(row)
                        ? track(tracks, header.cpu(), irq.of(row), name.of(row))
                        : TypeLane.NONE;
    }

    private int track(TrackTable tracks, int cpu, long irq, @Nullable String name) {
        long key = (long) cpu << 32 | (irq & 0xffff_ffffL);
        long place = placeOfLine.get(key);
        Handler known = place == NumberMap.ABSENT ? null : handlers.get((int) place);
        if (known == null || (name != null && !name.equals(known.name()))) {
            String shown = name == null ? "" : " " + name;
            int track = tracks.child(tracks.root("irq", "irq"), "irq", "irq " + irq + shown);
            known = new Handler(name, track);
            if (place == NumberMap.ABSENT) {
                placeOfLine.put(key, handlers.size());
                handlers.add(known);
            } else {
                handlers.set((int) place, known);
            }
        }
        return known.track();
    }

    /// @param name of the handler last seen, null for none
    private record Handler(@Nullable String name, int track) {}
}
