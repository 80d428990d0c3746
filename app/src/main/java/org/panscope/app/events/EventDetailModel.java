package org.panscope.app.events;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.panscope.app.open.TraceDocument;
import org.panscope.app.session.SessionModel;
import org.panscope.app.session.SteppedState;
import org.panscope.app.theme.Formats;
import org.panscope.core.capture.InferredCause;
import org.panscope.core.filter.TrackPaths;
import org.panscope.core.state.view.EventReader;
import org.panscope.core.state.view.TraceArchitecture;
import org.panscope.trace.ftrace.payload.PayloadPrinter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;
import org.panscope.trace.schema.EventTypeInfo;
import org.panscope.trace.schema.FieldInfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Everything known about the event at the cursor.
public final class EventDetailModel {
    private final PayloadPrinter printer = new PayloadPrinter();
    private final SessionModel session;
    private @Nullable TrackPaths tracks;
    private final ReadOnlyObjectWrapper<@Nullable Detail> detail =
            new ReadOnlyObjectWrapper<>(this, "detail");

    /// The event as shown.
    ///
    /// @param title type and number
    /// @param doc what such an event means, may be empty
    /// @param source what it stands for in driver or firmware, may be empty
    /// @param cause the event that made it happen, or null when unknown
    /// @param isCauseInferred whether an analysis guessed the cause
    /// @param rows name, value and meaning of everything the event carries
    public record Detail(
            String title,
            String doc,
            String source,
            @Nullable Long cause,
            boolean isCauseInferred,
            List<Row> rows) {}

    /// One line.
    public record Row(String name, String value, String doc) {}

    public EventDetailModel(SessionModel session) {
        this.session = session;
        session.openedProperty()
                .subscribe(opened -> {
                    tracks = opened == null ? null : new TrackPaths(opened.trace());
                    update();
                });
        session.positionProperty().subscribe(this::update);
        session.stateProperty().subscribe(this::update);
    }

    private void update() {
        TraceDocument opened = session.opened();
        TrackPaths paths = tracks;
        long seq = session.currentEvent();
        detail.set(
                opened == null || paths == null || seq < 0
                        ? null
                        : describe(
                                opened.trace().event(seq),
                                InferredCause.of(opened.trace(), seq),
                                paths,
                                read(opened.trace(), opened.trace().event(seq))));
    }

    /// What the event says beyond its fields, with the state at the cursor once that is there.
    private List<EventReader.Row> read(Trace trace, Event event) {
        SteppedState stepped = session.stateProperty().get();
        boolean isHere = stepped != null && stepped.state().position() == session.position();
        return new EventReader(TraceArchitecture.of(trace.header()))
                .rows(trace, event, stepped != null && isHere ? stepped.state() : null);
    }

    /// What the kernel would have printed of a captured event; of others what they are.
    private String meaning(Event event) {
        EventTypeInfo type = event.type();
        if (!type.isDynamic()) {
            return type.doc();
        }
        @Nullable Object[] values = new @Nullable Object[event.fieldCount()];
        Arrays.setAll(values, event::value);
        return printer.print(type, values);
    }

    private Detail describe(
            Event event, OptionalLong cause, TrackPaths tracks, List<EventReader.Row> readings) {
        EventHeader header = event.header();
        List<Row> rows = new ArrayList<>();
        List<FieldInfo> fields = event.type().fields();
        for (int i = 0; i < fields.size(); i++) {
            FieldInfo field = fields.get(i);
            rows.add(new Row(field.name(), FieldValues.text(event.value(i), field), field.doc()));
        }
        readings.forEach(row -> rows.add(new Row(row.name(), row.value(), row.meaning())));
        rows.add(new Row("time", Formats.grouped(event.timeNs()) + " ns", "since trace start"));
        rows.add(new Row("layer", event.type().layer().label(), "whom it happened to"));
        rows.add(new Row("track", tracks.path(header.track()), ""));
        rows.add(new Row("cpu", known(header.cpu()), "CPU it ran on"));
        rows.add(new Row("thread", thread(header), "thread it ran on"));
        rows.add(new Row("context", orUnknown(header.context()), "kind of code that ran"));
        rows.add(new Row("locks", locks(header.locks()), "locks held"));
        return new Detail(
                event.type().name() + "  #" + event.seq(),
                meaning(event),
                event.type().isDynamic() ? "" : event.type().source(),
                cause.isPresent() ? (Long) cause.getAsLong() : null,
                header.causeInferred() || header.cause() == EventHeader.NO_CAUSE,
                List.copyOf(rows));
    }

    private static String known(int number) {
        return number == EventHeader.UNKNOWN ? FieldValues.UNKNOWN : Integer.toString(number);
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? FieldValues.UNKNOWN : text;
    }

    private static String locks(@Nullable String locks) {
        return locks != null && locks.isEmpty() ? "none" : orUnknown(locks);
    }

    private static String thread(EventHeader header) {
        if (header.pid() == EventHeader.UNKNOWN) {
            return orUnknown(header.comm());
        }
        return (header.comm() == null ? "" : header.comm() + "-") + header.pid();
    }

    /// The event at the cursor, or null before the first.
    public ReadOnlyObjectProperty<@Nullable Detail> detailProperty() {
        return detail.getReadOnlyProperty();
    }
}
