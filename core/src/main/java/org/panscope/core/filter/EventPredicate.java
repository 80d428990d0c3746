package org.panscope.core.filter;

import org.panscope.trace.io.EventCursor;

/// A filter made ready for one trace. Looks at columns, makes no object per event; use from one
/// thread.
@FunctionalInterface
public interface EventPredicate {
    /// Whether the event under the cursor passes.
    boolean test(EventCursor event);
}
