package org.panscope.core.uapi;

/// `/dev/dri/renderD128` of the emulated machine.
public interface DeviceNode {
    /// Opens it for a process.
    ///
    /// @param processName comm of the process, for the kernel's messages
    /// @param memory where the pointers in ioctl arguments point
    /// @param credentials what the process may
    DeviceFile open(String processName, UserMemory memory, Credentials credentials);

    /// Opens it for an ordinary application.
    default DeviceFile open(String processName, UserMemory memory) {
        return open(processName, memory, Credentials.ORDINARY);
    }
}
