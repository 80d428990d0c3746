package org.panscope.core.user;

/// How a client tells the firmware, or the kernel, that it stored a new INSERT (`user-submission`
/// protocol of RFC 20240828172605.19176, cover letter and patch 4/8).
public enum Notify {
    /// Looks at ACTIVE: rings the doorbell when it is set, kicks when it is not.
    ACTIVE,
    /// Rings the doorbell, then looks at ACTIVE and EXTRACT and kicks when neither shows that the
    /// firmware noticed. Closes the window in which the group leaves its slot between the look and
    /// the ring.
    RING,
    /// Kicks.
    KICK,
    /// Tells nobody.
    NONE
}
