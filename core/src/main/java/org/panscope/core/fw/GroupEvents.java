package org.panscope.core.fw;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.hw.Gpu;
import org.panscope.core.hw.GpuParameters;

/// Acknowledges and events of a CSG interface and its streams. An event is an acknowledge bit made
/// unlike its request bit; until the host makes them alike again, it is not raised once more.
///
/// kernel: panthor_sched.c: sched_process_csg_irq_locked, cs_slot_process_irq_locked
final class GroupEvents {
    private final Gpu gpu;
    private final McuMemory memory;
    private final InterfaceMap map;
    private final FirmwareFaults faults;
    private final int csg;
    private final String block;

    GroupEvents(Gpu gpu, McuMemory memory, InterfaceMap map, FirmwareFaults faults, int csg) {
        this.faults = faults;
        this.gpu = gpu;
        this.memory = memory;
        this.map = map;
        this.csg = csg;
        block = "CSG" + csg;
    }

    /// The firmware has booted: no state is reached yet. Nobody is interrupted for that.
    void reset(int streams) {
        long va = map.csgOutput(csg) + CsgOutput.ACK;
        memory.acknowledge(block, "ack", va, memory.read32(va) & ~FwBits.CSG_STATE_MASK);
        for (int cs = 0; cs < streams; cs++) {
            acknowledgeStream(cs, FwBits.CS_STATE_MASK, FwBits.CS_STATE_STOP);
        }
    }

    // ---- the group ----------------------------------------------------------------------------

    /// Raises an event of the group.
    void raise(int bit) {
        if (faults.isHung()) {
            return;
        }
        int ack = memory.read32(map.csgOutput(csg) + CsgOutput.ACK);
        int req = memory.read32(map.csgInput(csg) + CsgInput.REQ);
        if (((req ^ ack) & bit) == 0) {
            acknowledge(bit, ~ack);
        }
    }

    /// Sets the acknowledge bits of `mask` to those of `value`.
    void acknowledge(int mask, int value) {
        if (faults.isHung()) {
            return;
        }
        long va = map.csgOutput(csg) + CsgOutput.ACK;
        int ack = memory.read32(va);
        acknowledgeWord(va, ack, mask & ~faults.take(csg, (ack ^ value) & mask), value);
    }

    private void acknowledgeWord(long va, int ack, int mask, int value) {
        int changed = memory.acknowledge(block, "ack", va, (ack & ~mask) | (value & mask));
        if ((changed & memory.read32(map.csgInput(csg) + CsgInput.ACK_IRQ_MASK)) != 0) {
            gpu.raiseJob(1 << csg);
        }
    }

    // ---- its streams --------------------------------------------------------------------------

    boolean isPending(int cs, int bit) {
        return ((streamReq(cs) ^ streamAck(cs)) & bit) != 0;
    }

    /// Raises an event of a stream: its ack bit, the group's cs_irq_req bit, the interrupt.
    void raiseStream(int cs, int bit) {
        if (!faults.isHung() && !isPending(cs, bit)) {
            acknowledgeStream(cs, bit, ~streamAck(cs));
            interrupt(cs, bit);
        }
    }

    /// Sets acknowledge bits of a stream without an interrupt.
    void acknowledgeStream(int cs, int mask, int value) {
        long va = map.csOutput(csg, cs) + CsOutput.ACK;
        int ack = memory.read32(va);
        memory.acknowledge(block + ".CS" + cs, "ack", va, (ack & ~mask) | (value & mask));
    }

    /// EXTRACT of a stream moved. ASSUMPTION: fw.extract_event: a level, not a toggle.
    void extractMoved(int cs) {
        int bit = FwBits.CS_EXTRACT_EVENT;
        boolean isWanted = gpu.parameters().isOn(GpuParameters.EXTRACT_EVENT);
        if (!faults.isHung()
                && isWanted
                && (streamReq(cs) & bit) != 0
                && (streamAck(cs) & bit) == 0) {
            acknowledgeStream(cs, bit, bit);
            interrupt(cs, bit);
        }
    }

    /// The host has looked at a stream: an EXTRACT_EVENT it no longer wants is taken back.
    void extractSeen(int cs) {
        if ((streamReq(cs) & FwBits.CS_EXTRACT_EVENT) == 0) {
            acknowledgeStream(cs, FwBits.CS_EXTRACT_EVENT, 0);
        }
    }

    int streamReq(int cs) {
        return memory.read32(map.csInput(csg, cs) + CsInput.REQ);
    }

    int streamAck(int cs) {
        return memory.read32(map.csOutput(csg, cs) + CsOutput.ACK);
    }

    private void interrupt(int cs, int bit) {
        long va = map.csgOutput(csg) + CsgOutput.CS_IRQ_REQ;
        int irqs = memory.read32(va);
        int seen = memory.read32(map.csgInput(csg) + CsgInput.CS_IRQ_ACK);
        if (((irqs ^ seen) >> cs & 1) == 0) {
            memory.acknowledge(block, "cs_irq_req", va, irqs ^ (1 << cs));
        }
        if ((memory.read32(map.csInput(csg, cs) + CsInput.ACK_IRQ_MASK) & bit) != 0) {
            gpu.raiseJob(1 << csg);
        }
    }
}
