package org.panscope.core.kernel;

import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout;
import org.panscope.core.fwif.FwLayout.CsControl;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.CsOutput;
import org.panscope.core.fwif.FwLayout.CsgControl;
import org.panscope.core.fwif.FwLayout.CsgInput;
import org.panscope.core.fwif.FwLayout.CsgOutput;
import org.panscope.core.fwif.FwLayout.GlbControl;
import org.panscope.core.mem.BufferObject;
import org.panscope.trace.event.FirmwareEvent.FwAck;
import org.panscope.trace.event.FirmwareEvent.FwWrite;

/// Plays a firmware whose tiler ran out of memory: stores what one stream publishes with the event,
/// and tells of every word, as the firmware does.
final class OomFirmware {
    private final Machine machine;
    private final BufferObject shared;
    private final int csg;
    private final int cs;
    private final long csgInput;
    private final long csgOutput;
    private final long csInput;
    private final long csOutput;

    OomFirmware(Machine machine, int csg, int cs) {
        this.machine = machine;
        this.csg = csg;
        this.cs = cs;
        shared = machine.device.firmware().sharedObject().buffer();
        long group =
                FwLayout.CSG_CONTROL_OFFSET + csg * (long) shared.read32(GlbControl.GROUP_STRIDE);
        long stream =
                group
                        + FwLayout.CS_CONTROL_OFFSET
                        + cs * (long) shared.read32(group + CsgControl.STREAM_STRIDE);
        csgInput = block(group + CsgControl.INPUT_VA);
        csgOutput = block(group + CsgControl.OUTPUT_VA);
        csInput = block(stream + CsControl.INPUT_VA);
        csOutput = block(stream + CsControl.OUTPUT_VA);
    }

    private long block(long pointer) {
        return shared.read32(pointer) - FwLayout.SHARED_VA;
    }

    /// The counts of a heap's render passes.
    record Passes(int vtStart, int vtEnd, int fragEnd) {}

    /// Raises the event and the interrupt.
    void raise(long heapVa, Passes passes) {
        raiseSilently(heapVa, passes);
        machine.gpu.raiseJob(1 << csg);
    }

    /// Raises the event so late that no interrupt tells of it.
    void raiseSilently(long heapVa, Passes passes) {
        write64("heap_address", CsOutput.HEAP_ADDRESS, heapVa);
        write32("heap_vt_start", CsOutput.HEAP_VT_START, passes.vtStart());
        write32("heap_vt_end", CsOutput.HEAP_VT_END, passes.vtEnd());
        write32("heap_frag_end", CsOutput.HEAP_FRAG_END, passes.fragEnd());
        int req = shared.read32(csInput + CsInput.REQ);
        int ack = shared.read32(csOutput + CsOutput.ACK);
        toggle(
                block(),
                "ack",
                csOutput + CsOutput.ACK,
                (ack & ~FwBits.CS_TILER_OOM) | (~req & FwBits.CS_TILER_OOM));
        int irqAck = shared.read32(csgInput + CsgInput.CS_IRQ_ACK);
        int irqReq = shared.read32(csgOutput + CsgOutput.CS_IRQ_REQ);
        toggle(
                "CSG" + csg,
                "cs_irq_req",
                csgOutput + CsgOutput.CS_IRQ_REQ,
                (irqReq & ~(1 << cs)) | (~irqAck & 1 << cs));
    }

    /// Whether the driver has still to answer.
    boolean isWaiting() {
        int pending = shared.read32(csInput + CsInput.REQ) ^ shared.read32(csOutput + CsOutput.ACK);
        return (pending & FwBits.CS_TILER_OOM) != 0;
    }

    long heapStart() {
        return shared.read64(csInput + CsInput.HEAP_START);
    }

    long heapEnd() {
        return shared.read64(csInput + CsInput.HEAP_END);
    }

    String block() {
        return "CSG" + csg + ".CS" + cs;
    }

    private void toggle(String block, String word, long offset, int value) {
        int old = shared.read32(offset);
        if (old == value) {
            return;
        }
        shared.write32(offset, value);
        machine.sim.emit(0, new FwAck(block, word, old & 0xffff_ffffL, value & 0xffff_ffffL));
    }

    private void write32(String word, long offset, int value) {
        shared.write32(csOutput + offset, value);
        machine.sim.emit(0, new FwWrite(block(), word, Integer.BYTES, value & 0xffff_ffffL, true));
    }

    private void write64(String word, long offset, long value) {
        shared.write64(csOutput + offset, value);
        machine.sim.emit(0, new FwWrite(block(), word, Long.BYTES, value, true));
    }
}
