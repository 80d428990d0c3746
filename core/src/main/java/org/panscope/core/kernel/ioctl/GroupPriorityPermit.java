package org.panscope.core.kernel.ioctl;

import org.panscope.core.uapi.Errno;

/// Which group priorities a process may use.
///
/// The v6.11 base asks for no capability and knows no REALTIME; the driver of 2026 wants
/// CAP_SYS_NICE for HIGH and above (that a DRM master may, too, is left out: a render node has
/// none).
///
/// kernel: panthor_drv.c: group_priority_permit, panthor_query_group_priorities_info
final class GroupPriorityPermit {
    private static final int MEDIUM = 1;
    private static final int HIGH = 2;
    private static final int REALTIME = 3;

    private GroupPriorityPermit() {}

    /// `group_priority_permit`.
    ///
    /// @return 0, EINVAL for a priority there is not, or EACCES
    static int check(PanthorFile file, int priority) {
        if (!file.kernel().driver().isMainline2026()) {
            return priority > HIGH ? Errno.EINVAL : 0;
        }
        if (priority > REALTIME) {
            return Errno.EINVAL;
        }
        return priority <= MEDIUM || file.credentials().capSysNice() ? 0 : Errno.EACCES;
    }

    /// Bit i set for each priority i that [#check] lets pass.
    static int mask(PanthorFile file) {
        int mask = 0;
        for (int priority = REALTIME; priority >= 0; priority--) {
            if (check(file, priority) == 0) {
                mask |= 1 << priority;
            }
        }
        return mask;
    }
}
