package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
import org.panscope.core.hw.InterruptLine;
import org.panscope.core.hw.Registers;
import org.panscope.core.kernel.base.DeviceReset;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.base.RuntimePm;
import org.panscope.core.kernel.drm.DmaFence;
import org.panscope.core.kernel.fwhost.FirmwareHost;
import org.panscope.core.kernel.heap.HeapPools;
import org.panscope.core.kernel.ioctl.DeviceContext;
import org.panscope.core.kernel.ioctl.MmapSpace;
import org.panscope.core.kernel.ioctl.MmioMappings;
import org.panscope.core.kernel.ioctl.PanthorFile;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GemShrinker;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.kernel.mmu.VmBindJob;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.kernel.sched.GroupFactory;
import org.panscope.core.kernel.sched.GroupOperations;
import org.panscope.core.kernel.sched.PanthorJob;
import org.panscope.core.kernel.sched.Scheduler;
import org.panscope.core.kernel.sched.SchedulerHooks;
import org.panscope.core.kernel.xgs.XgsDevice;
import org.panscope.core.kernel.xgs.XgsJob;
import org.panscope.core.kernel.xgs.XgsQueue;
import org.panscope.core.kernel.xgs.XgsQueuePool;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Simulation;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Credentials;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.DeviceNode;
import org.panscope.core.uapi.UserMemory;
import org.panscope.trace.event.KernelEvent.ZapCause;
import org.panscope.trace.event.SchedEvent.PmOwner;
import org.panscope.trace.event.XgsEvent.RecheckCause;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// The driver bound to a GPU: what `panthor_device` holds together, and the render node. It probes
/// in a thread of its own when the simulation starts; callers wait for that.
///
/// kernel: panthor_device.c, panthor_device_init (v6.11, with the RFC's additions)
public final class PanthorDevice implements DeviceNode {
    private final KernelContext kernel;
    private final AddressSpaces addressSpaces;
    private final FirmwareHost firmware;
    private final RuntimePm pm;
    private final HeapPools heaps;
    private final Scheduler sched;
    private final DeviceContext context;
    private final Actor probeActor;
    private final WaitQueue probeWaiters;
    private final List<PanthorFile> files = new ArrayList<>();
    private boolean probed;

    /// @param listener told which VM owns which address space
    public PanthorDevice(
            Simulation sim,
            PhysicalMemory memory,
            Registers registers,
            InterruptLine job,
            InterruptLine mmu,
            InterruptLine gpu,
            KernelParameters parameters,
            AddressSpaces.Listener listener) {
        kernel =
                new KernelContext(
                        sim,
                        memory,
                        parameters.timings(),
                        parameters.driver(),
                        parameters.tracepoints());
        probeActor = kernel.thread("probe", "work");
        probeWaiters = new WaitQueue(sim);
        addressSpaces = new AddressSpaces(kernel, registers, listener);
        FirmwareHost[] host = new FirmwareHost[1];
        sim.as(probeActor, () -> host[0] = new FirmwareHost(kernel, registers, addressSpaces));
        firmware = host[0];
        MmioMappings mmio = new MmioMappings(kernel);
        DevicePower power =
                new DevicePower(kernel, registers, job, mmu, gpu, firmware, addressSpaces, mmio);
        pm = new RuntimePm(kernel, power);
        heaps = new HeapPools(kernel, registers);
        sched =
                new Scheduler(
                        kernel,
                        registers,
                        firmware,
                        addressSpaces,
                        pm,
                        heaps,
                        new Hooks(power, mmio));
        power.setScheduler(sched);
        ResetWork.connect(kernel, pm, power, addressSpaces, mmio, sched);
        MmapSpace mmapSpace = new MmapSpace();
        context =
                new DeviceContext(
                        kernel,
                        registers,
                        pm,
                        addressSpaces,
                        firmware,
                        heaps,
                        sched,
                        new GroupFactory(sched, mmapSpace),
                        new GroupOperations(sched),
                        mmapSpace,
                        mmio,
                        new XgsDevice(kernel, sched),
                        new GemShrinker(kernel));
        sim.as(probeActor, () -> sim.spawn(probeActor, 0, this::probe));
    }

    @Override
    public DeviceFile open(String processName, UserMemory memory, Credentials credentials) {
        PanthorFile file =
                new PanthorFile(
                        context,
                        files.size() + 1,
                        processName,
                        memory,
                        credentials,
                        () -> probed,
                        probeWaiters);
        files.add(file);
        return file;
    }

    private void probe() {
        int result = pm.resumeAndGet(PmOwner.IOCTL);
        if (result != 0) {
            kernel.log("panthor_probe", "probe failed with error " + result);
            return;
        }
        probed = true;
        probeWaiters.wakeAll();
        pm.put(PmOwner.IOCTL);
    }

    /// A write to the device attribute `profiling`.
    ///
    /// @return 0, -ENOENT where the driver has no such attribute, or -EINVAL
    public int storeProfiling(int mask) {
        return sched.profiling().store(mask);
    }

