package org.panscope.app.query;

import org.jspecify.annotations.Nullable;
import org.panscope.core.sql.QueryRun;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/// Writes the rows of a result in one form. The writer below is not closed.
public interface ResultWriter {
    void begin(List<QueryRun.Column> columns) throws IOException;

    /// Writes one row.
    ///
    /// @param values one a column: null, a boolean, a number or text
    void row(@Nullable Object[] values) throws IOException;

    void end() throws IOException;

    /// Forms a result can have.
    enum Format {
        TABLE,
        CSV,
        JSON,
        JSONL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        public ResultWriter on(Writer out) {
            return switch (this) {
                case TABLE -> new TableResult(out);
                case CSV -> new CsvResult(out);
                case JSON -> new JsonResult(out, false);
                case JSONL -> new JsonResult(out, true);
            };
        }
    }
}
