package org.panscope.core.user.program;

/// A program of a process that uses the GPU. It runs in a thread of the process, from opening the
/// device to closing it.
@FunctionalInterface
public interface GpuProgram {
    void run() throws ProgramFailure;
}
