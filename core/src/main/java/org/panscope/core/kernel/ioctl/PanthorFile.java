package org.panscope.core.kernel.ioctl;

import org.jspecify.annotations.Nullable;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.FdTable;
import org.panscope.core.kernel.base.HandleTable;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.drm.DrmSyncobj;
import org.panscope.core.kernel.mmu.DmaBuf;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupSpec;
import org.panscope.core.kernel.sched.GroupUsage;
import org.panscope.core.kernel.sched.Profiling;
import org.panscope.core.kernel.xgs.XgsOwner;
import org.panscope.core.kernel.xgs.XgsQueuePool;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.uapi.Mapping;
import org.panscope.core.uapi.OpenFile;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.KernelEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A `panthor_file`: an open render node with the handles of its process.
///
/// kernel: panthor_drv.c, panthor_open, panthor_postclose
public final class PanthorFile implements DeviceFile {
    static final int FIRST_FD = 3;
    private static final int MAX_VMS = 32;
    private static final long NS_PER_SECOND = 1_000_000_000;

    /// The architecture's timer.
    private static final long TIMER_HZ = 24_000_000;

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
    private final XgsQueuePool xgsQueues;
    private final FdTable fds = new FdTable(FIRST_FD + 1);
    private final IoctlEntry entry;
    private final MmapEntry mmap;
    private long userMmioOffset = MmapSpace.FLUSH_ID;
    private final long openedNs;
    private long closedNs = Long.MAX_VALUE;
    private final GroupSpec.Owner owner = new Struct();
    private final Credentials credentials;
    private final List<Mapping> mappings = new ArrayList<>();
    private boolean descriptorOpen = true;
    private int users = 1;
    private long usedCycles;
    private long usedTime;
    private boolean open = true;
    private int structReferences = 1;

    /// @param probed whether the device is ready; until then callers wait
    /// @param probeWaiters where they do
    public PanthorFile(
            DeviceContext device,
            int fileId,
            String process,
            UserMemory memory,
            Credentials credentials,
            BooleanSupplier probed,
            WaitQueue probeWaiters) {
        this.device = device;
        this.fileId = fileId;
        this.process = process;
        this.memory = memory;
        this.credentials = credentials;
        this.probed = probed;
        this.probeWaiters = probeWaiters;
        openedNs = kernel().sim().nowNs();
        track = TrackNames.process(kernel().sim(), process);
        xgsQueues = new XgsQueuePool(device.xgs(), new XgsOwner(fileId, process, track));
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
        if (!descriptorOpen) {
            return Errno.EBADF;
        }
        users++;
        awaitProbe();
        int ret = entry.call(request, argument);
        drop();
        return ret;
    }

    @Override
    public MmapResult mmap(long offset, long length, int prot) {
        if (!descriptorOpen) {
            return new MmapResult(Errno.EBADF, null);
        }
        users++;
        awaitProbe();
        MmapResult result = mmap.call(offset, length, prot);
        drop();
        return result;
    }

    @Override
    public EventFd eventfd() {
        EventFdContext eventfd =
                new EventFdContext(kernel().sim(), fds.next(), kernel().nextEventfd(), track);
        fds.install(eventfd);
        return eventfd;
    }

    @Override
    public int closeFd(int fd) {
        return fds.close(fd) ? 0 : Errno.EBADF;
    }

    @Override
    public @Nullable OpenFile sent(int fd) {
        return fds.get(fd);
    }

    @Override
    public int received(OpenFile file) {
        return fds.install(file);
    }

    @Override
    public long sizeOf(int fd) {
        OpenFile file = fds.get(fd);
        if (file == null) {
            return Errno.EBADF;
        }
        return file instanceof DmaBuf dmaBuf ? dmaBuf.object().sizeBytes() : Errno.ESPIPE;
    }

    @Override
    public void unmapAll() {
        for (Mapping mapping : List.copyOf(mappings)) {
            mapping.unmap();
        }
    }

    /// The descriptor goes; the file lives on while something of it is mapped or a call is in it.
    @Override
    public void close() {
        if (descriptorOpen) {
            descriptorOpen = false;
            awaitProbe();
            drop();
        }
    }

    /// A mapping holds the file, as `vma->vm_file` does.
    void get(Mapping mapping) {
        mappings.add(mapping);
        users++;
    }

    void put(Mapping mapping) {
        if (mappings.remove(mapping)) {
            drop();
        }
    }

    /// `fput`.
    private void drop() {
        users--;
        if (users == 0) {
            release();
        }
    }

