package org.panscope.core.kernel.xgs;

/// The open file that XGS queues belong to.
///
/// @param fileId its number in the trace
/// @param process comm of the process that opened it
/// @param track lane of its events
public record XgsOwner(int fileId, String process, int track) {}
