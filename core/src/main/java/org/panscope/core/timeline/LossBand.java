package org.panscope.core.timeline;

import org.panscope.trace.quality.Loss;

/// A stretch of time in which events are missing: from the last event before the loss to the first
/// one after it. For a loss on one CPU, those are events of that CPU.
///
/// @param row id of the CPU's row, or -1 for a loss that concerns no CPU in particular
public record LossBand(long fromNs, long toNs, Loss loss, int row) {}
