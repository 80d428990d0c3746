package org.panscope.core.timeline;

/// Names of CS_STATUS_BLOCKED_REASON (`panthor_fw.h`).
final class BlockedReason {
    /// Operations of the stream itself hold the scoreboard entries it waits for.
    static final int SCOREBOARD = 1;

    private static final String[] NAMES = {
        "unblocked", "scoreboard", "progress", "sync wait", "deferred", "resource", "flush"
    };

    private BlockedReason() {}

    static String name(int reason) {
        return reason >= 0 && reason < NAMES.length ? NAMES[reason] : "reason " + reason;
    }
}
