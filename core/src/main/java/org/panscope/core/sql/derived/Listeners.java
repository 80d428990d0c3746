package org.panscope.core.sql.derived;

import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Who wants to hear of events of which record class.
final class Listeners {
    private final Map<Class<?>, List<BiConsumer<Event, TraceEvent>>> byClass =
            new LinkedHashMap<>();

    <T extends TraceEvent> void on(Class<T> type, BiConsumer<Event, T> listener) {
        byClass.computeIfAbsent(type, ignored -> new ArrayList<>())
                .add((event, record) -> listener.accept(event, type.cast(record)));
    }

    boolean wants(Class<? extends TraceEvent> type) {
        return byClass.containsKey(type);
    }

    void tell(Event event, TraceEvent record) {
        List<BiConsumer<Event, TraceEvent>> listeners = byClass.get(record.getClass());
        if (listeners != null) {
            listeners.forEach(listener -> listener.accept(event, record));
        }
    }
}
