/// Reads `trace.dat`, the binary file of trace-cmd, versions 6 and 7.
///
/// [org.panscope.trace.tracedat.DatContents] finds the parts of a file,
/// [org.panscope.trace.tracedat.CpuRecords] takes ring-buffer pages apart,
/// [org.panscope.trace.tracedat.RecordDecoder] turns records into fields by the file's own event
/// formats, and [org.panscope.trace.tracedat.DatImporter] merges the CPUs into one trace.
@NullMarked
package org.panscope.trace.tracedat;

import org.jspecify.annotations.NullMarked;
