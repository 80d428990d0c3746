package org.panscope.core.fw;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fwif.FwBits;
import org.panscope.core.fwif.FwLayout.CsInput;
import org.panscope.core.fwif.FwLayout.UserIo;
import org.panscope.core.hw.Access;

/// The ring of a stream as CS_INPUT describes it, and its two I/O pages in the MCU's address space.
///
/// kernel: panthor_fw.h: panthor_fw_cs_input_iface, panthor_fw_ringbuf_input_iface
final class RingInterface {
    private static final int LEAST_BYTES = 64;

    private final McuMemory memory;
    private long configVa;
    private long base;
    private long size;
    private long inputVa;
    private long outputVa;
    private int doorbellId;
    private int priority;
    private int idleConfig;

    RingInterface(McuMemory memory) {
        this.memory = memory;
    }

    /// Reads the description.
    ///
    /// @param csInput MCU address of the CS_INPUT block
    void load(long csInput) {
        configVa = csInput;
        base = memory.read64(csInput + CsInput.RINGBUF_BASE);
        size = memory.read32(csInput + CsInput.RINGBUF_SIZE) & 0xffff_ffffL;
        inputVa = memory.read64(csInput + CsInput.RINGBUF_INPUT);
        // UserIo counts from the input page; the output page has an address of its own.
        outputVa = memory.read64(csInput + CsInput.RINGBUF_OUTPUT) - UserIo.OUTPUT_PAGE;
        reconfigure();
    }

    /// Reads again what may change while the stream runs: doorbell index, priority and IDLE_* bits.
    /// ASSUMPTION: fw.cs_config_reread: that happens when the host rings the stream by itself.
    void reconfigure() {
        int config = memory.read32(configVa + CsInput.CONFIG);
        priority = config & 0xf;
        doorbellId = (config >> 8) & 0xff;
        readIdleConfig();
    }

    /// Reads the IDLE_* bits again.
    void readIdleConfig() {
        idleConfig = memory.read32(configVa + CsInput.REQ);
    }

    /// Whether the description makes sense and both pages are mapped.
    boolean isUsable() {
        return Long.bitCount(size) == 1
                && size >= LEAST_BYTES
                && base % 8 == 0
                && memory.isMapped(inputVa, Access.READ)
                && memory.isMapped(outputVa + UserIo.OUTPUT_PAGE, Access.WRITE);
    }

    long base() {
        return base;
    }

    long size() {
        return size;
    }

    int doorbellId() {
        return doorbellId;
    }

    /// Whether the host wants to be told when EXTRACT moves.
    boolean wantsExtractEvents() {
        return (idleConfig & FwBits.CS_EXTRACT_EVENT) != 0;
    }

    /// Priority inside the group, 15 first.
    int priority() {
        return priority;
    }

    int idleConfig() {
        return idleConfig;
    }

    /// GPU address of a free-running offset.
    long address(long offset) {
        return base + (offset & (size - 1));
    }

    long insert() {
        return memory.read64(inputVa + UserIo.INSERT);
    }

    long extractInit() {
        return memory.read64(inputVa + UserIo.EXTRACT_INIT);
    }

    void publishExtract(long extract) {
        memory.store64(outputVa + UserIo.EXTRACT, extract);
    }

    void publishActive(boolean active) {
        memory.store32(outputVa + UserIo.ACTIVE, active ? 1 : 0);
    }

    /// The instrumentation buffer, or null when the host configured none that makes sense.
    StreamEnvironment.@Nullable Instrumentation instrumentation() {
        long bytes = memory.read32(configVa + CsInput.INSTRBUF_SIZE) & 0xffff_ffffL;
        return bytes == 0 || bytes % Integer.BYTES != 0
                ? null
                : new StreamEnvironment.Instrumentation(
                        memory.read64(configVa + CsInput.INSTRBUF_BASE),
                        bytes,
                        memory.read64(configVa + CsInput.INSTRBUF_OFFSET_PTR));
    }
}
