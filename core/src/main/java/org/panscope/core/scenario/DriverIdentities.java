package org.panscope.core.scenario;

import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.ioctl.PanthorDevice;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.user.Identities;

/// Looks identities up in the driver, for events that clients record about their own stores.
final class DriverIdentities implements Identities {
    private final PanthorDevice device;

    DriverIdentities(PanthorDevice device) {
        this.device = device;
    }

    @Override
    public long group(int fileId, int handle) {
        return UNKNOWN;
    }

    @Override
    public long bufferObject(int fileId, int handle) {
        return UNKNOWN;
    }

    @Override
    public long vm(int fileId, int handle) {
        return UNKNOWN;
    }

    @Override
    public long eventfd(EventFd eventfd) {
        return eventfd instanceof EventFdContext context ? context.id() : UNKNOWN;
    }
}
