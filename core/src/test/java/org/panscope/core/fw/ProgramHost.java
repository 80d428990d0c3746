package org.panscope.core.fw;

import org.panscope.core.fwif.FirmwareImage;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.Recorder;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;
import org.panscope.trace.event.FirmwareEvent;
import org.panscope.trace.event.TraceEvent;
import org.panscope.trace.io.EventHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Runs one [StreamProgram] on a machine of its own, with the least a driver has to do: start the
/// group, disable an address space that faulted, and on demand move the group to another slot in
/// the middle of the run.
final class ProgramHost implements Recorder {
    static final long SYNC = 0x40_0000;

    /// Sync objects of deferred additions, in the same page.
    static final long DEFERRED = SYNC + 0x800;

    static final long DATA = 0x60_0000;
    static final long READ_ONLY = 0x70_0000;
    private static final long CODE = 0x50_0000;
    private static final long BUFFER_STRIDE = 0x200;
    private static final long RING = 0x10_0000;
    private static final long QUEUE_STRIDE = 0x1_0000;
    private static final int RING_BYTES = 4096;
    private static final long IO = 0x0500_0000;
    private static final long SUSPEND = 0x0600_0000;
    private static final int GROUP_AS = 1;
    private static final int CSG_SLOTS = 3;
    private static final long SLICE_NS = 20_000;
    private static final long ACK_NS = 2_000;
    private static final long SUSPEND_NS = 5_000_000;
    private static final int STEP_BOUND = 1500;
    private static final int EVENT_BOUND = 40_000;
    private static final long TIME_BOUND_NS = 20_000_000;

    private final TreeMap<String, Integer> tracks = new TreeMap<>();
    private final Simulation simulation = new Simulation(new SeededChoices(1), this);
    private final PhysicalMemory memory = new PhysicalMemory();
    private final Actor actor = new Actor("host", 1, "test");
    private final TestPageTable groupTable = new TestPageTable(memory);
    private final TestPageTable mcuTable = new TestPageTable(memory);
    private final BufferObject sync = bo(4096);
    private final BufferObject data = bo(4096);
    private final BufferObject readOnly = bo(4096);
    private final BufferObject code = bo(4096);
    private final BufferObject shared = bo(FirmwareImage.SHARED_SIZE);
    private final List<BufferObject> io = new ArrayList<>();
    private final Gpu gpu;
    private final Mcu mcu;
    private final int queues;
    private final TreeMap<Integer, Integer> fatal = new TreeMap<>();
    private final List<String> reports = new ArrayList<>();
    private int slot;
    private int steps;
    private int events;
    private int unblocked;
    private boolean mmuFaulted;

    ProgramHost(StreamProgram program) {
        gpu =
                new Gpu(
                        simulation,
                        memory,
                        GpuParameters.defaults()
                                .with(GpuParameters.CSG_SLOTS, CSG_SLOTS)
                                .with(GpuParameters.GPU_ID, (long) program.architecture() << 28));
        mcu = Mcu.attach(gpu);
        queues = program.rings().size();
        mcuTable.map(FwLayout.SHARED_VA, shared);
        groupTable.map(SYNC, sync);
        groupTable.map(CODE, code);
        groupTable.map(DATA, data);
        groupTable.map(READ_ONLY, readOnly, TestPageTable.READ_ONLY);
        for (int i = 0; i < program.data().length; i++) {
            data.write64(0x100 + 8L * i, program.data()[i]);
        }
        for (int i = 0; i < 4; i++) {
            // The status word of a 64-bit object; a 32-bit one has its own at +4, which stays 0.
            sync.write32(64 * i + 8, i / 2);
        }
        for (int i = 0; i < program.code().size(); i++) {
            fill(code, i * BUFFER_STRIDE, program.code().get(i));
        }
        for (int i = 0; i < queues; i++) {
            BufferObject ring = bo(RING_BYTES);
            fill(ring, 0, program.rings().get(i));
            groupTable.map(RING + i * QUEUE_STRIDE, ring);
            io.add(bo(UserIo.SIZE));
            mcuTable.map(IO + i * QUEUE_STRIDE, io.get(i));
            io.get(i).write64(UserIo.INSERT, 8L * program.rings().get(i).length);
        }
        gpu.jobInterrupt().connect(() -> gpu.registers().write32(Regs.JOB_INT_CLEAR, -1));
        gpu.mmuInterrupt().connect(this::disableFaultySpace);
        boot();
    }

    static long codeVa(int buffer) {
        return CODE + buffer * BUFFER_STRIDE;
    }

    private BufferObject bo(long size) {
        return new BufferObject(0, "test", memory, size);
    }

    private static void fill(BufferObject bo, long offset, long[] words) {
        for (int i = 0; i < words.length; i++) {
            bo.write64(offset + 8L * i, words[i]);
        }
    }

    // ---- what is recorded: only counted -------------------------------------------------------

