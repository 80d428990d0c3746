package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;

/// What is known of an XGS queue.
final class XgsQueueFacts {
    final long xq;
    int fileId = -1;
    @Nullable Integer vmId;
    boolean hasEventfd;
    long destroyedSeq = -1;

    XgsQueueFacts(long xq) {
        this.xq = xq;
    }

    ObjectId id() {
        return ObjectId.of("xgs-queue", xq);
    }
}
