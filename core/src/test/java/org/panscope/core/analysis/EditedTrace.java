package org.panscope.core.analysis;

import org.jspecify.annotations.Nullable;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.TrackInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/// A trace in which one thing was broken.
final class EditedTrace {
    private final MemoryTrace source;
    private final List<Item> items = new ArrayList<>();

    /// An event that can be written again.
    record Item(EventHeader header, TraceEvent event) {}

    EditedTrace(MemoryTrace source) {
        this.source = source;
        for (Event event : source.events()) {
            items.add(new Item(event.header(), Objects.requireNonNull(event.record())));
        }
    }

    MemoryTrace trace() {
        MemoryTrace trace = new MemoryTrace(source.header());
        for (TrackInfo track : source.tracks()) {
            trace.track(track.parent(), track.kind(), track.name());
        }
        for (Item item : items) {
            trace.add(item.header(), item.event());
        }
        return trace;
    }

    /// Position of the nth event of a class that is as wanted, counted from 0; from the end when
    /// negative.
    <T extends TraceEvent> int find(Class<T> type, int nth, Predicate<T> wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            TraceEvent event = items.get(i).event();
            if (type.isInstance(event) && wanted.test(type.cast(event))) {
                found.add(i);
            }
        }
        int index = nth < 0 ? found.size() + nth : nth;
        if (index < 0 || index >= found.size()) {
            throw new IllegalStateException(
                    "there are " + found.size() + " such " + type.getSimpleName() + ", not " + nth);
        }
        return found.get(index);
    }

    <T extends TraceEvent> EditedTrace drop(Class<T> type, int nth, Predicate<T> wanted) {
        items.remove(find(type, nth, wanted));
        return this;
    }

    <T extends TraceEvent> EditedTrace dropAll(Class<T> type, Predicate<T> wanted) {
        items.removeIf(
                item -> type.isInstance(item.event()) && wanted.test(type.cast(item.event())));
        return this;
    }

    /// Changes fields of an event: names and values in turn.
    <T extends TraceEvent> EditedTrace change(
            Class<T> type, int nth, Predicate<T> wanted, @Nullable Object... fields) {
        int at = find(type, nth, wanted);
        Item item = items.get(at);
        items.set(at, new Item(item.header(), Records.with(item.event(), fields)));
        return this;
    }

    /// Takes the locks away that were held at an event.
    <T extends TraceEvent> EditedTrace unlock(Class<T> type, int nth, Predicate<T> wanted) {
        int at = find(type, nth, wanted);
        EventHeader h = items.get(at).header();
        EventHeader bare =
                new EventHeader(
                        h.timeNs(),
                        h.track(),
                        h.cause(),
                        h.causeInferred(),
                        h.cpu(),
                        h.pid(),
                        h.comm(),
                        h.context(),
                        "");
        items.set(at, new Item(bare, items.get(at).event()));
        return this;
    }

    /// Writes an event a second time, with changed fields, behind another one.
    <T extends TraceEvent> EditedTrace repeat(
            Class<T> type, int nth, Predicate<T> wanted, @Nullable Object... fields) {
        int at = find(type, nth, wanted);
        return insert(at + 1, Records.with(items.get(at).event(), fields));
    }

    /// Writes an event behind the one at that position, by the same thread at the same time.
    EditedTrace insert(int at, TraceEvent event) {
        items.add(at, new Item(items.get(at - 1).header(), event));
        return this;
    }

    /// An event that is in the trace.
    <T extends TraceEvent> TraceEvent get(Class<T> type, int nth, Predicate<T> wanted) {
        return items.get(find(type, nth, wanted)).event();
    }
}
