package org.panscope.app.open;

import org.panscope.core.state.StateHistory;
import org.panscope.trace.io.Trace;

import java.nio.file.Path;
import java.util.List;

/// A trace ready to be looked at.
///
/// @param path the file it came from
/// @param format what the file turned out to be, for people: `Panscope trace`, `ftrace text`, ...
/// @param trace the events
/// @param states the reduced states; safe for several threads
/// @param problems what went wrong while the trace was made, one sentence each
/// @param release closes the trace and removes what was made for it
public record TraceDocument(
        Path path,
        String format,
        Trace trace,
        StateHistory states,
        List<String> problems,
        Runnable release)
        implements AutoCloseable {

    public TraceDocument {
        problems = List.copyOf(problems);
    }

    /// A trace that needs nothing but to be closed.
    public TraceDocument(Path path, String format, Trace trace, StateHistory states) {
        this(path, format, trace, states, List.of(), trace::close);
    }

    /// Name shown in titles and lists.
    public String name() {
        Path file = path.getFileName();
        return file == null ? path.toString() : file.toString();
    }

    @Override
    public void close() {
        release.run();
    }
}
