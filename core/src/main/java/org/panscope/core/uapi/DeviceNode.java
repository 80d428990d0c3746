package org.panscope.core.uapi;

/// `/dev/dri/renderD128` of the emulated machine.
public interface DeviceNode {
    /// Opens it for a process.
    ///
    /// @param processName comm of the process, for the kernel's messages
    /// @param memory where the pointers in ioctl arguments point
    DeviceFile open(String processName, UserMemory memory);
}
