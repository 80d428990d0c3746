package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupSpec;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.KernelEvent;
import org.panscope.trace.event.XgsEvent.RecheckCause;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A `panthor_file`: an open render node with the handles of its process.
///
/// kernel: panthor_drv.c, panthor_open, panthor_postclose
public final class PanthorFile implements DeviceFile {
    static final int FIRST_FD = 3;
    private static final int MAX_VMS = 32;
    private static final int MAX_XGS_QUEUES = 128;

    private final DeviceContext device;
    private final int fileId;
    private final String process;
    private final UserMemory memory;
    private final BooleanSupplier probed;
    private final WaitQueue probeWaiters;
    private final int track;
    private final HandleTable<GpuVm> vms = new HandleTable<>(MAX_VMS);
    private final HandleTable<Group> groups = new HandleTable<>(MmapSpace.MAX_GROUPS);
    private final HandleTable<GemObject> objects = new HandleTable<>(Integer.MAX_VALUE);
    private final HandleTable<DrmSyncobj> syncobjs = new HandleTable<>(Integer.MAX_VALUE);
    private final HandleTable<XgsQueue> xgsQueues = new HandleTable<>(MAX_XGS_QUEUES);
    private final TreeMap<Integer, EventFdContext> eventfds = new TreeMap<>();
    private final IoctlEntry entry;
    private final MmapEntry mmap;
    private int nextFd = FIRST_FD + 1;
    private boolean open = true;

    /// @param probed whether the device is ready; until then callers wait
    /// @param probeWaiters where they do
    public PanthorFile(
            DeviceContext device,
            int fileId,
            String process,
            UserMemory memory,
            BooleanSupplier probed,
            WaitQueue probeWaiters) {
        this.device = device;
        this.fileId = fileId;
        this.process = process;
        this.memory = memory;
        this.probed = probed;
        this.probeWaiters = probeWaiters;
        track = TrackNames.process(kernel().sim(), process);
        entry = new IoctlEntry(this);
        mmap = new MmapEntry(this);
        kernel().sim().emit(track, new KernelEvent.FileOpen(fileId, fileId, process));
    }

    // ---- what a process does

    @Override
    public int fileId() {
        return fileId;
    }

    @Override
    public int ioctl(int request, byte[] argument) {
        awaitProbe();
        return entry.call(request, argument);
    }

    @Override
    public MmapResult mmap(long offset, long length, int prot) {
        awaitProbe();
        return mmap.call(offset, length, prot);
    }

    @Override
    public EventFd eventfd() {
        EventFdContext eventfd =
                new EventFdContext(kernel().sim(), nextFd++, kernel().nextEventfd(), track);
        eventfds.put(eventfd.fd(), eventfd);
        return eventfd;
    }

    /// Closes groups first, then VMs, then the rest; groups on a slot outlive the file.
    @Override
    public void close() {
        awaitProbe();
        open = false;
        kernel().sim().emit(track, new KernelEvent.FileClose(fileId));
        for (Map.Entry<Integer, Group> group : groups.entries()) {
            device.groups().destroy(groups, group.getKey());
        }
        for (Map.Entry<Integer, XgsQueue> queue : xgsQueues.entries()) {
            xgsQueues.remove(queue.getKey());
            queue.getValue().destroy();
        }
        for (Map.Entry<Integer, GpuVm> vm : vms.entries()) {
            vms.remove(vm.getKey());
            vm.getValue().destroy();
        }
        for (Map.Entry<Integer, DrmSyncobj> syncobj : syncobjs.entries()) {
            syncobjs.remove(syncobj.getKey());
            syncobj.getValue().destroyed();
        }
        for (Map.Entry<Integer, GemObject> object : objects.entries()) {
            objects.remove(object.getKey());
            object.getValue().put();
        }
    }

    // ---- for ioctls and for projections

    public String process() {
        return process;
    }

    public boolean isOpen() {
        return open;
    }

    public HandleTable<GpuVm> vms() {
        return vms;
    }

    public HandleTable<Group> groups() {
        return groups;
    }

    public HandleTable<GemObject> objects() {
        return objects;
    }

    public HandleTable<DrmSyncobj> syncobjs() {
        return syncobjs;
    }

    public HandleTable<XgsQueue> xgsQueues() {
        return xgsQueues;
    }

    public Map<Integer, EventFdContext> eventfds() {
        return eventfds;
    }

    /// Evaluates its XGS queues again because of something a group's firmware reported.
    public void recheckXgsQueues(RecheckCause cause, long gid) {
        XgsIoctls.recheck(this, cause, gid);
    }

    DeviceContext device() {
        return device;
    }

    KernelContext kernel() {
        return device.kernel();
    }

    UserMemory memory() {
        return memory;
    }

    int track() {
        return track;
    }

    GroupSpec.Owner owner() {
        return new GroupSpec.Owner(fileId, process, () -> open);
    }

    /// Whether a descriptor is open in the process at all: 0 to 2, the device file, eventfds.
    boolean hasFd(int fd) {
        return (fd >= 0 && fd <= FIRST_FD) || eventfds.containsKey(fd);
    }

    @Nullable EventFdContext eventfdAt(int fd) {
        return eventfds.get(fd);
    }

    private void awaitProbe() {
        if (!probed.getAsBoolean()) {
            probeWaiters.await(probed, WaitQueue.FOREVER);
        }
    }
}
