package org.panscope.trace.ftrace;

/// What an import did.
///
/// @param lines lines read
/// @param events events written
/// @param losses losses reported
/// @param cancelled whether it was stopped before the end
public record ImportSummary(long lines, long events, long losses, boolean cancelled) {}
