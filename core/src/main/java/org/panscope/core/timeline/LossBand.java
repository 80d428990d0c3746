package org.panscope.core.timeline;

import org.panscope.trace.quality.Loss;

/// A stretch of time in which events are missing: from the last event before the loss to the first
/// one after it.
public record LossBand(long fromNs, long toNs, Loss loss) {}
