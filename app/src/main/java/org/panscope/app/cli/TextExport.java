package org.panscope.app.cli;

import org.panscope.trace.io.Trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A format that is text.
interface TextExport extends ExportFormat {
    /// Writes a trace as text.
    ///
    /// @return as [ExportFormat#write(Trace, OutputStream, Options)]
    /// @throws IOException as there
    List<String> write(Trace trace, Writer out, Options options) throws IOException;

    @Override
    default List<String> write(Trace trace, OutputStream out, Options options) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<String> remarks = write(trace, text, options);
        text.flush();
        return remarks;
    }
}
