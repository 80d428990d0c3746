package org.panscope.app.shell;

import org.panscope.app.open.FileChoice;
import org.panscope.app.open.TraceOpener;
import org.panscope.app.session.Worker;

/// What the window needs from outside; tests bring their own.
///
/// @param opener opens files
/// @param chooser asks for a file
/// @param memory remembers between starts
/// @param worker runs long work
/// @param quit ends the program
public record WindowServices(
        TraceOpener opener,
        FileChoice chooser,
        WindowMemory memory,
        Worker worker,
        Runnable quit) {}
