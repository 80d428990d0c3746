package org.panscope.app.cli;

import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceCopy;
import org.panscope.trace.json.JsonlWriter;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// JSON Lines, the text twin of the container: reading it again gives the same trace.
final class JsonlExport implements TextExport {
    @Override
    public String label() {
        return "jsonl";
    }

    @Override
    public List<String> write(Trace trace, Writer out, Options options) throws IOException {
        try (JsonlWriter writer = JsonlWriter.create(new StaysOpen(out), trace.header())) {
            TraceCopy.copy(trace, writer);
        }
        return List.of();
    }

    /// The output belongs to the command.
    private static final class StaysOpen extends FilterWriter {
        StaysOpen(Writer out) {
            super(out);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
