package org.panscope.core.sql;

import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;
import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Events as a table function: DuckDB asks for a few thousand rows at a time, in order, so that no
/// more than those is ever in heap.
final class EventRows implements DuckDBTableFunction<Object, Object, Object> {
    private static final Object NO_STATE = new Object();

    private final Trace trace;
    private final List<ColumnBuffer> columns;
    private final boolean[] isWanted;
    private final LoadProgress progress;
    private @Nullable EventCursor cursor;

    private EventRows(
            Trace trace, List<ColumnBuffer> columns, boolean[] isWanted, LoadProgress progress) {
        this.trace = trace;
        this.columns = List.copyOf(columns);
        this.isWanted = isWanted;
        this.progress = progress;
    }

    static EventRows ofAll(Trace trace, List<ColumnBuffer> columns, LoadProgress progress) {
        boolean[] isWanted = new boolean[trace.types().size()];
        Arrays.fill(isWanted, true);
        return new EventRows(trace, columns, isWanted, progress);
    }

    /// @param types positions of the types wanted
    static EventRows ofTypes(
            Trace trace, List<ColumnBuffer> columns, List<Integer> types, LoadProgress progress) {
        boolean[] isWanted = new boolean[trace.types().size()];
        types.forEach(type -> isWanted[type] = true);
        return new EventRows(trace, columns, isWanted, progress);
    }

    @Override
    public Object bind(DuckDBTableFunctionBindInfo info) {
        for (ColumnBuffer column : columns) {
            info.addResultColumn(column.name(), column.javaType());
        }
        return NO_STATE;
    }

    @Override
    public Object init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        cursor = trace.cursor(0);
        return NO_STATE;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output) {
        EventCursor events = cursor;
        if (events == null) {
            return 0;
        }
        if (progress.isCancelled()) {
            throw new CancellationException("cancelled");
        }
        int capacity = Math.toIntExact(output.capacity());
        columns.forEach(column -> column.begin(capacity));
        int rows = 0;
        while (rows < capacity && next(events)) {
            for (ColumnBuffer column : columns) {
                column.read(events, rows);
            }
            rows++;
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).flush(output.vector(i), rows);
        }
        progress.reached(events.seq());
        return rows;
    }

    private boolean next(EventCursor events) {
        while (events.next()) {
            if (isWanted[events.typeIndex()]) {
                return true;
            }
        }
        cursor = null;
        return false;
    }
}
