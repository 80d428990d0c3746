package org.panscope.core.sql;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.TrackPaths;
import org.panscope.core.sql.ColumnBuffer.Bytes;
import org.panscope.core.sql.ColumnBuffer.Numbers;
import org.panscope.core.sql.ColumnBuffer.Texts;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Reads the columns of events. The cursor is not stored: it is made of time and number.
final class EventColumns {
    /// What makes the column `cursor`.
    static final String CURSOR = "'@' || t || 'ns#' || (seq + 1)";

    private final TrackPaths tracks;
    private final List<ColumnBuffer> columns = new ArrayList<>();

    private EventColumns(Trace trace) {
        tracks = new TrackPaths(trace);
    }

    /// Columns of the table of all events.
    static List<ColumnBuffer> ofEvents(Trace trace) {
        EventColumns reader = new EventColumns(trace);
        reader.place();
        reader.text("type", event -> event.type().name());
        reader.text("layer", event -> event.type().layer().label());
        reader.common();
        return reader.columns;
    }

    /// Columns of the events of one type.
    static List<ColumnBuffer> ofType(Trace trace, TypeTable table) {
        EventColumns reader = new EventColumns(trace);
        reader.place();
        for (int i = 0; i < table.fields().size(); i++) {
            reader.field(table.fields().get(i), i);
        }
        reader.common();
        return reader.columns;
    }

    private void place() {
        number("seq", EventCursor::seq, event -> false);
        number("t", EventCursor::timeNs, event -> false);
    }

    private void common() {
        text("track", event -> tracks.path(event.track()));
        number("track_id", EventCursor::track, event -> false);
        number("cpu", EventCursor::cpu, event -> event.cpu() == EventHeader.UNKNOWN);
        number("pid", EventCursor::pid, event -> event.pid() == EventHeader.UNKNOWN);
        text("comm", EventCursor::comm);
        text("context", EventCursor::context);
        text("locks", EventCursor::locks);
        number("cause", EventCursor::cause, event -> event.cause() == EventHeader.NO_CAUSE);
        columns.add(
                new Numbers(
                        "cause_inferred",
                        Numbers.Meaning.FLAG,
                        event -> event.isCauseInferred() ? 1 : 0,
                        event -> event.cause() == EventHeader.NO_CAUSE));
    }

    private void field(ColumnInfo column, int field) {
        switch (column.type()) {
            case BIGINT -> field(column, Numbers.Meaning.SIGNED, field);
            case UBIGINT -> field(column, Numbers.Meaning.UNSIGNED, field);
            case BOOLEAN -> field(column, Numbers.Meaning.FLAG, field);
            case VARCHAR ->
                    text(column.name(), event -> event.value(field) instanceof String s ? s : null);
            case BLOB ->
                    columns.add(
                            new Bytes(
                                    column.name(),
                                    event -> event.value(field) instanceof byte[] b ? b : null));
        }
    }

    private void field(ColumnInfo column, Numbers.Meaning meaning, int field) {
        columns.add(
                new Numbers(
                        column.name(),
                        meaning,
                        event -> event.longValue(field),
                        event -> !event.isPresent(field)));
    }

    private void number(
            String name,
            ToLongFunction<EventCursor> value,
            Predicate<EventCursor> isAbsent) {
        columns.add(new Numbers(name, Numbers.Meaning.SIGNED, value, isAbsent));
    }

    private void text(String name, Function<EventCursor, @Nullable String> value) {
        columns.add(new Texts(name, value));
    }
}