    /// `drm_file_free`: what the DRM core keeps, then `panthor_postclose`: groups, XGS queues, VMs.
    /// Groups on a slot outlive it.
    private void release() {
        open = false;
        kernel().sim().emit(track, new KernelEvent.FileClose(fileId));
        for (Map.Entry<Integer, DrmSyncobj> syncobj : syncobjs.entries()) {
            syncobjs.remove(syncobj.getKey());
            syncobj.getValue().handleRemoved(new DrmSyncobj.Handle(fileId, syncobj.getKey()));
        }
        for (Map.Entry<Integer, GemObject> object : objects.entries()) {
            objects.remove(object.getKey());
            object.getValue().closed(fileId, object.getKey());
        }
        for (Map.Entry<Integer, Group> group : groups.entries()) {
            device.groups().destroy(groups, group.getKey());
        }
        xgsQueues.destroy();
        for (Map.Entry<Integer, GpuVm> vm : vms.entries()) {
            vms.remove(vm.getKey());
            vm.getValue().destroy();
        }
        closedNs = kernel().sim().nowNs();
        structReferences--;
    }

    /// What fdinfo says of GPU use: the engine's time, if timestamps are stored, and cycles.
    ///
    /// Simplified: without clock frequencies and sizes of memory.
    ///
    /// kernel: panthor_drv.c: panthor_gpu_show_fdinfo (v6.13)
    public List<String> fdinfo() {
        List<String> lines = new ArrayList<>();
        int mask = device.sched().profiling().mask();
        for (Group group : groups.values()) {
            GroupUsage.Sample sample = group.usage().take();
            usedCycles += sample.cycles();
            usedTime += sample.time();
        }
        if ((mask & Profiling.TIMESTAMP) != 0) {
            lines.add("drm-engine-panthor: " + usedTime * NS_PER_SECOND / TIMER_HZ + " ns");
        }
        if ((mask & Profiling.CYCLES) != 0) {
            lines.add("drm-cycles-panthor: " + usedCycles);
        }
        return lines;
    }

    // ---- for ioctls and for projections

    public String process() {
        return process;
    }

    public boolean isOpen() {
        return open;
    }

    /// When it was opened, in virtual time.
    public long openedNs() {
        return openedNs;
    }

    /// When its memory was freed; `Long.MAX_VALUE` before.
    public long closedNs() {
        return closedNs;
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

    public XgsQueuePool xgsQueues() {
        return xgsQueues;
    }

    /// Eventfds of the process, by descriptor.
    public Map<Integer, EventFdContext> eventfds() {
        Map<Integer, EventFdContext> eventfds = new TreeMap<>();
        fds.all()
                .forEach((fd, file) -> {
                    if (file instanceof EventFdContext eventfd) {
                        eventfds.put(fd, eventfd);
                    }
                });
        return eventfds;
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

    /// Descriptor of the device file.
    int fd() {
        return FIRST_FD;
    }

    Credentials credentials() {
        return credentials;
    }

    /// What groups keep of it.
    GroupSpec.Owner owner() {
        return owner;
    }

    private final class Struct implements GroupSpec.Owner {
        @Override
        public int fileId() {
            return fileId;
        }

        @Override
        public String comm() {
            return process;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isFreed() {
            return structReferences == 0;
        }

        @Override
        public void get() {
            structReferences++;
        }

        @Override
        public void put() {
            structReferences--;
        }
    }

    /// Whether a descriptor is open in the process at all: 0 to 2, the device file, others.
    boolean hasFd(int fd) {
        return (fd >= 0 && fd <= FIRST_FD) || fds.get(fd) != null;
    }

    @Nullable EventFdContext eventfdAt(int fd) {
        return fds.get(fd) instanceof EventFdContext eventfd ? eventfd : null;
    }

    /// Descriptors of the process beside the device file itself.
    FdTable fds() {
        return fds;
    }

    /// The process is gone: descriptors of eventfds, syncobjs, sync_files and dma-bufs are closed.
    /// The device file itself is closed by [#close].
    public void closeDescriptors() {
        fds.closeAll();
    }

    /// Where it maps registers.
    long userMmioOffset() {
        return userMmioOffset;
    }

    void setUserMmioOffset(long offset) {
        userMmioOffset = offset;
    }

    private void awaitProbe() {
        if (!probed.getAsBoolean()) {
            probeWaiters.await(probed, WaitQueue.FOREVER);
        }
    }
}
