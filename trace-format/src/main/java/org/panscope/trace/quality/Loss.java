package org.panscope.trace.quality;

import org.jspecify.annotations.Nullable;

/// Something the trace should hold and does not: a lost-events mark, an undecodable line, a cut
/// file.
///
/// @param reason short machine-readable word such as `ring-overrun`, `unparsed-line`, `truncated`
/// @param message one sentence for a person, naming file, offset or line and cause
/// @param count how many events were lost, or null when nobody knows
/// @param cpu the CPU concerned, or null
/// @param line 1-based line of a text source, or null
/// @param offset byte offset in the source, or null
/// @param beforeSeq the loss happened before the event with this sequence number
public record Loss(
        String reason,
        String message,
        @Nullable Long count,
        @Nullable Integer cpu,
        @Nullable Long line,
        @Nullable Long offset,
        long beforeSeq) {}
