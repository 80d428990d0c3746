package org.panscope.core.kernel.fwhost;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FirmwareImage;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsgControl;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.hw.Registers;
import org.panscope.core.hw.Regs;
import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.kernel.mmu.AddressSpaces;
import org.panscope.core.kernel.mmu.GemObject;
import org.panscope.core.kernel.mmu.GpuVm;
import org.panscope.core.mem.BufferObject;
import org.panscope.core.sim.WaitQueue;
import org.panscope.core.uapi.Errno;
import org.panscope.core.uapi.TrackNames;
import org.panscope.core.uapi.VmBindOp;
import org.panscope.trace.event.UserEvent.DbRing;
import org.panscope.trace.event.UserEvent.DoorbellPage;
import org.panscope.trace.event.UserEvent.Ringer;

import java.util.ArrayList;
import java.util.List;

/// The driver's `panthor_fw`: owns the MCU's address space and the shared section, finds the
/// interfaces, rings doorbells and waits for acknowledges. [FirmwareBoot] starts and stops the
/// firmware.
///
/// Simplified: the sections of the image other than the shared one are not loaded.
///
/// kernel: panthor_fw.c (v6.11)
public final class FirmwareHost {
    private static final long ACK_POLL_NS = 1_000;
    private static final int MCU_AUTO_VA_FLAGS = VmBindOp.MAP_NOEXEC | VmBindOp.MAP_UNCACHED;

    private final KernelContext kernel;
    private final Registers registers;
    private final GpuVm mcuVm;
    private final GemObject sharedObject;
    private final BufferObject shared;
    private final WaitQueue reqWaiters;
    private final int doorbellTrack;
    private final List<FwBlock> csgs = new ArrayList<>();
    private final List<List<FwBlock>> streams = new ArrayList<>();
    private @Nullable FwBlock glb;
    private boolean booted;
    private int workRegisters;
    private int scoreboards;
    private int suspendSize;
    private int protmSuspendSize;

    public FirmwareHost(KernelContext kernel, Registers registers, AddressSpaces addressSpaces) {
        this.kernel = kernel;
        this.registers = registers;
        reqWaiters = new WaitQueue(kernel.sim());
        doorbellTrack = TrackNames.mcu(kernel.sim());
        mcuVm =
                new GpuVm(
                        kernel,
                        addressSpaces,
                        FwLayout.SHARED_VA,
                        FwLayout.SHARED_VA + FwLayout.SHARED_WINDOW_BYTES,
                        true);
        mcuVm.published(0, 0);
        sharedObject =
                GemObject.kernelObject(kernel, "FW section", FirmwareImage.SHARED_SIZE, mcuVm);
        shared = sharedObject.buffer();
        mcuVm.mapKernelObjectAt(FwLayout.SHARED_VA, sharedObject, MCU_AUTO_VA_FLAGS);
    }

    public GpuVm mcuVm() {
        return mcuVm;
    }

    public GemObject sharedObject() {
        return sharedObject;
    }

    public int csgCount() {
        return csgs.size();
    }

    /// Command streams of each group.
    public int csCount() {
        return streams.isEmpty() ? 0 : streams.getFirst().size();
    }

    public int workRegisters() {
        return workRegisters;
    }

    public int scoreboards() {
        return scoreboards;
    }

    /// Bytes of a group's suspend buffer.
    public int suspendSize() {
        return suspendSize;
    }

    public int protmSuspendSize() {
        return protmSuspendSize;
    }

    public FwBlock glb() {
        FwBlock block = glb;
        if (block == null) {
            throw new IllegalStateException("firmware has not booted yet");
        }
        return block;
    }

    public FwBlock csg(int csg) {
        return csgs.get(csg);
    }

    public FwBlock cs(int csg, int cs) {
        return streams.get(csg).get(cs);
    }

    // ---- boot ---------------------------------------------------------------------------------

    /// The firmware is about to be started.
    void expectBoot() {
        booted = false;
    }

    /// Waits for the first global interrupt.
    boolean awaitBoot(long timeoutNs) {
        return reqWaiters.await(() -> booted, timeoutNs);
    }

    // ---- interrupts and acknowledges ------------------------------------------------------------

    /// Job interrupt: notices the end of the boot, wakes those who wait for acknowledges.
    ///
    /// @return whether the firmware had booted, so that there are events to look at
    public boolean jobInterrupt(int status) {
        registers.write32(Regs.JOB_INT_CLEAR, status);
        boolean was = booted;
        booted |= (status & Regs.JOB_INT_GLOBAL_IF) != 0;
        reqWaiters.wakeAll();
        return was;
    }

