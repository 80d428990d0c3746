package org.panscope.app.cli;

import org.panscope.core.export.PerfettoExport;
import org.panscope.trace.io.Trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A Perfetto trace, for ui.perfetto.dev and for Panscope itself, which finds everything in it
/// again.
final class PerfettoFile implements ExportFormat {
    @Override
    public String label() {
        return "perfetto";
    }

    @Override
    public List<String> write(Trace trace, OutputStream out, Options options) throws IOException {
        PerfettoExport.write(trace, out);
        return List.of();
    }
}
