package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.SchedEvent.Bind;
import org.panscope.trace.event.SchedEvent.Unbind;

import java.util.Map;
import java.util.TreeMap;

/// Which group is on which CSG slot while the trace is read.
final class Residency {
    private final Map<Integer, Long> groups = new TreeMap<>();

    void register(Listeners listeners) {
        listeners.on(
                Bind.class,
                (event, bind) -> {
                    if (bind.result() == 0) {
                        groups.put(bind.slot(), bind.gid());
                    }
                });
        listeners.on(Unbind.class, (event, unbind) -> groups.remove(unbind.slot()));
    }

    /// The group on a slot, or null when there is none, or none that the trace tells of.
    @Nullable Long groupOn(int slot) {
        return groups.get(slot);
    }
}
