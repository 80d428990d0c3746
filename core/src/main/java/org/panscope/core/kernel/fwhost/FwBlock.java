package org.panscope.core.kernel.fwhost;

import org.panscope.core.kernel.base.KernelContext;
import org.panscope.core.mem.BufferObject;
import org.panscope.trace.event.FirmwareEvent.FwReq;
import org.panscope.trace.event.FirmwareEvent.FwWrite;

/// One interface of the firmware (global, group or stream): an input block the host writes and an
/// output block the firmware writes, both in the shared section.
///
/// kernel: panthor_fw.h: panthor_fw_toggle_reqs, panthor_fw_update_reqs
public final class FwBlock {
    private static final long REQ = 0x00;
    private static final long ACK = 0x00;
    private static final long DOORBELL = 0x08;

    private final KernelContext kernel;
    private final int track;
    private final String name;
    private final BufferObject shared;
    private final long input;
    private final long output;

    /// @param track lane of its events
    /// @param name `GLB`, `CSG0`, `CSG0.CS1`
    /// @param input offset of the input block in the shared section
    /// @param output offset of the output block
    FwBlock(
            KernelContext kernel,
            int track,
            String name,
            BufferObject shared,
            long input,
            long output) {
        this.kernel = kernel;
        this.track = track;
        this.name = name;
        this.shared = shared;
        this.input = input;
        this.output = output;
    }

    public String name() {
        return name;
    }

    public int input32(long offset) {
        return shared.read32(input + offset);
    }

    public int output32(long offset) {
        return shared.read32(output + offset);
    }

    public long output64(long offset) {
        return shared.read64(output + offset);
    }

    public int req() {
        return input32(REQ);
    }

    public int ack() {
        return output32(ACK);
    }

    /// Stores a word other than a request.
    public void write32(long offset, String word, int value) {
        shared.write32(input + offset, value);
        tell(word, Integer.BYTES, value & 0xffff_ffffL);
    }

    public void write64(long offset, String word, long value) {
        shared.write64(input + offset, value);
        tell(word, Long.BYTES, value);
    }

    /// Requests by difference: each bit of `mask` becomes unlike its acknowledge.
    public void toggleReqs(int mask) {
        request(REQ, "req", (req() & ~mask) | (~ack() & mask));
    }

    /// Sets the bits of `mask` to those of `value`.
    public void updateReqs(int value, int mask) {
        request(REQ, "req", (req() & ~mask) | (value & mask));
    }

    /// Takes notice of events: the request bits become like the acknowledge.
    public void acknowledge(int mask) {
        updateReqs(ack(), mask);
    }

    /// Asks for the units in `mask` to be looked at.
    public void toggleDoorbellReq(int mask) {
        int old = input32(DOORBELL);
        request(DOORBELL, "doorbell_req", (old & ~mask) | (~output32(DOORBELL) & mask));
    }

    /// Stores a request word.
    public void request(long offset, String word, int value) {
        int old = input32(offset);
        if (old != value) {
            shared.write32(input + offset, value);
            kernel.sim()
                    .emit(track, new FwReq(name, word, old & 0xffff_ffffL, value & 0xffff_ffffL));
            kernel.spend(kernel.timings().registerNs());
        }
    }

    private void tell(String word, int size, long value) {
        kernel.sim().emit(track, new FwWrite(name, word, size, value, false));
        kernel.spend(kernel.timings().registerNs());
    }
}
