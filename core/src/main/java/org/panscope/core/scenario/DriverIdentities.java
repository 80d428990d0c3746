package org.panscope.core.scenario;

import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Group;
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
        Group group = device.group(fileId, handle);
        return group == null ? UNKNOWN : group.gid();
    }

    @Override
    public long bufferObject(int fileId, int handle) {
        GemObject object = device.object(fileId, handle);
        return object == null ? UNKNOWN : object.id();
    }

    @Override
    public long vm(int fileId, int handle) {
        GpuVm vm = device.vm(fileId, handle);
        return vm == null ? UNKNOWN : vm.id();
    }

    @Override
    public long eventfd(EventFd eventfd) {
        return eventfd instanceof EventFdContext context ? context.id() : UNKNOWN;
    }
}