    /// `panthor_fw_csg_wait_acks`.
    ///
    /// @return the bits of `mask` that were acknowledged; of the state, all or none
    public int waitCsgAcks(int csg, int mask) {
        int acked = waitAcks(csg(csg), mask);
        boolean wholeState = (acked & FwBits.CSG_STATE_MASK) == (mask & FwBits.CSG_STATE_MASK);
        return wholeState ? acked : acked & ~FwBits.CSG_STATE_MASK;
    }

    /// `panthor_fw_glb_wait_acks`.
    ///
    /// @return the bits of `mask` that were acknowledged
    int waitGlbAcks(int mask) {
        return waitAcks(glb(), mask);
    }

    /// `panthor_fw_wait_acks`: looks again and again for a moment, then sleeps until an interrupt
    /// wakes it, and looks a last time when its time is over.
    private int waitAcks(FwBlock block, int mask) {
        long pollEndNs = kernel.sim().nowNs() + kernel.timings().pollNs();
        while (acked(block, mask) != mask && kernel.sim().nowNs() < pollEndNs) {
            kernel.spend(ACK_POLL_NS);
        }
        reqWaiters.await(() -> acked(block, mask) == mask, kernel.timings().ackTimeoutNs());
        return acked(block, mask);
    }

    private static int acked(FwBlock block, int mask) {
        return ~(block.req() ^ block.ack()) & mask;
    }

    // ---- doorbells ------------------------------------------------------------------------------

    /// `panthor_fw_ring_csg_doorbells`: asks the firmware to look at some groups.
    public void ringCsgDoorbells(int csgMask) {
        glb().toggleDoorbellReq(csgMask);
        ringGlobalDoorbell(Ringer.CSG_REQUEST);
    }

    public void ringGlobalDoorbell(Ringer by) {
        long cause = kernel.sim().current().cause();
        kernel.sim().follow(doorbellTrack, new DbRing(0, DoorbellPage.REAL, by, null, null, null));
        registers.write32(Regs.doorbell(0), 1);
        kernel.sim().current().setCause(cause);
    }

    // ---- interfaces -----------------------------------------------------------------------------

    /// `panthor_fw_init_ifaces`.
    ///
    /// @return 0, or -EINVAL for interfaces the driver does not accept
    int findInterfaces() {
        if (shared.read32(GlbControl.VERSION) == 0) {
            kernel.log("panthor_fw_init_ifaces", "Invalid interface version");
            return Errno.EINVAL;
        }
        int groups = shared.read32(GlbControl.GROUP_NUM);
        int stride = shared.read32(GlbControl.GROUP_STRIDE);
        if (groups < 3 || groups > 31) {
            return Errno.EINVAL;
        }
        glb = block(TrackNames.mcu(kernel.sim()), "GLB", GlbControl.INPUT_VA, 0);
        for (int csg = 0; csg < groups; csg++) {
            int result = findGroup(csg, FwLayout.CSG_CONTROL_OFFSET + (long) csg * stride);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private int findGroup(int csg, long control) {
        int streamCount = shared.read32(control + CsgControl.STREAM_NUM);
        int stride = shared.read32(control + CsgControl.STREAM_STRIDE);
        if (streamCount < 8 || streamCount > 32) {
            return Errno.EINVAL;
        }
        suspendSize = shared.read32(control + CsgControl.SUSPEND_SIZE);
        protmSuspendSize = shared.read32(control + CsgControl.PROTM_SUSPEND_SIZE);
        int track = TrackNames.csg(kernel.sim(), csg);
        csgs.add(block(track, "CSG" + csg, CsgControl.INPUT_VA, control));
        List<FwBlock> blocks = new ArrayList<>();
        for (int cs = 0; cs < streamCount; cs++) {
            long csControl = control + FwLayout.CS_CONTROL_OFFSET + (long) cs * stride;
            int features = shared.read32(csControl + CsControl.FEATURES);
            workRegisters = (features & 0xff) + 1;
            scoreboards = features >>> 8 & 0xff;
            blocks.add(
                    block(
                            TrackNames.cs(kernel.sim(), csg, cs),
                            "CSG" + csg + ".CS" + cs,
                            CsControl.INPUT_VA,
                            csControl));
        }
        streams.add(blocks);
        return 0;
    }

    /// In every control block the address of the output block follows that of the input block.
    private FwBlock block(int track, String name, long inputVaField, long control) {
        long input = sharedOffset(shared.read32(control + inputVaField));
        long output = sharedOffset(shared.read32(control + inputVaField + Integer.BYTES));
        return new FwBlock(kernel, track, name, shared, input, output);
    }

    private static long sharedOffset(int mcuVa) {
        long offset = (mcuVa & 0xffff_ffffL) - FwLayout.SHARED_VA;
        if (offset < 0 || offset >= FirmwareImage.SHARED_SIZE) {
            throw new IllegalStateException(
                    "firmware interface at mcuVa=0x"
                            + Integer.toHexString(mcuVa)
                            + " lies outside the shared section");
        }
        return offset;
    }
}
