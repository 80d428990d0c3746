package org.panscope.app.open;

import org.panscope.core.state.StateHistory;
import org.panscope.trace.io.Trace;

import java.nio.file.Path;

/// A trace ready to be looked at.
///
/// @param path the file it came from
/// @param format what the file turned out to be, for people: `Panscope trace`, `ftrace text`, ...
/// @param trace the events
/// @param states the reduced states; safe for several threads
public record OpenedTrace(Path path, String format, Trace trace, StateHistory states)
        implements AutoCloseable {

    /// Name shown in titles and lists.
    public String name() {
        Path file = path.getFileName();
        return file == null ? path.toString() : file.toString();
    }

    @Override
    public void close() {
        trace.close();
    }
}
