package org.panscope.core.sql;

import org.jspecify.annotations.Nullable;
import org.panscope.core.filter.TrackPaths;
import org.panscope.core.sql.ColumnBuffer.Bytes;
import org.panscope.core.sql.ColumnBuffer.Numbers;
import org.panscope.core.sql.ColumnBuffer.Texts;
import org.panscope.core.sql.schema.ColumnInfo;
import org.panscope.core.sql.schema.EventTables.FieldColumn;
import org.panscope.core.sql.schema.EventTables.TypeTable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.Trace;

import java.util.ArrayList;
import java.util.Arrays;
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
        for (FieldColumn field : table.fields()) {
            reader.field(field.column(), positions(trace, field));
        }
        reader.common();
        return reader.columns;
    }

    /// Position of a field in each type of the trace, -1 where that has none.
    private static int[] positions(Trace trace, FieldColumn field) {
        int[] positions = new int[trace.types().size()];
        Arrays.fill(positions, -1);
        field.field().forEach((type, position) -> positions[type] = position);
        return positions;
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

    private void field(ColumnInfo column, int[] positions) {
        switch (column.type()) {
            case BIGINT -> field(column, Numbers.Meaning.SIGNED, positions);
            case UBIGINT -> field(column, Numbers.Meaning.UNSIGNED, positions);
            case BOOLEAN -> field(column, Numbers.Meaning.FLAG, positions);
            case VARCHAR ->
                    text(
                            column.name(),
                            event -> value(event, positions) instanceof String text ? text : null);
            case BLOB ->
                    columns.add(
                            new Bytes(
                                    column.name(),
                                    event ->
                                            value(event, positions) instanceof byte[] bytes
                                                    ? bytes
                                                    : null));
        }
    }

    private static @Nullable Object value(EventCursor event, int[] positions) {
        int field = positions[event.typeIndex()];
        return field < 0 ? null : event.value(field);
    }

    private void field(ColumnInfo column, Numbers.Meaning meaning, int[] positions) {
        columns.add(
                new Numbers(
                        column.name(),
                        meaning,
                        event -> event.longValue(positions[event.typeIndex()]),
                        event -> {
                            int field = positions[event.typeIndex()];
                            return field < 0 || !event.isPresent(field);
                        }));
    }

    private void number(
            String name, ToLongFunction<EventCursor> value, Predicate<EventCursor> isAbsent) {
        columns.add(new Numbers(name, Numbers.Meaning.SIGNED, value, isAbsent));
    }

    private void text(String name, Function<EventCursor, @Nullable String> value) {
        columns.add(new Texts(name, value));
    }
}
