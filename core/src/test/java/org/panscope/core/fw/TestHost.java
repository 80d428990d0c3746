package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FirmwareImage;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgControl;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.fwif.FwLayout.GlbInput;
import org.panscope.core.fwif.FwLayout.GlbOutput;
import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.hw.BoLocation;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;
import org.panscope.core.hw.Regs;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.mem.PhysicalMemory;
import org.panscope.core.sim.Actor;
import org.panscope.core.sim.SeededChoices;
import org.panscope.core.sim.Simulation;

import java.util.ArrayList;
import java.util.List;

/// A driver made of a few stores: enough to boot the firmware and run streams on CSG slots.
final class TestHost {
    static final long RING = 0x10_0000;
    static final int RING_BYTES = 4096;
    static final long SYNC = 0x40_0000;
    static final long CODE = 0x50_0000;
    static final long DATA = 0x60_0000;
    private static final long IO = 0x0500_0000;
    private static final long SUSPEND = 0x0600_0000;
    static final int GROUP_AS = 1;
    private static final long SHADER_CORES = 0x5_0005;

    final CollectingRecorder recorder = new CollectingRecorder();
    final Simulation simulation = new Simulation(new SeededChoices(1), recorder);
    final PhysicalMemory memory = new PhysicalMemory();
    final Actor actor = new Actor("host", 1, "test");
    final Gpu gpu;
    final Mcu mcu;
    final TestPageTable groupTable = new TestPageTable(memory);
    final BufferObject sync = bo(4096);
    final BufferObject code = bo(4096);
    final BufferObject data = bo(4096);
    final List<BufferObject> rings = new ArrayList<>();
    final List<BufferObject> io = new ArrayList<>();
    int jobInterrupts;

    /// Whether a group may use every core for everything, and the tiler.
    boolean allEndpoints;

    private final BufferObject shared = bo(FirmwareImage.SHARED_SIZE);
    private final BufferObject suspend = bo(128 * 1024);
    private final TestPageTable mcuTable = new TestPageTable(memory);
    private int bos;

    TestHost(GpuParameters parameters) {
        gpu = new Gpu(simulation, memory, parameters);
        mcu = Mcu.attach(gpu);
        mcuTable.map(FwLayout.SHARED_VA, shared);
        mcuTable.map(SUSPEND, suspend);
        groupTable.map(SYNC, sync);
        groupTable.map(CODE, code);
        groupTable.map(DATA, data);
        gpu.setPhysicalLookup(this::locate);
        gpu.jobInterrupt()
                .connect(() -> {
                    jobInterrupts |= gpu.registers().read32(Regs.JOB_INT_STAT);
                    gpu.registers().write32(Regs.JOB_INT_CLEAR, -1);
                });
    }

    TestHost() {
        this(GpuParameters.defaults());
    }

    private BufferObject bo(long size) {
        return new BufferObject(bos++, "test", memory, size);
    }

    private @Nullable BoLocation locate(long physical) {
        long at = sync.physicalAddress(0);
        return physical >= at && physical < at + 4096
                ? new BoLocation(sync.id(), physical - at)
                : null;
    }

    /// Does something as the host, now.
    void host(Runnable body) {
        simulation.as(actor, body);
    }

    void run() {
        simulation.run(Long.MAX_VALUE);
    }

    void runFor(long ns) {
        simulation.run(simulation.nowNs() + ns);
    }

