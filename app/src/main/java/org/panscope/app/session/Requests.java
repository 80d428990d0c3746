package org.panscope.app.session;

import java.util.concurrent.atomic.AtomicLong;

/// Numbers the requests for one kind of result, so that an answer overtaken by a newer question is
/// thrown away.
public final class Requests {
    private final AtomicLong latest = new AtomicLong();

    /// Starts a request; all earlier ones are stale from here on.
    public long next() {
        return latest.incrementAndGet();
    }

    public boolean isLatest(long request) {
        return latest.get() == request;
    }
}