    @Override
    public int track(int parent, String kind, String name) {
        return tracks.computeIfAbsent(parent + "/" + kind + "/" + name, _ -> tracks.size());
    }

    @Override
    public long record(EventHeader header, TraceEvent event) {
        if (event instanceof FirmwareEvent.CsInstr) {
            steps++;
        }
        if (event instanceof FirmwareEvent.FwCs cs && cs.step() == FirmwareEvent.CsStep.UNBLOCK) {
            unblocked++;
        }
        if (event instanceof FirmwareEvent.Fault fault) {
            if (fault.kind() == FirmwareEvent.FaultKind.CS_FATAL) {
                fatal.merge(fault.cs(), fault.exception(), Math::addExact);
            }
            reports.add(
                    "%s CS%s 0x%x 0x%x 0x%x"
                            .formatted(
                                    fault.kind(),
                                    fault.cs(),
                                    fault.exception(),
                                    fault.data(),
                                    fault.info()));
        }
        if (++events > EVENT_BOUND) {
            throw new IllegalStateException("events without end");
        }
        return events;
    }

    // ---- the driver ---------------------------------------------------------------------------

    private void boot() {
        host(() -> {
            gpu.registers().write32(Regs.JOB_INT_MASK, -1);
            // Faults only: the upper half tells of commands that ended.
            gpu.registers().write32(Regs.MMU_INT_MASK, 0xffff);
            space(0, mcuTable.root());
            space(GROUP_AS, groupTable.root());
            gpu.registers().write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO);
        });
        simulation.run(Long.MAX_VALUE);
        long suspendBytes = word(csgControl() + FwLayout.CsgControl.SUSPEND_SIZE);
        mcuTable.map(SUSPEND, bo(suspendBytes));
    }

    private void space(int as, long root) {
        gpu.registers().write64(Regs.as(as, Regs.AS_TRANSTAB), root);
        gpu.registers().write64(Regs.as(as, Regs.AS_TRANSCFG), root == 0 ? 1 : 6);
        gpu.registers().write32(Regs.as(as, Regs.AS_COMMAND), Regs.AS_COMMAND_UPDATE);
    }

    private void disableFaultySpace() {
        mmuFaulted = true;
        gpu.registers().write32(Regs.MMU_INT_CLEAR, -1);
        space(GROUP_AS, 0);
    }

    private void host(Runnable body) {
        simulation.as(actor, body);
    }

    private void requestOnSlot(int newSlot, int state) {
        slot = newSlot;
        host(() -> {
            for (int i = 0; i < queues; i++) {
                programStream(i);
            }
            long in = csgInput();
            setWord(in + CsgInput.CONFIG, GROUP_AS);
            setWord(in + CsgInput.ACK_IRQ_MASK, -1);
            setWord(in + CsgInput.ALLOW_COMPUTE, 1);
            setWord(in + CsgInput.ALLOW_FRAGMENT, 1);
            setWord(in + CsgInput.ALLOW_OTHER, 1);
            setWord(in + CsgInput.ENDPOINT_REQ, 0x1_0101);
            shared.write64(in + CsgInput.SUSPEND_BUF - FwLayout.SHARED_VA, SUSPEND);
            request(state);
        });
        simulation.run(simulation.nowNs() + ACK_NS);
        requireState(state);
    }

    private void requireState(int state) {
        int reached = csgOutput(CsgOutput.ACK) & FwBits.CSG_STATE_MASK;
        if (reached != state) {
            throw new IllegalStateException("asked for state " + state + ", reached " + reached);
        }
    }

    private void programStream(int cs) {
        long in = csInput(cs) - FwLayout.SHARED_VA;
        shared.write64(in + CsInput.RINGBUF_BASE, RING + cs * QUEUE_STRIDE);
        shared.write32(in + CsInput.RINGBUF_SIZE, RING_BYTES);
        shared.write64(in + CsInput.RINGBUF_INPUT, IO + cs * QUEUE_STRIDE);
        shared.write64(in + CsInput.RINGBUF_OUTPUT, IO + cs * QUEUE_STRIDE + UserIo.OUTPUT_PAGE);
        shared.write32(in + CsInput.CONFIG, (slot + 1) << 8);
        shared.write32(in + CsInput.ACK_IRQ_MASK, -1);
        shared.write32(in + CsInput.REQ, FwBits.CS_STATE_START | FwBits.CS_IDLE_EMPTY);
    }

    private void request(int state) {
        setWord(csgInput() + CsgInput.REQ, state);
        long doorbells = word(FwLayout.SHARED_VA + GlbControl.INPUT_VA) + GlbInput.DOORBELL_REQ;
        setWord(doorbells, word(doorbells) ^ (1 << slot));
        gpu.registers().write32(Regs.doorbell(0), 1);
    }

    private int word(long va) {
        return shared.read32(va - FwLayout.SHARED_VA);
    }

    private void setWord(long va, int value) {
        shared.write32(va - FwLayout.SHARED_VA, value);
    }

    private long csgControl() {
        int stride = word(FwLayout.SHARED_VA + GlbControl.GROUP_STRIDE);
        return FwLayout.SHARED_VA + FwLayout.CSG_CONTROL_OFFSET + (long) slot * stride;
    }

    private long csgInput() {
        return word(csgControl() + FwLayout.CsgControl.INPUT_VA);
    }

    private int csgOutput(long offset) {
        return word(word(csgControl() + FwLayout.CsgControl.OUTPUT_VA) + offset);
    }

    private long csControl(int cs) {
        int stride = word(csgControl() + FwLayout.CsgControl.STREAM_STRIDE);
        return csgControl() + FwLayout.CS_CONTROL_OFFSET + (long) cs * stride;
    }

    private long csInput(int cs) {
        return word(csControl(cs) + FwLayout.CsControl.INPUT_VA);
    }

    // ---- a run --------------------------------------------------------------------------------

    /// Runs to the end, undisturbed.
    ProgramEnd run() {
        requestOnSlot(0, FwBits.CSG_STATE_START);
        return finish();
    }

    /// Runs to the end, but takes the group off its slot on the way and resumes it elsewhere.
    ///
    /// @param afterNs instant of the suspension, since the start
    /// @return null when a fault of the MMU was on its way just then
    @org.jspecify.annotations.Nullable
    ProgramEnd runSuspendedAfter(long afterNs, int otherSlot) {
        requestOnSlot(0, FwBits.CSG_STATE_START);
        simulation.run(simulation.nowNs() + afterNs);
        host(() -> request(FwBits.CSG_STATE_SUSPEND));
        simulation.run(simulation.nowNs() + SUSPEND_NS);
        requireState(FwBits.CSG_STATE_SUSPEND);
        if (mmuFaulted || gpu.registers().read32(Regs.MMU_INT_STAT) != 0) {
            return null;
        }
        requestOnSlot(otherSlot, FwBits.CSG_STATE_RESUME);
        return finish();
    }

    private ProgramEnd finish() {
        boolean idle = false;
        long startNs = simulation.nowNs();
        while (!idle && steps < STEP_BOUND && simulation.nowNs() < startNs + TIME_BOUND_NS) {
            idle = simulation.run(simulation.nowNs() + SLICE_NS) == Simulation.Outcome.IDLE;
        }
        long durationNs = simulation.nowNs() - startNs;
        List<ProgramEnd.OfStream> ends = new ArrayList<>();
        for (int i = 0; i < queues; i++) {
            ends.add(end(i, idle));
        }
        return new ProgramEnd(
                durationNs,
                steps,
                idle && unblocksWhenAsked(),
                sharedSlots(),
                ends,
                reports,
                sync.read(0, 4096),
                data.read(0, 4096),
                readOnly.read(0, 4096));
    }

    private String sharedSlots() {
        GroupInterface group = mcu.groups().get(slot);
        return IntStream.range(0, 16).mapToObj(i -> "" + group.sharedSlot(i)).toList().toString();
    }

    /// Lets every stream look again at what it waits for.
    private boolean unblocksWhenAsked() {
        int before = unblocked;
        host(() -> gpu.registers().write32(Regs.doorbell(0), 1));
        simulation.run(simulation.nowNs() + SLICE_NS);
        return unblocked != before;
    }

    private ProgramEnd.OfStream end(int cs, boolean idle) {
        CommandStream stream = mcu.stream(slot, cs);
        StreamCore core = stream.core();
        int[] registers = new int[stream.hasStarted() ? core.registerCount() : 0];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = stream.register(i);
        }
        return new ProgramEnd.OfStream(
                !idle,
                stream.isRunning(),
                stream.blockedReason(),
                stream.scoreboards(),
                core.scoreboard.pending().stream()
                        .anyMatch(operation -> (operation.waitMask >> operation.slot & 1) != 0),
                io.get(cs).read64(UserIo.INSERT) - io.get(cs).read64(UserIo.EXTRACT),
                fatal.getOrDefault(cs, 0),
                state(stream),
                registers);
    }

    private static String state(CommandStream stream) {
        StreamCore core = stream.core();
        return "pc=%x depth=%d error=%x resources=%x heap=%x progress=%d handler=%x+%x,%b"
                        .formatted(
                                stream.pc(),
                                core.calls.depth(),
                                core.errorState,
                                core.resources,
                                core.heapVa,
                                core.progress,
                                core.handlerVa,
                                core.handlerBytes,
                                core.inHandler)
                + " slots=%d,%d,%d masks=%x,%x"
                        .formatted(
                                core.endpointSlot,
                                core.otherSlot,
                                core.deferredSlot,
                                core.streamMask,
                                core.waitMask);
    }
}
