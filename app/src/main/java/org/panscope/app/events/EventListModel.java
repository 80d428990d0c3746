package org.panscope.app.events;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.Requests;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.Worker;
import org.panscope.app.theme.Formats;
import org.panscope.core.filter.EventFilter;
import org.panscope.core.filter.EventPredicate;
import org.panscope.core.filter.FilterException;
import org.panscope.core.filter.TrackPaths;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// The event list: filter text, whether it is valid, the rows it leaves, and moving among them.
public final class EventListModel {
    /// What the filter text is.
    public enum FilterStatus {
        EMPTY,
        RUNNING,
        VALID,
        INVALID
    }

    /// Events looked at between two questions whether the result is still wanted.
    private static final int EVENTS_PER_CHECK = 1 << 16;

    private final SessionModel session;
    private final Worker worker;
    private final Requests requests = new Requests();
    private @Nullable TrackPaths tracks;
    private final StringProperty filterText = new SimpleStringProperty(this, "filterText", "");
    private final ReadOnlyObjectWrapper<FilterStatus> status =
            new ReadOnlyObjectWrapper<>(this, "status", FilterStatus.EMPTY);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private final ReadOnlyObjectWrapper<@Nullable EventRows> rows =
            new ReadOnlyObjectWrapper<>(this, "rows");

    public EventListModel(SessionModel session, Worker worker) {
        this.session = session;
        this.worker = worker;
        session.openedProperty().subscribe(this::traceChanged);
        filterText.subscribe(text -> apply());
    }

    private void traceChanged(@Nullable TraceDocument opened) {
        tracks = opened == null ? null : new TrackPaths(opened.trace());
        apply();
    }

    /// Applies the filter text to the open trace. Text that is no filter leaves the rows alone.
    private void apply() {
        long request = requests.next();
        TraceDocument opened = session.opened();
        TrackPaths paths = tracks;
        if (opened == null || paths == null) {
            rows.set(null);
            say(FilterStatus.EMPTY, "");
            return;
        }
        Trace trace = opened.trace();
        String text = filterText.get().strip();
        if (text.isEmpty()) {
            rows.set(EventRows.all(trace, paths));
            say(FilterStatus.EMPTY, count(trace.eventCount(), "event"));
            return;
        }
        EventPredicate predicate;
        try {
            predicate = EventFilter.parse(text).compile(trace);
        } catch (FilterException e) {
            say(FilterStatus.INVALID, e.describe());
            return;
        }
        say(FilterStatus.RUNNING, "filtering…");
        worker.run(
                () -> select(trace, predicate, request),
                seqs -> {
                    if (requests.isLatest(request)) {
                        rows.set(EventRows.of(trace, paths, seqs));
                        say(FilterStatus.VALID, count(seqs.length, "hit"));
                    }
                },
                failure -> {
                    if (requests.isLatest(request)) {
                        say(FilterStatus.INVALID, "filtering failed: " + failure.getMessage());
                    }
                });
    }

    private long[] select(Trace trace, EventPredicate predicate, long request) {
        long[] hits = new long[64];
        int count = 0;
        EventCursor cursor = trace.cursor(0);
        for (long looked = 0; cursor.next(); looked++) {
            if (looked % EVENTS_PER_CHECK == 0 && !requests.isLatest(request)) {
                throw new CancellationException();
            }
            if (predicate.test(cursor)) {
                if (count == hits.length) {
                    hits = Arrays.copyOf(hits, count + (count >> 1));
                }
                hits[count++] = cursor.seq();
            }
        }
        return Arrays.copyOf(hits, count);
    }

    private void say(FilterStatus newStatus, String text) {
        status.set(newStatus);
        message.set(text);
    }

    private static String count(long number, String what) {
        return Formats.grouped(number) + " " + what + (number == 1 ? "" : "s");
    }

    /// Moves the cursor to the next (+1) or previous (-1) row, around the ends.
    public void goToHit(int direction) {
        EventRows shown = rows.get();
        if (shown == null || shown.isEmpty()) {
            return;
        }
        long current = session.currentEvent();
        int row = shown.rowAtOrBefore(current);
        boolean isOnRow = row >= 0 && shown.seqAt(row) == current;
        int target = direction > 0 ? row + 1 : isOnRow ? row - 1 : row;
        session.goToEvent(shown.seqAt(Math.floorMod(target, shown.size())));
    }

    /// Narrows the filter by one more condition.
    public void addToFilter(String term) {
        String before = filterText.get().strip();
        boolean isValid = status.get() == FilterStatus.VALID;
        filterText.set(
                before.isEmpty() || !isValid
                        ? term
                        : (before.contains("||") ? "(" + before + ")" : before) + " && " + term);
    }

    public void clearFilter() {
        filterText.set("");
    }

    public StringProperty filterTextProperty() {
        return filterText;
    }

    public ReadOnlyObjectProperty<FilterStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /// Hit count, or what is wrong with the filter.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// The rows to show, or null without a trace.
    public ReadOnlyObjectProperty<@Nullable EventRows> rowsProperty() {
        return rows.getReadOnlyProperty();
    }
}
