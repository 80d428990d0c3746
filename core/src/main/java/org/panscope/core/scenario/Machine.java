package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fw.CommandStream;
import org.panscope.core.fw.Mcu;
import org.panscope.core.hw.BoLocation;
import org.panscope.core.hw.Gpu;
import org.panscope.core.kernel.KernelParameters;
import org.panscope.core.kernel.PanthorDevice;
import org.panscope.core.kernel.sched.Group;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.ChoiceSource;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.Simulation;
import org.panscope.core.user.UserGroup;
import org.panscope.core.user.UserProcess;

import java.util.ArrayList;
import java.util.List;

/// A whole emulated machine: RAM, a GPU with its firmware, the driver that drives it, and the
/// processes on top. The parts are open to view, for tests and for checks that compare recorded
/// events with what is really there.
public final class Machine implements AutoCloseable {
    private static final int FIRST_PID = 1000;
    private static final int PIDS_PER_PROCESS = 100;

    private final MachineConfig config;
    private final Simulation simulation;
    private final PhysicalMemory memory;
    private final Gpu gpu;
    private final Mcu mcu;
    private final PanthorDevice device;
    private final List<UserProcess> processes = new ArrayList<>();

    /// A machine that was switched on and does nothing yet.
    public Machine(MachineConfig config, ChoiceSource choices, Recorder recorder) {
        this.config = config;
        simulation = new Simulation(choices, recorder);
        memory = new PhysicalMemory();
        gpu = new Gpu(simulation, memory, config.gpu());
        gpu.setPhysicalLookup(this::bufferObjectAt);
        mcu = Mcu.attach(gpu);
        device =
                new PanthorDevice(
                        simulation,
                        memory,
                        gpu.registers(),
                        gpu.jobInterrupt(),
                        gpu.mmuInterrupt(),
                        gpu.gpuInterrupt(),
                        new KernelParameters(
                                config.kernel(), config.driver(), config.tracepoints()),
                        gpu::setAddressSpaceOwner);
    }

    public MachineConfig config() {
        return config;
    }

    public Simulation simulation() {
        return simulation;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public Gpu gpu() {
        return gpu;
    }

    public Mcu mcu() {
        return mcu;
    }

    public PanthorDevice device() {
        return device;
    }

    private @Nullable BoLocation bufferObjectAt(long physicalAddress) {
        PhysicalMemory.Owner owner = memory.ownerOf(physicalAddress);
        return owner == null
                ? null
                : new BoLocation(
                        owner.bo(), owner.offset() + physicalAddress % PhysicalMemory.FRAME_BYTES);
    }

    /// The driver's group behind one of a process, or null when it is gone.
    @Nullable Group group(UserGroup group) {
        for (Group live : device.allGroups()) {
            if (live.gid() == group.identity()) {
                return live;
            }
        }
        return null;
    }

    /// The stream that executes a queue, or null while the group has no slot.
    @Nullable CommandStream stream(UserGroup group, int queue) {
        Group live = group(group);
        return live == null || live.csgId() == Group.NO_SLOT
                ? null
                : mcu.stream(live.csgId(), queue);
    }

    /// A new process, without threads yet.
    ///
    /// @param name unique in this machine
    public UserProcess process(String name) {
        int pid = FIRST_PID + processes.size() * PIDS_PER_PROCESS;
        UserProcess process =
                new UserProcess(
                        simulation,
                        device,
                        new DriverIdentities(device),
                        config.client(),
                        name,
                        pid);
        processes.add(process);
        return process;
    }

    /// The process of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    UserProcess processNamed(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("process=" + name));
    }

    /// All processes, in the order they were made.
    public List<UserProcess> processes() {
        return List.copyOf(processes);
    }

    /// Ends every simulated thread.
    @Override
    public void close() {
        simulation.close();
    }
}
