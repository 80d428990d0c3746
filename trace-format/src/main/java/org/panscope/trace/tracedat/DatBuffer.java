package org.panscope.trace.tracedat;

import java.util.List;

/// A ring buffer of the kernel: the top one or an instance.
///
/// @param name empty for the top one
/// @param clock such as `local`, empty when the file does not say
/// @param pageBytes bytes of a sub-buffer
/// @param compressed whether data are chunks to be unpacked
/// @param cpus where the data of each CPU are
record DatBuffer(String name, String clock, int pageBytes, boolean compressed, List<Cpu> cpus) {
    /// @param cpu its number
    /// @param file where its data are
    /// @param offset of its data in the file
    /// @param size bytes of its data in the file
    record Cpu(int cpu, DatBytes file, long offset, long size) {}
}
