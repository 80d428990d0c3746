package org.panscope.core.analysis.rules;

import org.jspecify.annotations.Nullable;
import org.panscope.core.state.ObjectId;
import org.panscope.trace.event.FenceEvent.FenceKind;

/// What is known of a dma_fence.
final class FenceFacts {
    final ObjectId id;
    final FenceKind kind;
    final String timeline;
    @Nullable Long job;
    long initSeq = -1;

    /// The first time it was handed out to somebody who can wait for it.
    long publishedSeq = -1;

    long publishedNs;
    @Nullable String publishedTo;
    long signaledSeq = -1;
    int error;

    FenceFacts(ObjectId id, FenceKind kind, String timeline) {
        this.id = id;
        this.kind = kind;
        this.timeline = timeline;
    }

    boolean isPublished() {
        return publishedSeq >= 0;
    }

    boolean isSignaled() {
        return signaledSeq >= 0;
    }
}
