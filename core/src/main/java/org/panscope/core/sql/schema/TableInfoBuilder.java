package org.panscope.core.sql.schema;

import java.util.ArrayList;
import java.util.List;

/// Lists the columns of a table one after the other.
public final class TableInfoBuilder {
    private final String name;
    private final String part;
    private final String doc;
    private final List<ColumnInfo> columns = new ArrayList<>();

    public TableInfoBuilder(String name, String part, String doc) {
        this.name = name;
        this.part = part;
        this.doc = doc;
    }

    public TableInfoBuilder number(String column, String columnDoc) {
        return column(column, ColumnType.BIGINT, columnDoc);
    }

    public TableInfoBuilder address(String column, String columnDoc) {
        return column(column, ColumnType.UBIGINT, columnDoc);
    }

    public TableInfoBuilder flag(String column, String columnDoc) {
        return column(column, ColumnType.BOOLEAN, columnDoc);
    }

    public TableInfoBuilder text(String column, String columnDoc) {
        return column(column, ColumnType.VARCHAR, columnDoc);
    }

    /// A moment: the event and its time, as `NAME_seq` and `NAME_t`.
    public TableInfoBuilder place(String column, String columnDoc) {
        return number(column + "_seq", columnDoc).number(column + "_t", "its time, ns");
    }

    /// Where a jump from the row goes.
    public TableInfoBuilder cursor() {
        return text("cursor", "where a jump from this row goes");
    }

    public TableInfoBuilder column(String column, ColumnType type, String columnDoc) {
        columns.add(new ColumnInfo(column, type, columnDoc));
        return this;
    }

    public TableInfo build() {
        return new TableInfo(name, part, doc, columns);
    }
}
