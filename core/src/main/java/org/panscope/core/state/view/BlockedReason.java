package org.panscope.core.state.view;

/// Names of CS_STATUS_BLOCKED_REASON, as `panthor_fw.h` gives them.
public final class BlockedReason {
    private static final String[] NAMES = {
        "unblocked", "scoreboard", "progress", "sync wait", "deferred", "resource", "flush"
    };

    private BlockedReason() {}

    /// The name, or the number of a reason nobody named.
    public static String name(int reason) {
        return reason >= 0 && reason < NAMES.length ? NAMES[reason] : "reason " + reason;
    }
}