    // ---- the live machine, for projections

    public boolean isProbed() {
        return probed;
    }

    public RuntimePm pm() {
        return pm;
    }

    /// Whether a reset is asked for, and whether one goes on.
    public DeviceReset reset() {
        return kernel.reset();
    }

    /// Whether the device was given up.
    public boolean isUnplugged() {
        return kernel.drmDevice().isUnplugged();
    }

    public Scheduler scheduler() {
        return sched;
    }

    public FirmwareHost firmware() {
        return firmware;
    }

    public HeapPools heaps() {
        return heaps;
    }

    public AddressSpaces addressSpaces() {
        return addressSpaces;
    }

    /// Every file ever opened, in order.
    public List<PanthorFile> files() {
        return List.copyOf(files);
    }

    /// Groups that have a handle or a slot, by identity.
    public List<Group> groups() {
        java.util.TreeMap<Long, Group> live = new java.util.TreeMap<>();
        files.forEach(f -> f.groups().values().forEach(g -> live.put(g.gid(), g)));
        sched.slots()
                .forEach(slot -> {
                    Group group = slot.group();
                    if (group != null) {
                        live.put(group.gid(), group);
                    }
                });
        return new ArrayList<>(live.values());
    }

    /// Groups that were allocated and not released, also those nobody finds any more.
    public List<Group> allGroups() {
        return kernel.alive(Group.class);
    }

    /// Address spaces that were created and not destroyed, in that order.
    public List<GpuVm> allVms() {
        return kernel.alive(GpuVm.class);
    }

    /// Buffer objects somebody holds, in the order they were created.
    public List<GemObject> allObjects() {
        return kernel.alive(GemObject.class);
    }

    /// Fences somebody holds, in the order they were made.
    public List<DmaFence> fences() {
        return kernel.alive(DmaFence.class);
    }

    /// Jobs that were created and not freed, in that order.
    public List<PanthorJob> jobs() {
        return kernel.alive(PanthorJob.class);
    }

    /// Operations of asynchronous VM_BINDs that were created and not freed, in that order.
    public List<VmBindJob> bindJobs() {
        return kernel.alive(VmBindJob.class);
    }

    /// XGS queues that were created and not released, in that order.
    public List<XgsQueue> xgsQueues() {
        return kernel.alive(XgsQueue.class);
    }

    /// XGS jobs that were created and not freed, in that order.
    public List<XgsJob> xgsJobs() {
        return kernel.alive(XgsJob.class);
    }

    /// What is behind the doorbell page of a group: `doorbell 1`, `dummy` or `none`.
    ///
    /// @return null when it is not mapped exactly once
    public @Nullable String doorbellPage(Group group) {
        return context.mmio().doorbellPage(group);
    }

    /// What is behind the doorbell mappings of a file, by address.
    public SortedMap<Long, String> doorbellPages(int fileId) {
        return context.mmio().doorbellPages(fileId);
    }

    /// Address spaces that have a handle, by identity, after the MCU's.
    public List<GpuVm> vms() {
        java.util.TreeMap<Integer, GpuVm> live = new java.util.TreeMap<>();
        live.put(firmware.mcuVm().id(), firmware.mcuVm());
        files.forEach(f -> f.vms().values().forEach(vm -> live.put(vm.id(), vm)));
        groups().forEach(group -> live.put(group.vm().id(), group.vm()));
        return new ArrayList<>(live.values());
    }

    /// The group behind a handle of a file.
    public @Nullable Group group(int fileId, int handle) {
        return fileId < 1 || fileId > files.size()
                ? null
                : files.get(fileId - 1).groups().get(handle);
    }

    /// The buffer object behind a handle of a file.
    public @Nullable GemObject object(int fileId, int handle) {
        return fileId < 1 || fileId > files.size()
                ? null
                : files.get(fileId - 1).objects().get(handle);
    }

    /// The address space behind a handle of a file.
    public @Nullable GpuVm vm(int fileId, int handle) {
        return fileId < 1 || fileId > files.size() ? null : files.get(fileId - 1).vms().get(handle);
    }

    private final class Hooks implements SchedulerHooks {
        private final DevicePower power;
        private final MmioMappings mmio;

        Hooks(DevicePower power, MmioMappings mmio) {
            this.power = power;
            this.mmio = mmio;
        }

        @Override
        public void zapDoorbells(ZapCause cause, Group group) {
            mmio.zapDoorbells(cause, group);
        }

        @Override
        public void recheckXgsQueues(Group group, RecheckCause cause) {
            XgsQueuePool pool = files.get(group.fileId() - 1).xgsQueues();
            if (!pool.isDestroyed()) {
                pool.recheck(cause, group.gid());
            } else if (!kernel.driver().fixes().fileRef()) {
                new FreedFile(kernel, files, group).recheck(cause);
            }
        }

        @Override
        public int flushCaches() {
            return power.gpuBlock().flushCaches(GpuBlock.CLEAN, GpuBlock.CLEAN);
        }
    }
}
