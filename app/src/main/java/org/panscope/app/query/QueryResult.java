package org.panscope.app.query;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.QueryRun;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// An answer as the window shows it.
///
/// @param hasMore whether there are more rows than these
/// @param elapsedNs from the question to the last row
public record QueryResult(
        List<QueryRun.Column> columns, List<Row> rows, boolean hasMore, long elapsedNs) {
    /// Column with the place of a row.
    private static final String CURSOR = "cursor";

    /// Column with the event of a row.
    private static final String SEQ = "seq";

    /// One row.
    ///
    /// @param values one a column
    public record Row(List<@Nullable Object> values) {
        static Row of(@Nullable Object[] values) {
            return new Row(Collections.unmodifiableList(Arrays.<@Nullable Object>asList(values)));
        }

        /// Text of a value; NULL is spelt out.
        String text(int column) {
            Object value = values.get(column);
            return value == null ? "NULL" : CellText.of(value);
        }
    }

    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// The cursor a row leads to, as text, or null when it has no place.
    public @Nullable String cursorOf(Row row) {
        Object cursor = valueOf(row, CURSOR);
        if (cursor instanceof String text) {
            return text;
        }
        return valueOf(row, SEQ) instanceof Long seq ? "#" + (seq + 1) : null;
    }

    private @Nullable Object valueOf(Row row, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return row.values().get(i);
            }
        }
        return null;
    }

    /// Rows as CSV with a head.
    public String csv(List<Row> chosen) {
        StringWriter text = new StringWriter();
        try {
            write(ResultWriter.Format.CSV, chosen, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// Writes rows in a form.
    void write(ResultWriter.Format format, List<Row> chosen, Writer out) throws IOException {
        ResultWriter writer = format.on(out);
        writer.begin(columns);
        for (Row row : chosen) {
            writer.row(row.values().toArray());
        }
        writer.end();
    }
}
