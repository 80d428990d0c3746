package org.panscope.trace.chrome;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventHeader;

import java.util.HashMap;
import java.util.Map;

/// Flows as causes: of each flow the event that was last in it. Flow events of their own belong
/// together by category, name and id; slices by `bind_id`.
final class ChromeFlows {
    private static final int MOST = 1 << 20;

    private final Map<String, Long> last = new HashMap<>();

    /// The event before this one in its flow, or [EventHeader#NO_CAUSE].
    long before(ChromeEvent event, ChromePhase phase) {
        String key =
                phase == ChromePhase.FLOW_STEP || phase == ChromePhase.FLOW_END
                        ? key(event)
                        : event.flowIn() ? bound(event) : null;
        return key == null ? EventHeader.NO_CAUSE : last.getOrDefault(key, EventHeader.NO_CAUSE);
    }

    /// The event got this number.
    void passed(ChromeEvent event, ChromePhase phase, long seq) {
        if (phase == ChromePhase.FLOW_END) {
            last.remove(key(event));
        } else if (phase.isFlow()) {
            put(key(event), seq);
        } else if (event.flowOut()) {
            put(bound(event), seq);
        }
    }

    private void put(@Nullable String key, long seq) {
        if (key != null && (last.size() < MOST || last.containsKey(key))) {
            last.put(key, seq);
        }
    }

    private static @Nullable String bound(ChromeEvent event) {
        return event.bindId() == null ? null : "bind " + event.bindId();
    }

    private static String key(ChromeEvent event) {
        return "flow " + event.category() + '\n' + event.name() + '\n' + event.id();
    }
}
