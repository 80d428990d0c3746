package org.panscope.core.uapi;

/// What a process is allowed, as far as the driver asks.
///
/// @param capSysNice CAP_SYS_NICE: it may create groups of priority HIGH and REALTIME
public record Credentials(boolean capSysNice) {
    /// An ordinary application. On a render node nobody is DRM master.
    public static final Credentials ORDINARY = new Credentials(false);
}
