package org.panscope.core.kernel.base;

/// Whose header numbers the ioctls. The RFC and mainline gave 13 to 17 different meanings, so the
/// number alone says nothing.
public enum UapiDialect {
    /// The series: GROUP_KICK, XGS_QUEUE_*, SYNC_UPDATE, and flags of GROUP_CREATE.
    RFC_USERSUBMIT_V1,
    /// Mainline: BO_SET_LABEL, SET_USER_MMIO_OFFSET, BO_SYNC, BO_QUERY_INFO; no user submission.
    MAINLINE
}
