package org.panscope.app.query;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.QueryRun;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/// A result as CSV (RFC 4180, lines end with a newline). NULL is an empty field, an empty text is
/// `""`.
final class CsvResult implements ResultWriter {
    private final Writer out;

    CsvResult(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<QueryRun.Column> columns) throws IOException {
        line(columns.stream().map(column -> quoted(column.name())).toList());
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        List<String> fields = new ArrayList<>();
        for (Object value : values) {
            fields.add(value == null ? "" : quoted(CellText.of(value)));
        }
        line(fields);
    }

    private void line(List<String> fields) throws IOException {
        out.write(String.join(",", fields));
        out.write('\n');
    }

    private static String quoted(String text) {
        boolean isPlain =
                !text.isEmpty()
                        && text.chars()
                                .noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end() {
        // The last line is complete.
    }
}