    void boot() {
        host(() -> {
            gpu.registers().write32(Regs.JOB_INT_MASK, -1);
            gpu.registers().write32(Regs.MMU_INT_MASK, -1);
            enable(0, mcuTable.root());
            gpu.setAddressSpaceOwner(GROUP_AS, 7);
            enable(GROUP_AS, groupTable.root());
            gpu.registers().write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO);
        });
        run();
    }

    void enable(int as, long root) {
        gpu.registers().write64(Regs.as(as, Regs.AS_TRANSTAB), root);
        gpu.registers().write64(Regs.as(as, Regs.AS_TRANSCFG), root == 0 ? 1 : 6);
        gpu.registers().write32(Regs.as(as, Regs.AS_COMMAND), Regs.AS_COMMAND_UPDATE);
    }

    void disableGroupSpace() {
        host(() -> enable(GROUP_AS, 0));
    }

    // ---- interface words, found as the driver finds them --------------------------------------

    int shared(long va) {
        return shared.read32(va - FwLayout.SHARED_VA);
    }

    void setShared(long va, int value) {
        shared.write32(va - FwLayout.SHARED_VA, value);
    }

    private void setShared64(long va, long value) {
        shared.write64(va - FwLayout.SHARED_VA, value);
    }

    long glb(long controlWord) {
        return shared(FwLayout.SHARED_VA + controlWord);
    }

    long csg(int csg, long controlWord) {
        long at = FwLayout.CSG_CONTROL_OFFSET + csg * glb(GlbControl.GROUP_STRIDE);
        return shared(FwLayout.SHARED_VA + at + controlWord);
    }

    long cs(int csg, int cs, long controlWord) {
        long at =
                FwLayout.CSG_CONTROL_OFFSET
                        + csg * glb(GlbControl.GROUP_STRIDE)
                        + FwLayout.CS_CONTROL_OFFSET
                        + cs * csg(csg, CsgControl.STREAM_STRIDE);
        return shared(FwLayout.SHARED_VA + at + controlWord);
    }

    int csgOut(long word) {
        return shared(csg(0, CsgControl.OUTPUT_VA) + word);
    }

    int csOut(int cs, long word) {
        return shared(cs(0, cs, CsControl.OUTPUT_VA) + word);
    }

    // ---- a group on slot 0 --------------------------------------------------------------------

    /// Makes queues with a ring each and starts them on slot 0.
    void startGroup(int queues) {
        for (int i = 0; i < queues; i++) {
            rings.add(bo(RING_BYTES));
            io.add(bo(UserIo.SIZE));
            groupTable.map(RING + i * 0x1_0000L, rings.get(i));
            mcuTable.map(IO + i * 0x1_0000L, io.get(i));
        }
        host(() -> {
            for (int i = 0; i < queues; i++) {
                programStream(i);
            }
            long in = csg(0, CsgControl.INPUT_VA);
            setShared(in + CsgInput.CONFIG, GROUP_AS);
            setShared(in + CsgInput.ACK_IRQ_MASK, -1);
            setShared(in + CsgInput.ALLOW_COMPUTE, 1);
            setShared(in + CsgInput.ENDPOINT_REQ, 0x1_0101);
            if (allEndpoints) {
                setShared64(in + CsgInput.ALLOW_COMPUTE, SHADER_CORES);
                setShared64(in + CsgInput.ALLOW_FRAGMENT, SHADER_CORES);
                setShared(in + CsgInput.ALLOW_OTHER, 1);
                setShared(in + CsgInput.ENDPOINT_REQ, 0x1_0404);
            }
            setShared64(in + CsgInput.SUSPEND_BUF, SUSPEND);
            requestState(FwBits.CSG_STATE_START);
        });
    }

    /// Allows fragment work and tiling too. Call it before the group starts.
    void allowGraphics() {
        long in = csg(0, CsgControl.INPUT_VA);
        setShared(in + CsgInput.ALLOW_FRAGMENT, 1);
        setShared(in + CsgInput.ALLOW_OTHER, 1);
    }

    /// Answers a tiler that ran out of memory: `chunk` may be 0.
    void answerTiler(int cs, long chunk) {
        long in = cs(0, cs, CsControl.INPUT_VA);
        setShared64(in + CsInput.HEAP_START, chunk);
        setShared64(in + CsInput.HEAP_END, chunk);
        int req = shared(in + CsInput.REQ);
        setShared(in + CsInput.REQ, req ^ (csAckEvents(cs) & FwBits.CS_TILER_OOM));
        long group = csg(0, CsgControl.INPUT_VA) + CsgInput.DOORBELL_REQ;
        setShared(group, shared(group) ^ (1 << cs));
        ringSlot();
    }

    private void programStream(int cs) {
        long in = cs(0, cs, CsControl.INPUT_VA);
        setShared64(in + CsInput.RINGBUF_BASE, RING + cs * 0x1_0000L);
        setShared(in + CsInput.RINGBUF_SIZE, RING_BYTES);
        setShared64(in + CsInput.RINGBUF_INPUT, IO + cs * 0x1_0000L);
        setShared64(in + CsInput.RINGBUF_OUTPUT, IO + cs * 0x1_0000L + UserIo.OUTPUT_PAGE);
        setShared(in + CsInput.CONFIG, 1 << 8);
        setShared(in + CsInput.ACK_IRQ_MASK, -1);
        setShared(
                in + CsInput.REQ,
                FwBits.CS_STATE_START | FwBits.CS_IDLE_EMPTY | FwBits.CS_IDLE_SYNC_WAIT);
    }

    /// Asks for a group state. Call it as the host.
    void requestState(int state) {
        long in = csg(0, CsgControl.INPUT_VA);
        int req = shared(in + CsgInput.REQ);
        setShared(in + CsgInput.REQ, (req & ~FwBits.CSG_STATE_MASK) | state);
        ringSlot();
    }

    /// Toggles a request bit of the group.
    void toggle(int bit) {
        long in = csg(0, CsgControl.INPUT_VA);
        int req = shared(in + CsgInput.REQ);
        setShared(in + CsgInput.REQ, (req & ~bit) | (~csgOut(CsgOutput.ACK) & bit));
        ringSlot();
    }

    private void ringSlot() {
        long in = glb(GlbControl.INPUT_VA) + GlbInput.DOORBELL_REQ;
        setShared(in, shared(in) ^ 1);
        gpu.registers().write32(Regs.doorbell(0), 1);
    }

    // ---- the global interface -----------------------------------------------------------------

    /// Asks for global requests, with an interrupt for every acknowledge.
    void requestGlobal(int req) {
        long in = glb(GlbControl.INPUT_VA);
        setShared(in + GlbInput.ACK_IRQ_MASK, -1);
        setShared(in + GlbInput.REQ, req);
        host(() -> gpu.registers().write32(Regs.doorbell(0), 1));
    }

    int globalReq() {
        return shared(glb(GlbControl.INPUT_VA) + GlbInput.REQ);
    }

    int globalAck() {
        return shared(glb(GlbControl.OUTPUT_VA) + GlbOutput.ACK);
    }

    /// Stores a word of GLB_INPUT.
    void setGlobal(long word, int value) {
        setShared(glb(GlbControl.INPUT_VA) + word, value);
    }

    void startMcu() {
        host(() -> gpu.registers().write32(Regs.MCU_CONTROL, Regs.MCU_CONTROL_AUTO));
        run();
    }

    int mcuStatus() {
        return gpu.registers().read32(Regs.MCU_STATUS);
    }

    // ---- single words -------------------------------------------------------------------------

    int csgIn(long word) {
        return shared(csg(0, CsgControl.INPUT_VA) + word);
    }

    void setCsg(long word, int value) {
        setShared(csg(0, CsgControl.INPUT_VA) + word, value);
    }

    int csIn(int cs, long word) {
        return shared(cs(0, cs, CsControl.INPUT_VA) + word);
    }

    void setCs(int cs, long word, int value) {
        setShared(cs(0, cs, CsControl.INPUT_VA) + word, value);
    }

    /// Rings a stream through doorbell_req. Call it as the host.
    void ringStream(int cs) {
        long in = csg(0, CsgControl.INPUT_VA) + CsgInput.DOORBELL_REQ;
        setShared(in, shared(in) ^ (1 << cs));
        ringSlot();
    }

    int groupState() {
        return csgOut(CsgOutput.ACK) & FwBits.CSG_STATE_MASK;
    }

    /// Appends words to a ring, without telling anybody.
    void push(int queue, long... words) {
        long insert = insert(queue);
        for (long word : words) {
            rings.get(queue).write64(insert % RING_BYTES, word);
            insert += 8;
        }
        io.get(queue).write64(UserIo.INSERT, insert);
    }

    /// Rings the doorbell of slot 0.
    void ring() {
        host(() -> gpu.registers().write32(Regs.doorbell(1), 1));
    }

    void code(long... words) {
        for (int i = 0; i < words.length; i++) {
            code.write64(i * 8L, words[i]);
        }
    }

    long insert(int queue) {
        return io.get(queue).read64(UserIo.INSERT);
    }

    long extract(int queue) {
        return io.get(queue).read64(UserIo.EXTRACT);
    }

    int active(int queue) {
        return io.get(queue).read32(UserIo.ACTIVE);
    }

    /// Events of the group that the host has not acknowledged.
    int csgEvents() {
        long in = csg(0, CsgControl.INPUT_VA);
        return (shared(in + CsgInput.REQ) ^ csgOut(CsgOutput.ACK))
                & (FwBits.CSG_IDLE | FwBits.CSG_SYNC_UPDATE);
    }

    void acknowledgeEvents() {
        long in = csg(0, CsgControl.INPUT_VA);
        setShared(in + CsgInput.REQ, shared(in + CsgInput.REQ) ^ csgEvents());
    }

    int csAckEvents(int cs) {
        long in = cs(0, cs, CsControl.INPUT_VA);
        return shared(in + CsInput.REQ) ^ csOut(cs, CsOutput.ACK);
    }

    CommandStream stream(int cs) {
        return mcu.stream(0, cs);
    }
}
