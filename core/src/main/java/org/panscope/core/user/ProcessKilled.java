package org.panscope.core.user;

/// Unwinds a thread of a process that was sent a signal that ends it. Thrown where a thread is in
/// user mode, never in the middle of a system call.
public final class ProcessKilled extends Error {
    private static final long serialVersionUID = 1L;

    public ProcessKilled() {
        super("the process was killed", null, false, false);
    }
}
