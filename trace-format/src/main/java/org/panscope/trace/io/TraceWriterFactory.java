package org.panscope.trace.io;

import java.io.IOException;

/// Opens the writer of an import once the importer knows what to put into the header.
@FunctionalInterface
public interface TraceWriterFactory {
    /// Opens a trace.
    ///
    /// @param header what the capture says about itself
    /// @return a writer without events; the importer closes it
    TraceWriter open(TraceHeader header) throws IOException;
}
