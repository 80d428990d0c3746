package org.panscope.core.sql.derived;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.schema.TableInfo;

/// One row while it is filled, by names of columns.
final class Row {
    private final TableInfo table;
    private final @Nullable Object[] values;

    Row(TableInfo table) {
        this.table = table;
        values = new @Nullable Object[table.columns().size()];
    }

    Row put(String column, @Nullable Object value) {
        values[index(column)] = value;
        return this;
    }

    /// Sets `NAME_seq` and `NAME_t`.
    Row place(String column, @Nullable Moment moment) {
        put(column + "_seq", moment == null ? null : moment.seq());
        return put(column + "_t", moment == null ? null : moment.timeNs());
    }

    /// As [#place], unless that is known already.
    Row first(String column, Moment moment) {
        return has(column + "_seq") ? this : place(column, moment);
    }

    Row cursor(Moment moment) {
        return put("cursor", moment.cursor());
    }

    boolean has(String column) {
        return values[index(column)] != null;
    }

    @Nullable Object get(String column) {
        return values[index(column)];
    }

    void writeTo(RowOutput output) {
        output.row(values);
    }

    private int index(String column) {
        int index = table.columnIndex(column);
        if (index < 0) {
            throw new IllegalArgumentException("table=" + table.name() + " column=" + column);
        }
        return index;
    }
}
