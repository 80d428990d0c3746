package org.panscope.core.kernel;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.Mcu;
import org.panscope.core.hw.BoLocation;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.kernel.base.EventFdContext;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.projection.InvariantChecker;
import org.panscope.core.projection.LiveProjection;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.core.uapi.DeviceFile;
import org.panscope.core.uapi.EventFd;
import org.panscope.core.user.ClientTimings;
import org.panscope.core.user.Identities;
import org.panscope.core.user.UserProcess;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A whole machine, of the real GPU, firmware and driver, whose events are kept in a list. The main
/// invariant is checked at every one of them.
final class Machine implements Identities {
    static final long MS = 1_000_000;

    /// One event with its header.
    record Entry(EventHeader header, TraceEvent event) {}

    final List<Entry> entries = new ArrayList<>();
    final Simulation sim;
    final PanthorDevice device;
    final PhysicalMemory memory = new PhysicalMemory();
    final Gpu gpu;
    private final List<UserProcess> processes = new ArrayList<>();
    private @Nullable InvariantChecker checker;

    Machine() {
        this(1);
    }

    Machine(long seed) {
        this(seed, KernelParameters.defaults());
    }

    Machine(long seed, KernelParameters parameters) {
        this(seed, parameters, GpuParameters.defaults());
    }

    Machine(long seed, KernelParameters parameters, GpuParameters gpuParameters) {
        Map<String, Integer> tracks = new LinkedHashMap<>();
        sim =
                new Simulation(
                        new SeededChoices(seed),
                        new Recorder() {
                            @Override
                            public int track(int parent, String kind, String name) {
                                return tracks.computeIfAbsent(
                                        parent + "/" + kind + "/" + name, key -> tracks.size());
                            }

                            @Override
                            public long record(EventHeader header, TraceEvent event) {
                                entries.add(new Entry(header, event));
                                long seq = entries.size() - 1L;
                                if (checker != null) {
                                    checker.onEvent(seq, header, event);
                                }
                                return seq;
                            }
                        });
        gpu = new Gpu(sim, memory, gpuParameters);
        gpu.setPhysicalLookup(this::bufferObjectAt);
        Mcu mcu = Mcu.attach(gpu);
        device =
                new PanthorDevice(
                        sim,
                        memory,
                        gpu.registers(),
                        gpu.jobInterrupt(),
                        gpu.mmuInterrupt(),
                        gpu.gpuInterrupt(),
                        parameters,
                        gpu::setAddressSpaceOwner);
        InvariantChecker added =
                new InvariantChecker(new LiveProjection(device, mcu, () -> processes));
        for (int seq = 0; seq < entries.size(); seq++) {
            added.catchUp(seq, entries.get(seq).header(), entries.get(seq).event());
        }
        checker = added;
    }

    private @Nullable BoLocation bufferObjectAt(long physicalAddress) {
        PhysicalMemory.Owner owner = memory.ownerOf(physicalAddress);
        return owner == null
                ? null
                : new BoLocation(
                        owner.bo(), owner.offset() + physicalAddress % PhysicalMemory.FRAME_BYTES);
    }

    UserProcess process(String name) {
        UserProcess process =
                new UserProcess(
                        sim,
                        device,
                        this,
                        ClientTimings.DEFAULT,
                        name,
                        1000 + 100 * processes.size());
        processes.add(process);
        return process;
    }

    KernelContext kernel() {
        return device.scheduler().kernel();
    }

    List<UserProcess> processes() {
        return processes;
    }

    /// The events of one type, in order.
    <T extends TraceEvent> List<T> of(Class<T> type) {
        return entries.stream().map(Entry::event).filter(type::isInstance).map(type::cast).toList();
    }

    /// Whether `effect` goes back to `cause` along the recorded causes.
    boolean isCausedBy(TraceEvent effect, TraceEvent cause) {
        long seq = indexOf(effect);
        while (seq >= 0) {
            if (entries.get((int) seq).event().equals(cause)) {
                return true;
            }
            seq = entries.get((int) seq).header().cause();
        }
        return false;
    }

    private long indexOf(TraceEvent event) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event().equals(event)) {
                return i;
            }
        }
        return -1;
    }

    /// One ioctl with raw bytes.
    static int ioctl(DeviceFile file, int request, byte[] argument) {
        return file.ioctl(request, argument);
    }

    @Override
    public long group(int fileId, int handle) {
        var group = device.group(fileId, handle);
        return group == null ? UNKNOWN : group.gid();
    }

    @Override
    public long bufferObject(int fileId, int handle) {
        var bo = device.object(fileId, handle);
        return bo == null ? UNKNOWN : bo.id();
    }

    @Override
    public long vm(int fileId, int handle) {
        var vm = device.vm(fileId, handle);
        return vm == null ? UNKNOWN : vm.id();
    }

    @Override
    public long eventfd(EventFd eventfd) {
        return eventfd instanceof EventFdContext context ? context.id() : UNKNOWN;
    }
}
