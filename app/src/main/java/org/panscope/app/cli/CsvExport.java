package org.panscope.app.cli;

import org.panscope.trace.io.EventCursor;
import org.panscope.trace.io.Trace;
import org.panscope.trace.json.CsvEventFormat;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// Events as CSV, one a record, as [CsvEventFormat] lays them out.
final class CsvExport implements TextExport {
    @Override
    public String label() {
        return "csv";
    }

    @Override
    public List<String> write(Trace trace, Writer out, Options options) throws IOException {
        CsvEventFormat format = new CsvEventFormat(trace.tracks());
        out.write(CsvEventFormat.HEADER);
        out.write('\n');
        EventCursor cursor = trace.cursor(0);
        while (cursor.next()) {
            out.write(format.line(cursor.event()));
            out.write('\n');
        }
        return trace.losses().isEmpty()
                ? List.of()
                : List.of("what this trace lost (see info) is not told in the table");
    }
}
